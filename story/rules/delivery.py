"""A delivery: something that Discord is to show because of a change, and what becomes of it if Discord won't."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

LONGEST_PAUSE = timedelta(minutes=10)
"""How long it takes at most until Discord is tried again after it could not be reached."""
HELD_FOR = timedelta(days=1)
"""How long a delivery that Discord refused is on hold until it is tried again."""


class DeliveryKind(StrEnum):
    """What is to be shown. A delivery says what, never how it looks: that is decided when it is carried out."""

    SECTION = "section"
    """A step of a reading, posted at the bottom of its channel; with a target, posted there again from that message."""
    CLOSED = "closed"
    """An earlier step, shown with its ballot closed."""
    MOVED = "moved"
    """A message whose step is posted further down now."""
    CARD = "card"
    """The last step of a reading, shown as it is now."""
    LOBBY = "lobby"
    """The card of a session, posted; with a target, posted again further down than that."""
    LOBBY_CARD = "lobby card"
    """The card of a session, shown as it is now."""
    LOBBY_MOVED = "lobby moved"
    """An earlier card of a session, which is posted further down now."""
    CLOSING_CARD = "closing card"
    """What a session that has ended was."""
    DATE = "date"
    """The card of a date, posted; with a target, posted again further down than that. `data` says for when."""
    DATE_CARD = "date card"
    """The card of a date, shown as it is now."""
    DATE_OVER = "date over"
    """An earlier card of a date, or of one that is over; `data` says why."""
    REMINDER = "reminder"
    """A date that is near."""
    DIRECT = "direct"
    """A line for a member in private, whose number stands for the channel; `data` says which."""
    NOTICE = "notice"
    """A line for the channel; `data` says which."""
    LOG = "log"
    """What is wrong in the server, for its log channel; `data` says what."""
    CHANNEL = "channel"
    """Nothing: only whether the channel is still there."""
    AGE = "age"
    """Nothing: only whether the channel of a reading for adults is age-restricted."""
    THREAD = "thread"
    """A thread under a section, opened."""
    ARCHIVE = "archive"
    """A thread under an earlier section, archived."""
    EVENT = "event"
    """Discord's own event of a date, made or moved; without the date, deleted."""

    @property
    def track(self) -> "Track":
        """What it has to wait for in its channel."""
        if self is DeliveryKind.EVENT:
            return Track.EVENTS
        if self is DeliveryKind.AGE:
            return Track.LOOKS
        if self is DeliveryKind.DIRECT:
            return Track.DIRECTS
        if self is DeliveryKind.LOG:
            return Track.LOG
        return Track.THREADS if self in {DeliveryKind.THREAD, DeliveryKind.ARCHIVE} else Track.MESSAGES

    @property
    def is_post(self) -> bool:
        """Whether it is a message of its own, which later ones must not overtake."""
        return self in _POSTS


_POSTS = {
    DeliveryKind.SECTION,
    DeliveryKind.LOBBY,
    DeliveryKind.CLOSING_CARD,
    DeliveryKind.DATE,
    DeliveryKind.REMINDER,
    DeliveryKind.NOTICE,
    DeliveryKind.LOG,
}


class Track(StrEnum):
    """What goes in order in a channel; the tracks of one channel go beside each other."""

    MESSAGES = "messages"
    THREADS = "threads"
    EVENTS = "events"
    LOOKS = "looks"
    DIRECTS = "directs"
    LOG = "log"


class Notice(StrEnum):
    """The lines that a channel is told when somebody has changed something."""

    PAUSED = "paused"
    RESUMED = "resumed"
    HOST = "host"
    SERIAL = "serial"
    SERIAL_ENDED = "serial ended"
    SERIAL_MISSED = "serial missed"
    DATE_CANCELLED = "date cancelled"


class Over(StrEnum):
    """Why a card of a date can be pressed no longer."""

    MOVED = "moved"
    """The date's card stands further down."""
    COME = "come"
    """Its time has come, and the lobby stands further down."""
    PASSED = "passed"
    """Its time has passed."""
    CANCELLED = "cancelled"
    ASIDE = "aside"
    """It waits with its reading, which was set aside."""


class Direct(StrEnum):
    """The lines that a member is told in private."""

    REMINDER = "reminder"
    """A date is near that they may come to."""
    TURN = "turn"
    """A choice is theirs alone."""
    CLOSING = "closing"
    """A vote closes soon that they have not answered."""


ALERTS = (Direct.TURN, Direct.CLOSING)
"""What members switch on for themselves, in a server."""


class DeliveryFailure(StrEnum):
    """Why Discord has not shown something."""

    FORBIDDEN = "forbidden"
    """The bot may not do that in the channel."""
    GONE = "gone"
    """The channel does not exist, says Discord."""
    AGE = "age"
    """The story is for adults, and the channel is not age-restricted."""
    LOCKED = "locked"
    """The thread is locked, and the bot may not manage threads."""
    ARCHIVED = "archived"
    """The thread is archived, and what was asked for does not open it again."""
    KIND = "kind"
    """Nothing can be posted in a channel of its kind, such as a forum."""
    REFUSED = "refused"
    """Discord did not take it, for another reason that will not pass."""
    SLOW = "slow"
    """The channel takes nothing more for a while: slowmode, or too much was written."""
    UNREACHABLE = "unreachable"
    """Discord could not be reached, or was not well."""

    @property
    def holds(self) -> bool:
        """Whether it is no use to try again before something has changed."""
        return self not in {DeliveryFailure.SLOW, DeliveryFailure.UNREACHABLE}


@dataclass(frozen=True, slots=True)
class Delivery:
    """Something that Discord is to show in a channel; `id` is 0 until it is written down.

    `subject` is the number of a reading, a session or a date, by the kind; `n` a step; `target` a message, thread or
    event of Discord's; `data` the facts of a notice. `channel` is a member's number for what is told in private.
    `attempts` is how often it was tried, `failure` how that ended.
    """

    kind: DeliveryKind
    guild: int
    channel: int
    subject: int
    n: int | None = None
    target: int | None = None
    data: dict[str, Any] = field(default_factory=dict)
    id: int = 0
    created_at: datetime | None = None
    attempts: int = 0
    failure: DeliveryFailure | None = None

    @property
    def lane(self) -> "Lane":
        """What it goes in order with."""
        return Lane(self.guild, self.channel, self.kind.track)


@dataclass(frozen=True, slots=True)
class Lane:
    """A track of a channel: deliveries of one lane go in order, lanes go beside each other."""

    guild: int
    channel: int
    track: Track


def pause(attempts: int) -> timedelta:
    """Return how long to wait after so many attempts to reach Discord."""
    return min(timedelta(seconds=2 ** min(attempts, 20)), LONGEST_PAUSE)
