"""What stands under a step, gathered for showing it, and what a press came to."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from story.model import Scene, Section, Story
from story.rules.ballot import Ballot
from story.rules.links import ways_on
from story.rules.measure import words
from story.rules.presses import Press
from story.rules.rsvp import Coming, Rsvp
from story.rules.session import Attendance, Deadline, Session, patience, reading_time
from story.rules.session_date import SessionDate
from story.rules.settings import DEFAULTS, Settings
from story.rules.steps import How, Place, Reading, State, Step

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
    `closed_by` is the step after it, once there is one; `deadline` what comes due under it.
    """

    reading: Reading
    story: Story
    place: Place
    ballot: Ballot | None
    closed_by: Step | None = None
    settings: Settings = DEFAULTS
    deadline: Deadline | None = None

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
    def lost(self) -> bool:
        """Whether it cannot go on, since the story was edited and has not the scene any more that was read last."""
        return self.reading.state is State.OPEN and self.ballot is None and self.closed_by is None and not self.at_end

    @property
    def translations(self) -> tuple[Story, ...]:
        """The translations of the story that have the section told by this step."""
        scene, pov = self.step.scene, self.step.pov
        return self.story.translated(scene, pov) if scene and pov else ()

    @property
    def telling(self) -> tuple[Scene, Section] | None:
        """The scene and section told by this step, or None if it tells none or the story has it no more."""
        return section_of(self.story, self.step)


@dataclass(frozen=True, slots=True)
class Turn:
    """A step that has just been committed, with its page; the page before it is closed by that."""

    page: Page
    before: Page | None


@dataclass(frozen=True, slots=True)
class Pending:
    """A step that was committed earlier and is not posted yet: that comes before anything else."""

    page: Page


@dataclass(frozen=True, slots=True)
class Pressed:
    """A press that was counted and did not turn the page.

    `press` is what the member says now; `changed` whether that is anything else than before.
    """

    page: Page
    press: Press
    changed: bool = True


@dataclass(frozen=True, slots=True)
class Lobby:
    """A session and what it reads: the last page of the channel's reading, or None where nothing has begun there.

    `host` is who may begin it; `story` is what is read or will be, None where the library has it no more.
    """

    session: Session
    page: Page | None
    host: int
    story: Story | None = None


@dataclass(frozen=True, slots=True)
class Planned:
    """A date, what is to be read then, as for a lobby, and what members say of it, by when they did.

    `names` says whether they are named, `reminded` that it is too late for a reminder.
    """

    date: SessionDate
    page: Page | None
    story: Story | None
    rsvps: tuple[Rsvp, ...] = ()
    names: bool = True
    reminded: bool = False

    def who(self, says: Coming) -> tuple[int, ...]:
        """Return the members who say so."""
        return tuple(each.member for each in self.rsvps if each.says is says)


@dataclass(frozen=True, slots=True)
class Ended:
    """What a session was: who was there at any time, what it read, for how long, and which POVs the votes went to."""

    there: tuple[int, ...]
    page: Page | None
    heard: tuple[Heard, ...]
    length: timedelta

    @property
    def won(self) -> Counter[str]:
        """How many votes each POV won, by its name: those where there was a choice."""
        return Counter(section.pov.name for step, _, section in self.heard if step.how not in {None, How.ONLY})


def section_of(story: Story, step: Step) -> tuple[Scene, Section] | None:
    """Return the scene and section that a step tells, or None if it tells none or the story has it no more."""
    scene = story.scene(step.scene) if step.scene else None
    section = scene.told_by(step.pov) if scene and step.pov else None
    return (scene, section) if scene and section else None


def heard_by(page: Page, steps: Iterable[Step] | None = None) -> list[Heard]:
    """Return what was heard up to a page, or in some of its steps: the sections that its story still has."""
    heard = [(step, section_of(page.story, step)) for step in (page.place.path if steps is None else steps)]
    return [(step, *told) for step, told in heard if told]


def attendance(story: Story, step: Step, session: Session | None, now: datetime) -> Attendance | None:
    """Return who of a session is there under a step, or None without a session that has begun."""
    if session is None or session.began_at is None:
        return None
    return Attendance(session, max(step.at, session.began_at), patience(_words(story, step)), now)


def readable_at(story: Story, step: Step) -> datetime:
    """Return when the section of a step can have been read, if somebody began when it was told."""
    return step.at + reading_time(_words(story, step))


def _words(story: Story, step: Step) -> int:
    told = section_of(story, step)
    return words(told[1].text) if told else 0
