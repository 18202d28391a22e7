"""What belongs to single members and servers beside the readings, and how it is forgotten."""

from collections.abc import Collection
from datetime import datetime, timedelta

from story.errors import NotASection, NothingRead
from story.rules.delivery import Delivery, DeliveryKind
from story.rules.page import Heard, Page, heard_by, section_of
from story.rules.shards import Shards
from story.rules.steps import Reading, Step
from story.rules.timer import Timer, TimerKind
from story.services.directs import Directs
from story.services.queries import Clock, Queries, is_private
from story.services.rsvps import card_of
from story.store import Store, Transaction

CLOCKS_DIFFER = timedelta(minutes=1)
"""How far this machine's clock may run ahead of Discord's."""
KEPT_AFTER_DEPARTURE = timedelta(days=30)
"""How long a server that removed the bot is remembered, in case it was a mistake."""


class Members:
    """Keeps how far each member has read and what they bookmarked, and forgets members and servers."""

    def __init__(self, store: Store, queries: Queries, directs: Directs, clock: Clock) -> None:
        self._store = store
        self._queries = queries
        self._directs = directs
        self._clock = clock

    # ---- catching up

    async def missed(self, guild: int, reading_id: int, member: int) -> tuple[Page, list[Heard]]:
        """Return the last page of a reading, and the sections of its path that the member has not seen.

        The open section does not count as missed.
        """
        page, heard = await self._over(guild, reading_id)
        seen = await self._store.read.read_to(reading_id, member)
        return page, [each for each in heard if each[0].n > seen]

    async def since(self, guild: int, reading_id: int, n: int) -> tuple[Page, list[Heard]]:
        """Return the last page of a reading, and the sections of its path from step `n` on, except the open one.

        Raises:
            NotASection: there are none.
        """
        page, heard = await self._over(guild, reading_id)
        later = [each for each in heard if each[0].n >= n]
        if not later:
            raise NotASection
        return page, later

    async def _over(self, guild: int, reading_id: int) -> tuple[Page, list[Heard]]:
        page, heard = await self._queries.read_so_far(guild, reading_id)
        if not heard:
            raise NothingRead
        return page, [each for each in heard if page.ballot is None or each[0].n != page.step.n]

    async def caught_up(self, reading_id: int, member: int, n: int) -> None:
        """Note that a member has seen a reading up to step `n`."""
        async with self._store.transaction() as tx:
            if await tx.reading(reading_id):
                await tx.catch_up(reading_id, member, n)

    # ---- bookmarks

    async def bookmark(
        self, guild: int, channel: int, member: int, posted: tuple[int, datetime] | None = None
    ) -> tuple[Heard, bool]:
        """Bookmark a section of a channel's reading, the last by default, or remove its bookmark.

        `posted` is the step in a message's mark, and when it was posted: an earlier reading in the channel has messages
        with the same steps. Returns the section, and whether it is bookmarked now.

        Raises:
            NothingRead: there is no section so far.
            NotASection: the step is no section of the path.
        """
        async with self._store.transaction() as tx:
            page = await self._queries.page_in(tx, guild, channel, lenient=True)
            heard = heard_by(page)
            if not heard:
                raise NothingRead
            found = heard[-1] if posted is None else next((each for each in heard if _is_of(each[0], *posted)), None)
            if found is None:
                raise NotASection
            had = await tx.has_bookmark(page.reading.id, found[0].n, member)
            change = tx.remove_bookmark if had else tx.add_bookmark
            await change(page.reading.id, found[0].n, member)
        return found, not had

    async def bookmarks(self, guild: int, member: int) -> list[tuple[Reading, Heard]]:
        """Return a member's bookmarks in a server: the sections that their stories still have."""
        found: list[tuple[Reading, Heard]] = []
        for reading, step in await self._store.read.bookmarks(guild, member):
            told = self._section(reading, step)
            if told:
                found.append((reading, told))
        return found

    def _section(self, reading: Reading, step: Step) -> Heard | None:
        story = self._queries.library.get(reading.story)
        told = section_of(story, step) if story else None
        return (step, *told) if told else None

    # ---- forgetting

    async def forget_member(self, member: int) -> None:
        """Delete what is known of a member; their votes stay, as nobody's."""
        async with self._store.transaction() as tx:
            tx.touch_all()
            cards = [card_of(date) for date in await tx.dates_with(member)]
            await tx.forget_member(member)
            await tx.deliver(self._clock(), *cards)
        self._directs.forget(member)

    async def forget_guild(self, guild: int) -> None:
        """Delete everything that is known of a server, including Discord's events of its dates."""
        async with self._store.transaction() as tx:
            await self._forget_guild(tx, guild)
        self._queries.library.forget(guild)

    async def departed(self, guild: int) -> None:
        """Note that a server has just removed the bot."""
        async with self._store.transaction() as tx:
            await self._count_down(tx, guild)

    async def returned(self, guild: int) -> None:
        """Note that a server has the bot again."""
        async with self._store.transaction() as tx:
            await tx.clear_timer(TimerKind.DEPARTURE, guild)

    async def notice_servers(self, present: Collection[int], shards: Shards | None = None) -> None:
        """Find out which servers have removed the bot, or added it again, since last time.

        Where processes share the shards, only the servers of the given ones are looked at.
        """
        async with self._store.transaction() as tx:
            known = {guild for guild in await tx.servers(shards) if not is_private(guild)}
            gone = await tx.timed(TimerKind.DEPARTURE, shards)
            await tx.clear_timer(TimerKind.DEPARTURE, *gone.intersection(present))
            for guild in known.difference(present, gone):
                await self._count_down(tx, guild)

    async def forget_departed(self, timer: Timer) -> None:
        """Delete everything of a server that removed the bot long enough ago, unless it is back."""
        async with self._store.transaction() as tx:
            if not await tx.is_due(timer, self._clock()):
                return
            await self._forget_guild(tx, timer.subject)
        self._queries.library.forget(timer.subject)

    async def _count_down(self, tx: Transaction, guild: int) -> None:
        if await tx.timer(TimerKind.DEPARTURE, guild) is None:
            await tx.set_timer(Timer(TimerKind.DEPARTURE, guild, guild, self._clock() + KEPT_AFTER_DEPARTURE))

    async def _forget_guild(self, tx: Transaction, guild: int) -> None:
        events = [(date.channel, date.event) for date in await tx.dates_of(guild) if date.event]
        tx.touch_all()
        await tx.forget_guild(guild)
        tx.settings_set[guild] = {}
        gone = [Delivery(DeliveryKind.EVENT, guild, channel, 0, target=event) for channel, event in events]
        await tx.deliver(self._clock(), *gone)

    # ---- what the bot keeps for itself

    async def note(self, key: str) -> str | None:
        """Return the bot's own note under a key."""
        return await self._store.read.note(key)

    async def keep_note(self, key: str, value: str) -> None:
        """Keep a note under a key, in place of the last."""
        async with self._store.transaction() as tx:
            tx.concerns_all = True
            await tx.set_note(key, value)


def _is_of(step: Step, n: int, posted_at: datetime) -> bool:
    return step.n == n and posted_at >= step.at - CLOCKS_DIFFER
