"""The store: what each server has read and voted, in a SQLite file or in PostgreSQL."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from story.errors import NotKeptError
from story.rules.presses import Press
from story.rules.shards import Shards
from story.store.counts import Counts
from story.store.database import Database, UnusableDatabaseError, Use, Where
from story.store.opening import open_database
from story.store.outage import Outage
from story.store.page import Gathered
from story.store.readings import ADD_PRESSES, OVER_EARLIER, PRESS, press_row
from story.store.snapshot import Snapshot
from story.store.transaction import Commit, Transaction

__all__ = ["Commit", "Gathered", "Snapshot", "Store", "Transaction", "UnusableDatabaseError", "Use", "open_store"]

PROBE = "outage"
"""What is noted to see whether the database takes anything again."""


class Store:
    """An open database: `read` sees what is committed, `transaction` changes it."""

    def __init__(self, database: Database) -> None:
        self.read = Snapshot(database.reader, database.dialect)
        self.in_transaction = False
        self.counts = Counts()
        self.outage = Outage()
        self._subscribers: list[Callable[[Commit], None]] = []
        self._database = database
        self._dialect = database.dialect
        self._writer = database.writer
        self._lock = database.turn
        self.leases = database.leases
        self._presses: list[tuple[tuple[object, ...], asyncio.Future[None]]] = []
        self._ended: list[int] = []
        self._flushing: asyncio.Task[None] | None = None
        database.when_it_returns(self._changed_elsewhere)
        if self.leases:
            self.leases.when_told(self._changed_elsewhere)

    @property
    def shards(self) -> Shards | None:
        """The shards whose servers are this process's; None where it shares them with no other."""
        return self.leases.owned if self.leases else None

    @property
    def processes(self) -> int:
        """How many processes share the shards, this one included."""
        return self.leases.processes if self.leases else 1

    def is_ours(self, guild: int) -> bool:
        """Whether a server is this process's."""
        return self.leases is None or self.leases.owned.have(guild)

    def subscribe(self, told: Callable[[Commit], None]) -> None:
        """Call something after each commit, in the task that made it; after a failed one, with `again` set."""
        self._subscribers.append(told)

    def when_taken(self, told: Callable[[], None]) -> None:
        """Call something when another bot has taken over the database, so that nothing more can be written."""
        self._database.when_taken(told)

    def look_again(self) -> None:
        """Have everybody who was told of commits look again: anything may have been written by others."""
        self._tell(Commit(None, again=True))

    def _changed_elsewhere(self) -> None:
        self._tell(Commit(None, again=True, elsewhere=True))

    def _concerns_others(self, tx: Transaction) -> bool:
        """Whether other processes have to know of a transaction: their servers, or what they have in memory."""
        if tx.touched is None or tx.stories_changed or tx.settings_set or tx.concerns_all:
            return True
        return not all(self.is_ours(delivery.guild) for delivery in tx.delivered)

    def _tell(self, commit: Commit) -> None:
        for told in self._subscribers:
            told(commit)

    async def look_at_stories(self) -> None:
        """Have `story_text` answer from what is committed now, whoever has committed it."""
        await self._database.look_at_stories()

    def story_text(self, story_id: str) -> str | None:
        """Return the text that a server's own story opens from, or None if it is gone. It does not wait."""
        return self._database.story_text(story_id)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Transaction]:
        """Hold the one transaction that writes; at the end it is committed and on disk.

        There is one at a time, because tasks that share a connection share its transaction. Raising inside undoes it.

        Raises:
            NotKeptError: the disk is full or read-only, or the server can't be reached; nothing has changed.
        """
        async with self._lock:
            await self._write_presses()
            self.in_transaction = True
            tx = self._database.transaction()
            done = Commit(None)
            try:
                await self._database.begin()
                if self.outage.lasts:
                    await tx.set_note(PROBE, str(time.time_ns()))  # the end of it is no end if nothing was written
                yield tx
                if self.leases and self._concerns_others(tx):
                    await self.leases.tell()
                await self._writer.commit()
                self.outage.end()
                if tx.stories_changed:
                    await self.look_at_stories()
                self.counts.add(votes=tx.votes, pages=tx.pages)
                done = tx.commit
            except self._database.not_kept as error:
                self.outage.begin(error)
                await self._writer.rollback()
                raise NotKeptError(str(error)) from error
            except BaseException:
                await self._writer.rollback()
                raise
            finally:
                self.in_transaction = False
                self._tell(done)

    async def keep_press(self, reading_id: int, n: int, press: Press) -> None:
        """Keep a press that changes nothing else, in one commit with those that arrive together; then it is on disk.

        Don't call it inside a transaction, which might be closing the ballot.
        """
        kept = asyncio.get_running_loop().create_future()
        self._presses.append((press_row(reading_id, n, press), kept))
        if self._flushing is None:
            self._flushing = asyncio.create_task(self._flush())
        await kept

    @property
    def is_keeping(self) -> bool:
        """Whether presses may be on their way to the disk."""
        return self._flushing is not None

    async def end_delivery(self, delivery_id: int) -> None:
        """Note that a delivery is done, in one commit with whatever is written next.

        A bot killed before that carries it out again, so this is for what may be shown twice.
        """
        self._ended.append(delivery_id)
        if self._flushing is None:
            self._flushing = asyncio.create_task(self._flush())

    async def settle(self) -> None:
        """Wait until everything that waits for the next commit is written."""
        if self._flushing:
            await asyncio.wait([self._flushing])  # it may have been cancelled, which must not end the caller

    async def _flush(self) -> None:
        while self._presses or self._ended:
            async with self._lock:
                await self._write_presses()
                await self._write_ended()
        self._flushing = None

    async def _write_ended(self) -> None:
        """Delete the deliveries that have been carried out, in one statement."""
        most = self._dialect.AT_ONCE
        ended, self._ended = self._ended[:most], self._ended[most:]
        if not ended:
            return
        rows, values = self._dialect.values(["SNOWFLAKE"], [(number,) for number in ended])
        try:
            await self._write(f"DELETE FROM delivery WHERE id IN ({rows})", values)
        except self._database.errors as error:
            self.outage.begin(error)  # they are carried out again after the next start

    async def _write_presses(self) -> None:
        """Write the presses that wait, one commit for each statement."""
        most = self._dialect.AT_ONCE
        while self._presses:
            batch, self._presses = self._presses[:most], self._presses[most:]
            # A member's last press in a batch counts; PostgreSQL takes each key only once.
            rows, values = self._dialect.values(PRESS, list({row[:3]: row for row, _ in batch}.values()))
            try:
                await self._database.require_room()
                await self._write(f"{ADD_PRESSES} {rows} {OVER_EARLIER}", values)
            except self._database.errors as error:
                self.outage.begin(error)
                for _, kept in batch:
                    _settle(kept, NotKeptError(str(error)))
                self._tell(Commit(None))
            else:
                self.outage.end()
                self.counts.add(votes=len(batch), pages=0)
                for _, kept in batch:
                    _settle(kept)

    async def _write(self, sql: str, values: list[object]) -> None:
        await self._writer.execute_fetchall(self._dialect.statement(sql), values)


def _settle(kept: asyncio.Future[None], error: Exception | None = None) -> None:
    """Tell those who wait for a press to be kept, if they still do."""
    if kept.done():
        return
    if error:
        kept.set_exception(error)
    else:
        kept.set_result(None)


@asynccontextmanager
async def open_store(where: Where, use: Use = Use.ANY) -> AsyncIterator[Store]:
    """Open the database, creating it and its folder if missing, and bring it up to the newest schema.

    Raises:
        UnusableDatabaseError: it can't be used; the message says why and what to do.
    """
    async with open_database(where, use) as database:
        store = Store(database)
        try:
            yield store
        finally:
            await store.settle()
