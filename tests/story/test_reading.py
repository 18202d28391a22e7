import pytest

from story.errors import PlaceGone
from story.model import Story
from story.reading import Kind, follow, next_scene
from tests.builders import place, scene, step, story


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


def test_the_first_scene_comes_next_where_nothing_was_heard() -> None:
    tale = story("AB", "A")
    assert next_scene(tale, place()) == tale.scenes[0]


def test_the_scene_after_the_last_one_heard_comes_next() -> None:
    tale = story("A", "AB", "A")
    assert next_scene(tale, place("1A", "2B")) == tale.scenes[2]


def test_nothing_comes_after_the_last_scene() -> None:
    assert next_scene(story("A", "AB"), place("1A", "2B")) is None


def test_a_place_that_the_story_has_no_more_is_said_to_be_gone() -> None:
    edited = Story("tale", "A Tale", (), (), (scene(1, "A"), scene(3, "A")))
    with pytest.raises(PlaceGone) as gone:
        next_scene(edited, place("1A", "2B"))
    assert (gone.value.title, gone.value.scene) == ("A Tale", "scene-2")


def test_a_scene_put_in_before_the_place_does_not_move_it() -> None:
    edited = Story("tale", "A Tale", (), (), (scene(9, "A"), scene(1, "A"), scene(2, "A"), scene(3, "A")))
    following = next_scene(edited, place("1A", "2A"))
    assert following is not None
    assert following.id == "scene-3"


def test_a_step_that_tells_nothing_has_no_section() -> None:
    with pytest.raises(ValueError, match="tells no section"):
        _ = step(2, Kind.BACK).section_id
