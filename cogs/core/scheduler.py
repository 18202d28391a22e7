"""Carries out what has come due, by the clock on the wall."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta

import discord
from discord.ext import commands

from cogs.core.publisher import Publisher
from story.errors import NotKeptError
from story.rules.shards import Shards
from story.services.container import Services
from story.store import Commit

log = logging.getLogger(__name__)

LOOK_EVERY = timedelta(seconds=15)
"""The longest sleep: a suspended machine or a changed clock costs no more than this."""
AFTER_FAILURE = timedelta(minutes=1)
"""How long it sleeps at most if the database could not say what is due; it is woken once that is back."""
STORE_PAUSE = timedelta(seconds=5)
"""How long it sleeps at most if the database took nothing."""
AT_LEAST = timedelta(milliseconds=50)
"""The shortest sleep, so that nothing can make it spin."""


class Scheduler(commands.Cog):
    """Sleeps until the next timer is due, and then carries out all that is due. It never waits for Discord.

    A commit that sets an earlier timer wakes it, whoever made it.
    """

    def __init__(
        self,
        bot: commands.AutoShardedBot,
        services: Services,
        publisher: Publisher,
        heard: Callable[[], Shards | None] = lambda: None,
    ) -> None:
        """Carry out what is due in the servers of the shards that were `heard` of, or with None in all."""
        self._bot = bot
        self._services = services
        self._publisher = publisher
        self._clock = services.clock
        self._next: datetime | None = None
        self._nap: asyncio.Task[None] | None = None
        self._heard = heard
        self._noticed: Shards | None = Shards(frozenset(), 1)
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
        self._wake(self._clock() if commit.again else commit.due)

    def _wake(self, due: datetime | None) -> None:
        if due and (self._next is None or due < self._next):
            self._next = due
            if self._nap:
                self._nap.cancel()

    async def _go_on(self) -> None:
        await self._bot.wait_until_ready()
        while True:
            await self._round()
            await asyncio.sleep(AT_LEAST.total_seconds())
            await self._sleep()

    async def _round(self) -> None:
        """Carry out what is due, and find out what is due next."""
        self._next = None
        try:
            heard = self._heard()
            if heard != self._noticed:
                await self._notice(heard)
                self._noticed = heard
            await self._services.schedule.carry_out_due(heard)
            due = await self._services.schedule.next_due(heard)
        except NotKeptError as error:
            self._services.store.outage.begin(error)
            due = self._clock() + STORE_PAUSE
        except Exception:
            # The rounds must go on: if they ended, every ballot would stay open for ever.
            log.exception("what is due could not be carried out")
            due = self._clock() + AFTER_FAILURE
        self._next = min(filter(None, [due, self._next]), default=None)

    async def _notice(self, heard: Shards | None) -> None:
        """Look what has become of servers; who is a member again is known before anybody is forgotten."""
        new = heard and self._noticed and Shards(heard.numbers - self._noticed.numbers, heard.of)
        if new and not new.numbers:
            return
        await self._services.members.notice_servers({guild.id for guild in self._bot.guilds}, new)
        if new:
            await self._services.troubles.look_over(new)

    async def _sleep(self) -> None:
        """Sleep until something is due by the clock on the wall."""
        while self._next is None or self._clock() < self._next:
            wait = LOOK_EVERY if self._next is None else min(LOOK_EVERY, self._next - self._clock())
            self._nap = asyncio.create_task(asyncio.sleep(wait.total_seconds()))
            await asyncio.wait([self._nap])

    # ---- what Discord tells

    @commands.Cog.listener()
    async def on_shard_heard(self, _shard: int) -> None:
        """Take up what is due in the servers of a shard that this process has taken."""
        self._wake(self._clock())

    @commands.Cog.listener()
    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Begin to count the days until a server is forgotten."""
        await self._services.members.departed(guild.id)

    @commands.Cog.listener()
    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Stop counting."""
        await self._services.members.returned(guild.id)
