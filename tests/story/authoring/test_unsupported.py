import pytest

from story.authoring.unsupported import DEFINITION, HTML, IMAGE, LINK, TABLE, unshown


@pytest.mark.parametrize(
    "text",
    [
        "Plain, *with* **emphasis**, __more__, ~~none~~, and ||a secret||.",
        "[a page](https://example.org/a?b=c) and [one](HTTP://example.org), <https://example.org>",
        "<@123> and <#456>, <:owl:789>, <t:1700000000:R>, a < b > c",
        "`<b>` and `![x](y)`\n\n```\n<i> | a | b |\n```",
        "> quoted\n\n- a list\n\n---\n\nA line\n---\nand another.",
        "",
    ],
)
def test_what_discord_shows_is_nothing_to_speak_of(text: str) -> None:
    assert list(unshown(text)) == []


def test_html_is_found_with_its_line_and_column() -> None:
    assert list(unshown("Some\nbad <b>words</b>.\n\n<div>\nx\n</div>")) == [(1, 4, HTML), (3, 0, HTML)]


def test_the_same_thing_twice_is_found_at_both_places() -> None:
    assert list(unshown("A <b>b</b> and <b>c</b>.")) == [(0, 2, HTML), (0, 15, HTML)]


def test_an_image_is_found() -> None:
    assert list(unshown("Look: ![an owl](https://example.org/owl.png)")) == [(0, 6, IMAGE)]


def test_an_image_within_a_link_is_found() -> None:
    assert list(unshown("[![an owl](owl.png)](https://example.org)")) == [(0, 1, IMAGE)]


def test_a_table_is_found() -> None:
    assert list(unshown("Text.\n\n  | a | b |\n  |---|---|\n  | 1 | 2 |")) == [(2, 2, TABLE)]


@pytest.mark.parametrize("address", ["page.html", "/page", "#part", "javascript:alert(1)", "mailto:a@example.org", ""])
def test_a_link_to_what_is_no_web_page_is_found_at_its_address(address: str) -> None:
    text = f"See [this]({address})."
    assert list(unshown(text)) == [(0, text.index(address or "]()"), LINK.format(address))]


def test_a_link_that_is_spelled_otherwise_than_it_is_read_is_found_in_its_paragraph() -> None:
    assert list(unshown("One.\n\nSee [this](a&amp;b).")) == [(2, 0, LINK.format("a&b"))]


def test_a_link_defined_elsewhere_is_found_at_its_definition() -> None:
    assert list(unshown("See [this][1].\n\n[1]: https://example.org")) == [(2, 0, DEFINITION)]
