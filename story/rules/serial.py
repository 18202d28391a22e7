"""A serial: a reading whose sections come at a set time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from itertools import count
from typing import cast
from zoneinfo import ZoneInfo

from story.errors import NoDates
from story.model import Scene, Story
from story.rules.story_dates import Day, days_of, first_year
from story.times.phrases import read_clock_zoned
from story.times.series import Repeat, first_at, following
from story.times.wall import moment_on
from story.times.zones import known_zone

LAST_YEAR = 9000
"""The last year that a section can come in, so that there is always a day after it."""


class Every(StrEnum):
    """How often a section comes."""

    DAILY = "daily"
    WEEKDAYS = "weekdays"
    """Monday to Friday."""
    WEEKLY = "weekly"
    STORY = "story"
    """On the dates that the story's scenes have."""

    @property
    def repeat(self) -> Repeat:
        """The same as a `Repeat`; by the story's dates, any day can be one."""
        return Repeat.DAILY if self is Every.STORY else Repeat(self)


@dataclass(frozen=True, slots=True)
class Serial:
    """How often a section comes, since when, and in whose time zone; `began` is the first of these moments.

    If it goes by the story's dates, `year` is the year in which the first of them comes.
    """

    every: Every
    began: datetime
    zone: ZoneInfo
    year: int = 0

    @property
    def by_dates(self) -> bool:
        """Whether each section comes on the day of its scene."""
        return self.every is Every.STORY

    def next_after(self, moment: datetime) -> datetime:
        """Return when the next section comes. What was missed stays missed: one section comes at a time."""
        # What repeats always comes again.
        return cast("datetime", following(self.began, self.every.repeat, self.zone, moment))

    def comes(self, day: Day) -> datetime:
        """Return when the sections of a story's day come."""
        year = min(self.year + day.year, LAST_YEAR)
        return moment_on(_in_year(day, year), self.began.astimezone(self.zone).time(), self.zone)

    def next_of(self, days: Sequence[Day], since: datetime) -> datetime:
        """Return when the next of the days ahead comes, after a page that was posted `since`.

        If all of them are past, as after a section was taken back, the first comes again in a later year.
        """
        moments = (self.comes(day) for day in days)
        ahead = next((each for each in moments if each > since and each >= self.began), None)
        years = (self.comes(replace(days[0], year=days[0].year + n)) for n in count(1))
        return ahead or next(each for each in years if each > since)


def make_serial(every: Every, at: str, zone: str, now: datetime) -> Serial:
    """Make a serial from what somebody wrote: a time of day, perhaps with its zone, and a zone or city.

    Raises:
        UnreadableClock, UnknownZone: one of them makes no sense.
    """
    clock, there = read_clock_zoned(at, known_zone(zone))
    return Serial(every, first_at(clock, every.repeat, there, now), there)


def by_dates(serial: Serial, story: Story, ahead: Sequence[Scene], now: datetime) -> Serial:
    """Return a serial by a story's dates that begins with the next date after `now` among the scenes ahead.

    If the story covers several years, only the first of the years ahead counts.

    Raises:
        NoDates: no scene of the story has a date.
    """
    days = days_of(story)
    if not days:
        raise NoDates(story.title)
    coming = first_year(ahead_of(days, ahead or story.scenes))
    this_year = now.astimezone(serial.zone).year
    years = [replace(serial, year=this_year + n - day.year) for n in (0, 1) for day in coming]
    firsts = [(each.comes(day), each) for each, day in zip(years, coming * 2, strict=True)]
    began, begins = min((each for each in firsts if each[0] > now), key=lambda each: each[0])
    return replace(begins, began=began)


def ahead_of(days: Mapping[str, Day], scenes: Sequence[Scene]) -> list[Day]:
    """Return the days of some scenes, in their order."""
    return [days[scene.id] for scene in scenes]


def _in_year(day: Day, year: int) -> date:
    """Return a day in a year; 29 February becomes the 28th where there is no 29th."""
    try:
        return date(year, day.month, day.day)
    except ValueError:
        return date(year, day.month, day.day - 1)
