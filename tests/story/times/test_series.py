"""What repeats: when a series comes round again, whatever the clocks do."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from story.times.series import Repeat, first_at, following
from tests.story.times.moments import APIA, BERLIN, HAVANA, LORD_HOWE, MOMENTS, NEW_YORK, NOW, ZONES, berlin, utc


def walls(at: str, repeat: Repeat, *, number: int) -> list[str]:
    """What clocks show at the moments that follow the first one of a series, such as "2026-07-01 20:00"."""
    moment: datetime | None = berlin(at)
    said = []
    for _ in range(number):
        assert moment is not None
        moment = following(berlin(at), repeat, BERLIN, moment)
        said.append("none" if moment is None else f"{moment.astimezone(BERLIN):%a %Y-%m-%d %H:%M}")
    return said


def test_a_series_begins_with_its_first_moment_whichever_day_that_is() -> None:
    saturday = berlin("2026-07-04 20:00")
    for repeat in Repeat:
        assert following(saturday, repeat, BERLIN, saturday - timedelta(days=400)) == saturday


def test_what_does_not_repeat_does_not_come_again() -> None:
    assert walls("2026-07-01 20:00", Repeat.NONE, number=1) == ["none"]


def test_a_daily_series_keeps_its_time_where_the_clocks_change() -> None:
    assert walls("2026-10-24 20:00", Repeat.DAILY, number=2) == ["Sun 2026-10-25 20:00", "Mon 2026-10-26 20:00"]


def test_a_time_that_is_skipped_is_the_first_after_and_the_usual_one_the_next_day() -> None:
    assert walls("2027-03-27 02:30", Repeat.DAILY, number=2) == ["Sun 2027-03-28 03:00", "Mon 2027-03-29 02:30"]


def test_a_time_that_is_shown_twice_comes_once() -> None:
    assert walls("2026-10-24 02:30", Repeat.DAILY, number=2) == ["Sun 2026-10-25 02:30", "Mon 2026-10-26 02:30"]
    assert following(berlin("2026-10-24 02:30"), Repeat.DAILY, BERLIN, utc("2026-10-25 00:00")) == utc(
        "2026-10-25 00:30"
    )


def test_a_series_that_began_in_the_second_of_two_hours_takes_the_first_ones_after() -> None:
    second = utc("2026-10-25 01:30")
    assert following(second, Repeat.WEEKLY, BERLIN, second) == berlin("2026-11-01 02:30")


def test_a_weekly_series_stays_on_its_weekday() -> None:
    assert walls("2026-12-24 20:00", Repeat.WEEKLY, number=2) == ["Thu 2026-12-31 20:00", "Thu 2027-01-07 20:00"]


def test_a_weekly_series_is_on_the_weekday_that_it_has_in_the_zone() -> None:
    late = utc("2026-07-01 22:30")  # Thursday in Berlin
    assert following(late, Repeat.WEEKLY, BERLIN, late) == berlin("2026-07-09 00:30")


def test_weekdays_leave_out_the_weekend() -> None:
    assert walls("2026-07-02 20:00", Repeat.WEEKDAYS, number=2) == ["Fri 2026-07-03 20:00", "Mon 2026-07-06 20:00"]
    assert walls("2026-07-04 20:00", Repeat.WEEKDAYS, number=1) == ["Mon 2026-07-06 20:00"]


def test_a_leap_day_is_a_day_like_any_other() -> None:
    assert walls("2028-02-28 20:00", Repeat.DAILY, number=2) == ["Tue 2028-02-29 20:00", "Wed 2028-03-01 20:00"]
    assert walls("2028-02-22 20:00", Repeat.WEEKLY, number=1) == ["Tue 2028-02-29 20:00"]


def test_a_series_that_slept_for_centuries_is_found_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[date] = []

    def moment_on(day: date, clock: time, zone: ZoneInfo) -> datetime:
        asked.append(day)
        return datetime.combine(day, clock, zone).astimezone(UTC)

    monkeypatch.setattr("story.times.series.moment_on", moment_on)
    assert following(NOW, Repeat.WEEKLY, BERLIN, utc("2926-01-01 00:00")) is not None
    assert len(asked) < 4


CHANGES = st.sampled_from(
    [
        *[(BERLIN, "2027-03-28 01:00"), (BERLIN, "2026-10-25 01:00"), (NEW_YORK, "2027-03-14 07:00")],
        *[(NEW_YORK, "2026-11-01 06:00"), (LORD_HOWE, "2026-10-03 15:30"), (LORD_HOWE, "2026-04-04 15:00")],
        *[(HAVANA, "2027-03-14 05:00"), (HAVANA, "2026-11-01 05:00"), (APIA, "2011-12-30 10:00")],
        *[(ZoneInfo("Africa/Casablanca"), "2027-02-07 02:00"), (ZoneInfo("Europe/Dublin"), "2028-02-29 00:00")],
        *[(ZoneInfo("America/St_Johns"), "2006-10-29 02:31"), (ZoneInfo("America/Toronto"), "1919-03-31 04:30")],
    ]
)
NEAR = st.timedeltas(timedelta(days=-9), timedelta(days=9))


@st.composite
def series(draw: st.DrawFn) -> tuple[ZoneInfo, datetime, datetime]:
    """A zone and two moments: anywhere, or near a change of the clocks or a leap day."""
    if draw(st.booleans()):
        zone, change = draw(CHANGES)
        return zone, utc(change) + draw(NEAR), utc(change) + draw(NEAR)
    at = draw(MOMENTS)
    return draw(ZONES), at, at + draw(st.timedeltas(timedelta(days=-20), timedelta(days=800)))


def shown(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment.astimezone(zone).replace(tzinfo=None, fold=0)


def naive_moment(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """The first moment at which this or a later time is shown, found with the change of the clocks at a minute."""
    wall = datetime.combine(day, clock)
    moment = wall.replace(tzinfo=zone).astimezone(UTC)
    if shown(moment, zone) == wall:
        return moment
    moment = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)
    whole = moment.replace(second=0, microsecond=0)
    return next(each for n in count() if shown(each := whole + timedelta(minutes=n), zone) > wall)


def naive_following(at: datetime, repeat: Repeat, zone: ZoneInfo, after: datetime) -> datetime | None:
    """What `following` is to find, found by going through all days of the series."""
    if at > after:
        return at
    began = at.astimezone(zone)
    for n in range(1, (after - at).days + 20):
        day = began.date() + timedelta(n)
        if {
            Repeat.NONE: False,
            Repeat.DAILY: True,
            Repeat.WEEKLY: n % 7 == 0,
            Repeat.WEEKDAYS: day.isoweekday() <= 5,
        }[repeat] and (moment := naive_moment(day, began.time().replace(fold=0), zone)) > after:
            return moment
    return None


@given(series(), st.sampled_from(Repeat))
@example((APIA, utc("2011-12-25 06:00"), utc("2011-12-30 09:59")), Repeat.DAILY)
@example((HAVANA, utc("2026-10-25 04:30"), utc("2026-11-01 05:10")), Repeat.DAILY)
def test_no_moment_of_a_series_is_left_out(drawn: tuple[ZoneInfo, datetime, datetime], repeat: Repeat) -> None:
    zone, at, after = drawn
    assert following(at, repeat, zone, after) == naive_following(at, repeat, zone, after)


@given(series(), st.sampled_from([Repeat.DAILY, Repeat.WEEKLY, Repeat.WEEKDAYS]))
def test_a_moment_is_after_and_at_the_usual_time_unless_that_is_skipped(
    drawn: tuple[ZoneInfo, datetime, datetime], repeat: Repeat
) -> None:
    zone, at, after = drawn
    moment = following(at, repeat, zone, after)
    assert moment is not None
    assert moment > after
    assert moment.tzinfo is UTC
    assert moment == following(at, repeat, zone, moment - timedelta(microseconds=1))
    wall, usual = shown(moment, zone), shown(at, zone).time()
    if wall.time() != usual:
        assert shown(moment - timedelta(microseconds=1), zone) + timedelta(microseconds=1) < wall
    elif moment != at and repeat is Repeat.WEEKLY:
        assert wall.weekday() == shown(at, zone).weekday()
    elif moment != at and repeat is Repeat.WEEKDAYS:
        assert wall.weekday() < 5


def test_a_serial_begins_at_the_next_time_that_its_clock_shows() -> None:
    assert first_at(time(20), Repeat.WEEKLY, BERLIN, NOW) == berlin("2026-07-01 20:00")
    assert first_at(time(15), Repeat.DAILY, BERLIN, NOW) == berlin("2026-07-02 15:00")
    assert first_at(time(2, 30), Repeat.NONE, BERLIN, berlin("2027-03-28 01:00")) == berlin("2027-03-28 03:00")


def test_a_serial_on_weekdays_begins_on_one() -> None:
    assert first_at(time(20), Repeat.WEEKDAYS, BERLIN, berlin("2026-07-03 20:00")) == berlin("2026-07-06 20:00")


@given(st.times(), st.sampled_from(Repeat), ZONES, MOMENTS)
def test_a_serial_begins_after_now_and_goes_on_as_a_series(
    clock: time, repeat: Repeat, zone: ZoneInfo, after: datetime
) -> None:
    first = first_at(clock, repeat, zone, after)
    assert after < first < after + timedelta(days=5)
    assert following(first, repeat, zone, after) == first
