"""What is remembered of pages, and when it is forgotten."""

import asyncio

import pytest

from story.errors import NotKeptError
from story.rules.page import Pressed, Turn
from story.services import page_cache
from story.services.container import Services
from story.store import Snapshot
from tests.builders import story
from tests.databases import taking_nothing
from tests.story.room import (
    ANN,
    BOB,
    CHANNEL,
    GUILD,
    OTHER_CHANNEL,
    ballot_now,
    begun,
    comes_due,
    edit,
    press,
    seated,
)


async def voted_on(services: Services) -> Turn:
    """A page that is remembered, as two have voted under it."""
    turn = await begun(services)
    await press(services, turn, ANN, "ben")
    return turn


def remembered(services: Services, turn: Turn) -> bool:
    return services.queries.cache.page(turn.page.reading.id) is not None


async def test_a_vote_needs_no_look_into_the_database(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    turn = await voted_on(services)
    asked: list[str] = []
    rows = Snapshot._rows

    async def watched(self: Snapshot, sql: str, *values: object) -> list[object]:
        asked.append(sql)
        return await rows(self, sql, *values)

    monkeypatch.setattr(Snapshot, "_rows", watched)
    await press(services, turn, BOB, "anna")
    assert asked == []


async def test_the_first_vote_under_a_remembered_page_starts_the_clock(services: Services) -> None:
    turn = await begun(services)
    services.queries.cache.remember(await services.queries.where(GUILD, CHANNEL))
    pressed = await press(services, turn, ANN, "ben")
    assert isinstance(pressed, Pressed)
    assert pressed.page.deadline
    assert await services.schedule.next_due() == pressed.page.deadline.at


async def test_of_very_many_readings_the_last_pages_are_remembered(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_cache, "MOST", 1)
    one, other = await begun(services), await begun(services, "fork", OTHER_CHANNEL)
    for turn in (one, other):
        await press(services, turn, ANN, "ben")
    assert not remembered(services, one)
    assert remembered(services, other)
    for turn in (one, other):
        await press(services, turn, ANN)
    assert services.queries.cache.take_closed(one.page.reading.id, 1) is None
    assert services.queries.cache.take_closed(other.page.reading.id, 1)


async def test_whatever_changes_a_reading_has_its_page_forgotten(services: Services) -> None:
    turn = await voted_on(services)
    other = await begun(services, "fork", OTHER_CHANNEL)
    await press(services, other, ANN, "ben")
    assert remembered(services, turn)
    await services.settings.change(GUILD, turn.page.reading.id, seconds=30)
    assert not remembered(services, turn)
    assert remembered(services, other)


async def test_what_may_have_changed_any_reading_has_them_all_forgotten(services: Services) -> None:
    turn = await voted_on(services)
    await services.members.forget_member(CHANNEL)
    assert not remembered(services, turn)


async def test_a_commit_that_failed_has_everything_looked_up_again(services: Services) -> None:
    turn = await voted_on(services)
    async with taking_nothing(services.store):
        with pytest.raises(NotKeptError):
            await services.members.keep_note("key", "value")
    assert not remembered(services, turn)
    assert (await ballot_now(services)).tally == {"ben": 1}


async def test_while_something_is_being_written_nothing_is_taken_from_memory(services: Services) -> None:
    turn = await voted_on(services)
    async with services.store.transaction():
        assert not remembered(services, turn)
    assert remembered(services, turn)


async def test_an_edited_story_is_not_shown_as_it_was(services: Services) -> None:
    turn = await voted_on(services)
    edit(services, story("A", "ABC", "A"))
    assert not remembered(services, turn)


async def test_a_session_is_never_taken_from_memory_as_time_changes_it(services: Services) -> None:
    turn = await seated(services, ANN)
    await press(services, turn, ANN)
    assert not remembered(services, turn)


async def test_what_is_remembered_is_what_the_database_has(services: Services) -> None:
    turn = await voted_on(services)
    await press(services, turn, BOB, "anna")
    cached = services.queries.cache.page(turn.page.reading.id)
    services.queries.cache._pages.clear()
    kept = await services.queries.where(GUILD, CHANNEL)
    assert cached
    assert cached.ballot
    assert kept.ballot
    assert list(cached.ballot.presses) == list(kept.ballot.presses)
    assert (cached.ballot.present, cached.deadline, cached.step) == (kept.ballot.present, kept.deadline, kept.step)


async def test_what_a_turn_leaves_behind_is_what_the_database_has(services: Services) -> None:
    turn = await voted_on(services)
    turned = await press(services, turn, ANN)
    assert isinstance(turned, Turn)
    assert turned.page == await services.queries.where(GUILD, CHANNEL)
    services.queries.cache._pages.clear()
    assert turned.page == await services.queries.shown(turn.page.reading.id)


async def test_a_vote_while_the_ballot_is_being_closed_counts_for_the_page_that_it_was_given_on_or_not_at_all(
    services: Services,
) -> None:
    turn = await voted_on(services)
    done = await asyncio.gather(comes_due(services, 60), press(services, turn, BOB, "anna"), return_exceptions=True)
    steps = await services.store.read.steps(turn.page.reading.id)
    assert [step.n for step in steps] == [1, 2]
    gathered = await services.store.read.gather(turn.page.reading.id, 1)
    assert gathered
    assert (steps[-1].cast == len([each for each in gathered.presses if each.pov])) is True
    assert done[0] is None
