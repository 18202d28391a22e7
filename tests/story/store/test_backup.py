import errno
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from story.rules.steps import Kind
from story.store import Store, open_store
from story.store.backup import BackupError, back_up
from tests.builders import step


def unwatched(_done: int, _total: int) -> None:
    pass


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "readings.db"


async def add_reading(store: Store, channel: int) -> None:
    async with store.transaction() as tx:
        reading = await tx.add_reading(1, channel, "tale", 3)
        await tx.append(reading.id, step(1, Kind.START, "1A", by=3))


async def test_a_copy_has_the_same_readings(database: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    async with open_store(database) as store:
        await add_reading(store, 2)
        back_up(database, copy, unwatched)
        reading = await store.read.reading_in(2)
        assert reading is not None
        steps = await store.read.steps(reading.id)
    async with open_store(copy) as restored:
        assert await restored.read.reading_in(2) == reading
        assert await restored.read.steps(reading.id) == steps


async def test_what_is_not_committed_is_not_copied_and_nobody_waits_for_it(database: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    async with open_store(database) as store, store.transaction() as tx:
        await tx.add_reading(1, 2, "tale", 3)
        back_up(database, copy, unwatched)
    async with open_store(copy) as restored:
        assert await restored.read.reading_in(2) is None


async def test_a_copy_is_of_one_moment_though_the_bot_writes_on(database: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    told: list[tuple[int, int]] = []
    async with open_store(database) as store:
        async with store.transaction() as tx:
            await tx.set_note("long", "word " * 1_000_000)
            await tx.set_note("written", "before")

        def write_on(done: int, total: int) -> None:
            told.append((done, total))
            with closing(sqlite3.connect(database)) as other, other:
                other.execute("UPDATE note SET value = ? WHERE key = 'written'", (str(done),))

        back_up(database, copy, write_on)
        assert await store.read.note("written") == str(told[-1][0])
    assert len(told) > 2
    assert told[-1][0] == told[-1][1]
    async with open_store(copy) as restored:
        assert await restored.read.note("written") == "before"


async def test_a_database_that_nobody_has_open_can_be_copied(database: Path, tmp_path: Path) -> None:
    async with open_store(database) as store:
        await add_reading(store, 2)
    back_up(database, tmp_path / "copy.db", unwatched)
    async with open_store(tmp_path / "copy.db") as restored:
        assert await restored.read.reading_in(2) is not None


async def test_a_copy_is_one_file(database: Path, tmp_path: Path) -> None:
    async with open_store(database):
        back_up(database, tmp_path / "new" / "copy.db", unwatched)
    assert [file.name for file in (tmp_path / "new").iterdir()] == ["copy.db"]


async def test_an_older_backup_is_replaced(database: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    async with open_store(database) as store:
        back_up(database, copy, unwatched)
        await add_reading(store, 2)
        back_up(database, copy, unwatched)
    async with open_store(copy) as restored:
        assert await restored.read.reading_in(2) is not None


@pytest.mark.parametrize("name", ["readings.db", "readings.db-wal", "folder/../readings.db", "link.db", "symbolic.db"])
async def test_the_database_itself_is_not_overwritten(database: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    async with open_store(database) as store:
        await add_reading(store, 2)
        (tmp_path / "link.db").hardlink_to(database)
        (tmp_path / "symbolic.db").symlink_to(database)
        with pytest.raises(BackupError, match="this is the database itself"):
            back_up(database, tmp_path / name, unwatched)
        assert await store.read.reading_in(2) is not None


async def test_a_file_that_is_no_backup_is_not_overwritten(database: Path, tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear aunt,", encoding="utf-8")
    async with open_store(database):
        with pytest.raises(BackupError, match="exists and is no backup"):
            back_up(database, letter, unwatched)
    assert letter.read_text(encoding="utf-8") == "Dear aunt,"


async def test_a_folder_is_no_name_for_a_backup(database: Path, tmp_path: Path) -> None:
    async with open_store(database):
        with pytest.raises(BackupError, match="a folder; expected the name of a file"):
            back_up(database, tmp_path, unwatched)


def test_a_database_that_is_not_there_is_named(database: Path, tmp_path: Path) -> None:
    with pytest.raises(BackupError, match=r"readings\.db: no such database"):
        back_up(database, tmp_path / "copy.db", unwatched)
    assert not database.exists()


def test_a_file_that_is_no_database_is_not_copied(database: Path, tmp_path: Path) -> None:
    database.write_text("This is a letter to my aunt. " * 100, encoding="utf-8")
    with pytest.raises(BackupError, match="not a database, or a damaged one"):
        back_up(database, tmp_path / "copy.db", unwatched)
    assert list(tmp_path.iterdir()) == [database]


def lose_a_page(file: Path) -> None:
    whole = bytearray(file.read_bytes())
    middle = len(whole) // 2 // 4096 * 4096
    whole[middle : middle + 4096] = b"\x55" * 4096
    file.write_bytes(whole)


def misspell(file: Path) -> None:
    file.write_bytes(file.read_bytes().replace(b"key 250", b"kez 250", 1))


def names_in(folder: Path) -> set[str]:
    return {file.name for file in folder.iterdir()}


@pytest.mark.parametrize("damage", [lose_a_page, misspell])
async def test_a_damaged_database_is_told_and_the_older_backup_stays(
    database: Path, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    copy = tmp_path / "copy.db"
    async with open_store(database) as store:
        async with store.transaction() as tx:
            for number in range(500):
                await tx.set_note(f"key {number}", "value " * 20)
        back_up(database, copy, unwatched)
    damage(database)
    with pytest.raises(BackupError, match="a damaged one"):
        back_up(database, copy, unwatched)
    assert "copy.db.unfinished" not in names_in(tmp_path)
    async with open_store(copy) as restored:
        assert await restored.read.note("key 250") is not None


async def test_a_folder_that_cannot_be_made_is_told(database: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    async with open_store(database):
        with pytest.raises(BackupError, match="cannot be written"):
            back_up(database, tmp_path / "file" / "copy.db", unwatched)


@pytest.mark.skipif(not Path("/proc").exists(), reason="there is no such place here")
async def test_a_place_where_nothing_can_be_made_is_told(database: Path) -> None:
    async with open_store(database):
        with pytest.raises(BackupError, match=r"no backup of .* can be made"):
            back_up(database, Path("/proc/copy.db"), unwatched)


async def test_a_disk_that_fails_leaves_nothing_behind(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_handle: int) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    async with open_store(database):
        monkeypatch.setattr(os, "fsync", fail)
        with pytest.raises(BackupError, match="Input/output error"):
            back_up(database, tmp_path / "copy.db", unwatched)
    assert not [name for name in names_in(tmp_path) if name.startswith("copy")]
