"""The store: what each server has read and voted, in one SQLite file."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, closing
from pathlib import Path

import aiosqlite

from story.store.migrate import UnusableDatabaseError, migrate
from story.store.queries import Queries
from story.store.transaction import Transaction

__all__ = ["Queries", "Store", "Transaction", "UnusableDatabaseError", "open_store"]


class Store:
    """An open database: `read` sees what is committed, `transaction` changes it."""

    def __init__(self, writer: aiosqlite.Connection, reader: aiosqlite.Connection, texts: sqlite3.Connection) -> None:
        self.read = Queries(reader)
        self._texts = texts
        self._writer = writer
        self._lock = asyncio.Lock()

    def story_text(self, story_id: str) -> str | None:
        """Return a server's own story as Markdown, or None if it is gone. Does not wait, and may be called anywhere."""
        row = self._texts.execute("SELECT markdown FROM story WHERE id = ?", (story_id,)).fetchone()
        return row[0] if row else None

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Transaction]:
        """Hold the one transaction that writes, committed at the end and on disk by then.

        One at a time, because tasks that share a connection share its transaction. Raising inside undoes it.
        """
        async with self._lock:
            try:
                await self._writer.execute("BEGIN IMMEDIATE")
                yield Transaction(self._writer)
                await self._writer.commit()
            except BaseException:
                await self._writer.rollback()
                raise


@asynccontextmanager
async def open_store(file: Path) -> AsyncIterator[Store]:
    """Open the database, making its folder and it where they are missing, and bring it up to the newest schema.

    Raises:
        UnusableDatabaseError: the file cannot be used, with the reason and what to do.
    """
    async with AsyncExitStack() as stack:
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            # aiosqlite's thread outlives the event loop where a file cannot be opened at all, so this is tried first.
            sqlite3.connect(file).close()
            writer = await stack.enter_async_context(_connect(file))
            await migrate(writer, file)
            reader = await stack.enter_async_context(_connect(file))
            await reader.execute("PRAGMA query_only = ON")
            texts = stack.enter_context(closing(sqlite3.connect(file, check_same_thread=False)))
        except sqlite3.OperationalError as error:
            msg = f"{file}: cannot be used as the database ({error}); check the path and its permissions"
            raise UnusableDatabaseError(msg) from error
        except sqlite3.DatabaseError as error:
            msg = f"{file}: not a database, or a damaged one ({error}); restore a backup or move the file away"
            raise UnusableDatabaseError(msg) from error
        except OSError as error:
            msg = f"{file}: the folder of the database cannot be made ({error.strerror})"
            raise UnusableDatabaseError(msg) from error
        yield Store(writer, reader, texts)


@asynccontextmanager
async def _connect(file: Path) -> AsyncIterator[aiosqlite.Connection]:
    async with aiosqlite.connect(file, isolation_level=None) as connection:
        await connection.execute("PRAGMA journal_mode = WAL")
        # NORMAL would lose the last votes at a power cut.
        await connection.execute("PRAGMA synchronous = FULL")
        await connection.execute("PRAGMA foreign_keys = ON")
        await connection.execute("PRAGMA busy_timeout = 5000")
        yield connection
