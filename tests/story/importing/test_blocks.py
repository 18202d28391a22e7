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
def test_prose_has_the_headings_that_the_parser_finds(text: str) -> None:
    if blocks._is_prose(text):
        assert list(blocks._headings_of_prose(text.split("\n"))) == list(blocks._headings(text))
