"""Makes sure that one bot alone uses a database: the one that holds the lease, a lock of its connection that writes.

Processes that share the shards hold it together; `postgres_shards` keeps apart what is whose.

PostgreSQL releases the lock when the connection ends. Its holder gives a sign of life every few seconds. If one falls
silent, a bot that stands by has the server end its connection, and from then on the silent one can't write.
"""

import asyncio
import logging
import secrets
from dataclasses import dataclass, field
from datetime import timedelta

import asyncpg

from story.errors import TakenError

ALONE = 7_301_117
"""The number of the lock."""
BEAT_EVERY = 3.0
"""Seconds between two signs of life."""
SILENT = 15.0
"""Seconds without one after which a bot counts as dead or frozen."""
LOOK_EVERY = 1.0
"""Seconds between two looks of a bot that stands by."""
TRIES = 10
"""How often a bot tries to take the lock back from its own lost connection."""
TAKEN = "another bot is using it; stop that one first, or give this one its own"
HOLDERS = """FROM pg_locks JOIN pg_stat_activity USING (pid)
    WHERE locktype = 'advisory' AND classid = 0 AND objid = $1 AND granted
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"""
END_OF = f"SELECT pg_terminate_backend(pid) {HOLDERS} AND application_name = $2 AND pid <> pg_backend_pid()"
_END_SILENT = f"SELECT pg_terminate_backend(pid) {HOLDERS} AND clock_timestamp() - state_change > $2"
log = logging.getLogger(__name__)


def new_name() -> str:
    """Return a name for a process, by which the server tells its connections from others'."""
    return f"storyteller-{secrets.token_hex(8)}"


@dataclass
class Lease:
    """How a bot gets a database to itself; with `stand_by` it waits for that at the start."""

    stand_by: bool = False
    name: str = field(default_factory=new_name)
    _was_taken: bool = False

    async def take(self, connection: asyncpg.Connection) -> None:
        """Take the lock for a connection.

        Raises:
            TakenError: another has it, and this one does not stand by, or had it before.
        """
        if self._was_taken:
            await self._take_back(connection)
        elif self.stand_by:
            await self._wait(connection)
        elif not await _try(connection):
            raise TakenError(TAKEN)
        self._was_taken = True

    async def _take_back(self, connection: asyncpg.Connection) -> None:
        """Take the lock from the bot's own earlier connection: the server may not know that it is lost."""
        for _ in range(TRIES):
            if await _try(connection):
                return
            await connection.execute(END_OF, ALONE, self.name)
            await asyncio.sleep(LOOK_EVERY / TRIES)
        raise TakenError(TAKEN)

    async def _wait(self, connection: asyncpg.Connection) -> None:
        """Wait until nobody has the lock, and end a holder that is silent."""
        if await _try(connection):
            return
        log.info("another bot uses the database; standing by")
        while not await _try(connection):
            if await connection.fetch(_END_SILENT, ALONE, timedelta(seconds=SILENT)):
                log.warning("the bot that used the database has been silent for %d s; it is superseded", SILENT)
            await asyncio.sleep(LOOK_EVERY)
        log.info("nobody uses the database any more; taking over")


async def _try(connection: asyncpg.Connection) -> bool:
    return bool(await connection.fetchval("SELECT pg_try_advisory_lock($1)", ALONE))
