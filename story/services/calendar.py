"""Dates as a calendar file, iCalendar of RFC 5545, with repeats and time zones."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from icalendar import Calendar, Event

from story import __version__
from story.rules.session_date import LASTS, SessionDate
from story.times.series import Repeat, following

RULES: dict[Repeat, dict[str, str | list[str]]] = {
    Repeat.DAILY: {"FREQ": "DAILY"},
    Repeat.WEEKLY: {"FREQ": "WEEKLY"},
    Repeat.WEEKDAYS: {"FREQ": "WEEKLY", "BYDAY": ["MO", "TU", "WE", "TH", "FR"]},
}
"""How each kind of repeat is written."""
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Entry:
    """A date as a calendar shows it; `link` is the address of its place."""

    date: SessionDate
    title: str
    text: str
    link: str


def as_ics(entries: Iterable[Entry], now: datetime) -> bytes:
    """Return a file with these dates from the next time on, and with their zones."""
    calendar = Calendar()
    calendar.add("PRODID", f"-//Storyteller//{__version__}//EN")
    calendar.add("VERSION", "2.0")
    for entry in entries:
        for event in _events(entry, now):
            calendar.add_component(event)
    calendar.add_missing_timezones(first_date=now.date())
    return bytes(calendar.to_ical())


def _events(entry: Entry, now: datetime) -> Iterator[Event]:
    """Yield a date as one event, or as two if it first comes on a day that it does not repeat on.

    The series begins at its usual time of day. If the clocks skip that next time, the next time is at another, and the
    series begins where it first began.
    """
    date = entry.date
    next_time, began = date.at.astimezone(date.zone), date.began.astimezone(date.zone)
    if date.repeat is Repeat.NONE:
        yield _event(entry, next_time, now)
    elif date.repeat is Repeat.WEEKDAYS and next_time.weekday() >= SATURDAY:
        yield _event(entry, next_time, now, "first-")
        again = following(date.began, date.repeat, date.zone, date.at)
        yield _event(entry, (again or date.at).astimezone(date.zone), now, repeat=date.repeat)
    else:
        yield _event(entry, next_time if next_time.time() == began.time() else began, now, repeat=date.repeat)


def _event(entry: Entry, at: datetime, now: datetime, first: str = "", repeat: Repeat = Repeat.NONE) -> Event:
    event = Event()
    event.add("UID", f"{first}{entry.date.guild}-{entry.date.id}@storyteller")
    event.add("DTSTAMP", now)
    event.add("DTSTART", at)
    event.add("DURATION", LASTS)
    event.add("SUMMARY", entry.title)
    event.add("DESCRIPTION", f"{entry.text}\n{entry.link}")
    event.add("LOCATION", entry.link)
    event.add("URL", entry.link)
    if repeat in RULES:
        event.add("RRULE", RULES[repeat])
    return event
