"""The store: what each server has read and voted, in one SQLite file."""

import asyncio
import logging
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, closing
from pathlib import Path

import aiosqlite

from story.errors import NotKeptError
from story.rules.presses import Press
from story.store.counts import Counts
from story.store.migrate import UnusableDatabaseError, migrate
from story.store.page import Gathered
from story.store.private import make_folder, make_private
from story.store.readings import ADD_PRESSES, OVER_EARLIER, PRESS_ROW, press_row
from story.store.snapshot import Snapshot
from story.store.transaction import Commit, Transaction

__all__ = ["Commit", "Gathered", "Snapshot", "Store", "Transaction", "UnusableDatabaseError", "open_store"]


MOST_AT_ONCE = 100
"""Components in one statement."""
BUSY = 20_000
"""Milliseconds that a commit waits for another program that has the database locked."""
MOST_LOG = 256 * 2**20
"""Bytes that SQLite's log may grow to while another program reads on and on, and keeps it from being taken over."""
LOG_KEPT = 16 * 2**20
"""Bytes of the log that stay on the disk once it has been taken over."""


log = logging.getLogger(__name__)


class Store:
    """An open database: `read` sees what is committed, `transaction` changes it."""

    def __init__(
        self, writer: aiosqlite.Connection, reader: aiosqlite.Connection, texts: sqlite3.Connection, journal: Path
    ) -> None:
        self.read = Snapshot(reader)
        self.in_transaction = False
        self.counts = Counts()
        self._subscribers: list[Callable[[Commit], None]] = []
        self._texts = texts
        self._writer = writer
        self._journal = journal
        self._lock = asyncio.Lock()
        self._presses: list[tuple[tuple[object, ...], asyncio.Future[None]]] = []
        self._ended: list[int] = []
        self._flushing: asyncio.Task[None] | None = None

    def subscribe(self, told: Callable[[Commit], None]) -> None:
        """Have something told of each commit, in the task that made it; of one that failed, that anything may be."""
        self._subscribers.append(told)

    def _tell(self, commit: Commit) -> None:
        for told in self._subscribers:
            told(commit)

    def story_text(self, story_id: str) -> str | None:
        """Return what a server's own story opens from, or None if it is gone. Does not wait; may be called anywhere."""
        row = self._texts.execute("SELECT opened FROM story WHERE id = ?", (story_id,)).fetchone()
        return row[0] if row else None

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Transaction]:
        """Hold the one transaction that writes, committed at the end and on disk by then.

        One at a time, because tasks that share a connection share its transaction. Raising inside undoes it.

        Raises:
            NotKeptError: the disk is full, or may not be written to; nothing has changed.
        """
        async with self._lock:
            await self._write_presses()
            self.in_transaction = True
            tx = Transaction(self._writer)
            done = Commit(None)
            try:
                await self._require_room()
                await self._writer.execute("BEGIN IMMEDIATE")
                yield tx
                await self._writer.commit()
                self.counts.add(votes=tx.votes, pages=tx.pages)
                done = tx.commit
            except sqlite3.OperationalError as error:
                await self._writer.rollback()
                raise NotKeptError(str(error)) from error
            except BaseException:
                await self._writer.rollback()
                raise
            finally:
                self.in_transaction = False
                self._tell(done)

    async def keep_press(self, reading_id: int, n: int, press: Press) -> None:
        """Keep a press that changes nothing else, in one commit with those that come meanwhile; it is on disk then.

        Not for while a transaction is under way: that might be closing the ballot.
        """
        kept = asyncio.get_running_loop().create_future()
        self._presses.append((press_row(reading_id, n, press), kept))
        if self._flushing is None:
            self._flushing = asyncio.create_task(self._flush())
        await kept

    async def end_delivery(self, delivery_id: int) -> None:
        """Note that a delivery needs no more attention, in one commit with whatever is written next.

        Until then a bot that is killed carries it out once more, so this is for what may be shown twice.
        """
        self._ended.append(delivery_id)
        if self._flushing is None:
            self._flushing = asyncio.create_task(self._flush())

    async def settle(self) -> None:
        """Wait until nothing is left that is kept together with whatever is written next."""
        if self._flushing:
            await asyncio.wait([self._flushing])  # it may have been cancelled, and that is not the caller's end

    async def _flush(self) -> None:
        while self._presses or self._ended:
            async with self._lock:
                await self._write_presses()
                await self._write_ended()
        self._flushing = None

    async def _require_room(self) -> None:
        """Require that SQLite's log has not grown too long; where it has, try to take it over.

        Raises:
            sqlite3.OperationalError: another program reads, and has not ended for long.
        """
        if self._log_size() <= MOST_LOG:
            return
        await self._writer.execute("PRAGMA busy_timeout = 0")  # nobody waits for whoever reads
        await self._writer.execute_fetchall("PRAGMA wal_checkpoint(TRUNCATE)")
        await self._writer.execute(f"PRAGMA busy_timeout = {BUSY}")
        if self._log_size() > MOST_LOG:
            raise sqlite3.OperationalError(f"another program reads it without an end, and {self._journal} is full")

    def _log_size(self) -> int:
        try:
            return self._journal.stat().st_size
        except FileNotFoundError:  # it is made by the first commit
            return 0

    async def _write_ended(self) -> None:
        """Delete the deliveries that have been carried out, in one statement."""
        ended, self._ended = self._ended[:MOST_AT_ONCE], self._ended[MOST_AT_ONCE:]
        if not ended:
            return
        try:
            await self._writer.execute_fetchall(
                f"DELETE FROM delivery WHERE id IN ({', '.join('?' * len(ended))})", ended
            )
        except sqlite3.Error as error:
            log.warning("%d deliveries are kept that have been carried out: %s", len(ended), error)

    async def _write_presses(self) -> None:
        """Write the presses that wait, each statement a commit of its own."""
        while self._presses:
            batch, self._presses = self._presses[:MOST_AT_ONCE], self._presses[MOST_AT_ONCE:]
            rows = ", ".join([PRESS_ROW] * len(batch))
            values = [value for row, _ in batch for value in row]
            try:
                await self._require_room()
                await self._writer.execute_fetchall(f"{ADD_PRESSES} {rows} {OVER_EARLIER}", values)
            except sqlite3.Error as error:
                for _, kept in batch:
                    _settle(kept, NotKeptError(str(error)))
                self._tell(Commit(None))
            else:
                self.counts.add(votes=len(batch), pages=0)
                for _, kept in batch:
                    _settle(kept)


def _settle(kept: asyncio.Future[None], error: Exception | None = None) -> None:
    """Tell whoever waits for a press to be kept, if they still do."""
    if kept.done():
        return
    if error:
        kept.set_exception(error)
    else:
        kept.set_result(None)


@asynccontextmanager
async def open_store(file: Path) -> AsyncIterator[Store]:
    """Open the database, making its folder and it where they are missing, and bring it up to the newest schema.

    Raises:
        UnusableDatabaseError: the file cannot be used, with the reason and what to do.
    """
    async with AsyncExitStack() as stack:
        try:
            make_folder(file.parent)
            make_private(file)
            # aiosqlite's thread outlives the event loop where a file cannot be opened at all, so this is tried first.
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
        store = Store(writer, reader, texts, file.with_name(f"{file.name}-wal"))
        stack.push_async_callback(store.settle)
        yield store


async def _require_sound(writer: aiosqlite.Connection, file: Path) -> None:
    """Require that the file can be written to, and is not damaged."""
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
