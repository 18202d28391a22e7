"""Several processes that share the shards, and whoever starts one again when it has ended."""

import asyncio
import signal
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg

from tests.wire.driver import Wire
from tests.wire.processes import Bot, Nursery, open_nursery

AGAIN_AFTER = 1.0
"""Seconds after which a process that has ended is started again."""
GLANCE = 0.1
TO_END = 10.0
"""Seconds within which a process ends that is told to, or that has been superseded."""


class Fleet:
    """The processes, equal to one another, on a database of PostgreSQL's."""

    def __init__(self, wire: Wire, nursery: Nursery, address: str, size: int) -> None:
        self.wire = wire
        self._nursery = nursery
        self._address = address
        self._size = size
        self.bots: list[Bot] = []

    async def start(self) -> None:
        """Start as many as are missing."""
        self.bots = [bot for bot in self.bots if bot.alive]
        while len(self.bots) < self._size:
            self.bots.append(await self._nursery.bear())

    async def supervise(self) -> None:
        """Start those again that end, whatever they ended of, until cancelled."""
        while True:
            await asyncio.sleep(GLANCE)
            if not all(bot.alive for bot in self.bots):
                await asyncio.sleep(AGAIN_AFTER)
                await self.start()

    async def owners(self) -> Counter[str]:
        """Return how many shards each process has, by its name."""
        connection = await asyncpg.connect(self._address)
        try:
            return Counter(owner for (owner,) in await connection.fetch("SELECT owner FROM shard") if owner)
        except asyncpg.UndefinedTableError:  # the first is still making the tables
            return Counter()
        finally:
            await connection.close()

    async def is_settled(self) -> bool:
        """Whether each shard is open once, and each process has its share of them, give or take one."""
        shares = (await self.owners()).values()
        shards = (await self.wire.ask("size"))["shards"]
        connected = (await self.wire.state())["connected"]
        even = len(shares) == min(self._size, shards) and max(shares) - min(shares) <= 1
        return even and sum(shares) == connected == shards

    async def end(self) -> list[str]:
        """Tell all to stop; return what they did instead."""
        for bot in self.bots:
            bot.signal(signal.SIGTERM)
        return [f"process {bot.pid} did not end when told" for bot in self.bots if not await bot.gone_within(TO_END)]

    async def kill(self) -> None:
        """Kill whatever still runs."""
        for bot in self.bots:
            await bot.kill()


@asynccontextmanager
async def open_fleet(wire: Wire, config: Path, address: str, size: int, *flags: str) -> AsyncIterator[Fleet]:
    """Make ready to start so many processes, with flags of `tests.wire.bot`; all are killed at the end.

    They share as many shards as the pretend Discord has.
    """
    async with open_nursery(wire, config, "--shards", "auto", *flags) as nursery:
        fleet = Fleet(wire, nursery, address, size)
        try:
            yield fleet
        finally:
            await fleet.kill()
