"""Who is coming: what members say to a date, and whether they want a reminder in private."""

from dataclasses import replace

from story.errors import DateOver, NoDate, ReadingAside, Reminded
from story.rules.delivery import Delivery, DeliveryKind
from story.rules.page import Planned
from story.rules.rsvp import Coming, Rsvp
from story.rules.session_date import SessionDate
from story.services.queries import Clock, Queries
from story.store import Snapshot, Store, Transaction


class Rsvps:
    """Keeps what members say to dates. `at` is the time on the card they pressed, in Unix seconds."""

    def __init__(self, store: Store, queries: Queries, clock: Clock) -> None:
        self._store = store
        self._queries = queries
        self._clock = clock

    async def planned(self, date_id: int) -> Planned | None:
        """Return a date with what will be read and who is coming, or None if there is none."""
        date = await self._store.read.date(date_id)
        return await self.planned_for(date) if date else None

    async def planned_for(self, date: SessionDate) -> Planned:
        """As `planned`, for a date at hand."""
        page, story = await self._queries.to_read(self._store.read, date.guild, date.channel)
        settings = page.settings if page else await self._queries.settings(date.guild)
        reminded = date.remind_at <= self._clock()
        return Planned(date, page, story, await self._store.read.rsvps(date.id), settings.names, reminded)

    async def say(self, guild: int, date_id: int, at: int, member: int, says: Coming) -> Rsvp:
        """Keep what a member says, in place of before; saying the same again takes it back.

        Raises:
            NoDate, ReadingAside, DateOver: there is no such date, it waits, or is not at that time.
        """
        async with self._store.transaction() as tx:
            date = await _date(tx, guild, date_id, at)
            before = await tx.rsvp(date.id, member)
            after = replace(before, says=None if before.says is says else says)
            await tx.set_rsvp(date.id, after, self._clock())
            await tx.deliver(self._clock(), card_of(date))
        return after

    async def remind(self, guild: int, date_id: int, at: int, member: int) -> tuple[SessionDate, Rsvp]:
        """Switch a member's private reminder on or off; return the date, and what they say to it.

        Raises:
            NoDate, ReadingAside, DateOver: there is no such date, it waits, or is not at that time.
            Reminded: the reminders have gone out.
        """
        async with self._store.transaction() as tx:
            date = await _date(tx, guild, date_id, at)
            if date.remind_at <= self._clock():
                raise Reminded(date.at)
            before = await tx.rsvp(date.id, member)
            after = replace(before, remind=not before.remind)
            await tx.set_rsvp(date.id, after, self._clock())
        return date, after


def card_of(date: SessionDate) -> Delivery:
    """Return the delivery that shows the card of a date as it is now."""
    return Delivery(DeliveryKind.DATE_CARD, date.guild, date.channel, date.id, target=date.message)


def shown_again(date: SessionDate) -> list[Delivery]:
    """Return the deliveries that show a date's card and event as they are now: where the story stands has changed."""
    event = Delivery(DeliveryKind.EVENT, date.guild, date.channel, date.id)
    return [card_of(date), *([event] if date.event else [])]


async def _date(tx: Transaction | Snapshot, guild: int, date_id: int, at: int) -> SessionDate:
    date = await tx.date(date_id)
    if date is None or date.guild != guild:
        raise NoDate
    if date.waits:
        raise ReadingAside
    if int(date.at.timestamp()) != at:
        raise DateOver
    return date
