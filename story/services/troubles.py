"""Tells a server what is wrong in it: once in its log channel, and whenever somebody asks."""

from dataclasses import dataclass

from story.errors import PlaceGone, Refusal
from story.rules.delivery import Delivery, DeliveryFailure, DeliveryKind, Track
from story.rules.page import Page
from story.rules.shards import Shards
from story.rules.steps import Reading
from story.rules.story_dates import days_of
from story.rules.trouble import Trouble, TroubleKind, Why
from story.services.queries import Clock, Queries, is_private
from story.services.turns import Turns, card
from story.store import Store, Transaction

TOLD = {Track.MESSAGES, Track.THREADS, Track.EVENTS}
"""The tracks whose holds are reported: not the log channel's own, or it would never end."""


@dataclass(frozen=True, slots=True)
class Status:
    """How things stand in a server: each reading with its page, None if that can't be shown, and what is wrong."""

    readings: tuple[tuple[Reading, Page | None], ...]
    troubles: tuple[Trouble, ...]
    log: int | None


class Troubles:
    """Notes what is wrong, and what is over."""

    def __init__(self, store: Store, queries: Queries, turns: Turns, clock: Clock) -> None:
        self._store = store
        self._queries = queries
        self._turns = turns
        self._clock = clock

    # ---- as it happens

    async def note(self, tx: Transaction, trouble: Trouble) -> None:
        """Note that something is wrong, and tell the log channel, if there is one and it is news."""
        if is_private(trouble.guild):
            return
        now = self._clock()
        if not await tx.add_trouble(trouble, now.timestamp()):
            return
        changes, _ = await tx.changes(trouble.guild, None)
        log = self._queries.settings_from(trouble.guild, changes).log
        if log:
            await tx.deliver(now, Delivery(DeliveryKind.LOG, trouble.guild, log, 0, data=trouble.facts))

    async def failed(self, tx: Transaction, delivery: Delivery, failure: DeliveryFailure) -> None:
        """Note that Discord refuses a delivery, if trying again is useless."""
        if failure.holds and delivery.kind.track in TOLD:
            await self.note(tx, Trouble(_kind_of(delivery, failure), delivery.guild, delivery.channel, failure))

    async def taken(self, delivery: Delivery) -> None:
        """Note that Discord has taken a delivery after all."""
        if delivery.failure and delivery.failure.holds and delivery.kind.track in TOLD:
            async with self._store.transaction() as tx:
                await tx.end_trouble(delivery.channel, _kind_of(delivery, delivery.failure))

    async def broken(self, tx: Transaction, reading_id: int, refusal: Refusal) -> None:
        """Note that a reading, or its serial, can't go on because its story was edited or is gone."""
        reading = await tx.reading(reading_id)
        if reading is None:
            return
        kind = TroubleKind.SERIAL if await tx.serial_of(reading.id) else TroubleKind.STORY
        why = Why.LOST if isinstance(refusal, PlaceGone) else Why.GONE
        await self.note(tx, _of(reading, kind, why, await tx.last_n(reading.id)))

    async def held(self, tx: Transaction, reading: Reading) -> None:
        """Note that a reading waits because its channel is no longer age-restricted."""
        await self.note(tx, _of(reading, TroubleKind.STORY, Why.AGE))

    async def stalled(self, tx: Transaction, page: Page, why: Why) -> None:
        """Note that the next section of a serial is not coming."""
        await self.note(tx, _of(page.reading, TroubleKind.SERIAL, why, page.step.n))

    # ---- all at once

    async def look_over(self, shards: Shards | None = None) -> None:
        """Find out which readings can go on after stories were edited, added or removed.

        Where processes share the shards, only the servers of the given ones are looked at, or of all that this one has.
        """
        in_trouble = await self._store.read.channels_in_trouble(TroubleKind.STORY, TroubleKind.SERIAL)
        for reading in await self._store.read.open_readings(shards or self._store.shards):
            trouble = await self.of(reading)
            by_dates = (serial := await self._store.read.serial_of(reading.id)) and serial.by_dates
            if not reading.held and (trouble or by_dates or reading.channel in in_trouble):
                await self._look_at(reading)

    async def _look_at(self, reading: Reading) -> None:
        """Note what is wrong with a reading now, if anything, and have its card say so."""
        async with self._store.transaction() as tx:
            try:
                page = await self._queries.page_of(tx, reading.id)
            except Refusal as refusal:
                await self.broken(tx, reading.id, refusal)
            else:
                # Its scenes may have other dates now.
                page = await self._turns.arrange(tx, reading)
                if _lacks_dates(page):
                    await self.stalled(tx, page, Why.DATES)
                elif not page.step.failure:
                    await tx.end_trouble(reading.channel, TroubleKind.STORY, TroubleKind.SERIAL)
            tx.touch(reading.id)
            await tx.deliver(self._clock(), card(reading))

    async def of(self, reading: Reading) -> Trouble | None:
        """Return why a reading can't go on, or None if it can; what Discord refuses does not count."""
        kind = TroubleKind.SERIAL if await self._store.read.serial_of(reading.id) else TroubleKind.STORY
        try:
            page = await self._queries.page_of(self._store.read, reading.id)
        except PlaceGone:
            return _of(reading, kind, Why.LOST)
        except Refusal:
            return _of(reading, kind, Why.GONE)
        if reading.held:
            return _of(reading, TroubleKind.STORY, Why.AGE)
        return _of(reading, kind, Why.DATES) if _lacks_dates(page) else None

    async def status(self, guild: int) -> Status:
        """Return how things stand in a server."""
        readings = await self._store.read.readings_of(guild)
        pages = [(each, await self._queries.shown(each.id)) for each in readings]
        held = {
            (each.channel, each.kind.track): Trouble(
                TroubleKind(each.kind.track), guild, each.channel, each.failure or "", since=each.created_at
            )
            for each in reversed(await self._queries.failures(guild))
            if each.kind.track in TOLD
        }
        broken = [trouble for each in readings if (trouble := await self.of(each))]
        log = (await self._queries.settings(guild)).log
        refused = [each for each in await self._queries.failures(guild) if each.kind is DeliveryKind.LOG]
        of_log = [Trouble(TroubleKind.MESSAGES, guild, each.channel, each.failure or "") for each in refused[:1]]
        return Status(tuple(pages), (*reversed(held.values()), *broken, *of_log), log)


def _kind_of(delivery: Delivery, failure: DeliveryFailure) -> TroubleKind:
    """Return the kind of trouble that a refused delivery means: a story for adults is no matter of permissions."""
    return TroubleKind.STORY if failure is DeliveryFailure.AGE else TroubleKind(delivery.kind.track)


def _of(reading: Reading, kind: TroubleKind, why: Why, n: int = 0) -> Trouble:
    return Trouble(kind, reading.guild, reading.channel, why, n)


def _lacks_dates(page: Page) -> bool:
    """Whether a serial goes by dates that its story no longer has."""
    ballot = page.ballot
    return bool(ballot and ballot.serial and ballot.serial.by_dates and not days_of(page.story))
