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
    """The host of the session, or else whoever began the reading."""
    TURNS = "turns"
    """Each reader of the session in turn; without a session, the most votes."""


class Turner(StrEnum):
    """Who may turn the page."""

    EVERYONE = "everyone"
    """Everyone: pages turn when the readers are ready."""
    READERS = "readers"
    """Like everyone, but only in a session, and only those who joined it count."""
    ROLE = "role"
    """Members with a role, who press Next."""
    HOST = "host"
    """The host of the session, or else whoever began the reading, who presses Next."""


class Order(StrEnum):
    """In which order the scenes come."""

    STORY = "story"
    """The one the story asks for."""
    WRITTEN = "written"
    """The one the scenes are written in."""
    FOLLOW = "follow"
    """Members follow POVs: where each scene ahead has one POV, any POV's next part can come next."""


class Group(StrEnum):
    """What settings are about, in the order shown."""

    VOTING = "voting"
    PAGES = "pages"
    SERVER = "server"


class Kind(StrEnum):
    """What values a setting has."""

    NAMED = "named"
    """A few, each with a name of its own."""
    SECONDS = "seconds"
    """Lengths of time."""
    NUMBER = "number"
    """Numbers; 0 is none."""
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
    """What is declared beside a setting's type and default; the panel, the checks and the docs go by it.

    A reading can have its own value if it is `of_reading`; otherwise the whole server has one. `values` are those on
    offer, where the type does not tell. A setting that is not `shown` is set and shown with the one before it.
    """

    group: Group
    kind: Kind = Kind.NAMED
    of_reading: bool = False
    values: tuple[Any, ...] = ()
    shown: bool = True


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting. `values` are the choices, as words; of named ones, the first is the default."""

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
    """Every setting, declared once, with its default.

    `voters` is the role that may vote, and `role` the one that may turn the page. A ballot is open for `seconds` from
    the first press on, and needs `quorum` answers before the clock can close it. With `hidden` it shows the votes only
    once it is closed; with `names` it shows who voted for what; with `early` it closes as soon as everyone present has
    answered. With `discuss` each section has a thread. `order` is the order of the scenes. A server reads in `home`,
    `/next` begins `story`, and `log` is told when something is wrong. `zone` is a time zone's name, `language` the tag
    of the bot's texts. `quiet` posts notify nobody; `plain` ones have no boxes and no symbols.
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
        """Return the settings with some changed; later changes win.

        Raises:
            ValueError: a setting can't have that value.
        """
        merged = asdict(self)
        for change in changes:
            merged |= change
        return msgspec.convert(merged, Settings, strict=False)

    def unlike(self, other: "Settings") -> frozenset[str]:
        """Return the names of the settings that differ from others."""
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
"""All settings by their names, in the order shown."""
DEFAULTS = Settings()
"""What holds unless somebody sets something else."""
