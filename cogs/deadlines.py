"""Carries out what is due: ballots whose time is up, and what a crash left unposted."""

import logging
from datetime import datetime, timedelta

import discord
from discord.ext import commands, tasks

from cogs.teller import Teller
from story.errors import Refusal
from story.narrator import Clock, Narrator

log = logging.getLogger(__name__)

IDLE = timedelta(days=1)
"""How long it sleeps where nothing is due."""
AT_LEAST = timedelta(milliseconds=50)
"""How long it sleeps at the least, so that a wrong clock cannot make it spin."""


class Deadlines(commands.Cog):
    """Sleeps until the next deadline that stands in the store, and closes what is due by then."""

    def __init__(self, bot: commands.AutoShardedBot, narrator: Narrator, teller: Teller, clock: Clock) -> None:
        self._bot = bot
        self._narrator = narrator
        self._teller = teller
        self._clock = clock
        self._awake_by: datetime | None = None

    async def cog_load(self) -> None:
        """Begin; the first round waits until the bot is ready."""
        self._round.start()

    async def cog_unload(self) -> None:
        """End."""
        self._round.cancel()

    def hurry(self, deadline: datetime) -> None:
        """Be awake by a deadline that has been set just now."""
        if self._awake_by is None or deadline < self._awake_by:
            # A new interval counts from the last round, not from now; so a round is made now, and sets the next.
            self._round.change_interval(seconds=0)

    @tasks.loop(seconds=0)
    async def _round(self) -> None:
        try:
            self._awake_by = None
            for reading, n in await self._narrator.due():
                await self._close(reading, n)
            self._awake_by = await self._narrator.next_deadline()
            wait = self._awake_by - self._clock() if self._awake_by else IDLE
        except Exception:
            # The round must go on: one that ends would leave every ballot open for ever.
            log.exception("the deadlines could not be carried out; trying again in a minute")
            wait = timedelta(minutes=1)
        self._round.change_interval(seconds=min(max(wait, AT_LEAST), IDLE).total_seconds())

    @_round.before_loop
    async def _ready(self) -> None:
        await self._bot.wait_until_ready()
        await self._teller.recover()

    async def _close(self, reading: int, n: int) -> None:
        try:
            turn = await self._narrator.close(reading, n)
            if turn:
                await self._teller.tell(turn)
        except Refusal as refusal:
            log.warning("reading %d: the ballot cannot be closed: %r", reading, refusal)
        except discord.HTTPException as error:
            log.warning("reading %d: the next section could not be posted: %s", reading, error)
