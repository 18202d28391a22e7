import asyncio
import sqlite3
from datetime import timedelta

import asyncpg
import pytest

from story.rules.delivery import Delivery, DeliveryFailure, DeliveryKind
from story.rules.presses import Press
from story.rules.steps import Kind
from story.rules.timer import Deadline, Due, Timer, TimerKind
from story.store import Commit, open_store
from story.store.database import Where
from story.store.dialect import POSTGRES, SQLITE
from tests.builders import NOON, step
from tests.databases import pressed, said_to_database, taking_nothing

HOUR = timedelta(hours=1)


async def test_what_was_committed_is_there_when_the_file_is_opened_again(database: Where) -> None:
    async with open_store(database) as store, store.transaction() as tx:
        reading = await tx.add_reading(1, 2, "tale", 3)
        await tx.append(reading.id, step(1, Kind.START, "1A", by=3))
        await tx.press(reading.id, 1, Press(4, "ben"))
        await tx.set_deadline(reading, 1, Deadline(Due.CLOCK, NOON))
    async with open_store(database) as store:
        assert await store.read.reading_in(2) == reading
        assert await store.read.steps(reading.id) == [step(1, Kind.START, "1A", by=3)]
        gathered = await store.read.gather(reading.id)
        assert gathered
        assert gathered.presses == [Press(4, "ben")]
        assert gathered.deadline == Deadline(Due.CLOCK, NOON)


async def test_a_reading_cannot_have_two_steps_of_one_number(database: Where) -> None:
    async with open_store(database) as store:

        async def append_twice() -> None:
            async with store.transaction() as tx:
                reading = await tx.add_reading(1, 2, "tale", 3)
                await tx.append(reading.id, step(1, Kind.START))
                await tx.append(reading.id, step(1, Kind.START))

        with pytest.raises((sqlite3.IntegrityError, asyncpg.UniqueViolationError)):
            await append_twice()


async def test_readers_see_nothing_of_a_transaction_that_is_under_way(database: Where) -> None:
    async with open_store(database) as store:
        async with store.transaction() as tx:
            await tx.set_note("key", "value")
            assert await store.read.note("key") is None
        assert await store.read.note("key") == "value"


async def test_a_cancelled_transaction_is_undone_and_the_next_one_works(database: Where) -> None:
    async with open_store(database) as store:
        inside = asyncio.Event()

        async def hang() -> None:
            async with store.transaction() as tx:
                await tx.set_note("key", "lost")
                inside.set()
                await asyncio.Event().wait()

        task = asyncio.create_task(hang())
        await inside.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert await store.read.note("key") is None
        async with store.transaction() as tx:
            await tx.set_note("key", "kept")
        assert await store.read.note("key") == "kept"


async def test_presses_that_arrive_together_share_a_statement(database: Where, monkeypatch: pytest.MonkeyPatch) -> None:
    async with open_store(database) as store:
        async with store.transaction() as tx:
            reading = await tx.add_reading(1, 2, "tale", 3)
            await tx.append(reading.id, step(1, Kind.START))
        said = said_to_database(monkeypatch)
        await asyncio.gather(*(store.keep_press(reading.id, 1, Press(member, "ben")) for member in range(250)))
        assert len(said) == {SQLITE: 3, POSTGRES: 1}[store._dialect]
        assert len(await pressed(store.read, reading.id)) == 250


async def test_of_presses_of_one_member_that_arrive_together_the_last_counts(database: Where) -> None:
    async with open_store(database) as store:
        async with store.transaction() as tx:
            reading = await tx.add_reading(1, 2, "tale", 3)
            await tx.append(reading.id, step(1, Kind.START))
        await asyncio.gather(*(store.keep_press(reading.id, 1, Press(4, pov)) for pov in ("ben", "cleo", "anna")))
        assert await pressed(store.read, reading.id) == [Press(4, "anna")]


async def test_a_transaction_sees_the_presses_that_waited_for_it(database: Where) -> None:
    async with open_store(database) as store:
        async with store.transaction() as tx:
            reading = await tx.add_reading(1, 2, "tale", 3)
            await tx.append(reading.id, step(1, Kind.START))
            waiting = asyncio.create_task(store.keep_press(reading.id, 1, Press(4, "ben")))
            await asyncio.sleep(0)
            assert not waiting.done()
        async with store.transaction() as tx:
            assert await pressed(tx, reading.id) == [Press(4, "ben")]
        await waiting


async def test_whoever_no_longer_waits_for_a_press_keeps_nobody_else_from_it(database: Where) -> None:
    async with open_store(database) as store:
        async with store.transaction() as tx:
            reading = await tx.add_reading(1, 2, "tale", 3)
            await tx.append(reading.id, step(1, Kind.START))
        gone = asyncio.create_task(store.keep_press(reading.id, 1, Press(4, "ben")))
        await asyncio.sleep(0)
        gone.cancel()
        await store.keep_press(reading.id, 1, Press(5, "ben"))
        assert {press.member for press in await pressed(store.read, reading.id)} == {4, 5}


# ---- what others are told of a commit


async def test_whoever_subscribes_is_told_what_a_commit_has_changed(database: Where) -> None:
    async with open_store(database) as store:
        told: list[Commit] = []
        store.subscribe(told.append)
        async with store.transaction() as tx:
            reading = await tx.add_reading(1, 2, "tale", 3)
            await tx.append(reading.id, step(1, Kind.START))
            await tx.set_timer(Timer(TimerKind.DATE, 2, 1, NOON + HOUR))
            await tx.set_timer(Timer(TimerKind.DATE, 1, 1, NOON))
            await tx.deliver(NOON, Delivery(DeliveryKind.SECTION, 1, 2, reading.id, 1))
            tx.retry(7)
            assert told == []
        [delivery] = await store.read.deliveries()
        assert told == [Commit(frozenset({reading.id}), (delivery,), (7,), NOON)]


async def test_of_what_failed_whoever_subscribes_is_told_that_anything_may_be(database: Where) -> None:
    async with open_store(database) as store:
        told: list[Commit] = []
        store.subscribe(told.append)

        async def fail() -> None:
            async with store.transaction() as tx:
                await tx.deliver(NOON, Delivery(DeliveryKind.CHANNEL, 1, 2, 0))
                raise RuntimeError

        with pytest.raises(RuntimeError):
            await fail()
        assert told == [Commit(None)]
        assert await store.read.deliveries() == []


async def test_what_touches_one_reading_after_it_touched_any_touches_any(database: Where) -> None:
    async with open_store(database) as store, store.transaction() as tx:
        tx.touch_all()
        tx.touch(1)
        assert tx.commit == Commit(None)


async def test_deliveries_that_cannot_be_deleted_are_carried_out_once_more(
    database: Where, caplog: pytest.LogCaptureFixture
) -> None:
    async with open_store(database) as store:
        async with store.transaction() as tx:
            await tx.deliver(NOON, Delivery(DeliveryKind.CHANNEL, 1, 2, 0))
        async with taking_nothing(store):
            await store.end_delivery(1)
            await store.settle()
        assert len(await store.read.deliveries()) == 1
        assert "the database took nothing" in caplog.text


async def test_what_was_carried_out_is_noted_before_the_store_closes(database: Where) -> None:
    async with open_store(database) as store:
        async with store.transaction() as tx:
            await tx.deliver(NOON, *[Delivery(DeliveryKind.CHANNEL, 1, 2, 0)] * 1000)
        for number in range(1, 1001):
            await store.end_delivery(number)
    async with open_store(database) as store:
        assert await store.read.deliveries() == []


async def test_a_store_closes_though_what_was_being_written_was_cancelled(database: Where) -> None:
    async with open_store(database) as store:
        await store.end_delivery(1)
        assert store._flushing
        store._flushing.cancel()


# ---- words that only databases know


async def test_of_a_section_that_is_to_stand_in_two_places_the_newer_one_says_why_it_is_not_there(
    database: Where,
) -> None:
    async with open_store(database) as store:
        async with store.transaction() as tx:
            reading = await tx.add_reading(1, 2, "tale", 3)
            await tx.append(reading.id, step(1, Kind.START))
            for channel in (2, 5):
                await tx.deliver(NOON, Delivery(DeliveryKind.SECTION, 1, channel, reading.id, 1))
            for waits in await tx.deliveries():
                await tx.fail_delivery(waits, {2: DeliveryFailure.FORBIDDEN, 5: DeliveryFailure.GONE}[waits.channel])
        gathered = await store.read.gather(reading.id)
        assert gathered
        assert gathered.steps[-1].failure is DeliveryFailure.GONE
