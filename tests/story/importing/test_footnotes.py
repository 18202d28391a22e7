"""Which paragraphs are footnotes."""

import pytest

from tests.story.importing.files import GATE, LAMP, SNOW
from tests.story.importing.reading import notes, read, told


@pytest.mark.parametrize(
    ("mark", "note"),
    [
        ("[1]", "[1] It was tin."),
        ("(1)", "(1) It was tin."),
        ("*", "* It was tin."),
        ("†", "† It was tin."),
        ("¹", "¹ It was tin."),
        ("¹", "[1] It was tin."),
        ("[a]", "[a] It was tin."),
        ("", "[Footnote 1: It was tin.]"),
        ("", "Fußnote 1: Er war aus Blech."),
    ],
)
def test_a_paragraph_that_begins_with_a_mark_from_before_is_a_footnote(mark: str, note: str) -> None:
    draft = read("a.txt", f"{LAMP}{mark}\n\n{note}\n\n{GATE}")
    assert [text.replace("\\", "") for _, _, text in told(draft)] == [f"{LAMP}{mark}", GATE]
    assert [text.replace("\\", "") for text in notes(draft)] == [note]


@pytest.mark.parametrize("line", ["[10:31] Joe: bring milk", "(2) is what the door said.", "† stood on the stone."])
def test_one_whose_mark_nothing_has_is_prose(line: str) -> None:
    assert not notes(read("a.txt", f"{LAMP}\n\n{line}\n\n{GATE}"))


def test_a_number_begins_one_behind_another() -> None:
    draft = read("a.txt", f"{LAMP}[1] {GATE}[2]\n\n[1] Tin.\n\n2. Iron.\n\n2. {SNOW}")
    assert [text.replace("\\", "") for text in notes(draft)] == ["[1] Tin.\n\n2. Iron."]
