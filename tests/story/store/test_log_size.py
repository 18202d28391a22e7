"""SQLite's log while another program reads without an end."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from story.errors import NotKeptError
from story.rules.presses import Press
from story.rules.steps import Kind
from story.store import open_store, sqlite
from tests.builders import step

VOTES, AT_A_TIME = 100_000, 2_000


def log_of(file: Path) -> Path:
    return file.with_name(f"{file.name}-wal")


async def test_a_hundred_thousand_votes_under_a_long_reader_leave_a_log_of_bounded_length(tmp_path: Path) -> None:
    file = tmp_path / "readings.db"
    async with open_store(file) as store:
        async with store.transaction() as tx:
            reading = await tx.add_reading(1, 2, "tale", 3)
            await tx.append(reading.id, step(1, Kind.START))
        with closing(sqlite3.connect(file)) as other:
            other.execute("BEGIN")
            other.execute("SELECT count(*) FROM reading").fetchone()
            for first in range(0, VOTES, AT_A_TIME):
                members = range(first % 10_000, first % 10_000 + AT_A_TIME)
                await asyncio.gather(*(store.keep_press(reading.id, 1, Press(each, "ben")) for each in members))
            assert log_of(file).stat().st_size < sqlite.MOST_LOG
        async with store.transaction() as tx:
            await tx.set_note("key", "value")
    assert not log_of(file).exists()


async def test_a_log_that_would_grow_without_end_is_no_place_for_more_until_the_reader_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "MOST_LOG", 50_000)
    file = tmp_path / "readings.db"
    async with open_store(file) as store:
        async with store.transaction() as tx:
            reading = await tx.add_reading(1, 2, "tale", 3)
            await tx.append(reading.id, step(1, Kind.START))
        with closing(sqlite3.connect(file, isolation_level=None)) as other:
            other.execute("BEGIN")
            other.execute("SELECT count(*) FROM reading").fetchone()
            presses = (store.keep_press(reading.id, 1, Press(number, "ben")) for number in range(3000))
            kept = await asyncio.gather(*presses, return_exceptions=True)
            assert "another program reads it" in str(kept[-1])
            with pytest.raises(NotKeptError):
                async with store.transaction() as tx:
                    await tx.set_note("key", "value")
            other.execute("ROLLBACK")
        await store.keep_press(reading.id, 1, Press(1000, "ben"))
        assert log_of(file).stat().st_size <= 50_000
