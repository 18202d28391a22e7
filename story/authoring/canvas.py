"""A canvas: circles, lines and letters, in colours that stand out from its ground."""

import importlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from math import sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

# Pillow is imported where something is drawn, so that a bot that draws nothing does not load it.

Colour = tuple[int, int, int]
Point = tuple[float, float]

FINER = 2
"""How many times larger it is drawn before it is scaled down, as Pillow's circles and lines have jagged edges."""
CONTRAST = 3.0
"""The contrast that WCAG asks for between a shape and its ground."""

GROUND: Colour = (30, 32, 39)
RAIL: Colour = (62, 66, 78)
FAINT: Colour = (124, 129, 144)
MUTED: Colour = (188, 192, 204)
LIGHT: Colour = (242, 243, 247)
INKS: tuple[Colour, Colour] = ((0, 0, 0), (255, 255, 255))
"""The colours of letters on discs; one of the two is legible on any colour."""


@dataclass(frozen=True, slots=True)
class Letters:
    """The size and weight of a text."""

    size: int
    bold: bool = False

    def font(self, finer: int = 1) -> "FreeTypeFont":
        """Return the font. It is not cached: it has state, and several threads draw pictures."""
        from PIL import ImageFont  # noqa: PLC0415 - see above

        return ImageFont.truetype(BytesIO(_face("figbo" if self.bold else "figo")), self.size * finer)


class Sheet:
    """A picture in the making; everything is in pixels of the finished one."""

    def __init__(self, width: int, height: int) -> None:
        from PIL import Image, ImageDraw  # noqa: PLC0415 - see above

        self._image = Image.new("RGB", (width * FINER, height * FINER), GROUND)
        self._draw = ImageDraw.Draw(self._image)

    def png(self) -> bytes:
        """Return the picture as PNG."""
        file = BytesIO()
        self._image.reduce(FINER).save(file, "PNG")
        return file.getvalue()

    def line(self, points: Sequence[Point], colour: Colour, width: int) -> None:
        """Draw a line through these points."""
        self._draw.line([(x * FINER, y * FINER) for x, y in points], colour, width * FINER, joint="curve")

    def disc(self, at: Point, radius: float, colour: Colour) -> None:
        """Draw a filled circle."""
        self._draw.circle((at[0] * FINER, at[1] * FINER), radius * FINER, colour)

    def ring(self, at: Point, radius: int, colour: Colour, width: int) -> None:
        """Draw a hollow circle, which hides what is behind it."""
        self.disc(at, radius, colour)
        self.disc(at, radius - width, GROUND)

    def text(self, at: Point, text: str, letters: Letters, colour: Colour = LIGHT, anchor: str = "lm") -> None:
        """Write a line; the anchor is Pillow's, by default the left end at half height."""
        self._draw.text((at[0] * FINER, at[1] * FINER), text, colour, letters.font(FINER), anchor)

    def slanted(self, end: Point, text: str, letters: Letters, colour: Colour = LIGHT) -> None:
        """Write a line that rises at 45 degrees and ends here, at half height."""
        from PIL import Image, ImageDraw  # noqa: PLC0415 - see above

        font = letters.font(FINER)
        mask = Image.new("L", (round(font.getlength(text)) + 1, 2 * letters.size * FINER))
        ImageDraw.Draw(mask).text((0, mask.height / 2), text, 255, font, "lm")
        turned = mask.rotate(45, expand=True, resample=Image.Resampling.BICUBIC)
        # The line's right edge is now a slope down from the top to the right, whose middle belongs here.
        half = mask.height / 2 * sqrt(0.5)
        self._draw.bitmap((round(end[0] * FINER - turned.width + half), round(end[1] * FINER - half)), turned, colour)


# ---- letters


def width_of(text: str, letters: Letters) -> float:
    """Return how wide a line is."""
    return letters.font().getlength(text)


def shorten(text: str, letters: Letters, width: float) -> str:
    """Cut a line short, so that it is at most so wide."""
    if width_of(text, letters) <= width:
        return text
    while text and width_of(f"{text}…", letters) > width:
        text = text[:-1].rstrip()
    return f"{text}…"


def can_write(text: str) -> bool:
    """Whether the font has all the letters of a text."""
    font = Letters(32).font()
    missing = _shape(font, "\U0010ffff")
    return all(letter.isspace() or _shape(font, letter) != missing for letter in text)


def _shape(font: "FreeTypeFont", letter: str) -> tuple[tuple[int, int], bytes]:
    mask = font.getmask(letter)
    return mask.size, bytes(mask)


@cache
def _face(name: str) -> bytes:
    face: bytes = importlib.import_module("pymupdf_fonts").myfont(name)  # it has no types, so it is not imported above
    return face


# ---- colours


def visible(colour: int) -> Colour:
    """Return a colour of 0xRRGGBB, made lighter if it would not stand out from the ground."""
    red, green, blue = colour >> 16 & 255, colour >> 8 & 255, colour & 255
    while contrast((red, green, blue), GROUND) < CONTRAST:
        red, green, blue = (part + (255 - part) // 8 + 1 for part in (red, green, blue))
    return red, green, blue


def ink(ground: Colour) -> Colour:
    """Return what to write with on a colour."""
    return max(INKS, key=lambda colour: contrast(colour, ground))


def contrast(one: Colour, other: Colour) -> float:
    """Return the contrast of two colours, from 1 to 21, as WCAG computes it."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Colour) -> float:
    red, green, blue = (part / 3294.6 if part <= 10 else ((part / 255 + 0.055) / 1.055) ** 2.4 for part in colour)  # noqa: PLR2004 - as WCAG reckons it
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
