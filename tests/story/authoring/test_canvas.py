from io import BytesIO

import pytest
from PIL import Image

from story.authoring import canvas
from story.authoring.canvas import GROUND, Letters, Sheet

LETTERS = Letters(36)


def test_what_is_drawn_has_the_size_that_was_asked_for() -> None:
    with Image.open(BytesIO(Sheet(300, 200).png())) as image:
        assert (image.format, image.size) == ("PNG", (300, 200))


@pytest.mark.parametrize("name", ["Zoë Łukasz", "Жанна", "Ωμέγα", "עברית", "علي", "अनु", "ไทย", "O’Neill – №1"])
def test_names_in_many_scripts_can_be_written(name: str) -> None:
    assert canvas.can_write(name)


@pytest.mark.parametrize("name", ["太郎", "Mika 美香", "\U0001f600"])
def test_letters_that_the_font_has_not_are_known_beforehand(name: str) -> None:
    assert not canvas.can_write(name)


@pytest.mark.parametrize("colour", [0x000000, 0x222266, 0x3A86D1, 0xFFFFFF])
def test_every_colour_can_be_told_from_the_ground_and_written_on(colour: int) -> None:
    seen = canvas.visible(colour)
    assert max(seen) <= 255
    assert canvas.contrast(seen, canvas.GROUND) >= 3
    assert canvas.contrast(seen, canvas.ink(seen)) >= 4.5


def test_a_colour_that_is_light_enough_stays_as_its_author_chose_it() -> None:
    assert canvas.visible(0x3A86D1) == (0x3A, 0x86, 0xD1)


def test_a_slanted_line_rises_to_its_end() -> None:
    drawn = Sheet(300, 300)
    drawn.slanted((200, 50), "mmmmmmmm", LETTERS)
    with Image.open(BytesIO(drawn.png())) as image:
        lettered = [(x, y) for x in range(300) for y in range(300) if image.getpixel((x, y)) != GROUND]
    assert all(abs((200 - x) - (y - 50)) < 40 for x, y in lettered)
    assert max(x for x, _ in lettered) > 190
    assert max(y for _, y in lettered) > 150


def test_a_ring_is_hollow() -> None:
    sheet = Sheet(100, 100)
    sheet.disc((50, 50), 20, (255, 0, 0))
    sheet.ring((50, 50), 30, (0, 0, 255), 5)
    with Image.open(BytesIO(sheet.png())) as image:
        middle, rim = (image.convert("RGB").getpixel(at) for at in ((50, 50), (77, 50)))
    assert (middle, rim) == (GROUND, (0, 0, 255))


@pytest.mark.parametrize("width", [0, 40, 200])
def test_a_line_that_is_too_wide_is_cut_short(width: int) -> None:
    cut = canvas.shorten("The night before the snow", LETTERS, width)
    assert cut.endswith("…")
    assert cut == "…" or canvas.width_of(cut, LETTERS) <= width


def test_a_line_that_fits_stays_whole() -> None:
    assert canvas.shorten("Snow", LETTERS, 500) == "Snow"
