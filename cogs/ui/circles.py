"""A coloured circle for each POV: the nearest to its colour that no other POV has."""

from collections.abc import Mapping
from functools import lru_cache

from story.model import Pov, Story

CIRCLES = {
    "🔴": 0xDD2E44,
    "🟠": 0xF4900C,
    "🟡": 0xFDCB58,
    "🟢": 0x78B159,
    "🔵": 0x55ACEE,
    "🟣": 0xAA8ED6,
    "🟤": 0xC1694F,
    "⚫": 0x31373D,
    "⚪": 0xE6E7E8,
}
"""The circles that Unicode has, and the colours that Discord draws them in."""


def circle(story: Story, pov: Pov) -> str:
    """Return the circle of a POV, or none if the story has more POVs than there are circles."""
    return _circles(tuple((each.id, each.colour) for each in story.povs)).get(pov.id, "")


@lru_cache(1000)
def _circles(povs: tuple[tuple[str, int], ...]) -> Mapping[str, str]:
    """Give each POV a circle, the nearest pairs first."""
    pairs = sorted((_distance(colour, CIRCLES[each]), pov, each) for pov, colour in povs for each in CIRCLES)
    given: dict[str, str] = {}
    for _, pov, each in pairs:
        if pov not in given and each not in given.values():
            given[pov] = each
    return given


def _distance(one: int, other: int) -> float:
    """Return how different two colours look, weighted by how well eyes tell red, green and blue apart."""
    (r1, g1, b1), (r2, g2, b2) = _rgb(one), _rgb(other)
    red = (r1 + r2) / 2
    return (2 + red / 256) * (r1 - r2) ** 2 + 4 * (g1 - g2) ** 2 + (2 + (255 - red) / 256) * (b1 - b2) ** 2


def _rgb(colour: int) -> tuple[int, int, int]:
    return colour >> 16, colour >> 8 & 255, colour & 255
