import pytest

from story.rules.delivery import Delivery, DeliveryFailure, DeliveryKind
from story.rules.presses import Press
from story.rules.steps import Kind, Step
from story.services.vitals import VitalsService
from story.store import Store
from tests.builders import NOON, Clock
from tests.databases import taking_nothing

GUILD, CHANNEL, ANN, BOB = 1, 10, 101, 102


@pytest.fixture
def vitals(store: Store, clock: Clock) -> VitalsService:
    return VitalsService(store, clock)


async def begin(store: Store) -> int:
    """Begin a reading with one page; return its number."""
    async with store.transaction() as tx:
        reading = await tx.add_reading(GUILD, CHANNEL, "tale", ANN)
        await tx.append(reading.id, Step(1, Kind.START, NOON))
    return reading.id


async def deliver(store: Store, clock: Clock) -> Delivery:
    async with store.transaction() as tx:
        await tx.deliver(clock(), Delivery(DeliveryKind.SECTION, GUILD, CHANNEL, 1, 1))
    return (await store.read.deliveries())[-1]


async def fail(store: Store, delivery: Delivery, failure: DeliveryFailure) -> None:
    async with store.transaction() as tx:
        await tx.fail_delivery(delivery, failure)


async def test_a_new_bot_has_written_nothing_and_has_nothing_to_deliver(vitals: VitalsService) -> None:
    found = await vitals.look()
    assert (found.votes, found.pages, found.oldest_delivery) == (0, 0, 0)
    assert found.writable
    assert found.deliveries == {"pending": 0, "retried": 0, "held": 0}


async def test_votes_pages_and_commits_are_counted(vitals: VitalsService, store: Store) -> None:
    reading = await begin(store)
    async with store.transaction() as tx:
        await tx.press(reading, 1, Press(ANN, "anna"))
    await store.keep_press(reading, 1, Press(BOB, "ben"))
    found = await vitals.look()
    assert (found.votes, found.pages, found.commits) == (2, 1, 4)


async def test_what_a_change_that_was_undone_would_have_brought_is_not_counted(
    vitals: VitalsService, store: Store
) -> None:
    async def fail() -> None:
        async with store.transaction() as tx:
            reading = await tx.add_reading(GUILD, CHANNEL, "tale", ANN)
            await tx.append(reading.id, Step(1, Kind.START, NOON))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    assert (await vitals.look()).pages == 0


@pytest.mark.parametrize(
    ("failure", "state"),
    [(None, "pending"), (DeliveryFailure.UNREACHABLE, "retried"), (DeliveryFailure.FORBIDDEN, "held")],
)
async def test_a_delivery_is_counted_by_its_state(
    vitals: VitalsService, store: Store, clock: Clock, failure: DeliveryFailure | None, state: str
) -> None:
    delivery = await deliver(store, clock)
    if failure:
        await fail(store, delivery, failure)
    found = await vitals.look()
    assert found.deliveries == {**dict.fromkeys(("pending", "retried", "held"), 0), state: 1}


async def test_the_oldest_delivery_tells_how_long_something_has_waited(
    vitals: VitalsService, store: Store, clock: Clock
) -> None:
    await deliver(store, clock)
    clock.move(60)
    await deliver(store, clock)
    clock.move(30)
    assert (await vitals.look()).oldest_delivery == 90


async def test_a_store_that_takes_nothing_is_not_writable(vitals: VitalsService, store: Store) -> None:
    async with taking_nothing(store):
        assert not (await vitals.look()).writable
    assert (await vitals.look()).writable


async def test_a_store_that_does_not_answer_is_not_writable(
    vitals: VitalsService, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("story.services.vitals.PATIENCE", 0.0)
    async with store._lock:
        assert not (await vitals.look()).writable
