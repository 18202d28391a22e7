"""The rules of a reading: an append-only list of steps, and the place that follows from it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from story.rules.delivery import DeliveryFailure


class Kind(StrEnum):
    """What a step does to the path of a reading."""

    START = "start"
    """The path begins; with the first section, if there is nothing to choose."""
    SECTION = "section"
    """A section is read."""
    BACK = "back"
    """The last section of the path is undone."""
    RESTART = "restart"
    """The path begins anew, as with START."""
    STOP = "stop"
    """The reading is over."""


class How(StrEnum):
    """How it came about that a section was told by its POV."""

    ONLY = "only"
    """There was nothing to choose."""
    VOTES = "votes"
    """It had the most votes."""
    HEARD_LEAST = "heard least"
    """Of those with the most votes it was heard least so far."""
    ORDER = "order"
    """Of those it comes first in the story."""


class State(StrEnum):
    """Whether a reading goes on; one a channel is open."""

    OPEN = "open"
    ASIDE = "aside"
    """It waits to be taken up again; its channel may be gone."""
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Reading:
    """One channel's way through one story; all ids but the story's are numbers of Discord's.

    `gone_at` is when its channel was found deleted. It is `held` while its story is for adults and its channel is not
    age-restricted any more.
    """

    id: int
    guild: int
    channel: int
    story: str
    started_by: int
    state: State = State.OPEN
    gone_at: datetime | None = None
    held: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One event in a reading.

    `scene` and `pov` are set where a section is told. `votes` of `cast` went to it. `by` is the member whose
    doing it was, None where the clock ran out. `message` is the message it was posted as, None until then. `chooser` is
    the member whose choice it was, where it was one member's; also if they let it pass, and then there are no votes.
    `reopens` is the step that a BACK returns to, `failure` why it is not posted yet, if that was tried. `begins` is the
    scene that a path begins with, where that is not the story's first.
    """

    n: int
    kind: Kind
    at: datetime
    scene: str | None = None
    pov: str | None = None
    how: How | None = None
    votes: int = 0
    cast: int = 0
    by: int | None = None
    message: int | None = None
    chooser: int | None = None
    reopens: int | None = None
    begins: str | None = None
    failure: DeliveryFailure | None = None

    @property
    def section_id(self) -> tuple[str, str]:
        """The section's scene and POV.

        Raises:
            ValueError: no section is told by this step.
        """
        if self.scene is None or self.pov is None:
            msg = f"step {self.n} ({self.kind}) tells no section"
            raise ValueError(msg)
        return self.scene, self.pov


@dataclass(frozen=True, slots=True)
class Place:
    """Where a reading stands: its last step, the steps whose sections have been heard and not undone, its beginning."""

    last: Step
    path: tuple[Step, ...]
    began: Step

    @property
    def over(self) -> bool:
        """Whether the reading was stopped."""
        return self.last.kind is Kind.STOP

    def heard(self, pov_id: str) -> int:
        """Count the sections of the path that the POV told."""
        return sum(step.pov == pov_id for step in self.path)


def follow(steps: list[Step]) -> Place:
    """Return where a list of steps leads to.

    The list is in order, is not empty, and begins with a START or RESTART (what came before that has no
    bearing on the place).
    """
    path: list[Step] = []
    for step in steps:
        if step.kind in {Kind.START, Kind.RESTART}:
            path.clear()
        if step.kind is Kind.BACK:
            path.pop()
        elif step.scene is not None:
            path.append(step)
    return Place(steps[-1], tuple(path), steps[0])
