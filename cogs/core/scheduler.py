"""Carries out what is due: ballots whose time is up, what could not be posted before, servers to be forgotten."""

import asyncio
import logging
from collections.abc import Coroutine
from datetime import datetime, timedelta
from typing import Any

from discord.ext import commands

from cogs.core.events import Events
from cogs.core.publisher import Publisher
from cogs.core.responses import NOT_DONE
from story.errors import Refusal
from story.rules.page import Page, Turn
from story.rules.session_date import SessionDate
from story.services.container import Services

log = logging.getLogger(__name__)

IDLE = timedelta(days=1)
"""How long it sleeps at the most; servers are forgotten to the day."""
AFTER_FAILURE = timedelta(minutes=1)
"""How long it sleeps when the store could not be asked what is due."""
AT_ONCE = 20
"""Readings in which something due is carried out at one time."""
PAUSE = 2 / 45
"""Seconds between two readings in a crowd of them: each takes two requests, and Discord allows 50 a second in all."""
WHILE_UNDER_WAY = timedelta(minutes=1)
"""How long it sleeps at the least while something is being carried out."""
AT_LEAST = timedelta(milliseconds=50)
"""How long it sleeps at the least, so that a wrong clock cannot make it spin."""


class Scheduler(commands.Cog):
    """Sleeps until the next deadline that stands in the store, and closes what is due by then.

    discord.py's own loops are not used, because they count each sleep from when the last one should have ended.
    """

    def __init__(self, bot: commands.AutoShardedBot, services: Services, publisher: Publisher, events: Events) -> None:
        self._bot = bot
        self._readings = services.readings
        self._queries = services.queries
        self._members = services.members
        self._dates = services.dates
        self._events = events
        self._publisher = publisher
        publisher.on_hold = self.hurry
        self._clock = services.clock
        self._awake_by: datetime | None = None
        self._hurried = False
        self._under_way: dict[int, asyncio.Task[None]] = {}
        self._at_once = asyncio.Semaphore(AT_ONCE)
        self._pace = asyncio.Lock()

    async def cog_load(self) -> None:
        """Begin; the first round waits until the bot is ready."""
        self._sleep = asyncio.create_task(asyncio.sleep(0))
        self._work = asyncio.create_task(self._go_on())

    async def cog_unload(self) -> None:
        """End."""
        self._work.cancel()
        self._sleep.cancel()
        for task in self._under_way.values():
            task.cancel()

    def hurry(self, deadline: datetime) -> None:
        """Be awake by a deadline that has been set just now."""
        if self._awake_by is None or deadline < self._awake_by:
            self.look()

    def look(self) -> None:
        """Look at once at what is due, because something has changed."""
        self._hurried = True
        self._sleep.cancel()

    def hurry_for(self, page: Page) -> None:
        """Be awake by what comes due under a page."""
        ballot = page.ballot
        if ballot is None:
            return
        look_at = ballot.attendance.look_at if ballot.attendance else None
        deadline = ballot.closes_at or ballot.turns_at or look_at
        if deadline:
            self.hurry(deadline)

    async def _go_on(self) -> None:
        await self._bot.wait_until_ready()
        for reading, n in await self._queries.untold():
            self._look_after(reading, self._tell_untold(reading, n))
        while True:
            wait = await self._round()
            if not self._hurried:
                self._sleep = asyncio.create_task(asyncio.sleep(min(max(wait, AT_LEAST), IDLE).total_seconds()))
                await asyncio.wait([self._sleep])

    async def _round(self) -> timedelta:
        """Begin with what is due; return how long there is nothing to do then."""
        self._hurried = False
        self._awake_by = None
        try:
            for reading, n in await self._queries.due():
                if reading not in self._under_way:
                    self._look_after(reading, self._close(reading, n))
            for reading, n in await self._queries.snagged():
                if reading not in self._under_way:
                    self._look_after(reading, self._try_again(reading, n))
            for session_date in await self._dates.due():
                await self._carry_out(session_date)
            await self._members.forget_departed()
            scheduler = [await self._queries.next_deadline(), await self._dates.next_due()]
            self._awake_by = min(filter(None, scheduler), default=None)
        except Exception:
            # The rounds must go on: if they ended, every ballot would stay open for ever.
            log.exception("the deadlines could not be carried out")
            return AFTER_FAILURE
        wait = self._awake_by - self._clock() if self._awake_by else IDLE
        # What is under way is still due in the store; it has this look again when it is done.
        return max(wait, WHILE_UNDER_WAY) if self._under_way else wait

    def _look_after(self, reading: int, work: Coroutine[Any, Any, None]) -> None:
        """Carry something out in one reading; one whose channel is slow does not hold up the others."""
        self._under_way[reading] = asyncio.create_task(self._carefully(reading, work))

    async def _carefully(self, reading: int, work: Coroutine[Any, Any, None]) -> None:
        try:
            async with self._at_once:
                if len(self._under_way) > AT_ONCE:
                    async with self._pace:
                        await asyncio.sleep(PAUSE)
                await work
        except Refusal as refusal:
            log.warning("reading %d: the ballot cannot be closed: %r", reading, refusal)
        except NOT_DONE as error:
            log.warning("reading %d: the next section could not be posted: %r", reading, error)
        except Exception:
            log.exception("reading %d: what is due could not be carried out", reading)
            await asyncio.sleep(AFTER_FAILURE.total_seconds())
        del self._under_way[reading]
        self.look()

    async def _tell_untold(self, reading: int, n: int) -> None:
        """Post what was committed and not marked as posted before the bot went off, if it is not there."""
        await self._publisher.tell(await self._queries.turn(reading, n))

    async def _try_again(self, reading: int, n: int) -> None:
        turn = await self._readings.try_again(reading, n)
        if turn:
            await self._publisher.tell(turn)

    async def _close(self, reading: int, n: int) -> None:
        done = await self._readings.close(reading, n)
        if isinstance(done, Turn):
            await self._publisher.tell(done)
        elif done:
            await self._publisher.show(done)

    async def _carry_out(self, session_date: SessionDate) -> None:
        try:
            await self._events.carry_out(session_date)
        except NOT_DONE as error:
            log.warning("channel %d: the date could not be kept: %r", session_date.channel, error)
