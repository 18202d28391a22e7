from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from story.importing import BrokenStoryError, Mistake
from story.importing.draft import (
    GREY,
    PALETTE,
    Draft,
    Part,
    mark_part,
    merge_povs,
    povs,
    rename_pov,
    to_story,
    with_colour,
)
from story.importing.limits import MOST_CHOICES, MOST_POVS, Limits
from story.importing.markdown import read_single_file
from story.importing.markdown_writer import write_markdown
from story.model import Link, Scene
from tests.story.importing.tales import PROSE, TEXTS


def draft(*parts: Part, **more: object) -> Draft:
    return Draft("The Well", ("Ada",), parts, **more)  # type: ignore[arg-type] # fields are passed on as they are


def told(*povs: str) -> Draft:
    """A draft with a part for each POV."""
    return draft(*(Part(pov, f"{pov} tells.", line) for line, pov in enumerate(povs, 1)))


def names(of: Draft) -> list[str]:
    return [pov.name for pov in povs(of)]


def scenes(*parts: Part, length: int = 2500) -> tuple[Scene, ...]:
    return to_story(draft(*parts), "well", length).scenes


def mistakes(of: Draft, limits: Limits | None = None) -> list[str]:
    with pytest.raises(BrokenStoryError) as broken:
        to_story(of, "well", limits=limits or Limits())
    return [str(mistake) for mistake in broken.value.mistakes]


def test_every_part_is_a_scene_told_by_one_pov() -> None:
    story = to_story(told("", "Anna", "Ben", "Anna"), "The Well")
    assert (story.id, story.title, story.authors) == ("the-well", "The Well", ("Ada",))
    assert [scene.povs[0].id for scene in story.scenes] == ["narrator", "anna", "ben", "anna"]
    assert [scene.title for scene in story.scenes] == ["Part 1", "Part 2", "Part 3", "Part 4"]


def test_spellings_of_one_name_are_one_pov_by_the_one_that_is_not_in_capitals() -> None:
    assert names(told("ANNA", "anna ", "Anna’s", "Anna  B", "ANNA B", "James'", "James's", "Narrator", "")) == [
        "anna",
        "Anna B",
        "James",
        "Narrator",
    ]


def test_a_name_in_a_script_without_capitals_is_kept() -> None:
    assert names(told("太郎", "太郎")) == ["太郎"]


def test_povs_have_colours_that_can_be_told_apart_and_the_narrator_is_grey() -> None:
    found = povs(told("", *(f"P{n}" for n in range(8))))
    assert [pov.colour for pov in found] == [GREY, *PALETTE, PALETTE[0]]


def test_no_pov_has_the_id_that_is_anothers_name() -> None:
    found = povs(told("Anna B", "anna-b", "Anna!B"))
    assert [pov.id for pov in found] == ["anna-b-2", "anna-b", "anna-b-3"]


def test_a_pov_can_be_renamed_with_its_colour() -> None:
    changed = rename_pov(with_colour(told("anna", "Ben"), "anna", 0x123456), "anna", "Cleo")
    assert [(pov.name, pov.colour) for pov in povs(changed)] == [("Cleo", 0x123456), ("Ben", PALETTE[1])]
    assert names(rename_pov(told("", "Ben"), "Narrator", "Anna")) == ["Anna", "Ben"]
    assert rename_pov(told("Anna"), "Nobody", "Ben") == told("Anna")


def test_two_povs_can_be_merged_into_the_colour_of_the_second() -> None:
    coloured = with_colour(with_colour(told("Anna", "Ben"), "Anna", 1), "Ben", 2)
    assert [(pov.name, pov.colour) for pov in povs(merge_povs(coloured, "Anna", "Ben"))] == [("Ben", 2)]


def test_a_part_can_be_taken_for_a_note_and_back() -> None:
    marked = mark_part(told("Anna", "Ben"), 0, is_note=True)
    assert names(marked) == ["Ben"]
    assert to_story(marked, "well").credits == "Anna tells."
    assert mark_part(marked, 0, is_note=False) == told("Anna", "Ben")


def test_parts_without_a_title_go_by_their_chapter() -> None:
    parts = (
        Part("", "A", 1),
        Part("A", "B", 2, "Fire"),
        Part("B", "C", 3),
        Part("", "n", 4, is_note=True),
        Part("", "D", 5),
    )
    found = scenes(*parts, Part("", "E", 6, "Well"))
    assert [scene.title for scene in found] == ["Part 1", "Fire", "Fire (2)", "Fire (3)", "Well"]
    assert [scene.id for scene in found] == ["part-1", "fire", "fire-2", "fire-3", "well"]


def test_a_long_part_is_cut_into_scenes_of_its_own_and_goes_on_from_the_last() -> None:
    link = Link("Up", "top")
    text = "\n\n".join(["x" * 90] * 3)
    found = scenes(
        Part("", text, 1, "Down", id="low", links=(link,)), Part("", "Y", 2, "Up", id="top", links=()), length=90
    )
    assert [(scene.title, scene.links) for scene in found] == [
        ("Down", None),
        ("Down (2)", None),
        ("Down (3)", (Link("Up", "up"),)),
        ("Up", ()),
    ]


def test_a_link_leads_to_the_first_scene_of_a_part() -> None:
    text = "\n\n".join(["x" * 90] * 3)
    found = scenes(Part("", text, 1, "Down", id="low"), Part("", "Y", 2, "Up", links=(Link(" ", "low"),)), length=90)
    assert found[-1].links == (Link("On", "down"),)


def test_what_is_said_of_the_story_is_shortened_to_what_a_story_holds() -> None:
    story = to_story(
        draft(
            Part("n" * 50, "Text.", 1, "h" * 300),
            credits="c" * 900,
            rating="r" * 50,
            content_notes=tuple(f"note {n}" for n in range(12)),
            blurb="b\n" * 300,
            language="not a tag",
        ),
        "well",
    )
    assert (len(story.povs[0].name), len(story.credits), len(story.rating)) == (40, 800, 40)
    assert (len(story.scenes[0].title), len(story.blurb), story.language) == (193, 200, "en")
    assert story.content_notes[8:] == ("note 8", "and 3 more")


def test_a_story_without_title_and_author_gets_some() -> None:
    story = to_story(Draft(" ", ("",), (Part("", "Text.", 1),), language="de-AT"), "")
    assert (story.id, story.title, story.authors, story.language) == (
        "untitled",
        "Untitled",
        ("Unknown author",),
        "de-AT",
    )


def test_a_draft_without_prose_is_refused() -> None:
    assert mistakes(draft(Part("", " ", 1), Part("", "Hi.", 2, is_note=True), file=Path("a.txt"))) == [
        "a.txt:1: no prose: expected paragraphs of a story"
    ]


def test_too_many_povs_are_refused_where_the_first_of_them_is_heard() -> None:
    [mistake] = mistakes(told(*(f"P{n}" for n in range(MOST_POVS + 2))))
    assert mistake == "story:101: 102 POVs; at most 100, and this is where the next is first heard"


def test_too_many_sections_are_refused() -> None:
    assert mistakes(told("A", "B", "A"), Limits(sections=2)) == ["story:1: 3 sections; at most 2"]


def test_links_that_cannot_be_followed_are_refused() -> None:
    many = Part("", "A", 3, id="a", links=(Link("On", "a"),) * (MOST_CHOICES + 1))
    nowhere = Part("", "B", 0, id="b", links=(Link("Down", "c"),))
    assert mistakes(draft(many, nowhere, Part("", "", 9, id="c"))) == [
        "story:1: “Down” leads to “c”, which has no text to read",
        "story:3: 21 ways on from here; at most 20",
    ]


def test_mistakes_stand_in_the_order_of_their_places() -> None:
    file = Path("a.txt")
    found = [Mistake(file, 2, "b"), Mistake(file, 1, "z", 5), Mistake(file, 1, "a", 9), Mistake(file, 1, "c")]
    assert [str(mistake) for mistake in sorted(found)] == ["a.txt:1: c", "a.txt:1:5: z", "a.txt:1:9: a", "a.txt:2: b"]


PARTS = st.builds(
    Part,
    pov=st.sampled_from(["", "Anna", "ANNA’S", "anna b", "anna-b"]) | TEXTS,
    text=PROSE,
    line=st.integers(0, 9),
    heading=st.just("") | TEXTS,
    is_note=st.booleans(),
    id=st.just("a"),
    links=st.none() | st.just(()) | st.builds(Link, TEXTS, st.just("a")).map(lambda link: (link,)),
)
DRAFTS = st.builds(
    Draft,
    title=TEXTS,
    authors=st.lists(TEXTS, max_size=12).map(tuple),
    parts=st.lists(PARTS, min_size=1, max_size=5).map(lambda parts: (Part("", "A", 1, id="a"), *parts)),
    rating=TEXTS,
    content_notes=st.lists(TEXTS, max_size=12).map(tuple),
    blurb=TEXTS,
    language=TEXTS,
    credits=TEXTS,
)


@given(DRAFTS, st.integers(1, 100))
@settings(max_examples=25, deadline=None)
def test_any_draft_becomes_a_story_that_can_be_written_down(of: Draft, length: int) -> None:
    story = to_story(of, "well", length)
    assert read_single_file(write_markdown(story).encode(), "well.md") == story
