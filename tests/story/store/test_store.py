import asyncio
import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest

from story.errors import NotKeptError
from story.rules.delivery import Delivery, DeliveryKind
from story.rules.presses import Press
from story.rules.session import Deadline, Due
from story.rules.steps import Kind
from story.rules.timer import Timer, TimerKind
from story.store import Commit, Snapshot, UnusableDatabaseError, open_store
from story.store.dialect import schema
from tests.builders import NOON, step

HOUR = timedelta(hours=1)


async def pressed(q: Snapshot, reading_id: int) -> list[Press]:
    """What is pressed under the last step of a reading."""
    gathered = await q.gather(reading_id)
    assert gathered
    return gathered.presses


async def test_what_was_committed_is_there_when_the_file_is_opened_again(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "readings.db"
    async with open_store(file) as store, store.transaction() as tx:
        reading = await tx.add_reading(1, 2, "tale", 3)
        await tx.append(reading.id, step(1, Kind.START, "1A", by=3))
        await tx.press(reading.id, 1, Press(4, "ben"))
        await tx.set_deadline(reading, 1, Deadline(Due.CLOCK, NOON))
    async with open_store(file) as store:
        assert await store.read.reading_in(2) == reading
        assert await store.read.steps(reading.id) == [step(1, Kind.START, "1A", by=3)]
        gathered = await store.read.gather(reading.id)
        assert gathered
        assert gathered.presses == [Press(4, "ben")]
        assert gathered.deadline == Deadline(Due.CLOCK, NOON)


async def test_a_reading_cannot_have_two_steps_of_one_number(tmp_path: Path) -> None:
    async with open_store(tmp_path / "readings.db") as store, store.transaction() as tx:
        reading = await tx.add_reading(1, 2, "tale", 3)
        await tx.append(reading.id, step(1, Kind.START))
        with pytest.raises(sqlite3.IntegrityError):
            await tx.append(reading.id, step(1, Kind.START))


async def test_readers_see_nothing_of_a_transaction_that_is_under_way(tmp_path: Path) -> None:
    async with open_store(tmp_path / "readings.db") as store:
        async with store.transaction() as tx:
            await tx.set_note("key", "value")
            assert await store.read.note("key") is None
        assert await store.read.note("key") == "value"


async def test_a_cancelled_transaction_is_undone_and_the_next_one_works(tmp_path: Path) -> None:
    async with open_store(tmp_path / "readings.db") as store:
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


async def test_the_file_keeps_a_commit_through_a_power_cut(tmp_path: Path) -> None:
    async with open_store(tmp_path / "readings.db") as store:
        [(mode,)] = await store._writer.execute_fetchall("PRAGMA journal_mode")
        [(synchronous,)] = await store._writer.execute_fetchall("PRAGMA synchronous")
        assert (mode, synchronous) == ("wal", 2)


async def test_a_database_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "readings.db"
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA user_version = 999")
    connection.close()
    with pytest.raises(UnusableDatabaseError, match=r"written by a newer version of the bot \(schema 999"):
        await open_and_close(file)


async def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "readings.db"
    file.write_text("This is a letter to my aunt. " * 100, encoding="utf-8")
    with pytest.raises(UnusableDatabaseError, match="not a database, or a damaged one"):
        await open_and_close(file)


async def test_a_path_that_cannot_be_a_database_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnusableDatabaseError, match="cannot be used as the database"):
        await open_and_close(tmp_path)


async def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(UnusableDatabaseError, match="the folder of the database cannot be made"):
        await open_and_close(tmp_path / "file" / "readings.db")


async def open_and_close(file: Path) -> None:
    async with open_store(file):
        pass


async def test_a_full_disk_keeps_nothing_and_says_so(tmp_path: Path) -> None:
    async with open_store(tmp_path / "readings.db") as store:
        async with store.transaction() as tx:
            reading = await tx.add_reading(1, 2, "tale", 3)
            await tx.append(reading.id, step(1, Kind.START))
        [(pages,)] = await store._writer.execute_fetchall("PRAGMA page_count")
        await store._writer.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(NotKeptError, match="full"):
            async with store.transaction() as tx:
                await tx.set_note("long", "x" * 100_000)
        assert await store.read.note("long") is None
        votes = (store.keep_press(reading.id, 1, Press(member, "ben")) for member in range(10_000))
        answers = await asyncio.gather(*votes, return_exceptions=True)
        assert {type(answer) for answer in answers} == {type(None), NotKeptError}
        kept = len(await pressed(store.read, reading.id))
        assert kept == answers.count(None)
        await store._writer.execute("PRAGMA max_page_count = 1000000")
        await store.keep_press(reading.id, 1, Press(99_999, "ben"))
        assert len(await pressed(store.read, reading.id)) == kept + 1


async def test_a_damaged_file_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "readings.db"
    async with open_store(file) as store, store.transaction() as tx:
        for number in range(2000):
            await tx.add_reading(number, number, "tale", 3)
    damaged = bytearray(file.read_bytes())
    damaged[4096 * 20 : 4096 * 21] = b"\xff" * 4096
    file.write_bytes(damaged)
    with pytest.raises(UnusableDatabaseError, match="python -m story backup"):
        async with open_store(file):
            pass
    assert file.read_bytes() == damaged


async def test_presses_that_arrive_together_share_a_commit(tmp_path: Path) -> None:
    async with open_store(tmp_path / "readings.db") as store:
        async with store.transaction() as tx:
            reading = await tx.add_reading(1, 2, "tale", 3)
            await tx.append(reading.id, step(1, Kind.START))
        said: list[str] = []
        await store._writer.set_trace_callback(said.append)
        await asyncio.gather(*(store.keep_press(reading.id, 1, Press(member, "ben")) for member in range(250)))
        assert len(await pressed(store.read, reading.id)) == 250
        assert len(said) == 3


async def test_a_transaction_sees_the_presses_that_waited_for_it(tmp_path: Path) -> None:
    async with open_store(tmp_path / "readings.db") as store:
        async with store.transaction() as tx:
            reading = await tx.add_reading(1, 2, "tale", 3)
            await tx.append(reading.id, step(1, Kind.START))
            waiting = asyncio.create_task(store.keep_press(reading.id, 1, Press(4, "ben")))
            await asyncio.sleep(0)
            assert not waiting.done()
        async with store.transaction() as tx:
            assert await pressed(tx, reading.id) == [Press(4, "ben")]
        await waiting


async def test_whoever_no_longer_waits_for_a_press_keeps_nobody_else_from_it(tmp_path: Path) -> None:
    async with open_store(tmp_path / "readings.db") as store:
        async with store.transaction() as tx:
            reading = await tx.add_reading(1, 2, "tale", 3)
            await tx.append(reading.id, step(1, Kind.START))
        gone = asyncio.create_task(store.keep_press(reading.id, 1, Press(4, "ben")))
        await asyncio.sleep(0)
        gone.cancel()
        await store.keep_press(reading.id, 1, Press(5, "ben"))
        assert {press.member for press in await pressed(store.read, reading.id)} == {4, 5}


# ---- what others are told of a commit


async def test_whoever_subscribes_is_told_what_a_commit_has_changed(tmp_path: Path) -> None:
    async with open_store(tmp_path / "readings.db") as store:
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


async def test_of_what_failed_whoever_subscribes_is_told_that_anything_may_be(tmp_path: Path) -> None:
    async with open_store(tmp_path / "readings.db") as store:
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


async def test_what_touches_one_reading_after_it_touched_any_touches_any(tmp_path: Path) -> None:
    async with open_store(tmp_path / "readings.db") as store, store.transaction() as tx:
        tx.touch_all()
        tx.touch(1)
        assert tx.commit == Commit(None)


async def test_deliveries_that_cannot_be_deleted_are_carried_out_once_more(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with open_store(tmp_path / "readings.db") as store:
        async with store.transaction() as tx:
            await tx.deliver(NOON, Delivery(DeliveryKind.CHANNEL, 1, 2, 0))
        await store._writer.execute("PRAGMA query_only = ON")
        await store.end_delivery(1)
        await store.settle()
        assert len(await store.read.deliveries()) == 1
        assert "1 deliveries are kept that have been carried out" in caplog.text


async def test_what_was_carried_out_is_noted_before_the_store_closes(tmp_path: Path) -> None:
    async with open_store(tmp_path / "readings.db") as store:
        async with store.transaction() as tx:
            await tx.deliver(NOON, *[Delivery(DeliveryKind.CHANNEL, 1, 2, 0)] * 1000)
        for number in range(1, 1001):
            await store.end_delivery(number)
    async with open_store(tmp_path / "readings.db") as store:
        assert await store.read.deliveries() == []


async def test_a_store_closes_though_what_was_being_written_was_cancelled(tmp_path: Path) -> None:
    async with open_store(tmp_path / "readings.db") as store:
        await store.end_delivery(1)
        assert store._flushing
        store._flushing.cancel()


# ---- words that only databases know


def test_types_are_those_of_the_database_and_names_that_contain_them_stay() -> None:
    assert schema("id IDENTITY, guild SNOWFLAKE, at INSTANT, gone FLAG, FLAGS TEXT") == (
        "id INTEGER PRIMARY KEY AUTOINCREMENT, guild INTEGER, at REAL, gone INTEGER, FLAGS TEXT"
    )
