"""Zones and moments that the tests of times have in common."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo, available_timezones

from hypothesis import strategies as st

BERLIN = ZoneInfo("Europe/Berlin")
NEW_YORK = ZoneInfo("America/New_York")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")
"""Its clocks change by half an hour."""
HAVANA = ZoneInfo("America/Havana")
"""Its clocks change at midnight, so that there are days without a 0:00 and days with two."""
APIA = ZoneInfo("Pacific/Apia")
"""It went over the date line: 30 December 2011 was no day there."""
NOW = datetime(2026, 7, 1, 13, 0, tzinfo=UTC)
"""A Wednesday, 15:00 in Berlin."""

PIECES = st.sampled_from(
    [
        *("in", "on", "at", "the", "of", "a", "an", "half", "and", "this", "next", "last"),
        *("tonight", "today", "tomorrow"),
        *("yesterday", "week", "weeks", "days", "hours", "minutes", "h", "m", "morning", "afternoon", "night", "noon"),
        *("midnight", "friday", "mon", "dec", "february", "29", "30", "31", "25th", "1st", "0", "00", "7", "8", "8pm"),
        *("12am", "19:30", "7.30", "pm", "am", ".", ":", ",", "/", "-", "2026", "2026-12-01", "1999-01-01", "31.12."),
        *("29.2.", "29/2", "5/6", "8.12", "9999", "999999999999", "٣", "²", "½", "Ⅷ", "24:00", "24h", "o’clock"),
    ]
)
"""What times are written with, and what looks like it."""
MOMENTS = st.datetimes(datetime(1975, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - as it asks
ZONES = st.sampled_from(sorted(available_timezones())).map(ZoneInfo)


def berlin(text: str) -> datetime:
    """The moment of a wall clock in Berlin, such as "2026-07-01 15:00"."""
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN).astimezone(UTC)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
