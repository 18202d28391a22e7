"""Draws the way that a reading has taken, and says the same in words.

Scenes are columns, numbered as in the path; POVs are lanes; a line joins the POVs that were heard. Nothing that lies
ahead of the reading goes in: no scene, nobody who tells it, and no POV before the first scene that it tells.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from cogs.ui import texts
from cogs.ui.split import MESSAGE
from story.authoring.canvas import (
    FAINT,
    LIGHT,
    QUIET,
    RAIL,
    Letters,
    Point,
    Sheet,
    can_write,
    ink,
    shorten,
    visible,
    width_of,
    wrap,
)
from story.model import Pov, Scene
from story.rules.page import Page

# All in pixels of the picture; on a phone it is shown at a third of them.
WIDTH = 1200
HEIGHT = 1520
"""What a long path keeps to by leaving out its beginning; Discord shrinks what is much higher than wide."""
MARGIN, HEAD, NUMBERS, LANE, GAP, FOOT = 40, 168, 64, 74, 30, 84
NAMES = 330
"""The most that the names of the lanes take up."""
COLUMN = 60
"""The least that a column takes up."""
RADIUS, RIM = 22, 5
MOST_LANES = 24
STROKES = 12
"""What a bend of the line consists of."""
TITLE, NAME, NUMBER, MARK = Letters(52, bold=True), Letters(36), Letters(32), Letters(30, bold=True)
GONE = 0x92918C
"""The colour of a POV that the story has no more."""


@dataclass(frozen=True, slots=True)
class Column:
    """One scene of the path: whom it was heard from, and who tells it besides. An edited story may have it no more."""

    number: int
    scene: Scene | None
    heard: Pov
    others: tuple[Pov, ...]


def describe(page: Page) -> str:
    """Return what stands in for the picture where it cannot be seen: at most 1,024 characters, which Discord takes."""
    columns = _columns(page)
    return texts.path_alt(
        page,
        [
            (
                pov,
                [column.number for column in columns if column.heard == pov],
                [column.number for column in columns if pov in column.others],
            )
            for pov in _lanes(page, columns)
        ],
    )


def as_text(page: Page) -> str:
    """Return the path as text that fits one message: of a long one the end, and how much is left out."""
    columns = _columns(page)
    head = texts.path_head(page, _to_come(page))
    room = MESSAGE.minus(head).minus(texts.path_left_out(len(columns))).minus("\n\n")
    lines: list[str] = []
    for column in reversed(columns):
        line = texts.path_line(column.number, column.scene, column.heard, column.others)
        if not room.holds(line):
            lines.append(texts.path_left_out(column.number))
            break
        lines.append(line)
        room = room.minus(f"{line}\n")
    return "\n".join([head, *reversed(lines)])


def draw(page: Page) -> bytes:
    """Draw the path as a PNG, 1,200 pixels wide; of one that is too long to be legible the end.

    At least one section must have been heard. This takes a moment: not for the event loop.
    """
    plan = _plan(page)
    sheet = Sheet(WIDTH, plan.height)
    title = texts.path_title(page.story)
    title = shorten(title if can_write(title) else texts.t("path.ours"), TITLE, WIDTH - 2 * MARGIN)
    sheet.text((MARGIN, 66), title, TITLE)
    sheet.text(
        (MARGIN, 126),
        texts.path_place(page, plan.to_come, plan.columns[0].number, plan.columns[-1].number),
        NAME,
        QUIET,
    )
    for band in range(plan.bands):
        _draw_band(sheet, plan, band)
    _draw_key(sheet, plan.height - FOOT / 2)
    return sheet.png()


def unlettered(page: Page) -> list[tuple[int, Pov]]:
    """Return the POVs whose names are in letters that cannot be drawn, each with the number that stands for it."""
    return [(number, pov) for number, pov in enumerate(_plan(page).lanes, 1) if not _can_name(pov)]


# ---- what there is to show


def _columns(page: Page) -> list[Column]:
    columns = []
    for number, step in enumerate(page.place.path, 1):
        scene_id, pov_id = step.section_id
        scene = page.story.scene(scene_id)
        heard = page.story.pov(pov_id) or Pov(pov_id, pov_id, GONE)
        others = tuple(pov for pov in scene.povs if pov.id != pov_id) if scene else ()
        columns.append(Column(number, scene, heard, others))
    return columns


def _lanes(page: Page, columns: Iterable[Column]) -> list[Pov]:
    """Return the POVs that tell any of these scenes in the story's order; those it has no more come last."""
    met = dict.fromkeys(pov for column in columns for pov in (column.heard, *column.others))
    return [pov for pov in page.story.povs if pov in met] + [pov for pov in met if pov not in page.story.povs]


def _to_come(page: Page) -> int:
    """Return how many scenes are still to come, or 0 where that depends on the way."""
    last, _ = page.place.path[-1].section_id
    position = page.story.position(last)
    return len(page.story.scenes) - position - 1 if page.story.is_line and position is not None else 0


# ---- where it goes


@dataclass(frozen=True)
class _Plan:
    """The path in bands, one under the other, each with as many columns as stay legible."""

    columns: Sequence[Column]
    lanes: Sequence[Pov]
    to_come: int
    names: float

    @property
    def left(self) -> float:
        return MARGIN + self.names

    @property
    def most(self) -> int:
        """How many columns a band has room for."""
        return int((WIDTH - MARGIN - self.left) // COLUMN)

    @property
    def slots(self) -> int:
        """How many columns a band is divided into: those of the whole story, if there is room for them."""
        return min(self.most, len(self.columns) + self.to_come)

    @property
    def pitch(self) -> float:
        return (WIDTH - MARGIN - self.left) / self.slots

    @property
    def bands(self) -> int:
        return -(-len(self.columns) // self.most)

    @property
    def band_height(self) -> int:
        return NUMBERS + len(self.lanes) * LANE + GAP

    @property
    def height(self) -> int:
        return HEAD + self.bands * self.band_height + FOOT

    @cached_property
    def numbered(self) -> bool:
        """Whether lanes go by numbers, since their POVs' initials are not all different, or cannot be drawn."""
        return len({_initial(pov) for pov in self.lanes}) < len(self.lanes) or not all(map(_can_name, self.lanes))

    def mark(self, pov: Pov) -> str:
        """What stands in the discs of a lane, so that colours need not be told apart."""
        return str(self.lanes.index(pov) + 1) if self.numbered else _initial(pov)

    def label(self, pov: Pov) -> list[str]:
        """The lines that name a lane."""
        name = pov.name if _can_name(pov) else ""
        return wrap(f"{self.mark(pov)} {name}" if self.numbered else name, NAME, NAMES)

    def x(self, slot: int) -> float:
        return self.left + (slot + 0.5) * self.pitch

    def numbers_y(self, band: int) -> float:
        return HEAD + band * self.band_height + NUMBERS / 2

    def lane_y(self, band: int, pov: Pov) -> float:
        return self.numbers_y(band) + NUMBERS / 2 + (self.lanes.index(pov) + 0.5) * LANE


def _initial(pov: Pov) -> str:
    return pov.name[0].upper()


def _can_name(pov: Pov) -> bool:
    return can_write(pov.name)


def _plan(page: Page) -> _Plan:
    """Take as many columns from the end of the path as stay legible; one at least."""
    columns, to_come = _columns(page), _to_come(page)
    everybody = _Plan(columns, _lanes(page, columns), to_come, 0)
    names = max(width_of(line, NAME) for pov in everybody.lanes for line in everybody.label(pov)) + GAP
    best = _Plan(columns[-1:], _lanes(page, columns[-1:]), to_come, names)
    for first in range(len(columns) - 2, -1, -1):
        plan = _Plan(columns[first:], _lanes(page, columns[first:]), to_come, names)
        if len(plan.lanes) > MOST_LANES or (plan.bands > 1 and plan.height > HEIGHT):
            break
        best = plan
    return best


# ---- drawing it


def _draw_band(sheet: Sheet, plan: _Plan, band: int) -> None:
    columns = plan.columns[band * plan.most : (band + 1) * plan.most]
    for pov in plan.lanes:
        _draw_lane(sheet, plan, pov, plan.lane_y(band, pov))
    way = [(plan.x(slot), plan.lane_y(band, column.heard)) for slot, column in enumerate(columns)]
    came = [] if columns[0].number == 1 else [(plan.left - GAP / 3, way[0][1])]
    goes = [] if columns[-1] is plan.columns[-1] else [(WIDTH - MARGIN, way[-1][1])]
    sheet.line(_smooth([*came, *way, *goes]), LIGHT, 8)
    for at, column in zip(way, columns, strict=True):
        for pov in column.others:
            sheet.ring((at[0], plan.lane_y(band, pov)), RADIUS, visible(pov.colour), RIM)
        _draw_heard(sheet, at, plan.mark(column.heard), visible(column.heard.colour))
    _draw_numbers(sheet, plan, columns, plan.numbers_y(band))


def _draw_lane(sheet: Sheet, plan: _Plan, pov: Pov, y: float) -> None:
    sheet.line([(plan.left, y), (WIDTH - MARGIN, y)], RAIL, 2)
    lines = plan.label(pov)
    for number, line in enumerate(lines):
        sheet.text((MARGIN, y + (number - (len(lines) - 1) / 2) * NAME.size), line, NAME)


def _draw_heard(sheet: Sheet, at: Point, mark: str, colour: tuple[int, int, int]) -> None:
    sheet.disc(at, RADIUS + RIM, LIGHT)
    sheet.disc(at, RADIUS, colour)
    sheet.text(at, mark, MARK, ink(colour), "mm")


def _draw_numbers(sheet: Sheet, plan: _Plan, columns: Sequence[Column], y: float) -> None:
    """Number the columns, every other one where they are narrow, and dot those that are still to come."""
    every = 1 if width_of(str(columns[-1].number), NUMBER) < plan.pitch - RADIUS / 2 else 2
    for slot, column in enumerate(columns):
        if slot % every == 0:
            sheet.text((plan.x(slot), y), str(column.number), NUMBER, QUIET, "mm")
    if columns[-1] is plan.columns[-1]:
        for slot in range(len(columns), min(plan.slots, len(columns) + plan.to_come)):
            sheet.disc((plan.x(slot), y), RIM, FAINT)


def _draw_key(sheet: Sheet, y: float) -> None:
    x = MARGIN + RADIUS + RIM
    _draw_heard(sheet, (x, y), "", QUIET)
    x += RADIUS + GAP
    sheet.text((x, y), texts.t("path.heard"), NUMBER, QUIET)
    x += round(width_of(texts.t("path.heard"), NUMBER)) + 2 * GAP + RADIUS
    sheet.ring((x, y), RADIUS, QUIET, RIM)
    sheet.text((x + RADIUS + GAP, y), texts.t("path.not_heard"), NUMBER, QUIET)


def _smooth(points: Sequence[Point]) -> list[Point]:
    """Lead a line from point to point so that it crosses lanes midway between columns, clear of what is on them."""
    found = list(points[:1])
    for (x, y), (next_x, next_y) in pairwise(points):
        steepness = max(1, abs(next_y - y) / LANE)
        for stroke in range(STROKES + 1):
            t = stroke / STROKES
            along, across = 0.5 + (t - 0.5) / steepness, t * t * (3 - 2 * t)
            found.append((x + along * (next_x - x), y + across * (next_y - y)))
        found.append((next_x, next_y))
    return found
