"""The map as PNG."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import dist

from story.authoring.canvas import Colour, Letters, Point, Sheet, can_write
from story.authoring.map.draw import RIM, draw
from story.authoring.map.plan import Plan
from story.rules.links import Ways

STROKES = 400
"""How many strokes an arc has; fewer would show in its dashes."""
DASH, SPACE = 8, 6


def to_png(ways: Ways) -> bytes:
    """Return the map of a story. Names that FiraGO has no letters for become numbers."""
    plan = Plan(ways, can_write)
    canvas = _Png(Sheet(plan.width, plan.height))
    draw(plan, canvas)
    return canvas.sheet.png()


class _Png:
    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet

    def line(self, points: Sequence[Point], colour: Colour, width: int) -> None:
        self.sheet.line(points, colour, width)

    def arc(self, start: Point, end: Point, rise: float, colour: Colour, *, dashed: bool) -> None:
        top = min(start[1], end[1]) - rise * 4 / 3
        handles = (start, (start[0], top), (end[0], top), end)
        points = [_on_curve(handles, stroke / STROKES) for stroke in range(STROKES + 1)]
        for upload in _dashes(points) if dashed else [points]:
            self.sheet.line(upload, colour, 3)

    def disc(self, at: Point, radius: float, fill: Colour, rim: Colour | None = None) -> None:
        self.sheet.disc(at, radius, rim or fill)
        if rim:
            self.sheet.disc(at, max(0, radius - RIM), fill)

    def text(self, at: Point, text: str, letters: Letters, colour: Colour, *, centred: bool = False) -> None:
        self.sheet.text(at, text, letters, colour, "mm" if centred else "lm")

    def slanted(self, end: Point, text: str, letters: Letters, colour: Colour) -> None:
        if text:
            self.sheet.slanted(end, text, letters, colour)


def _dashes(points: Sequence[Point]) -> Iterator[list[Point]]:
    """Split a line into dashes."""
    gone, upload = 0.0, [points[0]]
    for one, two in pairwise(points):
        gone += dist(one, two)
        if gone % (DASH + SPACE) < DASH:
            upload.append(two)
        elif upload:
            yield upload
            upload = []
    if upload:
        yield upload


def _on_curve(handles: tuple[Point, Point, Point, Point], t: float) -> Point:
    """Return the point of a cubic curve at `t`, from 0 to 1."""
    shares = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3
    pairs = list(zip(shares, handles, strict=True))
    return sum(share * x for share, (x, _) in pairs), sum(share * y for share, (_, y) in pairs)
