"""Stories and places to read them in, built in a line."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from story.model import Link, Pov, Scene, Section, Story
from story.rules.options import Option
from story.rules.steps import How, Kind, Place, Step, follow

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)

ANNA = Pov("anna", "Anna", 0x3366CC, "quick")
BEN = Pov("ben", "Ben", 0xCC6633)
CLEO = Pov("cleo", "Cleo", 0x888888)
POVS = {"A": ANNA, "B": BEN, "C": CLEO}


def scene(number: int, told_by: str, text: str = "") -> Scene:
    """A scene called "Scene 2", with id "scene-2", told by the POVs of these initials."""
    sections = tuple(
        Section(POVS[who], text or f"{POVS[who].name} tells scene {number}.", f"{POVS[who].name} recaps {number}")
        for who in told_by
    )
    return Scene(f"scene-{number}", f"Scene {number}", sections)


def story(*told_by: str, story_id: str = "tale", title: str = "A Tale", text: str = "", **more: object) -> Story:
    """A story with a scene for each argument: `story("A", "AB")` has a second scene told by Anna and by Ben."""
    scenes = tuple(scene(number, who, text) for number, who in enumerate(told_by, 1))
    fields = {"authors": ("An Author",), "povs": tuple(POVS.values()), "content_notes": ("storms",), **more}
    return Story(id=story_id, title=title, scenes=scenes, **fields)  # type: ignore[arg-type] # fields are passed on as they are


def linked(tale: Story, *ways: tuple[int, str]) -> Story:
    """The same story with ways on: `(1, "23")` leads from scene 1 to scenes 2 and 3, `(3, "")` ends at scene 3."""
    links = {f"scene-{at}": tuple(Link(f"to {n}", f"scene-{n}") for n in to) for at, to in ways}
    return replace(tale, scenes=tuple(replace(s, links=links.get(s.id, s.links)) for s in tale.scenes))


def options_of(told: Scene) -> tuple[Option, ...]:
    """The options where this scene comes next: one for each POV that tells it."""
    return tuple(Option(pov.id, pov.name, told, pov) for pov in told.povs)


def step(n: int, kind: Kind = Kind.SECTION, told: str = "", **more: object) -> Step:
    """A step; `told` is a scene's number and a POV's initial, such as "2B"."""
    at = NOON + timedelta(minutes=n)
    if told:
        more |= {"scene": f"scene-{told[:-1]}", "pov": POVS[told[-1]].id, "how": How.ONLY}
    return Step(n, kind, at, **more)  # type: ignore[arg-type] # fields are passed on as they are


def place(*told: str) -> Place:
    """The place after a start and these sections, such as "1A", "2B"."""
    return follow([step(1, Kind.START), *(step(n, Kind.SECTION, each) for n, each in enumerate(told, 2))])


class Clock:
    """A clock that stands still until it is moved on."""

    def __init__(self) -> None:
        self.time = NOON

    def __call__(self) -> datetime:
        return self.time

    def move(self, seconds: float) -> None:
        self.time += timedelta(seconds=seconds)


def write_story(folder: Path, files: dict[str, str]) -> Path:
    """Write a story's files into a folder of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder
