from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from discord import ui
from hypothesis import given
from hypothesis import strategies as st

from cogs.ui import layouts, looking_back, texts
from story.importing.limits import LIMITS, MOST_CHOICES
from story.model import Link, Pov, Scene, Section, Story
from story.rules.ballot import Ballot
from story.rules.options import options
from story.rules.page import Page, Passed
from story.rules.presses import Press, Presses
from story.rules.steps import Kind, Place, Reading, Step, follow
from tests.builders import ANNA, NOON, place, step, story

READING = Reading(7, 1, 2, "tale", 3)
LETTERS = st.sampled_from(["a", "é", "字", "\U0001f600", " ", ". ", "\n\n", "*"])


def page(tale: Story, here: Place, *presses: Press, closed_by: Step | None = None, closes: bool = False) -> Page:
    following = options(tale, here)
    ballot = Ballot(following, here, Presses(presses), frozenset(), NOON if closes else None) if following else None
    return Page(READING, tale, here, ballot, closed_by)


def items(layout: ui.LayoutView) -> list[ui.Item[Any]]:
    return list(layout.walk_children())


def text(layout: ui.LayoutView) -> str:
    return "\n".join(item.content for item in items(layout) if isinstance(item, ui.TextDisplay))


def buttons(layout: ui.LayoutView) -> list[ui.Button[Any]]:
    return [item for item in items(layout) if isinstance(item, ui.Button)]


async def assert_fits(found: list[ui.LayoutView]) -> None:
    for layout in found:
        assert layout.content_length() <= 4000
        assert len(text(layout).encode()) <= 10_170
        assert layout.total_children_count <= 40
        assert all(1 <= len(button.label or "") <= 80 for button in buttons(layout))
        assert all(len(button.custom_id or "") <= 100 for button in buttons(layout))
        assert all(len(row.children) <= 5 for row in items(layout) if isinstance(row, ui.ActionRow))


def widest_story(filler: str, prose: str) -> Story:
    """A story that uses up every limit of the format, in letters that take the most room."""
    povs = tuple(
        Pov(f"{n:0>24}", (filler * 40)[:39] + str(n % 10), 1, (filler * 200)[:200]) for n in range(MOST_CHOICES)
    )
    scenes = tuple(
        Scene(f"{n:0>40}", (filler * 200)[:200], tuple(Section(pov, prose or "x", filler) for pov in povs))
        for n in range(3)
    )
    line = (filler * 100)[:100]
    return Story(
        "tale", line, (line,) * 10, povs, scenes, (filler * 800)[:800], "en", line[:40], (line,) * 10, line * 2
    )


@given(
    st.sampled_from(["m", "字", "𐐨"]),
    st.lists(LETTERS, min_size=1, max_size=200),
    st.integers(1, 60),
    st.integers(1, 4),
)
async def test_every_page_keeps_to_the_limits_of_a_message(
    filler: str, letters: list[str], times: int, steps: int
) -> None:
    tale = widest_story(filler, "".join(letters).strip() * times)
    sections = [
        Step(n, Kind.SECTION, NOON, scene.id, tale.povs[n].id) for n, scene in enumerate(tale.scenes, 2)
    ]  # fmt: skip
    told = [Step(1, Kind.START, NOON), *sections][:steps]
    shown = page(tale, follow(told), Press(10**19, tale.povs[0].id, ready=True), closes=True)
    await assert_fits(layouts.page(shown))
    await assert_fits([layouts.ballot(shown, 1)] if shown.ballot else [])
    heard = [(each, tale.scenes[n], tale.scenes[n].sections[each.n]) for n, each in enumerate(told[1:])]
    for at in range(len(heard)):
        so_far = [Passed(scene, section, each) for each, scene, section in heard]
        await assert_fits([looking_back.reread(shown, so_far, at, heard[at][2], part) for part in (0, 1, 99)])
    await assert_fits([layouts.pages(texts.story_info(tale), at, "info:tale") for at in (0, 1, 9)])
    await assert_fits([layouts.pages(texts.recap(shown, heard), 0, "recap:7")])


@given(st.sampled_from(["m", "字", "𐐨"]), st.integers(1, 3))
async def test_a_branch_of_many_long_labels_keeps_to_the_limits_of_a_message(filler: str, told_by: int) -> None:
    tale = widest_story(filler, "x")
    ways = tuple(Scene(f"{n:0>40}", "x", tale.scenes[0].sections[:told_by]) for n in range(MOST_CHOICES))
    links = tuple(Link((filler * 200)[:200], way.id) for way in ways)
    tale = replace(tale, scenes=(replace(tale.scenes[0], id="fork", links=links), *ways))
    here = follow([Step(1, Kind.START, NOON), Step(2, Kind.SECTION, NOON, "fork", tale.povs[0].id)])
    shown = page(tale, here, Press(10**19, ways[0].id), closes=True)
    await assert_fits([*layouts.page(shown), layouts.ballot(shown, 1)])
    assert len(buttons(layouts.ballot(shown, 1))) == MOST_CHOICES + 1


async def test_the_text_of_a_section_is_whole_over_its_parts() -> None:
    prose = "\n\n".join(f"Paragraph {n} of the scene, which goes on for a while." for n in range(200))
    parts = layouts.page(page(story("A", "AB", text=prose), place("1A")))
    shown = "".join(
        item.content for part in parts for item in items(part) if isinstance(item, ui.TextDisplay)
    )  # fmt: skip
    assert all(f"Paragraph {n} of" in shown for n in range(200))
    assert len(parts) > 2


async def test_a_section_stands_in_a_container_of_its_povs_colour() -> None:
    [layout] = layouts.page(page(story("A", "AB"), place("1A")))
    [box] = [item for item in items(layout) if isinstance(item, ui.Container)]
    assert box.accent_colour == ANNA.colour


async def test_each_part_is_marked_with_its_step_and_number() -> None:
    parts = layouts.page(page(story("A", "AB", text="word " * 2000), place("1A")))
    assert [part.children[0].id for part in parts] == [layouts.mark(2, number) for number in range(len(parts))]


@pytest.mark.parametrize("letter", ["m", "𐐨"])
async def test_of_the_longest_section_each_part_has_a_mark_of_its_own_and_is_known_by_its_step(letter: str) -> None:
    prose = "\n\n".join([letter * 2999] * (LIMITS.section // 3000))
    parts = layouts.page(page(story("A", "AB", text=prose), place("1A")))
    marks = [part.children[0].id for part in parts]
    assert len(set(marks)) == len(marks) > 64
    assert not set(marks) & {layouts.mark(n, part) for n in (1, 3) for part in range(len(parts))}
    messages = [SimpleNamespace(components=[SimpleNamespace(id=each)]) for each in marks]
    assert {layouts.step_of(each) for each in messages} == {2}  # type: ignore[arg-type] # as much of a message as it looks at


async def test_marks_fit_into_thirty_two_bits() -> None:
    assert all(64 <= layouts.mark(10**15, part) < 2**30 for part in (63, 64, 1023))
    assert 2**30 <= layouts.delivery_mark(10**15) < 2**31


async def test_a_notice_is_cut_where_a_message_has_no_more_room_in_bytes_either() -> None:
    [shown] = items(layouts.notice("𐐨" * 3999))
    assert isinstance(shown, ui.TextDisplay)
    assert shown.content.endswith("𐐨…")
    assert 9_900 < len(shown.content.encode()) <= 10_000


async def test_where_texts_are_too_long_together_the_last_are_cut() -> None:
    found = items(layouts.lay_out(ui.TextDisplay("m" * 3990), *(ui.TextDisplay("n" * 20) for _ in range(3))))
    assert [each.content for each in found if isinstance(each, ui.TextDisplay)] == ["m" * 3990, "n" * 7 + "…", "…", "…"]


async def test_a_layout_is_never_waited_for() -> None:
    assert all(layout.is_finished() for layout in layouts.page(page(story("A", "AB"), place("1A"))))


async def test_a_closed_page_keeps_its_buttons_but_they_cannot_be_pressed() -> None:
    [layout] = layouts.page(page(story("A", "AB"), place("1A"), closed_by=step(3, told="2B")))
    assert [button.disabled for button in buttons(layout)] == [True, True, True]


async def test_a_section_that_was_taken_out_of_the_story_is_said_to_be() -> None:
    shown = page(story("A", "AB"), place("1A"))
    edited = replace(shown, story=replace(shown.story, scenes=story("B", "AB").scenes))
    assert texts.section_gone() in text(layouts.page(edited)[-1])


async def test_a_long_section_that_is_read_again_goes_on_at_a_press() -> None:
    tale = story("A", "AB", text="A sentence. " * 500)
    heard = Passed(tale.scenes[0], tale.scenes[0].sections[0], place("1A").path[0])
    first = looking_back.reread(page(tale, place("1A")), [heard], 0, heard.section, 0)
    assert [button.label for button in buttons(first)] == [texts.t("button.read_on")]
    assert (buttons(first)[0].custom_id or "").endswith(":1")


@pytest.mark.parametrize("length", [3500, 3501, 20_000])
async def test_a_line_that_is_longer_than_a_page_is_cut_short(length: int) -> None:
    layout = layouts.pages(["a", "b" * length], 1, "recap:1")
    assert layout.content_length() <= layouts.PAGE


async def test_no_control_is_an_emoji_alone() -> None:
    for button in buttons(layouts.page(page(story("A", "ABC"), place("1A")))[-1]):
        assert button.emoji is None
        assert any(letter.isalpha() for letter in button.label or "")
