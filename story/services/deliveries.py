"""What happens to deliveries: they are done, tried again, or on hold."""

from dataclasses import replace

from story.rules.delivery import HELD_FOR, Delivery, DeliveryFailure, DeliveryKind, pause
from story.rules.page import Page
from story.rules.ratings import is_adult
from story.rules.steps import Reading
from story.rules.timer import Timer, TimerKind
from story.services.alerts import tell_whose_turn
from story.services.library import Library
from story.services.queries import Clock, Queries, is_private
from story.services.troubles import Troubles
from story.services.turns import Turns
from story.store import Store, Transaction

OPEN_THREADS = 2
"""How many sections have open threads: the last, and the one before."""


class Deliveries:
    """Notes what Discord has shown, and what it has not."""

    def __init__(self, store: Store, queries: Queries, turns: Turns, troubles: Troubles, clock: Clock) -> None:
        self._store = store
        self._queries = queries
        self._turns = turns
        self._troubles = troubles
        self._clock = clock

    async def pending(self) -> list[Delivery]:
        """Return every delivery that this process still has to carry out, in order."""
        await self._store.settle()
        return await self._store.read.deliveries(self._store.shards)

    async def done(self, delivery: Delivery) -> None:
        """Note that a delivery is done. A bot killed right now may carry it out once more."""
        await self._store.end_delivery(delivery.id)
        await self._troubles.taken(delivery)

    async def posted_section(self, delivery: Delivery, page: Page, message: int) -> None:
        """Note which message shows a section; have its thread opened, if sections have one."""
        reading, step = page.reading, page.step
        async with self._store.transaction() as tx:
            await tx.mark(reading.id, step.n, message)
            if delivery.attempts:
                await tx.clear_timer(TimerKind.DELIVERY, delivery.id)
                # Nothing came due while it could not be posted.
                await self._turns.arrange(tx, reading)
            await self._tell_whose_turn(tx, delivery, page)
            if delivery.target is None and page.settings.discuss and not is_private(reading.guild) and step.scene:
                await tx.deliver(self._clock(), *_threads(page, message))
        # If it was closed meanwhile, the cache has it as it was before.
        self._queries.cache.take_closed(reading.id, step.n)

    async def _tell_whose_turn(self, tx: Transaction, delivery: Delivery, page: Page) -> None:
        """Tell whoever chooses under a page; of one that is posted again, only if a session begins with it.

        Whoever turned the page, or is host of the session, is already there.
        """
        session = page.ballot.attendance.session if page.ballot and page.ballot.attendance else None
        if delivery.target is None:
            await tell_whose_turn(tx, self._clock(), page, page.step.by)
        elif session:
            await tell_whose_turn(tx, self._clock(), page, session.host)

    async def posted_lobby(self, delivery: Delivery, message: int) -> None:
        """Note which message is the card of a session; an earlier one stops being its card."""
        async with self._store.transaction() as tx:
            if delivery.target:
                await tx.deliver(self._clock(), replace(delivery, kind=DeliveryKind.LOBBY_MOVED))
            await tx.mark_lobby(delivery.subject, message)

    async def posted_closing_card(self, delivery: Delivery) -> None:
        """Forget who was in a session, now that its closing card has named them."""
        async with self._store.transaction() as tx:
            await tx.forget_readers(delivery.subject)

    async def failed(self, delivery: Delivery, failure: DeliveryFailure) -> None:
        """Note why Discord did not take a delivery; it is tried again soon, or after a day if that would be useless."""
        wait = HELD_FOR if failure.holds else pause(delivery.attempts + 1)
        async with self._store.transaction() as tx:
            await tx.fail_delivery(delivery, failure)
            timer = Timer(TimerKind.DELIVERY, delivery.id, delivery.guild, self._clock() + wait)
            await tx.set_timer(timer)
            await self._troubles.failed(tx, delivery, failure)
            if delivery.kind is DeliveryKind.SECTION:
                tx.touch(delivery.subject)

    async def retry(self, timer: Timer) -> None:
        """Have a delivery tried again."""
        async with self._store.transaction() as tx:
            if await tx.is_due(timer, self._clock()):
                await tx.clear_timer(TimerKind.DELIVERY, timer.subject)
                tx.retry(timer.subject)

    async def look_for(self, guild: int, channel: int) -> None:
        """Ask Discord whether a channel is still there."""
        async with self._store.transaction() as tx:
            await tx.deliver(self._clock(), Delivery(DeliveryKind.CHANNEL, guild, channel, 0))

    async def look_at_ages(self, guild: int) -> None:
        """Ask Discord whether the channels in which a server reads stories for adults are age-restricted."""
        library = self._queries.library
        readings = [each for each in await self._store.read.readings_of(guild) if is_for_adults(library, each)]
        if readings:
            async with self._store.transaction() as tx:
                looks = [Delivery(DeliveryKind.AGE, guild, each.channel, each.id) for each in readings]
                await tx.deliver(self._clock(), *looks)


def is_for_adults(library: Library, reading: Reading) -> bool:
    """Whether a reading's story is for adults; not if the story is gone."""
    story = library.get(reading.story)
    return story is not None and is_adult(story.rating)


def _threads(page: Page, message: int) -> list[Delivery]:
    """Return the deliveries that open a section's thread, and archive the one from two sections before."""
    reading, path = page.reading, page.place.path
    found = [Delivery(DeliveryKind.THREAD, reading.guild, reading.channel, reading.id, page.step.n, message)]
    if len(path) > OPEN_THREADS and (earlier := path[-1 - OPEN_THREADS].message):
        found.append(Delivery(DeliveryKind.ARCHIVE, reading.guild, reading.channel, reading.id, target=earlier))
    return found
