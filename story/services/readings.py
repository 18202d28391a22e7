"""The narrator: carries out what members ask of their readings, and alone writes the steps.

Every change is one transaction that looks at the last step and then appends the next, so of any number of presses
that would turn the same page one does, and the others are told that it has been turned.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from story.errors import (
    ChannelTaken,
    NoReading,
    NoSerial,
    NoSession,
    NotATurner,
    NothingRead,
    NotYourChoice,
    NotYours,
    PageTurned,
    Refusal,
    TheEnd,
    UnknownPov,
)
from story.model import Story
from story.rules.ballot import Ballot, Member, Press
from story.rules.delivery_failure import DeliveryFailure, pause
from story.rules.options import options
from story.rules.page import Page, Pressed, Turn
from story.rules.serial import Serial
from story.rules.session import GRACE, Deadline, Due
from story.rules.settings import Decide, Order, Turner
from story.rules.steps import How, Kind, Reading, Step, follow
from story.services.queries import Clock, Queries
from story.store import Store, Transaction

Change = Callable[[Ballot, Press], Press]
"""Makes of what a member has said under a ballot what they say now."""


class Readings:
    """Carries out what members ask of their readings.

    Members, channels, servers and messages go by Discord's numbers. Whatever cannot be done raises a Refusal and
    changes nothing.
    """

    def __init__(self, store: Store, queries: Queries, clock: Clock) -> None:
        self._store = store
        self._queries = queries
        self._clock = clock

    # ---- beginning and ending

    async def start(self, guild: int, channel: int, member: int, asked: str) -> Turn:
        """Begin a story in a channel."""
        story = self._queries.library.find(guild, asked)
        async with self._store.transaction() as tx:
            return await self._start(tx, guild, channel, member, story)

    async def begin(self, guild: int, channel: int, member: int) -> Turn:
        """Begin the server's first story in a channel, unless something is being read in the server."""
        story = await self._queries.first_story(guild)
        async with self._store.transaction() as tx:
            elsewhere = tuple(other.channel for other in await tx.readings_of(guild))
            if elsewhere and channel not in elsewhere:
                raise NoReading(elsewhere)
            return await self._start(tx, guild, channel, member, story)

    async def may_restart(self, guild: int, reading_id: int, n: int, member: Member) -> Page:
        """Return the last page, if it is the one asked about and the member may begin the story anew.

        At the end of a story anyone may, since nobody is in the middle of it.
        """
        page = await self._queries.last_page(self._store.read, guild, reading_id, n, lenient=True)
        _require_leave_to_restart(page, member)
        return page

    async def restart(self, guild: int, reading_id: int, n: int, member: Member) -> Turn:
        """Begin the story anew, for whom `may_restart` allows it."""
        async with self._store.transaction() as tx:
            page = await self._queries.last_page(tx, guild, reading_id, n, lenient=True)
            _require_leave_to_restart(page, member)
            begun = self._beginning(Kind.RESTART, n + 1, page.story, page.settings.order, member.id)
            return await self._append(tx, page, begun)

    async def may_stop(self, guild: int, channel: int, member: Member) -> tuple[Reading, Step, Page | None]:
        """Return what is read in a channel, its last step and page, if the member may end it.

        There is no page where the story is not on the shelf any more; the reading can be ended all the same.
        """
        reading = await self._queries.in_channel(self._store.read, guild, channel)
        _require_leave(reading, member)
        page = None
        if self._queries.library.get(reading.story):
            page = await self._queries.page(self._store.read, reading, lenient=True)
        return reading, (await self._store.read.steps(reading.id))[-1], page

    async def stop(self, guild: int, reading_id: int, n: int, member: Member) -> Page | None:
        """End a reading; return the page that closes, where the story still has it."""
        async with self._store.transaction() as tx:
            reading = await self._queries.running(tx, guild, reading_id)
            _require_leave(reading, member)
            last = (await tx.steps(reading.id))[-1]
            if last.n != n:
                raise PageTurned(reading.channel, last.message)
            page = (
                await self._queries.page(tx, reading, lenient=True)
                if self._queries.library.get(reading.story)
                else None
            )
            step = Step(n + 1, Kind.STOP, self._clock(), by=member.id)
            await tx.append(reading.id, step)
            return replace(page, closed_by=step) if page else None

    async def forget_channel(self, channel: int) -> None:
        """End what is being read in a channel that does not exist any more."""
        async with self._store.transaction() as tx:
            reading = await tx.reading_in(channel)
            if reading:
                steps = await tx.steps(reading.id)
                await tx.append(reading.id, Step(steps[-1].n + 1, Kind.STOP, self._clock()))
            session = await tx.session_in(channel)
            if session:
                await tx.end_session(session.id)
            await tx.drop_appointment(channel)

    # ---- reading on

    async def next(
        self,
        guild: int,
        channel: int,
        member: Member,
        pov: str | None = None,
    ) -> Turn | Pressed:
        """Press Next for a member in a channel, or vote for an option.

        What was committed and is not marked as posted is to be posted before anything else.
        """
        reading = await self._queries.in_channel(self._store.read, guild, channel)
        last = (await self._store.read.steps(reading.id))[-1]
        if last.message is None:
            return await self._queries.turn(reading.id)
        return await self.press(guild, reading.id, last.n, member, pov)

    async def press(
        self,
        guild: int,
        reading_id: int,
        n: int,
        member: Member,
        pov: str | None = None,
    ) -> Turn | Pressed:
        """Count a member's press under step `n`: a vote for an option (by id, label or POV), or without one a Next.

        A vote for what the member has voted for takes that vote back. Whoever presses something in a session
        is in it.
        """
        change = _next if pov is None else partial(_vote, pov)
        return await self._count_or_tell(guild, reading_id, n, member, change)

    async def done(self, guild: int, reading_id: int, n: int, member: Member) -> Turn | Pressed:
        """Count that a member has read the section of step `n`."""
        return await self._count_or_tell(guild, reading_id, n, member, _done)

    async def _count_or_tell(
        self, guild: int, reading_id: int, n: int, member: Member, change: Change
    ) -> Turn | Pressed:
        """Count a press; if it comes too late, and what came after is not marked as posted, have that posted."""
        try:
            return await self._count(guild, reading_id, n, member, change)
        except PageTurned as turned:
            if turned.message is not None:
                raise
            return await self._queries.turn(reading_id)

    async def _count(self, guild: int, reading_id: int, n: int, member: Member, change: Change) -> Turn | Pressed:
        page = self._queries.remembered(reading_id)
        if page and page.ballot and (page.reading.guild, page.step.n) == (guild, n):
            pressed = self._pressed(page, page.ballot, member, change)
            if pressed:
                self._queries.remember(pressed.page)
                await self._store.keep_press(reading_id, n, pressed.press)
                return pressed
        counted = await self._count_and_arrange(guild, reading_id, n, member, change)
        if isinstance(counted, Pressed):
            self._queries.remember(counted.page)
        return counted

    def _pressed(self, page: Page, ballot: Ballot, member: Member, change: Change) -> Pressed | None:
        """Return what a press comes to if it changes nothing but the votes, else None."""
        press = _say(ballot, member, change)
        after = ballot.with_press(press, self._clock())
        now_due, then_due = self._next_due(ballot, pressed=False), self._next_due(after, pressed=True)
        if now_due != then_due or _turns(after, member.id, says_next=change is _next):
            return None
        return Pressed(replace(page, ballot=after), press)

    async def _count_and_arrange(
        self, guild: int, reading_id: int, n: int, member: Member, change: Change
    ) -> Turn | Pressed:
        async with self._store.transaction() as tx:
            page = await self._queries.last_page(tx, guild, reading_id, n)
            if page.ballot is None:
                raise TheEnd
            press, now = _say(page.ballot, member, change), self._clock()
            await tx.press(reading_id, n, press)
            if page.ballot.attendance:
                await tx.join(page.ballot.attendance.session.id, member.id, now)
            ballot = page.ballot.with_press(press, now)
            page = replace(page, ballot=ballot)
            if _turns(ballot, member.id, says_next=change is _next):
                return await self._append(tx, page, self._decided(page, member.id))
            return Pressed(await self._wait(tx, page, ballot, pressed=True), press)

    async def attend(self, guild: int, reading_id: int) -> Page:
        """Arrange what comes due after a session or the settings have changed; return the last page."""
        async with self._store.transaction() as tx:
            return await self._attended(tx, await self._queries.running(tx, guild, reading_id))

    async def close(self, reading_id: int, n: int) -> Turn | Page | None:
        """Carry out what is due under step `n`: close the ballot, or look again at who of a session is there.

        Returns the page to be shown anew where that is all, and None if the page has been turned meanwhile.

        Raises:
            Refusal: the ballot cannot be closed, because the story was edited; its clock is stopped.
        """
        try:
            async with self._store.transaction() as tx:
                found = await tx.reading(reading_id)
                due = await tx.deadline(reading_id, n)
                if found is None or due is None or due.at > self._clock():
                    return None
                page = await self._queries.page(tx, found[0])
                waits = page.ballot and page.ballot.attendance
                if page.ballot and waits and not (due.kind is Due.GRACE and page.ballot.complete):
                    return await self._wait(tx, page, page.ballot)
                if page.ballot and due.kind is Due.CLOCK and page.ballot.lacks_quorum:
                    again = self._clock() + timedelta(seconds=page.settings.seconds)
                    return await self._come_due(tx, page, Deadline(Due.CLOCK, again, due.restarts + 1))
                return await self._append(tx, page, self._decided(page, None))
        except Refusal:
            async with self._store.transaction() as tx:
                await tx.clear_deadline(reading_id)
            raise

    async def back(self, guild: int, channel: int, member: Member) -> Turn:
        """Undo the last section read; the ballot before it is open anew."""
        async with self._store.transaction() as tx:
            page = await self._queries.page(tx, await self._queries.in_channel(tx, guild, channel), lenient=True)
            _require_leave(page.reading, member)
            if page.step.message is None:
                return await self._queries.turn(page.reading.id)
            if not page.place.path:
                raise NothingRead
            return await self._append(tx, page, Step(page.step.n + 1, Kind.BACK, self._clock(), by=member.id))

    async def serialise(self, guild: int, channel: int, member: Member, serial: Serial | None) -> Page:
        """Have the sections of what is read in a channel come by themselves, or with None no more.

        Raises:
            NoSerial: they do not come by themselves.
        """
        async with self._store.transaction() as tx:
            reading = await self._queries.in_channel(tx, guild, channel)
            _require_leave(reading, member)
            if serial:
                await tx.set_serial(reading.id, serial)
            elif await tx.serial(reading.id):
                await tx.end_serial(reading.id)
            else:
                raise NoSerial
            await tx.clear_deadline(reading.id)
            return await self._attended(tx, reading)

    # ---- what was posted

    async def mark(self, page: Page, message: int | None) -> None:
        """Keep that a page has been posted, as which message, or with None that it is to be posted anew."""
        async with self._store.transaction() as tx:
            await tx.mark(page.reading.id, page.step.n, message)

    async def hold(self, page: Page, snag: DeliveryFailure) -> datetime | None:
        """Keep why a page could not be posted; return when it is to be tried again, or None if not by itself.

        Until it is posted, nothing that is due in its reading is carried out.
        """
        n, now = page.step.n, self._clock()
        async with self._store.transaction() as tx:
            tries = await tx.tries(page.reading.id, n) + 1
            again_at = now + pause(tries) if snag is DeliveryFailure.UNREACHABLE else None
            await tx.set_snag(page.reading.id, n, snag, tries, again_at)
        return again_at

    async def try_again(self, reading_id: int, n: int) -> Turn | None:
        """Return a step to be posted that could not be, or None if it has become needless."""
        async with self._store.transaction() as tx:
            await tx.stop_trying(reading_id, n)
            found = await tx.reading(reading_id)
        if found is None or found[1]:
            return None
        turn = await self._queries.turn(reading_id)
        return turn if turn.page.step.n == n and turn.page.step.message is None else None

    # ---- within

    async def _start(self, tx: Transaction, guild: int, channel: int, member: int, story: Story) -> Turn:
        running = await tx.reading_in(channel)
        if running:
            known = self._queries.library.get(running.story)
            raise ChannelTaken(channel, known.title if known else running.story)
        reading = await tx.add_reading(guild, channel, story.id, member)
        settings = await self._queries.settings(guild)
        await tx.append(reading.id, self._beginning(Kind.START, 1, story, settings.order, member))
        return Turn(await self._attended(tx, reading), None)

    def _beginning(self, kind: Kind, n: int, story: Story, order: Order, member: int) -> Step:
        """Return the first step of a path; it tells the first section where there is nothing to choose."""
        step = Step(n, kind, self._clock(), by=member)
        first, *others = options(story, follow([step]), order)
        return step if others else replace(step, scene=first.scene.id, pov=first.pov.id, how=How.ONLY)

    def _decided(self, page: Page, member: int | None) -> Step:
        if page.ballot is None:
            raise TheEnd
        decision = page.ballot.decide()
        return Step(
            n=page.step.n + 1,
            kind=Kind.SECTION,
            at=self._clock(),
            scene=decision.option.scene.id,
            pov=decision.option.pov.id,
            how=decision.how,
            votes=decision.votes,
            cast=decision.cast,
            by=member,
            chooser=page.ballot.chooser if page.ballot.is_choice else None,
        )

    async def _append(self, tx: Transaction, page: Page, step: Step) -> Turn:
        await tx.append(page.reading.id, step)
        if page.ballot and page.ballot.attendance:
            for member in page.ballot.attendance.away:
                await tx.set_away(page.ballot.attendance.session.id, member)
        return Turn(await self._attended(tx, page.reading), replace(page, closed_by=step))

    async def _attended(self, tx: Transaction, reading: Reading) -> Page:
        """Gather the last page, and arrange what comes due under it."""
        page = await self._queries.page(tx, reading, lenient=True)
        return await self._wait(tx, page, page.ballot) if page.ballot else page

    async def _wait(self, tx: Transaction, page: Page, ballot: Ballot, *, pressed: bool = False) -> Page:
        """Arrange what comes due next while the page stays: the clock, the grace, or a look at who is there."""
        return await self._come_due(tx, page, self._next_due(ballot, pressed=pressed))

    async def _come_due(self, tx: Transaction, page: Page, deadline: Deadline | None) -> Page:
        if deadline:
            await tx.set_deadline(page.reading.id, page.step.n, deadline)
        else:
            await tx.clear_deadline(page.reading.id)
        return replace(page, ballot=page.ballot.with_deadline(deadline) if page.ballot else None)

    def _next_due(self, ballot: Ballot, *, pressed: bool) -> Deadline | None:
        now = self._clock()
        if ballot.attendance is None and ballot.serial:
            return Deadline(Due.SERIAL, ballot.closes_at or ballot.serial.next_after(now))
        if ballot.attendance is None:
            if ballot.clocked and ballot.closes_at:
                return Deadline(Due.CLOCK, ballot.closes_at, ballot.restarts)
            starts = ballot.clocked and pressed
            return Deadline(Due.CLOCK, now + timedelta(seconds=ballot.settings.seconds)) if starts else None
        if ballot.complete:
            return Deadline(Due.GRACE, ballot.turns_at or now + GRACE)
        look_at = ballot.attendance.look_at if ballot.attendance.session.running else None
        return Deadline(Due.LOOK, look_at) if look_at else None


def _turns(ballot: Ballot, member: int, *, says_next: bool) -> bool:
    """Whether the page turns at once; in a session only the host's Next has it do so, and others wait a grace."""
    if ballot.attendance is None:
        return not ballot.serial and says_next if ballot.led else ballot.complete
    leads = ballot.led or member == ballot.attendance.host
    return says_next and leads and ballot.attendance.session.running


def _say(ballot: Ballot, member: Member, change: Change) -> Press:
    """Return what a member says now."""
    said = next((press for press in ballot.presses if press.member == member.id), Press(member.id))
    press = change(ballot, said)
    _require_leave_to_press(ballot, member, press)
    return press


def _require_leave_to_press(ballot: Ballot, member: Member, press: Press) -> None:
    """Require that the member may turn the page if they say Next, or in a session of its readers anything at all."""
    turner = ballot.settings.turner
    if not (press.ready or (turner is Turner.READERS and ballot.attendance)) or ballot.may_turn(member):
        return
    raise NotATurner(
        host=ballot.led_by if turner is Turner.HOST else None,
        role=ballot.settings.role if turner is Turner.ROLE else None,
    )


def _next(_ballot: Ballot, said: Press) -> Press:
    return replace(said, ready=True, done=True)


def _done(ballot: Ballot, said: Press) -> Press:
    if ballot.attendance is None:
        raise NoSession
    return replace(said, done=True)


def _vote(asked: str, ballot: Ballot, said: Press) -> Press:
    option = ballot.find(asked)
    if option is None:
        raise UnknownPov(asked, tuple(each.label for each in ballot.options))
    if ballot.chooser not in {None, said.member}:
        raise NotYourChoice(ballot.chooser or 0, chosen=ballot.decided_by is Decide.FIRST)
    if not ballot.is_choice:
        return replace(said, pov=option.id, ready=True, done=True)  # there is nothing to choose, so it is a Next
    return replace(said, pov=None if said.pov == option.id else option.id)


def _require_leave_to_restart(page: Page, member: Member) -> None:
    if not page.at_end:
        _require_leave(page.reading, member)


def _require_leave(reading: Reading, member: Member) -> None:
    if not member.may_manage and member.id != reading.started_by:
        raise NotYours(reading.started_by)
