"""A serial: a reading whose sections come by themselves, at a set time."""

from dataclasses import dataclass
from datetime import datetime
from typing import cast
from zoneinfo import ZoneInfo

from story.times.phrases import Repeat, first_at, following, read_clock_zoned
from story.times.zones import known_zone


@dataclass(frozen=True, slots=True)
class Serial:
    """How often a section comes, since when, and in whose time zone; `began` is the first of these moments."""

    every: Repeat
    began: datetime
    zone: ZoneInfo

    def next_after(self, moment: datetime) -> datetime:
        """Return when the next section comes. What was missed is missed: it is never more than one at a time."""
        # What repeats always comes again.
        return cast("datetime", following(self.began, self.every, self.zone, moment))


def make_serial(every: Repeat, at: str, zone: str, now: datetime) -> Serial:
    """Make a serial of what somebody wrote: a time of day, perhaps with a zone, and else a zone or city.

    Raises:
        UnreadableClock, UnknownZone: one of them cannot be understood.
    """
    clock, there = read_clock_zoned(at, known_zone(zone))
    return Serial(every, first_at(clock, every, there, now), there)
