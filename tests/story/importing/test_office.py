"""What office programs write: Word's .docx, OpenDocument's .odt, and rich text."""

import tracemalloc
import zipfile
from collections.abc import Callable
from io import BytesIO
from xml.dom import minidom

import pytest

from story.importing.limits import NO_LIMITS, Limits
from tests.story.importing.files import GATE, LAMP, docx, odt, word_paragraph
from tests.story.importing.reading import mistake, notes, read, told
from tests.story.importing.works import zipped


def test_a_word_document_keeps_its_headings_emphasis_and_footnotes() -> None:
    data = docx(
        word_paragraph("The Orchard", "Title"),
        word_paragraph("Chapter 1", "heading1"),
        word_paragraph("MARA POV"),
        word_paragraph(LAMP, note=2),
        word_paragraph("Cold.", run="<w:i/>"),
        word_paragraph("* * *"),
        word_paragraph("JOE POV"),
        word_paragraph(GATE),
        author="Kit Hale",
        footnote="Of oil.",
    )
    draft = read("orchard.docx", data)
    assert (draft.title, draft.authors) == ("The Orchard", ("Kit Hale",))
    assert told(draft) == [("Mara", "Chapter 1", f"{LAMP} [1]\n\n*Cold.*"), ("Joe", "", GATE)]
    assert notes(draft) == ["1. Of oil."]


@pytest.mark.parametrize(
    ("name", "data"), [("a.docx", docx(word_paragraph(LAMP))), ("a.odt", odt(f"<text:p>{LAMP}</text:p>"))]
)
def test_a_packed_document_is_read_without_limits_as_the_command_line_does(name: str, data: bytes) -> None:
    assert told(read(name, data, NO_LIMITS)) == [("", "", LAMP)]


def test_a_word_document_says_its_title_if_it_shows_none() -> None:
    assert read("a.docx", docx(word_paragraph(LAMP), word_paragraph(GATE), title="The Orchard")).title == "The Orchard"


@pytest.mark.parametrize("title", ["Untitled", "Microsoft Word - a.docx"])
def test_a_title_that_a_program_made_up_is_none(title: str) -> None:
    assert read("a.docx", docx(word_paragraph(LAMP), word_paragraph(GATE), title=title)).title == "a"


def test_an_opendocument_text_keeps_its_headings_emphasis_and_notes() -> None:
    body = (
        '<text:p text:style-name="Title">The Orchard</text:p><text:h text:outline-level="1">Chapter 1</text:h>'
        f'<text:section><text:p text:style-name="P1">{LAMP}<text:note text:note-class="footnote"><text:note-citation>1'
        "</text:note-citation><text:note-body><text:p>Of oil.</text:p></text:note-body></text:note></text:p>"
        "</text:section>"
        '<text:p>It was <text:span text:style-name="T1">very</text:span><text:s/><text:span text:style-name="T2">cold'
        "</text:span>.<text:line-break/>Yes.<office:annotation><text:p>x</text:p></office:annotation></text:p><text:p/>"
        '<text:p text:style-name="Horizontal_20_Line"/><text:list><text:list-item><text:p>Apples</text:p>'
        f"</text:list-item></text:list><text:table-of-content><text:p>x</text:p></text:table-of-content>"
    )
    draft = read("orchard.odt", odt(body, author="Kit Hale"))
    assert (draft.title, draft.authors) == ("The Orchard", ("Kit Hale",))
    assert told(draft) == [
        ("", "Chapter 1", f"{LAMP} [1]\n\nIt was *very* **cold**.\nYes."),
        ("", "", "- Apples"),
    ]
    assert notes(draft) == ["[1] Of oil."]


def test_rich_text_keeps_its_words_and_says_that_emphasis_is_lost() -> None:
    draft = read("the_orchard.rtf", rf"{{\rtf1\ansi MARA POV\par {LAMP}\par JOE POV\par {{\i {GATE}}}\par}}")
    assert [(pov, text) for pov, _, text in told(draft)] == [("Mara", LAMP), ("Joe", GATE)]
    assert "emphasis is lost" in str(draft.warnings[0])


def added(data: bytes, files: dict[str, str | bytes]) -> bytes:
    """An archive with other files in place of its own, or besides them."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return zipped({**{name: archive.read(name) for name in archive.namelist()}, **files})


WORD = docx(word_paragraph(LAMP), word_paragraph(GATE), title="The Orchard", author="Kit Hale")


@pytest.mark.parametrize("page", [r"\ansicpg1252", ""])
def test_rich_text_says_its_title_and_author(page: str) -> None:
    info = r"{\info{\title The Caf\'e9 \u8212? Orchard}{\author {Kit} Hale}{\operator x}}"
    draft = read("a.rtf", rf"{{\rtf1\ansi{page}{info}{LAMP}\par}}")
    assert (draft.title, draft.authors, told(draft)) == ("The Café — Orchard", ("Kit Hale",), [("", "", LAMP)])


def test_pictures_of_a_word_document_are_not_looked_at() -> None:
    assert told(read("a.docx", added(WORD, {"word/media/image1.png": b"<!ENTITY"}))) == [("", "", f"{LAMP}\n\n{GATE}")]


def test_a_word_document_of_more_xml_than_text_is_refused() -> None:
    assert mistake("a.docx", WORD, Limits(characters=20)).startswith("too large: ")


@pytest.mark.parametrize("core", ["<", "", "<a>"], ids=["cut off", "nothing", "not closed"])
def test_properties_that_cannot_be_read_say_nothing(core: str) -> None:
    draft = read("orchard.docx", added(WORD, {"docProps/core.xml": core}))
    assert (draft.title, draft.authors) == ("orchard", ())


def test_a_document_need_not_say_anything_of_itself() -> None:
    with zipfile.ZipFile(BytesIO(WORD)) as archive:
        without = zipped({name: archive.read(name) for name in archive.namelist() if name != "docProps/core.xml"})
    assert read("orchard.docx", without).title == "orchard"


def test_rich_text_with_a_sign_that_there_is_not_is_refused() -> None:
    assert mistake("a.rtf", r"{\rtf1 a\u99999999 b}") == "damaged rich text: ValueError"


def run(text: str, look: str = "", more: str = "") -> str:
    """A piece of a paragraph of Word's, as it parts them."""
    return f'<w:r {more}><w:rPr><w:sz w:val="24"/>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def test_runs_of_a_word_document_that_look_the_same_are_one() -> None:
    runs = [
        '<w:bookmarkStart w:id="1" w:name="a"/>',
        run("It was "),
        "<w:proofErr/>",
        run("ve"),
        run("ry "),
        run("ve", "<w:i/>"),
        run("ry", "<w:i/>"),
        run(" late."),
    ]
    paragraph = f'<w:p><w:pPr><w:ind w:left="9"/></w:pPr>{"".join(runs)}</w:p>'
    assert told(read("a.docx", docx(paragraph))) == [("", "", "It was very *very* late.")]


def test_a_line_break_between_runs_stays() -> None:
    paragraph = f"<w:p>{run(LAMP)}<w:r><w:br/></w:r><w:r><w:br/></w:r>{run(GATE)}</w:p>"
    assert told(read("a.docx", docx(paragraph))) == [("", "", f"{LAMP}\n\n{GATE}")]


def test_a_word_document_takes_no_more_memory_than_a_few_trees_of_its_text() -> None:
    data = docx(*(word_paragraph(f"{LAMP} {GATE}") for _ in range(2000)))
    with zipfile.ZipFile(BytesIO(data)) as archive:
        xml = archive.read("word/document.xml")

    def peak(reads: Callable[[], object]) -> int:
        tracemalloc.start()
        reads()
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    read("a.docx", data)  # what is imported only then is no memory of the text
    assert peak(lambda: read("a.docx", data)) < 4 * peak(lambda: minidom.parseString(xml))  # noqa: S318 - it was made here


def test_a_word_document_of_mostly_marks_is_refused() -> None:
    runs = "".join(run(letter, "<w:i/>" if n % 2 else "") for n, letter in enumerate("abcdefghij" * 20))
    limits = Limits(characters=12 * 300)
    said = "".join(word_paragraph(LAMP) for _ in range(3))
    assert told(read("a.docx", docx(said), limits))
    assert mistake("a.docx", docx(f"<w:p>{runs}</w:p>"), limits) == "mostly marks: expected prose"
