"""Turns pages: writes a step, its deliveries and what comes due under it, inside a transaction."""

from dataclasses import replace
from datetime import datetime, timedelta

from story.errors import ChannelTaken
from story.model import Scene, Story
from story.rules.ballot import Ballot
from story.rules.delivery import Delivery, DeliveryKind, Notice
from story.rules.options import line, options
from story.rules.page import Page, Turn, ballot_under
from story.rules.serial import Serial, ahead_of
from story.rules.session import GRACE
from story.rules.session_date import place_of
from story.rules.settings import Order
from story.rules.steps import How, Kind, Place, Reading, State, Step, follow
from story.rules.story_dates import days_of
from story.rules.timer import Deadline, Due, Timer, TimerKind
from story.services.alerts import arrange_warning
from story.services.queries import LOOKED_BACK_FOR, Clock, Queries
from story.store import Transaction


class Turns:
    """Appends steps to readings, inside a transaction of the caller's."""

    def __init__(self, queries: Queries, clock: Clock) -> None:
        self._queries = queries
        self._clock = clock

    async def start(  # noqa: PLR0913, PLR0917 - what a reading is, beside the transaction
        self, tx: Transaction, guild: int, channel: int, member: int, story: Story, at: Scene | None = None
    ) -> Turn:
        """Begin a story in a channel, at a scene if one is given; what comes before it counts as passed.

        Raises:
            ChannelTaken: something is being read there.
        """
        await self.require_free(tx, channel)
        reading = await tx.add_reading(guild, channel, story.id, member)
        order = self._queries.settings_from(guild, (await tx.changes(guild, None))[0]).order
        begun = Step(1, Kind.START, self._clock(), by=member, begins=at.id if at else None)
        step = self._with_first_section(begun, story, order)
        await tx.append(reading.id, step)
        await tx.deliver(step.at, _section(reading, step.n))
        return Turn(await self.arrange(tx, reading), None)

    async def put_away_finished(self, tx: Transaction, channel: int) -> None:
        """Stop a channel's reading if it is at the end of the story."""
        reading = await tx.reading_in(channel)
        if reading and self._queries.library.get(reading.story):
            page = await self._queries.page_of(tx, reading.id, lenient=True)
            if page.at_end and page.step.message:
                await self.stop(tx, page, page.step.n, None)

    async def require_free(self, tx: Transaction, channel: int) -> None:
        """Require that nothing is being read in a channel.

        Raises:
            ChannelTaken: something is.
        """
        running = await tx.reading_in(channel)
        if running:
            known = self._queries.library.get(running.story)
            raise ChannelTaken(channel, known.title if known else running.story, running.id)

    def beginning(self, kind: Kind, n: int, story: Story, order: Order, member: int) -> Step:
        """Return the first step of a path; it tells the first section if there is nothing to choose."""
        return self._with_first_section(Step(n, kind, self._clock(), by=member), story, order)

    def _with_first_section(self, step: Step, story: Story, order: Order) -> Step:
        first, *others = options(story, follow([step]), order)
        return step if others else replace(step, scene=first.scene.id, pov=first.pov.id, how=How.ONLY)

    def decided(self, page: Page, ballot: Ballot, member: int | None) -> Step:
        """Return the step that a page's ballot decides on, turned by a member or, if None, by the clock."""
        decision = ballot.decide()
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
            chooser=ballot.chooser if ballot.is_choice else None,
        )

    async def append(self, tx: Transaction, page: Page, step: Step) -> Turn:
        """Append a step after the last page; have it posted and that page closed."""
        reading = page.reading
        await tx.append(reading.id, step)
        await tx.deliver(step.at, _section(reading, step.n), *_closing(page))
        if page.ballot and page.ballot.attendance and page.ballot.attendance.away:
            await tx.set_away(page.ballot.attendance.session.id, page.ballot.attendance.away)
        before = replace(page, closed_by=step)
        if step.kind is Kind.SECTION:
            return Turn(await self.come_due(tx, self._after(page, step)), before)
        return Turn(await self.arrange(tx, reading), before)

    async def come_by_dates(self, tx: Transaction, page: Page, serial: Serial) -> Turn:
        """Append all sections whose day has come, and have those of the last such day posted, in order.

        The others were missed: the channel is told, and they are there for whoever catches up.
        """
        days, steps, after = days_of(page.story), list[Step](), page
        while after.ballot:
            step = self.decided(after, after.ballot, None)
            again = any(each.scene == step.scene for each in steps)
            if steps and (again or serial.comes(days[step.scene or ""]) > step.at):
                break
            steps.append(step)
            after = self._after(after, step)
        # In most years the 28th of February is the day of the 29th, too.
        came = [serial.comes(days[step.scene or ""]) for step in steps]
        missed = [step for step, moment in zip(steps, came, strict=True) if moment < came[-1]]
        reading, at = page.reading, steps[0].at
        for step in steps:
            await tx.append(reading.id, step)
        if missed:
            data = {"notice": Notice.SERIAL_MISSED, "n": len(missed)}
            await tx.deliver(at, Delivery(DeliveryKind.NOTICE, reading.guild, reading.channel, reading.id, data=data))
        await tx.deliver(at, *(_section(reading, step.n) for step in steps[len(missed) :]), *_closing(page))
        return Turn(await self.come_due(tx, after), replace(page, closed_by=steps[0]))

    async def stop(self, tx: Transaction, page: Page | Reading, n: int, member: int | None) -> Page | None:
        """Stop a reading after step `n`; return the page that closes, if the story still has it."""
        reading = page.reading if isinstance(page, Page) else page
        step = Step(n + 1, Kind.STOP, self._clock(), by=member)
        await tx.append(reading.id, step)
        await tx.set_state(reading.id, State.STOPPED)
        await tx.clear_timer(TimerKind.BALLOT, reading.id)
        await tx.set_timer(Timer(TimerKind.READING, reading.id, reading.guild, step.at + LOOKED_BACK_FOR))
        if waits := await tx.date_in(place_of(reading.id)):
            await tx.drop_date(waits.id)
        if not isinstance(page, Page):
            return None
        await tx.deliver(step.at, *_closing(page))
        return replace(page, closed_by=step)

    async def end_session(self, tx: Transaction, reading: Reading, n: int) -> None:
        """End the session in which a reading is read, after step `n`, without a closing card."""
        session = await tx.session_in(reading.channel)
        if session:
            await tx.end_session(session.id, n, self._clock())
            await tx.forget_readers(session.id)
            await tx.clear_timer(TimerKind.SESSION, session.id)
            shown = Delivery(
                DeliveryKind.LOBBY_CARD, reading.guild, session.channel, session.id, target=session.message
            )
            await tx.deliver(self._clock(), shown)

    async def show(self, tx: Transaction, page: Page | Reading) -> None:
        """Have the last page of a reading shown as it is now."""
        await tx.deliver(self._clock(), card(page.reading if isinstance(page, Page) else page))

    async def post_again(self, tx: Transaction, page: Page, stood_in: int | None) -> None:
        """Have the last page of a reading posted again at the bottom of its channel.

        `stood_in` is the channel where it stands now, None if that is gone.
        """
        reading, n, message = page.reading, page.step.n, page.step.message
        again = [replace(_section(reading, n), target=message)]
        if message and stood_in is not None:
            again.append(Delivery(DeliveryKind.MOVED, reading.guild, stood_in, reading.id, n, message))
        await tx.deliver(self._clock(), *again)

    # ---- what comes due

    async def arrange(self, tx: Transaction, reading: Reading) -> Page:
        """Gather the last page of a reading, and arrange what comes due under it."""
        return await self.come_due(tx, await self._queries.page_of(tx, reading.id, lenient=True))

    async def come_due(self, tx: Transaction, page: Page, *, pressed: bool = False) -> Page:
        """Arrange what comes due next while a page stays: the clock, the grace period, or a look at who is there."""
        ballot = None if page.reading.held else page.ballot
        due = self.next_deadline(page.story, ballot, pressed=pressed) if ballot else None
        return await self.set_deadline(tx, page, due)

    async def set_deadline(self, tx: Transaction, page: Page, deadline: Deadline | None) -> Page:
        """Set what comes due under a page, or nothing."""
        n = page.step.n
        if deadline != page.deadline:
            tx.touch(page.reading.id)
        if deadline:
            await tx.set_deadline(page.reading, n, deadline)
            if deadline != page.deadline:
                await arrange_warning(tx, self._clock(), page, deadline)
        elif page.deadline:
            await tx.clear_timer(TimerKind.BALLOT, page.reading.id)
        ballot = page.ballot.with_deadline(deadline) if page.ballot else None
        return replace(page, ballot=ballot, deadline=deadline)

    def next_deadline(self, story: Story, ballot: Ballot, *, pressed: bool) -> Deadline | None:
        """Return what comes due next under a ballot; a press starts the clock, if there is one."""
        now = self._clock()
        if ballot.attendance is None and ballot.serial:
            return _next_of_serial(story, ballot, ballot.serial, now)
        if ballot.attendance is None:
            if ballot.clocked and ballot.closes_at:
                return Deadline(Due.CLOCK, ballot.closes_at, ballot.restarts)
            if not (ballot.clocked and pressed):
                return None
            runs_out = now + timedelta(seconds=ballot.settings.seconds)
            return Deadline(Due.CLOCK, max(runs_out, ballot.readable_at or runs_out))
        if ballot.complete:
            return Deadline(Due.GRACE, ballot.turns_at or now + GRACE)
        look_at = ballot.attendance.look_at if ballot.attendance.session.running else None
        return Deadline(Due.LOOK, look_at) if look_at else None

    def _after(self, page: Page, step: Step) -> Page:
        """Return the page of a section that follows a page, without reading the database again."""
        place = Place(step, (*page.place.path, step), page.place.began)
        after = replace(page, place=place, ballot=None)
        before = page.ballot
        ways_on = options(page.story, place, page.settings.order)
        if not ways_on or before is None:
            return after
        session = before.attendance.session if before.attendance else None
        if before.attendance and session:
            away = set(before.attendance.away)
            readers = tuple(replace(each, away=each.away or each.member in away) for each in session.readers)
            session = replace(session, readers=readers)
        known = frozenset(press.member for press in before.presses if press.member > 0)
        ballot = ballot_under(after, ways_on, self._clock(), known=known, session=session, serial=before.serial)
        return replace(after, ballot=ballot)


def coming(story: Story, ballot: Ballot | None) -> list[Scene]:
    """Return the scenes that come if a ballot closes as it stands, up to the next choice; none without a ballot."""
    return list(line(story, ballot.decide().option.scene)) if ballot else []


def _next_of_serial(story: Story, ballot: Ballot, serial: Serial, now: datetime) -> Deadline | None:
    """Return when the next section of a serial comes, or None if it goes by dates that the story lost."""
    if not serial.by_dates:
        return Deadline(Due.SERIAL, ballot.closes_at or serial.next_after(now))
    days = days_of(story)
    scenes = [scene for scene in coming(story, ballot) if scene.id in days]
    return Deadline(Due.SERIAL, serial.next_of(ahead_of(days, scenes), ballot.place.last.at)) if scenes else None


def card(reading: Reading) -> Delivery:
    """Return the delivery that shows the last page of a reading as it is now."""
    return Delivery(DeliveryKind.CARD, reading.guild, reading.channel, reading.id)


def _section(reading: Reading, n: int) -> Delivery:
    return Delivery(DeliveryKind.SECTION, reading.guild, reading.channel, reading.id, n)


def _closing(page: Page) -> list[Delivery]:
    """Return what shows a page closed, if it has anything to press."""
    if page.ballot is None and not page.at_end:
        return []
    reading, n, data = page.reading, page.step.n, {"message": page.step.message}
    return [Delivery(DeliveryKind.CLOSED, reading.guild, reading.channel, reading.id, n, data=data)]
