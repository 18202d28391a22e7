"""Times as people write them in English; the other languages are in `test_languages.py`."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from story.errors import TimeInThePast, UnreadableTime
from story.times.phrases import read_time
from tests.story.times.moments import BERLIN, MOMENTS, NEW_YORK, NOW, PIECES, ZONES, berlin, utc


@pytest.mark.parametrize(
    ("text", "wall"),
    [
        # a clock alone is the next one
        ("8pm", "2026-07-01 20:00"),
        ("8 PM", "2026-07-01 20:00"),
        ("at 8 p.m.", "2026-07-01 20:00"),
        ("2pm", "2026-07-02 14:00"),
        ("15:00", "2026-07-02 15:00"),
        ("15:01", "2026-07-01 15:01"),
        ("19.30", "2026-07-01 19:30"),
        ("19h30", "2026-07-01 19:30"),
        ("noon", "2026-07-02 12:00"),
        ("midnight", "2026-07-02 00:00"),
        ("24:00", "2026-07-02 00:00"),
        ("0:00", "2026-07-02 00:00"),
        ("12am", "2026-07-02 00:00"),
        ("12pm", "2026-07-02 12:00"),
        ("at 9", "2026-07-02 09:00"),
        ("8 o'clock", "2026-07-02 08:00"),
        ("8 o’clock", "2026-07-02 08:00"),
        ("at eight", "2026-07-02 08:00"),
        ("twelve o'clock", "2026-07-02 12:00"),
        ("friday at eight pm", "2026-07-03 20:00"),
        # days by name
        ("today 20:00", "2026-07-01 20:00"),
        ("tomorrow at 19:30", "2026-07-02 19:30"),
        ("Tomorrow, 19:30", "2026-07-02 19:30"),
        ("19:30 tomorrow", "2026-07-02 19:30"),
        ("the day after tomorrow at noon", "2026-07-03 12:00"),
        ("today at midnight", "2026-07-02 00:00"),
        ("tomorrow 0:00", "2026-07-02 00:00"),
        ("tomorrow midnight", "2026-07-03 00:00"),
        ("in 3 days at 8pm", "2026-07-04 20:00"),
        ("in a week at 8pm", "2026-07-08 20:00"),
        ("8pm in 2 weeks", "2026-07-15 20:00"),
        # parts of a day
        ("tonight at 9", "2026-07-01 21:00"),
        ("tonight 9", "2026-07-01 21:00"),
        ("tonight at 19:30", "2026-07-01 19:30"),
        ("tonight at 9pm", "2026-07-01 21:00"),
        ("tonight at 12", "2026-07-02 00:00"),
        ("tonight at midnight", "2026-07-02 00:00"),
        ("tonight at 1", "2026-07-02 01:00"),
        ("tonight at 1am", "2026-07-02 01:00"),
        ("this evening 8:30", "2026-07-01 20:30"),
        ("this afternoon at 4", "2026-07-01 16:00"),
        ("this afternoon at 16:30", "2026-07-01 16:30"),
        ("tomorrow morning at 9", "2026-07-02 09:00"),
        ("tomorrow afternoon at 12", "2026-07-02 12:00"),
        ("friday night at 8", "2026-07-03 20:00"),
        ("friday in the evening at 8", "2026-07-03 20:00"),
        # weekdays
        ("friday 8pm", "2026-07-03 20:00"),
        ("on Friday at 8 pm", "2026-07-03 20:00"),
        ("8pm on friday", "2026-07-03 20:00"),
        ("Fri. 20:00", "2026-07-03 20:00"),
        ("tues 20:00", "2026-07-07 20:00"),
        ("this friday 20h", "2026-07-03 20:00"),
        ("this coming friday 20h", "2026-07-03 20:00"),
        ("the coming friday at 8pm", "2026-07-03 20:00"),
        ("next friday 20h", "2026-07-10 20:00"),
        ("friday next week 20h", "2026-07-10 20:00"),
        ("next monday 20h", "2026-07-06 20:00"),
        ("wednesday 8pm", "2026-07-01 20:00"),
        ("wednesday 2pm", "2026-07-08 14:00"),
        ("friday midnight", "2026-07-04 00:00"),
        ("friday 0:00", "2026-07-03 00:00"),
        # dates
        ("25 dec 20:00", "2026-12-25 20:00"),
        ("dec 25 8pm", "2026-12-25 20:00"),
        ("8 pm dec. 25", "2026-12-25 20:00"),
        ("25th of December at 8pm", "2026-12-25 20:00"),
        ("the 25th of december 2027 at 8pm", "2027-12-25 20:00"),
        ("December 25th, 2026, 20:00", "2026-12-25 20:00"),
        ("friday the 25th of december 2026 at 8:30 p.m.", "2026-12-25 20:30"),
        ("25. december 20:00", "2026-12-25 20:00"),
        ("3 july 10:00", "2026-07-03 10:00"),
        ("30 june 10:00", "2027-06-30 10:00"),
        ("29 feb 20:00", "2028-02-29 20:00"),
        ("2026-12-01 18:00", "2026-12-01 18:00"),
        ("2026-12-01T18:00", "2026-12-01 18:00"),
        ("2026/12/1 6pm", "2026-12-01 18:00"),
        ("1.12. 18:00", "2026-12-01 18:00"),
        ("01.12.2026 18.00", "2026-12-01 18:00"),
        ("8.12 10.11", "2026-12-08 10:11"),
        ("25/12 18:00", "2026-12-25 18:00"),
        ("12/25/2026 18:00", "2026-12-25 18:00"),
        ("8/8 18:00", "2026-08-08 18:00"),
        # from now
        ("in 2 hours", "2026-07-01 17:00"),
        ("in two hours", "2026-07-01 17:00"),
        ("in one hour and ten minutes", "2026-07-01 16:10"),
        ("in 2h", "2026-07-01 17:00"),
        ("in an hour", "2026-07-01 16:00"),
        ("in half an hour", "2026-07-01 15:30"),
        ("in 90 minutes", "2026-07-01 16:30"),
        ("in 1h30m", "2026-07-01 16:30"),
        ("in 1 hour and 30 mins", "2026-07-01 16:30"),
        ("in 24 hours", "2026-07-02 15:00"),
        ("friday in a week 8pm", "2026-07-10 20:00"),
        ("today in 2 weeks at 8pm", "2026-07-15 20:00"),
    ],
)
def test_a_time_is_read_as_people_write_it(text: str, wall: str) -> None:
    assert read_time(text, NOW, BERLIN) == berlin(wall)
    assert read_time(f"  {text.upper()}\n", NOW, BERLIN) == berlin(wall)


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "banana", "a", "may", "5", "25:00", "24:30", "19:60", "13pm", "0am", "at", "in", "soon"),
        *("friday 20", "friday 9", "9 friday", "2026-02-30 18:00", "31 feb 20:00", "31.4. 20:00", "12 foo 20:00"),
        *(
            "8pm xst",
            "8pm utc+15",
            "8pm utc+1:20",
            "est",
            "<t:soon>",
            "2026-12-01 18:00+01:00",
            "8pm 9pm",
            "friday friday 8pm",
            "next 8pm",
            "last friday 8pm",
        ),
        "5/6 20:00",  # which of the two is the month?
        "13/13 20:00",
        "thursday 25 dec 20:00",  # it is a Friday
        "1999-01-01 20:00",
        "in 99999999999999999999 hours",
        "8pm" + " " * 3 + "x" * 5000,
        "9" * 5000,
        "mar 8pm",  # a Tuesday, or March?
        "\ud800",
    ],
)
def test_what_is_not_understood_whole_is_refused(text: str) -> None:
    with pytest.raises(UnreadableTime) as unreadable:
        read_time(text, NOW, BERLIN)
    assert unreadable.value.asked == text
    assert not unreadable.value.lacks_time


@pytest.mark.parametrize(
    "text",
    ["friday", "25 dec", "tomorrow", "tonight", "2026-12-01", "8.12", "in 3 days", "next friday", "friday night"],
)
def test_a_day_without_a_time_is_refused_as_that(text: str) -> None:
    with pytest.raises(UnreadableTime) as unreadable:
        read_time(text, NOW, BERLIN)
    assert unreadable.value.lacks_time


@pytest.mark.parametrize(
    ("text", "wall"),
    [
        ("today 10:00", "2026-07-01 10:00"),
        ("today 15:00", "2026-07-01 15:00"),
        ("1 july 10:00", "2026-07-01 10:00"),
        ("yesterday 20:00", "2026-06-30 20:00"),
        ("2026-06-01 18:00", "2026-06-01 18:00"),
        ("this morning at 9", "2026-07-01 09:00"),
        ("in 0 minutes", "2026-07-01 15:00"),
    ],
)
def test_a_time_that_is_not_to_come_is_refused_and_said(text: str, wall: str) -> None:
    with pytest.raises(TimeInThePast) as past:
        read_time(text, NOW, BERLIN)
    assert (past.value.asked, past.value.when) == (text, berlin(wall))


def test_tonight_is_still_the_night_before_until_it_is_over() -> None:
    after_midnight = berlin("2026-07-02 00:10")
    assert read_time("tonight at 1", after_midnight, BERLIN) == berlin("2026-07-02 01:00")
    assert read_time("tonight at 9", after_midnight, BERLIN) == berlin("2026-07-02 21:00")


def test_tonight_is_not_tomorrow_night() -> None:
    with pytest.raises(TimeInThePast):
        read_time("tonight at 9", berlin("2026-07-01 22:00"), BERLIN)


def test_today_is_the_day_that_it_is_in_the_zone() -> None:
    late = utc("2026-07-01 23:30")
    assert read_time("today 20:00", late, BERLIN) == berlin("2026-07-02 20:00")
    assert read_time("today 20:00", late, NEW_YORK) == utc("2026-07-02 00:00")


def test_now_may_be_told_in_any_zone() -> None:
    assert read_time("8pm", NOW.astimezone(NEW_YORK), BERLIN) == berlin("2026-07-01 20:00")
    assert read_time("in 2 hours", NOW.astimezone(NEW_YORK), BERLIN).tzinfo is UTC


def read(text: str, now: datetime, zone: ZoneInfo) -> datetime | UnreadableTime | TimeInThePast:
    try:
        return read_time(text, now, zone)
    except (UnreadableTime, TimeInThePast) as refused:
        return refused


@given(st.one_of(st.text(), st.lists(PIECES, max_size=9).map(" ".join), st.lists(PIECES).map("".join)), MOMENTS, ZONES)
def test_any_text_is_a_time_to_come_or_refused(text: str, now: datetime, zone: ZoneInfo) -> None:
    moment = read(text, now, zone)
    if isinstance(moment, datetime):
        assert moment > now
        assert moment.tzinfo is UTC
        assert read_time(text, now, zone) == moment
    else:
        assert moment.asked == text


@given(MOMENTS, MOMENTS, ZONES)
def test_a_time_written_out_is_read_back(wanted: datetime, now: datetime, zone: ZoneInfo) -> None:
    wall = wanted.astimezone(zone).replace(second=0, microsecond=0, fold=0)
    moment = read(f"{wall:%Y-%m-%d %H:%M}", now, zone)
    if isinstance(moment, UnreadableTime):
        assert wall.year < 2000
    elif isinstance(moment, TimeInThePast):
        assert moment.when == wall.astimezone(UTC) <= now
    else:
        assert moment == wall.astimezone(UTC)
