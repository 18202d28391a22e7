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


LONG = " ".join([LAMP, GATE, SNOW] * 12)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mara", "Joe"),
        ("Mara (POV)", "Joe (POV)"),
        ("MaraPOV", "JoePOV"),
        ("Mara POV's", "Joe POV's"),
        ("Erzählerin: Mara", "Erzähler: Joe"),
        ("Mara, 1981", "Joe, 1979"),
        ("MARA | MONDAY", "JOE | TUESDAY"),
        ("Mara – Then", "Joe – Now"),
        ("Mara:", "Joe:"),
    ],
)
def test_names_in_turns_are_narrators_with_or_without_more_beside_them(one: str, other: str) -> None:
    text = f"{LAMP}\n\n" + 2 * f"{one}\n\n{LONG}\n\n{other}\n\n{LONG}\n\n"
    assert voices(read("a.txt", text)) == ["", "Mara", "Joe", "Mara", "Joe"]


def test_the_time_beside_a_name_is_told_with_its_part() -> None:
    draft = read("a.txt", f"Mara, 1981\n\n{LAMP}\n\nJoe, 1979\n\n{GATE}\n\nMara, 1981\n\n{SNOW}")
    assert told(draft)[1] == ("Joe", "", f"**1979**\n\n{GATE}")


def test_a_place_beside_a_time_tells_nothing() -> None:
    assert voices(read("a.txt", f"Kestrin, 1981\n\n{LAMP}\n\nOlwyn, 1979\n\n{GATE}\n\nKestrin, 1981\n\n{SNOW}")) == [""]


def test_a_line_that_turns_to_a_name_is_a_narrator_where_others_are() -> None:
    text = f"Mara's POV\n\n{LAMP}\n\n*switches to Joe*\n\n{GATE}\n\nMeanwhile, with Mara\n\n{SNOW}"
    assert voices(read("a.txt", text)) == ["Mara", "Joe", "Mara"]


def test_a_line_that_turns_to_anything_else_is_prose() -> None:
    assert voices(read("a.txt", f"Mara's POV\n\n{LAMP}\n\nBack to Kestrin\n\n{GATE}")) == ["Mara"]


def test_cries_that_come_again_tell_nothing() -> None:
    text = f"Chapter 1\n\n{LAMP}\n\nGET OUT\n\n{GATE}\n\nFIRE\n\n{SNOW}\n\nGET OUT\n\n{LAMP}"
    assert voices(read("a.txt", text)) == [""]


def test_names_above_short_speeches_are_a_plays() -> None:
    speeches = [("MARA", LAMP), ("JOE", "Why?"), ("MARA", "No."), ("JOE", GATE), ("MARA", SNOW), ("JOE", "Ah.")]
    text = "\n\n".join(line for speech in speeches for line in speech)
    assert voices(read("a.txt", f"The Gate\n\nby Kit\n\n{text}")) == [""]


def test_a_name_in_a_chapters_title_and_over_a_part_of_it_is_one_narrators() -> None:
    text = f"Chapter 2: Mara\n\n{LAMP}\n\n***\n\n**Joe**\n\n{GATE}\n\n***\n\n**Mara**\n\n{SNOW}"
    assert voices(read("a.txt", text)) == ["Mara", "Joe", "Mara"]


def test_a_name_under_a_chapter_may_come_once_beside_others() -> None:
    parts = [("Mara", LAMP), ("Joe", GATE), ("Mara", SNOW)]
    text = "\n\n".join(f"Chapter {n}\n\n{name}\n\n{told_}" for n, (name, told_) in enumerate(parts, 1))
    assert voices(read("a.txt", text)) == ["Mara", "Joe", "Mara"]


def test_titles_that_are_partly_names_tell_nothing() -> None:
    titles = ["Mara", "Joe", "The Long Way Home", "Kestrin"]
    text = "\n\n".join(f"Chapter {n}: {title}\n\n{LAMP}" for n, title in enumerate(titles, 1))
    assert voices(read("a.txt", text)) == [""]


def test_a_title_may_stand_in_the_line_under_a_chapters_number() -> None:
    text = f"1\n\nThe Sill\n\n{LAMP}\n\n2\n\nThe Latch\n\n{GATE}\n\n3\n\n{SNOW}"
    headings = [heading for _, heading, _ in told(read("a.txt", text))]
    assert headings == ["1 · The Sill", "2 · The Latch", "3"]


def test_one_short_line_under_a_chapters_number_is_prose() -> None:
    text = f"1\n\nThe Sill\n\n{LAMP}\n\n2\n\n{GATE}\n\n3\n\n{SNOW}"
    assert told(read("a.txt", text))[0] == ("", "1", f"The Sill\n\n{LAMP}")


def test_a_dot_may_stand_between_a_chapters_number_and_its_narrator() -> None:
    parts = [("Mara", LAMP), ("Joe", GATE), ("Mara", SNOW), ("Joe", LAMP)]
    text = "".join(f"<h2>Chapter {n} · {name}</h2><p>{said}</p>" for n, (name, said) in enumerate(parts, 1))
    assert voices(read("a.html", text)) == ["Mara", "Joe", "Mara", "Joe"]


def test_a_remark_may_stand_behind_a_name() -> None:
    parts = [("Mara", LAMP), ("Joe", GATE), ("Mara (again)", SNOW), ("Joe", LAMP)]
    text = "\n\n".join(f"Chapter {n} - {name}\n\n{said}" for n, (name, said) in enumerate(parts, 1))
    assert voices(read("a.txt", text)) == ["Mara", "Joe", "Mara", "Joe"]


@pytest.mark.parametrize(
    "title", ["Frost [{}'s POV]", "Frost - {}'s POV", "Frost, in May ({} POV)", "{}'s POV", "({} POV)"]
)
def test_a_chapters_title_may_end_with_whose_view_it_is(title: str) -> None:
    chapters = [("Mara", LAMP), ("Joe", GATE)]
    text = "\n\n".join(f"Chapter {n}: {title.format(name)}\n\n{said}" for n, (name, said) in enumerate(chapters, 1))
    assert voices(read("a.txt", text)) == ["Mara", "Joe"]


@pytest.mark.parametrize(
    ("line", "remark"),
    [
        ("POV: Mara | Location: Gate", "Location: Gate"),
        ("Mara's POV, the next day", "the next day"),
        ("Mara's POV continued", ""),
        ("Mara POV 2", ""),
    ],
)
def test_more_may_stand_behind_whose_view_it_is(line: str, remark: str) -> None:
    said = f"**{remark}**\n\n{GATE}" if remark else GATE
    assert told(read("a.txt", f"Joe POV\n\n{LAMP}\n\n{line}\n\n{GATE}"))[1] == ("Mara", "", said)


def test_headings_may_count_names_without_a_dot() -> None:
    text = f"# 01 Mara\n\n{LAMP}\n\n# 02 Joe\n\n{GATE}\n\n# 03 Mara\n\n{SNOW}"
    assert voices(read("a.md", text)) == ["Mara", "Joe", "Mara"]


def test_a_bare_name_may_come_once_between_those_that_come_again() -> None:
    text = f"Mara\n\n{LAMP}\n\nJoe\n\n{GATE}\n\nMara\n\n{SNOW}"
    assert voices(read("a.txt", f"The Gate\n\nby Kit\n\n{text}")) == ["Mara", "Joe", "Mara"]
