import pytest

from story.services.queries import Queries
from story.services.readings import Readings
from story.services.vitals import VitalsService
from story.store import Store
from tests.builders import Clock
from tests.story.room import ANN, BOB, CAT, GUILD, begun, press, read_on


@pytest.fixture
def vitals(store: Store, readings: Readings, clock: Clock) -> VitalsService:
    queries: Queries = readings._queries
    return VitalsService(store, queries, clock)


async def test_a_new_bot_has_written_nothing_and_has_nothing_to_deliver(vitals: VitalsService) -> None:
    found = await vitals.look()
    assert (found.votes, found.pages, found.oldest_delivery) == (0, 0, 0)
    assert found.writable
    assert found.deliveries == {"waiting": 0}


async def test_votes_pages_and_commits_are_counted(vitals: VitalsService, readings: Readings) -> None:
    before = await vitals.look()
    turn = await read_on(readings, await begun(readings), "anna")
    now = await vitals.look()
    assert (now.pages, now.votes) == (turn.page.step.n, 2)
    await press(readings, turn, BOB, "ben")
    await press(readings, turn, CAT, "anna")
    assert (await vitals.look()).votes == 4
    assert now.commits > before.commits + 3


async def test_what_a_change_that_was_undone_would_have_brought_is_not_counted(
    vitals: VitalsService, store: Store
) -> None:
    before = await vitals.look()

    async def fail() -> None:
        async with store.transaction() as tx:
            tx.pages += 1
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    assert (await vitals.look()).pages == before.pages


async def test_a_page_that_is_not_posted_is_a_delivery_that_waits(
    vitals: VitalsService, readings: Readings, clock: Clock
) -> None:
    await readings.start(GUILD, 10, ANN, "tale")
    clock.move(90)
    found = await vitals.look()
    assert found.deliveries == {"waiting": 1}
    assert found.oldest_delivery == 90


async def test_a_store_that_takes_nothing_is_not_writable(vitals: VitalsService, store: Store) -> None:
    await store._writer.execute("PRAGMA query_only = ON")
    assert not (await vitals.look()).writable
    await store._writer.execute("PRAGMA query_only = OFF")
    assert (await vitals.look()).writable


async def test_a_store_that_does_not_answer_is_not_writable(
    vitals: VitalsService, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("story.services.vitals.PATIENCE", 0.0)
    async with store._lock:
        assert not (await vitals.look()).writable
