"""What a page shows, gathered in one value, and what a press leads to."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from story.model import Scene, Section, Story
from story.rules.ballot import Ballot
from story.rules.links import ways_on
from story.rules.measure import reading_time, words
from story.rules.options import Option
from story.rules.presses import Press, Presses
from story.rules.rsvp import Coming, Rsvp
from story.rules.serial import Serial
from story.rules.session import Attendance, Session, patience
from story.rules.session_date import SessionDate
from story.rules.settings import DEFAULTS, Settings
from story.rules.steps import How, Place, Reading, State, Step
from story.rules.timer import Deadline

Heard = tuple[Step, Scene, Section]
"""A section of the path: its step, its scene, and the section itself."""


@dataclass(frozen=True, slots=True)
class Passed:
    """A scene that a reading has passed, and the section heard of it.

    A skipped one has `step` None, and the first of its sections.
    """

    scene: Scene
    section: Section
    step: Step | None


@dataclass(frozen=True, slots=True)
class Page:
    """One step of a reading with all that is needed to show it.

    `ballot` is None where nothing can follow: at the end of the story, and once the reading is stopped. `closed_by` is
    the step after it, once there is one. `deadline` is what comes due under it.
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
        """Whether the reading is at an end of the story; not if the story no longer has the last scene read."""
        scene = self.story.scene(self.place.path[-1].section_id[0]) if self.place.path else None
        return scene is not None and not ways_on(self.story, scene)

    @property
    def lost(self) -> bool:
        """Whether the reading can't go on, because the story was edited and no longer has the last scene read."""
        return self.reading.state is State.OPEN and self.ballot is None and self.closed_by is None and not self.at_end

    @property
    def translations(self) -> tuple[Story, ...]:
        """The translations that have this step's section."""
        scene, pov = self.step.scene, self.step.pov
        return self.story.translated(scene, pov) if scene and pov else ()

    @property
    def telling(self) -> tuple[Scene, Section] | None:
        """The scene and section of this step, or None if it has none or the story no longer does."""
        return section_of(self.story, self.step)


@dataclass(frozen=True, slots=True)
class Turn:
    """The page of a step just committed, and the page `before`, which that step closes."""

    page: Page
    before: Page | None


@dataclass(frozen=True, slots=True)
class Pending:
    """A step that was committed earlier and is not posted yet, which comes before anything else."""

    page: Page


@dataclass(frozen=True, slots=True)
class Pressed:
    """A press that counted and did not turn the page.

    `press` is what the member says now; `changed` is whether they said something else before.
    """

    page: Page
    press: Press
    changed: bool = True


@dataclass(frozen=True, slots=True)
class Lobby:
    """A session and what it reads: the last page of the channel's reading, or None if nothing is read there.

    `host` is who may begin it; `story` is what is read or will be, None if the library no longer has it.
    """

    session: Session
    page: Page | None
    host: int
    story: Story | None = None


@dataclass(frozen=True, slots=True)
class Planned:
    """A date, what will be read then, and the RSVPs in the order they came.

    `page` and `story` are as in `Lobby`. `names` is whether members are named; `reminded` is whether it is too late for
    a reminder.
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
    """What a session was: who was there at any time, what it read, and for how long."""

    there: tuple[int, ...]
    page: Page | None
    heard: tuple[Heard, ...]
    length: timedelta

    @property
    def won(self) -> Counter[str]:
        """How many choices each POV won, by its name."""
        return Counter(section.pov.name for step, _, section in self.heard if step.how not in {None, How.ONLY})


def section_of(story: Story, step: Step) -> tuple[Scene, Section] | None:
    """Return the scene and section of a step, or None if it has none or the story no longer does."""
    scene = story.scene(step.scene) if step.scene else None
    section = scene.told_by(step.pov) if scene and step.pov else None
    return (scene, section) if scene and section else None


def heard_by(page: Page, steps: Iterable[Step] | None = None) -> list[Heard]:
    """Return the sections heard up to a page, or in some steps, that the story still has."""
    heard = [(step, section_of(page.story, step)) for step in (page.place.path if steps is None else steps)]
    return [(step, *told) for step, told in heard if told]


def ballot_under(  # noqa: PLR0913 - all that a ballot takes beside its page
    page: Page,
    options: tuple[Option, ...],
    now: datetime,
    *,
    known: frozenset[int],
    session: Session | None,
    serial: Serial | None,
    presses: Presses = Presses(),  # noqa: B008 - it never changes
) -> Ballot:
    """Return the ballot that hangs under a page, with everything but its deadline.

    The page's step is the last. `known` are the members who pressed something under the step before; `session` is the
    one in the channel.
    """
    told = page.telling
    count = words(told[1].text) if told else 0
    return Ballot(
        options,
        page.place,
        presses,
        known,
        attendance=_attendance(session, page.step.at, count, now),
        serial=serial,
        settings=page.settings,
        host=page.reading.started_by,
        readable_at=page.step.at + reading_time(count),
    )


def _attendance(session: Session | None, told_at: datetime, count: int, now: datetime) -> Attendance | None:
    """Return who of a session is there under a section of so many words, or None unless one has begun."""
    if session is None or session.began_at is None:
        return None
    return Attendance(session, max(told_at, session.began_at), patience(count), now)
