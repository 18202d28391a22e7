"""Lines that name somebody, and whether these tell what follows."""

import pytest

from tests.story.importing.files import GATE, LAMP, SNOW
from tests.story.importing.reading import read, told, voices


def test_a_chapters_title_may_say_in_german_whose_view_it_is() -> None:
    draft = read("a.txt", f"Kapitel 1: Annas Sicht\n\n{LAMP}\n\nKapitel 2: Jonas Sicht\n\n{GATE}")
    assert voices(draft) == ["Anna", "Jonas"]


def test_a_narrator_may_be_set_otherwise_once() -> None:
    text = f"KESTRIN\n\n{LAMP}\n\nOLWYN\n\n{GATE}\n\nKESTRIN\n\n{SNOW}\n\nOLWYN\n\n{LAMP}\n\n***\n\n*Kestrin*\n\n{GATE}"
    assert voices(read("a.txt", text)) == ["Kestrin", "Olwyn", "Kestrin", "Olwyn", "Kestrin"]


def test_a_heading_may_turn_back_to_a_narrator() -> None:
    text = f"MARA\n\n{LAMP}\n\nJOE\n\n{GATE}\n\nBACK TO MARA\n\n{SNOW}\n\nJOE\n\n{LAMP}"
    assert voices(read("a.txt", text)) == ["Mara", "Joe", "Mara", "Joe"]


def test_a_name_that_is_called_out_twice_tells_nothing() -> None:
    assert voices(read("a.txt", f"{LAMP}\n\nMara\n\n{GATE}\n\nMara\n\n{SNOW}")) == [""]


def test_a_word_that_the_prose_has_in_small_letters_is_no_narrator() -> None:
    slept = "Upstairs the widow slept, and nobody woke the widow before it was light."
    assert voices(read("a.txt", f"THE WIDOW\n\n{slept}\n\nTHE WIDOW\n\n{GATE}")) == [""]


def test_numbered_names_may_stand_right_above_their_text() -> None:
    names = enumerate(["MARA", "JOE", "MARA", "JOE"], 1)
    text = "".join(f"***\n\n{n}. {name}\n{LAMP}\n\n{GATE}\n\n{SNOW}\n\n" for n, name in names)
    assert voices(read("a.txt", text)) == ["Mara", "Joe", "Mara", "Joe"]


@pytest.mark.parametrize("name", ["a.html", "a.md"])
def test_a_line_within_a_paragraph_may_say_who_tells_the_rest(name: str) -> None:
    line = "<br>" if name == "a.html" else "\n"
    assert told(read(name, f"{LAMP}{line}MARA POV{line}{GATE}")) == [("", "", LAMP), ("Mara", "", GATE)]


def test_blank_lines_before_the_first_are_nothing() -> None:
    assert told(read("a.md", f"```\n\n\nMARA POV\n\n{LAMP}\n```\n\n{GATE}")) == [("Mara", "", f"{LAMP}\n\n{GATE}")]


def test_a_common_name_that_comes_again_alone_is_a_narrator() -> None:
    assert voices(read("a.txt", f"ANNA\n\n{LAMP}\n\nANNA\n\n{GATE}")) == ["Anna"]


def test_initials_and_numbers_in_capitals_stay() -> None:
    assert voices(read("a.txt", f"J.T. COLE II'S POV\n\n{LAMP}")) == ["J.T. Cole II"]


def test_a_line_of_a_colon_is_prose() -> None:
    assert told(read("a.txt", f"{LAMP}\n:\n{GATE}\n\n{SNOW}\n\n{SNOW}")) == [
        ("", "", f"{LAMP}\n:\n{GATE}\n\n{SNOW}\n\n{SNOW}")
    ]


def test_a_paragraph_may_end_with_the_name_of_who_tells_the_next() -> None:
    draft = read("a.html", f"<p>{LAMP}<br>MARA POV<br></p><p>{GATE}</p>")
    assert told(draft) == [("", "", LAMP), ("Mara", "", GATE)]
