"""What stands around the text of each page, and is left out."""

import pytest

from tests.story.importing.files import GATE, LAMP, SNOW
from tests.story.importing.reading import read, told

WHOLE = f"{LAMP}\n\n{GATE}\n\n{SNOW}"
CHAPTERS = [("", "Chapter 1", WHOLE), ("", "Chapter 2", WHOLE)]


def paged(furniture: str) -> str:
    """Two chapters of three pages, each with the furniture below."""
    pages = iter(range(4, 11))
    chapters = [
        f"Chapter {n}\n\n" + "".join(f"{text}\n\n{furniture.format(next(pages))}\n\n" for text in (LAMP, GATE, SNOW))
        for n in (1, 2)
    ]
    return "The Old Orchard\n\nby Kit Hale\n\n" + "".join(chapters)


@pytest.mark.parametrize(
    "furniture",
    [
        "{}",
        "- {} -",
        "Page {} of 9",
        "Seite {}",
        "Hale / ORCHARD / {}",
        "{} | The Old Orchard",
        "THE OLD ORCHARD\n\n{}",
        "{}\n\nKit Hale",
    ],
)
def test_numbers_and_heads_of_pages_are_left_out(furniture: str) -> None:
    assert told(read("a.txt", paged(furniture))) == CHAPTERS


def test_a_sentence_that_a_page_has_parted_is_one_again() -> None:
    one, two = "I heard the gate twice", "that night."
    text = f"Chapter 1\n\n{one}\n\nPage 1\n\n{two}\n\nPage 2\n\nChapter 2\n\n{SNOW}\n\nPage 3"
    assert told(read("a.txt", text))[0][2] == f"{one} {two}"


def test_numbers_under_the_headings_of_parts_are_chapters() -> None:
    text = f"Part One\n\n1\n\n{LAMP}\n\n2\n\n{GATE}\n\nPart Two\n\n3\n\n{SNOW}\n\n4\n\n{LAMP}"
    assert len(told(read("a.txt", text))) == 4


def test_names_with_numbers_are_no_heads_of_pages() -> None:
    text = "".join(f"Mara – {n}\n\n{LAMP}\n\n{GATE}\n\n" for n in (1, 2, 3))
    assert "Mara – 2" in "".join(f"{heading} {text}" for _, heading, text in told(read("a.txt", text)))


@pytest.mark.parametrize(
    "line",
    [
        "Next Chapter",
        "<< Previous Chapter | Next Chapter >>",
        "Back to top",
        "Table of Contents",
        "Word count: 1,204",
        "(1204 words)",
    ],
)
def test_what_a_site_has_around_a_chapter_is_left_out(line: str) -> None:
    assert told(read("a.txt", f"Chapter 1\n\n{WHOLE}\n\n{line}\n\nChapter 2\n\n{WHOLE}\n\n{line}")) == CHAPTERS


def test_a_word_that_a_button_may_say_is_prose() -> None:
    assert told(read("a.txt", f"{LAMP}\n\nHome\n\n{GATE}")) == [("", "", f"{LAMP}\n\nHome\n\n{GATE}")]
