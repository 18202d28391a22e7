"""Who tells what, what is a note, and what is left out: the same for every kind of file."""

from itertools import groupby

import pytest

from story.importing.draft import Draft
from story.importing.read import read_story_file
from tests.story.importing.files import GATE, LAMP, SNOW

BREAK = "\n\n* * *\n\n"


def read(text: str, name: str = "orchard.txt") -> Draft:
    found = read_story_file(name, text.encode())
    assert isinstance(found, Draft)
    return found


def voices(text: str, name: str = "orchard.txt") -> list[str]:
    """Who tells it, in the order that they are heard; "" for the narrator."""
    return [pov for pov, _ in groupby(part.pov for part in read(text, name).prose)]


def prose(text: str, name: str = "orchard.txt") -> str:
    return "\n".join(part.text for part in read(text, name).prose)


def page(*paragraphs: str) -> str:
    return "<title>The Orchard</title>" + "".join(f"<p>{each}</p>" for each in paragraphs)


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("(Mara's POV)", "Mara"),
        ("[Mara POV]", "Mara"),
        ("🌙 Mara's POV 🌙", "Mara"),
        ("oOo Mara's POV oOo", "Mara"),
        ("Mara's POV (three years ago)", "Mara"),
        ("Mara's POV (cont.)", "Mara"),
        ("Back to Mara's POV", "Mara"),
        ("Switching to Mara's POV", "Mara"),
        ("Mara's perspective", "Mara"),
        ("POV change: Mara", "Mara"),
        ("THE WIDOW'S POV", "The Widow"),
        ("POV of the widow", "The Widow"),
        ("Dr. Vane's POV", "Dr. Vane"),
        ("DR. VANE'S POV", "Dr. Vane"),
        ("O’BRIEN’S POV", "O’Brien"),
        ("(Y/N)'s POV", "Y/N"),
        ("Your POV", "You"),
        ("Mara & Joe POV", "Mara & Joe"),
        ("Told by Mara", "Mara"),
        ("Through Mara's eyes", "Mara"),
        ("Aus der Sicht von Mara", "Mara"),
        ("Aus Maras Sicht", "Mara"),
        ("Jonas Sicht", "Jonas"),
        ("James POV", "James"),
        ("Zurück zu Maras Perspektive", "Mara"),
        ("PDV d'Anne", "Anne"),
        ("Du point de vue de Mara", "Mara"),
        ("Narra Mara", "Mara"),
        ("Mara narrando", "Mara"),
        ("Desde el punto de vista de Mara", "Mara"),
        ("Ponto de vista da Mara", "Mara"),
        ("Punto di vista di Mara", "Mara"),
        ("美咲視点", "美咲"),
        ("【小明视角】", "小明"),
        ("General POV", "General"),
        ("3rd POV", "Third Person"),
        ("Nobody's POV", "Nobody"),
        ("NARRATOR'S POV", "Narrator"),
        ("Erzählersicht", "Erzähler"),
        ("Narrador omnisciente", "Narrador omnisciente"),
    ],
)
def test_a_line_that_speaks_of_a_point_of_view_names_who_tells_what_follows(heading: str, name: str) -> None:
    assert voices(f"{heading}\n\n{LAMP}") == [name]


@pytest.mark.parametrize(
    "line", ["A nice view", "from her point of view", "Different POV", "POV: 1234 (5)", "Point of view (mine)", "his"]
)
def test_others_do_not(line: str) -> None:
    assert voices(f"{LAMP}\n\n{line}\n\n{GATE}") == [""]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("MARA", "JOE"),
        ("—Mara—", "—Joe—"),
        ("~*~ Mara ~*~", "~*~ Joe ~*~"),
        ("**Mara**", "**Joe**"),
        ("(Mara)", "(Joe)"),
        ("Chapter 1: Mara", "Chapter 2: Joe"),
        ("Chapter 1\n\nMara", "Chapter 2\n\nJoe"),
        ("1. Mara", "2. Joe"),
        ("MARA'S DIARY", "JOE'S DIARY"),
        ("# Mara", "# Joe"),
    ],
)
def test_names_that_come_again_and_alternate_are_narrators(one: str, other: str) -> None:
    text = f"{one}\n\n{LAMP}\n\n{GATE}\n\n{other}\n\n{SNOW}\n\n{LAMP}\n\n{one}\n\n{GATE}\n\n{other}\n\n{SNOW}"
    assert voices(text) == ["Mara", "Joe", "Mara", "Joe"]


def test_one_that_comes_once_is_a_narrator_beside_others() -> None:
    text = f"**Mara**\n\n{LAMP}\n\n{GATE}\n\n**Joe**\n\n{SNOW}\n\n**Mara**\n\n{GATE}\n\n{SNOW}"
    assert voices(text) == ["Mara", "Joe", "Mara"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("LONDON", "PARIS"),
        ("THEN", "NOW"),
        ("DAY ONE", "DAY TWO"),
        ("Monday", "Tuesday"),
        ("PROLOGUE", "INTERLUDE"),
        ("LINE BREAK", "[TIME SKIP]"),
        ("STOP!", "GO!"),
        ("MARA'S APPLES", "JOE'S APPLES"),
        ("DRAMATIS PERSONAE", "CHARACTERS"),
    ],
)
def test_places_times_breaks_and_titles_are_no_narrators(one: str, other: str) -> None:
    parts = (f"{one}\n\n{LAMP}", f"{other}\n\n{GATE}", f"{one}\n\n{SNOW}")
    assert voices(BREAK.join(parts)) == [""]


def test_what_the_prose_goes_into_is_a_place() -> None:
    one, other = f"{LAMP} It was dark in the pantry.", f"{GATE} He slept in the stable."
    text = f"PANTRY\n\n{one}{BREAK}STABLE\n\n{other}{BREAK}PANTRY\n\n{SNOW}"
    assert voices(text) == [""]


def test_who_speaks_in_a_play_or_a_chat_tells_nothing() -> None:
    assert voices(f"{LAMP}\n\nMARA\nGive it back.\n\nJOE\nNo.\n\nMARA\nPlease.\n\n{GATE}") == [""]
    assert voices(f"{LAMP}\n\nMara:\nAre you there\n\nJoe:\nYes\n\nMara:\nGood\n\n{GATE}") == [""]


@pytest.mark.parametrize("general", ["General", "Omniscient", "Normal"])
def test_what_stands_before_the_first_heading_is_told_by_the_general_one(general: str) -> None:
    text = f"{LAMP}{BREAK}MARA POV\n\n{GATE}{BREAK}{general} POV\n\n{SNOW}"
    assert voices(text) == [general, "Mara", general]


@pytest.mark.parametrize(
    "note",
    [
        "A/N: I know, sorry!",
        "Author's note: I own nothing.\n\nSee you next week!",
        "(A/N: one\n\ntwo)",
        "A/N: I am back!\n\nSorry for the long wait.\n\nEnjoy the chapter!\n\nEND A/N",
        "Disclaimer: they belong to themselves.",
        "Thanks for the reviews on the last chapter! Please comment.",
        "Hi everyone! This is my first fanfic, so please review!",
        "Betaed by the lovely Rowan. All mistakes are mine.",
        "Anmerkung der Autorin: Danke fürs Lesen!",
        "Ich hoffe, euch hat das Kapitel gefallen. Über Kommentare freue ich mich!",
        "J'espère que ce chapitre vous a plu ! Laissez-moi une review.",
        "Nota de la autora: ¡Gracias por leer!",
        "Espero que tenham gostado do capítulo! Até o próximo.",
        "[Footnote 1: Of oil.]",
    ],
)
def test_what_speaks_to_readers_is_kept_apart_wherever_it_stands(note: str) -> None:
    for text in (
        f"{note}{BREAK}{LAMP}\n\n{GATE}",
        f"{LAMP}\n\n{GATE}{BREAK}{note}",
        f"{LAMP}{BREAK}{note}{BREAK}{GATE}",
    ):
        draft = read(text)
        assert [part.text for part in draft.prose if part.text not in {LAMP, GATE, f"{LAMP}\n\n{GATE}"}] == []
        assert any(part.is_note for part in draft.parts)


def test_a_letter_that_thanks_somebody_is_story() -> None:
    letter = "Thank you for the apples, Joe. I read your letter twice.\n\nMara"
    assert letter in prose(f"{LAMP}{BREAK}{letter}")


def test_the_story_under_a_note_is_not_part_of_it() -> None:
    assert prose(f"A/N: hi\n\n{LAMP}\n\n{GATE}{BREAK}{SNOW}") == f"{LAMP}\n\n{GATE}\n{SNOW}"
    text = page("<i>Author's note: mine.</i>", LAMP, GATE, "<b>AN: Please review!</b>")
    assert prose(text, "a.html") == f"{LAMP}\n\n{GATE}"


GUTENBERG = f"""The Project Gutenberg eBook of The Orchard

This eBook is for the use of anyone.

Title: The Orchard

Author: Kit Hale

Language: German

*** START OF THE PROJECT GUTENBERG EBOOK THE ORCHARD ***

Produced by Somebody

[Illustration: The gate]

THE ORCHARD

BY

KIT HALE

CONTENTS

CHAPTER I. The Lamp .... 1
CHAPTER II. The Gate .... 9

CHAPTER I. The Lamp

{LAMP}

CHAPTER II. The Gate

{GATE}

*** END OF THE PROJECT GUTENBERG EBOOK THE ORCHARD ***

Updated editions"""


def test_gutenbergs_header_licence_and_contents_are_left_out() -> None:
    draft = read(GUTENBERG)
    assert (draft.title, draft.authors, draft.language) == ("The Orchard", ("Kit Hale",), "de")
    assert [(part.heading, part.text) for part in draft.prose] == [
        ("CHAPTER I. The Lamp", LAMP),
        ("CHAPTER II. The Gate", GATE),
    ]


def test_a_list_of_headings_that_come_again_is_one_of_contents() -> None:
    text = "The Fire\n\nThe Ice\n\nThe Thaw\n\n" + "\n\n".join(
        f"{title}\n\n{LAMP}" for title in ("The Fire", "The Ice", "The Thaw")
    )
    assert prose(text).count("The Fire") <= 1


def test_a_byline_may_stand_over_two_lines() -> None:
    draft = read(f"THE ORCHARD\n\nBY\n\nKIT HALE\n\n{LAMP}")
    assert (draft.title, draft.authors) == ("THE ORCHARD", ("Kit Hale",))


def test_rights_are_no_prose() -> None:
    draft = read(f"The Orchard\nby Kit Hale\n\nCopyright 2020 Kit Hale\n\n{LAMP}")
    assert (prose(f"The Orchard\nby Kit Hale\n\n© 2020\n\n{LAMP}"), draft.credits) == (LAMP, "Copyright 2020 Kit Hale")


def test_bold_lines_throughout_are_titles() -> None:
    text = page(*(each for title in ("The Fence", "The Gate") for each in (f"<b>{title}</b>", LAMP, GATE, SNOW, LAMP)))
    assert [part.heading for part in read(text, "a.html").prose] == ["The Fence", "The Gate"]


def test_numbers_that_go_up_are_chapters_and_within_chapters_breaks() -> None:
    text = f"1\n{LAMP}\n{GATE}\n2\n{SNOW}\n{GATE}\n3\n{LAMP}\n"
    assert [part.heading for part in read(text).prose] == ["1", "2", "3"]
    within = f"Chapter One\n\n1\n\n{LAMP}\n\n2\n\n{GATE}\n\nChapter Two\n\n1\n\n{SNOW}"
    assert [part.heading for part in read(within).prose] == ["Chapter One", "", "Chapter Two"]


@pytest.mark.parametrize("line", ["第一章 灯", "제1장", "Kapitel Zwei", "Chapitre premier : La lampe", "Twenty-Two"])
def test_chapters_are_known_in_many_languages(line: str) -> None:
    following = "Twenty-Three" if line == "Twenty-Two" else f"{line}2"
    assert read(f"{line}\n\n{LAMP}\n\n{following}\n\n{GATE}").prose[0].heading == line


def test_headings_before_a_line_break_are_headings() -> None:
    draft = read(f"<p><b>Chapter One</b><br>{LAMP}<br><br>{GATE}</p><p><b>Chapter Two</b><br/>{SNOW}</p>", "a.html")
    assert [(part.heading, part.text) for part in draft.prose] == [
        ("Chapter One", f"{LAMP}\n\n{GATE}"),
        ("Chapter Two", SNOW),
    ]


def test_lines_of_a_page_that_keeps_its_spaces_are_read_as_such() -> None:
    text = f"<div style='white-space: pre-wrap'>Chapter 1\n\n{LAMP}\n\nJOE POV\n\n{GATE}\n\n---\n\n{SNOW}</div>"
    assert [(part.pov, part.heading) for part in read(text, "a.html").prose] == [
        ("", "Chapter 1"),
        ("Joe", ""),
        ("Joe", ""),
    ]


def test_the_words_for_a_picture_are_no_narrator() -> None:
    assert voices(page('<img alt="Banner" src="a">', LAMP, "<hr>", '<img alt="Banner" src="a">', GATE), "a.html") == [
        ""
    ]


def test_what_speaks_to_readers_ends_where_somebody_speaks() -> None:
    thanks = "Thank you for reading, please review and let me know what you think of this chapter!"
    text = f"{thanks}\n\n“Shut the gate,” said Mara.\n\n{LAMP}"
    assert prose(text) == f"“Shut the gate,” said Mara.\n\n{LAMP}"


def test_what_stands_with_an_authors_words_at_the_end_is_a_note_down_to_the_name() -> None:
    end = "So, what did you think? Leave a review and tell me!\n\nNext chapter on Sunday.\n\n~kit"
    assert prose(f"Chapter 1\n\n{LAMP}\n\n{GATE}\n\n{end}") == f"{LAMP}\n\n{GATE}"


def test_short_last_lines_of_a_story_are_story() -> None:
    end = "The readers left.\n\nNobody thanked her\n\nSnow"
    assert prose(f"Chapter 1\n\n{LAMP}\n\n{GATE}\n\n{end}").endswith(end)
