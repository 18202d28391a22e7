"""The usher: sits a group down together, and sees to who is in and who is host."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from story.errors import NoReading, NoSession, NotHost, NotInSession, SessionBegun, SessionHeld, StoryGone
from story.rules.ballot import Member
from story.rules.page import Heard, Page, Turn
from story.rules.session import Session
from story.rules.steps import How
from story.services.queries import Clock, Queries
from story.services.readings import Readings
from story.store import Snapshot, Store


@dataclass(frozen=True, slots=True)
class Lobby:
    """A session and what it reads: the last page of the channel's reading, or None where nothing has begun there.

    `host` is who may begin it.
    """

    session: Session
    page: Page | None
    host: int


@dataclass(frozen=True, slots=True)
class Ended:
    """What a session was: who was there at any time, what it read, for how long, and which POVs the votes went to."""

    there: tuple[int, ...]
    page: Page | None
    heard: tuple[Heard, ...]
    length: timedelta

    @property
    def won(self) -> Counter[str]:
        """How many votes each POV won, by its name: those where there was a choice."""
        return Counter(section.pov.name for step, _, section in self.heard if step.how not in {None, How.ONLY})


class Sessions:
    """Carries out what members ask of their sessions; refuses as the narrator does."""

    def __init__(self, store: Store, queries: Queries, readings: Readings, clock: Clock) -> None:
        self._store = store
        self._queries = queries
        self._readings = readings
        self._clock = clock

    async def open(self, guild: int, channel: int, member: int) -> Lobby:
        """Open the lobby of a session in a channel; who asks is host and in it."""
        return await self._open(guild, channel, member, joined=True)

    async def open_for(self, guild: int, channel: int, host: int) -> Lobby:
        """Open the lobby of a session for a host who has yet to come."""
        return await self._open(guild, channel, host, joined=False)

    async def _open(self, guild: int, channel: int, host: int, *, joined: bool) -> Lobby:
        async with self._store.transaction() as tx:
            if await tx.session_in(channel):
                raise SessionHeld
            session = await tx.add_session(guild, channel, host)
            if joined:
                await tx.join(session, host, self._clock())
        return await self.lobby(guild, channel)

    async def lobby(self, guild: int, channel: int) -> Lobby:
        """Return the session of a channel."""
        session = await self._held(self._store.read, guild, channel)
        try:
            page = await self._queries.place(guild, channel)
        except (NoReading, StoryGone):
            page = None
        return Lobby(session, page, session.host_at(self._clock()))

    async def join(self, guild: int, session_id: int, member: int) -> Lobby:
        """Have a member in a session."""
        async with self._store.transaction() as tx:
            session = await self._session(tx, guild, session_id)
            await tx.join(session.id, member, self._clock())
        return await self._attended(session)

    async def leave(self, guild: int, session_id: int, member: int) -> Lobby:
        """Have a member out of a session; they are waited for no more."""
        async with self._store.transaction() as tx:
            session = await self._session(tx, guild, session_id)
            if not session.has(member):
                raise NotInSession
            await tx.leave(session.id, member)
        return await self._attended(session)

    async def begin(self, guild: int, session_id: int, member: Member) -> Turn | Page | None:
        """Begin to read: return the first turn of a new reading, or the last page of one that goes on.

        None where the story has been read to its end, and there is nothing to go on with.
        """
        async with self._store.transaction() as tx:
            session = await self._session(tx, guild, session_id)
            _require_host(session, session.host_at(self._clock()), member)
            if session.began_at:
                raise SessionBegun
            reading = await tx.reading_in(session.channel)
            steps = await tx.steps(reading.id) if reading else []
            await tx.begin_session(session.id, steps[-1].n if steps else 0, self._clock())
        if reading is None:
            story = await self._queries.first_story(guild)
            return await self._readings.start(guild, session.channel, member.id, story.id)
        page = await self._readings.attend(guild, reading.id)
        return page if page.ballot else None

    async def pause(self, guild: int, channel: int, member: Member, *, paused: bool) -> Lobby:
        """Have a session pause, or go on."""
        lobby = await self._as_host(guild, channel, member)
        async with self._store.transaction() as tx:
            await tx.pause_session(lobby.session.id, paused=paused)
            await tx.wake_readers(lobby.session.id, self._clock())
        return await self._attended(lobby.session)

    async def hand_over(self, guild: int, channel: int, member: Member, to: int) -> Lobby:
        """Make another member of the session its host."""
        lobby = await self._as_host(guild, channel, member)
        if not lobby.session.has(to):
            raise NotInSession(yourself=False)
        async with self._store.transaction() as tx:
            await tx.set_host(lobby.session.id, to)
        return await self.lobby(guild, channel)

    async def stop(self, guild: int, channel: int, member: Member) -> Ended:
        """End a session; its reading goes on without it."""
        lobby = await self._as_host(guild, channel, member)
        session = lobby.session
        heard: tuple[Heard, ...] = ()
        if lobby.page and session.began_at:
            _, so_far = await self._queries.read_so_far(guild, lobby.page.reading.id)
            heard = tuple(each for each in so_far if each[0].n > session.began_with)
        there = await self._store.read.attended(session.id)
        async with self._store.transaction() as tx:
            await tx.end_session(session.id)
        page = await self._readings.attend(guild, lobby.page.reading.id) if lobby.page else None
        length = self._clock() - session.began_at if session.began_at else timedelta()
        return Ended(there, page, heard, length)

    async def _attended(self, session: Session) -> Lobby:
        """Return a session after a change, with what comes due in its reading arranged anew."""
        lobby = await self.lobby(session.guild, session.channel)
        if lobby.page is None:
            return lobby
        return Lobby(lobby.session, await self._readings.attend(session.guild, lobby.page.reading.id), lobby.host)

    async def _as_host(self, guild: int, channel: int, member: Member) -> Lobby:
        lobby = await self.lobby(guild, channel)
        attendance = lobby.page and lobby.page.ballot and lobby.page.ballot.attendance
        host = attendance.host if attendance else lobby.host
        _require_host(lobby.session, host, member)
        return lobby

    async def _held(self, q: Snapshot, guild: int, channel: int) -> Session:
        session = await q.session_in(channel)
        if session is None or session.guild != guild:
            raise NoSession
        return session

    async def _session(self, q: Snapshot, guild: int, session_id: int) -> Session:
        session = await q.session(session_id)
        if session is None or session.guild != guild:
            raise NoSession
        return session


def _require_host(session: Session, host: int, member: Member) -> None:
    if not member.may_manage and member.id not in {host, session.host}:
        raise NotHost(host)
