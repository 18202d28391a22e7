"""What a page and a vote cost: how often the driver of the database is called, and what is gone through."""

from collections.abc import Iterator

import pytest

from story.model import Story
from story.rules.delivery import Delivery
from story.rules.page import Pressed, Turn
from story.rules.presses import Press, Presses
from story.services.container import Services
from tests.builders import story
from tests.databases import said_to_database
from tests.story.room import ANN, BOB, GUILD, ballot_now, begun, carried_out, press, seated, waiting

MOST_CALLS = 12
"""Calls of the driver for a page turned, from the press to the marked message."""


@pytest.fixture
def stories() -> list[Story]:
    return [story(*["AB"] * 9)]


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the driver is called for, on any connection."""
    return said_to_database(monkeypatch)


async def test_a_page_turned_makes_at_most_twelve_calls_of_the_driver(services: Services, calls: list[str]) -> None:
    turn = await begun(services)
    await press(services, turn, ANN, "ben")
    written: list[Delivery] = []
    services.store.subscribe(lambda commit: written.extend(commit.deliveries))
    calls.clear()
    turned = await press(services, turn, ANN)
    assert isinstance(turned, Turn)
    section, closed = written
    page = await services.queries.shown(section.subject, section.n)
    assert page
    await services.deliveries.posted_section(section, page, 5000)
    await services.deliveries.done(section)
    assert await services.queries.shown(closed.subject, closed.n)
    await carried_out(services, closed)
    assert len(calls) <= MOST_CALLS, calls
    assert await waiting(services) == []


async def test_a_page_is_gathered_by_one_statement(services: Services, calls: list[str]) -> None:
    turn = await seated(services, ANN, BOB)
    await services.settings.change(GUILD, turn.page.reading.id, seconds=30)
    await press(services, turn, ANN, "ben")
    calls.clear()
    assert (await ballot_now(services)).attendance
    assert await services.queries.shown(turn.page.reading.id, 1)
    assert [call.split()[0] for call in calls] == ["execute_fetchall", "execute_fetchall"]


async def test_a_vote_is_one_call_of_the_driver(services: Services, calls: list[str]) -> None:
    turn = await begun(services)
    await press(services, turn, ANN, "ben")
    calls.clear()
    await press(services, turn, BOB, "anna")
    assert len(calls) == 1


class Unlooped(dict[int, Press]):
    """Presses that must not be gone through."""

    def __iter__(self) -> Iterator[int]:
        raise AssertionError

    def values(self) -> object:  # type: ignore[override] # only what must not be called
        raise AssertionError

    def items(self) -> object:  # type: ignore[override] # only what must not be called
        raise AssertionError

    def copy(self) -> "Unlooped":
        return Unlooped(dict.copy(self))


def unlooped(presses: Presses) -> Presses:
    presses._by_member = Unlooped(presses._by_member)
    return presses


async def test_a_vote_among_a_thousand_goes_through_none_of_the_others(services: Services) -> None:
    turn = await begun(services)
    for member in range(1000, 2000):
        await press(services, turn, member, "anna")
    cached = services.queries.cache.page(turn.page.reading.id)
    assert cached
    assert cached.ballot
    unlooped(cached.ballot.presses)
    pressed = await press(services, turn, ANN, "ben")
    assert isinstance(pressed, Pressed)
    assert pressed.page.ballot
    assert pressed.page.ballot.tally == {"anna": 1000, "ben": 1}
    assert (pressed.page.ballot.answered, pressed.page.ballot.present) == (1001, 1001)
