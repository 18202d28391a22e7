"""What programs for notes and for web sites add to Markdown."""

import pytest

from tests.story.importing.files import GATE, LAMP
from tests.story.importing.reading import notes, read, told


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("%%mend this%%", ""),
        ("%%mend\n\nthis%%", ""),
        ("![[gate.png]]", ""),
        ("He saw [[Mara Vane|Mara]].", "He saw Mara."),
        ("He saw [[Mara]].", "He saw Mara."),
        ('{{< figure src="a.png" >}}', ""),
        ("{% include head.html %}", ""),
        ("{: .centre}", ""),
        ("::: verse", ""),
        ("> [!note] Mend this.", "> Mend this."),
        ("It was ==so== late.", "It was so late."),
        ("It was 1 == 1.", "It was 1 == 1."),
    ],
)
def test_what_they_add_is_put_plainly(written: str, read_as: str) -> None:
    told_ = "\n\n".join(filter(None, [LAMP, read_as, GATE]))
    assert told(read("a.md", f"{LAMP}\n\n{written}\n\n{GATE}")) == [("", "", told_)]


def test_what_a_heading_is_set_as_is_no_part_of_its_title() -> None:
    draft = read("a.md", f"## Frost {{#frost .wide}}\n\n{LAMP}\n\n## Thaw {{.wide}}\n\n{GATE}")
    assert [title for _, title, _ in told(draft)] == ["Frost", "Thaw"]


def test_a_footnote_goes_to_the_notes_with_its_mark() -> None:
    draft = read("a.md", f"{LAMP}[^1] {GATE}[^sill]\n\n[^1]: Tin.\n[^sill]: Of the window.\n\nSnow.")
    assert told(draft) == [("", "", f"{LAMP}[1] {GATE}[sill]"), ("", "", "Snow.")]
    assert notes(draft) == ["[1]: Tin.\n[sill]: Of the window."]
