"""Clocks on the wall: what they show at a moment, and when they show something."""

from bisect import bisect_left
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def wall_at(moment: datetime, zone: ZoneInfo) -> datetime:
    """Return what a clock on the wall of a zone shows at a moment."""
    return moment.astimezone(zone).replace(tzinfo=None, fold=0)


def moment_at(wall: datetime, zone: ZoneInfo) -> datetime:
    """Return the first moment, in UTC, at which a clock on the wall shows this, or a later time if it skips this."""
    moment = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if wall_at(moment, zone) == wall:
        return moment
    # Read with the other fold, by the clock as it is after the change, the same time lies before the change;
    # the change is somewhere between the two, at a whole second.
    early = wall.replace(tzinfo=zone, fold=1).astimezone(UTC).replace(microsecond=0)
    seconds = range(int((moment - early).total_seconds()) + 1)
    return early + timedelta(
        seconds=bisect_left(seconds, wall, key=lambda n: wall_at(early + timedelta(seconds=n), zone))
    )


def moment_on(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """Return the moment of a day, in UTC, at which the zone's clock shows a time, or a later one if it skips that."""
    return moment_at(datetime.combine(day, clock), zone)
