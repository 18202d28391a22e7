"""The day of a scene in our own format: a block quote under the scene's title, `> Date: 3 May 1897`."""

import re
from dataclasses import dataclass
from datetime import date

from story.importing.blocks import Block
from story.model import SceneDate
from story.times.languages import in_english
from story.times.words import DAYS, MONTHS

EXPECTED = "`> Date: 3 May`, also with a year"
LONGEST = 60
"""The most characters of a date."""
LEAP_YEAR = 2000
"""A year that has every day."""

_LINE = re.compile(r"\s{0,3}>\s?\s*Date:(?P<date>.*)")
_WEEKDAY = rf"(?:(?:{'|'.join(DAYS)}),? )?(?:the )?"
_NUMBER = r"(?P<day>\d{1,2})(?:st|nd|rd|th|\.)?"
_MONTH = rf"(?P<month>{'|'.join(MONTHS)})"
_YEAR = r"(?:,? (?:of )?(?P<year>\d{1,4}))?"
_FORMS = (
    re.compile(rf"{_WEEKDAY}{_NUMBER} (?:of )?{_MONTH}{_YEAR}"),
    re.compile(rf"{_WEEKDAY}{_MONTH} (?:the )?{_NUMBER}{_YEAR}"),
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"),
    re.compile(r"(?P<day>\d{1,2})\. ?(?P<month>\d{1,2})\.(?: ?(?P<year>\d{4}))?"),
)


@dataclass(frozen=True, slots=True)
class Dated:
    """The date of a scene, the other lines under its title, and mistakes in the date, each with its line."""

    date: SceneDate | None
    others: list[str]
    mistakes: tuple[tuple[int, str], ...] = ()


def read_date(head: Block) -> Dated:
    """Read the date between a scene's title and its first POV."""
    others, found = list(head.lines), None
    mistakes: list[tuple[int, str]] = []
    for at, line in enumerate(head.lines):
        said = _LINE.fullmatch(line)
        if said is None:
            continue
        others[at] = ""
        if found:
            mistakes.append((head.first_line + at, "a second date of this scene"))
            continue
        found = _date(said["date"])
        if found is None:
            mistakes.append((head.first_line + at, f"expected {EXPECTED}"))
    return Dated(found, others, tuple(mistakes))


def written_date(day: SceneDate) -> str:
    """Return this date as the line that `read_date` reads."""
    year = f" {day.year}" if day.year is not None else ""
    return f"> Date: {day.day} {MONTHS[day.month - 1].title()}{year}"


def _date(text: str) -> SceneDate | None:
    words = " ".join(text.split())
    if len(words) > LONGEST:
        return None
    words = in_english(words)
    found = next((match for form in _FORMS if (match := form.fullmatch(words))), None)
    if found is None:
        return None
    month = int(found["month"]) if found["month"].isdecimal() else MONTHS.index(found["month"]) + 1
    year = int(found["year"]) if found["year"] else None
    try:
        date(LEAP_YEAR if year is None else year, month, int(found["day"]))
    except ValueError:
        return None
    return SceneDate(int(found["day"]), month, year)
