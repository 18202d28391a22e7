import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from story.importing import blocks

PIECES = ["#", "##", "###", " ", "\t", "a", "Anna", "\\", "-", ">", "1.", "*", "|", "[a]:", "=", "---", "\n", "\n\n"]


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
@example("# #")
@example("#\n##")
@example("# a #\n## b##")
@example("- a\n# b")
@example("[a]:\n# b")
@example("# a \\#")
@example("## ## ##")
@example("- - #\n#")
def test_prose_has_the_headings_that_the_parser_finds(text: str) -> None:
    if blocks._is_prose(text):
        assert list(blocks._headings_of_prose(text.split("\n"))) == list(blocks._headings(text))


@pytest.mark.parametrize("text", ["# A", "> Recap: A", "~~~\n# A"])
def test_what_would_be_read_as_something_else_is_written_verbatim(text: str) -> None:
    written = blocks.written_prose(text)
    first, *others = blocks.blocks(written, 1)
    assert (blocks.prose(first.lines), others, written == text) == (text, [], False)


def test_a_list_within_a_list_is_no_end_of_the_scenes() -> None:
    assert [heading for _, heading, _ in blocks._headings("<b>\n\n- a\n  - b\n    - c\n\n# D\n\n> > - e\n\n# F")] == [
        "D",
        "F",
    ]


def test_what_is_read_as_it_is_is_written_so() -> None:
    assert blocks.written_prose("A.\n\nB.") == "A.\n\nB."
