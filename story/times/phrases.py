"""Times as people write them.

Times are in one of the bot's languages, and in the zone of whoever wrote them. A grammar of our own reads them: to
dateparser 1.5, "next friday 20h" is the 20th of the month, and to parsedatetime 2.6 it is 5:00 on a Saturday. Nobody
notices such a guess until nobody comes, so a text is refused unless all of it is understood. The grammar is English;
other languages are put into English first.

It looks nothing up but the time zone database, which it reads once.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from story.errors import TimeInThePast, UnreadableClock, UnreadableTime
from story.times.days import PART, Days, amount, read_days
from story.times.languages import in_english
from story.times.offsets import split_zone
from story.times.wall import moment_at, wall_at

LONGEST = 60
"""The most characters a time may have; "quarta-feira, 25 de novembro de 2026, às 8:30 da noite" has 54."""

HOUR = 60
HALF_DAY = 12 * HOUR
DAY = 24 * HOUR
DAWN = 5 * HOUR
"""Minutes of a day; an hour before dawn, said of a night, belongs to the next day."""

CLOCK = re.compile(
    r"(?P<hour>\d{1,2})(?:[:.h](?P<minute>[0-5]\d))?(?: ?(?:(?P<half>[ap])\.?m\.?|(?P<hours>h|o'clock)))?"
)
CLOCK_IN_THE = re.compile(rf"(?P<clock>.+?) {PART}")
ELAPSED = re.compile(
    r"in (?:(?P<hours>\d{1,4}|an?|half an) ?(?:hours?|hrs?|h))?"
    r"(?: ?(?:and )?(?P<minutes>\d{1,4}|a) ?(?:minutes?|mins?|m))?"
)

STAMP = re.compile(r"<t:(\d{1,11})(?::[tTdDfFRsS])?>")
"""A time as Discord writes it in messages: Unix seconds, and a style."""


@dataclass(frozen=True, slots=True)
class _Clock:
    """What a clock shows, in minutes since the day began; the midnight that ends the day is 24 hours."""

    minutes: int
    vague: bool = False
    """Whether it may be morning or afternoon; it is morning unless something else says."""
    bare: bool = False
    """Whether it is just a number, which is a time only after "at"."""
    part: str = ""
    """The part of the day named with it, as in "8 in the evening"."""


# ---- times


def read_time(text: str, now: datetime, zone: ZoneInfo) -> datetime:
    """As `read_zoned`, without the zone."""
    return read_zoned(text, now, zone)[0]


def read_zoned(text: str, now: datetime, zone: ZoneInfo) -> tuple[datetime, ZoneInfo]:
    """Return the moment after `now` that a text means, in UTC, and the zone whose clocks it goes by.

    That is `zone`, unless the text names one: "8pm EST". It may also be a time as Discord writes it, "<t:1798221600>".

    A time alone is the next one, and so is a weekday: "friday" can be today. "next friday" is in the week after this
    one; weeks begin on Monday. A day of a month without a year is the next such day. "9" is nine in the morning, unless
    it is said of an evening. "friday midnight" is when Friday ends, "friday 0:00" when it begins. A time that the
    clocks skip becomes the first one after; of one that they show twice, the first counts.

    Raises:
        UnreadableTime: it says no time, or only a day.
        TimeInThePast: it is not after `now`.
    """
    rest, own = split_zone(text)
    words = _words(rest)
    if words is None:
        raise UnreadableTime(text)
    now, zone = now.astimezone(UTC), own or zone
    elapsed, stamp = _elapsed(words), STAMP.fullmatch(text.strip())
    if stamp:
        moments = [datetime.fromtimestamp(int(stamp[1]), UTC)]
    else:
        moments = [now + elapsed] if elapsed is not None else _moments(text, words, now, zone)
    for moment in moments:
        if moment > now:
            return moment, zone
    raise TimeInThePast(text, moments[-1])


def _words(text: str) -> str | None:
    """Return a text as the grammar takes it, or None if it is too long to be a time."""
    words = " ".join(text.split())
    return re.sub(r"^(\d{4}-\d\d-\d\d)t(?=\d)", r"\1 ", in_english(words)) if len(words) <= LONGEST else None


def _elapsed(words: str) -> timedelta | None:
    """Read "in 2 hours"."""
    found = ELAPSED.fullmatch(words)
    if found is None or not any(found.groups()):
        return None
    hours, minutes = found["hours"], found["minutes"]
    if hours == "half an":
        return timedelta(minutes=amount(minutes) + HOUR // 2)
    return timedelta(hours=amount(hours), minutes=amount(minutes))


def _moments(text: str, words: str, now: datetime, zone: ZoneInfo) -> list[datetime]:
    """Read a clock, and a day before or after it; return the moments it may be, likeliest first."""
    today = wall_at(now, zone).date()
    if read_days(words, today):
        raise UnreadableTime(text, lacks_time=True)
    # Yesterday is for an hour after its midnight, "1 at night". The last is for an hour that clocks show twice about
    # midnight: tomorrow's has passed when today's comes again.
    coming = Days(tuple(today + timedelta(n) for n in (-1, 0, 1, 2)))
    for said_day, said_clock in _divisions(words.split()):
        clock = _clock(said_clock)
        days = read_days(said_day, today) if said_day else coming
        if clock is None or days is None or (clock.part and days.part):
            continue
        part = clock.part or days.part
        if part or not clock.bare or said_clock.startswith("at "):
            after_midnight = timedelta(minutes=_minutes(clock, part))
            return [moment_at(datetime.combine(day, time()) + after_midnight, zone) for day in days.days]
    raise UnreadableTime(text)


def _divisions(words: list[str]) -> Iterator[tuple[str, str]]:
    """Divide words into those of a day and those of a clock; in "8.12 10.30" the day comes first, as usual."""
    for at in range(len(words)):
        yield " ".join(words[:at]), " ".join(words[at:])
    for at in range(1, len(words)):
        yield " ".join(words[at:]), " ".join(words[:at])


def _minutes(clock: _Clock, part: str) -> int:
    """Return what a clock shows in a part of the day."""
    if part in {"evening", "night"}:
        minutes = clock.minutes % HALF_DAY if clock.vague else clock.minutes
        if minutes < DAWN:
            return minutes + DAY
        return minutes + HALF_DAY if clock.vague else minutes
    if part == "afternoon" and clock.vague and clock.minutes < HALF_DAY:
        return clock.minutes + HALF_DAY
    return clock.minutes


# ---- clocks


def read_clock(text: str) -> time:
    """Return the time of day that a text means: "19:30", "7.30 pm", "19h", "noon", or "9" for nine in the morning.

    Raises:
        UnreadableClock: it means none.
    """
    words = _words(text)
    clock = _clock(words) if words else None
    if clock is None:
        raise UnreadableClock(text)
    minutes = _minutes(clock, clock.part)
    return time(minutes % DAY // HOUR, minutes % HOUR)


def read_clock_zoned(text: str, zone: ZoneInfo) -> tuple[time, ZoneInfo]:
    """As `read_clock`, with the zone whose clock that is: `zone`, unless the text names one.

    Raises:
        UnreadableClock: it means none.
    """
    rest, own = split_zone(text)
    try:
        return read_clock(rest), own or zone
    except UnreadableClock:
        raise UnreadableClock(text) from None


def _clock(words: str) -> _Clock | None:
    words = words.removeprefix("at ")
    if found := CLOCK_IN_THE.fullmatch(words):
        clock = _clock(found["clock"])
        return replace(clock, part=found["part"]) if clock and not clock.part else None
    if words in {"noon", "midday", "midnight"}:
        return _Clock(DAY if words == "midnight" else HALF_DAY)
    found = CLOCK.fullmatch(words)
    if found is None:
        return None
    hour, minute, half = int(found["hour"]), int(found["minute"] or 0), found["half"]
    if half:
        return _Clock((hour % 12 + 12 * (half == "p")) * HOUR + minute) if 1 <= hour <= HALF_DAY // HOUR else None
    minutes = hour * HOUR + minute
    vague = 1 <= hour <= HALF_DAY // HOUR
    return _Clock(minutes, vague, not (found["minute"] or found["hours"])) if minutes <= DAY else None
