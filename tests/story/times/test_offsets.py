"""Times with a zone of their own, and times as Discord writes them."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from story.errors import TimeInThePast, UnreadableClock
from story.times.phrases import read_clock_zoned, read_time, read_zoned

BERLIN = ZoneInfo("Europe/Berlin")
SUMMER = datetime(2026, 7, 1, 13, 0, tzinfo=UTC)
WINTER = datetime(2026, 12, 1, 13, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "text", ["8pm EST", "8 p.m. est", "20:00 EST", "8pm (EST)", "8pm EDT", "8pm ET", "8pm eastern time"]
)
def test_est_means_the_clocks_of_new_york_in_summer_and_winter(text: str) -> None:
    assert read_time(text, SUMMER, BERLIN) == datetime(2026, 7, 2, 0, 0, tzinfo=UTC)
    assert read_time(text, WINTER, BERLIN) == datetime(2026, 12, 2, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("friday 8pm PST", "2026-07-04 03:00"),
        ("8pm PST on friday", "2026-07-04 03:00"),
        ("8pm PT, friday", "2026-07-04 03:00"),
        ("friday 20:00 cst", "2026-07-04 01:00"),
        ("tomorrow 7pm MST", "2026-07-03 01:00"),
        ("20:00 UTC+2", "2026-07-01 18:00"),
        ("8pm UTC", "2026-07-01 20:00"),
        ("8pm gmt-3", "2026-07-01 23:00"),
        ("8pm UTC +5:30", "2026-07-01 14:30"),
        ("Freitag 20 Uhr MEZ", "2026-07-03 18:00"),
        ("20 Uhr MESZ am Freitag", "2026-07-03 18:00"),
        ("vendredi 20h CET", "2026-07-03 18:00"),
        ("midnight JST", "2026-07-01 15:00"),
        ("in 2 hours EST", "2026-07-01 15:00"),
    ],
)
def test_a_time_is_read_by_the_clocks_that_it_names(text: str, moment: str) -> None:
    assert read_time(text, SUMMER, ZoneInfo("Asia/Kolkata")) == datetime.fromisoformat(moment).replace(tzinfo=UTC)


@pytest.mark.parametrize("text", ["vendredi 8h et demie du soir", "pt 20:00", "piątek, 20:00", "25 dec 20:00"])
def test_a_word_that_looks_like_a_zone_is_none(text: str) -> None:
    assert read_zoned(text, SUMMER, BERLIN)[1] is BERLIN


def test_the_zone_that_a_time_names_comes_with_it() -> None:
    assert read_zoned("8pm EST", SUMMER, BERLIN)[1].key == "America/New_York"
    assert read_zoned("8pm", SUMMER, BERLIN)[1] is BERLIN


@pytest.mark.parametrize("stamp", ["<t:1798221600>", "<t:1798221600:F>", " <t:1798221600:R> "])
def test_a_time_is_read_as_discord_writes_it(stamp: str) -> None:
    assert read_time(stamp, SUMMER, BERLIN) == datetime(2026, 12, 25, 18, 0, tzinfo=UTC)


def test_a_time_of_discords_that_is_over_is_refused() -> None:
    with pytest.raises(TimeInThePast):
        read_time("<t:1>", SUMMER, BERLIN)


def test_a_clock_may_name_its_zone() -> None:
    assert read_clock_zoned("8pm PST", BERLIN) == (time(20), ZoneInfo("America/Los_Angeles"))
    assert read_clock_zoned("20 Uhr", BERLIN) == (time(20), BERLIN)
    with pytest.raises(UnreadableClock) as unreadable:
        read_clock_zoned("late EST", BERLIN)
    assert unreadable.value.asked == "late EST"
