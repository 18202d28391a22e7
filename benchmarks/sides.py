"""The two sides: a bot of ours and a stock one, each on a pretend Discord of its own, of which one is busy at a time."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import orjson

from benchmarks.profiled import FILE
from tests.wire.driver import Outcome, Wire
from tests.wire.processes import Bot, open_bot, open_wire

OURS, STOCK = "tests.wire.bot", "benchmarks.stock"
QUIET = 0.1
"""Seconds without work after which a bot has done with what it was asked."""
Json = dict[str, Any]


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
            await asyncio.sleep(QUIET)
        return now

    async def requests(self) -> int:
        """Return how many requests the bot has made since the counts were forgotten."""
        return sum((await self.wire.ask("counts"))["requests"].values())


@asynccontextmanager
async def open_side(config: Path, module: str = OURS, *, profile: bool = False, **size: int) -> AsyncIterator[Side]:
    """Start a pretend Discord and a bot on it; with `profile` ours leaves a file beside the settings."""
    async with open_wire(**size) as wire, open_bot_on(wire, config, module, profile=profile) as bot:
        yield Side(wire, bot)


@asynccontextmanager
async def open_bot_on(wire: Wire, config: Path, module: str = OURS, *, profile: bool = False) -> AsyncIterator[Bot]:
    """Start a bot; the profiler's file is written when it is told to stop."""
    profiled = profile and module == OURS
    if profiled:
        os.environ[FILE] = str(Path.cwd() / f"bot-{config.parent.name}.prof")
    async with open_bot(wire, config, module="benchmarks.profiled" if profiled else module, hasty=False) as bot:
        yield bot
        if profiled:
            bot.signal(signal.SIGTERM)
            await bot.wait()


async def plant(wire: Wire, session: aiohttp.ClientSession, channel: int, card: Json) -> int:
    """Put a message of the bot's into a channel, as the bot would; return its number."""
    async with session.post(f"{wire.api}/api/v10/channels/{channel}/messages", data=orjson.dumps(card)) as answer:
        return int(orjson.loads(await answer.read())["id"])


def outcome(said: Json) -> Outcome:
    """Return what became of something, as the wire tells it."""
    return Outcome(**said)
