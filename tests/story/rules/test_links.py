from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from story.rules.links import Way, Ways, ways_on
from tests.builders import linked, story

COSTS = {f"scene-{n}": n for n in range(1, 6)}


def test_a_scene_without_links_goes_on_to_the_next_one_without_asking() -> None:
    tale = story("A", "AB")
    assert ways_on(tale, tale.scenes[0]) == (Way("", tale.scenes[1]),)


def test_the_last_scene_ends_the_story() -> None:
    tale = story("A", "AB")
    assert ways_on(tale, tale.scenes[1]) == ()


def test_a_scene_that_the_story_does_not_have_leads_nowhere() -> None:
    assert ways_on(story("A"), story("A", "B").scenes[1]) == ()


def test_links_are_the_ways_on_in_their_order() -> None:
    tale = linked(story("A", "A", "A"), (1, "32"))
    assert [(way.label, way.scene.id) for way in ways_on(tale, tale.scenes[0])] == [
        ("to 3", "scene-3"),
        ("to 2", "scene-2"),
    ]


def test_a_link_to_no_scene_is_no_way_on() -> None:
    tale = linked(story("A", "A"), (1, "92"))
    assert [way.label for way in ways_on(tale, tale.scenes[0])] == ["to 2"]


def test_a_scene_in_the_middle_can_be_an_end() -> None:
    ways = Ways(linked(story("A", "A", "A"), (1, "23"), (2, "")))
    assert [scene.id for scene in ways.endings] == ["scene-2", "scene-3"]
    assert ways.branching


def test_what_no_way_leads_to_is_not_reachable() -> None:
    ways = Ways(linked(story("A", "A", "A"), (1, "3")))
    assert ways.reachable == {"scene-1", "scene-3"}
    assert not ways.branching


def test_a_circle_without_a_way_out_is_endless_and_entered_at_its_trap() -> None:
    ways = Ways(linked(story("A", "A", "A", "A"), (1, "24"), (2, "3"), (3, "2"), (4, "")))
    assert ways.endless == {"scene-2", "scene-3"}
    assert [scene.id for scene in ways.traps] == ["scene-2"]


def test_a_circle_with_a_way_out_is_no_trap() -> None:
    ways = Ways(linked(story("A", "A", "A"), (2, "13")))
    assert not ways.endless
    assert not ways.traps


def test_a_story_that_never_ends_is_a_trap_from_its_first_scene_on() -> None:
    ways = Ways(linked(story("A", "A"), (2, "1")))
    assert [scene.id for scene in ways.traps] == ["scene-1"]
    assert ways.shortest(COSTS) is None


def test_the_longest_and_the_shortest_way_are_told_by_their_costs() -> None:
    ways = Ways(linked(story("A", "A", "A", "A", "A"), (1, "25"), (2, "34")))
    assert ways.longest(COSTS) == 1 + 2 + 3 + 4 + 5
    assert ways.shortest(COSTS) == 1 + 5


def test_the_shortest_way_may_go_round_on_the_way() -> None:
    ways = Ways(linked(story("A", "A", "A", "A"), (1, "23"), (2, "34"), (3, "24")))
    assert ways.shortest({"scene-1": 1, "scene-2": 9, "scene-3": 1, "scene-4": 1}) == 3
    assert ways.longest(dict.fromkeys(ways.reachable, 1)) is None


def test_the_longest_way_may_be_asked_for_among_some_scenes() -> None:
    assert Ways(story("A", "B", "B", "A", "B")).longest({"scene-2": 1, "scene-3": 1, "scene-5": 1}) == 2
    assert Ways(story("A")).longest({}) == 0


def test_words_are_those_of_the_shortest_and_the_longest_way() -> None:
    tale = linked(story("A", "AB", "A"), (1, "23"), (2, ""))
    assert Ways(tale).words == (8, 8)
    assert Ways(linked(story("A", "A"), (2, "1"))).words == (None, None)


def test_where_there_is_one_way_only_words_are_those_of_the_story() -> None:
    tale = story("A", "AB", "ABC")
    assert Ways(tale).words == (12, 12)


@given(st.lists(st.one_of(st.none(), st.text("123456", max_size=3)), min_size=1, max_size=6))
def test_every_scene_that_can_be_reached_ends_or_is_endless(links: list[str | None]) -> None:
    tale = linked(story(*["A"] * len(links)), *((n, to) for n, to in enumerate(links, 1) if to is not None))
    ways = Ways(tale)
    for scene in ways.reachable:
        onward = {way.scene.id for way in ways.on_from[scene]}
        assert onward <= ways.reachable
        assert (scene in ways.endless) == (bool(onward) and onward <= ways.endless)
    assert bool(ways.traps) == bool(ways.endless)


def test_a_long_story_is_no_trouble() -> None:
    tale = story(*["A"] * 2000)
    ways = Ways(tale)
    assert all(ways.on_from[one.id][0].scene is two for one, two in pairwise(tale.scenes))
    assert ways.longest(dict.fromkeys(ways.reachable, 1)) == 2000
