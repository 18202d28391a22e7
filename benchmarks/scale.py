"""How much is done in a run: in full, or a little of each to see that it runs."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Scale:
    """How much of everything."""

    rounds: int = 5
    presses: int = 300
    burst: int = 1000
    members: int = 50
    crowd: int = 1000
    """Members who have answered a ballot under which others vote."""
    commands: int = 200
    places: int = 40
    """Channels that pages are turned in."""
    scenes: int = 40
    """In the story whose pages are turned: so many that no reading comes to its end."""
    requests: int = 200
    """Of each kind, in a database with a history and in an empty one."""
    guilds: int = 10_000
    channels: int = 30
    roles: int = 20
    shards: int = 4
    """Discord refuses more than 2,500 servers a shard."""
    rest: float = 3.0
    """Seconds from the first answer until memory is looked at: discord.py waits 2 for more servers."""
    due: int = 1000
    dates: int = 300
    """Due in one second."""
    soon: float = 10.0
    """Seconds from now at which ballots are due: time enough for the bot to come up."""
    readings: int = 100_000
    steps: int = 10
    """In each of the readings."""
    processes: tuple[int, ...] = (1, 2, 3)
    """How many share the shards."""
    fleet: tuple[str, ...] = ("--patient",)
    """How they are started: with their own times."""
    identify_every: float = 5.0
    """Seconds between two shards that identify, as Discord prescribes."""
    many: int = 40
    """Shards that are opened after a start of everything."""
    stories: int = 200
    words: int = 50_000
    """In each of the stories."""


FULL = Scale()
QUICK = Scale(
    rounds=1,
    presses=10,
    burst=20,
    members=5,
    crowd=10,
    commands=4,
    places=2,
    scenes=10,
    requests=4,
    guilds=20,
    channels=3,
    roles=2,
    shards=1,
    rest=0.1,
    due=5,
    dates=5,
    soon=4.0,
    readings=100,
    steps=3,
    processes=(1, 2),
    fleet=(),
    identify_every=0.5,
    many=2,
    stories=2,
    words=2000,
)


@dataclass(frozen=True, slots=True)
class Run:
    """What a scenario is given: how much to do, an empty folder for it, and whether to profile our bot."""

    scale: Scale
    folder: Path
    profile: bool = False
