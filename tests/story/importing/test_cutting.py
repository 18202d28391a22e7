import pytest
from hypothesis import given
from hypothesis import strategies as st

from story.importing.cutting import cut


def paragraphs(*lengths: int) -> str:
    return "\n\n".join("x" * length for length in lengths)


@pytest.mark.parametrize(
    ("text", "lengths"),
    [
        (paragraphs(100), [100]),
        (paragraphs(70, 70), [142]),
        (paragraphs(80, 80), [80, 80]),
        (paragraphs(90, 10, 90, 10), [102, 102]),
        (paragraphs(10, 180, 10), [10, 192]),
        (paragraphs(1000), [1000]),
        (paragraphs(10, 300), [10, 300]),
        ("", []),
        ("\n ", []),
    ],
)
def test_a_text_is_cut_at_the_paragraph_that_ends_nearest(text: str, lengths: list[int]) -> None:
    assert [len(piece) for piece in cut(text, 100)] == lengths


def test_a_paragraph_that_is_too_long_is_cut_between_sentences() -> None:
    assert cut("“Well.” He went on. And on." * 2, 20) == [
        "“Well.” He went on.",
        "And on.“Well.”",
        "He went on. And on.",
    ]


def test_a_sentence_that_is_too_long_is_cut_between_words() -> None:
    assert cut("well " * 20, 25) == ["well well well well well"] * 3 + ["well well well well well"]


@pytest.mark.parametrize("fence", ["```", "~~~"])
def test_a_block_of_code_is_cut_neither_at_blank_lines_nor_within(fence: str) -> None:
    code = f"{fence}\n{'a. b ' * 30}\n\nb\n{fence}"
    assert cut(f"{'x' * 90}\n\n{code}\n\n{'y' * 90}", 90) == ["x" * 90, code, "y" * 90]


@given(st.text("ab.!\n\t `~", max_size=300), st.integers(1, 30))
def test_no_word_is_lost_or_torn_apart(text: str, length: int) -> None:
    pieces = cut(text, length)
    assert " ".join(pieces).split() == text.split()
    assert all(pieces)


def test_a_block_of_code_is_never_cut() -> None:
    code = "```\n" + "one line\n\n" * 20 + "```"
    assert cut(f"{paragraphs(50)}\n\n{code}\n\n{paragraphs(50)}", 50) == [paragraphs(50), code, paragraphs(50)]
    assert cut(f"{paragraphs(50)}\n\n{code}", 50) == [paragraphs(50), code]
