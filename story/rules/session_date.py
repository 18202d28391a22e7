"""An appointment: when a group means to sit down in a channel."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from story.times.phrases import Repeat


@dataclass(frozen=True, slots=True)
class SessionDate:
    """When a group means to sit down: `at` is the next time, `began` the first of those that repeat.

    `role` is pinged by the reminder, `event` is Discord's own scheduled event, where there are any.
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
    reminded: bool = False
