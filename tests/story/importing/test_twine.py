import pytest

from story.importing.twine import macros, to_line, to_words, without_comments


def found(text: str, story_format: str = "") -> list[str]:
    return [macro.what for macro in macros(text, story_format)]


@pytest.mark.parametrize(
    ("story_format", "text", "what"),
    [
        ("harlowe", "(if: $x is 1)[a]", ["the macro (if:) of Harlowe", "the variable $x"]),
        ("harlowe", "(my-own: 1)", ["the macro (my-own:) of Harlowe"]),
        ("harlowe", "|door>[a]", ["the hook |door>[] of Harlowe"]),
        (
            "sugarcube",
            "<<if $x>>a<</if>>",
            ["the macro <<if>> of SugarCube", "the variable $x", "the macro <</if>> of SugarCube"],
        ),
        ("sugarcube", "[img[a.png]]", ["the image [img[ of SugarCube"]),
        ("snowman", "<% s.a = 1 %> <%= s.a %>", ["the template <% %> of Snowman"] * 2),
        ("chapbook", "[if a]", ["the modifier [if a] of Chapbook"]),
        ("chapbook", "[anything at all]  ", ["the modifier [anything at all] of Chapbook"]),
        ("chapbook", "I am {name}.", ["the insert {name} of Chapbook"]),
        ("chapbook", "a: 1\n--\nText", ["the variables above -- of Chapbook"]),
        ("", "(set: _a to 1) <<set>> <%= a %> {embed passage: 'a'}", None),
        ("", "[unless a]\n[note to myself]", None),
        ("", "<script>a</script>", ["the element <script>"]),
    ],
)
def test_macros_are_found_by_name(story_format: str, text: str, what: list[str] | None) -> None:
    assert found(text, story_format) == what or (what is None and len(found(text)) > 1)


@pytest.mark.parametrize(
    ("story_format", "text"),
    [
        ("", "(PS: hello) She paid $5, and A$AP sang <3."),
        ("", "[He left.]\n--\n{ }"),
        ("sugarcube", "(if: only) {so}"),
        ("harlowe", "(so, if: only)"),
        ("snowman", "[if a]"),
    ],
)
def test_prose_is_no_macro(story_format: str, text: str) -> None:
    assert found(text, story_format) == []


def test_macros_have_their_places() -> None:
    assert [(macro.line, macro.column) for macro in macros("a\n\nb <<c>> <<d>>", "")] == [(2, 2), (2, 8)]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a/% b %/c", "ac"),
        ("a/* b\n\nc */d", "a\n\nd"),
        ("a<!-- /% -->b%/", "ab%/"),
        ("/% /* %/ a */", " a */"),
        ("a /% b /* c */ d", "a /% b  d"),
        ("/% /% /%", "/% /% /%"),
    ],
)
def test_comments_are_left_out_and_their_lines_are_kept(text: str, kept: str) -> None:
    assert without_comments(text) == kept


@pytest.mark.parametrize(
    ("story_format", "line", "written"),
    [
        ("harlowe", "//a// ''b'' *c* **d** ~~e~~", "*a* **b** *c* **d** ~~e~~"),
        ("sugarcube", "//a// ''b'' __c__ ==d==", "*a* **b** __c__ ~~d~~"),
        ("sugarcube", "*a*", r"\*a\*"),
        ("chapbook", "*a* _b_ **c** __d__ ~~e~~ //f//", "*a b* **c d** ~~e~~ //f//"),
        ("snowman", "_a_ snake_case_name", r"*a* snake\_case\_name"),
        ("", "//a// ''b'' **c** __d__", "*a* **b c** __d__"),
        ("", "<em>a</em> <b>b</b> <u>c</u> <s>d</s>", "*a* **b** __c__ ~~d~~"),
        ("", "<i>a<br>b</i><span class='x'>c</span></b>", "*a\nb*c"),
        ("", "<i>a", "*a*"),
        ("", "5 * 3 * 2 // 1", r"5 \* 3 \* 2 // 1"),
        (
            "",
            "see https://example.org/a and https://example.org/b",
            "see https://example.org/a and https://example.org/b",
        ),
        ("", "''//both//''", "***both***"),
        ("", "* one", "- one"),
        ("", "- one", "- one"),
        ("sugarcube", "!Heading", "### Heading"),
        ("", "## Heading", "### Heading"),
        ("", ">> said", "> said"),
        ("", "> * said", "> - said"),
        ("", "!!", "!!"),
        ("", "----", r"\* \* \*"),
        ("", " * * * ", r"\* \* \*"),
        ("", "* <b></b>", ""),
        ("", "", ""),
    ],
)
def test_markup_becomes_markdown(story_format: str, line: str, written: str) -> None:
    assert to_line(line, story_format) == written


def test_words_have_no_markup() -> None:
    assert to_words("//Go// <b>on</b> *", "sugarcube") == "Go on *"
