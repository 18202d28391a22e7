"""A delivery: something Discord should show because of a change, and what happens if it does not."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

LONGEST_PAUSE = timedelta(minutes=10)
"""The longest wait before the next try while Discord can't be reached."""
HELD_FOR = timedelta(days=1)
"""How long a delivery that Discord refused is on hold before it is tried again."""


class DeliveryKind(StrEnum):
    """What Discord should show. How it looks is decided when the delivery is carried out."""

    SECTION = "section"
    """A step of a reading, posted in its channel; with a target, that message is posted again further down."""
    CLOSED = "closed"
    """An earlier step, shown with its ballot closed."""
    MOVED = "moved"
    """A message whose step now stands further down."""
    CARD = "card"
    """The last step of a reading as it is now."""
    LOBBY = "lobby"
    """The card of a session, posted; with a target, that message is posted again further down."""
    LOBBY_CARD = "lobby card"
    """The card of a session as it is now."""
    LOBBY_MOVED = "lobby moved"
    """An earlier card of a session, which now stands further down."""
    CLOSING_CARD = "closing card"
    """What a session was, once it has ended."""
    DATE = "date"
    """The card of a date, posted; with a target, that message is posted again further down. `data` has the time."""
    DATE_CARD = "date card"
    """The card of a date as it is now."""
    DATE_OVER = "date over"
    """A card of a date that no longer holds; `data` says why."""
    REMINDER = "reminder"
    """A date comes up soon."""
    DIRECT = "direct"
    """A line for a member in private; `channel` is their number, and `data` says which line."""
    NOTICE = "notice"
    """A line for the channel; `data` says which."""
    LOG = "log"
    """What is wrong in the server, for its log channel; `data` says what it is."""
    CHANNEL = "channel"
    """Nothing; it only checks whether the channel is still there."""
    AGE = "age"
    """Nothing; it only checks whether the channel of a reading for adults is age-restricted."""
    THREAD = "thread"
    """A thread under a section, opened."""
    ARCHIVE = "archive"
    """A thread under an earlier section, archived."""
    EVENT = "event"
    """Discord's own event of a date, made or moved; without the date, deleted."""

    @property
    def track(self) -> "Track":
        """Where in its channel it has to queue."""
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
        """Whether it posts a message, which later ones must not overtake."""
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
    """What goes in order in a channel; the tracks of a channel run side by side."""

    MESSAGES = "messages"
    THREADS = "threads"
    EVENTS = "events"
    LOOKS = "looks"
    DIRECTS = "directs"
    LOG = "log"


class Notice(StrEnum):
    """The lines a channel reads when somebody has changed something."""

    PAUSED = "paused"
    RESUMED = "resumed"
    HOST = "host"
    SERIAL = "serial"
    SERIAL_ENDED = "serial ended"
    SERIAL_MISSED = "serial missed"
    DATE_CANCELLED = "date cancelled"


class Over(StrEnum):
    """Why a card of a date can't be pressed any more."""

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
    """The lines a member reads in private."""

    REMINDER = "reminder"
    """A date that they may come to is near."""
    TURN = "turn"
    """It is their choice alone."""
    CLOSING = "closing"
    """A vote that they have not answered closes soon."""


ALERTS = (Direct.TURN, Direct.CLOSING)
"""What members switch on for themselves, in a server."""


class DeliveryFailure(StrEnum):
    """Why Discord has not shown something."""

    FORBIDDEN = "forbidden"
    """The bot lacks a permission in the channel."""
    GONE = "gone"
    """Discord says that the channel does not exist."""
    AGE = "age"
    """The story is for adults, and the channel is not age-restricted."""
    LOCKED = "locked"
    """The thread is locked, and the bot may not manage threads."""
    ARCHIVED = "archived"
    """The thread is archived, and what was asked for does not open it again."""
    KIND = "kind"
    """Nothing can be posted in a channel of its kind, such as a forum."""
    REFUSED = "refused"
    """Discord refused it for another reason that will not pass."""
    SLOW = "slow"
    """The channel takes nothing more for a while: slowmode, or too many messages."""
    UNREACHABLE = "unreachable"
    """Discord could not be reached, or had a fault of its own."""

    @property
    def holds(self) -> bool:
        """Whether trying again is useless until something changes."""
        return self not in {DeliveryFailure.SLOW, DeliveryFailure.UNREACHABLE}


@dataclass(frozen=True, slots=True)
class Delivery:
    """Something Discord should show in a channel; `id` is 0 until it is saved.

    `subject` is the number of a reading, a session or a date, depending on the kind. `n` is a step; `target` is a
    message, thread or event of Discord's; `data` has the facts of a notice. `channel` is a member's number for what
    they are told in private. `attempts` counts the tries, and `failure` is how the last one ended.
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
        """The lane it belongs to."""
        return Lane(self.guild, self.channel, self.kind.track)


@dataclass(frozen=True, slots=True)
class Lane:
    """A track of a channel: deliveries of a lane go in order, and lanes run side by side."""

    guild: int
    channel: int
    track: Track


def pause(attempts: int) -> timedelta:
    """Return how long to wait after so many attempts to reach Discord."""
    return min(timedelta(seconds=2 ** min(attempts, 20)), LONGEST_PAUSE)
