"""Reports over HTTP how the bot is doing: /health for people and containers, /metrics for Prometheus."""

import asyncio
import logging
import math
from collections.abc import Awaitable, Callable
from typing import Any

import discord
from aiohttp import web
from discord.ext import commands

from cogs.core.metrics import Metrics
from story.services.vitals import Vitals

LOOK_EVERY = 1.0
"""How many seconds lie between two looks at how late the event loop is."""
NOT_WELL = 503


class Monitor(commands.Cog):
    """Answers on one port; 0 is any free one."""

    def __init__(
        self, bot: commands.AutoShardedBot, vitals: Callable[[], Awaitable[Vitals]], address: str, port: int
    ) -> None:
        self._bot = bot
        self._vitals = vitals
        self._metrics = Metrics(bot)
        self._where = address, port
        self._counting = _Counting(self._metrics)
        app = web.Application()
        app.add_routes([web.get("/health", self._health), web.get("/metrics", self._show_metrics)])
        self._runner = web.AppRunner(app, access_log=None)

    @property
    def port(self) -> int:
        """The port that it answers on."""
        port: int = self._runner.addresses[0][1]
        return port

    async def cog_load(self) -> None:
        """Begin to answer.

        Raises:
            OSError: the address is not this machine's, or the port is taken.
        """
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, *self._where).start()
        except OSError:
            await self._runner.cleanup()
            raise
        logging.getLogger().addHandler(self._counting)
        self._watching = asyncio.create_task(self._watch())

    async def cog_unload(self) -> None:
        """Stop answering."""
        logging.getLogger().removeHandler(self._counting)
        self._watching.cancel()
        await self._runner.cleanup()

    @commands.Cog.listener()
    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        """Count an interaction."""
        self._metrics.count_interaction(interaction)

    async def _watch(self) -> None:
        clock = asyncio.get_running_loop().time
        while True:
            due = clock() + LOOK_EVERY
            await asyncio.sleep(LOOK_EVERY)
            self._metrics.note_lag(max(0.0, clock() - due))

    async def _health(self, _request: web.Request) -> web.Response:
        """Say how the bot is doing; the status says whether it is well, so that a container need not read the rest.

        A shard that is reconnecting counts as well, since discord.py handles that; a bot without any does not.
        """
        vitals = await self._vitals()
        shards = [_shard(shard) for shard in self._bot.shards.values()]
        ready = self._bot.is_ready()
        well = ready and vitals.writable and any(shard["connected"] for shard in shards)
        body = {
            "well": well,
            "ready": ready,
            "shards": shards,
            "store_writable": vitals.writable,
            "oldest_delivery_seconds": vitals.oldest_delivery,
        }
        return web.json_response(body, status=200 if well else NOT_WELL)

    async def _show_metrics(self, _request: web.Request) -> web.Response:
        text = self._metrics.text(await self._vitals())
        return web.Response(body=text, headers={"Content-Type": "text/plain; version=0.0.4; charset=utf-8"})


class _Counting(logging.Handler):
    """Counts the lines of the log."""

    def __init__(self, metrics: Metrics) -> None:
        super().__init__()
        self._metrics = metrics

    def emit(self, record: logging.LogRecord) -> None:
        self._metrics.count_line(record)


def _shard(shard: discord.ShardInfo) -> dict[str, Any]:
    latency = shard.latency if math.isfinite(shard.latency) else None
    return {"id": shard.id, "connected": not shard.is_closed(), "latency_seconds": latency}
