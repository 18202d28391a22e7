"""The days of a story, and when a serial by them comes."""

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from story.errors import NoDates
from story.model import SceneDate, Story
from story.rules.serial import Every, Serial, by_dates, make_serial
from story.rules.story_dates import Day, backwards, days_of
from tests.builders import linked, story

BERLIN = ZoneInfo("Europe/Berlin")


def dated(*dates: str) -> Story:
    """A story with a scene for each date, such as "3.5." or "3.5.1897"; "" is a scene without one."""
    tale = story(*["A"] * len(dates))
    scenes = zip(tale.scenes, dates, strict=True)
    return replace(tale, scenes=tuple(replace(scene, date=_date(date)) for scene, date in scenes))


def _date(text: str) -> SceneDate | None:
    day, month, year = (int(each) if each else None for each in (text or "0.0.").split("."))
    return SceneDate(day or 1, month or 1, year) if day else None


def days(tale: Story) -> list[tuple[int, int, int]]:
    return [(day.year, day.month, day.day) for day in days_of(tale).values()]


def back(tale: Story) -> list[str]:
    return [scene.id for scene in backwards(tale)]


def begun(tale: Story, now: str, ahead: int = 0, zone: str = "UTC") -> Serial:
    there = make_serial(Every.STORY, "8:00", zone, datetime.fromisoformat(now).replace(tzinfo=UTC))
    return by_dates(there, tale, tale.scenes[ahead:], datetime.fromisoformat(now).replace(tzinfo=UTC))


def first(tale: Story, now: str, ahead: int = 0) -> str:
    return f"{begun(tale, now, ahead).began:%Y-%m-%d %H:%M}"


def test_a_story_without_dates_has_no_days() -> None:
    assert days_of(dated("", "")) == {}
    assert back(dated("", "")) == []


def test_a_scene_without_a_date_is_of_the_day_of_the_one_before() -> None:
    assert days(dated("3.5.", "", "4.5.", "")) == [(0, 5, 3), (0, 5, 3), (0, 5, 4), (0, 5, 4)]


def test_what_comes_before_the_first_date_comes_with_it() -> None:
    assert days(dated("", "3.5.")) == [(0, 5, 3), (0, 5, 3)]


@pytest.mark.parametrize(
    ("dates", "years"),
    [
        (("3.11.", "24.12.", "6.1.", "1.2."), [0, 0, 1, 1]),
        (("3.5.1897", "6.11.1897", "6.11.1904"), [0, 0, 7]),
        (("20.12.", "3.1.1898", "4.1.1899"), [0, 1, 2]),
        (("3.5.1897", "20.12.", "4.1."), [0, 0, 1]),
    ],
)
def test_a_year_goes_by_where_it_is_said_or_where_a_date_is_long_before_the_last(
    dates: tuple[str, ...], years: list[int]
) -> None:
    tale = dated(*dates)
    assert [year for year, _, _ in days(tale)] == years
    assert back(tale) == []


@pytest.mark.parametrize("dates", [("3.5.", "2.5."), ("3.5.1897", "3.5.1896"), ("3.5.1897", "4.5.", "2.5.1897")])
def test_a_date_that_goes_backwards_is_found_and_comes_with_the_one_before(dates: tuple[str, ...]) -> None:
    tale = dated(*dates)
    assert back(tale) == [tale.scenes[-1].id]
    assert days(tale)[-1] == days(tale)[-2]


def test_the_ways_of_a_branch_have_days_of_their_own() -> None:
    tale = linked(dated("3.5.", "10.5.", "4.5.", "11.5."), (1, "23"), (2, "4"), (3, "4"))
    assert back(tale) == []
    assert days(tale) == [(0, 5, 3), (0, 5, 10), (0, 5, 4), (0, 5, 11)]


def test_a_date_that_is_backwards_on_one_way_of_two_is_found() -> None:
    tale = linked(dated("3.5.", "4.5.", "10.5.", "9.5."), (1, "23"), (2, "4"), (3, "4"))
    assert back(tale) == ["scene-4"]


def test_what_no_way_leads_to_has_no_day() -> None:
    assert list(days_of(linked(dated("3.5.", "4.5."), (1, "")))) == ["scene-1"]


@pytest.mark.parametrize(
    ("now", "comes"),
    [
        ("2026-02-01", "2026-05-03 08:00"),
        ("2026-05-03 07:59", "2026-05-03 08:00"),
        ("2026-05-03 08:00", "2026-08-10 08:00"),
        ("2026-08-11", "2027-05-03 08:00"),
    ],
)
def test_a_serial_begins_with_this_years_next_date(now: str, comes: str) -> None:
    assert first(dated("3.5.", "10.8."), now) == comes


@pytest.mark.parametrize(
    ("now", "comes", "year"), [("2026-01-02", "2026-01-06", 2025), ("2026-02-01", "2026-11-03", 2026)]
)
def test_a_winters_story_begins_in_the_middle_of_the_winter(now: str, comes: str, year: int) -> None:
    serial = begun(dated("3.11.", "24.12.", "6.1."), now)
    assert (f"{serial.began:%Y-%m-%d}", serial.year) == (comes, year)


def test_of_a_story_of_many_years_it_is_the_year_ahead_that_is_read() -> None:
    tale = dated("3.5.1890", "6.11.1890", "1.3.1894")
    assert first(tale, "2026-02-01") == "2026-05-03 08:00"
    assert first(tale, "2026-02-01", 1) == "2026-11-06 08:00"
    serial = begun(tale, "2026-02-01")
    assert serial.comes(days_of(tale)["scene-3"]) == datetime(2030, 3, 1, 8, tzinfo=UTC)


def test_a_story_at_its_end_begins_again_with_all_its_days() -> None:
    assert first(dated("3.5.", "10.8."), "2026-02-01", 2) == "2026-05-03 08:00"


def test_a_story_without_dates_is_refused() -> None:
    with pytest.raises(NoDates):
        begun(dated("", ""), "2026-02-01")


def test_the_29th_of_february_is_the_28th_where_there_is_none() -> None:
    assert first(dated("29.2."), "2026-02-01") == "2026-02-28 08:00"
    assert first(dated("29.2."), "2028-02-01") == "2028-02-29 08:00"


def test_the_time_on_the_wall_is_that_of_the_zone_all_year() -> None:
    tale = dated("3.2.", "3.5.")
    serial = begun(tale, "2026-01-01", zone="Europe/Berlin")
    moments = [serial.comes(day).astimezone(BERLIN).hour for day in days_of(tale).values()]
    assert moments == [8, 8]


def test_when_all_days_have_been_the_first_comes_next_year() -> None:
    serial = begun(dated("3.5.", "10.8."), "2026-02-01")
    assert serial.next_of([Day(0, 8, 10)], datetime(2026, 8, 10, 9, tzinfo=UTC)) == datetime(2027, 8, 10, 8, tzinfo=UTC)
    assert serial.next_of([Day(0, 8, 10)], datetime(2028, 9, 1, tzinfo=UTC)) == datetime(2029, 8, 10, 8, tzinfo=UTC)


def test_a_gap_of_thousands_of_years_still_has_an_end() -> None:
    serial = begun(dated("1.1.1", "1.1.9999"), "2026-02-01")
    assert serial.comes(Day(9998, 1, 1)).year == 9000
