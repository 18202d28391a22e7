import pytest

from story.model import Story, Vote
from tests.builders import ANNA, BEN, linked, story


def test_a_scene_is_found_by_its_id_and_its_position_counts_from_nought() -> None:
    tale = story("A", "AB")
    assert tale.scene("scene-2") == tale.scenes[1]
    assert tale.position("scene-2") == 1


def test_a_scene_that_is_not_there_is_none() -> None:
    assert story("A").scene("scene-9") is None
    assert story("A").position("scene-9") is None


def test_a_section_is_found_by_its_pov() -> None:
    scene = story("AB").scenes[0]
    assert scene.told_by("ben") == scene.sections[1]
    assert scene.told_by("cleo") is None


def test_the_povs_of_a_scene_are_those_that_tell_it() -> None:
    assert story("AB").scenes[0].povs == (ANNA, BEN)


def test_a_pov_is_found_by_its_id() -> None:
    assert story("A").pov("ben") == BEN
    assert story("A").pov("dora") is None


def test_sections_come_scene_by_scene() -> None:
    assert [section.pov for section in story("A", "AB").sections()] == [ANNA, ANNA, BEN]


def test_a_story_whose_scenes_lead_to_the_next_is_a_line_even_if_links_say_so() -> None:
    tale = story("A", "B", "C")
    assert tale.is_line
    assert linked(tale, (1, "2"), (3, "")).is_line


@pytest.mark.parametrize("way", [(1, "23"), (1, "3"), (1, ""), (3, "1")])
def test_a_story_with_another_way_is_no_line(way: tuple[int, str]) -> None:
    assert not linked(story("A", "B", "C"), way).is_line


@pytest.mark.parametrize(
    ("tale", "voted"),
    [
        (story("A", "B"), Vote.FOLLOW),
        (story("A", "B", vote=Vote.ORDER), Vote.ORDER),
        (story("AB", "A", vote=Vote.FOLLOW), Vote.FOLLOW),
        (story("A", "A"), Vote.ORDER),
        (story("AB", "A"), Vote.ORDER),
        (linked(story("A", "B", "C"), (1, "23")), Vote.ORDER),
    ],
)
def test_what_is_voted_on_is_what_the_story_says_or_whose_part_is_next_where_povs_take_turns(
    tale: Story, voted: Vote
) -> None:
    assert tale.voted is voted
