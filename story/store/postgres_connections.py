"""Connections to PostgreSQL: the one that writes, and holds the locks, and those that read.

When the connection that writes is lost, the next statement opens it again. Whoever waits for what it was doing is told
that nothing is kept.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from functools import partial
from typing import Any, Protocol

import asyncpg

from story.errors import NotKeptError, TakenError
from story.store.postgres_lease import BEAT_EVERY

READERS = 4
"""The most connections that read; a query takes a millisecond or less."""
PATIENCE = 20.0
"""Seconds that a statement or an attempt to connect may take."""
LOCK_PATIENCE = "5s"
"""How long to wait for what another process is changing, as long as SQLite waits for a file."""
BROKEN = (
    OSError,  # TimeoutError is one
    asyncpg.InternalClientError,
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,  # it is being shut down, or has ended the session
)
"""Errors after which a connection is useless, even if it does not know that yet."""
LOST = (
    *BROKEN,
    asyncpg.InsufficientResourcesError,  # its disk is full
    asyncpg.PostgresSystemError,
    asyncpg.ReadOnlySQLTransactionError,  # it is a stand-by by now
    asyncpg.LockNotAvailableError,
    asyncpg.TransactionRollbackError,  # a deadlock
)
"""Errors that are not the caller's fault."""
GONE = "the connection to the database is lost"
UNDONE = "a statement of the transaction has failed"

Connect = Callable[[], Awaitable[asyncpg.Connection]]
Sign = Callable[[], Awaitable[object]]


class Taken(Protocol):
    """What a connection that writes has to take before it may, and has whenever it is opened."""

    name: str

    async def take(self, connection: asyncpg.Connection) -> None:
        """Take it for a connection, or raise TakenError."""


class _Reading(asyncpg.Connection):  # type: ignore[misc] # asyncpg comes without types
    """A connection that only reads, so there is nothing to reset for the next user."""

    def get_reset_query(self) -> str:
        return ""


class Writer:
    """The connection that writes, as a transaction wants it."""

    def __init__(self, connect: Connect) -> None:
        self._connect = connect
        self._connection: asyncpg.Connection | None = None
        self._inside = False
        self._over: TakenError | None = None
        self._one_at_a_time = asyncio.Lock()
        self.returned: Callable[[], Awaitable[None]] | None = None
        self.taken: Callable[[], None] | None = None

    async def open(self) -> asyncpg.Connection:
        """Return the connection, opened again if it was lost.

        Raises:
            NotKeptError: the database can't be reached, or a transaction was lost with the connection.
            TakenError: another has taken over, now or earlier.
        """
        if self._over:
            raise TakenError(self._over.why)
        if self._connection is not None and not self._connection.is_closed():
            return self._connection
        if self._inside:
            raise NotKeptError(GONE)
        is_first = self._connection is None
        try:
            with _reaching():
                self._connection = await self._connect()
        except TakenError as error:
            raise self.end(error) from None
        if not is_first and self.returned:
            await self.returned()
        return self._connection

    def end(self, error: TakenError) -> TakenError:
        """Write nothing more, since another has taken over; return the error that says so."""
        self._over = error
        if self._connection is not None:
            self._connection.terminate()
        if self.taken:
            self.taken()
        return error

    async def begin(self) -> None:
        """Begin a transaction."""
        await self.execute_fetchall("BEGIN")
        self._inside = True

    async def execute_fetchall(self, sql: str, parameters: Sequence[object] = (), /) -> Sequence[Any]:
        """Carry out a statement, in the transaction that is under way or in one of its own.

        One of its own is carried out again if the connection is lost: none of those does harm twice.
        """
        if not self._inside:
            with suppress(NotKeptError):
                return await self.once(sql, parameters)
        return await self.once(sql, parameters)

    async def once(self, sql: str, parameters: Sequence[object] = ()) -> Sequence[Any]:
        """Carry out a statement; if the connection is lost, nobody knows whether it was."""
        async with self._one_at_a_time:
            connection = await self.open()
            with _reaching(connection):
                found: Sequence[Any] = await connection.fetch(sql, *parameters)
        return found

    async def beat(self, sign: Sign | None = None) -> None:
        """Give a sign of life every few seconds, and open a lost connection, until another bot has taken over.

        Unless a sign is given, it may fall into a transaction, which it does not change.
        """
        sign = sign or partial(self.once, "SELECT 1")
        while True:
            await asyncio.sleep(BEAT_EVERY)
            try:
                await sign()
            except TakenError:
                return
            except (NotKeptError, asyncpg.PostgresError):
                continue  # the transaction that it fell into has failed, or the server is away

    async def commit(self) -> None:
        """Commit; afterwards it is on the server's disk.

        Raises:
            NotKeptError: it is not, or nobody knows; subscribers hear when the database can be reached again.
        """
        async with self._one_at_a_time:
            connection = await self.open()
            with _reaching(connection):
                done = await connection.execute("COMMIT")
        self._inside = False
        if done != "COMMIT":
            raise NotKeptError(UNDONE)

    async def rollback(self) -> None:
        """Undo what was written; if the connection is lost, that has already happened."""
        async with self._one_at_a_time:
            self._inside, inside = False, self._inside
            if inside and self._connection is not None and not self._connection.is_closed():
                with suppress(*LOST):
                    await self._connection.execute("ROLLBACK")

    async def close(self) -> None:
        """Close it, and with it give up its locks."""
        if self._connection is not None:
            with suppress(*LOST):
                await self._connection.close(timeout=PATIENCE)


class Readers:
    """The connections that read, behind one face."""

    def __init__(self, pool: asyncpg.Pool) -> None:
        self._pool = pool

    async def execute_fetchall(self, sql: str, parameters: Sequence[object] = (), /) -> Sequence[Any]:
        """Answer a query, on a second try if the connection turns out to be lost.

        Raises:
            NotKeptError: the database cannot be reached.
        """
        with suppress(NotKeptError):
            return await self._ask(sql, parameters)
        return await self._ask(sql, parameters)

    async def _ask(self, sql: str, parameters: Sequence[object]) -> Sequence[Any]:
        with _reaching():
            async with self._pool.acquire() as connection:
                with _reaching(connection):
                    found: Sequence[Any] = await connection.fetch(sql, *parameters)
                return found

    async def commit(self) -> None:
        """Do nothing: each query stands alone."""

    rollback = commit


@asynccontextmanager
async def open_readers(address: str) -> AsyncIterator[Readers]:
    """Open connections that read, as many as are needed at a time."""
    async with asyncpg.create_pool(
        address,
        min_size=0,
        max_size=READERS,
        connection_class=_Reading,
        timeout=PATIENCE,
        command_timeout=PATIENCE,
        server_settings={"default_transaction_read_only": "on"},
    ) as pool:
        yield Readers(pool)


async def connect(address: str, lease: Taken | None) -> asyncpg.Connection:
    """Open a connection that writes; with a lease, one that holds it.

    Raises:
        TakenError: another holds it.
    """
    settings = {"lock_timeout": LOCK_PATIENCE, **({"application_name": lease.name} if lease else {})}
    connection = await asyncpg.connect(address, timeout=PATIENCE, command_timeout=PATIENCE, server_settings=settings)
    try:
        if lease:
            await lease.take(connection)
    except BaseException:
        connection.terminate()
        raise
    return connection


@contextmanager
def _reaching(connection: asyncpg.Connection = None) -> Iterator[None]:
    """Turn errors that are not the caller's fault into NotKeptError, and stop using a broken connection."""
    try:
        yield
    except LOST as error:
        if connection and isinstance(error, BROKEN):
            with suppress(asyncpg.InterfaceError):  # the pool has noticed it already
                connection.terminate()
        raise NotKeptError(str(error) or type(error).__name__) from error
