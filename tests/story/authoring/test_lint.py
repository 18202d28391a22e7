from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from story.authoring.lint import ROOM, ROOM_BYTES, messages, misdated, proofread
from story.importing.markdown import read_with_positions
from story.importing.positions import Positions, Spot
from story.model import Link, Pov, Scene, SceneDate, Section, Story
from story.rules.links import Ways
from story.rules.measure import visible
from story.services.library import BOX
from tests.builders import ANNA, BEN, CLEO, linked, story

FILE = Path("tale.txt")


def said(tale: Story) -> list[str]:
    """What is said of a story, but for POVs that tell nothing."""
    tale = replace(tale, povs=tuple(pov for pov in tale.povs if any(s.pov == pov for s in tale.sections())))
    return [mistake.what for mistake in proofread(Ways(tale), Positions(Spot(FILE)))]


def without_recap(tale: Story, *which: str) -> Story:
    """The same story without the recaps of these sections, such as "1A"."""

    def strip(scene: Scene, section: Section) -> Section:
        return replace(section, recap="") if f"{scene.id[-1]}{section.pov.name[0]}" in which else section

    scenes = tuple(replace(s, sections=tuple(strip(s, section) for section in s.sections)) for s in tale.scenes)
    return replace(tale, scenes=scenes)


def test_the_story_in_the_box_leaves_nothing_to_say() -> None:
    tale, positions = read_with_positions(BOX / "room-241")
    assert proofread(Ways(tale), positions) == []


def test_a_story_as_it_should_be_leaves_nothing_to_say() -> None:
    assert said(linked(story("AB", "A", "C"), (1, "23"), (2, ""))) == []


def test_a_scene_that_no_way_leads_to_is_said() -> None:
    assert said(linked(story("A", "A", "A"), (1, "3"))) == ["no way leads to the scene “Scene 2”"]


def test_a_circle_without_a_way_out_is_said_once_where_it_is_entered() -> None:
    tale = linked(story("A", "A", "A", "A"), (1, "24"), (2, "3"), (3, "2"), (4, ""))
    assert said(tale) == ["from here on no way leads to an end of the story"]


def test_a_label_that_a_button_cuts_short_is_said() -> None:
    tale = story("A", "A")
    links = Link("x" * 81, "scene-2"), Link("y" * 80, "scene-2")
    [what] = said(replace(tale, scenes=(replace(tale.scenes[0], links=links), tale.scenes[1])))
    assert "has 81 characters; a button shows the first 80" in what


def test_a_name_that_a_button_cuts_short_is_said() -> None:
    anna = replace(ANNA, name="A" * 81)
    tale = Story("t", "T", ("A",), (anna,), (Scene("s", "S", (Section(anna, "Hm.", "Hm."),)),))
    assert "has 81 characters" in said(tale)[0]


def test_a_pov_that_tells_nothing_is_said() -> None:
    found = proofread(Ways(story("A", "AB")), Positions(Spot(FILE), {CLEO.id: Spot(FILE, 9)}))
    assert [(each.line, each.what) for each in found] == [(9, "Cleo is a POV of this story, and tells nothing in it")]


def test_a_recap_that_is_missing_is_said() -> None:
    assert said(without_recap(story("AB", "A"), "1B")) == ["no recap: Ben in “Scene 1”"]


def test_recaps_that_are_all_missing_are_said_once() -> None:
    [what] = said(without_recap(story("AB", "A"), "1A", "1B", "2A"))
    assert what.startswith("no section has a recap")


def test_a_section_that_takes_more_than_one_message_is_said() -> None:
    assert said(story("A", text="x" * ROOM)) == []
    [what] = said(story("A", text="x" * (2 * ROOM + 1)))
    assert what == "long: Anna in “Scene 1” has 5,001 characters, about 3 messages"


def test_a_message_holds_fewer_letters_that_take_more_bytes() -> None:
    assert (messages("x" * ROOM), messages("x" * (ROOM + 1))) == (1, 2)
    assert (messages("字" * (ROOM_BYTES // 3)), messages("字" * (ROOM_BYTES // 3 + 1))) == (1, 2)
    assert messages("") == 1


def test_what_discord_does_not_show_is_said_at_its_section_where_lines_are_not_known() -> None:
    found = proofread(Ways(story("A", text="Hm.\n\n<b>")), Positions(Spot(FILE)))
    [html] = [each for each in found if "HTML" in each.what]
    assert (html.line, html.column) == (1, 0)
    assert html.what.startswith("Anna in “Scene 1”: ")


def test_the_sections_can_be_watched() -> None:
    seen: list[tuple[Scene, Section]] = []

    def watch(sections: Sequence[tuple[Scene, Section]]) -> Sequence[tuple[Scene, Section]]:
        seen.extend(sections)
        return sections

    proofread(Ways(story("AB", "A")), Positions(Spot(FILE)), watch)
    assert [section.pov for _, section in seen] == [ANNA, BEN, ANNA]


def named(*names: str) -> Story:
    """A story whose POVs, who tell a scene together, have these names."""
    povs = tuple(Pov(f"pov-{number}", name, 0) for number, name in enumerate(names))
    sections = tuple(Section(pov, "Text.", "Recap.") for pov in povs)
    return Story("tale", "A Tale", ("An Author",), povs, (Scene("one", "One", sections),))


@pytest.mark.parametrize("name", ["Next", "READY", " Ne\u200bxt", "Weiter"])
def test_a_pov_that_is_called_like_a_button_is_warned_of(name: str) -> None:
    assert any("looks like the bot’s own" in line for line in said(named("Anna", name)))


@pytest.mark.parametrize("other", ["anna", "An\u200bna", "Ａｎｎａ", "\u202eAnna"])
def test_two_povs_that_look_alike_are_warned_of(other: str) -> None:
    assert any(line == f"two POVs look alike: {visible(other)}" for line in said(named("Anna", other)))


def test_a_name_with_signs_that_cannot_be_seen_is_warned_of() -> None:
    assert "the name “annA” has signs in it that cannot be seen" in said(named("\u202eannA"))


def test_two_ways_on_that_look_alike_are_warned_of() -> None:
    tale = linked(story("A", "A", "A"), (1, "23"), (2, ""), (3, ""))
    alike = replace(tale.scenes[0], links=(Link("Go on", "scene-2"), Link("go\u2060 on", "scene-3")))
    assert any("look alike" in line for line in said(replace(tale, scenes=(alike, *tale.scenes[1:]))))


def test_a_section_with_nothing_to_see_is_warned_of() -> None:
    assert "empty: Anna in “Scene 1” has nothing that can be seen" in said(story("A", text="\u200b"))


def test_a_date_that_goes_backwards_is_said() -> None:
    tale = story("A", "A", "A")
    dates = (SceneDate(3, 5), SceneDate(5, 5), SceneDate(4, 5))
    tale = replace(tale, scenes=tuple(replace(s, date=date) for s, date in zip(tale.scenes, dates, strict=True)))
    [mistake] = misdated(tale, Positions(Spot(FILE)))
    assert mistake.what.startswith("the date of “Scene 3” is before that of the scene before it; ")
