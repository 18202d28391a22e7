import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from story.importing import BrokenStoryError
from story.importing.draft import Draft
from story.importing.limits import Limits
from story.importing.readers.epub import read_epub
from tests.story.importing.files import LAMP
from tests.story.importing.reading import read as reading
from tests.story.importing.reading import told
from tests.story.importing.works import epub, opf, zipped

PREFACE = """<div id="preface" class="calibre1"><h2 class="toc-heading" id="calibre_toc_1">Preface</h2>
<p class="message"><b class="calibre2">The Lamp</b><br class="calibre1"/>Posted originally on the
<a href="https://archiveofourown.org/">Archive of Our Own</a>.</p><div class="calibre1"><dl class="tags">
<dt class="calibre3">Rating:</dt><dd class="calibre4"><a href="https://archiveofourown.org/tags/Mature">Mature</a></dd>
<dt class="calibre3">Archive Warning:</dt><dd class="calibre4">Major Character Death</dd></dl></div></div>"""
TITLE = """<div id="preface" class="calibre1"><div class="calibre1"><h1 class="calibre6">The Lamp</h1>
<div class="byline">by <a href="https://archiveofourown.org/users/ada" rel="author">ada_fen</a></div>
<p class="calibre7">Summary</p><blockquote class="userstuff"><p class="calibre7">It goes out.</p></blockquote>
</div></div>"""
FIRST = """<div class="userstuff1" id="chapters"><div class="calibre1"><h2 class="heading">Chapter 1: Fog</h2>
<p class="calibre7">Chapter Notes</p><blockquote class="userstuff"><p>Hello.</p></blockquote>
<div class="endnote-link">See the end of the chapter for <a href="split_003.xhtml#endnotes1">notes</a></div></div>
<div class="userstuff2"><p class="calibre7">a</p></div></div>"""
SECOND = """<div class="userstuff1" id="chapters"><div class="userstuff2"><p class="calibre7">b</p></div>
<div class="calibre1" id="endnotes1"><p>Chapter End Notes</p><blockquote class="userstuff"><p>Bye.</p></blockquote>
</div><div class="calibre1"><h2 class="heading">Chapter 2</h2></div>
<div class="userstuff2"><p>ANNA POV</p><p>c</p></div></div>"""
AFTERWORD = """<div id="afterword" class="calibre1"><h2 class="toc-heading">Afterword</h2>
<p class="message">Please drop by the Archive and comment!</p></div>"""
WORK = {
    "split_000.xhtml": PREFACE,
    "split_001.xhtml": TITLE,
    "split_002.xhtml": FIRST,
    "split_003.xhtml": SECOND,
    "split_004.xhtml": AFTERWORD,
}


def read(documents: dict[str, str], package: str = "") -> Draft:
    return read_epub(epub(documents, package), "lamp.epub")


def parts(draft: Draft) -> list[tuple[str, str]]:
    """The parts of a draft, each with its heading, or "note"."""
    return [("note" if part.is_note else part.heading, part.text) for part in draft.parts]


def test_a_work_of_the_archive_is_put_together_from_its_pieces() -> None:
    draft = read(WORK)
    assert (draft.title, draft.authors, draft.rating) == ("The Lamp", ("ada_fen",), "Mature")
    assert (draft.content_notes, draft.blurb, draft.language) == (("Major Character Death",), "It goes out.", "en-GB")
    assert parts(draft) == [
        ("note", "Chapter Notes: Hello."),
        ("Chapter 1: Fog", "a\n\nb"),
        ("note", "Chapter End Notes: Bye."),
        ("Chapter 2", "c"),
    ]
    assert draft.parts[-1].pov == "Anna"


def test_a_work_of_one_chapter_has_no_heading_in_a_book_either() -> None:
    only = '<div class="userstuff1" id="chapters"><h2 class="toc-heading">X</h2><div class="userstuff2">a</div></div>'
    assert parts(read({"a.xhtml": PREFACE, "b.xhtml": only, "c.xhtml": AFTERWORD})) == [("", "a")]


def test_what_a_work_does_not_say_its_package_may() -> None:
    metadata = "<dc:description>&lt;p&gt;Out *&lt;/p&gt;</dc:description>"
    metadata += "<dc:subject>Fog</dc:subject><dc:subject>Explicit</dc:subject>"
    draft = read(
        {"a.xhtml": '<div id="chapters"><div class="userstuff2">a</div></div>'}, opf({"a": "a.xhtml"}, metadata)
    )
    assert (draft.title, draft.authors, draft.rating, draft.blurb) == ("The Lamp", ("Ada Fen",), "Explicit", r"Out \*")


def test_a_cover_may_come_before_a_work() -> None:
    assert parts(read({"titlepage.xhtml": "<svg/>", **WORK}))[1] == ("Chapter 1: Fog", "a\n\nb")


def test_any_other_book_goes_by_its_spine_and_headings() -> None:
    draft = read({"one.xhtml": "<h1>One</h1><p>a</p><hr/><p>b</p>", "two.xhtml": "<h2>Two</h2><h3>Fog</h3><p>c</p>"})
    assert (draft.title, draft.authors, draft.language) == ("The Lamp", ("Ada Fen",), "en-GB")
    assert parts(draft) == [("One", "a"), ("", "b"), ("Two · Fog", "c")]


def test_a_chapter_goes_on_in_the_next_document() -> None:
    assert parts(read({"a.xhtml": "<h1>One</h1><p>a</p>", "b.xhtml": "<p>b</p>"})) == [("One", "a"), ("", "b")]


def test_povs_are_headings_in_books_too() -> None:
    draft = read({"a.xhtml": "<h1>One</h1><h2>ANNA POV</h2><p>a</p>", "b.xhtml": "<p>POV: Ben</p><p>b</p>"})
    assert [(part.pov, part.heading) for part in draft.parts] == [("Anna", "One"), ("Ben", "")]


@pytest.mark.parametrize("name", ["cover", "Title_Page", "toc", "contents01", "halftitle"])
def test_covers_and_lists_of_contents_are_left_out(name: str) -> None:
    assert parts(read({f"{name}.xhtml": "<p>x</p>", "a.xhtml": "<p>a</p>"})) == [("", "a")]


def test_what_is_left_out_leaves_nothing_behind() -> None:
    contents = "<ol><li><b>" + "<p>x</p>" * 20_000
    assert parts(read({"toc.xhtml": contents, "a.xhtml": "<p>a</p>"})) == [("", "a")]


@pytest.mark.parametrize("name", ["copyright", "dedication", "about-the-author", "Acknowledgements", "also_by_ada"])
def test_what_is_said_about_the_book_is_a_note(name: str) -> None:
    assert parts(read({"a.xhtml": "<p>a</p>", f"{name}.xhtml": "<h1>B</h1><p>b</p>"})) == [
        ("", "a"),
        ("note", "### B\n\nb"),
    ]


def test_a_heading_says_so_too() -> None:
    draft = read(
        {
            "1.xhtml": "<h2>Table of Contents</h2><p>x</p>",
            "2.xhtml": "<p>a</p>",
            "3.xhtml": "<h2>Author's Note</h2><p>b</p>",
        }
    )
    assert parts(draft) == [("", "a"), ("note", "### Author's Note\n\nb")]


def test_so_does_the_guide() -> None:
    guide = '<reference type="copyright-page" title="c" href="p1.xhtml"/>'
    draft = read(
        {"p1.xhtml": "<p>x</p>", "p2.xhtml": "<p>a</p>"}, opf({"i1": "p1.xhtml", "i2": "p2.xhtml"}, guide=guide)
    )
    assert parts(draft) == [("note", "x"), ("", "a")]


def test_a_page_with_nothing_but_title_and_author_is_left_out() -> None:
    assert parts(read({"p1.xhtml": "<h1>The Lamp</h1><p>by</p><p>Ada Fen</p>", "p2.xhtml": "<p>a</p>"})) == [("", "a")]


def test_the_title_over_a_chapter_is_no_chapter() -> None:
    assert parts(read({"p1.xhtml": "<h1>The Lamp</h1><h2>One</h2><p>a</p>"})) == [("One", "a")]


def test_mistakes_in_a_document_name_it() -> None:
    data = epub({"a.xhtml": "<p>a</p>"}, more={"OEBPS/a.xhtml": '<!DOCTYPE html [\n<!ENTITY a "b">]><p>&a;</p>'})
    with pytest.raises(BrokenStoryError, match=r"lamp\.epub/OEBPS/a\.xhtml:2: declares an entity"):
        read_epub(data, "lamp.epub")


def test_a_document_may_be_in_utf_16() -> None:
    data = epub({"a.xhtml": ""}, more={"OEBPS/a.xhtml": "<html><body><p>é</p></body></html>".encode("utf-16")})
    assert parts(read_epub(data, "lamp.epub")) == [("", "é")]


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_a_damaged_book_is_read_or_refused(data: st.DataObject) -> None:
    whole = bytearray(
        epub(WORK if data.draw(st.booleans()) else {"a.xhtml": "<h1>A</h1><p>a</p>", "b.xhtml": "<p>b</p>"})
    )
    for _ in range(data.draw(st.integers(0, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    read_or_refused(bytes(whole[: data.draw(st.integers(0, len(whole)))] if data.draw(st.booleans()) else whole))


TAGS_OF_ALL_KINDS = (
    '<item id="a" href="a.xhtml"/>|<item href="../b"/>|<itemref idref="a"/>|<itemref/>|<spine>|</spine>|<package>'
    '|<a:b/>|</package>|<reference type="toc" href="a.xhtml"/>|&amp;|&x;|<!DOCTYPE p>|<![CDATA[|]]>|<?xml?>'
)
PIECES = st.sampled_from(TAGS_OF_ALL_KINDS.split("|"))


@settings(max_examples=100, deadline=None)
@given(st.one_of(st.lists(PIECES, max_size=20).map("".join), st.text(max_size=60)), st.binary(max_size=60))
def test_whatever_its_package_says_a_book_is_read_or_refused(package: str, document: bytes) -> None:
    read_or_refused(epub({}, package or "<a/>", {"OEBPS/a.xhtml": document}))
    read_or_refused(epub({}, f"<package>{package}</package>", {"OEBPS/a.xhtml": document}))


@settings(max_examples=100)
@given(st.one_of(st.binary(max_size=200), st.binary(max_size=60).map(lambda raw: zipped({"a": raw}) + raw)))
def test_whatever_it_is_it_is_read_or_refused(data: bytes) -> None:
    read_or_refused(data)


def read_or_refused(data: bytes) -> None:
    try:
        draft = read_epub(data, "any.epub")
    except BrokenStoryError:
        return
    assert all(part.text.strip() for part in draft.parts)


def test_a_book_of_nothing_that_can_be_read_is_refused() -> None:
    data = epub({"a.xhtml": ""}, more={"OEBPS/a.xhtml": b"\xff\xfe\0"})
    with pytest.raises(BrokenStoryError, match=r"lamp\.epub/OEBPS/a\.xhtml:1: not text"):
        read_epub(data, "lamp.epub")


def test_a_document_that_cannot_be_read_is_left_out_with_a_warning() -> None:
    draft = read_epub(epub({"a.xhtml": "", "b.xhtml": "<p>b</p>"}, more={"OEBPS/a.xhtml": b"\xff\xfe\0"}), "lamp.epub")
    assert parts(draft) == [("", "b")]
    assert "not text" in str(draft.warnings[0])


def test_a_book_that_unpacks_to_too_much_is_refused_whole() -> None:
    large = epub({"a.xhtml": "<p>a</p>", "b.xhtml": f"<p>{'b' * 100_000}</p>"})
    with pytest.raises(BrokenStoryError, match="makes more than a file of this size may unpack to"):
        read_epub(large, "lamp.epub", Limits(bytes=1000))


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ('epub:type="toc"', [("", "a")]),
        ('role="doc-pagebreak"', [("", "a")]),
        ('epub:type="dedication"', [("note", "Dark."), ("", "a")]),
        ('epub:type="frontmatter"', [("note", "Dark."), ("", "a")]),
        ('epub:type="backmatter chapter"', [("", "Dark."), ("", "a")]),
        ('epub:type="bodymatter"', [("", "Dark."), ("", "a")]),
        ('epub:type="footnotes"><div epub:type="toc"', [("note", "Dark."), ("", "a")]),
    ],
)
def test_a_section_says_of_what_kind_it_is(kind: str, expected: list[tuple[str, str]]) -> None:
    assert parts(read({"p1.xhtml": f"<div {kind}><p>Dark.</p></div>", "p2.xhtml": "<p>a</p>"})) == expected


def test_numbers_of_pages_are_left_out_and_marks_of_notes_stand_apart() -> None:
    text = '<p>The <span epub:type="pagebreak">12</span>lamp<a epub:type="noteref" href="#n1">1</a> went out.</p>'
    note = '<aside id="n1" epub:type="footnote"><p>Of oil.</p></aside>'
    assert parts(read({"p1.xhtml": text + note})) == [("", "The lamp [1] went out."), ("note", "Of oil.")]


RIGHTS = "<p>Copyright © 2019 Ada Fen</p><p>All rights reserved.</p><p>Made by hand.</p>"


def test_a_page_about_copyright_is_a_note() -> None:
    draft = read({"a.xhtml": "<h2>One</h2><p>a</p>", "b.xhtml": RIGHTS})
    assert [text for kind, text in parts(draft) if kind != "note"] == ["a"]


def test_an_excerpt_behind_what_is_about_the_author_is_a_note() -> None:
    chapters = {"a.xhtml": "<h2>One</h2><p>a</p>", "b.xhtml": "<h2>About the Author</h2><p>She is well.</p>"}
    draft = read({**chapters, "c.xhtml": "<h2>An Excerpt from The Wick</h2><p>c</p>"})
    assert [text for kind, text in parts(draft) if kind != "note"] == ["a"]


def test_the_arrow_that_leads_back_from_a_note_is_left_out() -> None:
    note = '<li epub:type="endnote">Of oil. <a epub:type="backlink" href="#a">↩</a></li>'
    draft = read({"a.xhtml": f'<p>a</p><ol xmlns:epub="http://www.idpf.org/2007/ops">{note}</ol>'})
    assert parts(draft)[-1] == ("note", "1. Of oil.")


def test_a_title_on_every_page_with_a_chapter_under_it_is_no_list_of_contents() -> None:
    names = ["Mara", "Joe", "Mara", "Joe"]
    pages = {
        f"c{n}.xhtml": f"<h1>The Lamp</h1><h2>Chapter {n}</h2><h3>{name}</h3><p>{LAMP}</p>"
        for n, name in enumerate(names, 1)
    }
    assert [(pov, heading) for pov, heading, _ in told(reading("a.epub", epub(pages)))] == [
        (name, f"Chapter {n}") for n, name in enumerate(names, 1)
    ]
