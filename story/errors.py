"""What can be wrong with a request to read: each says what, and none says it in words for a member."""

from dataclasses import dataclass
from datetime import datetime


class Refusal(Exception):  # noqa: N818 - a refusal is an ordinary answer, not a fault
    """A request that is understood and not carried out; nothing has changed."""


@dataclass(eq=False)
class NotKeptError(Exception):
    """The database took nothing: its disk is full, or may not be written to. `why` is for the operator."""

    why: str

    def __str__(self) -> str:
        return self.why


class TakenError(NotKeptError):
    """Another bot has the database, or another process what was this one's; it does what this one cannot."""


@dataclass(eq=False)
class UnknownStory(Refusal):
    """No story on the shelf goes by that name."""

    asked: str


@dataclass(eq=False)
class NotOwnStory(Refusal):
    """The story does not belong to the server alone, so it cannot be removed there."""

    title: str


@dataclass(eq=False)
class DraftGone(Refusal):
    """What was handed in is not on the workbench any more."""


@dataclass(eq=False)
class LibraryFull(Refusal):
    """The server has as many stories of its own as it may have."""

    most: int


@dataclass(eq=False)
class TooManyOfYours(Refusal):
    """The member has brought in as many stories as one may."""

    most: int


@dataclass(eq=False)
class TooBusy(Refusal):
    """Too much that takes long waits already: of the member's own if `yours`, else of others."""

    yours: bool


@dataclass(eq=False)
class TooHeavy(Refusal):
    """What was asked for took too long, or too much memory."""


@dataclass(eq=False)
class AdultStory(Refusal):
    """The story is for adults, and the place is not age-restricted; a `private` one never is."""

    title: str
    rating: str
    private: bool = False


@dataclass(eq=False)
class UnknownPov(Refusal):
    """There is nothing of that name to choose; `names` are what there is."""

    asked: str
    names: tuple[str, ...]


@dataclass(eq=False)
class NotTranslated(Refusal):
    """The section is in no other language, or not any more."""


@dataclass(eq=False)
class UnknownScene(Refusal):
    """No scene already read goes by that name."""

    asked: str


@dataclass(eq=False)
class NoSuchScene(Refusal):
    """The story has no scene that goes by that name."""

    asked: str
    title: str


@dataclass(eq=False)
class NotASection(Refusal):
    """The step tells no section of the path: it is of another kind, or was taken back."""


@dataclass(eq=False)
class NothingRead(Refusal):
    """The reading has no section behind it yet."""


@dataclass(eq=False)
class NoReading(Refusal):
    """Nothing is being read in the channel; `elsewhere` are the channels of the server with a reading."""

    elsewhere: tuple[int, ...] = ()


@dataclass(eq=False)
class ReadingElsewhere(Refusal):
    """The reading is another channel's, perhaps since it has moved there."""

    channel: int


@dataclass(eq=False)
class ReadingOver(Refusal):
    """The reading was stopped."""


@dataclass(eq=False)
class ReadingAside(Refusal):
    """The reading waits to be taken up again, here or elsewhere."""


@dataclass(eq=False)
class NothingAside(Refusal):
    """No reading waits there to be taken up again."""


@dataclass(eq=False)
class NotDelivered(Refusal):
    """What was asked for is done, and Discord does not show it; `failure` is a DeliveryFailure's value."""

    channel: int
    failure: str


@dataclass(eq=False)
class ChannelTaken(Refusal):
    """Another story is being read in that channel, as the reading of that number."""

    channel: int
    title: str
    reading: int = 0


@dataclass(eq=False)
class PageTurned(Refusal):
    """The press came from a page that is no longer the last; `message` is the last one, where it is known."""

    channel: int
    message: int | None


@dataclass(eq=False)
class TheEnd(Refusal):
    """The last scene has been read, so there is no next one."""


@dataclass(eq=False)
class PlaceGone(Refusal):
    """The story was edited, and the scene that the reading stood at is not in it any more."""

    title: str
    scene: str


@dataclass(eq=False)
class StoryGone(Refusal):
    """The story of a running reading is not on the shelf any more; `story` is its id."""

    story: str


@dataclass(eq=False)
class NotYours(Refusal):
    """Only who started the reading or may manage messages can do this; `started_by` is a member's id."""

    started_by: int


@dataclass(eq=False)
class NoSession(Refusal):
    """There is no session in the channel."""


@dataclass(eq=False)
class SessionHeld(Refusal):
    """A session is held in the channel already."""


@dataclass(eq=False)
class SessionBegun(Refusal):
    """The session has begun already."""


@dataclass(eq=False)
class NotHost(Refusal):
    """Only the host of the session and who may manage messages can do this; `host` is a member's id."""

    host: int


@dataclass(eq=False)
class NotInSession(Refusal):
    """The member who asks is not in the session, or the one they name, if it is not `yourself`."""

    yourself: bool = True


@dataclass(eq=False)
class NotYourChoice(Refusal):
    """The choice is another member's; `chosen` says that they have made it already, by being first."""

    chooser: int
    chosen: bool = False


@dataclass(eq=False)
class NotAVoter(Refusal):
    """Only members with a role vote here, and who asks has it not."""

    role: int


@dataclass(eq=False)
class UnreadableTime(Refusal):
    """The text says no time that can be understood; `lacks_time` if it says a day, and not when on that day."""

    asked: str
    lacks_time: bool = False


@dataclass(eq=False)
class UnreadableClock(Refusal):
    """The text says no time of day that can be understood."""

    asked: str


@dataclass(eq=False)
class TimeInThePast(Refusal):
    """The time asked for is not to come any more; `when` is the moment, in UTC."""

    asked: str
    when: datetime


@dataclass(eq=False)
class UnknownZone(Refusal):
    """No time zone and no city goes by that name."""

    asked: str


@dataclass(eq=False)
class NoDates(Refusal):
    """No scene of the story has a date that a serial could go by."""

    title: str


@dataclass(eq=False)
class NoSerial(Refusal):
    """What is read in the channel is no serial."""


@dataclass(eq=False)
class NoDate(Refusal):
    """There is no appointment in the channel."""


@dataclass(eq=False)
class DateOver(Refusal):
    """The press came from a card of a date that is over, or was moved."""


@dataclass(eq=False)
class Reminded(Refusal):
    """Who comes to a date has been reminded already; `when` is the date's time."""

    when: datetime


@dataclass(eq=False)
class DateExists(Refusal):
    """There is an appointment in the channel already."""
