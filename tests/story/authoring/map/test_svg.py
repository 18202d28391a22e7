from collections.abc import Iterator
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from story.authoring.canvas import GROUND, LIGHT
from story.authoring.map.plan import MOST_WAYS, Plan
from story.authoring.map.svg import to_svg
from story.authoring.map.words import describe
from story.model import Link, Story
from story.rules.links import Ways
from tests.builders import ANNA, BEN, linked, story

NAMESPACE = "{http://www.w3.org/2000/svg}"
BRANCHES = linked(story("AB", "A", "B", "ABC", "C"), (1, "24"), (3, "1"), (4, ""))


def drawn(tale: Story) -> ET.Element:
    return ET.fromstring(to_svg(Ways(tale)))  # noqa: S314 - our own


def plan(tale: Story) -> Plan:
    return Plan(Ways(tale), lambda _text: True)


def each(tale: Story, tag: str) -> Iterator[dict[str, str]]:
    return (element.attrib for element in drawn(tale).iter(f"{NAMESPACE}{tag}"))


def texts(tale: Story) -> list[str]:
    return [element.text or "" for element in drawn(tale).iter(f"{NAMESPACE}text")]


def colours_at(tale: Story, x: float, y: float) -> list[str]:
    """The colours of the discs around a point."""
    near = pytest.approx((x, y), abs=0.1)
    return [disc["fill"] for disc in each(tale, "circle") if (float(disc["cx"]), float(disc["cy"])) == near]


def test_every_section_is_a_disc_in_the_colour_of_its_pov() -> None:
    tale = story("A", "AB")
    places = plan(tale)
    assert colours_at(tale, places.x(0), places.lane_y(0)) == [f"#{ANNA.colour:06x}"]
    assert colours_at(tale, places.x(1), places.lane_y(1)) == [f"#{BEN.colour:06x}"]
    assert colours_at(tale, places.x(0), places.lane_y(1)) == []


def test_colours_need_not_be_told_apart() -> None:
    found = texts(story("A", "AB"))
    assert {"Anna", "Ben", "Cleo"} <= set(found)
    assert (found.count("A"), found.count("B"), found.count("C")) == (3, 2, 1)


def test_povs_of_one_initial_go_by_numbers() -> None:
    anna = replace(story("AB"), povs=(ANNA, replace(BEN, name="Alma")))
    assert [plan(anna).mark(lane) for lane in (0, 1)] == ["1", "2"]


def test_scenes_have_their_numbers_and_titles() -> None:
    found = texts(story("A", "AB"))
    assert {"1", "2", "Scene 1", "Scene 2"} <= set(found)


def test_the_end_is_filled_and_every_other_scene_is_hollow() -> None:
    track = plan(BRANCHES)
    found = [colours_at(BRANCHES, track.x(column), track.track_y) for column in range(5)]
    light, ground = ("#{:02x}{:02x}{:02x}".format(*colour) for colour in (LIGHT, GROUND))
    assert found == [[ground], [ground], [ground], [light], [ground]]


def test_a_way_to_another_scene_than_the_next_is_a_bow_and_one_back_is_dashed() -> None:
    here = plan(BRANCHES)
    bows = [bow for bow in each(BRANCHES, "path") if float(bow["d"].split()[2]) < here.key_y - 30]
    assert ["stroke-dasharray" in bow for bow in bows] == [False, True]
    starts = [float(bow["d"].split()[1]) for bow in bows]
    assert starts == pytest.approx([here.x(0), here.x(2)], abs=0.1)


def test_a_scene_that_leads_to_itself_has_a_bow_of_some_width() -> None:
    tale = linked(story("A", "A"), (1, "12"))
    _, x, _, _, _, _, _, _, end, _ = next(each(tale, "path"))["d"].split()
    assert float(end) - float(x) > 10


def test_the_ways_are_listed_with_their_labels() -> None:
    assert {"1 → 2  to 2", "1 → 4  to 4", "3 → 1  to 1"} <= set(texts(BRANCHES))


def test_more_ways_than_can_be_looked_through_are_not_listed() -> None:
    tale = story(*["A"] * 5)
    links = tuple(Link(f"way {n}", "scene-2") for n in range(MOST_WAYS + 1))
    assert plan(replace(tale, scenes=(replace(tale.scenes[0], links=links), *tale.scenes[1:]))).listed == []


def test_the_key_explains_what_is_there_and_nothing_else() -> None:
    assert {"ends the story", "no way leads here", "a way on", "a way back"} <= set(texts(BRANCHES))
    assert not {"no way leads here", "a way on", "a way back"} & set(texts(story("A", "A")))


def test_who_does_not_see_it_can_have_it_read_out() -> None:
    root = drawn(BRANCHES)
    assert root.attrib["role"] == "img"
    assert root.findtext(f"{NAMESPACE}title") == "Map of A Tale"
    assert root.findtext(f"{NAMESPACE}desc") == describe(Ways(BRANCHES))


def test_whatever_is_in_a_title_it_is_a_title() -> None:
    tale = replace(story("A"), title="<script>&\x01\x0b\ufffe</script>")
    assert "<script>&���</script>" in texts(tale)


@pytest.mark.parametrize("scenes", [1, 13, 130, 2000])
def test_everything_is_within_the_picture(scenes: int) -> None:
    tale = story(*["AB"] * scenes)
    root = drawn(tale)
    width, height = float(root.attrib["width"]), float(root.attrib["height"])
    for disc in root.iter(f"{NAMESPACE}circle"):
        assert 0 < float(disc.attrib["cx"]) < width
        assert 0 < float(disc.attrib["cy"]) < height
    assert width <= 9_000


def test_a_long_story_is_numbered_now_and_then_and_has_no_titles() -> None:
    found = texts(story(*["A"] * 300))
    assert {"5", "300"} <= set(found)
    assert not {"1", "4", "Scene 5"} & set(found)
    assert [plan(story(*["A"] * scenes)).every for scenes in (50, 300, 2000)] == [1, 5, 20]


def test_neighbouring_scenes_of_a_pov_are_joined_where_the_one_leads_to_the_other() -> None:
    assert list(plan(story("A", "A", "B", "A")).runs(0)) == [(0, 1)]
    assert list(plan(linked(story("A", "A", "A"), (1, "3"))).runs(0)) == [(1, 2)]
