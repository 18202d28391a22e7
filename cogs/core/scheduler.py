"""Carries out what has come due, by the clock on the wall."""

import asyncio
import logging
from datetime import datetime, timedelta

import discord
from discord.ext import commands

from cogs.core.publisher import Publisher
from story.errors import NotKeptError
from story.services.container import Services
from story.store import Commit

log = logging.getLogger(__name__)

LOOK_EVERY = timedelta(seconds=15)
"""The longest sleep: a suspended machine or a changed clock costs no more than this."""
AFTER_FAILURE = timedelta(minutes=1)
"""How long it sleeps if the database could not say what is due."""
STORE_PAUSE = timedelta(seconds=5)
"""How long it sleeps if the database took nothing."""
AT_LEAST = timedelta(milliseconds=50)
"""The shortest sleep, so that nothing can make it spin."""


class Scheduler(commands.Cog):
    """Sleeps until the next timer is due, and then carries out all that is due. It never waits for Discord.

    A commit that sets an earlier timer wakes it, whoever made it.
    """

    def __init__(self, bot: commands.AutoShardedBot, services: Services, publisher: Publisher) -> None:
        self._bot = bot
        self._services = services
        self._publisher = publisher
        self._clock = services.clock
        self._next: datetime | None = None
        self._nap: asyncio.Task[None] | None = None
        self._knows_servers = False
        services.store.subscribe(self._committed)

    async def cog_load(self) -> None:
        """Begin; the first round waits until the bot is ready."""
        self._work = asyncio.create_task(self._go_on())

    async def cog_unload(self) -> None:
        """End."""
        self._work.cancel()
        if self._nap:
            self._nap.cancel()
        await self._publisher.close()

    def _committed(self, commit: Commit) -> None:
        due = self._clock() if commit.again else commit.due
        if due and (self._next is None or due < self._next):
            self._next = due
            if self._nap:
                self._nap.cancel()

    async def _go_on(self) -> None:
        await self._bot.wait_until_ready()
        while True:
            pause = await self._round()
            await asyncio.sleep(pause.total_seconds())
            await self._sleep()

    async def _round(self) -> timedelta:
        """Carry out what is due; return the shortest time to sleep before the next look."""
        self._next = None
        try:
            if not self._knows_servers:
                # Who is a member again is known before anybody is forgotten.
                await self._services.members.notice_servers({guild.id for guild in self._bot.guilds})
                self._knows_servers = True
            await self._services.schedule.carry_out_due()
            due = await self._services.schedule.next_due()
        except NotKeptError as error:
            self._services.store.outage.begin(error)
            self._next = self._clock()
            return STORE_PAUSE
        except Exception:
            # The rounds must go on: if they ended, every ballot would stay open for ever.
            log.exception("what is due could not be carried out")
            self._next = self._clock()
            return AFTER_FAILURE
        self._next = min(filter(None, [due, self._next]), default=None)
        return AT_LEAST

    async def _sleep(self) -> None:
        """Sleep until something is due by the clock on the wall."""
        while self._next is None or self._clock() < self._next:
            wait = LOOK_EVERY if self._next is None else min(LOOK_EVERY, self._next - self._clock())
            self._nap = asyncio.create_task(asyncio.sleep(wait.total_seconds()))
            await asyncio.wait([self._nap])

    # ---- what Discord tells

    @commands.Cog.listener()
    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Begin to count the days until a server is forgotten."""
        await self._services.members.departed(guild.id)

    @commands.Cog.listener()
    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Stop counting."""
        await self._services.members.returned(guild.id)
