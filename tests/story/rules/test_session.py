from dataclasses import replace
from datetime import timedelta

from story.rules.ballot import Ballot
from story.rules.presses import Press, Presses
from story.rules.session import PATIENCE_AT_LEAST, Attendance, Reader, Session, patience
from tests.builders import NOON, options_of, place, scene

MINUTE = timedelta(minutes=1)


def session(*readers: tuple[int, float], host: int = 1, paused: bool = False) -> Session:
    """A session of members, each with the minutes after noon at which they were last active."""
    joined = tuple(Reader(member, NOON + active * MINUTE) for member, active in readers)
    return Session(7, 1, 2, host, joined, began_at=NOON, paused=paused)


def attendance(held: Session, minutes: float, shown: float = 0) -> Attendance:
    return Attendance(held, NOON + shown * MINUTE, 3 * MINUTE, NOON + minutes * MINUTE)


def ballot(held: Session, *presses: Press, told_by: str = "AB", minutes: float = 1) -> Ballot:
    return Ballot(options_of(scene(2, told_by)), place("1A"), Presses(presses), attendance=attendance(held, minutes))


def test_patience_is_twice_the_reading_time_and_at_least_three_minutes() -> None:
    assert patience(0) == patience(300) == PATIENCE_AT_LEAST == timedelta(minutes=3)
    assert patience(2300) == timedelta(minutes=20)


def test_who_does_nothing_for_longer_than_patience_is_away() -> None:
    held = session((1, 0), (2, 2))
    assert attendance(held, 2.9).present == (1, 2)
    assert attendance(held, 3).away == (1,)
    assert attendance(held, 5).away == (1, 2)


def test_patience_begins_anew_with_every_page() -> None:
    assert attendance(session((1, 0)), minutes=12, shown=10).present == (1,)


def test_it_is_time_to_look_again_when_the_next_may_be_away() -> None:
    assert attendance(session((1, 0), (2, 2)), 1).look_at == NOON + 3 * MINUTE
    assert attendance(session((1, 0), (2, 2)), 4).look_at == NOON + 5 * MINUTE
    assert attendance(session((1, 0)), 9).look_at is None


def test_if_the_host_is_away_who_joined_first_is_host() -> None:
    held = session((1, 0), (2, 5), (3, 5))
    assert attendance(held, 1).host == 1
    assert attendance(held, 4).host == 2
    assert attendance(held, 60).host == 1


def test_everyone_present_must_have_answered() -> None:
    held = session((1, 0), (2, 0))
    assert not ballot(held).complete
    assert not ballot(held, Press(1, "anna")).complete
    assert not ballot(held, Press(1, "anna"), Press(2)).complete
    assert ballot(held, Press(1, "anna"), Press(2, "ben")).complete
    assert ballot(held, Press(1, "anna"), Press(2, ready=True)).complete


def test_where_there_is_nothing_to_choose_a_next_is_enough() -> None:
    assert ballot(session((1, 0)), Press(1, ready=True), told_by="A").complete


def test_nobody_waits_for_who_is_away() -> None:
    held = session((1, 5), (2, 0))
    assert ballot(held, Press(1, "anna"), minutes=4).complete


def test_nothing_turns_where_everybody_is_away_and_nobody_answered() -> None:
    assert not ballot(session((1, 0)), minutes=10).complete


def test_nothing_turns_while_the_session_pauses() -> None:
    assert not ballot(session((1, 0), paused=True), Press(1, ready=True)).complete


def test_who_is_there_and_has_not_answered_is_waited_for() -> None:
    shown = ballot(session((1, 5), (2, 0), (3, 5)), Press(1, "ben"), minutes=4)
    assert shown.waited_for == (3,)
    assert ballot(session()).waited_for == ()


def test_who_was_away_when_the_page_turned_is_away_until_they_press_something() -> None:
    held = replace(session(), readers=(Reader(1, NOON, away=True),))
    there = attendance(held, 0)
    assert there.away == (1,)
    assert there.after(1, NOON).present == (1,)


def test_whoever_presses_something_has_joined() -> None:
    assert attendance(session((1, 0)), 1).after(2, NOON).present == (1, 2)


def test_in_a_lobby_whoever_joined_first_is_host_once_the_host_has_done_nothing_for_ten_minutes() -> None:
    held = session((1, 0), (2, 5))
    assert [held.host_at(NOON + minutes * MINUTE) for minutes in (9, 10, 15)] == [1, 2, 1]


def test_a_session_ends_three_hours_after_anybody_pressed_anything() -> None:
    opened = Session(7, 1, 2, 1, opened_at=NOON)
    assert opened.ends_at == NOON + 180 * MINUTE
    assert replace(opened, readers=session((1, 30), (2, 10)).readers).ends_at == NOON + 210 * MINUTE
