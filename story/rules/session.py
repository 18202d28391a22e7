"""The rules of a session: who is there, who is waited for, and who is host."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from story.rules.measure import reading_time

NOBODY = 0
"""The host of a session whose host has left it alone, or was forgotten."""
HOST_PATIENCE = timedelta(minutes=10)
"""How long a lobby waits for its host to do something; then whoever joined first may begin."""
GRACE = timedelta(seconds=5)
"""How long the page still waits when everybody is ready, so that nobody is cut short."""
PATIENCE_AT_LEAST = timedelta(minutes=3)
"""How long a member may do nothing before they count as away, however short the section."""
FORGOTTEN_AFTER = timedelta(hours=3)
"""How long after the last press a session ends if nobody stops it."""
STILL_FRESH = timedelta(minutes=30)
"""A session with a press within this time becomes the session of a date that comes."""
EPOCH = datetime(2015, 1, 1, tzinfo=UTC)
"""A time before anything on Discord."""


@dataclass(frozen=True, slots=True)
class Reader:
    """A member in a session; `active_at` is when they last pressed anything.

    `away` is whether they were already away when the page turned. `lacks` is the role for voting that they did not have
    when last seen.
    """

    member: int
    active_at: datetime
    away: bool = False
    lacks: int | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """A group that sits down together in a channel. `readers` are those who are in, by when they joined.

    `began_at` is None while the lobby is open; `began_with` is the last step of the reading when it began, 0 for none,
    and `ended_with` when it ended. `message` is the card of its lobby.
    """

    id: int
    guild: int
    channel: int
    host: int
    readers: tuple[Reader, ...] = ()
    began_at: datetime | None = None
    began_with: int = 0
    paused: bool = False
    opened_at: datetime = EPOCH
    ended_at: datetime | None = None
    ended_with: int = 0
    message: int | None = None

    @property
    def active_at(self) -> datetime:
        """When anybody last pressed anything in it."""
        return max([self.opened_at, *(reader.active_at for reader in self.readers)])

    @property
    def ends_at(self) -> datetime:
        """When it ends if nobody presses anything."""
        return self.active_at + FORGOTTEN_AFTER

    @property
    def running(self) -> bool:
        """Whether pages turn by the session's rules now."""
        return self.began_at is not None and not self.paused

    def host_at(self, now: datetime) -> int:
        """Return who is host outside of a page: the host, or if they are not here, who joined first.

        A lobby waits for its host, whom a date may have set long before.
        """
        here = [reader.member for reader in self.readers if now < reader.active_at + HOST_PATIENCE]
        awaited = self.host != NOBODY and now < self.opened_at + HOST_PATIENCE
        return here[0] if here and self.host not in here and not awaited else self.host

    def has(self, member: int) -> bool:
        """Whether a member is in the session."""
        return any(reader.member == member for reader in self.readers)


@dataclass(frozen=True, slots=True)
class Attendance:
    """Who of a session is there while a section is open, at one instant."""

    session: Session
    shown_at: datetime
    patience: timedelta
    now: datetime

    def away_at(self, reader: Reader) -> datetime:
        """Return when a reader counts as away if they do nothing."""
        return max(reader.active_at, self.shown_at) + self.patience

    def after(self, member: int, now: datetime, lacks: int | None = None) -> "Attendance":
        """Return who is there after a member's press, with which they join if they had not."""
        active = Reader(member, now, lacks=lacks)
        readers = tuple(active if each.member == member else each for each in self.session.readers)
        if not self.session.has(member):
            readers = (*readers, active)
        return replace(self, session=replace(self.session, readers=readers), now=now)

    def is_present(self, reader: Reader) -> bool:
        """Whether a reader is waited for; while the session is paused, nobody counts as away."""
        return self.session.paused or (not reader.away and self.now < self.away_at(reader))

    @property
    def present(self) -> tuple[int, ...]:
        """Who is waited for, by when they joined."""
        return tuple(reader.member for reader in self.session.readers if self.is_present(reader))

    @property
    def away(self) -> tuple[int, ...]:
        """Who is in the session and not waited for."""
        return tuple(reader.member for reader in self.session.readers if not self.is_present(reader))

    @property
    def host(self) -> int:
        """Who is host: the session's, or if they are away, who joined first of those present."""
        present = self.present
        return present[0] if present and self.session.host not in present else self.session.host

    @property
    def look_at(self) -> datetime | None:
        """When the next of those present would count as away."""
        times = [self.away_at(reader) for reader in self.session.readers if self.is_present(reader)]
        return min(times, default=None)


def patience(words: int) -> timedelta:
    """Return how long a member may do nothing under a section of so many words: twice its reading time."""
    return max(PATIENCE_AT_LEAST, 2 * reading_time(words))
