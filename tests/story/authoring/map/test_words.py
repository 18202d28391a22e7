from dataclasses import replace

from story.authoring.map.words import describe
from story.rules.links import Ways
from tests.builders import linked, story


def test_every_scene_is_a_line_with_who_tells_it() -> None:
    head, counts, *lines = describe(Ways(story("A", "ABC"))).splitlines()
    assert head == "Map of A Tale."
    assert counts == "Scenes: 2. POVs: Anna, Ben, Cleo."
    assert lines == [
        "1. Scene 1. Told by Anna.",
        "2. Scene 2. Told by Anna, Ben and Cleo. The story ends here.",
    ]


def test_several_ways_on_are_told_with_their_labels() -> None:
    text = describe(Ways(linked(story("A", "A", "A"), (1, "32"))))
    assert "1. Scene 1. Told by Anna. Ways on: 2.\n   “to 3” leads to 3, Scene 3.\n" in text
    assert "   “to 2” leads to 2, Scene 2.\n" in text


def test_a_leap_is_told_and_a_step_is_not() -> None:
    lines = describe(Ways(linked(story("A", "A", "A"), (1, "3"), (3, "2"), (2, "3")))).splitlines()
    assert lines[2] == "1. Scene 1. Told by Anna. Leads to 3, Scene 3."
    assert lines[3] == "2. Scene 2. Told by Anna."
    assert lines[4] == "3. Scene 3. Told by Anna. Leads to 2, Scene 2."


def test_what_no_way_leads_to_is_told() -> None:
    lines = describe(Ways(linked(story("A", "A", "A"), (1, "3")))).splitlines()
    assert lines[3] == "2. Scene 2. Told by Anna. No way leads here."


def test_a_title_is_written_as_it_is() -> None:
    assert "Map of *A* & <b>." in describe(Ways(replace(story("A"), title="*A* & <b>")))
