"""The map as SVG, in the fonts of whoever shows it."""

from collections.abc import Sequence
from xml.etree import ElementTree as ET

from story.authoring.canvas import GROUND, Colour, Letters, Point
from story.authoring.map.draw import RIM, draw
from story.authoring.map.plan import Plan
from story.authoring.map.words import describe
from story.rules.links import Ways

FONTS = "FiraGO, 'Fira Sans', 'Noto Sans', 'Segoe UI', system-ui, sans-serif"
DASHES = "8 6"


def to_svg(ways: Ways) -> bytes:
    """Return the map of a story, with a description in words for those who can't see it."""
    plan = Plan(ways, lambda _text: True)
    canvas = _Svg(plan.width, plan.height, f"Map of {ways.story.title}", describe(ways))
    draw(plan, canvas)
    ET.indent(canvas.root)
    return ET.tostring(canvas.root, encoding="unicode").encode() + b"\n"


class _Svg:
    def __init__(self, width: int, height: int, title: str, words: str) -> None:
        self.root = ET.Element(
            "svg",
            {
                "xmlns": "http://www.w3.org/2000/svg",
                "viewBox": f"0 0 {width} {height}",
                "width": str(width),
                "height": str(height),
                "role": "img",
                "aria-labelledby": "title words",
                "font-family": FONTS,
            },
        )
        ET.SubElement(self.root, "title", {"id": "title"}).text = _legal(title)
        ET.SubElement(self.root, "desc", {"id": "words"}).text = _legal(words)
        self._add("rect", width=width, height=height, fill=_hex(GROUND))

    def line(self, points: Sequence[Point], colour: Colour, width: int) -> None:
        way = " ".join(f"{_short(x)},{_short(y)}" for x, y in points)
        self._add("polyline", points=way, fill="none", stroke=_hex(colour), stroke_width=width)

    def arc(self, start: Point, end: Point, rise: float, colour: Colour, *, dashed: bool) -> None:
        # A cubic curve gets three quarters of the way to its two handles.
        top = min(start[1], end[1]) - rise * 4 / 3
        places = " ".join(f"{_short(x)} {_short(y)}" for x, y in ((start[0], top), (end[0], top), end))
        way = f"M {_short(start[0])} {_short(start[1])} C {places}"
        more = {"stroke_dasharray": DASHES} if dashed else {}
        self._add("path", d=way, fill="none", stroke=_hex(colour), stroke_width=3, **more)

    def disc(self, at: Point, radius: float, fill: Colour, rim: Colour | None = None) -> None:
        more = {"stroke": _hex(rim), "stroke_width": RIM} if rim else {}
        radius -= RIM / 2 if rim else 0
        self._add("circle", cx=_short(at[0]), cy=_short(at[1]), r=_short(radius), fill=_hex(fill), **more)

    def text(self, at: Point, text: str, letters: Letters, colour: Colour, *, centred: bool = False) -> None:
        more = {"text_anchor": "middle"} if centred else {}
        self._write(text, letters, colour, x=_short(at[0]), y=_short(at[1]), dy="0.35em", **more)

    def slanted(self, end: Point, text: str, letters: Letters, colour: Colour) -> None:
        turned = f"translate({_short(end[0])} {_short(end[1])}) rotate(-45)"
        self._write(text, letters, colour, transform=turned, text_anchor="end", dy="0.35em")

    def _write(self, text: str, letters: Letters, colour: Colour, **attributes: object) -> None:
        more = {"font_weight": "bold"} if letters.bold else {}
        element = self._add("text", fill=_hex(colour), font_size=letters.size, **attributes, **more)
        element.text = _legal(text)

    def _add(self, tag: str, **attributes: object) -> ET.Element:
        named = {key.replace("_", "-"): str(value) for key, value in attributes.items()}
        return ET.SubElement(self.root, tag, named)


def _short(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")


def _hex(colour: Colour) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)


def _legal(text: str) -> str:
    """Return a text without the characters that XML can't hold."""
    return "".join(letter if letter in "\n\t" or " " <= letter not in "\ufffe\uffff" else "�" for letter in text)
