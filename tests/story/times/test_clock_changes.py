"""Times that the clocks of a zone skip or show twice."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from story.times.phrases import read_time
from tests.story.times.moments import APIA, BERLIN, HAVANA, LORD_HOWE, NEW_YORK, NOW, utc


@pytest.mark.parametrize(
    ("text", "zone", "moment"),
    [
        ("2027-03-28 02:30", BERLIN, "2027-03-28 01:00"),
        ("2027-03-28 02:00", BERLIN, "2027-03-28 01:00"),
        ("2027-03-28 03:00", BERLIN, "2027-03-28 01:00"),
        ("2027-03-14 02:59", NEW_YORK, "2027-03-14 07:00"),
        ("2026-10-04 02:15", LORD_HOWE, "2026-10-03 15:30"),
        ("2027-03-14 00:00", HAVANA, "2027-03-14 05:00"),
    ],
)
def test_a_time_that_the_clocks_skip_is_the_first_after_them(text: str, zone: ZoneInfo, moment: str) -> None:
    assert read_time(text, NOW, zone) == utc(moment)


def test_a_day_that_a_zone_left_out_is_the_beginning_of_the_next() -> None:
    assert read_time("2011-12-30 20:00", utc("2011-12-01 00:00"), APIA) == utc("2011-12-30 10:00")


def test_a_time_that_the_clocks_show_twice_is_the_first() -> None:
    assert read_time("25 oct 2:30", NOW, BERLIN) == utc("2026-10-25 00:30")
    assert read_time("2026-11-01 01:30", NOW, NEW_YORK) == utc("2026-11-01 05:30")


def test_a_time_alone_is_to_come_also_while_midnight_is_shown_twice() -> None:
    again = utc("2026-11-01 05:10")  # Havana goes from 1:00 back to 0:00
    assert read_time("0:05", again, HAVANA) == utc("2026-11-02 05:05")


def test_hours_from_now_pass_whatever_the_clocks_do() -> None:
    before = utc("2026-10-24 22:00")
    assert read_time("in 12 hours", before, BERLIN) == before + timedelta(hours=12)
