from dataclasses import replace
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from cogs.ui import path_picture, texts
from story.authoring.canvas import GROUND, LIGHT, visible, width_of
from story.model import Pov, Scene, Section, Story
from story.rules.page import Page
from story.rules.steps import Kind, Place, Reading, Step, follow
from tests.builders import ANNA, BEN, CLEO, NOON, place, story

READING = Reading(7, 1, 2, "tale", 3)
TALE = story("A", "AB", "ABC", "AB")
SCRIPTS = st.sampled_from(["Anna", "Жанна", "علي", "太郎", "\U0001f600", "W" * 40, "a b", "字" * 40])


def page(*told: str, tale: Story = TALE) -> Page:
    return Page(READING, tale, place(*told), None)


def walked(tale: Story, *told: str) -> Page:
    """A page after as many scenes as POVs are named here, by id."""
    read = [Step(n, Kind.SECTION, NOON, scene.id, pov) for n, (scene, pov) in enumerate(zip(tale.scenes, told), 2)]  # noqa: B905 - the rest is unread
    return Page(READING, tale, follow([Step(1, Kind.START, NOON), *read]), None)


def crowd(names: list[str], tellers: list[list[int]]) -> Story:
    """A story of POVs with these names, each scene told by those of these places in the list."""
    povs = tuple(Pov(f"p{n}", name, n * 0x0F0F0F % 0x1000000) for n, name in enumerate(names))
    scenes = tuple(
        Scene(f"s{n}", f"Scene {n}", tuple(Section(povs[who], "x") for who in told)) for n, told in enumerate(tellers)
    )
    return Story("tale", "A Tale", ("A",), povs, scenes)


class Seen:
    """What is to be seen on the picture of a page."""

    def __init__(self, shown: Page) -> None:
        self.png = path_picture.draw(shown)
        self.image = Image.open(BytesIO(self.png))
        self.plan = path_picture._plan(shown)

    def at(self, slot: int, pov: Pov, dx: float = 0, dy: float = 0) -> object:
        """The colour at a row and lane, or some way off."""
        return self.image.getpixel((round(self.plan.x(pov) + dx), round(self.plan.y(self.plan.rows[slot]) + dy)))

    def is_filled(self, slot: int, pov: Pov) -> bool:
        return self.at(slot, pov, dy=-17) == self.at(slot, pov, dx=-17) == visible(pov.colour)

    def is_hollow(self, slot: int, pov: Pov) -> bool:
        on_ring = [self.at(slot, pov, dy=3 - path_picture.RADIUS), self.at(slot, pov, dx=path_picture.RADIUS - 3)]
        return self.at(slot, pov) == GROUND and on_ring == [visible(pov.colour)] * 2

    def is_empty(self, slot: int, pov: Pov) -> bool:
        return self.at(slot, pov, dx=3 - path_picture.RADIUS) == self.at(slot, pov, dx=-16) == GROUND


# ---- the picture


def test_what_was_heard_is_filled_and_what_was_not_is_hollow() -> None:
    seen = Seen(page("1A", "2B", "3C"))
    assert seen.is_filled(0, ANNA)
    assert seen.is_filled(1, BEN)
    assert seen.is_filled(2, CLEO)
    assert [seen.is_hollow(slot, pov) for slot, pov in ((1, ANNA), (2, ANNA), (2, BEN))] == [True] * 3


def test_there_is_nothing_where_a_pov_does_not_tell_a_scene() -> None:
    seen = Seen(page("1A", "2B", "3C"))
    assert [seen.is_empty(slot, pov) for slot, pov in ((0, BEN), (0, CLEO), (1, CLEO))] == [True] * 3


def test_a_line_joins_what_was_heard() -> None:
    seen = Seen(page("1A", "2A", "3A"))
    assert [seen.at(slot, ANNA, dy=path_picture.ROW / 2) for slot in (0, 1)] == [LIGHT, LIGHT]
    assert seen.at(2, ANNA, dy=path_picture.ROW / 2 - 3) != LIGHT


def test_a_line_over_several_lanes_passes_between_the_rows() -> None:
    seen = Seen(page("1A", "2A", "3C", "4A"))
    assert seen.at(2, BEN, dy=-path_picture.ROW / 2) == LIGHT
    assert seen.is_hollow(2, BEN)
    assert seen.is_hollow(1, BEN)


def test_a_picture_is_a_png_as_wide_as_what_stands_in_it() -> None:
    narrow = Seen(page("1A"))
    assert (narrow.image.format, narrow.image.width) == ("PNG", path_picture.NARROWEST)
    wide = story("A")
    wide = replace(wide, scenes=(replace(wide.scenes[0], title="A title that goes on for quite a while, and on"),))
    plan = Seen(page("1A", tale=wide)).plan
    assert path_picture.NARROWEST < plan.width <= path_picture.WIDEST
    assert plan.titles_x + width_of(plan.scene_title(plan.rows[0]), path_picture.SCENE) <= plan.width


def test_scenes_that_were_passed_have_their_titles() -> None:
    plan = path_picture._plan(page("1A", "2B"))
    assert [plan.scene_title(row) for row in plan.rows] == ["Scene 1", "Scene 2"]


def test_every_letter_can_be_read_on_a_phone() -> None:
    sizes = [letters.size for letters in (path_picture.TITLE, path_picture.NAME, path_picture.SCENE, path_picture.MARK)]
    assert min(sizes) * 390 / path_picture.WIDEST > 10


# ---- what lies ahead


@pytest.mark.parametrize(
    "show", [path_picture.draw, path_picture.describe, path_picture.as_text, path_picture.unlettered]
)
def test_what_lies_ahead_makes_no_difference(show: object) -> None:
    assert callable(show)
    others = replace(story("A", "AB", "C", "BC"), scenes=(*TALE.scenes[:2], *story("A", "AB", "C", "BC").scenes[2:]))
    assert show(page("1A", "2B")) == show(page("1A", "2B", tale=others))


def test_a_pov_is_not_named_before_the_first_scene_that_it_tells() -> None:
    assert path_picture._plan(page("1A", "2B")).lanes == [ANNA, BEN]
    for words in (path_picture.describe(page("1A", "2B")), path_picture.as_text(page("1A", "2B"))):
        assert "Cleo" not in words
        assert "Scene 3" not in words


def test_of_scenes_to_come_there_is_a_number_and_no_row() -> None:
    shown = page("1A", "2B")
    assert [row.number for row in path_picture._plan(shown).rows] == [1, 2]
    assert "2 to come" in path_picture._plan(shown).place
    assert "2 to come" in path_picture.as_text(shown)


# ---- long, wide and edited stories


def test_of_a_long_path_the_end_is_drawn() -> None:
    tale = story(*["AB"] * 2000)
    shown = walked(tale, *["anna", "ben"] * 950)
    plan = path_picture._plan(shown)
    assert path_picture.HEIGHT - path_picture.ROW < plan.height <= path_picture.HEIGHT
    assert plan.rows[-1].number == 1900
    first = plan.rows[0].number
    assert first > 1
    assert texts.path_place(shown, 100, first, 1900) == f"scene 1900 of 2000 · 100 to come · {first}–1900 shown"
    seen = Seen(shown)
    assert seen.image.height == plan.height
    assert seen.at(0, plan.rows[0].heard, dy=-path_picture.ROW / 2 + 3) == LIGHT


def test_a_path_that_leads_past_too_many_povs_is_shown_from_later_on() -> None:
    tale = crowd([f"Name {n}" for n in range(40)], [list(range(20)), list(range(20, 40))])
    plan = path_picture._plan(walked(tale, "p0", "p20"))
    assert [row.number for row in plan.rows] == [2]
    assert len(plan.lanes) == 20


def test_where_many_povs_tell_there_is_room_for_numbers_alone() -> None:
    tale = crowd([f"Name {n}" for n in range(20)], [list(range(20))] * 3)
    plan = Seen(walked(tale, "p0", "p19", "p3")).plan
    assert [plan.scene_title(row) for row in plan.rows] == ["", "", ""]
    assert plan.numbers_x <= plan.width - path_picture.MARGIN
    assert len(plan.key) > 1


def test_discs_bear_initials_where_these_are_all_different() -> None:
    plan = path_picture._plan(page("1A", "2B"))
    assert [plan.mark(pov) for pov in plan.lanes] == ["A", "B"]
    assert plan.label(ANNA) == "Anna"


def test_discs_bear_numbers_where_initials_are_alike() -> None:
    tale = crowd(["Anna", "Ada"], [[0, 1]])
    plan = path_picture._plan(walked(tale, "p0"))
    assert [plan.mark(pov) for pov in plan.lanes] == ["1", "2"]
    assert plan.label(tale.povs[1]) == "Ada"


def test_a_name_that_cannot_be_drawn_goes_by_a_number_and_the_caption_has_it() -> None:
    tale = crowd(["Anna", "太郎"], [[0, 1]])
    shown = walked(tale, "p0")
    assert path_picture._plan(shown).label(tale.povs[1]) == ""
    assert texts.path_caption(path_picture.unlettered(shown)).startswith("-# 2 太郎\n")


def test_a_title_that_cannot_be_drawn_is_left_out() -> None:
    here, other = (page("1A", tale=story("A", title=title)) for title in ("物語", "字"))
    assert path_picture.draw(here) == path_picture.draw(other) != path_picture.draw(page("1A"))


def test_what_an_edited_story_has_no_more_is_still_on_the_path() -> None:
    edited = replace(story("B", "AB"), povs=(BEN,))
    shown = page("1A", "2B", "9C", tale=edited)
    assert [pov.name for pov in path_picture._plan(shown).lanes] == ["Ben", "anna", "Anna", "cleo"]
    assert "**3. a scene that's no longer in the story** · cleo" in path_picture.as_text(shown)
    plan = Seen(shown).plan
    assert [plan.scene_title(row) for row in plan.rows][2:] == [""]


# ---- in words


def test_the_alternative_text_says_who_was_heard_where_and_who_was_not() -> None:
    text = path_picture.describe(page("1A", "2B", "3A"))
    assert text.startswith("Our path through A Tale, scene 3 of 4.")
    assert "Anna: heard 1, 3, not heard 2." in text
    assert "Ben: heard 2, not heard 3." in text
    assert "Cleo: not heard 3." in text


def test_the_alternative_text_of_a_long_path_counts() -> None:
    shown = walked(story(*["AB"] * 1000), *["anna", "ben"] * 500)
    assert "Anna: heard in 500 scenes, not heard in 500 scenes." in path_picture.describe(shown)


def test_the_path_as_text_names_each_scene_whom_we_heard_and_who_else_tells_it() -> None:
    assert path_picture.as_text(page("1A", "2B", "3A")) == (
        "## A Tale: our path\n"
        "-# scene 3 of 4 · 1 to come\n"
        "**1. Scene 1** · Anna\n"
        "**2. Scene 2** · Ben (not heard: Anna)\n"
        "**3. Scene 3** · Anna (not heard: Ben and Cleo)"
    )


def test_of_a_long_path_as_text_there_is_the_end_and_how_much_is_missing() -> None:
    text = path_picture.as_text(walked(story(*["AB"] * 1000), *["anna", "ben"] * 500))
    assert 3900 < len(text) <= 4000
    first = text.splitlines()[2]
    missing = next(n for n in range(1000) if f"**{n + 1}. Scene {n + 1}**" in text)
    assert first == texts.path_left_out(missing)
    assert text.endswith("**1000. Scene 1000** · Ben (not heard: Anna)")


@st.composite
def readings(draw: st.DrawFn) -> Page:
    """Somewhere in a story of up to 21 POVs and 80 scenes."""
    names = [f"{draw(SCRIPTS)}{n}"[-40:] for n in range(draw(st.integers(1, 21)))]
    tellers = st.lists(st.integers(0, len(names) - 1), min_size=1, max_size=20, unique=True).map(sorted)
    tale = crowd(names, draw(st.lists(tellers, min_size=1, max_size=80)))
    read = draw(st.integers(1, len(tale.scenes)))
    return walked(tale, *(draw(st.sampled_from(scene.povs)).id for scene in tale.scenes[:read]))


@given(readings())
@settings(max_examples=12, deadline=None)
def test_every_picture_keeps_to_its_limits(shown: Page) -> None:
    seen = Seen(shown)
    assert seen.image.size == (seen.plan.width, seen.plan.height)
    assert path_picture.NARROWEST <= seen.plan.width <= path_picture.WIDEST
    assert len(seen.plan.rows) == 1 or seen.plan.height <= path_picture.HEIGHT
    assert seen.plan.pitch >= path_picture.NARROW_LANE
    assert len(seen.png) < 1_000_000
    first = seen.plan.rows[0]
    assert seen.is_filled(0, first.heard)
    assert all(seen.is_hollow(0, pov) for pov in first.others)


@given(readings())
@settings(max_examples=50, deadline=None)
def test_every_text_keeps_to_its_limits(shown: Page) -> None:
    assert len(path_picture.describe(shown)) <= 1024
    assert len(path_picture.as_text(shown)) <= 4000
    assert len(path_picture.as_text(shown).encode()) <= 10_170
    ahead = {scene.title for scene in shown.story.scenes[len(shown.place.path) :]}
    assert not [title for title in ahead if f" {title}**" in path_picture.as_text(shown)]


def test_a_place_after_going_back_shows_only_what_still_counts() -> None:
    steps = [*place("1A", "2B").path, Step(9, Kind.BACK, NOON)]
    here: Place = follow([Step(1, Kind.START, NOON), *steps])
    assert "Ben" not in path_picture.describe(Page(READING, TALE, here, None))
