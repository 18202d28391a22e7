"""Draws the map of a story on whatever can draw lines, discs and letters."""

from collections.abc import Sequence
from typing import Protocol

from story.authoring.canvas import (
    FAINT,
    GROUND,
    LIGHT,
    MUTED,
    RAIL,
    Colour,
    Letters,
    Point,
    ink,
    shorten,
    visible,
    width_of,
)
from story.authoring.map.plan import GAP, MARGIN, MARK, MARKED, NAME, SMALL, STATION, TITLE, WIDER, Hop, Plan

RIM = 3
ARROW = 8


class Canvas(Protocol):
    """What a map can be drawn on."""

    def line(self, points: Sequence[Point], colour: Colour, width: int) -> None:
        """Draw a line through these points."""

    def arc(self, start: Point, end: Point, rise: float, colour: Colour, *, dashed: bool) -> None:
        """Draw an arc that rises so far above its two level ends."""

    def disc(self, at: Point, radius: float, fill: Colour, rim: Colour | None = None) -> None:
        """Draw a disc, with a RIM of another colour if there is one."""

    def text(self, at: Point, text: str, letters: Letters, colour: Colour, *, centred: bool = False) -> None:
        """Write a line from its left end, or its middle, at half its height."""

    def slanted(self, end: Point, text: str, letters: Letters, colour: Colour) -> None:
        """Write a line that rises at 45 degrees and ends at the point, at half height."""


def draw(plan: Plan, canvas: Canvas) -> None:
    """Draw a map."""
    story = plan.ways.story
    title = shorten(story.title if plan.can_write(story.title) else "Map", TITLE, plan.width - 2 * MARGIN)
    canvas.text((MARGIN, 66), title, TITLE, LIGHT)
    canvas.text((MARGIN, 116), f"Scenes: {len(plan.scenes)}. POVs: {len(plan.povs)}.", SMALL, MUTED)
    for lane in range(len(plan.povs)):
        _lane(plan, canvas, lane)
    _track(plan, canvas)
    for column in range(len(plan.scenes)):
        _column(plan, canvas, column)
    _key(plan, canvas)
    for number, line in enumerate(plan.listed):
        canvas.text(plan.list_at(number), line, SMALL, MUTED)


def _lane(plan: Plan, canvas: Canvas, lane: int) -> None:
    y, colour = plan.lane_y(lane), visible(plan.povs[lane].colour)
    canvas.line([(plan.left, y), (plan.x(len(plan.scenes) - 1) + plan.pitch / 2, y)], RAIL, 2)
    for start, end in plan.runs(lane):
        canvas.line([(plan.x(start), y), (plan.x(end), y)], colour, max(2, round(plan.radius / 3)))
    canvas.disc((MARGIN + STATION, y), STATION, colour)
    canvas.text((MARGIN + STATION, y), plan.mark(lane), MARK, ink(colour), centred=True)
    canvas.text((MARGIN + 2 * STATION + GAP / 2, y), plan.name(lane), NAME, LIGHT)


def _track(plan: Plan, canvas: Canvas) -> None:
    y = plan.track_y
    for hop in plan.hops:
        if hop.is_step:
            canvas.line([(plan.x(hop.start), y), (plan.x(hop.end), y)], MUTED, 4)
        else:
            _bow(plan, canvas, hop)


def _bow(plan: Plan, canvas: Canvas, hop: Hop) -> None:
    """Draw a way to a scene that is not the next one; ways back are dashed."""
    y, back = plan.track_y - plan.radius - RIM, hop.end <= hop.start
    colour = MUTED if back else LIGHT
    # Ways leave in the middle and arrive at the side they come from, so that no two arrows overlap.
    side = plan.radius * (0.6 if back else -0.6)
    start = plan.x(hop.start) - (side if hop.start == hop.end else 0), y
    end = plan.x(hop.end) + side, y
    canvas.arc(start, (end[0], y - ARROW), plan.rise(hop), colour, dashed=back)
    canvas.line([(end[0] - ARROW / 2, y - ARROW), end, (end[0] + ARROW / 2, y - ARROW)], colour, 3)


def _column(plan: Plan, canvas: Canvas, column: int) -> None:
    scene, x = plan.scenes[column], plan.x(column)
    told = [lane for lane, pov in enumerate(plan.povs) if scene.told_by(pov.id)]
    if plan.radius >= MARKED:
        canvas.line([(x, plan.track_y), (x, plan.lane_y(max(told)))], RAIL, 2)
    reachable, ends = scene.id in plan.ways.reachable, not plan.ways.on_from[scene.id]
    _station(plan, canvas, (x, plan.track_y), reachable=reachable, ends=ends)
    if (column + 1) % plan.every == 0:
        inside = plan.radius >= MARKED
        ground = LIGHT if ends and inside else GROUND
        at = (x, plan.track_y if inside else plan.track_y + STATION + GAP / 2)
        colour = ink(ground) if reachable else FAINT
        canvas.text(at, str(column + 1), MARK if inside else SMALL, colour, centred=True)
    for lane in told:
        colour = visible(plan.povs[lane].colour)
        canvas.disc((x, plan.lane_y(lane)), plan.radius, colour)
        if plan.radius >= MARKED:
            canvas.text((x, plan.lane_y(lane)), plan.mark(lane), MARK, ink(colour), centred=True)
    canvas.slanted((x, plan.titles_y), plan.title(column), SMALL, LIGHT if reachable else FAINT)


def _station(plan: Plan, canvas: Canvas, at: Point, *, reachable: bool, ends: bool) -> None:
    rim = LIGHT if reachable else FAINT
    canvas.disc(at, plan.radius, rim if ends and reachable else GROUND, rim)


def _key(plan: Plan, canvas: Canvas) -> None:
    x, y = MARGIN + STATION, plan.key_y
    entries = [("ends the story", LIGHT, LIGHT)]
    if len(plan.ways.reachable) < len(plan.scenes):
        entries.append(("no way leads here", GROUND, FAINT))
    for words, fill, rim in entries:
        canvas.disc((x, y), STATION, fill, rim)
        canvas.text((x + STATION + GAP / 2, y), words, SMALL, MUTED)
        x += 3 * STATION + GAP + round(width_of(words, SMALL) * WIDER)
    for words, back in (("a way on", False), ("a way back", True)):
        if any((hop.end <= hop.start) == back for hop in plan.hops if not hop.is_step):
            canvas.arc((x - STATION, y + GAP / 2), (x + 2 * STATION, y + GAP / 2), GAP, LIGHT, dashed=back)
            canvas.text((x + 2 * STATION + GAP / 2, y), words, SMALL, MUTED)
            x += 4 * STATION + GAP + round(width_of(words, SMALL) * WIDER)
