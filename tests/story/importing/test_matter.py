"""What stands around the chapters: persons, thanks, about the author, a preview, and front matter."""

import pytest

from tests.story.importing.files import GATE, LAMP, SNOW
from tests.story.importing.reading import notes, read, told

CHAPTERS = f"Chapter One\n\n{LAMP}\n\nChapter Two\n\n{GATE}"
TWO = [("", "Chapter One", LAMP), ("", "Chapter Two", GATE)]


@pytest.mark.parametrize(
    "heading",
    [
        "About the Author",
        "ACKNOWLEDGEMENTS",
        "Also by Kit Marlow",
        "Glossary",
        "Review replies:",
        "Über die Autorin",
        "Danksagung",
        "À propos de l'auteur",
        "Sobre el autor",
        "Agradecimentos",
        "Transcriber's Notes",
        "Translator's note",
    ],
)
@pytest.mark.parametrize("mark", ["", "## "])
def test_what_is_about_the_story_is_a_note_under_its_heading(heading: str, mark: str) -> None:
    draft = read("a.md", f"{CHAPTERS}\n\n{mark}{heading}\n\nKit lives by the sea.\n\nShe keeps two dogs.")
    assert told(draft) == TWO
    assert "She keeps two dogs." in notes(draft)[-1]


def test_it_ends_at_the_next_chapter() -> None:
    draft = read("a.txt", f"Dedication\n\nFor Joe.\n\n{CHAPTERS}")
    assert told(draft) == TWO


def test_before_a_story_without_chapters_it_is_one_paragraph() -> None:
    draft = read("a.txt", f"The Gate\n\nby Kit\n\nDedication\n\nFor Joe.\n\n{LAMP}\n\n{GATE}\n\n{SNOW}\n\n{LAMP}")
    assert [text for _, _, text in told(draft)] == [f"{LAMP}\n\n{GATE}\n\n{SNOW}\n\n{LAMP}"]


def test_a_preview_of_another_story_is_a_note_to_the_end() -> None:
    more = f"About the Author\n\nKit lives by the sea.\n\nRead on for an excerpt from The Sill\n\nChapter One\n\n{SNOW}"
    assert told(read("a.txt", f"{CHAPTERS}\n\n{more}")) == TWO
    end = f"THE END\n\nPreview of The Sill\n\n* * *\n\nChapter One\n\n{SNOW}"
    assert told(read("a.txt", f"{CHAPTERS}\n\n{end}")) == TWO


def test_an_excerpt_within_a_story_is_story() -> None:
    draft = read("a.txt", f"{CHAPTERS}\n\nExcerpt from the diary of Joe Marlow\n\n{SNOW}\n\n{LAMP}\n\n{GATE}")
    assert SNOW in told(draft)[-1][2]


def test_a_list_of_persons_is_a_note() -> None:
    persons = "Cast of Characters\n\nMara – who keeps the gate\nJoe – her brother\n\nThe dog"
    draft = read("a.txt", f"{persons}\n\n{LAMP}\n\n{CHAPTERS}")
    assert told(draft) == [("", "", LAMP), *TWO]
    assert notes(draft) == [persons]


def test_a_list_of_persons_ends_at_a_heading() -> None:
    draft = read("a.md", f"## Characters\n\n- Mara, who keeps the gate.\n- Joe\n\n#### The gate\n\n{LAMP}")
    assert told(draft) == [("", "", f"### The gate\n\n{LAMP}")]


@pytest.mark.parametrize("heading", ["Notes", "FOOTNOTES:", "Endnotes", "Fußnoten"])
def test_notes_at_the_end_are_notes_where_they_are_numbered(heading: str) -> None:
    assert told(read("a.txt", f"{CHAPTERS}\n\n{heading}\n\n1. It was grey.\n\n2. So was he.")) == TWO


def test_a_chapter_of_notes_is_a_chapter() -> None:
    assert told(read("a.md", f"# Notes\n\n{LAMP}\n\n# Endnoten"))[0] == ("", "Notes", LAMP)


def test_what_is_no_sentence_before_the_first_chapter_is_front_matter() -> None:
    draft = read("a.txt", f"LONDON\nHARBOUR PRESS\n1899\n\nTO\nMY MOTHER\n\n{CHAPTERS}")
    assert told(draft) == TWO
    assert notes(draft) == ["LONDON\nHARBOUR PRESS\n1899\n\nTO\nMY MOTHER"]


@pytest.mark.parametrize("line", ["It rained.", "“All stairs lead down”", "#### A place"])
def test_a_sentence_or_an_epigraph_before_the_first_chapter_is_story(line: str) -> None:
    assert not notes(read("a.txt", f"{line}\n\nFor Joe\n\n{CHAPTERS}"))


def test_a_poem_before_the_first_chapter_stays() -> None:
    poem = "\n\n".join(f"and {n} for the gate" for n in range(20))
    assert not notes(read("a.txt", f"{poem}\n\n{CHAPTERS}"))


def test_a_heading_at_the_end_with_a_note_under_it_is_no_chapter() -> None:
    draft = read("a.txt", f"{CHAPTERS}\n\nNachwort\n\nIch danke allen Lesern. Lasst mir einen Kommentar da!")
    assert told(draft) == TWO


def test_a_heading_behind_the_last_note_is_not_lost() -> None:
    draft = read("a.txt", f"{CHAPTERS}\n\nA/N: Thanks for reading!\n\nChapter Three")
    assert told(draft)[-1][2] == "Chapter Three"
