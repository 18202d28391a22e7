from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from story.errors import UnknownZone
from story.times.offsets import ABBREVIATIONS, HALF_HOURS, zone_name
from story.times.zones import MORE_CITIES, USUAL, known_zone, zones_like
from tests.builders import NOON


@pytest.mark.parametrize(
    ("text", "name"),
    [
        *[("Europe/Berlin", "Europe/Berlin"), ("europe/berlin", "Europe/Berlin"), ("berlin", "Europe/Berlin")],
        *[("new york", "America/New_York"), ("America/New York", "America/New_York"), ("NEW_YORK", "America/New_York")],
        *[
            ("utc", "UTC"),
            ("Etc/GMT+5", "Etc/GMT+5"),
            ("etc/gmt-5", "Etc/GMT-5"),
            (" São  Paulo ", "America/Sao_Paulo"),
        ],
        *[
            ("munich", "Europe/Berlin"),
            ("san francisco", "America/Los_Angeles"),
            ("Port au Prince", "America/Port-au-Prince"),
        ],
        *[("buenos aires", "America/Argentina/Buenos_Aires"), ("st. john's", "America/St_Johns")],
    ],
)
def test_a_zone_goes_by_its_name_and_its_city(text: str, name: str) -> None:
    assert known_zone(text).key == name


@pytest.mark.parametrize(
    "text", ["", "atlantis", "../etc/passwd", "Europe", "gmt+15", "utc-13", "localtime", "factory", "\0", "\ud800"]
)
def test_what_is_no_zone_is_refused(text: str) -> None:
    with pytest.raises(UnknownZone) as unknown:
        known_zone(text)
    assert unknown.value.asked == text


@pytest.mark.parametrize(
    ("text", "name"),
    [
        *[("EST", "America/New_York"), ("mst", "America/Denver"), ("PT", "America/Los_Angeles"), ("GMT", "UTC")],
        *[("UTC+2", "Etc/GMT-2"), ("gmt-5", "Etc/GMT+5"), ("utc +05:30", "Asia/Kolkata"), ("UTC+0", "UTC")],
        *[("UTC−3", "Etc/GMT+3"), ("MEZ", "Europe/Berlin"), ("Eastern Time", "America/New_York")],
    ],
)
def test_a_zone_goes_by_its_abbreviation_and_by_its_distance_from_utc(text: str, name: str) -> None:
    assert known_zone(text).key == name


def test_a_zone_by_its_distance_is_called_as_people_call_it() -> None:
    assert [zone_name(known_zone(each).key) for each in ("utc+2", "UTC-11", "berlin")] == [
        "UTC+2",
        "UTC-11",
        "Europe/Berlin",
    ]


def test_the_clocks_of_an_offset_show_what_it_says_all_year() -> None:
    for sign, name in HALF_HOURS.items():
        hours, minutes = sign[1:].split(":")
        apart = timedelta(hours=int(hours), minutes=int(minutes)) * (-1 if sign[0] == "-" else 1)
        for month in (1, 7):
            assert datetime(2026, month, 1, tzinfo=ZoneInfo(name)).utcoffset() == apart


def test_every_abbreviation_is_of_a_zone_and_of_one_only() -> None:
    assert set(ABBREVIATIONS) <= available_timezones()
    every = [name for names in ABBREVIATIONS.values() for name in names]
    assert len(every) == len(set(every))


def test_an_abbreviation_is_offered_as_its_zone() -> None:
    assert zones_like("pst", 1) == ["America/Los_Angeles"]


def test_every_zone_that_is_named_here_is_in_the_database() -> None:
    assert {*USUAL, *MORE_CITIES} <= available_timezones()


def test_cities_of_one_name_are_in_one_zone() -> None:
    for name in available_timezones():
        region, _, city = name.rpartition("/")
        if region.split("/")[0] in {"Africa", "America", "Asia", "Europe", "Pacific"}:
            clocks = {NOON.astimezone(zone).utcoffset() for zone in (ZoneInfo(name), known_zone(city))}
            assert len(clocks) == 1, name


def test_the_usual_zones_are_offered_before_anything_is_typed() -> None:
    assert zones_like("", 25)[: len(USUAL)] == list(USUAL)
    assert len(zones_like("", 25)) == 25


def test_zones_are_offered_by_what_was_typed_the_likeliest_first() -> None:
    assert zones_like("ber", 2) == ["Europe/Berlin", "Atlantic/Bermuda"]
    assert zones_like("new y", 5) == ["America/New_York"]
    assert zones_like("europe/be", 5) == ["Europe/Berlin", "Europe/Belfast", "Europe/Belgrade"]
    assert zones_like("munich", 5) == ["Europe/Berlin"]
    assert zones_like("rome", 1) == ["Europe/Rome"]
    assert zones_like("atlantis", 5) == []


@given(st.text(), st.integers(0, 25))
def test_what_is_offered_is_known(typed: str, limit: int) -> None:
    offered = zones_like(typed, limit)
    assert len(offered) <= limit
    assert [known_zone(name).key for name in offered] == offered
