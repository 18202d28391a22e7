"""Sessions: groups that read together, who is in them, who is host, and how they end."""

from dataclasses import replace

from story.errors import NoSession, NotHost, NotInSession, SessionBegun
from story.rules.delivery import Delivery, DeliveryKind, Notice
from story.rules.page import Lobby, Page
from story.rules.presses import Member
from story.rules.session import NOBODY, STILL_FRESH, Session
from story.rules.session_date import SessionDate
from story.rules.timer import Timer, TimerKind
from story.services.queries import Clock, Queries
from story.services.rsvps import shown_again
from story.services.turns import Turns
from story.store import Snapshot, Store, Transaction

Roles = frozenset[int] | None
"""The roles of a member, None where they are not known."""


class Sessions:
    """Carries out what members ask for with their sessions. What can't be done raises a Refusal."""

    def __init__(self, store: Store, queries: Queries, turns: Turns, clock: Clock) -> None:
        self._store = store
        self._queries = queries
        self._turns = turns
        self._clock = clock

    async def open(self, guild: int, channel: int, member: int, roles: Roles = None) -> None:
        """Open the lobby of a session in a channel, with whoever asks as host; if there is one, post its card again.

        `roles` are those of whoever asks; without them, it is unknown whether they may vote.
        """
        async with self._store.transaction() as tx:
            held = await tx.session_in(channel)
            session_id = held.id if held else await self._open(tx, guild, channel, member)
            if held is None:
                lacks = await self._lacks(tx, guild, channel, roles)
                await tx.join(session_id, member, self._clock(), lacks)
            lobby = _of(DeliveryKind.LOBBY, guild, channel, session_id)
            await tx.deliver(self._clock(), replace(lobby, target=held.message if held else None))

    async def open_for(self, tx: Transaction, date: SessionDate) -> None:
        """Open the lobby of a date with whoever is going; a fresh session becomes the date's, an older one ends.

        A session that has begun gets nobody new: it would wait for them.
        """
        held = await tx.session_in(date.channel)
        if held and held.active_at + STILL_FRESH >= self._clock():
            if held.began_at is None:
                await tx.join_all(held.id, date.id)
                await self._show(tx, held)
            return
        if held:
            await self._end(tx, await self._queries.lobby_of(tx, held))
        session_id = await self._open(tx, date.guild, date.channel, date.host)
        await tx.join_all(session_id, date.id)
        await tx.deliver(self._clock(), _of(DeliveryKind.LOBBY, date.guild, date.channel, session_id))

    async def held(self, guild: int, channel: int) -> Lobby:
        """Return the session of a channel."""
        return await self._queries.lobby_of(self._store.read, await _held(self._store.read, guild, channel))

    async def join(self, guild: int, session_id: int, member: int, roles: Roles = None) -> None:
        """Add a member to a session; `roles` as for `open`."""
        async with self._store.transaction() as tx:
            session = await _session(tx, guild, session_id)
            lacks = await self._lacks(tx, guild, session.channel, roles)
            await tx.join(session.id, member, self._clock(), lacks)
            await self._show(tx, session)

    async def leave(self, guild: int, session_id: int, member: int) -> None:
        """Take a member out of a session, so that nobody waits for them. After the host, who joined first is host."""
        async with self._store.transaction() as tx:
            session = await _session(tx, guild, session_id)
            if not session.has(member):
                raise NotInSession
            await tx.leave(session.id, member)
            others = [reader.member for reader in session.readers if reader.member != member]
            if member == session.host:
                await tx.set_host(session.id, others[0] if others else NOBODY)
                if others:
                    await self._tell(tx, session, Notice.HOST, host=others[0])
            await self._show(tx, session)

    async def begin(self, guild: int, session_id: int, member: Member) -> bool:
        """Begin a new story, or go on with the channel's reading; return whether there is anything to read.

        If the story is finished, there is not.
        """
        async with self._store.transaction() as tx:
            session = await _session(tx, guild, session_id)
            _require_host(session, session.host_at(self._clock()), member)
            if session.began_at:
                raise SessionBegun
            reading = await tx.reading_in(session.channel)
            last = await tx.last_n(reading.id) if reading else 0
            await tx.begin_session(session.id, last, self._clock())
            await tx.wake_readers(session.id, self._clock())
            tx.touch_all()
            await tx.deliver(self._clock(), _card(session))
            if reading is None:
                story = await self._queries.first_story(guild)
                await self._turns.start(tx, guild, session.channel, member.id, story)
                return True
            page = await self._turns.arrange(tx, reading)
            if page.ballot is None:
                return False
            await self._turns.post_again(tx, page, reading.channel)
            return True

    async def pause(self, guild: int, channel: int, member: Member, *, paused: bool) -> None:
        """Pause a session, or resume it."""
        async with self._store.transaction() as tx:
            session = await self._as_host(tx, guild, channel, member)
            await tx.pause_session(session.id, paused=paused)
            await tx.wake_readers(session.id, self._clock())
            await self._tell(tx, session, Notice.PAUSED if paused else Notice.RESUMED)
            await self._show(tx, session)

    async def hand_over(self, guild: int, channel: int, member: Member, to: int) -> None:
        """Make another member of the session its host."""
        async with self._store.transaction() as tx:
            session = await self._as_host(tx, guild, channel, member)
            if not session.has(to):
                raise NotInSession(yourself=False)
            await tx.set_host(session.id, to)
            await self._tell(tx, session, Notice.HOST, host=to)
            await self._show(tx, session)

    async def stop(self, guild: int, channel: int, member: Member) -> None:
        """End a session; its reading goes on without it."""
        async with self._store.transaction() as tx:
            session = await self._as_host(tx, guild, channel, member)
            await self._end(tx, await self._queries.lobby_of(tx, session))

    async def end_forgotten(self, timer: Timer) -> None:
        """End a session in which nobody has pressed anything for too long, or set when to look again."""
        async with self._store.transaction() as tx:
            session = await tx.session(timer.subject)
            if session is None or session.ended_at:
                await tx.clear_timer(TimerKind.SESSION, timer.subject)
            elif session.ends_at > self._clock():
                await tx.set_timer(Timer(TimerKind.SESSION, session.id, session.guild, session.ends_at))
            else:
                await self._end(tx, await self._queries.lobby_of(tx, session))

    # ---- within

    async def _open(self, tx: Transaction, guild: int, channel: int, host: int) -> int:
        now = self._clock()
        session_id = await tx.add_session(guild, channel, host, now)
        ends_at = Session(session_id, guild, channel, host, opened_at=now).ends_at
        await tx.set_timer(Timer(TimerKind.SESSION, session_id, guild, ends_at))
        return session_id

    async def _lacks(self, tx: Transaction, guild: int, channel: int, roles: Roles) -> int | None:
        """Return the role that voting in a channel takes, if somebody with these roles does not have it."""
        reading = await tx.reading_in(channel)
        changes = await tx.changes(guild, reading.id if reading else None)
        voters = self._queries.settings_from(guild, *changes).voters
        return None if roles is None or voters in roles else voters

    async def _end(self, tx: Transaction, lobby: Lobby) -> None:
        session, page = lobby.session, lobby.page
        tx.touch_all()
        await tx.end_session(session.id, page.step.n if page else 0, self._clock())
        await tx.clear_timer(TimerKind.SESSION, session.id)
        await tx.deliver(self._clock(), _card(session))
        if session.began_at:
            await tx.deliver(self._clock(), _of(DeliveryKind.CLOSING_CARD, session.guild, session.channel, session.id))
            if date := await tx.date_in(session.channel):
                await tx.deliver(self._clock(), *shown_again(date))
        else:
            await tx.forget_readers(session.id)
        if page:
            await self._arrange(tx, page)

    async def _show(self, tx: Transaction, session: Session) -> None:
        """Have the cards of a session shown as they are now, and arrange what comes due in its reading."""
        await tx.deliver(self._clock(), _card(session))
        tx.touch_all()
        reading = await tx.reading_in(session.channel) if session.began_at else None
        if reading and self._queries.library.get(reading.story):
            await self._arrange(tx, await self._queries.page_of(tx, reading.id, lenient=True))

    async def _arrange(self, tx: Transaction, page: Page) -> None:
        await self._turns.show(tx, await self._turns.arrange(tx, page.reading))

    async def _tell(self, tx: Transaction, session: Session, notice: Notice, **facts: int) -> None:
        said = _of(DeliveryKind.NOTICE, session.guild, session.channel, session.id, notice=notice, **facts)
        await tx.deliver(self._clock(), said)

    async def _as_host(self, tx: Transaction, guild: int, channel: int, member: Member) -> Session:
        lobby = await self._queries.lobby_of(tx, await _held(tx, guild, channel))
        attendance = lobby.page and lobby.page.ballot and lobby.page.ballot.attendance
        _require_host(lobby.session, attendance.host if attendance else lobby.host, member)
        return lobby.session


def _of(kind: DeliveryKind, guild: int, channel: int, session_id: int, **facts: int | str) -> Delivery:
    return Delivery(kind, guild, channel, session_id, data=dict(facts))


def _card(session: Session) -> Delivery:
    """Return the delivery that shows the card of a session as it is now."""
    return Delivery(DeliveryKind.LOBBY_CARD, session.guild, session.channel, session.id, target=session.message)


async def _held(q: Snapshot, guild: int, channel: int) -> Session:
    session = await q.session_in(channel)
    if session is None or session.guild != guild:
        raise NoSession
    return session


async def _session(q: Snapshot, guild: int, session_id: int) -> Session:
    session = await q.session(session_id)
    if session is None or session.guild != guild or session.ended_at:
        raise NoSession
    return session


def _require_host(session: Session, host: int, member: Member) -> None:
    if not member.may_manage and member.id not in {host, session.host}:
        raise NotHost(host)
