"""What is wrong in a server, for whoever looks after it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class TroubleKind(StrEnum):
    """What does not go on. The first ones are named after the tracks that deliveries go on."""

    MESSAGES = "messages"
    """Discord does not take what is to be posted in a channel."""
    THREADS = "threads"
    """It does not open threads there."""
    EVENTS = "events"
    """It does not make its event of a date."""
    STORY = "story"
    """A reading's story is gone, or the place in it."""
    SERIAL = "serial"
    """The next section of a serial does not come."""


class Why(StrEnum):
    """Why a story or a serial does not go on."""

    GONE = "gone"
    """The story is not in the library any more."""
    LOST = "lost"
    """The story was edited, and has not the scene any more that was read last."""
    DATES = "dates"
    """The serial goes by dates that the story has no more."""
    AGE = "age"
    """The story is for adults, and the channel is not age-restricted any more."""
    HELD = "held"
    """The section before it is not posted yet."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that is wrong in a channel; `why` is a DeliveryFailure where Discord does not take something.

    `n` is the step of the reading that it is wrong under, 0 for none. It is told once, until it is over or elsewhere.
    """

    kind: TroubleKind
    guild: int
    channel: int
    why: str
    n: int = 0
    since: datetime | None = None

    @property
    def facts(self) -> dict[str, Any]:
        """What a delivery that tells of it carries."""
        return {"trouble": self.kind, "in": self.channel, "why": self.why}
