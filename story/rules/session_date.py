"""A date: when a group means to read in a channel."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from story.times.series import Repeat

REMINDER = timedelta(minutes=15)
"""How long before a date its channel is reminded, unless whoever sets it says otherwise."""
LASTS = timedelta(hours=2)
"""How long a session is said to last where an end is asked for."""
TOO_LATE = timedelta(hours=1)
"""After so long a lobby is not opened: the bot was off, and the evening is over."""


def place_of(reading: int) -> int:
    """Return where the date of a reading that is set aside waits: a number that is no channel's."""
    return -reading


@dataclass(frozen=True, slots=True)
class SessionDate:
    """When a group means to read: `at` is the next time, `began` the first of those that repeat.

    One that waits with a reading that is set aside has the place of that reading for its channel, which is none.
    `role` is pinged by the reminder, `event` is Discord's own scheduled event, where there are any. `id` is 0 until it
    is written down. `remind` is how long before it its channel is reminded, `message` the card that it stands as.
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
