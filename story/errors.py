"""Everything that can be wrong with a request. Each says what; the catalogues have the words for members."""

from dataclasses import dataclass
from datetime import datetime


class Refusal(Exception):  # noqa: N818 - a refusal is an ordinary answer, not a fault
    """A request that is understood and refused; nothing has changed."""


@dataclass(eq=False)
class NotKeptError(Exception):
    """The database could not save it: its disk is full or read-only. `why` is for the operator."""

    why: str

    def __str__(self) -> str:
        return self.why


class TakenError(NotKeptError):
    """Another bot has the database, or another process what was this one's; it does what this one cannot."""


@dataclass(eq=False)
class UnknownStory(Refusal):
    """The library has no story of that name."""

    asked: str


@dataclass(eq=False)
class NotOwnStory(Refusal):
    """The story is not the server's own, so it can't be removed there."""

    title: str


@dataclass(eq=False)
class DraftGone(Refusal):
    """The draft is gone."""


@dataclass(eq=False)
class LibraryFull(Refusal):
    """The server has as many stories of its own as it may."""

    most: int


@dataclass(eq=False)
class TooManyOfYours(Refusal):
    """The member has imported as many stories as one may."""

    most: int


@dataclass(eq=False)
class TooBusy(Refusal):
    """Too much work is waiting already: the member's own if `yours`, else that of others."""

    yours: bool


@dataclass(eq=False)
class TooHeavy(Refusal):
    """The request took too long, or too much memory."""


@dataclass(eq=False)
class AdultStory(Refusal):
    """The story is for adults, and the channel is not age-restricted; `private` ones never are."""

    title: str
    rating: str
    private: bool = False


@dataclass(eq=False)
class UnknownPov(Refusal):
    """There is no option of that name; `names` are what there is."""

    asked: str
    names: tuple[str, ...]


@dataclass(eq=False)
class NotTranslated(Refusal):
    """The section is in no other language, or no longer is."""


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
    """The step is no section of the path: it is of another kind, or was taken back."""


@dataclass(eq=False)
class NothingRead(Refusal):
    """The reading has no section behind it yet."""


@dataclass(eq=False)
class NoReading(Refusal):
    """Nothing is being read in the channel; `elsewhere` are the server's channels with a reading."""

    elsewhere: tuple[int, ...] = ()


@dataclass(eq=False)
class ReadingElsewhere(Refusal):
    """The reading belongs to another channel; it may have moved there."""

    channel: int


@dataclass(eq=False)
class ReadingOver(Refusal):
    """The reading was stopped."""


@dataclass(eq=False)
class ReadingAside(Refusal):
    """The reading is set aside."""


@dataclass(eq=False)
class NothingAside(Refusal):
    """No reading is set aside there."""


@dataclass(eq=False)
class NotDelivered(Refusal):
    """The request was carried out, but Discord does not show it; `failure` is a DeliveryFailure's value."""

    channel: int
    failure: str


@dataclass(eq=False)
class ChannelTaken(Refusal):
    """Another story is being read in that channel; `reading` is its number."""

    channel: int
    title: str
    reading: int = 0


@dataclass(eq=False)
class PageTurned(Refusal):
    """The press came from a page that is no longer the last; `message` is the last one, if known."""

    channel: int
    message: int | None


@dataclass(eq=False)
class TheEnd(Refusal):
    """The last scene has been read, so there is no next one."""


@dataclass(eq=False)
class PlaceGone(Refusal):
    """The story was edited and no longer has the scene that the reading stood at."""

    title: str
    scene: str


@dataclass(eq=False)
class StoryGone(Refusal):
    """The library no longer has the story of a reading; `story` is its id."""

    story: str


@dataclass(eq=False)
class NotYours(Refusal):
    """Only whoever started the reading, or may manage messages, can do this; `started_by` is a member."""

    started_by: int


@dataclass(eq=False)
class NoSession(Refusal):
    """There is no session in the channel."""


@dataclass(eq=False)
class SessionHeld(Refusal):
    """The channel already has a session."""


@dataclass(eq=False)
class SessionBegun(Refusal):
    """The session has already begun."""


@dataclass(eq=False)
class NotHost(Refusal):
    """Only the host of the session, or who may manage messages, can do this; `host` is a member."""

    host: int


@dataclass(eq=False)
class NotInSession(Refusal):
    """A member is not in the session: whoever asks if `yourself`, else the one they name."""

    yourself: bool = True


@dataclass(eq=False)
class NotYourChoice(Refusal):
    """The choice is another member's; `chosen` says that they were first, and have already made it."""

    chooser: int
    chosen: bool = False


@dataclass(eq=False)
class NotAVoter(Refusal):
    """Only members with a role vote here, and this one does not have it."""

    role: int


@dataclass(eq=False)
class UnreadableTime(Refusal):
    """The text makes no sense as a time; `lacks_time` if it says a day, but not when on that day."""

    asked: str
    lacks_time: bool = False


@dataclass(eq=False)
class UnreadableClock(Refusal):
    """The text makes no sense as a time of day."""

    asked: str


@dataclass(eq=False)
class TimeInThePast(Refusal):
    """The time lies in the past; `when` is the moment, in UTC."""

    asked: str
    when: datetime


@dataclass(eq=False)
class UnknownZone(Refusal):
    """No time zone and no city goes by that name."""

    asked: str


@dataclass(eq=False)
class NoDates(Refusal):
    """No scene of the story has a date, so a serial can't go by dates."""

    title: str


@dataclass(eq=False)
class NoSerial(Refusal):
    """The channel's reading is no serial."""


@dataclass(eq=False)
class NoDate(Refusal):
    """The channel has no date."""


@dataclass(eq=False)
class DateOver(Refusal):
    """The press came from the card of a date that is over or was moved."""


@dataclass(eq=False)
class Reminded(Refusal):
    """The reminder of the date has already been sent; `when` is the date's time."""

    when: datetime


@dataclass(eq=False)
class DateExists(Refusal):
    """The channel already has a date."""
