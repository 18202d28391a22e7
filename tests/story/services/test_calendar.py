"""Dates as a file for a calendar: read again as a calendar program does, and compared with when they come."""

from datetime import UTC, datetime, timedelta
from typing import Any

import icalendar
import pytest

from story.rules.session_date import SessionDate
from story.services.calendar import Entry, as_ics
from story.times.series import Repeat, following
from story.times.zones import known_zone
from tests.builders import NOON

LINK = "https://discord.com/channels/1/2/3"
DAY = timedelta(days=1)


def date(at: datetime, repeat: Repeat = Repeat.NONE, zone: str = "Berlin", **more: Any) -> SessionDate:
    return SessionDate(2, 1, 3, at, more.pop("began", at), repeat, known_zone(zone), id=7, **more)


def calendar(*dates: SessionDate, title: str = "Reading A Tale") -> Any:
    entries = [Entry(each, title, "Everyone's welcome!", LINK) for each in dates]
    return icalendar.Calendar.from_ical(as_ics(entries, NOON).decode())


def events(*dates: SessionDate) -> list[Any]:
    return list(calendar(*dates).walk("VEVENT"))


def starts(event: Any, number: int) -> list[datetime]:
    """When an event begins and the first times that it comes round, as RFC 5545 has it: by the clock on the wall."""
    first = event["DTSTART"].dt
    found = [first]
    rule = event["RRULE"]
    days = rule.get("BYDAY", ["MO", "TU", "WE", "TH", "FR", "SA", "SU"])
    step = 7 if rule["FREQ"] == ["WEEKLY"] and "BYDAY" not in rule else 1
    moment = first.replace(tzinfo=None)
    while len(found) < number:
        moment += step * DAY
        if ("MO", "TU", "WE", "TH", "FR", "SA", "SU")[moment.weekday()] in days:
            found.append(moment.replace(tzinfo=first.tzinfo))
    return [each.astimezone(UTC) for each in found]


def comes(session_date: SessionDate, number: int) -> list[datetime]:
    """When a date comes, from its next time on."""
    found = [session_date.at]
    while len(found) < number:
        again = following(session_date.began, session_date.repeat, session_date.zone, found[-1])
        assert again
        found.append(again)
    return found


def test_a_date_is_an_event_with_its_zone_its_place_and_two_hours() -> None:
    [event] = events(date(NOON))
    assert event["DTSTART"].params["TZID"] == "Europe/Berlin"
    assert event["DTSTART"].dt == NOON
    assert event["DURATION"].dt == timedelta(hours=2)
    assert (event["SUMMARY"], event["URL"], event["DTSTAMP"].dt) == ("Reading A Tale", LINK, NOON)
    assert "RRULE" not in event


def test_a_zone_is_described_with_its_changes_of_the_clock() -> None:
    [zone] = calendar(date(NOON), date(NOON + DAY)).walk("VTIMEZONE")
    assert zone["TZID"] == "Europe/Berlin"
    assert {part.name for part in zone.subcomponents} == {"STANDARD", "DAYLIGHT"}


def test_utc_needs_no_description() -> None:
    written = as_ics([Entry(date(NOON, zone="UTC"), "A", "B", LINK)], NOON)
    assert b"DTSTART:20260101T120000Z" in written
    assert b"VTIMEZONE" not in written


@pytest.mark.parametrize("repeat", [Repeat.DAILY, Repeat.WEEKLY, Repeat.WEEKDAYS])
def test_what_repeats_comes_when_the_bot_has_it_come_also_where_the_clocks_change(repeat: Repeat) -> None:
    evening = date(datetime(2026, 3, 25, 19, tzinfo=UTC), repeat)
    [event] = events(evening)
    assert starts(event, 10) == comes(evening, 10)


def test_a_series_that_is_under_way_begins_with_its_next_time() -> None:
    began = datetime(2025, 12, 5, 19, tzinfo=UTC)
    under_way = date(began + 35 * DAY, Repeat.WEEKLY, began=began)
    [event] = events(under_way)
    assert event["DTSTART"].dt == under_way.at


def test_a_series_from_monday_to_friday_that_begins_on_a_weekend_is_one_time_and_the_series() -> None:
    saturday = date(datetime(2026, 1, 3, 19, tzinfo=UTC), Repeat.WEEKDAYS)
    first, series = events(saturday)
    assert (first["DTSTART"].dt, "RRULE" in first) == (saturday.at, False)
    assert [first["DTSTART"].dt, *starts(series, 9)] == comes(saturday, 10)
    assert first["UID"] != series["UID"]


def test_a_series_whose_next_time_the_clocks_skip_keeps_its_time_of_day() -> None:
    began = datetime(2026, 3, 22, 1, 30, tzinfo=UTC)
    skipped = date(datetime(2026, 3, 29, 1, tzinfo=UTC), Repeat.WEEKLY, began=began)
    [event] = events(skipped)
    assert event["DTSTART"].dt == began


def test_a_date_keeps_its_number_when_it_moves_so_that_it_is_not_doubled() -> None:
    assert events(date(NOON))[0]["UID"] == events(date(NOON + DAY))[0]["UID"] == "1-7@storyteller"


def test_a_title_of_any_letters_and_length_is_read_as_it_was_written() -> None:
    title = "Wir lesen; „Zimmer, 241“ 字" * 9
    [event] = calendar(date(NOON), title=title).walk("VEVENT")
    assert event["SUMMARY"] == title
    assert all(len(line) <= 75 for line in as_ics([Entry(date(NOON), title, "", LINK)], NOON).split(b"\r\n"))
