import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from story.importing import BrokenStoryError
from story.importing.draft import Draft, to_story
from story.importing.limits import Limits
from story.importing.twee import MOST_MISTAKES, read_twee

DATA = {"ifid": "D674C58C-DEFA-4F70-B7A2-27742230C0FC", "format": "Harlowe", "format-version": "3.3.9"}


def twee(start: str = "", **data: str) -> str:
    """A file with its title and data, to which passages are added."""
    said = DATA | data | ({"start": start} if start else {})
    return f":: StoryTitle\nThe Lamp\n\n\n:: StoryData\n{json.dumps(said, indent=2)}\n\n\n"


def read(text: str, limits: Limits | None = None) -> Draft:
    return read_twee(text.encode(), "lamp.twee", limits or Limits())


def texts(text: str) -> list[tuple[str, str]]:
    return [(part.heading, part.text) for part in read(text).parts]


def links(text: str) -> list[list[tuple[str, str]]]:
    """The ways on from each part, each as label and id."""
    return [[(link.label, link.scene) for link in part.links or ()] for part in read(text).parts]


def mistakes(text: str, limits: Limits | None = None) -> list[str]:
    with pytest.raises(BrokenStoryError) as broken:
        read(text, limits)
    return [str(mistake).removeprefix("lamp.twee:") for mistake in broken.value.mistakes]


def warnings(text: str) -> list[str]:
    return [str(warning).removeprefix("lamp.twee:") for warning in read(text).warnings]


def test_a_story_has_a_title_and_perhaps_an_author() -> None:
    draft = read(twee() + ":: StoryAuthor\nAda Fen\n\n:: Start\nDark.")
    assert (draft.title, draft.authors) == ("The Lamp", ("Ada Fen",))


def test_a_story_without_a_title_goes_by_its_file() -> None:
    draft = read(":: Start\nDark.")
    assert (draft.title, draft.authors) == ("lamp", ())


def test_passages_are_scenes_and_links_the_ways_on() -> None:
    text = twee() + ":: Start\nDark.\n\n[[Up]]\n[[Go down->Down]]\n\n:: Up\nFog.\n[[Down]]\n\n:: Down\nSea."
    assert texts(text) == [("Start", "Dark."), ("Up", "Fog."), ("Down", "Sea.")]
    assert links(text) == [[("Up", "up"), ("Go down", "down")], [("Down", "down")], []]
    story = to_story(read(text), "lamp")
    assert [scene.links and [link.scene for link in scene.links] for scene in story.scenes] == [
        ["up", "down"],
        ["down"],
        (),
    ]


@pytest.mark.parametrize("link", ["[[Up|B]]", "[[Up->B]]", "[[B<-Up]]", "[[ Up -> B ]]", "[[''Up''|B]]"])
def test_a_link_may_be_written_in_many_ways(link: str) -> None:
    assert links(f":: Start\na {link}\n:: B\nb")[0] == [("Up", "b")]


def test_of_two_links_to_one_passage_the_first_counts() -> None:
    assert links(":: Start\na [[B]] [[C]] [[again->B]]\n:: B\nb\n:: C\nc")[0] == [("B", "b"), ("C", "c")]


def test_links_in_lines_of_their_own_at_the_end_are_no_prose() -> None:
    text = ":: Start\nDark.\n\n* [[Up->B]]\n- [[Down->B]] or [[B]]\n\n:: B\nb"
    assert texts(text)[0] == ("Start", "Dark.")


def test_links_within_the_prose_keep_their_words() -> None:
    text = ":: Start\nShe went [[''up''->B]].\n[[Down->B]]\nOr not.\n[[B]]\n:: B\nb"
    assert texts(text)[0] == ("Start", "She went **up**.\nDown\nOr not.")


def test_a_passage_of_nothing_but_links_keeps_their_words() -> None:
    assert texts(":: Start\n[[Up->B]]\n[[B]]\n:: B\nb")[0] == ("Start", "Up\nB")


def test_a_link_to_the_web_leads_to_no_passage() -> None:
    text = ":: Start\nSee [[here->https://example.org/a]] and [[https://example.org/b]]."
    assert texts(text) == [("Start", "See here (https://example.org/a) and https://example.org/b.")]
    assert links(text) == [[]]


@pytest.mark.parametrize(
    "text", [twee() + ":: A\na\n:: Start\ns\n[[A]]", twee("Start") + ":: A\na\n:: Start\ns\n[[A]]"]
)
def test_a_story_begins_with_start(text: str) -> None:
    assert texts(text) == [("Start", "s"), ("A", "a")]


def test_a_story_may_begin_elsewhere() -> None:
    assert texts(twee("A b") + ":: Start\ns\n:: A b\na\n[[Start]]") == [("A b", "a"), ("Start", "s")]


def test_headers_have_tags_and_metadata_and_escapes() -> None:
    text = r""":: Start [dark pov-anna] {"position":"600,400","size":"100,200"}
a [[B {x}]]
:: B \{x\} {"position":"1,2"}
b"""
    assert [(part.heading, part.pov, part.line) for part in read(text).parts] == [
        ("Start", "Anna", 2),
        ("B {x}", "", 4),
    ]


@pytest.mark.parametrize("tag", ["pov-mary_ann", "mary-ann-pov", "POV:Mary_Ann"])
def test_a_tag_says_who_tells_a_passage(tag: str) -> None:
    assert read(f":: Start [a {tag}]\na").parts[0].pov == "Mary Ann"


def test_a_heading_says_who_tells_a_passage() -> None:
    [part] = read(":: Start [pov-anna]\n\n''BEN POV''\n\na").parts
    assert (part.pov.casefold(), part.text) == ("ben", "a")


def test_titles_are_no_markdown_and_ids_are_told_apart() -> None:
    draft = read(":: Start\na [[*A*]]\n:: *A*\nb [[A]]\n:: A\nc")
    assert [(part.heading, part.id) for part in draft.parts] == [("Start", "start"), (r"\*A\*", "a"), ("A", "a-2")]


def test_markup_and_comments_are_seen_to() -> None:
    text = ":: Start\n//Dark//.\n\n\n\n/% a\nb %/''Very'' <!-- [[x]] -->dark.\n* a\n----\n\n"
    assert texts(text) == [("Start", "*Dark*.\n\n**Very** dark.\n- a\n\\* \\* \\*")]


def test_all_macros_are_refused_by_name_and_line() -> None:
    text = twee() + ":: Start\nDark (if: $lit)[and cold].\n[[B]]\n:: B\n<<print 1>>"
    assert mistakes(text) == [
        "14:6: the macro (if:) of Harlowe is not carried out: expected a passage for each case, and a [[link]] to each",
        "14:11: the variable $lit is not carried out: expected a passage for each state, and a [[link]] to each",
        "17:1: the macro <<print>> of SugarCube is not carried out: expected the words themselves",
    ]


def test_a_setter_is_refused() -> None:
    assert mistakes(":: Start\na [[B|Start][$x to 1]]") == [
        "2:3: the setter [$x to 1] of SugarCube is not carried out",
    ]


def test_links_that_lead_nowhere_are_refused() -> None:
    assert mistakes(":: Start\na [[B]] [[]]\n\n[[C->D]] [[E") == [
        "2:3: no passage “B”",
        "2:9: a link to no passage: expected [[Name]]",
        "4:1: no passage “D”",
        "4:10: a link that does not end: expected [[Name]]",
    ]


def test_code_is_left_out_with_a_warning() -> None:
    text = ":: Start\na\n:: Code [script]\n<<a>>\n:: Style [stylesheet]\nb\n:: StoryMenu\nc\n:: Also [Twine.image]\nd"
    assert texts(text) == [("Start", "a")]
    assert warnings(text) == [
        "3: “Code” is left out: it is tagged script",
        "5: “Style” is left out: it is tagged stylesheet",
        "7: “StoryMenu” is left out: it is no passage that is gone to",
        "9: “Also” is left out: it is tagged Twine.image",
    ]


def test_macros_that_set_a_story_up_are_refused() -> None:
    assert mistakes(":: Start\na\n:: StoryInit\n<<set $a to 1>>")[0].startswith("4:1: the macro <<set>> of SugarCube")


def test_passages_that_nothing_leads_to_are_left_out_with_a_warning() -> None:
    text = ":: Start\na\n:: B\n[[C]]\n:: C\nc [[B]]"
    assert texts(text) == [("Start", "a")]
    assert warnings(text) == [
        "3: “B” is left out: no passage leads to it",
        "5: “C” is left out: no passage leads to it",
    ]


def test_text_before_the_first_passage_is_left_out_with_a_warning() -> None:
    assert warnings("\nHello.\n:: Start\na") == ["1: text before the first passage is left out"]


@pytest.mark.parametrize("data", ["{", "[]", "1" * 5000, "[" * 100_000])
def test_data_that_cannot_be_read_is_left_out_with_a_warning(data: str) -> None:
    assert warnings(f":: StoryData\n{data}\n:: Start\na") == [
        "1: StoryData is not JSON that can be read: expected { … }"
    ]


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        (
            twee("Gone") + ":: Start\na",
            "5: no passage “Gone” to begin with: expected one, or another as `start` in StoryData",
        ),
        (":: A\na", "1: no passage “Start” to begin with: expected one, or another as `start` in StoryData"),
        (':: StoryData\n{"start": [1]}\n:: Start\na', "1: no passage “[1]” to begin with"),
        (":: Start\n\n:: A\na", "1: “Start” is empty: expected text"),
        (":: Start\na\n::\nb", "3: not the header of a passage: expected `:: Name [tags]`"),
        (":: Start\na\n:: B [c\nb", "3: not the header of a passage: expected `:: Name [tags]`"),
        (":: Start\na\n:: Start\nb", "3: a second passage “Start”; the first is on line 1"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(text: str, mistake: str) -> None:
    [said] = mistakes(text)
    assert said.startswith(mistake)


def test_no_text_at_all_has_no_passage_to_begin_with() -> None:
    assert mistakes("")[0].startswith("1: no passage “Start”")


def test_more_passages_than_a_story_may_have_are_refused() -> None:
    assert mistakes(":: A\na\n" * 4, Limits(sections=3)) == ["1: 4 passages; at most 3 are read"]


def test_only_so_many_mistakes_are_named() -> None:
    said = mistakes(":: Start\n" + "[[]]\n" * (MOST_MISTAKES + 7))
    assert len(said) == MOST_MISTAKES + 1
    assert said[-1] == f"{MOST_MISTAKES + 1}: and perhaps more: these are the first {MOST_MISTAKES}"


def test_each_macro_is_named_once_with_how_often_and_where_it_is_first() -> None:
    assert mistakes(":: Start\na\n<<a>>\n<<b>>\n<<a>>") == [
        "3:1: the macro <<a>> of SugarCube is not carried out: expected text and [[links]] (2 times)",
        "4:1: the macro <<b>> of SugarCube is not carried out: expected text and [[links]]",
    ]


def test_a_line_that_is_too_long_for_prose_is_refused() -> None:
    assert mistakes(":: Start\na\n" + "b" * 20_001) == ["3: a line of 20,001 characters; at most 20,000 are read"]


PIECES_OF_ALL_KINDS = (
    "\n:: |\n:: Start\n|\n:: A\n|\n:: StoryData\n|[pov-a]|{}|[[A]]|[[|]]|->|<-|\n|''|//|**|*|<b>|</b>|/%|%/|<!--|-->|"
    "<<a>>|$a|(if:|\\|word |ANNA POV|----|> |! |# |http://a.b|\t|::|é"
)
PIECES = st.sampled_from(PIECES_OF_ALL_KINDS.split("|"))


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.lists(PIECES, max_size=60).map("".join).map(str.encode), st.binary(max_size=200)))
def test_whatever_it_is_it_is_read_or_refused(data: bytes) -> None:
    try:
        draft = read_twee(b":: Start\na [[A]]\n:: A\nb\n" + data, "any.twee")
    except BrokenStoryError:
        return
    assert to_story(draft, "any").scenes[0].id == "start"
