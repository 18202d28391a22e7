import os
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from story.store import open_store
from story.store.backup import back_up
from story.store.lock import exclusive_use

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")


def open_to_others(folder: Path) -> list[str]:
    """The names of what others on the machine can get at."""
    return [path.name for path in (folder, *folder.iterdir()) if path.stat().st_mode & 0o077]


async def test_the_database_its_folder_its_log_and_its_backup_are_their_owners_alone(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        file = tmp_path / "data" / "readings.db"
        with exclusive_use(file):
            async with open_store(file) as store, store.transaction() as tx:
                await tx.set_note("key", "value")
                names = {each.name for each in file.parent.iterdir()}
                assert {"readings.db", "readings.db-wal", "readings.db-shm"} <= names
                assert open_to_others(file.parent) in ([], ["readings.db.lock"])
            back_up(file, tmp_path / "backups" / "copy.db", lambda _done, _total: None)
        assert open_to_others(tmp_path / "backups") == []
    finally:
        os.umask(before)


async def test_a_database_that_others_could_read_is_closed_to_them(tmp_path: Path) -> None:
    file = tmp_path / "readings.db"
    with closing(sqlite3.connect(file)) as made:
        made.execute("PRAGMA journal_mode = WAL")
    file.chmod(0o644)
    async with open_store(file):
        assert file.stat().st_mode & 0o777 == 0o600
