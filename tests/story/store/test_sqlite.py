import asyncio
import sqlite3
from pathlib import Path

import pytest

from story.errors import NotKeptError
from story.rules.presses import Press
from story.rules.steps import Kind
from story.store import UnusableDatabaseError, open_store
from tests.builders import step
from tests.databases import pressed


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
        await store._writer.execute_fetchall(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(NotKeptError, match="full"):
            async with store.transaction() as tx:
                await tx.set_note("long", "x" * 100_000)
        assert await store.read.note("long") is None
        votes = (store.keep_press(reading.id, 1, Press(member, "ben")) for member in range(10_000))
        answers = await asyncio.gather(*votes, return_exceptions=True)
        assert {type(answer) for answer in answers} == {type(None), NotKeptError}
        kept = len(await pressed(store.read, reading.id))
        assert kept == answers.count(None)
        await store._writer.execute_fetchall("PRAGMA max_page_count = 1000000")
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
