"""Where everything on the map goes, in pixels."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from story.authoring.canvas import Letters, Point, shorten, width_of
from story.model import Pov, Scene
from story.rules.links import Ways

MARGIN, HEAD, LANE, GAP, LINE = 40, 150, 58, 24, 34
NARROWEST, WIDEST = 1_000, 8_000
"""The least width of a map, and about the greatest: longer stories have narrower columns."""
COLUMN, LEAST_COLUMN = 64, 4
TITLED_COLUMN = 34
"""The least width of a column that has room for its scene's title."""
MARKED = 12
"""The least radius of a disc that has room for a letter."""
STATION = 17
STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
ARC, ARC_STEP, HIGHEST_ARC = 30, 14, 240
"""How high a way rises that passes over one scene, how much more for each other scene, and at most."""
SLANT = 0.7071
"""The sine of the angle of titles."""
WIDER = 1.06
"""How much wider than FiraGO's letters may be, if something else shows the map."""
LONGEST_TITLE, LONGEST_NAME, LONGEST_WAY = 260, 300, 420
MOST_WAYS = 60
"""How many ways are listed under the map; the text form has them all."""
TITLE, NAME, SMALL, MARK = Letters(44, bold=True), Letters(28), Letters(22), Letters(20, bold=True)


@dataclass(frozen=True, slots=True)
class Hop:
    """A way on from one column to another, counted from 0."""

    start: int
    end: int
    label: str

    @property
    def is_step(self) -> bool:
        """Whether it leads to the column beside it."""
        return self.end == self.start + 1


@dataclass(frozen=True)
class Plan:
    """The map of a story; `can_write` says whether the font has a text's letters."""

    ways: Ways
    can_write: Callable[[str], bool]

    # ---- what is on it

    @property
    def scenes(self) -> tuple[Scene, ...]:
        """The columns."""
        return self.ways.story.scenes

    @property
    def povs(self) -> tuple[Pov, ...]:
        """The lanes."""
        return self.ways.story.povs

    @cached_property
    def hops(self) -> tuple[Hop, ...]:
        """Every way on, scene by scene."""
        column = {scene.id: number for number, scene in enumerate(self.scenes)}
        return tuple(
            Hop(column[scene], column[way.scene.id], way.label)
            for scene, ways in self.ways.on_from.items()
            for way in ways
        )

    @cached_property
    def numbered(self) -> bool:
        """Whether lanes go by numbers, as their initials are not all different, or can't be written."""
        initials = {pov.name[:1].upper() for pov in self.povs}
        return len(initials) < len(self.povs) or not all(self.can_write(pov.name) for pov in self.povs)

    def mark(self, lane: int) -> str:
        """What is written on the discs of a lane, so that nobody needs to tell colours apart."""
        return str(lane + 1) if self.numbered else self.povs[lane].name[:1].upper()

    def name(self, lane: int) -> str:
        """The name of a lane."""
        name = self.povs[lane].name
        return shorten(name, NAME, LONGEST_NAME) if self.can_write(name) else f"POV {lane + 1}"

    def title(self, column: int) -> str:
        """The title of a column, empty if there is no room, or no letters for it."""
        title = self.scenes[column].title
        fits = self.pitch >= TITLED_COLUMN and self.can_write(title)
        return shorten(title, SMALL, LONGEST_TITLE) if fits else ""

    def runs(self, lane: int) -> Iterator[tuple[int, int]]:
        """Yield neighbouring columns of one POV, where the first leads to the second."""
        steps = {hop.start for hop in self.hops if hop.is_step}
        pov = self.povs[lane].id
        for (at, one), (_, two) in pairwise(enumerate(self.scenes)):
            if at in steps and one.told_by(pov) and two.told_by(pov):
                yield at, at + 1

    @cached_property
    def listed(self) -> list[str]:
        """The ways with a label, as lines for the list under the map."""
        lines = [f"{hop.start + 1} → {hop.end + 1}  {hop.label}" for hop in self.hops if hop.label]
        if len(lines) > MOST_WAYS:
            return []
        return [shorten(line, SMALL, LONGEST_WAY) for line in lines if self.can_write(line)]

    # ---- where it goes

    @cached_property
    def left(self) -> float:
        """Where the lanes begin."""
        names = max(width_of(self.name(lane), NAME) for lane in range(len(self.povs)))
        beside = MARGIN + 2 * STATION + GAP + names * WIDER + GAP
        return max(beside, LONGEST_TITLE * SLANT * WIDER)  # the first title hangs down to the left

    @cached_property
    def pitch(self) -> float:
        """How wide a column is."""
        return max(LEAST_COLUMN, min(COLUMN, WIDEST / len(self.scenes)))

    @cached_property
    def every(self) -> int:
        """How many columns apart the numbers are: one, two, five and so on."""
        room = (width_of(str(len(self.scenes)), SMALL) + GAP) / self.pitch
        return next((step for step in STEPS if step >= room), len(self.scenes))

    @property
    def radius(self) -> float:
        """How large a disc is."""
        return min(STATION, self.pitch * 0.4)

    @cached_property
    def width(self) -> int:
        """How wide the map is."""
        return max(NARROWEST, round(self.x(len(self.scenes) - 1) + self.pitch + MARGIN))

    @cached_property
    def height(self) -> int:
        """How high the map is."""
        return round(self.list_y(self.list_rows) + MARGIN)

    def x(self, column: int) -> float:
        """The middle of a column."""
        return self.left + (column + 0.5) * self.pitch

    def rise(self, hop: Hop) -> float:
        """How high a way rises above the track."""
        return min(HIGHEST_ARC, ARC + ARC_STEP * (abs(hop.end - hop.start) - 1))

    @cached_property
    def track_y(self) -> float:
        """The line of the scenes' numbers."""
        return HEAD + max((self.rise(hop) for hop in self.hops if not hop.is_step), default=0) + STATION

    def lane_y(self, lane: int) -> float:
        """The middle of a lane."""
        return self.track_y + STATION + GAP + (lane + 0.5) * LANE

    @cached_property
    def titles_y(self) -> float:
        """Where the titles hang from."""
        return self.lane_y(len(self.povs)) - GAP / 3

    @cached_property
    def key_y(self) -> float:
        """The middle of the first line of the key."""
        longest = max(width_of(self.title(column), SMALL) for column in range(len(self.scenes)))
        return self.titles_y + longest * SLANT * WIDER + 2 * GAP

    @property
    def list_columns(self) -> int:
        """How many ways are side by side in the list."""
        return max(1, int((self.width - 2 * MARGIN) // (LONGEST_WAY + GAP)))

    @property
    def list_rows(self) -> int:
        """How many lines the list of ways has."""
        return -(-len(self.listed) // self.list_columns)

    def list_y(self, row: int) -> float:
        """The middle of a line in the list of ways."""
        return self.key_y + (row + 1.5) * LINE

    def list_at(self, number: int) -> Point:
        """Where a line of the list of ways begins."""
        column, row = divmod(number, self.list_rows)
        return MARGIN + column * (LONGEST_WAY + GAP), self.list_y(row)
