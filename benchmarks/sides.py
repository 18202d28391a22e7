"""The two sides: a bot of ours and a stock one, each on a pretend Discord of its own, and one busy at a time."""

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from tests.wire.driver import Wire
from tests.wire.processes import Bot, open_bot, open_wire

OURS, PROFILED, COUNTED = "tests.wire.bot", "benchmarks.profiled", "benchmarks.counted"
STOCK = "benchmarks.stock"
IDLE = 0.1
"""Seconds without work after which a bot has done with what it was asked."""


@dataclass(frozen=True, slots=True)
class Side:
    """A bot and the pretend Discord it is on."""

    wire: Wire
    bot: Bot

    async def cpu(self) -> float:
        """Return how many seconds of the processor the bot has used, once it has done with what it was asked."""
        before = -1.0
        while before != (now := self.bot.cpu()):
            before = now
            await asyncio.sleep(IDLE)
        return now

    async def calls(self) -> int:
        """Return how many requests the bot has made since the counts were forgotten."""
        return sum((await self.wire.ask("counts"))["requests"].values())


class Sides(NamedTuple):
    """Both sides."""

    ours: Side
    stock: Side


@asynccontextmanager
async def open_side(config: Path, module: str = OURS, *, profile: bool = False, **size: int) -> AsyncIterator[Side]:
    """Start a pretend Discord and a bot on it."""
    async with open_wire(**size) as wire, open_side_on(wire, config, module, profile=profile) as side:
        yield side


@asynccontextmanager
async def open_side_on(wire: Wire, config: Path, module: str = OURS, *, profile: bool = False) -> AsyncIterator[Side]:
    """Start a bot; with `profile` ours is told to stop at the end, and writes down then where its time went."""
    profiled = profile and module == OURS
    async with open_bot(wire, config, module=PROFILED if profiled else module, hasty=False) as bot:
        yield Side(wire, bot)
        if profiled:
            bot.signal(signal.SIGTERM)
            await bot.wait()
