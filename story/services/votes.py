"""Counts presses: votes and Next. Closes ballots by the clock."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial

from story.errors import NoSession, NotAVoter, NotHost, NotYourChoice, PageTurned, Refusal, TheEnd, UnknownPov
from story.rules.ballot import Ballot
from story.rules.page import Page, Pending, Pressed, Turn
from story.rules.presses import Member, Press
from story.rules.serial import Serial
from story.rules.settings import Decide
from story.rules.steps import State
from story.rules.timer import Deadline, Due, Timer, TimerKind
from story.rules.trouble import Why
from story.services.alerts import tell_whose_turn
from story.services.queries import Clock, Queries
from story.services.standing import require_not_held
from story.services.troubles import Troubles
from story.services.turns import Turns
from story.store import Store, Transaction

BEING_POSTED = timedelta(minutes=1)
"""How long until a ballot is looked at again if its page is still being posted."""

Change = Callable[[Ballot, Press], Press]
"""Turns what a member has said under a ballot into what they say now."""
Counted = Turn | Pressed | Pending
"""What a press leads to: the page turns, it stays, or it is not even posted yet."""


class Votes:
    """Counts what members press under the last page of a reading. What can't be done raises a Refusal."""

    def __init__(self, store: Store, queries: Queries, turns: Turns, troubles: Troubles, clock: Clock) -> None:
        self._store = store
        self._queries = queries
        self._turns = turns
        self._troubles = troubles
        self._clock = clock

    async def next(self, guild: int, channel: int, member: Member, pov: str | None = None) -> Counted:
        """Press Next for a member in a channel, or vote for an option (by id, label or POV)."""
        change = _next if pov is None else partial(_vote, pov)
        async with self._store.transaction() as tx:
            page = await self._queries.page_in(tx, guild, channel)
            require_not_held(page)
            if page.step.message is None:
                return Pending(page)
            counted = await self._count(tx, page, member, change)
        return self._counted(counted)

    async def press(self, guild: int, reading_id: int, n: int, member: Member, pov: str | None = None) -> Counted:
        """Count a member's press under step `n`: a vote for an option, or a Next without one.

        A second vote for the same option takes it back. Whoever presses something in a session joins it.
        """
        return await self._press(guild, reading_id, n, member, _next if pov is None else partial(_vote, pov))

    async def turn(self, guild: int, reading_id: int, n: int, member: Member) -> Counted:
        """Turn the page of step `n` in a session although somebody is still reading, as only the host may.

        Raises:
            NotHost: the member is not.
        """
        async with self._store.transaction() as tx:
            page = await self._queries.last_page(tx, guild, reading_id, n)
            require_not_held(page)
            ballot = page.ballot
            if ballot is None or ballot.attendance is None:
                raise NoSession
            if not member.may_manage and member.id != ballot.attendance.host:
                raise NotHost(ballot.attendance.host)
            turn = await self._turns.append(tx, page, self._turns.decided(page, ballot, member.id))
        return self._remember(turn)

    async def close(self, timer: Timer) -> None:
        """Carry out what is due under the last step of a reading: close the ballot, or look again at who is there.

        Raises:
            Refusal: the story was edited so that the ballot can't close; its clock is stopped.
        """
        turn: Turn | None = None
        edited: Refusal | None = None
        async with self._store.transaction() as tx:
            if not await tx.is_due(timer, self._clock()):
                return
            try:
                page = await self._queries.page_of(tx, timer.subject)
            except Refusal as refusal:
                edited = refusal
                await self._troubles.broken(tx, timer.subject, refusal)
            unseen = not edited and page.step.message is None
            if edited or page.reading.state is not State.OPEN or (unseen and page.step.failure):
                # Nothing follows a page that nobody has seen; once it is posted, this is arranged again.
                await self._halt(tx, timer, None if edited else page)
            elif unseen:
                await tx.put_off(timer, self._clock() + BEING_POSTED)
            else:
                turn = await self._close(tx, page)
        if edited:
            raise edited
        if turn:
            self._remember(turn)

    async def _halt(self, tx: Transaction, timer: Timer, page: Page | None) -> None:
        """Stop what comes due under a page, or under a reading without one."""
        await tx.clear_timer(TimerKind.BALLOT, timer.subject)
        if page and page.ballot and page.ballot.serial:
            await self._troubles.stalled(tx, page, Why.HELD)

    async def _close(self, tx: Transaction, page: Page) -> Turn | None:
        ballot, due = page.ballot, page.deadline
        if ballot is None or due is None:
            await tx.clear_timer(TimerKind.BALLOT, page.reading.id)
            return None
        if ballot.attendance and not (due.kind is Due.GRACE and ballot.complete):
            await self._turns.come_due(tx, page)
            await self._turns.show(tx, page)
            if _just_before(ballot, due).chooser != ballot.chooser:
                # Whoever's turn it was now counts as away, so it is somebody else's.
                await tell_whose_turn(tx, self._clock(), page, None)
            return None
        if ballot.serial and ballot.serial.by_dates:
            return await self._come_by_dates(tx, page, ballot.serial)
        if due.kind is Due.CLOCK and ballot.lacks_quorum:
            again = self._clock() + timedelta(seconds=page.settings.seconds)
            await self._turns.set_deadline(tx, page, Deadline(Due.CLOCK, again, due.restarts + 1))
            await self._turns.show(tx, page)
            return None
        return await self._turns.append(tx, page, self._turns.decided(page, ballot, None))

    async def _come_by_dates(self, tx: Transaction, page: Page, serial: Serial) -> Turn | None:
        """Post what is due by the story's dates; the story may have been edited since."""
        page = await self._turns.come_due(tx, page)
        if page.deadline is None:
            await self._troubles.stalled(tx, page, Why.DATES)
        if page.deadline is None or page.deadline.at > self._clock():
            await self._turns.show(tx, page)
            return None
        return await self._turns.come_by_dates(tx, page, serial)

    async def _press(self, guild: int, reading_id: int, n: int, member: Member, change: Change) -> Counted:
        page = self._queries.cache.page(reading_id)
        if page and page.ballot and page.step.message and (page.reading.guild, page.step.n) == (guild, n):
            pressed = self._pressed(page, page.ballot, member, change)
            if pressed:
                self._queries.cache.remember(pressed.page)
                if pressed.changed or self._store.is_keeping:  # the same press may be on its way, and may fail
                    await self._store.keep_press(reading_id, n, pressed.press)
                return pressed
        try:
            async with self._store.transaction() as tx:
                page = await self._queries.last_page(tx, guild, reading_id, n)
                require_not_held(page)
                counted = await self._count(tx, page, member, change)
            return self._counted(counted)
        except PageTurned as turned:
            if turned.message is not None:
                raise
            return Pending(await self._queries.page_of(self._store.read, reading_id, lenient=True))

    def _pressed(self, page: Page, ballot: Ballot, member: Member, change: Change) -> Pressed | None:
        """Return what a press leads to if it changes only the votes, else None."""
        press = _say(ballot, member, change)
        after = ballot.with_press(press, self._clock(), ballot.lacks(member))
        if page.deadline != self._turns.next_deadline(page.story, after, pressed=True):
            return None
        if _turns_page(after, member, says_next=change is _next):
            return None
        return Pressed(replace(page, ballot=after), press, changed=press != ballot.presses.of(member.id))

    async def _count(self, tx: Transaction, page: Page, member: Member, change: Change) -> Turn | Pressed | NotAVoter:
        if page.ballot is None:
            raise TheEnd
        try:
            press, now = _say(page.ballot, member, change), self._clock()
        except NotAVoter as refusal:
            await self._wait_no_longer(tx, page, page.ballot, member)
            return refusal  # raised once that is saved
        changed = press != page.ballot.presses.of(member.id)
        await tx.press(page.reading.id, page.step.n, press)
        if page.ballot.attendance:
            await tx.join(page.ballot.attendance.session.id, member.id, now, page.ballot.lacks(member))
        ballot = page.ballot.with_press(press, now, page.ballot.lacks(member))
        page = replace(page, ballot=ballot)
        if _turns_page(ballot, member, says_next=change is _next):
            return await self._turns.append(tx, page, self._turns.decided(page, ballot, member.id))
        return Pressed(await self._turns.come_due(tx, page, pressed=True), press, changed)

    async def _wait_no_longer(self, tx: Transaction, page: Page, ballot: Ballot, member: Member) -> None:
        """Note that a reader of the session may not vote, so nobody waits for them."""
        if ballot.attendance is None or not ballot.attendance.session.has(member.id):
            return
        await tx.join(ballot.attendance.session.id, member.id, self._clock(), ballot.lacks(member))
        await self._turns.show(tx, await self._turns.arrange(tx, page.reading))

    def _counted(self, counted: Turn | Pressed | NotAVoter) -> Turn | Pressed:
        if isinstance(counted, NotAVoter):
            raise counted
        return self._remember(counted)

    def _remember(self, counted: Turn | Pressed) -> Turn | Pressed:
        self._queries.cache.remember(counted.page)
        if isinstance(counted, Turn) and counted.before:
            self._queries.cache.remember_closed(counted.before)
        return counted


def _turns_page(ballot: Ballot, member: Member, *, says_next: bool) -> bool:
    """Whether the page turns at once: whoever leads pressed Next, or everybody has answered.

    In a session it turns after a grace period instead.
    """
    if ballot.led:
        running = ballot.attendance is None or ballot.attendance.session.running
        return says_next and not ballot.serial and running and ballot.may_turn(member)
    return ballot.attendance is None and ballot.complete


def _just_before(ballot: Ballot, due: Deadline) -> Ballot:
    """Return a ballot as it was before somebody counted as away."""
    attendance = ballot.attendance and replace(ballot.attendance, now=due.at - timedelta(seconds=1))
    return replace(ballot, attendance=attendance)


def _say(ballot: Ballot, member: Member, change: Change) -> Press:
    """Return what a member says now.

    Raises:
        NotAVoter: voting takes a role that they lack, and they do not turn the page either.
    """
    turns = change is _next and ballot.led and ballot.may_turn(member)
    if not (turns or ballot.may_vote(member)):
        raise NotAVoter(ballot.settings.voters or 0)
    return change(ballot, ballot.presses.of(member.id))


def _next(_ballot: Ballot, said: Press) -> Press:
    return replace(said, ready=True)


def _vote(asked: str, ballot: Ballot, said: Press) -> Press:
    option = ballot.find(asked)
    if option is None:
        raise UnknownPov(asked, tuple(each.label for each in ballot.options))
    if ballot.chooser not in {None, said.member}:
        raise NotYourChoice(ballot.chooser or 0, chosen=ballot.decided_by is Decide.FIRST)
    if not ballot.is_choice:
        return replace(said, pov=option.id, ready=True)  # there is nothing to choose, so it is a Next
    return replace(said, pov=None if said.pov == option.id else option.id)
