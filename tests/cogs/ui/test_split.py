import re
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cogs.ui.split import Room, fitted, split

WIDE = Room(10_000, 100_000)


def parts(text: str, chars: int, size: int = 100_000) -> list[str]:
    return split(text, Room(chars, size), Room(chars, size))


MARKDOWN = st.lists(
    st.sampled_from(
        ["a word", "*", "**", "_", "`", "```", "||", "~~", "[link](x y)", "<@1>", "\\*", ". ", "\n", "\n\n", " "]
    ),
    max_size=60,
).map("".join)


@given(st.one_of(st.text(max_size=400), MARKDOWN), st.integers(4, 119), st.integers(16, 200), st.integers(4, 119))
@example("\U0001f468\u200d\U0001f469\u200d\U0001f467" * 20, 5, 16, 5)
def test_small_rooms_lose_nothing_and_are_kept_to(text: str, first: int, size: int, rest: int) -> None:
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


# ---- what is hidden, quoted or code stays so

KINDS = re.compile(
    r"(?P<code>```.+?```|(?<!`)(?P<run>`{1,2})(?!`).+?(?<!`)(?P=run)(?!`))|(?P<hidden>\|\|.+?\|\|)|.", re.DOTALL
)


def seen(text: str) -> list[tuple[str, str]]:
    """What a reader sees as Discord shows it: each letter, and whether it is hidden, code or plain."""
    found: list[tuple[str, str]] = []
    for each in KINDS.finditer(text):
        kind = "hidden" if each["hidden"] else "code" if each["code"] else "plain"
        found += [(letter, kind) for letter in each[0] if letter.isalpha()]
    return found


def wrapped(left: str, letters: str, right: str) -> st.SearchStrategy[str]:
    return st.text(letters, min_size=3, max_size=400).filter(str.strip).map(lambda text: f"{left}{text}{right}")


PIECES = st.one_of(
    st.text("abcde ", min_size=1, max_size=90),
    st.sampled_from(["\n\n", "\n", "> ", "- ", "1. ", "| a | b |\n", ". ", " ", "*", "**", "~~"]),
    wrapped(" ||", "abcde .\n", "|| "),
    wrapped("\n```\n", "abcde .\n", "\n```\n"),
    wrapped(" `", "abcde .", "` "),
)


@given(st.lists(PIECES, max_size=25).map("".join), st.integers(160, 400), st.integers(160, 400))
@example("||" + "a " * 300 + "||", 160, 160)
@example("||one.\n\n" + "a " * 300 + "\n\nthree||", 160, 160)
@example("```py\n" + "a = 1\n" * 100 + "```", 160, 160)
@example("||" + "a" * 500 + "||", 160, 160)
def test_what_is_hidden_or_code_stays_so_across_parts_and_everything_is_seen(text: str, first: int, rest: int) -> None:
    found = split(text, Room(first, 10_000), Room(rest, 10_000))
    shown = [each for part in found for each in seen(part)]
    language = [("p", "code"), ("y", "code")]
    assert shown == seen(text) or (text.startswith("```py") and shown[: len(language)] == language)
    assert all(len(part) <= limit for part, limit in zip(found, [first, *[rest] * len(found)], strict=False))


@pytest.mark.parametrize("mark", ["||", "*", "**", "__", "~~", "`"])
def test_a_span_that_is_parted_is_ended_and_begun_again(mark: str) -> None:
    first, *_, last = parts(f"{mark}{'word ' * 100}end{mark}", 200)
    assert first.startswith(f"{mark}word")
    assert first.rstrip().endswith(f"word{mark}")
    assert last.startswith(f"{mark}word")
    assert last.endswith(f"end{mark}")


def test_code_that_is_parted_keeps_its_language() -> None:
    first, second, *_ = parts("```py\n" + "x = 1\n" * 60 + "```", 200)
    assert first.endswith("x = 1\n\n```")
    assert second.startswith("```py\nx = 1")


def test_a_line_of_a_quote_that_is_parted_stays_a_quote() -> None:
    found = parts("> " + "word " * 100, 200)
    assert all(part.startswith("> word") for part in found)


def test_a_quote_to_the_end_goes_on_to_the_end() -> None:
    found = parts("A word.\n>>> " + "word " * 100 + "\n\nlast", 200)
    assert all(part.startswith(">>> ") for part in found[1:])


def test_a_hidden_quote_stays_a_quote_and_hidden() -> None:
    found = parts("> ||" + "\n> ".join(["word " * 20] * 6) + "||", 200)
    assert all(part.startswith("> ||") and part.rstrip().endswith("||") for part in found)


@pytest.mark.parametrize(
    "block",
    [
        "| a | b |\n|---|---|\n" + "| 1 | 2 |\n" * 6,
        "- one\n- two. And more. And more\n  of that\n" * 3,
        "1. one. Two. Three\n" * 6,
        "> one. Two.\n" * 6,
    ],
    ids=["table", "list", "numbered list", "quote"],
)
def test_a_table_a_list_and_a_quote_stay_whole_where_a_part_has_room_for_them(block: str) -> None:
    found = parts(f"{'Words. ' * 12}\n{block}\n{'Words. ' * 30}", 200)
    assert any(block.strip() in part for part in found)


def test_a_table_that_is_too_long_is_parted_between_its_rows() -> None:
    found = parts("| a word. Another | b |\n" * 40, 200)
    assert all(part.startswith("| a") and part.endswith("|\n") for part in found)


@pytest.mark.parametrize(
    "text",
    [
        "|| a * b ` c ** d [ x _ " * 10_000,
        " ".join("`" * (n % 90) for n in range(6000)),
        "[" * 250_000,
        "||" + "word " * 50_000 + "||",
        "|" * 250_000,
    ],
    ids=["marks", "ticks", "brackets", "one spoiler", "bars"],
)
def test_hostile_text_takes_no_longer_than_its_length(text: str) -> None:
    room = Room(2700, 6700)
    began = time.process_time()
    assert len(split(text, room, room)) < len(text) / 1000
    assert time.process_time() - began < 2


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
    assert Room(8, 17).plus("äb") == Room(10, 20)


@pytest.mark.parametrize(
    ("text", "room", "fits"),
    [
        ("One word.", Room(9, 9), "One word."),
        ("One word. Two words.", Room(18, 100), "One word.…"),
        ("слово слово", Room(100, 19), "слово…"),
        ("||hidden " * 40, Room(200, 200), None),
        ("text", Room(2, 100), "…"),
    ],
)
def test_a_text_is_fitted_into_a_room_by_its_characters_and_bytes(text: str, room: Room, fits: str | None) -> None:
    found = fitted(text, room)
    assert room.holds(found)
    assert found == fits or (fits is None and found.count("||") % 2 == 0)
