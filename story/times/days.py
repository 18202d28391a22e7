"""Days as people write them, in English: by name, from today on, and as dates."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from story.times.words import DAYS, MONTHS

WEEK = 7
FROM_TODAY = {"yesterday": -1, "today": 0, "tomorrow": 1, "day after tomorrow": 2}

IN_DAYS = re.compile(r"in (?P<many>\d{1,4}|a) ?(?P<unit>day|week)s?")
LATER = re.compile(r"(?P<day>.+) in (?P<many>\d{1,2}|a) weeks?")
PART = r"(?:in the |at )?(?P<part>morning|afternoon|evening|night)"
IN_THE = re.compile(rf"(?P<day>.+?) {PART}")
YEAR_FIRST = re.compile(r"(?P<year>20\d\d)[-/](?P<month>\d{1,2})[-/](?P<day>\d{1,2})")
DOTTED = re.compile(r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})(?:\.(?P<year>20\d\d)?)?")
SLASHED = re.compile(r"(?P<one>\d{1,2})/(?P<other>\d{1,2})(?:/(?P<year>20\d\d))?")
NUMBER = r"(?:the )?(?P<day>\d{1,2})(?:st|nd|rd|th|\.)?"
MONTH = rf"(?P<month>{'|'.join(MONTHS)})"
YEAR = r"(?: (?:of )?(?P<year>20\d\d))?"
DAY_MONTH = re.compile(rf"{NUMBER} (?:of )?{MONTH}{YEAR}")
MONTH_DAY = re.compile(rf"{MONTH} {NUMBER}{YEAR}")


@dataclass(frozen=True, slots=True)
class Days:
    """The days that may be meant, likeliest first, and the part of the day."""

    days: tuple[date, ...]
    part: str = ""


def read_days(words: str, today: date) -> Days | None:
    """Read a day, and the part of it if that is named; None if the words say no day."""
    words = words.removeprefix("on ").removeprefix("the ")
    if words in {"tonight", "this evening"}:
        # after midnight, "tonight at 1" still belongs to the evening before, if it is to come
        return Days((today - timedelta(1), today), "night")
    if words in {"this morning", "this afternoon"}:
        return Days((today,), words.removeprefix("this "))
    found = IN_THE.fullmatch(words)
    days = _whole_days(found["day"] if found else words, today)
    return Days(days, found["part"] if found else "") if days else None


def amount(word: str | None) -> int:
    """Return the number that a word says: no word is 0, "a" is 1."""
    return 0 if word is None else int(word) if word.isdecimal() else 1


def _whole_days(words: str, today: date) -> tuple[date, ...]:  # noqa: PLR0911 - a table
    if words in FROM_TODAY:
        return (today + timedelta(FROM_TODAY[words]),)
    if found := IN_DAYS.fullmatch(words):
        return (today + timedelta(amount(found["many"]) * (WEEK if found["unit"] == "week" else 1)),)
    if found := LATER.fullmatch(words):
        weeks = timedelta(amount(found["many"]) * WEEK)
        return tuple(day + weeks for day in _whole_days(found["day"], today))
    first, _, rest = words.removeprefix("this ").partition(" ")
    if first in DAYS and rest not in {"", "next week"}:
        return tuple(day for day in _dates(rest, today) if day.weekday() == DAYS.index(first))
    if first in DAYS:
        return _weekdays(DAYS.index(first), today, next_week=bool(rest))
    if rest in DAYS and first in {"coming", "next"}:
        return _weekdays(DAYS.index(rest), today, next_week=first == "next")
    return _dates(words, today)


def _weekdays(weekday: int, today: date, *, next_week: bool) -> tuple[date, ...]:
    if next_week:
        return (today + timedelta(WEEK - today.weekday() + weekday),)
    first = today + timedelta((weekday - today.weekday()) % WEEK)
    return first, first + timedelta(WEEK)


def _dates(words: str, today: date) -> tuple[date, ...]:
    """Read a date; "5/6" is refused, as it is the fifth of June to some and the sixth of May to others."""
    if found := YEAR_FIRST.fullmatch(words) or DOTTED.fullmatch(words):
        return _in_year(found["year"], int(found["month"]), int(found["day"]), today)
    if found := SLASHED.fullmatch(words):
        one, other = int(found["one"]), int(found["other"])
        either = {*_in_year(found["year"], one, other, today), *_in_year(found["year"], other, one, today)}
        return tuple(either) if len(either) == 1 else ()
    if found := DAY_MONTH.fullmatch(words) or MONTH_DAY.fullmatch(words):
        return _in_year(found["year"], MONTHS.index(found["month"]) + 1, int(found["day"]), today)
    return ()


def _in_year(year: str | None, month: int, day: int, today: date) -> tuple[date, ...]:
    """Return the date in a year, or the next one in any year: 29 February is at most eight years away."""
    years = [int(year)] if year else range(today.year, today.year + 9)
    dates = (found for each in years if (found := _date(each, month, day)) and (year or found >= today))
    return tuple(dates)[:1]


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
