import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cogs.ui.split import Room, split

WIDE = Room(10_000, 100_000)


def parts(text: str, chars: int, size: int = 100_000) -> list[str]:
    return split(text, Room(chars, size), Room(chars, size))


MARKDOWN = st.lists(
    st.sampled_from(
        ["a word", "*", "**", "_", "`", "```", "||", "~~", "[link](x y)", "<@1>", "\\*", ". ", "\n", "\n\n", " "]
    ),
    max_size=60,
).map("".join)


@given(st.one_of(st.text(max_size=400), MARKDOWN), st.integers(4, 120), st.integers(16, 200), st.integers(4, 120))
@example("\U0001f468\u200d\U0001f469\u200d\U0001f467" * 20, 5, 16, 5)
def test_splitting_loses_nothing_and_keeps_to_both_limits(text: str, first: int, size: int, rest: int) -> None:
    found = split(text, Room(first, size), Room(rest, size))
    assert "".join(found) == text
    assert all(len(part.encode()) <= size for part in found)
    assert [len(part) <= limit for part, limit in zip(found, [first, *[rest] * len(found)], strict=False)] == [
        True for _ in found
    ]


def test_a_text_that_fits_is_one_part() -> None:
    assert parts("One. Two.", 100) == ["One. Two."]


def test_it_is_parted_between_paragraphs_where_it_can_be() -> None:
    assert parts("One. Two.\n\nThree. Four.", 15) == ["One. Two.\n\n", "Three. Four."]


def test_else_between_sentences() -> None:
    assert parts("One two. Three four. Five.", 22) == ["One two. Three four. ", "Five."]


@pytest.mark.parametrize("end", ["‘No.’ ", "“No!” ", "No… ", "*No.* ", "不。"])
def test_a_sentence_may_end_in_quotes_or_another_script(end: str) -> None:
    assert parts(f"A word {end}and another word", 20)[0] == f"A word {end}"


def test_else_between_words() -> None:
    assert parts("one two three four", 10) == ["one two ", "three four"]


def test_else_anywhere() -> None:
    assert parts("abcdefghij", 4) == ["abcd", "efgh", "ij"]


@pytest.mark.parametrize(
    "whole",
    [
        "*so very long*",
        "**so very long**",
        "_so very long_",
        "||so very long||",
        "~~so very long~~",
        "`so very long`",
        "[so very long](x)",
        "```\nso\n\nvery\n```",
    ],
)
def test_it_is_never_parted_within_markdown(whole: str) -> None:
    found = parts(f"A few words {whole} and more", 22)
    assert whole in found[1]


def test_a_span_that_is_too_long_by_itself_is_parted_between_words() -> None:
    assert parts("*one two three four*", 10) == ["*one two ", "three ", "four*"]


def test_an_accent_stays_with_its_letter() -> None:
    assert parts("abce\u0301x", 4) == ["abc", "e\u0301x"]


def test_an_emoji_stays_in_one_piece() -> None:
    family = "\U0001f468\u200d\U0001f469"
    assert parts("ab" + family, 4) == ["ab", family]


def test_the_limit_in_bytes_is_kept_where_it_is_the_narrower_one() -> None:
    assert parts("слово слово слово", 100, 24) == ["слово слово ", "слово"]


def test_a_room_that_holds_no_text_is_refused() -> None:
    with pytest.raises(ValueError, match="no room"):
        split("text", WIDE, Room(3, 100))


def test_room_beside_a_text_is_what_is_left() -> None:
    assert Room(10, 20).minus("äb") == Room(8, 17)
