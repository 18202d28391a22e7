"""What is wrong in a server, for whoever runs it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class TroubleKind(StrEnum):
    """What is stuck. The first three are named after the tracks of deliveries."""

    MESSAGES = "messages"
    """Discord refuses posts in a channel."""
    THREADS = "threads"
    """Discord opens no threads there."""
    EVENTS = "events"
    """Discord makes no event of a date."""
    STORY = "story"
    """A reading's story is gone, or the place in it."""
    SERIAL = "serial"
    """The next section of a serial is not coming."""


class Why(StrEnum):
    """Why a story or a serial is stuck."""

    GONE = "gone"
    """The library no longer has the story."""
    LOST = "lost"
    """The story was edited and no longer has the scene that was read last."""
    DATES = "dates"
    """The serial goes by dates that the story no longer has."""
    AGE = "age"
    """The story is for adults, and the channel is no longer age-restricted."""
    HELD = "held"
    """The section before it is not posted yet."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that is wrong in a channel; `why` is a DeliveryFailure if Discord refuses something.

    `n` is the step of the reading it happened under, 0 for none. It is reported once, and again only after it was over
    or has moved.
    """

    kind: TroubleKind
    guild: int
    channel: int
    why: str
    n: int = 0
    since: datetime | None = None

    @property
    def facts(self) -> dict[str, Any]:
        """The facts of the delivery that reports it."""
        return {"trouble": self.kind, "in": self.channel, "why": self.why}
