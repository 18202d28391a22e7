"""The kill run: `python -m tests.wire.kill --seconds N --seed S [--kills K] [--processes P]`.

Members press, vote, go back, sit down together, change settings, make serials and set dates, in several channels at
once and with Discord slow in some, while the bot is killed, again and again, at random instants and at named points,
and started anew. Each time everything that was answered must be there, and everything that is shown once.
With several processes it is another run, `tests.wire.kill_several`.
"""

import argparse
import asyncio
import random
import signal
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from tests.wire.bot import points
from tests.wire.driver import Wire
from tests.wire.ledger import (
    Ballots,
    Shelfmark,
    button_breaches,
    integrity_breaches,
    path_breaches,
    waiting_breaches,
)
from tests.wire.members import Member
from tests.wire.outings import BUSY, CALM, Outing
from tests.wire.processes import Bot, Nursery, open_nursery, open_wire
from tests.wire.setting import database, make_setting

CHANNELS = 4
OUTINGS = 5
BUSY_OUTINGS = 2
"""Channels in which there are dates and nothing else, and in how many of them those are changed all the time."""
SLOW = 0.0, 0.0, 0.05, 0.3
"""Seconds that requests to a channel take, one of them."""
READERS = 3
HOST = 200
WHILE_STARTING, AT_A_POINT = 0.15, 0.5
"""How often the bot is killed while it starts, and at a named point; else at a random instant."""
LIFE = 0.4
"""Seconds that a bot lives among members, at the most."""
UNHURRIED = 2.5
"""Seconds that discord.py takes until it is ready, if it is not hastened."""
NAMED_AT_MOST = 6
"""How often a named point is passed before the bot is killed there, at the most."""
NEWEST = 60
"""Messages of a channel that are looked over each time for buttons; at the end all are."""
TO_RECOVER = 10.0
"""Seconds within which everything must be as it should be after a start."""


@dataclass
class Run:
    """One run: the places, what was answered, and what was found."""

    wire: Wire
    hasty: bool
    nursery: Nursery
    config: Path
    random: random.Random
    ballots: Ballots = field(default_factory=Ballots)
    marks: dict[int, Shelfmark] = field(default_factory=dict)
    kills: Counter[str] = field(default_factory=Counter)
    looks: int = 0
    recovery: float = 0.0

    def __post_init__(self) -> None:
        self.channels = [self.wire.channel(number) for number in range(1, CHANNELS + 1)]
        self.members = [
            Member(self.wire, channel, 100 + reader, reader == 0, self.ballots, random.Random(self.random.random()))  # noqa: S311 - it is no secret
            for channel in self.channels
            for reader in range(READERS)
        ]
        self.outings = [
            Outing(
                self.wire,
                database(self.config),
                self.wire.channel(CHANNELS + 1 + number),
                HOST,
                random.Random(self.random.random()),  # noqa: S311 - it is no secret
                BUSY if number < BUSY_OUTINGS else CALM,
            )
            for number in range(OUTINGS)
        ]

    async def life(self) -> list[str]:
        """Start the bot, look whether all is well, let the members act, and kill it; return what was found."""
        chance = self.random.random()
        if chance < WHILE_STARTING:
            return await self._die_early()
        for channel in [*self.channels, *(outing.channel for outing in self.outings)]:
            await self.wire.ask("slow", channel=channel, seconds=self.random.choice(SLOW))
        await self.wire.ask("slow", seconds=self.random.choice(SLOW))
        point = self.random.choice(points()) if chance < WHILE_STARTING + AT_A_POINT else ""
        before = (await self.wire.state())["identified"]
        asked = f"{point}:{self.random.randint(1, NAMED_AT_MOST)}" if point else ""
        bot = await self.nursery.bear(asked)
        await _first(self.wire.ask("until", identified=before + 1, patience=TO_RECOVER), bot)
        found = await self.look(bot)
        died = not bot.alive
        if not died:
            died = await self._act_until_death(bot, self.lives(LIFE if point else self.random.uniform(0.01, LIFE)))
        await bot.kill()
        self.kills[point if died and point else "any instant"] += 1
        return found

    def lives(self, seconds: float) -> float:
        """Return how long a bot lives that is to live so long once it is ready."""
        return seconds if self.hasty else seconds + UNHURRIED

    async def _die_early(self) -> list[str]:
        bot = await self.nursery.bear()
        await asyncio.sleep(self.random.uniform(0, 0.15))
        await bot.kill()
        self.kills["while starting"] += 1
        return []

    async def _act_until_death(self, bot: Bot, seconds: float) -> bool:
        """Let the members act; return whether the bot died of itself within that time."""
        gone = asyncio.Event()
        everybody: list[Member | Outing] = [*self.members, *self.outings]
        acting = [asyncio.create_task(each.act(gone)) for each in everybody]
        died = await bot.gone_within(seconds)
        gone.set()
        await bot.kill()
        await self.wire.ask("abandon")
        await asyncio.gather(*acting)
        return died

    async def look(self, bot: Bot | None) -> list[str]:
        """Return what is not as it should be, once the bot has had time to recover; nothing if it dies meanwhile."""
        began = time.monotonic()
        found = await self._found()
        while found and time.monotonic() < began + TO_RECOVER:
            if bot and not bot.alive:
                return []
            await asyncio.sleep(0.02)
            found = await self._found()
        self.looks += 1
        self.recovery = max(self.recovery, time.monotonic() - began)
        return found

    async def _found(self) -> list[str]:
        file = database(self.config)
        if not file.exists():
            return []
        try:
            found = [*integrity_breaches(file), *self.ballots.breaches(file), *waiting_breaches(file)]
        except sqlite3.OperationalError:
            return ["the database has no tables yet"]
        for channel in self.channels:
            since = self.marks.get(channel, Shelfmark())
            messages = await self.wire.ask("outline", channel=channel, after=since.message - 1)
            wrong, self.marks[channel] = path_breaches(file, channel, messages, since)
            found += wrong
            newest = await self.wire.ask("outline", channel=channel, last=NEWEST)
            found += button_breaches(file, channel, newest)
        for outing in self.outings:
            found += await outing.breaches(self.wire.first)
            messages = await self.wire.ask("outline", channel=outing.channel)
            found += button_breaches(file, outing.channel, messages)
        return found

    async def end(self) -> list[str]:
        """Start the bot a last time, look over everything from the beginning, and end it."""
        self.marks.clear()
        before = (await self.wire.state())["identified"]
        bot = await self.nursery.bear()
        await self.wire.ask("until", identified=before + 1)
        found = await self.look(bot)
        bot.signal(signal.SIGTERM)
        await bot.wait()
        return found


async def _first(waiting: object, bot: Bot) -> None:
    """Wait for something, but not longer than the bot lives."""
    task = asyncio.ensure_future(waiting)  # type: ignore[call-overload] # whatever can be awaited
    while not task.done() and bot.alive:
        await asyncio.wait([task], timeout=0.02)
    task.cancel()


async def kill_run(
    seconds: float, seed: int, kills: int | None, folder: Path, *, hasty: bool = True
) -> tuple[list[str], str]:
    """Carry out a run; return what was found, and a summary. It is `hasty` or has discord.py's own waiting times."""
    began = time.monotonic()
    config = make_setting(folder)
    flags = ["--quick", *(["--hasty"] if hasty else [])]
    async with open_wire(channels=CHANNELS + OUTINGS) as wire, open_nursery(wire, config, *flags) as nursery:
        run = Run(wire, hasty, nursery, config, random.Random(seed))  # noqa: S311 - a run is to be repeated by its seed
        found: list[str] = []
        while not found and time.monotonic() < began + seconds and (kills is None or run.kills.total() < kills):
            found = await run.life()
        found = found or await run.end()
        done: Counter[str] = Counter()
        for member in run.members:
            done.update(member.done)
        lines = [
            f"{run.kills.total()} kills in {time.monotonic() - began:.0f} s, seed {seed}",
            f"looked over {run.looks} times, recovered in {run.recovery:.2f} s at the most",
            "killed: " + ", ".join(f"{point} {times}" for point, times in run.kills.most_common()),
            f"dates: {sum(outing.came for outing in run.outings)} came that nobody touched; "
            + ", ".join(
                f"{what} {times}" for what, times in sum((each.done for each in run.outings), Counter()).items()
            ),
            "members: " + ", ".join(f"{what} {times}" for what, times in done.most_common()),
        ]
        return found, "\n".join(lines)


def main() -> int:
    """Run from the command line; return 1 if anything was lost or doubled."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kills", type=int)
    parser.add_argument("--processes", type=int, default=1, help="several that share the shards, on PostgreSQL")
    parser.add_argument("--unhurried", action="store_true", help="with discord.py's own waiting times")
    parser.add_argument("--keep", type=Path, help="a folder for the database and the bot's log, kept afterwards")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        if options.processes > 1:
            from tests.wire.kill_several import AS_IT_IS, kill_several  # noqa: PLC0415 - the driver of PostgreSQL is an extra

            limits = {"seconds": options.seconds, "seed": options.seed, "kills": options.kills}
            run = kill_several(AS_IT_IS, options.processes, folder, **limits)
        else:
            run = kill_run(options.seconds, options.seed, options.kills, folder, hasty=not options.unhurried)
        found, summary = asyncio.run(run)
    print(summary)  # noqa: T201 - for whoever typed the command
    print("\n".join(found) or "nothing lost, nothing doubled")  # noqa: T201 - as above
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
