"""Begins and ends readings, takes back sections, makes serials.

Every change is one transaction that looks at the last step and appends the next. So of any number of presses that would
turn the same page, one does, and the others are told that it has turned.
"""

from dataclasses import replace
from datetime import timedelta

from story.errors import NoReading, NoSerial, NothingRead, NotYours, PageTurned, TheEnd
from story.rules.delivery import Delivery, DeliveryKind, Notice
from story.rules.page import Page, Pending, Turn
from story.rules.presses import Member
from story.rules.serial import Serial, by_dates
from story.rules.settings import SETTINGS
from story.rules.settings import Kind as SettingKind
from story.rules.steps import Kind, Reading, State, Step
from story.rules.timer import Timer, TimerKind
from story.rules.trouble import TroubleKind
from story.services.queries import LOOKED_BACK_FOR, Clock, Queries
from story.services.standing import require_not_held, scene_of
from story.services.troubles import Troubles
from story.services.turns import Turns, card, coming
from story.store import Store, Transaction

KEPT_WITHOUT_CHANNEL = timedelta(days=30)
"""How long a reading is kept after its channel was deleted."""


class Readings:
    """Carries out what members ask for with their readings.

    Members, channels, servers and messages go by Discord's numbers. What can't be done raises a Refusal and changes
    nothing. The deliveries that show a change are written with it.
    """

    def __init__(self, store: Store, queries: Queries, turns: Turns, troubles: Troubles, clock: Clock) -> None:
        self._store = store
        self._queries = queries
        self._turns = turns
        self._troubles = troubles
        self._clock = clock

    # ---- beginning and ending

    async def start(self, guild: int, channel: int, member: int, asked: str, at: str | None = None) -> Turn:
        """Begin a story in a channel, at a scene if one is given; a finished reading makes room.

        Raises:
            UnknownStory, NoSuchScene: there is no such story, or scene.
            ChannelTaken: another is being read there.
        """
        async with self._store.transaction() as tx:
            story = self._queries.library.find(guild, asked)
            begins = scene_of(story, at)
            await self._turns.put_away_finished(tx, channel)
            return await self._turns.start(tx, guild, channel, member, story, begins)

    async def begin(self, guild: int, channel: int, member: int) -> Turn:
        """Begin the server's first story in a channel, unless something is being read in the server."""
        async with self._store.transaction() as tx:
            elsewhere = tuple(other.channel for other in await tx.readings_of(guild))
            if elsewhere and channel not in elsewhere:
                raise NoReading(elsewhere)
            return await self._turns.start(tx, guild, channel, member, await self._queries.first_story(guild))

    async def may_restart(self, guild: int, reading_id: int, n: int, member: Member) -> Page:
        """Return the last page, if it is step `n`'s and the member may begin the story again.

        At the end of a story anyone may.
        """
        page = await self._queries.last_page(self._store.read, guild, reading_id, n, lenient=True)
        _require_leave_to_restart(page, member)
        return page

    async def restart(self, guild: int, reading_id: int, n: int, member: Member) -> Turn:
        """Begin the story again, if `may_restart` allows it."""
        async with self._store.transaction() as tx:
            page = await self._queries.last_page(tx, guild, reading_id, n, lenient=True)
            _require_leave_to_restart(page, member)
            require_not_held(page)
            serial = await tx.serial_of(page.reading.id)
            if serial and serial.by_dates:
                await tx.set_serial(page.reading.id, by_dates(serial, page.story, (), self._clock()))
            begun = self._turns.beginning(Kind.RESTART, n + 1, page.story, page.settings.order, member.id)
            return await self._turns.append(tx, page, begun)

    async def may_stop(self, guild: int, channel: int, member: Member) -> tuple[Reading, int, Page | None]:
        """Return a channel's reading, its last step and its page, if the member may stop it.

        If the story is gone there is no page; the reading can be stopped all the same.
        """
        reading = await self._queries.reading(guild, channel)
        require_leave(reading, member)
        page = None
        if self._queries.library.get(reading.story):
            page = await self._queries.page_of(self._store.read, reading.id, lenient=True)
        return reading, page.step.n if page else await self._store.read.last_n(reading.id), page

    async def stop(self, guild: int, reading_id: int, n: int, member: Member) -> None:
        """Stop a reading, and the session that reads it."""
        async with self._store.transaction() as tx:
            reading = await self._queries.open_reading(tx, guild, reading_id)
            require_leave(reading, member)
            known = self._queries.library.get(reading.story)
            page = await self._queries.page_of(tx, reading.id, lenient=True) if known else None
            last = page.step.n if page else await tx.last_n(reading.id)
            if last != n:
                raise PageTurned(reading.channel, await tx.message_of(reading.id, last))
            await self._turns.end_session(tx, reading, n)
            await self._turns.stop(tx, page or reading, n, member.id)

    async def lose_channel(self, guild: int, channel: int) -> None:
        """Set aside the readings of a deleted channel; `/story continue` can take them up within 30 days."""
        async with self._store.transaction() as tx:
            now = self._clock()
            changes, _ = await tx.changes(guild, None)
            gone = {each.name for each in SETTINGS.values() if each.kind is SettingKind.CHANNEL}
            gone = {name for name in gone if changes.get(name) == channel}
            if gone:
                await tx.set_server_changes(guild, {key: changes[key] for key in changes if key not in gone})
            await tx.end_trouble(channel, *TroubleKind)
            await tx.drop_deliveries(channel)
            session = await tx.session_in(channel)
            if session:
                await tx.end_session(session.id, session.began_with, now)
                await tx.forget_readers(session.id)
                await tx.clear_timer(TimerKind.SESSION, session.id)
            for reading in await tx.readings_by_channel(channel, now):
                if reading.state is not State.STOPPED and not reading.gone_at:
                    await tx.set_state(reading.id, State.ASIDE, gone_at=now)
                    await tx.clear_timer(TimerKind.BALLOT, reading.id)
                    timer = Timer(TimerKind.READING, reading.id, reading.guild, now + KEPT_WITHOUT_CHANNEL)
                    await tx.set_timer(timer)

    async def hold(self, reading_id: int, *, held: bool) -> None:
        """Put an open reading on hold because its channel is not age-restricted, or let it go on when it is again.

        While it is on hold, nothing comes due.
        """
        async with self._store.transaction() as tx:
            reading = await tx.reading(reading_id)
            if reading is None or reading.state is not State.OPEN or reading.held == held:
                return
            if self._queries.library.get(reading.story) is None:
                return  # there is nothing to read in any channel
            await tx.hold(reading_id, held=held)
            if held:
                await self._troubles.held(tx, reading)
            else:
                await tx.end_trouble(reading.channel, TroubleKind.STORY)
            await self._turns.show(tx, await self._turns.arrange(tx, reading))
            if not held:
                for section in await tx.sections(reading_id):
                    tx.retry(section)

    async def forget(self, timer: Timer) -> None:
        """Stop a reading whose channel was deleted too long ago, or forget one that has been over long enough."""
        async with self._store.transaction() as tx:
            if not await tx.is_due(timer, self._clock()):
                return
            await tx.clear_timer(TimerKind.READING, timer.subject)
            reading = await tx.reading(timer.subject)
            if reading and reading.state is State.ASIDE:
                await self._turns.stop(tx, reading, await tx.last_n(reading.id), None)
            elif reading and not await tx.forget_reading(reading.id):
                # Its bookmarks may be gone by then.
                await tx.set_timer(replace(timer, at=self._clock() + LOOKED_BACK_FOR))

    # ---- reading on

    async def back(self, guild: int, channel: int, member: Member) -> Turn | Pending:
        """Take back the last section, which opens the ballot before it again."""
        async with self._store.transaction() as tx:
            page = await self._queries.page_in(tx, guild, channel, lenient=True)
            require_leave(page.reading, member)
            require_not_held(page)
            if page.step.message is None:
                return Pending(page)
            if not page.place.path:
                raise NothingRead
            path = page.place.path
            reopens = path[-2].n if len(path) > 1 else page.place.began.n
            step = Step(page.step.n + 1, Kind.BACK, self._clock(), by=member.id, reopens=reopens)
            return await self._turns.append(tx, page, step)

    async def set_serial(self, guild: int, channel: int, member: Member, serial: Serial | None) -> Page:
        """Make a channel's reading a serial, or with None end the serial.

        Raises:
            NoSerial: it is not a serial.
            NoDates: it should go by the story's dates, and there are none.
            TheEnd, PlaceGone: nothing is left that could come by itself.
        """
        async with self._store.transaction() as tx:
            page = await self._queries.page_in(tx, guild, channel, lenient=serial is None)
            reading = page.reading
            require_leave(reading, member)
            if serial and page.ballot is None:
                raise TheEnd
            if serial and serial.by_dates:
                serial = by_dates(serial, page.story, coming(page.story, page.ballot), self._clock())
            if serial:
                await tx.set_serial(reading.id, serial)
            elif await tx.serial_of(reading.id):
                await tx.end_serial(reading.id)
            else:
                raise NoSerial
            await tx.clear_timer(TimerKind.BALLOT, reading.id)
            await _tell(tx, self._clock, reading, Notice.SERIAL if serial else Notice.SERIAL_ENDED)
            await tx.deliver(self._clock(), card(reading))
            return await self._turns.arrange(tx, reading)


async def _tell(tx: Transaction, clock: Clock, reading: Reading, notice: Notice) -> None:
    said = Delivery(DeliveryKind.NOTICE, reading.guild, reading.channel, reading.id, data={"notice": notice})
    await tx.deliver(clock(), said)


def _require_leave_to_restart(page: Page, member: Member) -> None:
    if not page.at_end:
        require_leave(page.reading, member)


def require_leave(reading: Reading, member: Member) -> None:
    """Require that a member began a reading or is a moderator.

    Raises:
        NotYours: they did not and are not.
    """
    if not member.may_manage and member.id != reading.started_by:
        raise NotYours(reading.started_by)
