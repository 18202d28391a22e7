"""Draws the path of a reading, and describes it in words.

Scenes are rows with their titles, one below another to suit a phone; POVs are lanes; a line joins the POVs heard. It
shows nothing that lies ahead of the reading: no scene, nobody who tells it, and no POV before its first scene.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import ceil

from cogs.ui import texts
from cogs.ui.split import MESSAGE
from story.authoring.canvas import (
    LIGHT,
    MUTED,
    RAIL,
    Letters,
    Point,
    Sheet,
    can_write,
    ink,
    shorten,
    visible,
    width_of,
)
from story.model import Pov, Scene
from story.rules.page import Page

# All in pixels of the picture; a phone shows it on about 390.
NARROWEST, WIDEST = 780, 1200
HEIGHT = 1800
"""The greatest height; a longer path leaves out its beginning, as Discord shrinks tall pictures."""
MARGIN, HEAD, MARKS, ROW, KEY, GAP = 40, 172, 64, 84, 72, 28
LANE, NARROW_LANE = 92, 52
"""How far apart lanes are, and how far at least where there are many."""
NUMBERS = 110
"""Room for the number of a scene of up to four digits."""
LEAST_TITLE = 260
"""With less room than this for a title, the number stands alone."""
MOST_NAME = 470
"""The most room for a name in the key."""
RADIUS, RIM = 23, 5
MOST_LANES = 20
STROKES = 12
"""How many strokes a bend of the line has."""
TITLE, NAME, SCENE, MARK = Letters(56, bold=True), Letters(42), Letters(44), Letters(32, bold=True)
GONE = 0x92918C
"""The colour of a POV that the story no longer has."""


@dataclass(frozen=True, slots=True)
class Row:
    """One scene of the path: whom it was heard from, and who else tells it. An edited story may no longer have it."""

    number: int
    scene: Scene | None
    heard: Pov
    others: tuple[Pov, ...]


def describe(page: Page) -> str:
    """Return the picture's alt text: at most 1,024 characters, which is what Discord takes."""
    rows = _rows(page)
    return texts.path_alt(
        page,
        [
            (
                pov,
                [row.number for row in rows if row.heard == pov],
                [row.number for row in rows if pov in row.others],
            )
            for pov in _lanes(page, rows)
        ],
    )


def as_text(page: Page) -> str:
    """Return the path as text for one message: of a long path its end, and how much is left out."""
    rows = _rows(page)
    head = texts.path_head(page, _to_come(page))
    room = MESSAGE.minus(head).minus(texts.path_left_out(len(rows))).minus("\n\n")
    lines: list[str] = []
    for row in reversed(rows):
        line = texts.path_line(row.number, row.scene, row.heard, row.others)
        if not room.holds(line):
            lines.append(texts.path_left_out(row.number))
            break
        lines.append(line)
        room = room.minus(f"{line}\n")
    return "\n".join([head, *reversed(lines)])


def draw(page: Page) -> bytes:
    """Draw the path as a PNG, 780 to 1,200 pixels wide; of one too long to be legible, its end.

    At least one section must have been heard. It takes a moment, so don't call it on the event loop.
    """
    plan = _plan(page)
    sheet = Sheet(plan.width, plan.height)
    sheet.text((MARGIN, 70), shorten(plan.title, TITLE, plan.width - 2 * MARGIN), TITLE)
    sheet.text((MARGIN, 134), plan.place, NAME, MUTED)
    _draw_lanes(sheet, plan)
    _draw_way(sheet, plan)
    for row in plan.rows:
        _draw_row(sheet, plan, row)
    _draw_key(sheet, plan)
    return sheet.png()


def unlettered(page: Page) -> list[tuple[int, Pov]]:
    """Return the POVs whose names can't be drawn, each with the number that stands for it."""
    return [(number, pov) for number, pov in enumerate(_plan(page).lanes, 1) if not _can_name(pov)]


# ---- what there is to show


def _rows(page: Page) -> list[Row]:
    rows = []
    for number, step in enumerate(page.place.path, 1):
        scene_id, pov_id = step.section_id
        scene = page.story.scene(scene_id)
        heard = page.story.pov(pov_id) or Pov(pov_id, pov_id, GONE)
        others = tuple(pov for pov in scene.povs if pov.id != pov_id) if scene else ()
        rows.append(Row(number, scene, heard, others))
    return rows


def _lanes(page: Page, rows: Iterable[Row]) -> list[Pov]:
    """Return the POVs of some scenes in the story's order; those it no longer has come last."""
    met = dict.fromkeys(pov for row in rows for pov in (row.heard, *row.others))
    return [pov for pov in page.story.povs if pov in met] + [pov for pov in met if pov not in page.story.povs]


def _to_come(page: Page) -> int:
    """Return how many scenes are still to come, or 0 if that depends on the way."""
    last, _ = page.place.path[-1].section_id
    position = page.story.position(last)
    return len(page.story.scenes) - position - 1 if page.story.is_line and position is not None else 0


# ---- where it goes


@dataclass(frozen=True)
class _Plan:
    """The rows that are shown, and where everything stands."""

    page: Page
    rows: Sequence[Row]
    lanes: Sequence[Pov]

    @property
    def title(self) -> str:
        title = texts.path_title(self.page.story)
        return title if can_write(title) else texts.t("path.ours")

    @property
    def place(self) -> str:
        return texts.path_place(self.page, _to_come(self.page), self.rows[0].number, self.rows[-1].number)

    @property
    def pitch(self) -> float:
        """How far apart the lanes are."""
        room = WIDEST - 2 * (MARGIN + GAP) - NUMBERS - LEAST_TITLE
        return max(NARROW_LANE, min(LANE, room / len(self.lanes)))

    @property
    def numbers_x(self) -> float:
        """Where the numbers of the scenes end."""
        return MARGIN + len(self.lanes) * self.pitch + GAP + width_of(str(self.rows[-1].number), SCENE)

    @property
    def titles_x(self) -> float:
        return self.numbers_x + GAP

    @cached_property
    def width(self) -> int:
        """How wide it is: as wide as what is in it."""
        titles = max(width_of(self.scene_title(row), SCENE) for row in self.rows)
        wanted = max(self.titles_x + titles, MARGIN + max(width_of(self.place, NAME), width_of(self.title, TITLE)))
        return min(max(NARROWEST, ceil(wanted) + MARGIN), WIDEST)

    @property
    def height(self) -> int:
        return HEAD + MARKS + len(self.rows) * ROW + GAP + (len(self.key) + 1) * KEY + GAP

    @cached_property
    def numbered(self) -> bool:
        """Whether lanes go by numbers, as their POVs' initials are not all different, or can't be drawn."""
        return len({_initial(pov) for pov in self.lanes}) < len(self.lanes) or not all(map(_can_name, self.lanes))

    @cached_property
    def key(self) -> list[list[tuple[float, Pov]]]:
        """The lines of names under the path: each name with where its disc stands."""
        lines: list[list[tuple[float, Pov]]] = [[]]
        x: float = MARGIN
        for pov in self.lanes:
            wide = 2 * RADIUS + GAP / 2 + width_of(self.label(pov), NAME)
            if lines[-1] and x + wide > self.width - MARGIN:
                lines.append([])
                x = MARGIN
            lines[-1].append((x + RADIUS, pov))
            x += wide + GAP
        return lines

    def mark(self, pov: Pov) -> str:
        """What stands in the discs of a lane, so that colours need not be told apart."""
        return str(self.lanes.index(pov) + 1) if self.numbered else _initial(pov)

    def label(self, pov: Pov) -> str:
        """What a POV is called in the key."""
        return shorten(pov.name, NAME, MOST_NAME) if _can_name(pov) else ""

    def scene_title(self, row: Row) -> str:
        """A scene's title beside its number; nothing if there is no room, or it can't be drawn."""
        title = row.scene.title if row.scene else ""
        room = WIDEST - MARGIN - self.titles_x
        return shorten(title, SCENE, room) if room >= LEAST_TITLE and can_write(title) else ""

    def x(self, pov: Pov) -> float:
        return MARGIN + (self.lanes.index(pov) + 0.5) * self.pitch

    def y(self, row: Row) -> float:
        return HEAD + MARKS + (row.number - self.rows[0].number + 0.5) * ROW

    def key_y(self, line: int) -> float:
        return HEAD + MARKS + len(self.rows) * ROW + GAP + (line + 0.5) * KEY


def _initial(pov: Pov) -> str:
    return pov.name[0].upper()


def _can_name(pov: Pov) -> bool:
    return can_write(pov.name)


def _plan(page: Page) -> _Plan:
    """Take as many rows from the end of the path as stay legible, at least one."""
    rows = _rows(page)
    best = _Plan(page, rows[-1:], _lanes(page, rows[-1:]))
    for first in range(len(rows) - 2, -1, -1):
        lanes = _lanes(page, rows[first:])
        if len(lanes) > MOST_LANES or HEAD + MARKS + (len(rows) - first) * ROW > HEIGHT:
            break
        plan = _Plan(page, rows[first:], lanes)
        if plan.height > HEIGHT:
            break
        best = plan
    return best


# ---- drawing it


def _draw_lanes(sheet: Sheet, plan: _Plan) -> None:
    top, bottom = HEAD + MARKS, HEAD + MARKS + len(plan.rows) * ROW
    for pov in plan.lanes:
        sheet.line([(plan.x(pov), top), (plan.x(pov), bottom)], RAIL, 3)
        sheet.text((plan.x(pov), HEAD + MARKS / 2), plan.mark(pov), MARK, MUTED, "mm")


def _draw_way(sheet: Sheet, plan: _Plan) -> None:
    way = [(plan.x(row.heard), plan.y(row)) for row in plan.rows]
    came = [] if plan.rows[0].number == 1 else [(way[0][0], way[0][1] - ROW / 2)]
    sheet.line(_smooth([*came, *way], plan.pitch), LIGHT, 8)


def _draw_row(sheet: Sheet, plan: _Plan, row: Row) -> None:
    y = plan.y(row)
    for pov in row.others:
        sheet.ring((plan.x(pov), y), RADIUS, visible(pov.colour), RIM)
    _draw_heard(sheet, (plan.x(row.heard), y), plan.mark(row.heard), row.heard)
    sheet.text((plan.numbers_x, y), str(row.number), SCENE, MUTED, "rm")
    sheet.text((plan.titles_x, y), plan.scene_title(row), SCENE)


def _draw_heard(sheet: Sheet, at: Point, mark: str, pov: Pov) -> None:
    colour = visible(pov.colour)
    sheet.disc(at, RADIUS + RIM, LIGHT)
    sheet.disc(at, RADIUS, colour)
    sheet.text(at, mark, MARK, ink(colour), "mm")


def _draw_key(sheet: Sheet, plan: _Plan) -> None:
    """Draw the POVs' names, and below them what a disc and a ring mean."""
    for number, line in enumerate(plan.key):
        for x, pov in line:
            at = (x, plan.key_y(number))
            sheet.disc(at, RADIUS, visible(pov.colour))
            sheet.text(at, plan.mark(pov), MARK, ink(visible(pov.colour)), "mm")
            sheet.text((x + RADIUS + GAP / 2, at[1]), plan.label(pov), NAME)
    x, y = MARGIN + RADIUS, plan.key_y(len(plan.key))
    sheet.disc((x, y), RADIUS, LIGHT)
    sheet.disc((x, y), RADIUS - RIM, MUTED)
    x += RADIUS + GAP / 2
    sheet.text((x, y), texts.t("path.heard"), NAME, MUTED)
    x += width_of(texts.t("path.heard"), NAME) + 2 * GAP + RADIUS
    sheet.ring((x, y), RADIUS, MUTED, RIM)
    sheet.text((x + RADIUS + GAP / 2, y), texts.t("path.not_heard"), NAME, MUTED)


def _smooth(points: Sequence[Point], lane: float) -> list[Point]:
    """Lead a line from point to point so that it crosses lanes midway between rows, clear of their discs."""
    found = list(points[:1])
    for (x, y), (next_x, next_y) in pairwise(points):
        steepness = max(1, abs(next_x - x) / lane)
        for stroke in range(STROKES + 1):
            t = stroke / STROKES
            along, across = 0.5 + (t - 0.5) / steepness, t * t * (3 - 2 * t)
            found.append((x + across * (next_x - x), y + along * (next_y - y)))
        found.append((next_x, next_y))
    return found
