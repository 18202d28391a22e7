"""What members are told of votes in private, if they ask for it: their turn, and votes that close soon."""

from datetime import datetime, timedelta

from story.errors import Refusal
from story.rules.delivery import Delivery, DeliveryKind, Direct
from story.rules.page import Page
from story.rules.settings import Decide
from story.rules.steps import State
from story.rules.timer import Deadline, Due, Timer, TimerKind
from story.services.queries import Clock, Queries
from story.store import Store, Transaction

SOON = timedelta(hours=1)
"""How long before a vote closes those who have not answered are told."""
SAME = timedelta(seconds=1)
"""How far apart two instants may be and still count as one."""


class Alerts:
    """Keeps which alerts members have switched on in a server, and sends them."""

    def __init__(self, store: Store, queries: Queries, clock: Clock) -> None:
        self._store = store
        self._queries = queries
        self._clock = clock

    async def switched_on(self, guild: int, member: int) -> frozenset[Direct]:
        """Return which alerts a member has on in a server."""
        return await self._store.read.alerts(guild, member)

    async def switch(self, guild: int, member: int, what: Direct, *, on: bool) -> frozenset[Direct]:
        """Switch an alert on or off for a member in a server; return which are on now."""
        async with self._store.transaction() as tx:
            await tx.set_alert(guild, member, what, on=on)
            if on and what is Direct.CLOSING:
                for warning in [_warning(guild, *vote) for vote in await tx.closing(guild)]:
                    if warning.at > self._clock():
                        await tx.set_timer(warning)
            return await tx.alerts(guild, member)

    async def warn(self, timer: Timer) -> None:
        """Tell the members of a reading that its vote closes soon, if they asked for it and have not answered."""
        async with self._store.transaction() as tx:
            if not await tx.is_due(timer, self._clock()):
                return
            await tx.clear_timer(TimerKind.CLOSING, timer.subject)
            try:
                page = await self._queries.page_of(tx, timer.subject, lenient=True)
            except Refusal:
                return
            if not _closes(page.deadline, timer.at + SOON) or page.reading.state is not State.OPEN:
                return  # that vote is over; the open one has its own timer, if it is long enough
            reading, said = page.reading, {"what": Direct.CLOSING}
            members = await tx.to_warn(reading.guild, reading.id, page.step.n)
            told = (
                Delivery(DeliveryKind.DIRECT, reading.guild, each, reading.id, page.step.n, data=said)
                for each in members
            )
            await tx.deliver(self._clock(), *told)

    async def wanted(self, alert: Delivery) -> Page | None:
        """Return the page to tell a member of, or None if they no longer want it, or it has passed."""
        what, member = Direct(alert.data["what"]), alert.channel
        page = await self._queries.shown(alert.subject, alert.n)
        if page is None or page.ballot is None or page.closed_by or page.reading.state is not State.OPEN:
            return None
        if page.step.message is None:
            return None  # there is nothing to press yet
        if what not in await self.switched_on(alert.guild, member):
            return None
        press = page.ballot.presses.of(member)
        if what is Direct.TURN:
            return page if page.ballot.chooser == member and press.pov is None else None
        closes_at = page.ballot.closes_at
        return page if closes_at and closes_at > self._clock() and not press.answered else None


async def tell_whose_turn(tx: Transaction, now: datetime, page: Page, by: int | None) -> None:
    """Tell the one member whose choice a page is, if they asked for it; not if the page came `by` them."""
    ballot, reading = page.ballot, page.reading
    if ballot is None or not ballot.is_choice or ballot.decided_by not in {Decide.HOST, Decide.TURNS}:
        return
    chooser = ballot.chooser
    if chooser and chooser != by and Direct.TURN in await tx.alerts(reading.guild, chooser):
        said = {"what": Direct.TURN}
        await tx.deliver(now, Delivery(DeliveryKind.DIRECT, reading.guild, chooser, reading.id, page.step.n, data=said))


async def arrange_warning(tx: Transaction, now: datetime, page: Page, deadline: Deadline) -> None:
    """Have those who asked for it warned before a vote closes, if it is open for long enough."""
    reading = page.reading
    if _closes(deadline, deadline.at) and deadline.at - SOON > now and await tx.warns(reading.guild):
        await tx.set_timer(_warning(reading.guild, reading.id, deadline.at))


def _warning(guild: int, reading_id: int, closes_at: datetime) -> Timer:
    return Timer(TimerKind.CLOSING, reading_id, guild, closes_at - SOON)


def _closes(deadline: Deadline | None, at: datetime) -> bool:
    """Whether the clock closes a vote at an instant."""
    return deadline is not None and deadline.kind in {Due.CLOCK, Due.SERIAL} and abs(deadline.at - at) < SAME
