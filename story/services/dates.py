"""The diary: when groups mean to sit down, and what is to be done about it when."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from story.errors import DateExists, NoDate, NotYours
from story.rules.ballot import Member
from story.rules.session_date import SessionDate
from story.services.queries import Clock
from story.store import Store
from story.times.phrases import Repeat, following, read_time
from story.times.zones import known_zone

REMINDER = timedelta(minutes=15)
"""How long before an appointment its channel is reminded."""
TOO_LATE = timedelta(hours=1)
"""After so long a lobby is opened no more: the bot was off, and the evening is over."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What somebody wants to have in the diary, as they wrote it."""

    when: str
    zone: str
    repeat: Repeat = Repeat.NONE
    role: int | None = None


class Dates:
    """Keeps appointments: one a channel. Refuses as the narrator does."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def make(self, guild: int, channel: int, member: int, plan: Plan) -> SessionDate:
        """Make an appointment in a channel; who makes it will be host."""
        zone = known_zone(plan.zone)
        at = read_time(plan.when, self._clock(), zone)
        made = SessionDate(channel, guild, member, at, at, plan.repeat, zone, plan.role)
        async with self._store.transaction() as tx:
            if await tx.session_date(channel):
                raise DateExists
            await tx.keep_appointment(made)
        return made

    async def move(self, guild: int, channel: int, member: Member, when: str) -> SessionDate:
        """Move an appointment, and all that repeat it, to another time."""
        found = await self._own(guild, channel, member)
        at = read_time(when, self._clock(), found.zone)
        return await self.keep(replace(found, at=at, began=at, reminded=False))

    async def cancel(self, guild: int, channel: int, member: Member) -> SessionDate:
        """Take an appointment, and all that repeat it, out of the diary; return what it was."""
        found = await self._own(guild, channel, member)
        await self._drop(found)
        return found

    async def keep(self, session_date: SessionDate) -> SessionDate:
        """Keep an appointment as it is now, in place of what it was."""
        async with self._store.transaction() as tx:
            await tx.keep_appointment(session_date)
        return session_date

    async def calendar(self, guild: int) -> list[SessionDate]:
        """Return the appointments of a server, the next first."""
        return await self._store.read.events(guild)

    async def of(self, channel: int) -> SessionDate | None:
        """Return the appointment of a channel."""
        return await self._store.read.session_date(channel)

    # ---- what is due

    async def due(self) -> list[SessionDate]:
        """Return the appointments that something is to be done about by now: a reminder, or else the lobby."""
        now = self._clock()
        soon = await self._store.read.appointments_until(now + REMINDER)
        return [each for each in soon if not each.reminded or each.at <= now]

    async def next_due(self) -> datetime | None:
        """Return when something is to be done about an appointment next."""
        first = await self._store.read.first_appointments()
        return min((at if reminded else at - REMINDER for reminded, at in first.items()), default=None)

    def is_time(self, session_date: SessionDate) -> bool:
        """Whether it is time for the lobby, and not for the reminder."""
        return self._clock() >= session_date.at

    def is_over(self, session_date: SessionDate) -> bool:
        """Whether it is too late for the lobby."""
        return self._clock() >= session_date.at + TOO_LATE

    async def reminded(self, session_date: SessionDate) -> None:
        """Keep that a channel has been reminded."""
        await self.keep(replace(session_date, reminded=True))

    async def come_round(self, session_date: SessionDate) -> SessionDate | None:
        """Go on to when an appointment comes round again, or drop it if it does not; return the next."""
        at = following(session_date.began, session_date.repeat, session_date.zone, self._clock())
        if at is None:
            await self._drop(session_date)
            return None
        return await self.keep(replace(session_date, at=at, reminded=False, event=None))

    async def _drop(self, session_date: SessionDate) -> None:
        async with self._store.transaction() as tx:
            await tx.drop_appointment(session_date.channel)

    async def _own(self, guild: int, channel: int, member: Member) -> SessionDate:
        found = await self.of(channel)
        if found is None or found.guild != guild:
            raise NoDate
        if not member.may_manage and member.id != found.host:
            raise NotYours(found.host)
        return found
