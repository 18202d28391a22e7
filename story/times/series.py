"""What repeats, and when it comes round again."""

from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import count
from zoneinfo import ZoneInfo

from story.times.days import WEEK
from story.times.wall import moment_on, wall_at
from story.times.words import DAYS


class Repeat(StrEnum):
    """How often something repeats."""

    NONE = "none"
    DAILY = "daily"
    WEEKLY = "weekly"
    WEEKDAYS = "weekdays"
    """Monday to Friday."""


def following(at: datetime, repeat: Repeat, zone: ZoneInfo, after: datetime) -> datetime | None:
    """Return the first moment after `after` of the series that began at `at`, in UTC, or None if there is none.

    The first moment is `at`, on any day. The others are at the same time of day in the zone, even if the clocks have
    changed since. If the clocks skip that time on a day, the moment is the first one after.
    """
    if after < at:
        return at.astimezone(UTC)
    if repeat is Repeat.NONE:
        return None
    began, today = wall_at(at, zone), wall_at(after, zone).date()
    step = WEEK if repeat is Repeat.WEEKLY else 1
    return _first(today - timedelta((today - began.date()).days % step), step, began.time(), repeat, zone, after)


def first_at(clock: time, repeat: Repeat, zone: ZoneInfo, after: datetime) -> datetime:
    """Return the first moment after `after` at which the clock shows this time in the zone, in UTC.

    It falls on a day that the series has: Monday to Friday for weekdays, any day for the others.
    """
    return _first(wall_at(after, zone).date(), 1, clock, repeat, zone, after)


def _first(  # noqa: PLR0913, PLR0917 - two callers, a line each
    start: date, step: int, clock: time, repeat: Repeat, zone: ZoneInfo, after: datetime
) -> datetime:
    """Step from a day close by to the first whose moment is after `after`, a few days at most."""
    days = (start + timedelta(step * n) for n in count())
    wanted = (day for day in days if repeat is not Repeat.WEEKDAYS or day.weekday() < DAYS.index("saturday"))
    moments = (moment_on(day, clock, zone) for day in wanted)
    return next(moment for moment in moments if moment > after)
