from datetime import timedelta

from story.rules.ballot import Ballot
from story.rules.presses import Press
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
    return Ballot(options_of(scene(2, told_by)), place("1A"), presses, attendance=attendance(held, minutes))


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


def test_everyone_present_must_have_read_and_answered() -> None:
    held = session((1, 0), (2, 0))
    assert not ballot(held, Press(1, "anna", done=True)).complete
    assert not ballot(held, Press(1, "anna", done=True), Press(2, "ben")).complete
    assert not ballot(held, Press(1, "anna", done=True), Press(2, done=True)).complete
    assert ballot(held, Press(1, "anna", done=True), Press(2, "ben", done=True)).complete
    assert ballot(held, Press(1, "anna", done=True), Press(2, ready=True, done=True)).complete


def test_where_there_is_nothing_to_choose_having_read_is_enough() -> None:
    assert ballot(session((1, 0)), Press(1, done=True), told_by="A").complete


def test_nobody_waits_for_who_is_away() -> None:
    held = session((1, 5), (2, 0))
    assert ballot(held, Press(1, "anna", done=True), minutes=4).complete


def test_nothing_turns_where_everybody_is_away_and_nobody_answered() -> None:
    assert not ballot(session((1, 0)), minutes=10).complete


def test_nothing_turns_while_the_session_pauses() -> None:
    assert not ballot(session((1, 0), paused=True), Press(1, ready=True, done=True)).complete


def test_who_has_read_is_counted_among_those_who_are_there() -> None:
    shown = ballot(session((1, 5), (2, 0)), Press(1, done=True), Press(2, done=True), minutes=4)
    assert shown.have_read == {1}
    assert shown.waited_for == {1}
