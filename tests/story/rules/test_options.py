import pytest

from story.errors import PlaceGone
from story.model import Story, Vote
from story.rules.options import Option, options, passed
from story.rules.settings import Order
from tests.builders import ANNA, BEN, CLEO, linked, place, scene, story


def led_to(tale: Story, *told: str, order: Order = Order.STORY) -> list[tuple[str, str]]:
    """What can be voted for after these sections: labels, each with the scene that it leads to."""
    return [(option.label, option.scene.id) for option in options(tale, place(*told), order)]


def seen(tale: Story, *told: str) -> list[str]:
    """The scenes passed by, those that were skipped in brackets."""
    found = passed(tale, place(*told).path)
    return [scene.id[-1] if step else f"({scene.id[-1]})" for scene, step in found]


# ---- as written


def test_the_first_scene_comes_next_where_nothing_was_heard() -> None:
    assert led_to(story("AB", "A")) == [("Anna", "scene-1"), ("Ben", "scene-1")]


def test_the_scene_after_the_last_one_heard_comes_next() -> None:
    tale = story("A", "AB", "C")
    assert options(tale, place("1A", "2B")) == (Option("cleo", "Cleo", tale.scenes[2], CLEO),)


def test_nothing_comes_after_the_last_scene() -> None:
    assert options(story("A", "AB"), place("1A", "2B")) == ()


def test_nothing_comes_after_a_scene_that_ends_the_story() -> None:
    assert options(linked(story("A", "AB"), (1, "")), place("1A")) == ()


def test_a_place_that_the_story_has_no_more_is_said_to_be_gone() -> None:
    edited = Story("tale", "A Tale", (), (), (scene(1, "A"), scene(3, "A")))
    with pytest.raises(PlaceGone) as gone:
        options(edited, place("1A", "2B"))
    assert (gone.value.title, gone.value.scene) == ("A Tale", "scene-2")


def test_a_scene_put_in_before_the_place_does_not_move_it() -> None:
    edited = Story("tale", "A Tale", (), (), (scene(9, "A"), scene(1, "A"), scene(2, "A"), scene(3, "A")))
    assert led_to(edited, "1A", "2A") == [("Anna", "scene-3")]


# ---- branches


def test_a_branch_offers_its_ways_by_their_labels_and_scenes() -> None:
    tale = linked(story("A", "B", "C"), (1, "32"))
    assert options(tale, place("1A")) == (
        Option("scene-3", "to 3", tale.scenes[2], CLEO),
        Option("scene-2", "to 2", tale.scenes[1], BEN),
    )


def test_a_way_to_a_scene_with_several_povs_is_an_option_for_each() -> None:
    tale = linked(story("A", "AB", "C"), (1, "23"))
    found = options(tale, place("1A"))
    assert [(option.id, option.label) for option in found] == [
        ("scene-2/anna", "to 2 · Anna"),
        ("scene-2/ben", "to 2 · Ben"),
        ("scene-3", "to 3"),
    ]


def test_one_link_goes_on_as_the_next_scene_does() -> None:
    tale = linked(story("A", "B", "AC"), (1, "3"))
    assert [(option.id, option.label) for option in options(tale, place("1A"))] == [("anna", "Anna"), ("cleo", "Cleo")]


def test_links_to_one_scene_are_one_option() -> None:
    assert led_to(linked(story("A", "B", "C"), (1, "232")), "1A") == [("to 2", "scene-2"), ("to 3", "scene-3")]
    assert led_to(linked(story("A", "B", "C"), (1, "33")), "1A") == [("Cleo", "scene-3")]


# ---- following


def test_each_pov_can_be_followed_to_its_next_part() -> None:
    tale = story("A", "B", "B", "A", "C")
    assert options(tale, place("1A"), Order.FOLLOW) == (
        Option("ben", "Ben", tale.scenes[1], BEN, 0),
        Option("anna", "Anna", tale.scenes[3], ANNA, 2),
        Option("cleo", "Cleo", tale.scenes[4], CLEO, 3),
    )


def test_a_pov_can_be_followed_from_the_first_scene_on() -> None:
    assert led_to(story("A", "B"), order=Order.FOLLOW) == [("Anna", "scene-1"), ("Ben", "scene-2")]


def test_where_one_pov_is_left_there_is_nothing_to_follow_but_it() -> None:
    assert led_to(story("A", "B", "B"), "1A", order=Order.FOLLOW) == [("Ben", "scene-2")]


def test_where_a_scene_ahead_is_told_by_several_scenes_come_as_written() -> None:
    tale = story("AB", "A", "BC", "B", "A")
    assert led_to(tale, "1A", order=Order.FOLLOW) == [("Anna", "scene-2")]
    assert led_to(tale, "1A", "2A", "3C", order=Order.FOLLOW) == [("Ben", "scene-4"), ("Anna", "scene-5")]


def test_before_a_branch_and_in_a_round_scenes_come_as_written() -> None:
    assert led_to(linked(story("A", "B", "C", "A"), (2, "34")), order=Order.FOLLOW) == [("Anna", "scene-1")]
    assert led_to(linked(story("A", "B", "C"), (3, "1")), order=Order.FOLLOW) == [("Anna", "scene-1")]


def test_after_a_story_was_followed_to_its_end_nothing_comes() -> None:
    assert led_to(story("A", "B", "C"), "3C", order=Order.FOLLOW) == []


# ---- passed


def test_scenes_that_were_skipped_are_passed_with_those_heard() -> None:
    tale = story("A", "B", "C", "A", "B", "C")
    assert seen(tale) == []
    assert seen(tale, "1A", "2B") == ["1", "2"]
    assert seen(tale, "2B", "5B") == ["(1)", "2", "(3)", "(4)", "5"]


def test_the_ways_not_taken_are_not_passed() -> None:
    tale = linked(story("A", "B", "C", "A"), (1, "23"), (2, "4"))
    assert seen(tale, "1A", "3C", "4A") == ["1", "3", "4"]


def test_a_scene_that_leads_elsewhere_now_leaves_nothing_skipped() -> None:
    assert seen(linked(story("A", "B", "C"), (1, "3"), (3, "")), "1A", "2B") == ["1", "2"]


def test_scenes_that_an_edit_has_moved_ahead_are_not_taken_for_skipped() -> None:
    moved = Story("tale", "A Tale", (), (), tuple(scene(number, "A") for number in (1, 3, 4, 2)))
    assert seen(moved, "1A", "2A", "3A") == ["1", "2", "3"]


def test_a_scene_that_is_not_in_the_story_any_more_is_left_out() -> None:
    edited = Story("tale", "A Tale", (), (), (scene(1, "A"), scene(3, "A")))
    assert seen(edited, "1A", "2A", "3A") == ["1", "3"]
    assert seen(edited, "1A", "2A") == ["1"]


# ---- as the story says


def test_a_story_that_povs_tell_in_turns_begins_with_its_first_scene_and_is_followed_from_there() -> None:
    assert led_to(story("A", "B", "A", "C")) == [("Anna", "scene-1")]
    assert led_to(story("A", "B", "A", "C"), "1A") == [("Ben", "scene-2"), ("Anna", "scene-3"), ("Cleo", "scene-4")]


def test_a_story_that_says_so_comes_as_written_and_can_be_followed_all_the_same() -> None:
    tale = story("A", "B", "A", vote=Vote.ORDER)
    assert led_to(tale, "1A") == [("Ben", "scene-2")]
    assert led_to(tale, "1A", order=Order.FOLLOW) == [("Ben", "scene-2"), ("Anna", "scene-3")]


def test_a_story_that_wants_to_be_followed_comes_as_written_where_that_is_set() -> None:
    assert led_to(story("A", "B", "A", vote=Vote.FOLLOW), "1A", order=Order.WRITTEN) == [("Ben", "scene-2")]


def test_a_story_with_several_povs_a_scene_is_followed_only_where_it_says_so() -> None:
    assert led_to(story("AB", "A", "B"), "1A") == [("Anna", "scene-2")]
    assert led_to(story("AB", "A", "B", vote=Vote.FOLLOW), "1A") == [("Anna", "scene-2"), ("Ben", "scene-3")]
