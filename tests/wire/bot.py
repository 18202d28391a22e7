"""The very bot, on the wire: `python -m tests.wire.bot --api http://127.0.0.1:PORT --config FILE`.

WIRE_KILL_AT=point:n has it kill itself when it comes to a point for the n-th time; the points are in `points`.
With --nursery it waits for lines with a JSON object of environment variables, and starts a bot for each in a process of
its own that need not import everything anew; it answers each with the number of the process.
"""

import argparse
import importlib
import os
import re
import signal
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from functools import wraps
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import discord
import orjson

import bot
from cogs.client import Storyteller
from cogs.core import cards, publisher
from story.rules import serial
from story.services import dates, sessions, starts
from story.services.deliveries import Deliveries
from story.store import Store, Transaction, shards
from story.times.series import Repeat
from tests.wire.connect import connect

KILL_AT = "WIRE_KILL_AT"
READY = 0.05
"""Seconds without another server after which the bot takes itself for ready; discord.py's own are 2."""
PATIENCE = 1.5
"""Seconds that it waits for an answer; the bot's own are 30."""
A_DAY, A_SERIALS_DAY = timedelta(seconds=14), timedelta(seconds=3)
"""How soon a daily date comes again, and a section of a daily serial."""
REMINDER = timedelta(seconds=6)
"""How long before a date its channel is reminded."""
STILL_FRESH = timedelta(seconds=1)
"""A session pressed within this time becomes a date's, and an event this old is missed in Discord's list."""
CALLS: dict[str, tuple[type, str]] = {
    "answer": (discord.InteractionResponse, "send_message"),
    "update": (discord.InteractionResponse, "edit_message"),
    "send": (discord.PartialMessageable, "send"),
    "edit": (discord.PartialMessage, "edit"),
    "mark": (Deliveries, "posted_section"),
    "done": (Deliveries, "done"),
}
"""What the bot can be killed before and after, beside a commit."""


def points() -> list[str]:
    """Return the names of the points that the bot can be killed at."""
    return [f"{when}-{what}" for what in ("commit", *CALLS) for when in ("before", "after")]


def hasten() -> None:
    """Have the bot be ready as soon as it has heard of its servers, and wait less long for answers."""
    publisher.PATIENCE = cards.PATIENCE = PATIENCE
    starts.FREE = sys.maxsize  # it is started hundreds of times
    of_library = Storyteller._get_state

    def of_ours(self: Storyteller, **options: Any) -> Any:
        return of_library(self, guild_ready_timeout=READY, **options)

    vars_of_class: Any = Storyteller
    vars_of_class._get_state = of_ours


def quicken() -> None:
    """Have dates and serials come round within a run: what is daily comes every few seconds.

    The clock stays that of the wall, by which Discord numbers its messages; so beside the times that the bot reads it
    reads "in 8.5 seconds".
    """
    dates.REMINDER = REMINDER  # type: ignore[attr-defined] # where it is used
    sessions.STILL_FRESH = STILL_FRESH  # type: ignore[attr-defined] # where it is used
    dates.SETTLED = STILL_FRESH
    in_words = dates.read_zoned  # type: ignore[attr-defined] # where it is used

    def read_zoned(text: str, now: datetime, zone: ZoneInfo) -> tuple[datetime, ZoneInfo]:
        found = re.fullmatch(r"in ([0-9.]+) seconds", text)
        return (now + timedelta(seconds=float(found[1])), zone) if found else in_words(text, now, zone)

    dates.read_zoned = read_zoned  # type: ignore[attr-defined] # as above
    dates.following = _every(A_DAY)  # type: ignore[attr-defined] # as above
    serial.following = _every(A_SERIALS_DAY)  # type: ignore[attr-defined] # as above


def _every(day: timedelta) -> Callable[..., datetime | None]:
    def following(began: datetime, repeat: Repeat, _zone: ZoneInfo, moment: datetime) -> datetime | None:
        return None if repeat is Repeat.NONE else began + ((moment - began) // day + 1) * day

    return following


def arm(asked: str) -> None:
    """Have the process kill itself at a point, such as "after-commit:3": the third time it comes there.

    Raises:
        ValueError: there is no such point.
    """
    point, _, times = asked.partition(":")
    if point not in points():
        msg = f"{KILL_AT}: expected one of {', '.join(points())}, not {point!r}"
        raise ValueError(msg)
    left = int(times or 1)

    def pass_by(here: str) -> None:
        nonlocal left
        left -= here == point
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    for what, (owner, name) in CALLS.items():
        setattr(owner, name, _between(getattr(owner, name), what, pass_by))
    _watch_commits(pass_by)


def _between(call: Callable[..., Any], what: str, pass_by: Callable[[str], None]) -> Callable[..., Any]:
    @wraps(call)
    async def wrapped(*args: Any, **kwargs: Any) -> Any:
        pass_by(f"before-{what}")
        result = await call(*args, **kwargs)
        pass_by(f"after-{what}")
        return result

    return wrapped


def _watch_commits(pass_by: Callable[[str], None]) -> None:
    transaction = Store.transaction

    @asynccontextmanager
    async def watched(self: Store) -> AsyncIterator[Transaction]:
        async with transaction(self) as tx:
            yield tx
            pass_by("before-commit")
        pass_by("after-commit")

    Store.transaction = watched  # type: ignore[method-assign] # it is watched from inside


def be_impatient() -> None:
    """Take a bot to be frozen that is silent for two seconds, and not for fifteen."""
    from story.store import postgres_connections, postgres_lease, postgres_shards  # noqa: PLC0415 - its driver is extra

    postgres_lease.SILENT = postgres_shards.SILENT = 2.0  # type: ignore[attr-defined] # where it is used
    postgres_shards.AWAY = 1.0
    postgres_shards.IDENTIFY_EVERY = 0.55
    shards.LOOK_EVERY = 0.2
    postgres_connections.BEAT_EVERY = 0.5  # type: ignore[attr-defined] # where it is used


def run(config: Path, *flags: str) -> int:
    """Run the bot, armed if the environment says so; return its exit code."""
    if os.environ.get(KILL_AT):
        arm(os.environ[KILL_AT])
    return bot.main(["--config", str(config), *flags])


def nurse(config: Path, *flags: str) -> None:
    """Start a bot with these flags for each line that comes in; end when no more will come."""
    importlib.import_module("uvloop")
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin.buffer:
        child = os.fork()
        if child == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            os.environ.update(orjson.loads(line))
            os._exit(run(config, *flags))
        print(child, flush=True)  # noqa: T201 - the answer


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--api", required=True)
    parser.add_argument("--config", required=True, type=Path)
    parser.add_argument("--nursery", action="store_true")
    parser.add_argument("--hasty", action="store_true", help="be ready sooner than discord.py is")
    parser.add_argument("--quick", action="store_true", help="have dates and serials come round in seconds")
    parser.add_argument("--stand-by", action="store_true", help="wait for another bot to be gone, with little patience")
    parser.add_argument("--shards", help="share so many shards with others, with little patience")
    parser.add_argument("--patient", action="store_true", help="be as patient with others as the bot is")
    options = parser.parse_args()
    connect(options.api)
    if options.hasty:
        hasten()
    if options.quick:
        quicken()
    if (options.stand_by or options.shards) and not options.patient:
        be_impatient()
    flags = ["--stand-by"] if options.stand_by else []
    flags += ["--shards", options.shards] if options.shards else []
    if options.nursery:
        nurse(options.config, *flags)
    else:
        sys.exit(run(options.config, *flags))
