"""PostgreSQL: an open database, and how it is opened."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial

import asyncpg

from story.errors import NotKeptError
from story.store.database import Database, UnusableDatabaseError, Use, without_password
from story.store.dialect import POSTGRES
from story.store.page import Gathered
from story.store.postgres_connections import LOST, Readers, Sign, Writer, connect, open_readers
from story.store.postgres_lease import LOOK_EVERY, Lease
from story.store.postgres_migrate import migrate
from story.store.postgres_shards import PostgresLeases, SharedLease
from story.store.postgres_texts import Texts
from story.store.transaction import Transaction

log = logging.getLogger(__name__)

OLDEST = 150000
"""The oldest version of PostgreSQL that is known to work, as the server reports it."""
UNUSABLE = (NotKeptError, asyncpg.PostgresError, asyncpg.InterfaceError, ValueError, *LOST)
"""What an address that is wrong, or leads nowhere, raises."""


class PostgresTransaction(Transaction):
    """A transaction that keeps others from changing the readings it looks at."""

    async def gather(self, reading_id: int, until: int | None = None) -> Gathered | None:
        """As a snapshot does; nobody else can change the reading until this ends."""
        await self._hold("id = ?", reading_id)
        return await super().gather(reading_id, until)

    async def gather_in(self, channel: int) -> Gathered | None:
        """As a snapshot does; nobody else can change the reading until this ends."""
        await self._hold("channel = ? AND state = 'open'", channel)
        return await super().gather_in(channel)

    async def _hold(self, which: str, value: int) -> None:
        # A statement of its own: what else one statement sees is as it was before it waited.
        await self._rows(f"SELECT 1 FROM reading WHERE {which} FOR UPDATE", value)


class PostgresDatabase(Database):
    """An open database."""

    dialect = POSTGRES
    not_kept = ()
    errors = (NotKeptError, asyncpg.PostgresError)

    def __init__(self, writer: Writer, reader: Readers, texts: Texts) -> None:
        super().__init__()
        self.writer: Writer = writer
        self.reader: Readers = reader
        self._texts = texts

    async def begin(self) -> None:
        """Begin a transaction that writes."""
        await self.writer.begin()

    def transaction(self) -> Transaction:
        """Return what reads and writes within a transaction."""
        return PostgresTransaction(self.writer, self.dialect)

    def story_text(self, story_id: str) -> str | None:
        """Return the text that a server's own story opens from, out of the copy on this machine."""
        return self._texts.get(story_id)

    async def look_at_stories(self) -> None:
        """Bring the copy up to what is committed now."""
        await self._texts.look()

    def when_it_returns(self, told: Callable[[], None]) -> None:
        """Call something when the connection that writes is open again; the copy is up to date by then."""

        async def returned() -> None:
            await self._texts.look()
            told()

        self.writer.returned = returned

    def when_taken(self, told: Callable[[], None]) -> None:
        """Call something when another bot has taken over the database."""
        self.writer.taken = told


@asynccontextmanager
async def open_postgres(address: str, use: Use = Use.ANY) -> AsyncIterator[Database]:
    """Connect to a database, and bring it up to the newest schema.

    Raises:
        UnusableDatabaseError: it can't be used; the message says why and what to do.
    """
    async with AsyncExitStack() as stack:
        try:
            lease = _lease(use)
            writer = Writer(partial(connect, address, lease))
            stack.push_async_callback(writer.close)
            await _prepare(await _opened(writer, patient=use is Use.STAND_BY), address)
            readers = await stack.enter_async_context(open_readers(address))
            texts = stack.enter_context(Texts.open(readers))
            await texts.fill()
            database = PostgresDatabase(writer, readers, texts)
            if isinstance(lease, SharedLease):
                leases = database.leases = PostgresLeases(writer, lease, database.turn)
                await leases.look()
        except UNUSABLE as error:
            msg = f"cannot be used as the database ({error}); check the address, and that it runs"
            raise UnusableDatabaseError(f"{without_password(address)}: {msg}") from error
        sign: Sign | None = None
        if database.leases:
            stack.push_async_callback(leases.close)
            sign = leases.look
        if lease:
            stack.callback(asyncio.create_task(writer.beat(sign)).cancel)
        yield database


def _lease(use: Use) -> Lease | SharedLease | None:
    if use is Use.SHARED:
        return SharedLease()
    return None if use is Use.ANY else Lease(stand_by=use is Use.STAND_BY)


async def _opened(writer: Writer, *, patient: bool) -> asyncpg.Connection:
    """Open the connection that writes; a bot that is `patient` waits for the server too."""
    while True:
        try:
            return await writer.open()
        except NotKeptError as error:
            if not patient:
                raise
            log.warning("standing by until the database can be reached: %s", error)
            await asyncio.sleep(LOOK_EVERY)


async def _prepare(connection: asyncpg.Connection, address: str) -> None:
    """Require a new enough version, and bring the schema up to date."""
    if int(await connection.fetchval("SHOW server_version_num")) < OLDEST:
        raise UnusableDatabaseError(f"{without_password(address)}: PostgreSQL is too old; 15 or newer is needed")
    await migrate(connection, without_password(address))
