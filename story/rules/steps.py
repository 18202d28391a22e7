"""The rules of a reading: an append-only list of steps, and the place that follows from it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from story.rules.delivery import DeliveryFailure


class Kind(StrEnum):
    """What a step does to the path of a reading."""

    START = "start"
    """The path begins, with the first section if there is nothing to choose."""
    SECTION = "section"
    """A section is read."""
    BACK = "back"
    """The last section of the path is taken back."""
    RESTART = "restart"
    """The path begins again, as with START."""
    STOP = "stop"
    """The reading is over."""


class How(StrEnum):
    """How the story came to go on with a section."""

    ONLY = "only"
    """There was nothing to choose."""
    VOTES = "votes"
    """It had the most votes."""
    HEARD_LEAST = "heard least"
    """Of those with the most votes, it has been heard least."""
    ORDER = "order"
    """Of those heard least, it comes first in the story."""


class State(StrEnum):
    """Whether a reading goes on; a channel has at most one that is open."""

    OPEN = "open"
    ASIDE = "aside"
    """It is set aside, to be taken up again; its channel may be gone."""
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Reading:
    """One channel's way through one story; the server, channel and member go by Discord's numbers.

    `gone_at` is when its channel was found to be deleted. It is `held` while its story is for adults and its channel is
    no longer age-restricted.
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

    `scene` and `pov` are set if it tells a section, for which `votes` of `cast` were. `by` is the member who did it,
    None if the clock ran out. `message` is what it was posted as, None until then; `failure` is why it is not posted,
    if that was tried. `chooser` is the one member whose choice it was, if it was one's; without votes, they let it
    pass. `reopens` is the step that a BACK returns to. `begins` is the scene that a path begins with, if not the
    story's first.
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
            ValueError: this step tells no section.
        """
        if self.scene is None or self.pov is None:
            msg = f"step {self.n} ({self.kind}) tells no section"
            raise ValueError(msg)
        return self.scene, self.pov


@dataclass(frozen=True, slots=True)
class Place:
    """Where a reading stands: its last step, the steps of the sections heard and not taken back, and its beginning."""

    last: Step
    path: tuple[Step, ...]
    began: Step

    @property
    def over(self) -> bool:
        """Whether the reading was stopped."""
        return self.last.kind is Kind.STOP

    def heard(self, pov_id: str) -> int:
        """Return how many sections of the path a POV told."""
        return sum(step.pov == pov_id for step in self.path)


def follow(steps: list[Step]) -> Place:
    """Return where a list of steps leads to.

    The steps are in order, at least one, and the first is a START or RESTART; anything before that does not matter.
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
