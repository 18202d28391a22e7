"""What comes due at an instant, by the clock on the wall: timers, and what the timer of a ballot is for."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class TimerKind(StrEnum):
    """What comes due. A timer's subject is what is named here, of which there is at most one timer a kind."""

    BALLOT = "ballot"
    """A reading: the ballot under its last step, or the next section of a serial."""
    CLOSING = "closing"
    """A reading: the vote under its last step closes soon."""
    REMINDER = "reminder"
    """A date: its reminder."""
    DATE = "date"
    """A date: its lobby."""
    SESSION = "session"
    """A session that nobody has stopped."""
    DELIVERY = "delivery"
    """A delivery that is to be tried again."""
    READING = "reading"
    """A reading that is over, or whose channel is gone: it is forgotten."""
    DEPARTURE = "departure"
    """A server that removed the bot: it is forgotten."""


@dataclass(frozen=True, slots=True)
class Timer:
    """Something that comes due; `subject` is the number of what it belongs to, in a server."""

    kind: TimerKind
    subject: int
    guild: int
    at: datetime


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
