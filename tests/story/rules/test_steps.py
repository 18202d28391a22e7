import pytest

from story.rules.steps import Kind, follow
from tests.builders import place, step


def test_a_start_that_tells_a_section_is_the_first_of_the_path() -> None:
    assert [s.n for s in follow([step(1, Kind.START, "1A")]).path] == [1]


def test_a_start_that_tells_nothing_leaves_the_path_empty() -> None:
    assert follow([step(1, Kind.START)]).path == ()


def test_back_takes_the_last_section_off_the_path() -> None:
    steps = [step(1, Kind.START, "1A"), step(2, Kind.SECTION, "2B"), step(3, Kind.BACK)]
    assert [s.n for s in follow(steps).path] == [1]


def test_restart_begins_the_path_anew() -> None:
    steps = [step(1, Kind.START, "1A"), step(2, Kind.SECTION, "2B"), step(3, Kind.RESTART, "1A")]
    assert [s.n for s in follow(steps).path] == [3]


def test_a_stop_leaves_the_path_and_says_that_it_is_over() -> None:
    stopped = follow([step(1, Kind.START, "1A"), step(2, Kind.STOP)])
    assert stopped.over
    assert [s.n for s in stopped.path] == [1]


def test_heard_counts_the_sections_that_a_pov_told() -> None:
    here = place("1A", "2B", "3A")
    assert [here.heard(pov) for pov in ("anna", "ben", "cleo")] == [2, 1, 0]


def test_a_step_that_tells_nothing_has_no_section() -> None:
    with pytest.raises(ValueError, match="tells no section"):
        _ = step(2, Kind.BACK).section_id
