import zipfile
from dataclasses import replace
from io import BytesIO

from lxml import etree

from story.importing.limits import LIMITS
from story.importing.readers.epub import read_epub
from story.services.transcript import Told, Transcript, as_epub, as_html, as_markdown
from tests.builders import NOON

HEARD = Transcript(
    "A Tale",
    ("An Author", "Another"),
    "by An Author, Another",
    "en",
    "For everyone.\n\nFor nothing.",
    (Told("One", "Anna", "It *rained*.\nA lot."), Told("Two", "Ben", "So what?", "Decided: Ben, 2 of 3 votes.")),
    "reading:7:3",
    NOON,
)
HOSTILE = "<script>&\"' *x* # ]]>\x0b"


def text_of(html: str) -> str:
    return " ".join("".join(etree.fromstring(html.encode()).itertext()).split())


def test_as_markdown_the_sections_stand_in_the_order_heard_each_with_its_vote() -> None:
    assert as_markdown(HEARD) == (
        "# A Tale\n\nby An Author, Another\n\n## One\n\n**Anna**\n\nIt *rained*.\nA lot.\n\n## Two\n\n**Ben**\n\n"
        "> Decided: Ben, 2 of 3 votes.\n\nSo what?\n\n---\n\nFor everyone.\n\nFor nothing.\n"
    )


def test_without_credits_it_ends_with_the_last_section() -> None:
    bare = replace(HEARD, credits="")
    assert as_markdown(bare).endswith("\n\nSo what?\n")
    assert "<hr" not in as_html(bare)


def test_names_are_no_markdown() -> None:
    assert "# \\*x\\* \\<b\\>\n" in as_markdown(replace(HEARD, title="*x* <b>"))


def test_as_html_it_is_well_formed_and_keeps_emphasis_and_line_ends() -> None:
    html = as_html(HEARD)
    assert "<p>It <em>rained</em>.<br />\nA lot.</p>" in html
    assert text_of(html).endswith("Ben Decided: Ben, 2 of 3 votes. So what? For everyone. For nothing.")


def test_as_html_nothing_of_the_story_is_taken_for_html() -> None:
    told = Told(HOSTILE, HOSTILE, HOSTILE + " ![x](https://example.org/x.png) [y](javascript:alert)", HOSTILE)
    hostile = replace(HEARD, title=HOSTILE, byline=HOSTILE, language='"><x', credits=HOSTILE, told=(told,))
    root = etree.fromstring(as_html(hostile).encode())
    for tag in ("script", "img", "x"):
        assert root.findall(f".//{{*}}{tag}") == []
    assert [each.get("href") for each in root.iter("{*}a")] == ["https://example.org/x.png"]


def test_as_epub_it_begins_with_its_type_uncompressed_and_every_document_is_well_formed() -> None:
    hostile = replace(HEARD, title=HOSTILE, authors=(HOSTILE,), told=(replace(HEARD.told[0], scene=HOSTILE),))
    with zipfile.ZipFile(BytesIO(as_epub(hostile))) as archive:
        first, *others = archive.infolist()
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        assert archive.read(first) == b"application/epub+zip"
        for each in others:
            etree.fromstring(archive.read(each))


def test_as_epub_it_can_be_brought_in_again() -> None:
    draft = read_epub(as_epub(HEARD), "tale.epub", LIMITS)
    assert (draft.title, draft.authors) == ("A Tale", ("An Author", "Another"))
    assert any("It *rained*." in part.text for part in draft.parts)


def test_the_same_transcript_is_the_same_file() -> None:
    assert as_epub(HEARD) == as_epub(HEARD)
