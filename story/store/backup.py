"""Copies the database while the bot keeps writing to it."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

from story.store.private import make_folder, make_private

PAGES = 256
"""How many database pages, of 4 KiB each, are copied between two reports of progress."""
MAGIC = b"SQLite format 3\0"
"""What every SQLite file begins with."""


class BackupError(Exception):
    """No backup was made and nothing has changed; the message says why, in one line."""


def back_up(database: Path, file: Path, progress: Callable[[int, int], None]) -> None:
    """Copy the database as it is now to a file, which is complete and on disk when this returns.

    It replaces an older backup, but only once the new one has been checked. `progress` gets how many pages are copied,
    and of how many.

    Raises:
        BackupError: there is no database, it is damaged, or the copy can't be written.
    """
    _refuse(database, file)
    try:
        make_folder(file.parent)
        _write(database, file, progress)
    except sqlite3.OperationalError as error:
        raise BackupError(f"{file}: no backup of {database} can be made ({error})") from error
    except sqlite3.DatabaseError as error:
        raise BackupError(f"{database}: not a database, or a damaged one ({error}); nothing was copied") from error
    except OSError as error:
        raise BackupError(f"{file}: cannot be written: {error.strerror}") from error


def _refuse(database: Path, file: Path) -> None:
    """Refuse a target that is the database, or a file that is no backup."""
    if not database.is_file():
        raise BackupError(f"{database}: no such database")
    beside = {database.with_name(f"{database.name}{ending}").resolve() for ending in ("", "-wal", "-shm", "-journal")}
    if file.resolve() in beside or (file.exists() and file.samefile(database)):
        raise BackupError(f"{file}: this is the database itself; give the backup another name")
    if file.is_dir():
        raise BackupError(f"{file}: a folder; expected the name of a file")
    if file.exists() and not _is_database(file):
        raise BackupError(f"{file}: exists and is no backup; give the backup another name")


def _is_database(file: Path) -> bool:
    with file.open("rb") as opened:
        return opened.read(len(MAGIC)) in {MAGIC, b""}


def _write(database: Path, file: Path, progress: Callable[[int, int], None]) -> None:
    """Copy to a file beside the target, which takes its name once it is complete and on disk."""
    unfinished = file.with_name(f"{file.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    make_private(unfinished)
    try:
        _copy(database, unfinished, progress)
        _sync(unfinished, os.O_RDWR)
        unfinished.replace(file)
    finally:
        unfinished.unlink(missing_ok=True)
    with suppress(PermissionError):  # Windows opens no folders, and saves their names without this
        _sync(file.parent, os.O_RDONLY)


def _copy(database: Path, file: Path, progress: Callable[[int, int], None]) -> None:
    with (
        closing(sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True, isolation_level=None)) as source,
        closing(sqlite3.connect(file, isolation_level=None)) as target,
    ):
        source.execute("PRAGMA busy_timeout = 5000")
        # Holding on to one snapshot keeps SQLite from starting over whenever the bot commits.
        source.execute("BEGIN")
        source.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()
        source.backup(target, pages=PAGES, progress=lambda _status, left, total: progress(total - left, total))
        # The copy should be one file without a log beside it; the bot turns the log on again when it opens it.
        target.execute("PRAGMA journal_mode = DELETE")
        [(verdict,), *_] = target.execute("PRAGMA integrity_check").fetchall()
        if verdict != "ok":
            raise sqlite3.DatabaseError(verdict)


def _sync(path: Path, how: int) -> None:
    """Wait until what has been written is on disk."""
    handle = os.open(path, how)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
