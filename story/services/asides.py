"""Sets readings aside, takes them up again, and moves them: a channel can have several, but only one is open."""

from dataclasses import replace

from story.errors import NoReading, NothingAside, ReadingOver
from story.rules.page import Page, Turn
from story.rules.presses import Member
from story.rules.steps import Reading, State
from story.rules.timer import TimerKind
from story.services.dates import Dates
from story.services.queries import Clock, Queries
from story.services.readings import require_leave
from story.services.standing import scene_of
from story.services.turns import Turns
from story.store import Store, Transaction


class Asides:
    """Changes which reading of a channel is open. What can't be done raises a Refusal.

    A reading set aside keeps its place, votes, serial and date; nothing comes due until it goes on.
    """

    def __init__(self, store: Store, queries: Queries, turns: Turns, dates: Dates, clock: Clock) -> None:
        self._store = store
        self._queries = queries
        self._turns = turns
        self._dates = dates
        self._clock = clock

    async def may_set_aside(self, guild: int, reading_id: int, member: Member) -> Reading:
        """Return an open reading that the member may set aside.

        Raises:
            NotYours: they may not.
        """
        reading = await self._queries.open_reading(self._store.read, guild, reading_id)
        require_leave(reading, member)
        return reading

    async def start_instead(
        self, guild: int, reading_id: int, member: Member, asked: str, at: str | None = None
    ) -> Turn:
        """Set a reading aside and begin a story in its channel."""
        async with self._store.transaction() as tx:
            story = self._queries.library.find(guild, asked)
            begins = scene_of(story, at)
            reading = await self._set_aside(tx, guild, reading_id, member)
            return await self._turns.start(tx, guild, reading.channel, member.id, story, begins)

    async def take_up(  # noqa: PLR0913 - by name
        self,
        guild: int,
        channel: int,
        member: Member,
        reading_id: int,
        *,
        anywhere: bool = False,
        instead_of: int | None = None,
    ) -> Page:
        """Take up a reading that is set aside in a channel.

        With `anywhere` it may come from another channel. `instead_of` is the channel's open reading, which is set aside
        for it. A finished reading makes room.

        Raises:
            NothingAside: no such reading is set aside.
            ChannelTaken: another story is being read there.
        """
        async with self._store.transaction() as tx:
            reading = await tx.reading(reading_id)
            if reading is None or (reading.guild, reading.state) != (guild, State.ASIDE):
                raise NothingAside
            if reading.channel != channel and not anywhere:
                raise NothingAside
            if instead_of is None:
                await self._turns.put_away_finished(tx, channel)
            else:
                await self._set_aside(tx, guild, instead_of, member)
            return await self._open(tx, reading, channel)

    async def move(self, guild: int, channel: int, reading_id: int) -> Page:
        """Move a reading of the server to another channel, and go on there.

        Raises:
            NoReading, ReadingOver: there is no such reading, or it was stopped.
            ChannelTaken: something is being read there.
        """
        async with self._store.transaction() as tx:
            reading = await tx.reading(reading_id)
            if reading is None or reading.guild != guild:
                raise NoReading
            if reading.state is State.STOPPED:
                raise ReadingOver
            if reading.state is State.OPEN and reading.channel != channel:
                await self._turns.require_free(tx, channel)
                await self._turns.end_session(tx, reading, await tx.last_n(reading.id))
                await self._dates.wait_with(tx, reading)
            return await self._open(tx, reading, channel)

    # ---- within

    async def _set_aside(self, tx: Transaction, guild: int, reading_id: int, member: Member) -> Reading:
        reading = await self._queries.open_reading(tx, guild, reading_id)
        require_leave(reading, member)
        await self._turns.end_session(tx, reading, await tx.last_n(reading.id))
        await self._dates.wait_with(tx, reading)
        await tx.clear_timer(TimerKind.BALLOT, reading.id)
        await tx.set_state(reading.id, State.ASIDE)
        await self._turns.show(tx, reading)
        return replace(reading, state=State.ASIDE)

    async def _open(self, tx: Transaction, reading: Reading, channel: int) -> Page:
        await self._turns.require_free(tx, channel)
        if reading.channel == channel:
            await tx.set_state(reading.id, State.OPEN)
        else:
            await tx.move_reading(reading.id, channel)
        await tx.clear_timer(TimerKind.READING, reading.id)
        await self._dates.go_on_with(tx, reading, channel)
        page = await self._turns.arrange(tx, reading)
        await self._turns.post_again(tx, page, None if reading.gone_at else reading.channel)
        return page
