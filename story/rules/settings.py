"""How a server, or one reading in it, wants to be read to."""

from dataclasses import dataclass
from enum import EnumType, StrEnum
from functools import partial
from typing import Annotated, Any, get_args

import msgspec
from msgspec.structs import FieldInfo, asdict, fields


class Decide(StrEnum):
    """Who decides how the story goes on."""

    VOTE = "vote"
    """The most votes."""
    FIRST = "first"
    """Whoever presses first."""
    HOST = "host"
    """The host of the session, or else who began the reading."""
    TURNS = "turns"
    """Each reader of the session in turn; where there is no session, the most votes."""


class Turner(StrEnum):
    """Who may turn the page."""

    EVERYONE = "everyone"
    """Pages turn when the readers are ready, whoever they are."""
    READERS = "readers"
    """As with everyone, but only in a session, and only those count who have joined it."""
    ROLE = "role"
    """Members with a role, by Next and not otherwise."""
    HOST = "host"
    """The host of the session, or else who began the reading, by Next and not otherwise."""


class Order(StrEnum):
    """In which order the scenes come."""

    STORY = "story"
    """As the story says."""
    WRITTEN = "written"
    """As the story has them."""
    FOLLOW = "follow"
    """As members follow the POVs: where each of the scenes ahead is told by one, any POV's next part can be next."""


class Group(StrEnum):
    """What settings are about, in the order that they are shown in."""

    VOTING = "voting"
    PAGES = "pages"
    SERVER = "server"


class Kind(StrEnum):
    """What a setting's values are."""

    NAMED = "named"
    """A few, each with a name of its own."""
    SECONDS = "seconds"
    """Lengths of time."""
    NUMBER = "number"
    """Numbers of members."""
    CHANNEL = "channel"
    """A channel's number, or none."""
    ROLE = "role"
    """A role's number, or none."""
    STORY = "story"
    """The id of a story."""
    ZONE = "zone"
    """The name of a time zone."""
    LANGUAGE = "language"
    """The tag of a language."""


@dataclass(frozen=True, slots=True)
class Declared:
    """What stands beside a setting's type and default: all that the panel, the checks and the docs go by.

    A reading can have its own of what is `of_reading`; the rest is of the whole server. `values` are those offered
    where the type does not tell. What is not `shown` is set together with the setting before it, and shown there.
    """

    group: Group
    kind: Kind = Kind.NAMED
    of_reading: bool = False
    values: tuple[Any, ...] = ()
    shown: bool = True


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting that there is. `values` are what can be chosen, as words; of named ones the first is the default."""

    name: str
    group: Group
    kind: Kind
    of_reading: bool
    default: Any
    values: tuple[str, ...]
    is_shown: bool
    """Whether it is listed and chosen on its own."""


LENGTHS = (15, 30, 60, 120, 300, 600, 1800, 3600, 6 * 3600, 12 * 3600, 86_400, 3 * 86_400, 7 * 86_400)
"""Seconds that a ballot can be open for."""
QUORUMS = (0, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 50)
"""Answers that a ballot can need."""
_voting = partial(Declared, Group.VOTING, of_reading=True)
_pages = partial(Declared, Group.PAGES, of_reading=True)
_server = partial(Declared, Group.SERVER)


class Settings(msgspec.Struct, frozen=True):
    """Every setting, declared once; the defaults are what holds where nothing else is set.

    `voters` is the role whose members may vote, `seconds` how long a ballot is open from the first press on, and
    `quorum` how many members must answer it before the clock can close it. With `hidden` the votes are shown once it is
    closed, with `names` it shows who voted for what, with `early` it closes as soon as everyone present has answered.
    `role` is whose members may turn the page.
    With `discuss` each section has a thread. `order` is the order of the scenes.
    `home` is the channel that a server reads in, `story` what `/next` begins,
    `log` the channel that is told when something is wrong. `zone` is a time zone's name, `language`
    that of the bot's texts. `quiet` posts notify nobody, `plain` ones have no boxes and no signs.
    """

    decide: Annotated[Decide, _voting()] = Decide.VOTE
    voters: Annotated[int | None, _voting(Kind.ROLE)] = None
    seconds: Annotated[int, _voting(Kind.SECONDS, values=LENGTHS)] = 60
    quorum: Annotated[int, _voting(Kind.NUMBER, values=QUORUMS)] = 0
    hidden: Annotated[bool, _voting()] = False
    names: Annotated[bool, _voting()] = True
    early: Annotated[bool, _voting()] = True
    turner: Annotated[Turner, _pages(values=(Turner.EVERYONE, Turner.READERS, Turner.HOST))] = Turner.EVERYONE
    role: Annotated[int | None, _pages(Kind.ROLE, shown=False)] = None
    order: Annotated[Order, _pages()] = Order.STORY
    discuss: Annotated[bool, _pages()] = False
    home: Annotated[int | None, _server(Kind.CHANNEL)] = None
    story: Annotated[str, _server(Kind.STORY)] = "room-241"
    log: Annotated[int | None, _server(Kind.CHANNEL)] = None
    zone: Annotated[str, _server(Kind.ZONE)] = "UTC"
    language: Annotated[str, _server(Kind.LANGUAGE)] = "en"
    quiet: Annotated[bool, _server()] = False
    plain: Annotated[bool, _server()] = False

    def with_changes(self, *changes: dict[str, Any]) -> "Settings":
        """Return the settings with others in their place, later changes before earlier ones.

        Raises:
            ValueError: a value is not one that its setting can have.
        """
        merged = asdict(self)
        for change in changes:
            merged |= change
        return msgspec.convert(merged, Settings, strict=False)

    def unlike(self, other: "Settings") -> frozenset[str]:
        """Return the names of the settings that are not as in others."""
        return frozenset(name for name in SETTINGS if getattr(self, name) != getattr(other, name))


def _setting(field: FieldInfo) -> Setting:
    kind, declared = get_args(field.type)
    values = declared.values or _values_of(kind, field.default)
    words = tuple(str(each).lower() if isinstance(each, bool) else str(each) for each in values)
    return Setting(field.name, declared.group, declared.kind, declared.of_reading, field.default, words, declared.shown)


def _values_of(kind: Any, default: Any) -> tuple[Any, ...]:
    if kind is bool:
        return default, not default
    return tuple(kind) if isinstance(kind, EnumType) else ()


SETTINGS = {field.name: _setting(field) for field in fields(Settings)}
"""All settings by their names, in the order that they are shown in."""
DEFAULTS = Settings()
"""What holds where nothing is set."""
