"""What stands under a step, gathered for showing it, and what a press came to."""

from dataclasses import dataclass

from story.model import Scene, Section, Story
from story.rules.ballot import Ballot, Press
from story.rules.links import ways_on
from story.rules.settings import DEFAULTS, Settings
from story.rules.steps import Place, Reading, Step

Heard = tuple[Step, Scene, Section]
"""A section of the path: the step it was told by, its scene, and itself."""


@dataclass(frozen=True, slots=True)
class Passed:
    """A scene that a reading has come by, and the section that was heard of it.

    One that was skipped has `step` None, and the first of its sections.
    """

    scene: Scene
    section: Section
    step: Step | None


@dataclass(frozen=True, slots=True)
class Page:
    """What stands under one step of a reading: all that is needed to show it.

    `ballot` is None where nothing can follow: at the end of the story, and once the reading was stopped.
    `closed_by` is the step after it, once there is one.
    """

    reading: Reading
    story: Story
    place: Place
    ballot: Ballot | None
    closed_by: Step | None = None
    settings: Settings = DEFAULTS

    @property
    def step(self) -> Step:
        """The step that this page shows."""
        return self.place.last

    @property
    def at_end(self) -> bool:
        """Whether the story has been read to an end; not if it has the scene no more that was read last."""
        scene = self.story.scene(self.place.path[-1].section_id[0]) if self.place.path else None
        return scene is not None and not ways_on(self.story, scene)

    @property
    def telling(self) -> tuple[Scene, Section] | None:
        """The scene and section told by this step, or None if it tells none or the story has it no more."""
        return section_of(self.story, self.step)


@dataclass(frozen=True, slots=True)
class Turn:
    """A step that has been committed and is to be posted, and the page before it, whose ballot that closes.

    `again` says that it was committed earlier, so that it may have been posted already.
    """

    page: Page
    before: Page | None
    again: bool = False


@dataclass(frozen=True, slots=True)
class Pressed:
    """A press that was counted and did not turn the page; `press` is what the member says now."""

    page: Page
    press: Press


def section_of(story: Story, step: Step) -> tuple[Scene, Section] | None:
    """Return the scene and section that a step tells, or None if it tells none or the story has it no more."""
    scene = story.scene(step.scene) if step.scene else None
    section = scene.told_by(step.pov) if scene and step.pov else None
    return (scene, section) if scene and section else None
