"""What people have, file by file: each row of the table in docs/importing.md."""

from pathlib import Path

import pytest

from story.importing import BrokenStoryError
from story.importing.draft import Draft, to_story
from story.importing.limits import Limits
from story.importing.read import READERS, REFUSED, read_story_file, read_story_folder
from tests.story.importing.files import (
    FICTIONBOOK,
    GATE,
    GOOGLE,
    LAMP,
    PUBLISHED,
    SNOW,
    docx,
    word_paragraph,
)
from tests.story.importing.reading import mistake, notes, read, told
from tests.story.importing.works import zipped


def test_google_docs_emphasis_title_and_footnotes_are_in_classes() -> None:
    draft = read("TheOrchard.zip", zipped({"TheOrchard.html": GOOGLE, "images/image1.png": "x"}))
    assert draft.title == "The Orchard"
    assert told(draft) == [("", "", "I said *no*, and **meant** it. [1]")]
    assert notes(draft) == ["[1] Twice."]


def test_comments_in_google_docs_are_left_out() -> None:
    mark = '<sup><a href="#cmnt1" id="cmnt_ref1">[a]</a></sup>'
    comment = '<div><p><a href="#cmnt_ref1" id="cmnt1">[a]</a><span>Love this!</span></p></div>'
    draft = read("a.html", f"<p>{LAMP}{mark}</p><p>{GATE}</p>{comment}")
    assert (told(draft), notes(draft)) == ([("", "", f"{LAMP}\n\n{GATE}")], [])


def test_a_fictionbook_keeps_its_sections_and_notes() -> None:
    draft = read("orchard.fb2", FICTIONBOOK)
    assert (draft.title, draft.authors, draft.blurb, draft.language) == ("The Orchard", ("Kit Hale",), "Apples.", "en")
    assert told(draft) == [
        ("", "Chapter 1", f"> Cold.\n\n{LAMP} [1]\n\nOne\nTwo"),
        ("", "Chapter 2", "It was *very* **cold**."),
    ]
    assert notes(draft) == ["[1] Of oil."]


@pytest.mark.parametrize(
    "front",
    [
        "---\ntitle: The Orchard\nauthor: Kit Hale\n---\n\n",
        '+++\ntitle = "The Orchard"\nauthor = "Kit Hale"\n+++\n\n',
        "# The Orchard\n\n*by Kit Hale*\n\n",
        "The Orchard\n===========\n\nby Kit Hale\n\n",
    ],
)
@pytest.mark.parametrize("name", ["orchard.md", "orchard.markdown"])
def test_any_markdown_is_read_with_or_without_front_matter(front: str, name: str) -> None:
    draft = read(name, f"{front}## Chapter 1: Mara\n\n{LAMP}\n\n---\n\n*Cold.*\n\n## Chapter 2: Joe\n\n{GATE}\n")
    assert (draft.title, draft.authors) == ("The Orchard", ("Kit Hale",))
    assert told(draft) == [
        ("Mara", "Chapter 1: Mara", LAMP),
        ("Mara", "", "*Cold.*"),
        ("Joe", "Chapter 2: Joe", GATE),
    ]


def test_front_matter_may_say_chapter_and_pov() -> None:
    draft = read("a.md", f"---\nchapter: 3\npov: Mara\nauthors: [Kit, Lee]\nwarnings: [snow]\n---\n{LAMP}\n")
    assert told(draft) == [("Mara", "Chapter 3", LAMP)]
    assert (draft.authors, draft.content_notes) == (("Kit", "Lee"), ("snow",))


@pytest.mark.parametrize(("series", "title"), [("series: The Orchard\n", "The Orchard"), ("", "2024 iris")])
def test_a_title_in_front_matter_may_be_the_chapters(series: str, title: str) -> None:
    draft = read("2024-iris.md", f'---\nlayout: post\ntitle: "Chapter 3: Iris"\n{series}---\n\n{LAMP}\n\n{GATE}\n')
    assert (draft.title, told(draft)) == (title, [("Iris", "Chapter 3: Iris", f"{LAMP}\n\n{GATE}")])


@pytest.mark.parametrize("authors", ["% Kit Hale; Lee Fen\n% May 2024\n", ""])
def test_pandocs_lines_say_title_and_authors(authors: str) -> None:
    draft = read("a.md", f"% The Orchard\n{authors}\n# Mara\n\n{LAMP}\n\n# Joe\n\n{GATE}\n\n# Mara\n\n{SNOW}")
    assert (draft.title, draft.authors) == ("The Orchard", ("Kit Hale", "Lee Fen") if authors else ())
    assert [text for _, _, text in told(draft)] == [LAMP, GATE, SNOW]


def test_markdown_of_many_kinds_is_shown_as_discord_can() -> None:
    text = (
        f"{LAMP}\nIn the [shed](https://example.org/a), ~~no~~ <i>yes</i><br>and\\\nso ![a map](b.png)."
        "\n\n> Quoted.\n\n"
        "- a\n- b\n\n3. c\n\n```\ncode\n```\n\n<div>d</div>\n\n![e](e.png)\n\n<!-- f -->\n\nA sentence.\n"
        "---\nMore <u>x</u>.\n"
    )
    [(_, _, first), (_, _, second)] = told(read("a.md", text))
    assert first == (
        f"{LAMP}\nIn the [shed](https://example.org/a), ~~no~~ *yes*\nand\nso [a map].\n\n> Quoted.\n\n"
        "- a\n- b\n3. c\n\ncode\n\nd\n\n[e]\n\nA sentence."
    )
    assert second == "More x."


def test_a_list_within_lists_is_no_end_of_the_story() -> None:
    text = f"# The Orchard\n\n## Mara\n\n- one\n  - two\n    - three\n\n{LAMP}\n\n## Joe\n\n{GATE}\n\n## Mara\n\n{SNOW}"
    assert [text for _, _, text in told(read("a.md", text))] == [f"- one\n  - two\n\\- three\n\n{LAMP}", GATE, SNOW]


def test_front_matter_that_cannot_be_read_is_none() -> None:
    assert told(read("a.md", f"---\n[\n---\n\n{LAMP}\n"))[-1][2] == LAMP


CHAPTERS = {"Orchard/10 - Joe.txt": SNOW, "Orchard/2 - Mara.txt": GATE, "Orchard/1 - Joe.md": LAMP}


def test_a_zip_of_chapters_is_read_in_natural_order() -> None:
    others: dict[str, str | bytes] = {"__MACOSX/x.txt": "x", "Orchard/README.md": "x", "Orchard/a.png": b"x"}
    draft = read("orchard.zip", zipped({**CHAPTERS, **others}))
    assert [(pov, text) for pov, _, text in told(draft)] == [("Joe", LAMP), ("Mara", GATE), ("Joe", SNOW)]


def test_a_prologue_comes_first_and_an_epilogue_last() -> None:
    names = ["Epilogue", "Chapter 10", "Prologue", "Chapter 2", "About the author"]
    draft = read("a.zip", zipped({f"Orchard/{name}.txt": LAMP for name in names}))
    assert [heading for _, heading, _ in told(draft)] == ["Prologue", "Chapter 2", "Chapter 10", "Epilogue"]


def test_a_chapter_is_called_as_its_file_is() -> None:
    draft = read(
        "a.zip", zipped({"ch01_mara.txt": LAMP, "ch02_joe.txt": GATE, "ch03_mara.txt": SNOW, "ch04.txt": LAMP})
    )
    assert [(pov, heading) for pov, heading, _ in told(draft)] == [
        ("Mara", "Ch 1: Mara"),
        ("Joe", "Ch 2: Joe"),
        ("Mara", "Ch 3: Mara"),
        ("Mara", "Ch 4"),
    ]


def test_so_is_a_folder(tmp_path: Path) -> None:
    for name, text in {
        "1.md": f"# Fire\n\n{LAMP}",
        "2.txt": GATE,
        "10.html": f"<title>Ice</title><p>{SNOW}</p>",
    }.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    draft = read_story_folder(tmp_path)
    assert isinstance(draft, Draft)
    assert [(heading, text) for _, heading, text in told(draft)] == [("Fire", LAMP), ("2", GATE), ("Ice", SNOW)]


def test_a_chapter_that_cannot_be_read_is_left_out_with_a_warning() -> None:
    draft = read("a.zip", zipped({"1.txt": LAMP, "2.docx": b"x", "3.txt": GATE}))
    assert [text for _, _, text in told(draft)] == [LAMP, GATE]
    assert "not a Word document" in str(draft.warnings[0])


def test_a_zip_without_chapters_is_refused() -> None:
    assert mistake("a.zip", zipped({"a.png": b"x"})) == "no chapters in it: expected files of text"
    assert "not a Word document" in mistake("a.zip", zipped({"1.docx": b"x", "2.docx": b"y"}))


def test_a_zip_that_is_a_book_is_read_as_one() -> None:
    assert mistake("a.zip", zipped({"META-INF/container.xml": "<a/>"})) == "expected a <rootfile> with a full-path"


def test_a_folder_of_twee_is_one_story(tmp_path: Path) -> None:
    (tmp_path / "a.twee").write_text(":: Start\nIt stood.\n[[Gate]]\n", encoding="utf-8")
    (tmp_path / "b.tw").write_text(":: Gate\nIt creaked.\n", encoding="utf-8")
    draft = read_story_folder(tmp_path)
    assert isinstance(draft, Draft)
    assert [text for _, _, text in told(draft)] == ["It stood.", "It creaked."]


def test_passages_of_one_name_in_two_files_are_refused(tmp_path: Path) -> None:
    for name in ("a.twee", "b.twee"):
        (tmp_path / name).write_text(":: Start\nIt stood.\n", encoding="utf-8")
    with pytest.raises(
        BrokenStoryError, match=r"b\.twee:1: a second passage “Start”; the first is on line 1 of a\.twee"
    ):
        read_story_folder(tmp_path)


def test_a_published_game_is_read_as_its_twee() -> None:
    draft = read("orchard.html", PUBLISHED.format(""))
    assert (draft.title, told(draft)) == (
        "The Orchard",
        [("", "Fence", "It stood. On"), ("Mara", "Gate", r"It said \<3.")],
    )


def test_macros_of_a_published_game_are_refused() -> None:
    assert "the macro (set:) of Harlowe" in mistake("orchard.html", PUBLISHED.format("\n(set: $a to 1)"))


def test_a_game_of_twine_1_is_refused() -> None:
    assert "Twine 1" in mistake("a.html", '<div id="storeArea"><div tiddler="Start">a</div></div>')


def test_a_game_of_too_many_passages_is_refused() -> None:
    with pytest.raises(BrokenStoryError, match="2 passages; at most 1 are read"):
        read_story_file("a.html", PUBLISHED.format("").encode(), Limits(sections=1))


@pytest.mark.parametrize("suffix", sorted(REFUSED))
def test_what_cannot_be_read_says_what_to_do_instead(suffix: str) -> None:
    assert mistake(f"orchard{suffix}", b"x") == REFUSED[suffix]


@pytest.mark.parametrize(
    ("data", "suffix"), [(b"%PDF-1.7", ".pdf"), (b"\xd0\xcf\x11\xe0", ".doc"), (b"\0" * 60 + b"BOOKMOBI", ".mobi")]
)
def test_it_is_known_by_what_is_in_it_too(data: bytes, suffix: str) -> None:
    assert mistake("orchard.txt", data) == REFUSED[suffix]


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("a.docx", zipped({"a": "x"}), "not a Word document: expected word/document.xml in it"),
        ("a.docx", zipped({"word/document.xml": "<!ENTITY"}), "declares an entity: expected none"),
        ("a.docx", zipped({"word/document.xml": "<"}), "a damaged Word document"),
        ("a.odt", zipped({"content.xml": "<!ENTITY"}), "declares an entity: expected none"),
        ("a.odt", zipped({"content.xml": "<"}), "a damaged OpenDocument text"),
        ("a.rtf", b"x", r"not rich text: expected it to begin with {\rtf"),
        ("a.fb2", b"<a/>", "not a FictionBook: expected <FictionBook>"),
        ("a.fb2", b"", "not a FictionBook: expected <FictionBook>"),
        ("a.fb2", b"<!ENTITY", "declares an entity: expected none"),
        ("a.fb2", b"<FictionBook/>", "no prose: expected paragraphs of a story"),
        ("a.zip", b"x", "not a zip archive: expected a zip archive"),
    ],
)
def test_what_is_damaged_is_refused(name: str, data: bytes, expected: str) -> None:
    assert mistake(name, data).startswith(expected)


def test_a_story_of_400_000_words_is_read() -> None:
    chapters = "".join(f"<h2>Chapter {n}</h2>" + f"<p>{LAMP}</p><p><i>{GATE}</i></p>" * 150 for n in range(1, 109))
    draft = read("long.html", chapters)
    assert sum(len(section.text.split()) for section in to_story(draft, "long").sections()) > 400_000


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html"])
def test_what_a_limit_is_about_is_the_text(name: str) -> None:
    with pytest.raises(BrokenStoryError, match="characters; at most 40"):
        read_story_file(name, LAMP.encode(), Limits(characters=40))


def test_each_reader_has_its_row_in_the_table() -> None:
    table = (Path(__file__).parents[3] / "docs/importing.md").read_text(encoding="utf-8")
    assert [suffix for suffix in (*READERS, *REFUSED) if f"`{suffix}`" not in table] == []


def test_a_tag_that_ends_what_never_began_is_nothing() -> None:
    assert told(read("a.md", f"{LAMP}</i> So.")) == [("", "", f"{LAMP} So.")]


def test_the_title_of_a_document_in_a_zip_is_its_chapters() -> None:
    files = {
        f"{n}.docx": docx(word_paragraph(title, "Title"), word_paragraph(text))
        for n, (title, text) in enumerate([("Frost", LAMP), ("Thaw", GATE)], 1)
    }
    draft = read("orchard.zip", zipped({**files}))
    assert (draft.title, told(draft)) == ("orchard", [("", "Frost", LAMP), ("", "Thaw", GATE)])


def test_a_fictionbook_in_a_zip_is_read_as_one() -> None:
    assert read("orchard.fb2.zip", zipped({"orchard.fb2": FICTIONBOOK})).title == "The Orchard"


def test_empty_titles_and_paragraphs_of_a_fictionbook_say_nothing() -> None:
    body = f"<title><p/></title><p> </p><p><emphasis>So</emphasis> it was.</p><p>{LAMP}</p>"
    draft = read("a.fb2", f"<FictionBook><body><section>{body}</section></body></FictionBook>")
    assert told(draft) == [("", "", f"*So* it was.\n\n{LAMP}")]
