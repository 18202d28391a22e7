"""Dates: when groups mean to read, their cards, reminders and lobbies, and Discord's own events."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from story.errors import DateExists, NoDate, NotYours
from story.rules.delivery import Delivery, DeliveryKind, Direct, Notice, Over
from story.rules.presses import Member
from story.rules.session_date import REMINDER, TOO_LATE, SessionDate, place_of
from story.rules.steps import Reading
from story.rules.timer import Timer, TimerKind
from story.services.queries import Clock
from story.services.rsvps import shown_again
from story.services.sessions import Sessions
from story.store import Store, Transaction
from story.times.phrases import read_zoned
from story.times.series import Repeat, following
from story.times.zones import known_zone

SETTLED = timedelta(minutes=1)
"""How old an event must be to count as deleted when Discord does not list it: lists may be out of date."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A date that somebody wants to plan, as they wrote it."""

    when: str
    zone: str
    repeat: Repeat = Repeat.NONE
    role: int | None = None
    remind: timedelta | None = None
    """How long before the date its channel is reminded; None for the usual time."""
    event: bool = True
    """Whether the bot may create an event; if not, the channel is told how to allow it."""


class Dates:
    """Keeps the dates, one a channel. What can't be done raises a Refusal."""

    def __init__(self, store: Store, sessions: Sessions, clock: Clock) -> None:
        self._store = store
        self._sessions = sessions
        self._clock = clock

    async def make(self, guild: int, channel: int, member: int, plan: Plan) -> SessionDate:
        """Set a date in a channel, with whoever sets it as host.

        Raises:
            DateExists: the channel has one.
            UnreadableTime, TimeInThePast, UnknownZone: the time or zone makes no sense.
        """
        at, zone = read_zoned(plan.when, self._clock(), known_zone(plan.zone))
        remind = plan.remind or REMINDER
        date = SessionDate(channel, guild, member, at, at, plan.repeat, zone, plan.role, remind=remind)
        async with self._store.transaction() as tx:
            if await tx.date_in(channel):
                raise DateExists
            date = replace(date, id=await tx.add_date(date))
            await self._plan(tx, date)
            await self._post(tx, date, event=plan.event)
        return date

    async def move(self, guild: int, channel: int, member: Member, when: str) -> SessionDate:
        """Move the date of a channel, and all its repeats, to another time."""
        async with self._store.transaction() as tx:
            date = await self._own(tx, guild, channel, member)
            at, zone = read_zoned(when, self._clock(), date.zone)
            await tx.set_date_zone(date.id, zone)
            moved = await self._move(tx, replace(date, zone=zone), at)
            await self._post(tx, moved)
        return moved

    async def cancel(self, guild: int, channel: int, member: Member) -> SessionDate:
        """Cancel the date of a channel, and all its repeats."""
        async with self._store.transaction() as tx:
            date = await self._own(tx, guild, channel, member)
            await self._cancel(tx, date)
        return date

    # ---- readings that are set aside

    async def wait_with(self, tx: Transaction, reading: Reading) -> None:
        """Have the date of a reading's channel wait with the reading; the channel then has none."""
        date = await tx.date_in(reading.channel)
        if date is None:
            return
        await self._clear_timers(tx, date)
        await self._take_down(tx, date, Over.ASIDE)
        await tx.come_round(date.id, date.at)
        await tx.place_date(date.id, place_of(reading.id))

    async def go_on_with(self, tx: Transaction, reading: Reading, channel: int) -> None:
        """Bring back the date that waits with a reading to the reading's channel, if that has none.

        If its time has passed, it comes at its next repeat, or is dropped.
        """
        date = await tx.date_in(place_of(reading.id))
        if date is None:
            return
        at = following(date.began, date.repeat, date.zone, self._clock())
        if at is None or await tx.date_in(channel):
            await self._drop(tx, date)
            return
        if at != date.at:
            await tx.forget_rsvps(date.id)
        await tx.place_date(date.id, channel)
        await self._come_round(tx, replace(date, channel=channel, at=at))

    # ---- what is due

    async def remind(self, timer: Timer) -> None:
        """Remind a channel of its date, and in private those who may come and asked for it."""
        async with self._store.transaction() as tx:
            if not await tx.is_due(timer, self._clock()):
                return
            await tx.clear_timer(TimerKind.REMINDER, timer.subject)
            date = await tx.date(timer.subject)
            if date and self._clock() < date.at:
                at = date.at.timestamp()
                reminder = Delivery(DeliveryKind.REMINDER, date.guild, date.channel, date.id, data={"at": at})
                said = {"what": Direct.REMINDER, "at": at}
                asked = [each.member for each in await tx.rsvps(date.id) if each.remind and each.may_come]
                directs = (Delivery(DeliveryKind.DIRECT, date.guild, member, date.id, data=said) for member in asked)
                await tx.deliver(self._clock(), reminder, *directs, *shown_again(date))

    async def come(self, timer: Timer) -> None:
        """Open the lobby of a date whose time has come, unless it is far too late, and move on to its next time."""
        now = self._clock()
        async with self._store.transaction() as tx:
            if not await tx.is_due(timer, now):
                return
            date = await tx.date(timer.subject)
            if date is None:
                await tx.clear_timer(TimerKind.DATE, timer.subject)
                return
            late = now >= date.at + TOO_LATE
            await self._close_card(tx, date, Over.PASSED if late else Over.COME)
            at = following(date.began, date.repeat, date.zone, now)
            if at:
                await self._come_round(tx, replace(date, at=at, event=None, message=None))
            if not late:
                await self._sessions.open_for(tx, date)
            if at:
                await tx.forget_rsvps(date.id)
            else:
                await self._drop(tx, date)

    # ---- its card

    async def posted(self, delivery: Delivery, message: int) -> None:
        """Note which message is the card of a date; an earlier one stops being its card.

        So does this one if the date was cancelled, moved or came while it was being posted.
        """
        async with self._store.transaction() as tx:
            if delivery.target:
                await tx.deliver(self._clock(), _over(delivery, delivery.target, Over.MOVED))
            at = datetime.fromtimestamp(delivery.data["at"], UTC)
            if not await tx.mark_date(delivery.subject, delivery.channel, at, message):
                date = await tx.date(delivery.subject)
                why = Over.PASSED if date is None else Over.ASIDE if date.waits else Over.MOVED
                await tx.deliver(self._clock(), _over(delivery, message, why))

    # ---- Discord's events

    async def event_made(self, made_for: SessionDate, event: int) -> None:
        """Note the event made of a date; if the date was cancelled or moved meanwhile, have the event deleted."""
        async with self._store.transaction() as tx:
            date = await tx.date(made_for.id)
            if date and date.at == made_for.at:
                await tx.set_event(date.id, event)
            elif made_for.at > self._clock():
                await tx.deliver(self._clock(), replace(_event(made_for), subject=0, target=event))

    async def event_gone(self, event: int) -> None:
        """Cancel the date of an event that was deleted or cancelled in Discord."""
        async with self._store.transaction() as tx:
            date = await tx.date_of_event(event)
            if date:
                await self._cancel(tx, replace(date, event=None))

    async def event_moved(self, event: int, at: datetime) -> None:
        """Move the date of an event that was moved in Discord.

        Not while the event itself still has to follow its date: then it shows the date's earlier time.
        """
        async with self._store.transaction() as tx:
            date = await tx.date_of_event(event)
            if date is None or await tx.awaits(date.guild, DeliveryKind.EVENT, date.id):
                return
            if date.at != at and at > self._clock():
                moved = await self._move(tx, date, at, told=True)
                await self._post(tx, moved)

    async def compare(
        self, guild: int, events: Mapping[int, datetime | None], created: Callable[[int], datetime]
    ) -> None:
        """Follow what happened to a server's events: when each begins, or None if it was cancelled.

        `created` says when an event was made: the list may be older.
        """
        for date in await self._store.read.dates_of(guild):
            if date.event is None:
                continue
            if date.event not in events:
                if created(date.event) + SETTLED < self._clock():
                    await self.event_gone(date.event)
            elif (at := events[date.event]) is None:
                await self.event_gone(date.event)
            else:
                await self.event_moved(date.event, at)

    # ---- within

    async def _move(self, tx: Transaction, date: SessionDate, at: datetime, *, told: bool = False) -> SessionDate:
        """Move a date; `told` says that Discord's event has already moved."""
        await tx.set_date(date.id, at, at)
        moved = replace(date, at=at, began=at)
        await self._plan(tx, moved, event=not told)
        return moved

    async def _plan(self, tx: Transaction, date: SessionDate, *, event: bool = True) -> None:
        """Set the reminder and the lobby of a date, and have Discord's event follow it."""
        await tx.set_timer(Timer(TimerKind.DATE, date.id, date.guild, date.at))
        if date.remind_at > self._clock():
            await tx.set_timer(Timer(TimerKind.REMINDER, date.id, date.guild, date.remind_at))
        else:
            await tx.clear_timer(TimerKind.REMINDER, date.id)
        if event:
            await tx.deliver(self._clock(), _event(date))

    async def _come_round(self, tx: Transaction, date: SessionDate) -> None:
        await tx.come_round(date.id, date.at)
        await self._plan(tx, date)
        await self._post(tx, date)

    async def _cancel(self, tx: Transaction, date: SessionDate) -> None:
        await self._drop(tx, date)
        await self._take_down(tx, date, Over.CANCELLED)
        await self._tell(tx, date, Notice.DATE_CANCELLED)

    async def _drop(self, tx: Transaction, date: SessionDate) -> None:
        await tx.drop_date(date.id)
        await self._clear_timers(tx, date)

    async def _clear_timers(self, tx: Transaction, date: SessionDate) -> None:
        await tx.clear_timer(TimerKind.DATE, date.id)
        await tx.clear_timer(TimerKind.REMINDER, date.id)

    async def _take_down(self, tx: Transaction, date: SessionDate, why: Over) -> None:
        """Have the card of a date closed, and its event deleted."""
        await self._close_card(tx, date, why)
        if date.event:
            await tx.deliver(self._clock(), replace(_event(date), subject=0, target=date.event))

    async def _post(self, tx: Transaction, date: SessionDate, *, event: bool = True) -> None:
        """Have the card of a date posted; `event` says whether the bot can create an event of it."""
        data = {"at": date.at.timestamp(), "event": event}
        card = Delivery(DeliveryKind.DATE, date.guild, date.channel, date.id, target=date.message, data=data)
        await tx.deliver(self._clock(), card)

    async def _close_card(self, tx: Transaction, date: SessionDate, why: Over) -> None:
        if date.message:
            card = Delivery(DeliveryKind.DATE, date.guild, date.channel, date.id)
            await tx.deliver(self._clock(), _over(card, date.message, why))

    async def _tell(self, tx: Transaction, date: SessionDate, notice: Notice) -> None:
        facts = {"notice": notice, "at": date.at.timestamp()}
        said = Delivery(DeliveryKind.NOTICE, date.guild, date.channel, date.id, data=facts)
        await tx.deliver(self._clock(), said)

    async def _own(self, tx: Transaction, guild: int, channel: int, member: Member) -> SessionDate:
        found = await tx.date_in(channel)
        if found is None or found.guild != guild:
            raise NoDate
        if not member.may_manage and member.id != found.host:
            raise NotYours(found.host)
        return found


def _event(date: SessionDate) -> Delivery:
    return Delivery(DeliveryKind.EVENT, date.guild, date.channel, date.id)


def _over(card: Delivery, message: int, why: Over) -> Delivery:
    """Return the delivery that closes a date's card."""
    return replace(card, kind=DeliveryKind.DATE_OVER, target=message, data={"why": why})
