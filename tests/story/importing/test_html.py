from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from story.importing import BrokenStoryError
from story.importing.draft import Draft, Part, to_story
from story.importing.readers.html import read_html
from tests.story.importing.works import TAGS, chapter, work


def read(html: str) -> Draft:
    return read_html(html.encode(), "lamp.html")


def prose(draft: Draft) -> list[tuple[str, str, str]]:
    """The parts that are read out, each as POV, heading and text."""
    return [(part.pov, part.heading, part.text) for part in draft.parts if not part.is_note]


def notes(draft: Draft) -> list[str]:
    return [part.text for part in draft.parts if part.is_note]


def texts(parts: Iterable[Part]) -> list[str]:
    return [part.text for part in parts]


def test_a_work_says_what_it_is_called_and_who_wrote_it() -> None:
    draft = read(work("<p>Dark.</p>", title="Out &amp; On", byline="keeper_of_fog, Ben (b_en)"))
    assert (draft.title, draft.authors) == ("Out & On", ("keeper_of_fog", "Ben (b_en)"))
    assert (draft.rating, draft.blurb, draft.language) == ("Teen And Up Audiences", "A lamp goes out.", "en")


def test_a_summary_in_several_paragraphs_is_one_line_and_no_markdown() -> None:
    assert read(work("<p>a</p>", summary="One *</p><p><b>two</b>")).blurb == r"One \* two"


def test_archive_warnings_are_content_notes() -> None:
    tags = TAGS | {"Archive Warnings": "Major Character Death, Graphic Depictions Of Violence"}
    del tags["Archive Warning"]
    assert read(work("<p>a</p>", tags=tags)).content_notes == (
        "Major Character Death",
        "Graphic Depictions Of Violence",
    )


def test_that_no_warning_applies_is_no_content_note() -> None:
    assert read(work("<p>a</p>")).content_notes == ()


@pytest.mark.parametrize(("name", "tag"), [("Deutsch", "de"), ("Português brasileiro", "pt-BR"), ("Klingon", "")])
def test_languages_go_by_their_own_names(name: str, tag: str) -> None:
    assert read(work("<p>a</p>", tags=TAGS | {"Language": name})).language == tag


def test_where_a_work_comes_from_and_what_inspired_it_is_credited() -> None:
    site = "https://archiveofourown.org"
    assert read(work("<p>a</p>")).credits == (
        f"**The Lamp**\nPosted originally on the [Archive of Our Own]({site}/) at {site}/works/7.\n\n"
        f"- Inspired by [The Fog]({site}/works/3) by [ben]({site}/users/ben)."
    )


def test_a_work_of_one_chapter_has_no_heading() -> None:
    draft = read(work("<p>Dark.</p><p><em>Very</em> dark.</p>"))
    assert prose(draft) == [("", "", "Dark.\n\n*Very* dark.")]


def test_chapters_have_headings() -> None:
    draft = read(work(chapter("Chapter 1: Fog", "<p>a</p>"), chapter("Chapter 2", "<p>b</p>")))
    assert prose(draft) == [("", "Chapter 1: Fog", "a"), ("", "Chapter 2", "b")]


def test_parts_know_their_lines() -> None:
    html = work(chapter("Chapter 1", "<p>Dark.</p>"))
    [part] = [part for part in read(html).parts if not part.is_note]
    assert html.split("\n")[part.line - 1] == "<p>Dark.</p>"


def test_notes_and_summaries_of_chapters_stay_apart_from_the_story() -> None:
    first = chapter("Chapter 1", "<p>a</p>", summary="It begins.", notes="Hi.</p><hr/><p>Hello.", end_notes="Bye.")
    draft = read(work(first, chapter("Chapter 2", "<p>b</p>"), notes="Thanks.", end_notes="The end."))
    assert prose(draft) == [("", "Chapter 1", "a"), ("", "Chapter 2", "b")]
    assert notes(draft) == [
        "Notes: Thanks.",
        "Chapter Summary: It begins.",
        "Chapter Notes: Hi.\n\nHello.",
        "Chapter End Notes: Bye.",
        "End Notes: The end.",
    ]


def test_a_quotation_in_the_story_is_no_note() -> None:
    assert prose(read(work("<p>a</p><blockquote><p>b</p></blockquote>"))) == [("", "", "a\n\n> b")]


@pytest.mark.parametrize(
    "mark",
    ["<hr/>", "<p>* * *</p>", "<p>***</p>", "<p>~*~</p>", "<p>-oOo-</p>", '<p align="center">x x x</p>', "<p>⁂</p>"],
)
def test_breaks_part_the_story(mark: str) -> None:
    assert texts(read(work(f"<p>a</p>{mark}<p>b</p>")).parts) == ["a", "b"]


@pytest.mark.parametrize("line", ["…", "...", "“—”", "Oooh", "1984"])
def test_short_lines_part_nothing(line: str) -> None:
    assert len(read(work(f"<p>a</p><p>{line}</p><p>b</p>")).parts) == 1


@pytest.mark.parametrize(
    "heading",
    ["<p><b>Anna's POV</b></p>", "<p>ANNA POV</p>", "<h3>POV: Anna</h3>", "<p><u>Anna’s Point of View</u></p>"],
)
def test_a_heading_of_a_pov_says_who_tells_what_follows(heading: str) -> None:
    html = work(chapter("Chapter 1", f"<p>a</p>{heading}<p>b</p><hr/><p>c</p>"), chapter("Chapter 2", "<p>d</p>"))
    draft = read(html)
    assert [(part.pov.casefold().removesuffix("’s").removesuffix("'s"), part.text) for part in draft.parts] == [
        ("", "a"),
        ("anna", "b"),
        ("anna", "c"),
        ("anna", "d"),
    ]


def povs(html: str) -> list[tuple[str, str]]:
    """The parts of a work with this text, each as POV and text."""
    return [(part.pov, part.text) for part in read(work(html)).parts]


@pytest.mark.parametrize("name", ["ANNA", "<b>ANNA</b>", "(Anna)", "Anna:", "<h4>ANNA</h4>"])
def test_a_name_alone_is_a_heading_after_a_break(name: str) -> None:
    assert povs(f"<p>a</p><hr/><p>{name}</p><p>b</p>") == [("", "a"), ("Anna", "b")]


def test_a_name_alone_within_a_scene_is_prose() -> None:
    assert povs("<p>a</p><p>ANNA</p><p>b</p>") == [("", "a\n\nANNA\n\nb")]


@pytest.mark.parametrize("name", ["<p><b>Anna</b></p>", "<h4>Anna</h4>", "<p>ANNA</p>"])
def test_a_known_name_need_only_stand_out(name: str) -> None:
    html = f"<p>POV: Anna</p><p>a</p><p>POV: Ben</p><p>b</p>{name}<p>c</p>"
    assert povs(html) == [("Anna", "a"), ("Ben", "b"), ("Anna", "c")]


@pytest.mark.parametrize("line", ["<p>Anna</p>", "<p>A<b>nna</b></p>", "<p><b>Fog</b></p>"])
def test_other_short_lines_are_prose(line: str) -> None:
    assert len(povs(f"<p>POV: Anna</p><p>a</p>{line}<p>c</p>")) == 1


def test_nobodys_pov_is_called_as_the_file_calls_it() -> None:
    assert povs("<p>ANNA POV</p><p>a</p><p>Third person POV</p><p>b</p>") == [("Anna", "a"), ("Third Person", "b")]


def test_a_page_without_prose_is_refused() -> None:
    with pytest.raises(BrokenStoryError, match=r"lamp\.html:1: no prose: expected paragraphs of a story"):
        read("<h1>Dark</h1><hr>")


def test_a_chapters_title_may_say_who_tells_it() -> None:
    draft = read(work(chapter("Chapter 1: Anna's POV", "<p>a</p>"), chapter("Chapter 2: The Anna", "<p>b</p>")))
    assert [part.heading for part in draft.parts] == ["Chapter 1: Anna's POV", "Chapter 2: The Anna"]
    assert [pov.id for pov in to_story(draft, "lamp").povs] == ["anna"]


def test_other_headings_and_lists_stay_in_the_text() -> None:
    html = "<h3>Monday, early</h3><p>a</p><ul><li>b</li><li>c</li></ul><p>d</p>"
    assert prose(read(work(html))) == [("", "", "### Monday, early\n\na\n\n- b\n- c\n\nd")]


@pytest.mark.parametrize("empty", ["", "<p>&nbsp;</p>", "<p>\u200b</p>"])
def test_a_chapter_without_text_is_left_out_and_said_so(empty: str) -> None:
    draft = read(work(chapter("Chapter 1: Fog", empty), chapter("Chapter 2", "<p>b</p>")))
    assert prose(draft) == [("", "Chapter 2", "b")]
    assert "“Chapter 1: Fog” is left out: it has no text" in str(draft.warnings[0])


def test_titles_of_chapters_are_no_markdown() -> None:
    assert prose(read(work(chapter("1. *F*", "<p>a</p>"))))[0][1] == r"1. \*F\*"


def test_a_picture_is_warned_of() -> None:
    [warning] = read(work('<p>a <img src="https://example.org/x.png" alt="a map"></p>')).warnings
    assert "<img> cannot be shown" in str(warning)


def test_any_other_page_goes_by_its_headings() -> None:
    html = (
        '<html lang="de"><head><title>Der &amp; Leuchtturm</title><meta name="author" content="A. Fen"></head><body>'
        "<h1>Der &amp; Leuchtturm</h1><p>a</p><h2>Eins</h2><p>b</p><h4>c</h4><h3>ANNA POV</h3><p>d</p>"
        "<h3>Anna</h3><p>e</p></body></html>"
    )
    draft = read(html)
    assert (draft.title, draft.authors, draft.language) == ("Der & Leuchtturm", ("A. Fen",), "de")
    assert prose(draft) == [("", "", "a"), ("", "Eins", "b\n\n### c"), ("Anna", "", "d"), ("Anna", "", "e")]


def test_a_page_without_a_title_goes_by_its_file() -> None:
    draft = read("<p>a</p>")
    assert (draft.title, draft.authors, draft.language) == ("lamp", (), "")


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(BrokenStoryError, match=r"lamp\.html:1: not text"):
        read_html(b"\xff\xfe\x00", "lamp.html")


TAGS_OF_ALL_KINDS = (
    '<p>|</p>|<hr>|<b>|</b>|<h2>|</h2>|<h2 class="heading">|<li>|<ol>|</ol>|<br>|<dt>|<dd>|<pre>|</div>'
    '|<div id="chapters">|<div class="userstuff">|<blockquote class="userstuff">|<!--|-->|<![CDATA[|<|&|&nbsp;|&#0;'
    '|"|word'
    "|é| |\n|ANNA POV|* * *|Summary"
)
PIECES = st.sampled_from(TAGS_OF_ALL_KINDS.split("|"))


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.lists(PIECES, max_size=60).map("".join).map(str.encode), st.binary(max_size=300)))
def test_whatever_it_is_it_is_read_or_refused(data: bytes) -> None:
    for wrapped in (data, b'<div id="preface"></div><div class="userstuff">' + data):
        try:
            draft = read_html(wrapped, "any.html")
        except BrokenStoryError:
            continue
        assert all(part.text.strip() for part in draft.parts)


def test_a_list_of_contents_may_be_a_table() -> None:
    rows = "".join(f"<tr><td>{n}.</td><td>{title}</td><td>9</td></tr>" for n, title in [("I", "FOG"), ("II", "SUN")])
    chapters = "<h2>CHAPTER I<br>FOG</h2><p>a</p><h2>CHAPTER II<br>SUN</h2><p>b</p>"
    draft = read(f"<h2>CONTENTS</h2><table>{rows}</table>{chapters}")
    assert prose(draft) == [("", "CHAPTER I · FOG", "a"), ("", "CHAPTER II · SUN", "b")]


def test_the_number_of_a_page_is_left_out() -> None:
    assert prose(read('<p><span class="pagenum">[Pg 1]</span>a</p>')) == [("", "", "a")]
