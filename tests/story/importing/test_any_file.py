"""Whatever a file is, it becomes a story that can be written down, or is refused."""

import zipfile
from html import escape
from io import BytesIO

from hypothesis import given, settings
from hypothesis import strategies as st

from story.importing import BrokenStoryError
from story.importing.doubts import MOST_DOUBTS, doubts
from story.importing.draft import Draft, to_story
from story.importing.markdown import read_single_file
from story.importing.markdown_writer import write_markdown
from story.importing.read import read_story_file
from tests.story.importing.files import (
    ARCHIVE,
    FANFICTION,
    GATE,
    LAMP,
    ROYAL_ROAD,
    WATTPAD,
    docx,
    odt,
    word_paragraph,
)
from tests.story.importing.works import zipped

PIECES = st.sampled_from(
    [
        *(
            "MARA POV",
            "JOE",
            "(Mara)",
            "~*~ Joe ~*~",
            "General POV",
            "Narra Mara",
            "美咲視点",
            "* * *",
            "oOo",
            "[SCENE BREAK]",
        ),
        *(
            "Chapter 1: Mara",
            "Chapter 2",
            "II",
            "3",
            "第一章",
            "LATER",
            "A/N: hi",
            "Thanks for reading! Please review.",
            "THE END",
        ),
        *(
            "Contents",
            "Title: A",
            "by Kit",
            "The Orchard",
            "*** START OF THE PROJECT GUTENBERG EBOOK A ***",
            "**B**",
            "# C",
            "> d",
        ),
        *(
            LAMP,
            GATE,
            "“Yes,” she said.",
            "\u200b",
            "&nbsp;",
            "<b>Mara</b>",
            "<hr>",
            "<h2>Joe</h2>",
            "<br>",
            "- e",
            "---\nf: g\n---",
        ),
    ]
)
TEXTS = PIECES | st.text(max_size=20)
PRINTED = st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"), max_size=20)
PAGES = {"archive": ARCHIVE, "fanfiction": FANFICTION, "royal road": ROYAL_ROAD, "wattpad": WATTPAD}
WORD_STYLES = st.sampled_from(["", "Title", "heading1", "heading2"])
OPEN_STYLES = st.sampled_from(["", "Title", "P1", "Horizontal_20_Line"])
OPEN_MARKUP = st.sampled_from(
    [
        '<text:h text:outline-level="2">{}</text:h>',
        '<text:p text:style-name="{style}">{}</text:p>',
        "<text:list><text:list-item><text:p>{}</text:p></text:list-item></text:list>",
        '<text:p><text:span text:style-name="T1">{}</text:span><text:line-break/>{}</text:p>',
        "<text:p>a<text:note><text:note-body><text:p>{}</text:p></text:note-body></text:note></text:p>",
        "<text:section>{}</text:section>",
    ]
)
quick = settings(max_examples=60, deadline=None)


def becomes_a_story_or_is_refused(name: str, data: bytes) -> None:
    """Read a file, and write down what comes of it, and read that again."""
    try:
        draft = read_story_file(name, data)
        assert isinstance(draft, Draft)
        made = to_story(draft, "a", section_length=60)
    except BrokenStoryError:
        return
    assert len(doubts(draft)) <= MOST_DOUBTS
    assert read_single_file(write_markdown(made).encode(), "a.md") == made


@given(st.lists(TEXTS, max_size=20), st.sampled_from(["txt", "md", "html", "rtf", "fb2"]))
@settings(max_examples=150, deadline=None)
def test_a_file_of_text(pieces: list[str], kind: str) -> None:
    text = {
        "html": "".join(f"<p>{each}</p>" for each in pieces),
        "rtf": r"{\rtf1 " + r"\par ".join(pieces) + "}",
        "fb2": "<FictionBook><body><section>"
        + "".join(f"<p>{each}</p>" for each in pieces)
        + "</section></body></FictionBook>",
    }.get(kind, "\n\n".join(pieces))
    becomes_a_story_or_is_refused(f"a.{kind}", text.encode("utf-8", "replace"))


@given(st.lists(st.tuples(PIECES | PRINTED, WORD_STYLES, st.sampled_from(["", "<w:i/>", "<w:b/>"])), max_size=12))
@quick
def test_a_word_document(paragraphs: list[tuple[str, str, str]]) -> None:
    data = docx(*(word_paragraph(escape(text), style, run) for text, style, run in paragraphs), footnote="Of oil.")
    becomes_a_story_or_is_refused("a.docx", data)


@given(st.lists(st.tuples(OPEN_MARKUP, PIECES | PRINTED, OPEN_STYLES), max_size=12))
@quick
def test_an_opendocument_text(pieces: list[tuple[str, str, str]]) -> None:
    body = "".join(markup.replace("{style}", style).replace("{}", escape(text)) for markup, text, style in pieces)
    becomes_a_story_or_is_refused("a.odt", odt(body))


NAMES = st.sampled_from(["1.txt", "2 - Mara.md", "b/10_joe.html", "3.rtf", "notes.txt", "4.docx", "5.fb2", "6.zip"])


@given(st.dictionaries(NAMES, st.lists(TEXTS, max_size=6).map("\n\n".join), max_size=5))
@quick
def test_a_bundle_of_chapters(files: dict[str, str]) -> None:
    becomes_a_story_or_is_refused(
        "a.zip", zipped({name: text.encode("utf-8", "replace") for name, text in files.items()})
    )


@given(st.sampled_from([docx(word_paragraph(LAMP)), odt(f"<text:p>{LAMP}</text:p>")]), st.data())
@quick
def test_an_office_document_that_is_damaged(whole: bytes, data: st.DataObject) -> None:
    with zipfile.ZipFile(BytesIO(whole)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    name = data.draw(st.sampled_from(sorted(files)))
    content = bytearray(files[name])
    at = data.draw(st.integers(0, len(content)))
    content[at : at + data.draw(st.integers(0, 40))] = data.draw(st.binary(max_size=20))
    for kind in ("docx", "odt"):
        becomes_a_story_or_is_refused(f"a.{kind}", zipped({**files, name: bytes(content)}))


@given(st.binary(max_size=300) | st.binary(max_size=60).map(lambda data: docx(word_paragraph(LAMP))[:-60] + data))
@quick
def test_what_is_no_archive(data: bytes) -> None:
    for kind in ("docx", "odt", "zip", "epub"):
        becomes_a_story_or_is_refused(f"a.{kind}", data)


@given(st.sampled_from(sorted(PAGES)), st.lists(TEXTS, max_size=8), st.integers(1, 9))
@quick
def test_a_page_of_a_site(site: str, pieces: list[str], ninths: int) -> None:
    said = "".join(f"<p>{each}</p>" for each in pieces)
    page = PAGES[site].replace(LAMP, said)
    becomes_a_story_or_is_refused("a.html", page[: len(page) * ninths // 9].encode("utf-8", "replace"))
