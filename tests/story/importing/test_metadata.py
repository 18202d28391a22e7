from pathlib import Path

import pytest

from story.importing import BrokenStoryError
from story.importing.metadata import povs_named, read_metadata

GOOD = 'title = "T"\nauthors = ["A"]\n[povs.a]\nname = "Anna"\ncolour = "#112233"\n'


def mistakes(text: str, first_line: int = 1) -> list[str]:
    with pytest.raises(BrokenStoryError) as broken:
        read_metadata(text, Path("story.toml"), first_line)
    return [str(mistake) for mistake in broken.value.mistakes]


def test_what_is_not_toml_is_reported_at_its_line() -> None:
    [mistake] = mistakes('title = "T"\nauthors = [\n]]\n')
    assert mistake.startswith("story.toml:3: not valid TOML: ")


def test_what_is_cut_off_is_reported_at_the_end() -> None:
    [mistake] = mistakes('title = "T"\nauthors = [', first_line=2)
    assert mistake.startswith("story.toml:3: not valid TOML: ")


def test_a_missing_key_is_reported_with_what_is_expected() -> None:
    assert "story.toml:1: title: missing; expected a line of 1 to 100 characters" in mistakes(
        GOOD.replace('title = "T"', "")
    )


def test_an_unknown_key_is_reported_with_those_that_are_known() -> None:
    [mistake] = mistakes(GOOD.replace("name =", 'colr = "#000000"\nname ='))
    assert mistake == "story.toml:4: povs.a.colr: unknown; did you mean colour?"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('"#112233"', '"red"', '5: povs.a.colour: expected a colour such as "#3366cc"'),
        ('"#112233"', "3", '5: povs.a.colour: expected a colour such as "#3366cc"'),
        ('["A"]', '"A"', "2: authors: expected a list of 1 to 10 names"),
        ('["A"]', "[]", "2: authors: expected a list of 1 to 10 names"),
        ('["A"]', '["A", 3]', "2: authors.1: expected a list of 1 to 10 names"),
        ('"T"', '""', "1: title: expected a line of 1 to 100 characters"),
        ('"Anna"', f'"{"n" * 41}"', "4: povs.a.name: expected a name of at most 40 characters"),
        ("[povs.a]", '[povs."a b"]', "1: povs.a b: expected tables [povs.id] with name and colour"),
    ],
)
def test_a_wrong_value_is_reported_at_its_line(old: str, new: str, expected: str) -> None:
    assert f"story.toml:{expected}" in mistakes(GOOD.replace(old, new))


def test_two_povs_of_one_name_are_a_mistake() -> None:
    [mistake] = mistakes(GOOD + '[povs.b]\nname = "ANNA"\ncolour = "#445566"\n')
    assert mistake == "story.toml:7: a second POV that goes by ANNA"


def test_lines_are_counted_from_where_the_text_begins() -> None:
    [mistake] = mistakes(GOOD.replace('"#112233"', '"red"'), first_line=10)
    assert mistake.startswith("story.toml:14: ")


def test_a_pov_named_as_another_ones_id_is_a_mistake() -> None:
    [mistake] = mistakes(GOOD + '[povs.b]\nname = "A"\ncolour = "#445566"\n')
    assert mistake == "story.toml:7: a second POV that goes by A"


def test_what_is_too_deep_or_too_large_to_be_read_is_refused() -> None:
    deep = "too deep within each other"
    assert deep in mistakes(GOOD + "\n" + "a." * 40 + "b = 1\n")[0]
    assert mistakes(GOOD + "\n" + "a." * 40 + "b = 1\n", first_line=2)[0].startswith("story.toml:8: ")
    assert deep in mistakes("title = " + "[" * 5000)[0]
    assert "a number too large" in mistakes("title = " + "1" * 5000)[0]


def test_a_colour_may_be_spelled_the_american_way() -> None:
    metadata = read_metadata(GOOD.replace("colour", "color"), Path("story.toml"))
    assert metadata.to_povs()[0].colour == 0x112233


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (GOOD + "\nrating = 1\n[povs.b]\nname = 2\n", ["Anna"]),
        ("title = [", []),
        ("a." * 40 + "b = 1", []),
        ("povs = 3", []),
        ("title = 1" + "0" * 5000, []),
    ],
    ids=["other mistakes", "cut off", "too deep", "no table", "a number too large"],
)
def test_povs_are_known_whatever_else_is_wrong(text: str, names: list[str]) -> None:
    assert [pov.name for pov in povs_named(text)] == names
