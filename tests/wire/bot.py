"""The very bot, on the wire: `python -m tests.wire.bot --api http://127.0.0.1:PORT --config FILE`.

WIRE_KILL_AT=point:n has it kill itself when it comes to a point for the n-th time; the points are in `points`.
With --nursery it waits for lines with a JSON object of environment variables, and starts a bot for each in a process of
its own that need not import everything anew; it answers each with the number of the process.
"""

import argparse
import importlib
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import wraps
from pathlib import Path
from typing import Any

import discord
import orjson

import bot
from cogs.client import Storyteller
from cogs.core import publisher
from story.services.readings import Readings
from story.store import Store, Transaction
from tests.wire.connect import connect

KILL_AT = "WIRE_KILL_AT"
READY = 0.05
"""Seconds without another server after which the bot takes itself for ready; discord.py's own are 2."""
PATIENCE = 1.5
"""Seconds that it waits for an answer; the bot's own are 30."""
CALLS: dict[str, tuple[type, str]] = {
    "answer": (discord.InteractionResponse, "send_message"),
    "update": (discord.InteractionResponse, "edit_message"),
    "send": (discord.PartialMessageable, "send"),
    "edit": (discord.PartialMessage, "edit"),
    "mark": (Readings, "mark"),
}
"""What the bot can be killed before and after, beside a commit."""


def points() -> list[str]:
    """Return the names of the points that the bot can be killed at."""
    return [f"{when}-{what}" for what in ("commit", *CALLS) for when in ("before", "after")]


def hasten() -> None:
    """Have the bot be ready as soon as it has heard of its servers, and wait less long for answers."""
    publisher.PATIENCE = PATIENCE
    of_library = Storyteller._get_state

    def of_ours(self: Storyteller, **options: Any) -> Any:
        return of_library(self, guild_ready_timeout=READY, **options)

    vars_of_class: Any = Storyteller
    vars_of_class._get_state = of_ours


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

    Store.transaction = watched  # type: ignore[method-assign]


def run(config: Path) -> int:
    """Run the bot, armed if the environment says so; return its exit code."""
    if os.environ.get(KILL_AT):
        arm(os.environ[KILL_AT])
    return bot.main(["--config", str(config)])


def nurse(config: Path) -> None:
    """Start a bot for each line that comes in; end when no more will come."""
    importlib.import_module("uvloop")
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin.buffer:
        child = os.fork()
        if child == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            os.environ.update(orjson.loads(line))
            os._exit(run(config))
        print(child, flush=True)  # noqa: T201 - the answer


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--api", required=True)
    parser.add_argument("--config", required=True, type=Path)
    parser.add_argument("--nursery", action="store_true")
    parser.add_argument("--hasty", action="store_true", help="be ready sooner than discord.py is")
    options = parser.parse_args()
    connect(options.api)
    if options.hasty or options.nursery:
        hasten()
    if options.nursery:
        nurse(options.config)
    else:
        sys.exit(run(options.config))
