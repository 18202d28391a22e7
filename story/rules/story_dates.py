"""The days of a story: on which day each scene happens, and whether they go forward."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from story.model import Scene, SceneDate, Story
from story.rules.links import ways_on

HALF_A_YEAR = 6 * 31
"""In days, with months of 31: a date without a year that lies further back than this belongs to the next year."""


@dataclass(frozen=True, slots=True, order=True)
class Day:
    """A day of a story; `year` counts from that of the story's first date, which is 0."""

    year: int
    month: int
    day: int


def days_of(story: Story) -> Mapping[str, Day]:
    """Return the day of each scene that can be reached, by the scenes' ids; nothing if no scene has a date.

    A scene without a date has the day of the one before it, and so has one whose date goes backwards. Scenes before the
    first date have that date's day.
    """
    return {scene.id: day for scene, day, _ in _walk(story)}


def backwards(story: Story) -> list[Scene]:
    """Return the scenes with a date before that of a scene leading to them."""
    days = days_of(story)
    found = [scene for scene, _, back in _walk(story) if back]
    joined = {
        way.scene.id: way.scene
        for scene in story.scenes
        if scene.id in days
        for way in ways_on(story, scene)
        if way.scene.date and days[way.scene.id] < days[scene.id]
    }
    return list({scene.id: scene for scene in (*found, *joined.values())}.values())


def _walk(story: Story) -> Iterator[tuple[Scene, Day, bool]]:
    """Yield each scene that can be reached with its day, and whether its date would go backwards."""
    first = next((scene.date for scene in story.scenes if scene.date), None)
    if first is None:
        return
    base: int | None = None
    met: set[str] = set()
    ahead: list[tuple[Scene, Day]] = [(story.scenes[0], Day(0, first.month, first.day))]
    while ahead:
        scene, before = ahead.pop(0)
        if scene.id in met:
            continue
        met.add(scene.id)
        day = before
        if scene.date:
            year = _year(scene.date, before, base)
            if scene.date.year is not None and base is None:
                base = scene.date.year - year
            day = Day(year, scene.date.month, scene.date.day)
        yield scene, max(day, before), day < before
        ahead += [(way.scene, max(day, before)) for way in ways_on(story, scene)]


def _year(date: SceneDate, before: Day, base: int | None) -> int:
    """Return in which of the story's years a date lies; `base` is the year that 0 stands for, once that is known."""
    if date.year is not None and base is not None:
        return date.year - base
    back = (before.month * 31 + before.day) - (date.month * 31 + date.day)
    return before.year + (back > HALF_A_YEAR)


def first_year(days: Sequence[Day]) -> list[Day]:
    """Return those of the days ahead that lie within a year of the first."""
    end = Day(days[0].year + 1, days[0].month, days[0].day)
    return [day for day in days if day < end]
