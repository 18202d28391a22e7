import pytest

from story.rules.measure import share_of_unspaced, words


@pytest.mark.parametrize(
    ("text", "count"),
    [("one two", 2), ("déjà vu", 2), ("灯在晚饭前就", 4), ("灯在晚 two。", 3), ("눈이 내렸다", 3), ("ตะเกียงดับ", 2)],
)
def test_scripts_without_spaces_are_measured_in_characters(text: str, count: int) -> None:
    assert words(text) == count


def test_how_much_of_a_text_has_no_spaces() -> None:
    assert (share_of_unspaced("one"), share_of_unspaced("灯ab"), share_of_unspaced("é")) == (0, 1 / 3, 0)
