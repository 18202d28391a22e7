import pytest
from hypothesis import given
from hypothesis import strategies as st

from story.importing.prose import (
    BOLD,
    ITALIC,
    LONGEST_ADDRESS,
    MARKS,
    STRIKE,
    UNDERLINE,
    Run,
    escape,
    plain,
    safe_address,
    to_markdown,
)

NOTHING = "\N{ZERO WIDTH SPACE}"
SITE = "https://example.org/a"


def marked(text: str, *marks: str) -> Run:
    return Run(text, frozenset(marks))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2 * 3 *", r"2 \* 3 \*"),
        ("_so_", r"\_so\_"),
        ("`code`", r"\`code\`"),
        ("~ and ~~", r"~ and \~\~"),
        ("| and ||", r"| and \|\|"),
        ("a\\b", r"a\\b"),
        ("<@1> <#2>", r"\<@1> \<#2>"),
        ("[a](b)", r"[a\](b)"),
        ("[a] (b)", "[a] (b)"),
        ("an @ sign", "an @ sign"),
    ],
)
def test_what_looks_like_markdown_is_escaped(text: str, shown: str) -> None:
    assert escape(text) == shown


@pytest.mark.parametrize(
    "name", ["everyone", "here", "123456789012345678", "!123456789012345678", "&123456789012345678"]
)
def test_nobody_is_mentioned(name: str) -> None:
    assert escape(f"Hello @{name}") == f"Hello @{NOTHING}{name}"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("# one", r"\# one"),
        ("-# small", r"\-# small"),
        ("- no", r"\- no"),
        ("+ more", r"\+ more"),
        ("> he said", r"\> he said"),
        (">>> he said", r"\>>> he said"),
        ("1. first", r"1\. first"),
        ("1984) was", r"1984\) was"),
        ("---", r"\---"),
        ("#one", "#one"),
        ("-no", "-no"),
        ("3.5 miles", "3.5 miles"),
    ],
)
def test_what_means_something_at_a_lines_start_is_escaped_there(text: str, shown: str) -> None:
    assert escape(text) == shown
    assert escape(f"So\n{text}") == f"So\n{shown}"
    assert escape(f"So {text}") == f"So {text}"


def test_the_first_line_need_not_be_a_lines_start() -> None:
    assert escape("- a\n- b", starts_line=False) == "- a\n\\- b"


def test_an_address_stays_one() -> None:
    assert escape(f"see *{SITE}_b_*c*") == rf"see \*{SITE}_b_*c*"


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        ([marked("Oh ", ITALIC), Run("no")], "*Oh* no"),
        ([Run("Oh"), marked(" no ", BOLD), Run("!")], "Oh **no** !"),
        ([marked("a", UNDERLINE), Run(" "), marked("b", STRIKE)], "__a__ ~~b~~"),
        ([marked("a", BOLD, ITALIC)], "***a***"),
        ([marked("a ", BOLD), marked("b", BOLD, ITALIC)], "**a *b***"),
        ([marked("a", ITALIC), marked("b", BOLD)], f"*a*{NOTHING}**b**"),
        ([marked("a\n\nb", ITALIC)], "*a*\n\n*b*"),
        ([marked("a\nb", ITALIC)], "*a\nb*"),
        ([Run("a \n\n\n\n b")], "a\n\nb"),
        ([Run("a"), marked("  ", BOLD), Run("b")], "a b"),
        ([Run("a\n"), marked("- b", BOLD)], "a\n**- b**"),
        ([Run("a\n"), Run("- b")], "a\n\\- b"),
        ([Run(" a  b ")], "a b"),
        ([marked("a\n", ITALIC), Run("\nb")], "*a*\n\nb"),
        ([marked(" ", ITALIC)], ""),
        ([], ""),
    ],
)
def test_marks_stand_close_around_their_words(runs: list[Run], text: str) -> None:
    assert to_markdown(runs) == text


def test_a_link_keeps_its_words_and_their_marks() -> None:
    link = [Run("the ", address=SITE), Run("[old]", frozenset({BOLD}), SITE), Run(" site")]
    assert to_markdown(link) == rf"[the **\[old\]**]({SITE}) site"


def test_a_link_that_shows_an_address_is_shown_as_its_words() -> None:
    assert to_markdown([Run("https://", address=SITE), Run("other.org", address=SITE)]) == "https://other.org"


def test_plain_text_is_one_line_without_marks() -> None:
    assert plain([marked("a\n", BOLD), Run(" *b")]) == "a *b"


def test_an_address_can_stand_in_a_link() -> None:
    assert safe_address(" https://example.org/a(b) ") == "https://example.org/a%28b%29"


@pytest.mark.parametrize(
    "address", ["", "#note", "javascript:alert(1)", "mailto:a@b.c", "https://" + "a" * LONGEST_ADDRESS]
)
def test_what_is_no_web_address_is_no_link(address: str) -> None:
    assert safe_address(address) == ""


@given(st.lists(st.builds(marked, st.text("ab *_\n-"), st.sampled_from(MARKS), st.sampled_from(MARKS))))
def test_no_word_is_lost_and_no_mark_stays_open(runs: list[Run]) -> None:
    written = to_markdown(runs)
    assert [each for each in written if each in "ab"] == [each for run in runs for each in run.text if each in "ab"]
    bare = written.replace("\\*", "").replace("\\_", "")
    assert bare.count("*") % 2 == bare.count("_") % 2 == bare.count("~") % 2 == 0
    assert "\n\n\n" not in written
