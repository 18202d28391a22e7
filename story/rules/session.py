"""The rules of a session: who is there, who is waited for, and who is host; and what comes due under a step."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum

NOBODY = 0
"""The host of a session whose host has left it alone, or was forgotten."""
HOST_PATIENCE = timedelta(minutes=10)
"""How long a lobby waits for its host to do something; then whoever joined first may begin."""
GRACE = timedelta(seconds=5)
"""How long the page still waits when everybody is ready, so that nobody is cut short."""
PATIENCE_AT_LEAST = timedelta(minutes=3)
"""How long a member may do nothing before being taken for away, however short the section."""
WORDS_A_MINUTE = 230
"""How fast people read prose silently: 238 words a minute, says Brysbaert's review of 190 studies (2019)."""


FORGOTTEN_AFTER = timedelta(hours=3)
"""How long after the last press a session ends that nobody stopped."""
STILL_FRESH = timedelta(minutes=30)
"""A session pressed within this time becomes the session of a date that comes."""
EPOCH = datetime(2015, 1, 1, tzinfo=UTC)
"""Before anything on Discord."""


class Due(StrEnum):
    """What comes due under a step."""

    CLOCK = "clock"
    """The time for the votes is up."""
    GRACE = "grace"
    """Everybody is ready, and the grace is over."""
    LOOK = "look"
    """Somebody may be away by now."""
    SERIAL = "serial"
    """The next section of a serial is to come."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """What comes due under a step, and when; `restarts` is how often the clock was started again."""

    kind: Due
    at: datetime
    restarts: int = 0


@dataclass(frozen=True, slots=True)
class Reader:
    """A member in a session; `active_at` is when they last pressed anything.

    `away` says that they were away already when the page turned, `lacks` is a role that they were seen without.
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
        """Return who is host while no page is waited at: the host, or, if that one is not here, who joined first.

        The host of a date need not be in its lobby when it opens, and is waited for all the same.
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
        """Return when a reader who goes on doing nothing is taken for away."""
        return max(reader.active_at, self.shown_at) + self.patience

    def after(self, member: int, now: datetime, lacks: int | None = None) -> "Attendance":
        """Return who is there once a member has pressed something now: they have joined, if they had not."""
        active = Reader(member, now, lacks=lacks)
        readers = tuple(active if each.member == member else each for each in self.session.readers)
        if not self.session.has(member):
            readers = (*readers, active)
        return replace(self, session=replace(self.session, readers=readers), now=now)

    def is_present(self, reader: Reader) -> bool:
        """Whether a reader is waited for; while the session pauses nobody counts as away."""
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
        """Who is host: the one of the session, or, if that one is gone, who joined first of those who are there."""
        present = self.present
        return present[0] if present and self.session.host not in present else self.session.host

    @property
    def look_at(self) -> datetime | None:
        """When the next of those who are there would be taken for away."""
        times = [self.away_at(reader) for reader in self.session.readers if self.is_present(reader)]
        return min(times, default=None)


def reading_time(words: int) -> timedelta:
    """Return how long so many words take to read."""
    return timedelta(minutes=words / WORDS_A_MINUTE)


def patience(words: int) -> timedelta:
    """Return how long a member may do nothing while a section of so many words is open: twice as long as it reads."""
    return max(PATIENCE_AT_LEAST, 2 * reading_time(words))
