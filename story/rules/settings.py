"""How a server, or one reading in it, wants to be read to."""

from enum import StrEnum
from typing import Any

from pydantic import BaseModel, ConfigDict


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

    WRITTEN = "written"
    """As the story has them."""
    FOLLOW = "follow"
    """As members follow the POVs: where each of the scenes ahead is told by one, any POV's next part can be next."""


class Settings(BaseModel):
    """Every setting; the defaults are what holds where nothing else is set.

    `seconds` is how long a ballot is open from the first press on, and `quorum` how many members must answer it before
    the clock can close it. With `hidden` the votes are shown once it is closed, with `names` it shows who voted for
    what, with `early` it closes as soon as everyone present has answered. `role` is whose members may turn the page.
    With `discuss` each section has a thread. `order` is the order of the scenes.
    The others are of the whole server: `home` is the channel that it reads in, `story` what `/next` begins. `zone` is
    a time zone's name, `language` that of the bot's texts. `quiet` posts notify nobody, `plain` ones have no boxes and
    no signs.
    """

    model_config = ConfigDict(frozen=True)

    decide: Decide = Decide.VOTE
    seconds: int = 60
    quorum: int = 0
    hidden: bool = False
    names: bool = True
    early: bool = True
    turner: Turner = Turner.EVERYONE
    role: int | None = None
    discuss: bool = False
    order: Order = Order.WRITTEN
    home: int | None = None
    story: str = "room-241"
    zone: str = "UTC"
    language: str = "en"
    quiet: bool = False
    plain: bool = False

    def with_changes(self, *changes: dict[str, Any]) -> "Settings":
        """Return the settings with others in their place, later changes before earlier ones.

        Raises:
            ValueError: a value is not one that its setting can have.
        """
        merged = self.model_dump()
        for change in changes:
            merged |= change
        return Settings.model_validate(merged)


DEFAULTS = Settings()
"""What holds where nothing is set."""
OF_A_READING = ("decide", "seconds", "quorum", "hidden", "names", "early", "turner", "role", "discuss", "order")
"""The settings that a reading can have its own of."""
OF_A_SERVER = (*OF_A_READING, "home", "story", "zone", "language", "quiet", "plain")
"""All of them, in the order they are shown in."""
