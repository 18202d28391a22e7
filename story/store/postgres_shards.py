"""Several processes share the shards: each takes leases on some, on its connection that writes.

A lease is a lock of that connection, and a row that names its owner and says when that was last heard of. The lock ends
with the connection; the row is there after the server was restarted, so that each process finds its own again. The rows
of a process that is dead or frozen are taken from it, after the server has ended its connection: should it wake, it
finds them gone when it connects again, and can write nothing.

A process that was itself away, with the server or with its machine, judges nobody until it has been back for a while.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta

import asyncpg

from story.errors import NotKeptError, TakenError
from story.rules.shards import Shards
from story.store import shards
from story.store.postgres_connections import Writer
from story.store.postgres_lease import ALONE, BEAT_EVERY, END_OF, HOLDERS, SILENT, TAKEN, new_name

OF_SHARD = 7_301_119
"""The first number of the lock of each shard; the second is the shard's."""
AWAY = 2 * BEAT_EVERY
"""Seconds in which a process may come back whose connection has ended."""
LOOKS = 2
"""Looks in a row that find too many shards here, before one is given up."""
IDENTIFY_EVERY = 5.2
"""Seconds between two shards of a bucket that identify: Discord wants 5 between their arrivals."""
SHARES, CHANGES = "shares", "changes"
"""What processes are notified of: a shard is free, or something has changed that they may have in memory."""
SUPERSEDED = "another process has taken over"
RECOUNTED = "there are more shards now, or fewer"
_NOW = "extract(epoch FROM statement_timestamp())::float8"
_AGREE = 7_301_120
"""The number of the lock that a process holds while it says how many shards there are."""
Rows = Sequence[tuple[int, str | None, float]]
"""Shards, their owners, and when those were last heard of."""
log = logging.getLogger(__name__)


@dataclass
class SharedLease:
    """What a process that shares the shards does to use a database, and to have its own shards again."""

    name: str = field(default_factory=new_name)
    owned: set[int] = field(default_factory=set)
    freed: asyncio.Event = field(default_factory=asyncio.Event)
    told: Callable[[], None] | None = None

    async def take(self, connection: asyncpg.Connection) -> None:
        """Take the locks for a connection.

        Raises:
            TakenError: a bot is alone with the database, or another process has superseded this one.
        """
        sql = f"UPDATE shard SET heard = {_NOW} WHERE owner = $1 AND number = ANY($2) RETURNING number"
        if self.owned and len(await connection.fetch(sql, self.name, [*self.owned])) < len(self.owned):
            raise TakenError(SUPERSEDED)
        if not await connection.fetchval("SELECT pg_try_advisory_lock_shared($1)", ALONE):
            raise TakenError(TAKEN)
        await connection.execute(END_OF, ALONE, self.name)
        for shard in self.owned:
            await connection.execute("SELECT pg_advisory_lock($1, $2)", OF_SHARD, shard)
        await connection.add_listener(SHARES, lambda *_: self.freed.set())
        await connection.add_listener(CHANGES, self._hear)

    def _hear(self, connection: asyncpg.Connection, sender: int, *_: object) -> None:
        if self.told and sender != connection.get_server_pid():
            self.told()


class PostgresLeases:
    """The leases of a process, as `ShardLeases` says."""

    def __init__(self, writer: Writer, lease: SharedLease, turn: asyncio.Lock) -> None:
        self._writer = writer
        self._lease = lease
        self._turn = turn
        self._of = 0
        self._looked_at = 0.0
        self._ranked: list[str] = []
        self._too_many = 0
        self.owned = Shards(frozenset(), 1)

    @property
    def processes(self) -> int:
        """How many processes there are, this one included."""
        return max(len(self._ranked), 1)

    @property
    def _share(self) -> int:
        """How many shards it should have: all have as many, or one more as long as there are any over.

        Those with most are the first to have one more, so that as few as can be change hands.
        """
        least, over = divmod(self._of, self.processes)
        return least + (self._lease.name in self._ranked[:over])

    async def agree(self, wanted: int) -> int:
        """Agree with the other processes how many shards there are."""
        async with self._turn:
            await self._writer.begin()
            try:
                self._of = await self._agreed(wanted)
                await self._writer.commit()
            except BaseException:
                await self._writer.rollback()
                raise
        if self._of != wanted:
            log.warning("the other processes have agreed on %d shards; this one goes along", self._of)
        self.owned = Shards(frozenset(), self._of)
        await self.look()
        return self._of

    async def _agreed(self, wanted: int) -> int:
        await self._writer.once("SELECT pg_advisory_xact_lock($1)", (_AGREE,))
        at_work = f"count(*) FILTER (WHERE owner IS NOT NULL AND heard > {_NOW} - $1)"
        [(number, working)] = await self._writer.once(f"SELECT count(*), {at_work} FROM shard", (SILENT,))
        if number == wanted or working:
            return int(number)
        await self._writer.once("DELETE FROM shard")
        await self._writer.once(
            "INSERT INTO shard (number, heard) SELECT number, 0 FROM generate_series(0, $1 - 1) AS number", (wanted,)
        )
        return wanted

    async def look(self) -> None:
        """Give a sign of life; see who else is there, and end who is dead or frozen.

        Raises:
            TakenError: this process has been superseded, or the shards are divided otherwise now.
        """
        async with self._turn:
            [(now,)] = await self._writer.once(f"SELECT {_NOW}")
            await self._writer.once(f"UPDATE shard SET heard = {_NOW} WHERE owner = $1", (self._lease.name,))
            rows = await self._writer.once("SELECT number, owner, heard FROM shard")
            sql = f"SELECT application_name, clock_timestamp() - state_change < $2 {HOLDERS}"
            there = dict(await self._writer.once(sql, (ALONE, timedelta(seconds=SILENT))))
            await self._require_own(rows)
            was_away, self._looked_at = now - self._looked_at > AWAY, now
            if not was_away:
                await self._judge(now, rows, there)
        self._rank(rows, there)

    async def _require_own(self, rows: Rows) -> None:
        """Require that the shards are divided as before, and that one's own are one's own."""
        if self._of and len(rows) != self._of:
            raise self._writer.end(TakenError(RECOUNTED))
        own = {number for number, owner, _ in rows if owner == self._lease.name}
        if self._lease.owned - own:
            raise self._writer.end(TakenError(SUPERSEDED))
        for shard in own - self._lease.owned:  # the connection was lost while it was taken or given up
            await self._free(shard)
            await self._unlock(shard)

    async def _judge(self, now: float, rows: Rows, there: dict[str, bool]) -> None:
        """Supersede who has been silent for too long, be it connected or not."""
        heard: dict[str, float] = {}
        for _, owner, at in rows:
            if owner:
                heard[owner] = max(at, heard.get(owner, at))
        for owner, at in heard.items():
            if now - at > (SILENT if owner in there else AWAY):
                await self._supersede(owner, at)

    def _rank(self, rows: Rows, there: dict[str, bool]) -> None:
        """Note who has a share, those with most first, and whether this process has more than its own."""
        counts = Counter(owner for _, owner, _ in rows)
        self._ranked = sorted((who for who, awake in there.items() if awake), key=lambda who: (-counts[who], who))
        # Whoever has just come may be gone again: it has to be there at two looks before it is given anything.
        too_many = None not in counts and len(self._lease.owned) > self._share
        self._too_many = self._too_many + 1 if too_many else 0

    async def _supersede(self, owner: str, heard: float) -> None:
        """Have the connection of a process ended, and its shards free, unless it has been heard of meanwhile."""
        await self._writer.once(END_OF, (ALONE, owner))
        sql = "UPDATE shard SET owner = NULL WHERE owner = $1 AND heard <= $2 RETURNING number"
        if freed := await self._writer.once(sql, (owner, heard)):
            log.warning("a process has fallen silent; its %d shards are free", len(freed))
            await self._tell_of_free()

    async def claim(self) -> int | None:
        """Take a lease on a shard that is free."""
        if self._lease.freed.is_set():
            self._lease.freed.clear()
            await self.look()
        if len(self._lease.owned) >= self._share:
            return None
        async with self._turn:
            for (shard,) in await self._writer.once("SELECT number FROM shard WHERE owner IS NULL ORDER BY number"):
                if await self._take(shard):
                    return int(shard)
        return None

    async def _take(self, shard: int) -> bool:
        [(locked,)] = await self._writer.once("SELECT pg_try_advisory_lock($1, $2)", (OF_SHARD, shard))
        if not locked:
            return False  # its owner's connection has yet to end
        sql = f"UPDATE shard SET owner = $1, heard = {_NOW} WHERE number = $2 AND owner IS NULL RETURNING number"
        taken = False
        try:
            taken = bool(await self._writer.once(sql, (self._lease.name, shard)))
        finally:
            if not taken:
                await self._unlock(shard)
        if taken:
            self._lease.owned.add(shard)
            self.owned = Shards(self.owned.numbers | {shard}, self._of)
        return taken

    def surplus(self) -> int | None:
        """Return a shard to give up."""
        return max(self._lease.owned) if self._too_many >= LOOKS else None

    def leave(self, shard: int) -> None:
        """Begin to give a shard up."""
        self.owned = Shards(self.owned.numbers - {shard}, self._of)

    async def release(self, shard: int) -> None:
        """Give a shard up that was left."""
        self._too_many = 0
        async with self._turn:
            self._lease.owned.discard(shard)
            await self._free(shard)
            await self._unlock(shard)
            await self._tell_of_free()

    async def _free(self, shard: int) -> None:
        sql = "UPDATE shard SET owner = NULL WHERE number = $1 AND owner = $2"
        await self._writer.once(sql, (shard, self._lease.name))

    async def _unlock(self, shard: int) -> None:
        await self._writer.once("SELECT pg_advisory_unlock($1, $2)", (OF_SHARD, shard))

    async def _tell_of_free(self) -> None:
        await self._writer.once("SELECT pg_notify($1, '')", (SHARES,))

    async def tell(self) -> None:
        """Tell the other processes of what the transaction under way changes."""
        await self._writer.once("SELECT pg_notify($1, '')", (CHANGES,))

    def when_told(self, told: Callable[[], None]) -> None:
        """Have something done when another process has told so."""
        self._lease.told = told

    async def turn_to_identify(self, bucket: int) -> float:
        """Reserve the next turn to identify."""
        async with self._turn:
            [(seconds,)] = await self._writer.once(
                f"INSERT INTO identify AS last (bucket, at) VALUES ($1, {_NOW}) ON CONFLICT (bucket)"
                f" DO UPDATE SET at = greatest(last.at + $2, {_NOW}) RETURNING at - {_NOW}",
                (bucket, IDENTIFY_EVERY),
            )
        return max(0.0, float(seconds))

    async def changed(self) -> None:
        """Wait a moment, or until another process has given something up."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._lease.freed.wait(), shards.LOOK_EVERY)

    async def close(self) -> None:
        """Give up every shard, so that others can take them at once."""
        with suppress(NotKeptError, asyncpg.PostgresError):
            await self._writer.once("UPDATE shard SET owner = NULL WHERE owner = $1", (self._lease.name,))
            await self._tell_of_free()
