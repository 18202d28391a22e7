"""A date: when a group means to read in a channel."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from story.times.series import Repeat

REMINDER = timedelta(minutes=15)
"""How long before a date its channel is reminded, unless its host chooses otherwise."""
LASTS = timedelta(hours=2)
"""How long a session is said to last, where Discord or a calendar asks for an end."""
TOO_LATE = timedelta(hours=1)
"""So long after a date, its lobby does not open any more: the bot was off, and the evening is over."""


def place_of(reading: int) -> int:
    """Return where the date of a reading that is set aside waits: a number that no channel has."""
    return -reading


@dataclass(frozen=True, slots=True)
class SessionDate:
    """When a group means to read: `at` is the next time, `began` the first, if it repeats.

    If it waits with a reading that is set aside, `channel` is `place_of` that reading. The reminder pings `role`, and
    comes `remind` before the date. `event` is Discord's own event, if there is one; `message` is the date's card. `id`
    is 0 until it is saved.
    """

    channel: int
    guild: int
    host: int
    at: datetime
    began: datetime
    repeat: Repeat
    zone: ZoneInfo
    role: int | None = None
    event: int | None = None
    id: int = 0
    remind: timedelta = REMINDER
    message: int | None = None

    @property
    def waits(self) -> bool:
        """Whether it waits with a reading that is set aside."""
        return self.channel < 0

    @property
    def remind_at(self) -> datetime:
        """When the channel is reminded."""
        return self.at - self.remind
