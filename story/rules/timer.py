"""What comes due at an instant, by the clock on the wall: timers, and what the timer of a ballot is for."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class TimerKind(StrEnum):
    """What comes due, and for which subject; a subject has at most one timer of each kind."""

    BALLOT = "ballot"
    """A reading: the ballot under its last step, or the next section of a serial."""
    CLOSING = "closing"
    """A reading: the vote under its last step closes soon."""
    REMINDER = "reminder"
    """A date: its reminder."""
    DATE = "date"
    """A date: its lobby."""
    SESSION = "session"
    """A session: it ends if nobody stops it."""
    DELIVERY = "delivery"
    """A delivery: it is tried again."""
    READING = "reading"
    """A reading that is over, or whose channel is gone: it is forgotten."""
    DEPARTURE = "departure"
    """A server that removed the bot: it is forgotten."""


@dataclass(frozen=True, slots=True)
class Timer:
    """Something that comes due in a server; `subject` is the number of a reading, a date and so on."""

    kind: TimerKind
    subject: int
    guild: int
    at: datetime


class Due(StrEnum):
    """What comes due under a step."""

    CLOCK = "clock"
    """The time for the votes is up."""
    GRACE = "grace"
    """Everybody is ready, and the grace period is over."""
    LOOK = "look"
    """Somebody may count as away by now."""
    SERIAL = "serial"
    """The next section of a serial comes."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """What comes due under a step, and when; `restarts` counts how often the clock started again."""

    kind: Due
    at: datetime
    restarts: int = 0
