"""Carries out what is due: ballots whose time is up, what a crash left unposted, servers to be forgotten."""

import asyncio
import logging
from datetime import datetime, timedelta

from discord.ext import commands

from cogs.appointments import Appointments
from cogs.teller import NOT_DONE, Teller
from story.appointment import Appointment
from story.errors import Refusal
from story.page import Page, Turn
from story.staff import Staff

log = logging.getLogger(__name__)

IDLE = timedelta(days=1)
"""How long it sleeps at the most; servers are forgotten to the day."""
AFTER_FAILURE = timedelta(minutes=1)
"""How long it sleeps when the store could not be asked what is due."""
AT_ONCE = 20
"""Readings in which something due is carried out at one time."""
AT_LEAST = timedelta(milliseconds=50)
"""How long it sleeps at the least, so that a wrong clock cannot make it spin."""


class Deadlines(commands.Cog):
    """Sleeps until the next deadline that stands in the store, and closes what is due by then.

    discord.py's own loops are not used, because they count each sleep from when the last one should have ended.
    """

    def __init__(self, bot: commands.AutoShardedBot, staff: Staff, teller: Teller, appointments: Appointments) -> None:
        self._bot = bot
        self._narrator = staff.narrator
        self._pages = staff.pages
        self._keeper = staff.keeper
        self._diary = staff.diary
        self._appointments = appointments
        self._teller = teller
        self._clock = staff.clock
        self._awake_by: datetime | None = None
        self._hurried = False
        self._closing: dict[int, asyncio.Task[None]] = {}
        self._at_once = asyncio.Semaphore(AT_ONCE)

    async def cog_load(self) -> None:
        """Begin; the first round waits until the bot is ready."""
        self._sleep = asyncio.create_task(asyncio.sleep(0))
        self._work = asyncio.create_task(self._go_on())

    async def cog_unload(self) -> None:
        """End."""
        self._work.cancel()
        self._sleep.cancel()
        for task in self._closing.values():
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
        await self._teller.recover()
        while True:
            wait = await self._round()
            if not self._hurried:
                self._sleep = asyncio.create_task(asyncio.sleep(min(max(wait, AT_LEAST), IDLE).total_seconds()))
                await asyncio.wait([self._sleep])

    async def _round(self) -> timedelta:
        """Close what is due; return how long there is nothing to do then."""
        self._hurried = False
        try:
            for reading, n in await self._pages.due():
                if reading not in self._closing:
                    self._closing[reading] = asyncio.create_task(self._close(reading, n))
            for appointment in await self._diary.due():
                await self._carry_out(appointment)
            await self._keeper.forget_departed()
            deadlines = [await self._pages.next_deadline(), await self._diary.next_due()]
            self._awake_by = min(filter(None, deadlines), default=None)
        except Exception:
            # The rounds must go on: if they ended, every ballot would stay open for ever.
            log.exception("the deadlines could not be carried out")
            return AFTER_FAILURE
        return self._awake_by - self._clock() if self._awake_by else IDLE

    async def _close(self, reading: int, n: int) -> None:
        """Carry out what is due in one reading; one whose channel is slow does not hold up the others."""
        try:
            async with self._at_once:
                done = await self._narrator.close(reading, n)
                if isinstance(done, Turn):
                    await self._teller.tell(done)
                elif done:
                    await self._teller.show(done)
        except Refusal as refusal:
            log.warning("reading %d: the ballot cannot be closed: %r", reading, refusal)
        except NOT_DONE as error:
            log.warning("reading %d: the next section could not be posted: %r", reading, error)
        except Exception:
            log.exception("reading %d: what is due could not be carried out", reading)
        finally:
            del self._closing[reading]
            self.look()

    async def _carry_out(self, appointment: Appointment) -> None:
        try:
            await self._appointments.carry_out(appointment)
        except NOT_DONE as error:
            log.warning("channel %d: the date could not be kept: %r", appointment.channel, error)
