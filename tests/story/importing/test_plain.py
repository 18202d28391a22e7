import pytest

from story.importing.plain import LONGEST_STRETCH, to_markdown


@pytest.mark.parametrize(
    "text",
    [
        "*so*",
        "**so**",
        "***so***",
        "He said *so and so*, **that**.",
        "snake_case",
        "a < b, 5 & 6",
        "a - b",
        "1.5",
        "“It’s…” — so.",
        "-5",
        "Nr. 1. So",
    ],
)
def test_what_is_no_mark_or_meant_as_emphasis_stays(text: str) -> None:
    assert to_markdown(text) == text


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("_so_", "*so*"),
        ("__so__", "**so**"),
        ("*so [b]*", r"*so \[b]*"),
        ("2*3*4", r"2\*3\*4"),
        ("* so", r"\* so"),
        ("so *", r"so \*"),
        ("_so", r"\_so"),
        ("so_", r"so\_"),
        ("# so", r"\# so"),
        ("#so", r"\#so"),
        ("> so", r"\> so"),
        ("- so", r"\- so"),
        ("-# so", r"\-# so"),
        ("+ so", r"\+ so"),
        ("12. so\n3) so", "12\\. so\n3\\) so"),
        ("~~so~~", r"\~\~so\~\~"),
        ("||so||", r"\|\|so\|\|"),
        ("`so`", r"\`so\`"),
        ("[so](b)", r"\[so](b)"),
        ("<@1> <b> <3", r"\<@1> \<b> <3"),
        ("&amp; & b", r"\&amp; & b"),
        (r"¯\_(so)_/¯", r"¯\\\_(so)\_/¯"),
    ],
)
def test_what_a_writer_typed_becomes_no_mark(text: str, markdown: str) -> None:
    assert to_markdown(text) == markdown


def test_a_text_of_any_length_is_turned_whole() -> None:
    assert to_markdown("*a* _b " * LONGEST_STRETCH) == r"*a* \_b " * LONGEST_STRETCH
