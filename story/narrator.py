"""The narrator: carries out what members ask of their readings, and alone writes the steps.

Every change is one transaction that looks at the last step and then appends the next, so of any number of presses
that would turn the same page one does, and the others are told that it has been turned.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from story.ballot import Ballot, Decision, Press, match
from story.errors import (
    ChannelTaken,
    NoReading,
    NoSerial,
    NoSession,
    NothingRead,
    NotYours,
    PageTurned,
    Refusal,
    TheEnd,
    UnknownPov,
)
from story.model import Pov, Story
from story.page import Page, Pressed, Turn
from story.pages import Clock, Pages
from story.reading import How, Kind, Reading, Step
from story.serial import Serial
from story.session import GRACE, Due
from story.snag import Snag, pause
from story.store import Store, Transaction


class Narrator:
    """Carries out what members ask of their readings.

    Members, channels, servers and messages go by Discord's numbers. Whatever cannot be done raises a Refusal and
    changes nothing.
    """

    def __init__(self, store: Store, pages: Pages, clock: Clock, *, vote_seconds: int, default_story: str) -> None:
        self._store = store
        self._pages = pages
        self._clock = clock
        self._vote_time = timedelta(seconds=vote_seconds)
        self.default_story = default_story

    # ---- beginning and ending

    async def start(self, guild: int, channel: int, member: int, asked: str) -> Turn:
        """Begin a story in a channel."""
        story = self._pages.shelf.find(asked)
        async with self._store.transaction() as tx:
            return await self._start(tx, guild, channel, member, story)

    async def begin(self, guild: int, channel: int, member: int) -> Turn:
        """Begin the default story in a channel, unless something is being read in its server."""
        story = self._pages.shelf.find(self.default_story)
        async with self._store.transaction() as tx:
            elsewhere = tuple(other.channel for other in await tx.readings_of(guild))
            if elsewhere and channel not in elsewhere:
                raise NoReading(elsewhere)
            return await self._start(tx, guild, channel, member, story)

    async def may_restart(self, guild: int, reading_id: int, n: int, member: int, *, may_manage: bool) -> Page:
        """Return the last page, if it is the one asked about and the member may begin the story anew.

        At the end of a story anyone may, since nobody is in the middle of it.
        """
        page = await self._pages.last_page(self._store.read, guild, reading_id, n, lenient=True)
        _require_leave_to_restart(page, member, may_manage=may_manage)
        return page

    async def restart(self, guild: int, reading_id: int, n: int, member: int, *, may_manage: bool) -> Turn:
        """Begin the story anew, for whom `may_restart` allows it."""
        async with self._store.transaction() as tx:
            page = await self._pages.last_page(tx, guild, reading_id, n, lenient=True)
            _require_leave_to_restart(page, member, may_manage=may_manage)
            return await self._append(tx, page, self._beginning(Kind.RESTART, n + 1, page.story, member))

    async def may_stop(
        self, guild: int, channel: int, member: int, *, may_manage: bool
    ) -> tuple[Reading, Step, Page | None]:
        """Return what is read in a channel, its last step and page, if the member may end it.

        There is no page where the story is not on the shelf any more; the reading can be ended all the same.
        """
        reading = await self._pages.in_channel(self._store.read, guild, channel)
        _require_leave(reading, member, may_manage=may_manage)
        page = None
        if self._pages.shelf.get(reading.story):
            page = await self._pages.page(self._store.read, reading, lenient=True)
        return reading, (await self._store.read.steps(reading.id))[-1], page

    async def stop(self, guild: int, reading_id: int, n: int, member: int, *, may_manage: bool) -> Page | None:
        """End a reading; return the page that closes, where the story still has it."""
        async with self._store.transaction() as tx:
            reading = await self._pages.running(tx, guild, reading_id)
            _require_leave(reading, member, may_manage=may_manage)
            last = (await tx.steps(reading.id))[-1]
            if last.n != n:
                raise PageTurned(reading.channel, last.message)
            page = await self._pages.page(tx, reading, lenient=True) if self._pages.shelf.get(reading.story) else None
            step = Step(n + 1, Kind.STOP, self._clock(), by=member)
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

    async def next(self, guild: int, channel: int, member: int, pov: str | None = None) -> Turn | Pressed:
        """Press Next for a member in a channel, or vote for a POV.

        What was committed and is not marked as posted is to be posted before anything else.
        """
        reading = await self._pages.in_channel(self._store.read, guild, channel)
        last = (await self._store.read.steps(reading.id))[-1]
        if last.message is None:
            return await self._pages.turn(reading.id)
        return await self.press(guild, reading.id, last.n, member, pov)

    async def press(self, guild: int, reading_id: int, n: int, member: int, pov: str | None = None) -> Turn | Pressed:
        """Count a member's press under step `n`: a vote for a POV (by id or name), or without one a Next.

        A vote for the POV that the member has voted for takes that vote back. Whoever presses something in a session
        is in it.
        """
        change = _next if pov is None else partial(_vote, pov)
        return await self._count_or_tell(guild, reading_id, n, member, change)

    async def done(self, guild: int, reading_id: int, n: int, member: int) -> Turn | Pressed:
        """Count that a member has read the section of step `n`."""
        return await self._count_or_tell(guild, reading_id, n, member, _done)

    async def _count_or_tell(
        self, guild: int, reading_id: int, n: int, member: int, change: Callable[[Ballot, Press], Press]
    ) -> Turn | Pressed:
        """Count a press; if it comes too late, and what came after is not marked as posted, have that posted."""
        try:
            return await self._count(guild, reading_id, n, member, change)
        except PageTurned as turned:
            if turned.message is not None:
                raise
            return await self._pages.turn(reading_id)

    async def _count(
        self, guild: int, reading_id: int, n: int, member: int, change: Callable[[Ballot, Press], Press]
    ) -> Turn | Pressed:
        async with self._store.transaction() as tx:
            page = await self._pages.last_page(tx, guild, reading_id, n)
            if page.ballot is None:
                raise TheEnd
            said = next((press for press in page.ballot.presses if press.member == member), Press(member))
            press = change(page.ballot, said)
            await tx.press(reading_id, n, press)
            if page.ballot.attendance:
                await tx.join(page.ballot.attendance.session.id, member, self._clock())
            page = await self._pages.page(tx, page.reading)
            if page.ballot is None or self._turns(page.ballot, member, host_says_next=change is _next):
                return await self._append(tx, page, self._decided(page, member))
            return Pressed(await self._wait(tx, page, page.ballot), press)

    def _turns(self, ballot: Ballot, member: int, *, host_says_next: bool) -> bool:
        """Whether the page turns at once; in a session only the host's Next has it do so, and others wait a grace."""
        if ballot.attendance is None:
            return ballot.complete
        return host_says_next and ballot.attendance.session.running and member == ballot.attendance.host

    async def attend(self, guild: int, reading_id: int) -> Page:
        """Arrange what comes due after a session has begun, paused, gone on or ended; return the last page."""
        async with self._store.transaction() as tx:
            page = await self._pages.page(tx, await self._pages.running(tx, guild, reading_id), lenient=True)
            if page.ballot and (page.ballot.attendance or page.ballot.serial):
                return await self._wait(tx, page, page.ballot)
            if page.ballot and page.ballot.closes_at is None:
                await tx.clear_deadline(reading_id)
                return replace(page, ballot=replace(page.ballot, turns_at=None))
            return page

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
                if found is None or due is None or due[1] > self._clock():
                    return None
                page = await self._pages.page(tx, found[0])
                waits = page.ballot and page.ballot.attendance
                if page.ballot and waits and not (due[0] is Due.GRACE and page.ballot.complete):
                    return await self._wait(tx, page, page.ballot)
                return await self._append(tx, page, self._decided(page, None))
        except Refusal:
            async with self._store.transaction() as tx:
                await tx.clear_deadline(reading_id)
            raise

    async def back(self, guild: int, channel: int, member: int, *, may_manage: bool) -> Turn:
        """Undo the last section read; the ballot before it is open anew."""
        async with self._store.transaction() as tx:
            page = await self._pages.page(tx, await self._pages.in_channel(tx, guild, channel), lenient=True)
            _require_leave(page.reading, member, may_manage=may_manage)
            if page.step.message is None:
                return await self._pages.turn(page.reading.id)
            if not page.place.path:
                raise NothingRead
            return await self._append(tx, page, Step(page.step.n + 1, Kind.BACK, self._clock(), by=member))

    async def serialise(
        self, guild: int, channel: int, member: int, serial: Serial | None, *, may_manage: bool
    ) -> Page:
        """Have the sections of what is read in a channel come by themselves, or with None no more.

        Raises:
            NoSerial: they do not come by themselves.
        """
        async with self._store.transaction() as tx:
            reading = await self._pages.in_channel(tx, guild, channel)
            _require_leave(reading, member, may_manage=may_manage)
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

    async def hold(self, page: Page, snag: Snag) -> datetime | None:
        """Keep why a page could not be posted; return when it is to be tried again, or None if not by itself.

        Until it is posted, nothing that is due in its reading is carried out.
        """
        n, now = page.step.n, self._clock()
        async with self._store.transaction() as tx:
            tries = await tx.tries(page.reading.id, n) + 1
            again_at = now + pause(tries) if snag is Snag.UNREACHABLE else None
            await tx.set_snag(page.reading.id, n, snag, tries, again_at)
        return again_at

    async def try_again(self, reading_id: int, n: int) -> Turn | None:
        """Return a step to be posted that could not be, or None if it has become needless."""
        async with self._store.transaction() as tx:
            await tx.stop_trying(reading_id, n)
            found = await tx.reading(reading_id)
        if found is None or found[1]:
            return None
        turn = await self._pages.turn(reading_id)
        return turn if turn.page.step.n == n and turn.page.step.message is None else None

    # ---- within

    async def _start(self, tx: Transaction, guild: int, channel: int, member: int, story: Story) -> Turn:
        running = await tx.reading_in(channel)
        if running:
            known = self._pages.shelf.get(running.story)
            raise ChannelTaken(channel, known.title if known else running.story)
        reading = await tx.add_reading(guild, channel, story.id, member)
        await tx.append(reading.id, self._beginning(Kind.START, 1, story, member))
        return Turn(await self._attended(tx, reading), None)

    def _beginning(self, kind: Kind, n: int, story: Story, member: int) -> Step:
        scene = story.scenes[0]
        if len(scene.sections) > 1:
            return Step(n, kind, self._clock(), by=member)
        return Step(n, kind, self._clock(), scene.id, scene.povs[0].id, How.ONLY, by=member)

    def _decided(self, page: Page, member: int | None) -> Step:
        if page.ballot is None:
            raise TheEnd
        decision: Decision = page.ballot.decide()
        return Step(
            n=page.step.n + 1,
            kind=Kind.SECTION,
            at=self._clock(),
            scene=page.ballot.scene.id,
            pov=decision.pov.id,
            how=decision.how,
            votes=decision.votes,
            cast=decision.cast,
            by=member,
        )

    async def _append(self, tx: Transaction, page: Page, step: Step) -> Turn:
        await tx.append(page.reading.id, step)
        return Turn(await self._attended(tx, page.reading), replace(page, closed_by=step))

    async def _attended(self, tx: Transaction, reading: Reading) -> Page:
        """Gather the last page, and arrange what comes due under it in a session or a serial."""
        page = await self._pages.page(tx, reading, lenient=True)
        waits = page.ballot and (page.ballot.attendance or page.ballot.serial)
        return await self._wait(tx, page, page.ballot) if page.ballot and waits else page

    async def _wait(self, tx: Transaction, page: Page, ballot: Ballot) -> Page:
        """Arrange what comes due next while the page stays: the clock, the grace, or a look at who is there."""
        kind, at = self._next_due(ballot)
        if kind and at:
            await tx.set_deadline(page.reading.id, page.step.n, kind, at)
        else:
            await tx.clear_deadline(page.reading.id)
        closes_at = at if kind in {Due.CLOCK, Due.SERIAL} else None
        turns_at = at if kind is Due.GRACE else None
        return replace(page, ballot=replace(ballot, closes_at=closes_at, turns_at=turns_at))

    def _next_due(self, ballot: Ballot) -> tuple[Due | None, datetime | None]:
        if ballot.attendance is None and ballot.serial:
            return Due.SERIAL, ballot.closes_at or ballot.serial.next_after(self._clock())
        if ballot.attendance is None:
            started = ballot.closes_at or (self._clock() + self._vote_time if ballot.presses else None)
            return Due.CLOCK, started
        if ballot.complete:
            return Due.GRACE, ballot.turns_at or self._clock() + GRACE
        return Due.LOOK, ballot.attendance.look_at if ballot.attendance.session.running else None


def _next(_ballot: Ballot, said: Press) -> Press:
    return replace(said, ready=True, done=True)


def _done(ballot: Ballot, said: Press) -> Press:
    if ballot.attendance is None:
        raise NoSession
    return replace(said, done=True)


def _vote(asked: str, ballot: Ballot, said: Press) -> Press:
    pov: Pov | None = match(ballot.scene.povs, asked)
    if pov is None:
        raise UnknownPov(asked, tuple(pov.name for pov in ballot.scene.povs))
    if len(ballot.scene.povs) == 1:
        return replace(said, pov=pov.id, ready=True, done=True)  # there is nothing to choose, so it is a Next
    return replace(said, pov=None if said.pov == pov.id else pov.id)


def _require_leave_to_restart(page: Page, member: int, *, may_manage: bool) -> None:
    if not page.at_end:
        _require_leave(page.reading, member, may_manage=may_manage)


def _require_leave(reading: Reading, member: int, *, may_manage: bool) -> None:
    if not may_manage and member != reading.started_by:
        raise NotYours(reading.started_by)
