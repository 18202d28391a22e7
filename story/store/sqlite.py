"""SQLite: one file, one connection that writes, one that reads."""

import os
import sqlite3
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, closing
from pathlib import Path

import aiosqlite

from story.store.database import Database, UnusableDatabaseError
from story.store.dialect import SQLITE
from story.store.migrate import migrate
from story.store.private import make_folder, make_private

BUSY = 20_000
"""How many milliseconds a commit waits for another program that has locked the database."""
MOST_LOG = 256 * 2**20
"""How many bytes SQLite's log may grow to while another program keeps reading, so that no checkpoint can finish."""
LOG_KEPT = 16 * 2**20
"""How many bytes of the log stay on disk after a checkpoint."""


class SqliteDatabase(Database):
    """An open file."""

    dialect = SQLITE
    not_kept = (sqlite3.OperationalError,)
    errors = (sqlite3.Error,)

    def __init__(
        self, writer: aiosqlite.Connection, reader: aiosqlite.Connection, texts: sqlite3.Connection, log: Path
    ) -> None:
        super().__init__()
        self.writer: aiosqlite.Connection = writer
        self.reader: aiosqlite.Connection = reader
        self._texts = texts
        self._log = log

    async def require_room(self) -> None:
        """Require that SQLite's log is not too long; if it is, try a checkpoint.

        Raises:
            sqlite3.OperationalError: another program has been reading for too long.
        """
        if self._log_size() <= MOST_LOG:
            return
        await self.writer.execute_fetchall("PRAGMA busy_timeout = 0")  # wait for nobody who reads
        await self.writer.execute_fetchall("PRAGMA wal_checkpoint(TRUNCATE)")
        await self.writer.execute_fetchall(f"PRAGMA busy_timeout = {BUSY}")
        if self._log_size() > MOST_LOG:
            raise sqlite3.OperationalError(f"another program reads it without an end, and {self._log} is full")

    def _log_size(self) -> int:
        try:
            return self._log.stat().st_size
        except FileNotFoundError:  # it is made by the first commit
            return 0

    async def begin(self) -> None:
        """Begin a transaction that writes."""
        await self.require_room()
        await self.writer.execute_fetchall("BEGIN IMMEDIATE")

    def story_text(self, story_id: str) -> str | None:
        """Return the text that a server's own story opens from, straight from the file."""
        row = self._texts.execute("SELECT opened FROM story WHERE id = ?", (story_id,)).fetchone()
        return row[0] if row else None


@asynccontextmanager
async def open_sqlite(file: Path) -> AsyncIterator[Database]:
    """Open a file, creating it and its folder if missing, and bring it up to the newest schema.

    Raises:
        UnusableDatabaseError: it can't be used; the message says why and what to do.
    """
    async with AsyncExitStack() as stack:
        try:
            make_folder(file.parent)
            make_private(file)
            _require_writable(file)
            # If a file can't be opened, aiosqlite's thread outlives the event loop, so try this first.
            sqlite3.connect(file).close()
            writer = await stack.enter_async_context(_connect(file))
            await _require_sound(writer, file)
            await migrate(writer, file)
            reader = await stack.enter_async_context(_connect(file))
            await reader.execute("PRAGMA query_only = ON")
            texts = stack.enter_context(closing(sqlite3.connect(file, check_same_thread=False)))
        except sqlite3.OperationalError as error:
            msg = f"{file}: cannot be used as the database ({error}); check the path and its permissions"
            raise UnusableDatabaseError(msg) from error
        except sqlite3.DatabaseError as error:
            raise UnusableDatabaseError(_damaged(file, str(error))) from error
        except OSError as error:
            msg = f"{file}: the folder of the database cannot be made ({error.strerror})"
            raise UnusableDatabaseError(msg) from error
        yield SqliteDatabase(writer, reader, texts, file.with_name(f"{file.name}-wal"))


def _require_writable(file: Path) -> None:
    """Require that the file, its folder and what a bot that was killed has left beside it can be written to.

    SQLite opens a file that cannot be as one to read, and says nothing.
    """
    beside = (file.with_name(f"{file.name}{ending}") for ending in ("-wal", "-shm"))
    for path in (file.parent, file, *beside):
        if path.exists() and not os.access(path, os.W_OK):
            raise UnusableDatabaseError(
                f"{file}: cannot be used as the database, since {path} may not be written to;"
                " give it to the user that the bot runs as"
            )


async def _require_sound(writer: aiosqlite.Connection, file: Path) -> None:
    """Require that the file can be written, and is not damaged."""
    [(found,)] = await writer.execute_fetchall("PRAGMA quick_check(1)")
    if found != "ok":
        raise UnusableDatabaseError(_damaged(file, found))
    await writer.execute("BEGIN IMMEDIATE")
    await writer.rollback()


def _damaged(file: Path, why: str) -> str:
    return (
        f"{file}: not a database, or a damaged one ({why}); move it away, and put a copy that"
        " `python -m story backup` has made in its place"
    )


@asynccontextmanager
async def _connect(file: Path) -> AsyncIterator[aiosqlite.Connection]:
    async with aiosqlite.connect(file, isolation_level=None) as connection:
        await connection.execute("PRAGMA journal_mode = WAL")
        # NORMAL would lose the last votes at a power cut.
        await connection.execute("PRAGMA synchronous = FULL")
        await connection.execute("PRAGMA foreign_keys = ON")
        await connection.execute(f"PRAGMA busy_timeout = {BUSY}")
        await connection.execute(f"PRAGMA journal_size_limit = {LOG_KEPT}")
        yield connection
