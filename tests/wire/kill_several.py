"""The kill run of several processes: `python -m tests.wire.kill --processes 3 [--seconds N] [--seed S] [--kills K]`.

Members of many servers vote, turn pages and sit down together, while one process after another is killed, frozen and
woken, or told to stop, and PostgreSQL is restarted. Whoever ended is started again. Each time nothing may be lost or
doubled, and no server may be silent for longer than it takes to notice, and to open the shards that are taken over.
"""

import asyncio
import random
import signal
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.postgres import Server, serve
from tests.wire.copied import copied
from tests.wire.driver import Wire, until
from tests.wire.fleet import TO_END, Fleet, open_fleet
from tests.wire.ledger import Ballots, Shelfmark, button_breaches, path_breaches, waiting_breaches
from tests.wire.members import Member
from tests.wire.processes import Bot, open_wire
from tests.wire.setting import make_setting
from tests.wire.silence import Silence

SHARDS = 4
READERS = 2
TO_RECOVER = 10.0
"""Seconds from the end of the last ballot within which everything must be as it should be."""
NEWEST = 30
"""Messages of a channel that are looked over for buttons."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How much there is of everything, and how long it takes.

    `silent` is how many seconds a server may be silent, and `a_shard` how many more for each shard that is taken over.
    """

    flags: tuple[str, ...]
    servers: int
    vote_seconds: int
    between: float
    """Seconds between two things that are done in a server."""
    patience: float
    """Seconds after which a member takes something to be unanswered, and does the next thing."""
    silent: float
    a_shard: float
    frozen: float
    """Seconds for which a process is frozen that is to be superseded."""
    identify_every: float
    to_settle: float = 90.0
    """Seconds within which every server is answered again, and the shards are shared out."""


AS_IT_IS = Pace(("--patient",), 200, 15, 10.0, 3.0, 20, 5, 25, 5.0)
"""As many as the bot is meant for, with its own times."""
HASTY = Pace(("--hasty",), 12, 5, 1.0, 2.0, 20, 5, 4, 0.25)
"""A few, with times as short as the wire has them, and no less patience with a busy machine."""


@dataclass
class Run:
    """One run: who is there, what was answered, and what was found."""

    pace: Pace
    wire: Wire
    fleet: Fleet
    postgres: Server
    folder: Path
    random: random.Random
    ballots: Ballots = field(default_factory=Ballots)
    silence: Silence = field(default_factory=Silence)
    marks: dict[int, Shelfmark] = field(default_factory=dict)
    done: Counter[str] = field(default_factory=Counter)
    longest: dict[str, float] = field(default_factory=dict)
    """The longest silence of a server by what was done."""

    def __post_init__(self) -> None:
        self.may_act = asyncio.Event()
        self.acting = 0
        self.members = [
            Member(
                self.wire,
                self.wire.channel(1, server),
                100 + reader,
                reader == 0,
                self.ballots,
                random.Random(self.random.random()),  # noqa: S311 - it is no secret
                self.pace.patience,
            )
            for server in range(self.pace.servers)
            for reader in range(READERS)
        ]

    # ---- the members

    async def attend(self, number: int) -> None:
        """Have a member do one thing after the other, at once where the last was not answered, until cancelled."""
        member, server = self.members[number], number // READERS
        pause = self.pace.between * READERS
        while True:
            while not self.may_act.is_set():
                await self.may_act.wait()
                await asyncio.sleep(self.random.uniform(0, pause))  # so that not everybody acts at once
            missed, asked = member.done.get("unanswered", 0), time.monotonic()
            self.acting += 1
            await member.act_once()
            self.acting -= 1
            if member.done.get("unanswered", 0) == missed:
                self.silence.answered(server)
                await asyncio.sleep(self.random.uniform(0.5, 1.5) * pause)
            else:
                self.silence.unanswered(server, asked)
                await asyncio.sleep(self.random.uniform(0.5, 1.0))

    async def _rest(self) -> None:
        """Have everybody wait, and what they have begun be over."""
        self.may_act.clear()
        await until(self._nobody_acts, "the members to rest")

    async def _nobody_acts(self) -> bool:
        return self.acting == 0

    # ---- what is done to the processes

    async def kill(self) -> None:
        """Kill one without a word."""
        await self._any().kill()

    async def freeze(self) -> None:
        """Stop one for so long that it is superseded, and have it go on."""
        bot = self._any()
        bot.signal(signal.SIGSTOP)
        await asyncio.sleep(self.pace.frozen)
        bot.signal(signal.SIGCONT)
        await bot.gone_within(TO_END)

    async def suspend(self) -> None:
        """Stop one, and have it go on before anybody minds."""
        bot = self._any()
        bot.signal(signal.SIGSTOP)
        await asyncio.sleep(self.pace.frozen / 8)
        bot.signal(signal.SIGCONT)

    async def tell_to_stop(self) -> None:
        """Tell one to stop, as when a new version is brought."""
        bot = self._any()
        bot.signal(signal.SIGTERM)
        await bot.gone_within(TO_END)

    async def restart_postgres(self) -> None:
        """Shut PostgreSQL down, and start it again."""
        await asyncio.to_thread(self.postgres.stop)
        await asyncio.to_thread(self.postgres.start)

    def _any(self) -> Bot:
        return self.random.choice(self.fleet.bots)

    # ---- and what comes of it

    async def disturb(self, what: str) -> list[str]:
        """Do something to them while the members act; return what was found."""
        most = self.pace.silent + self.pace.a_shard * max((await self.fleet.owners()).values())
        self.silence.listen()
        self.may_act.set()
        await KINDS[what](self)
        found = await self.settle(time.monotonic())
        self.longest[what] = max(self.longest.get(what, 0.0), self.silence.longest)
        self.done[what] += 1
        if self.silence.longest > most:
            found.append(f"{what}: a server was silent for {self.silence.longest:.1f} s, longer than {most:.0f} s")
        return found or await self.look()

    async def settle(self, moment: float) -> list[str]:
        """Wait until every server has been answered since a moment, and the shards are shared out."""

        async def is_settled() -> bool:
            return self.silence.all_since(self.pace.servers, moment) and await self.fleet.is_settled()

        try:
            await until(is_settled, "every server", self.pace.to_settle)
        except TimeoutError:
            state, owners = await self.wire.state(), await self.fleet.owners()
            return [f"not settled within {self.pace.to_settle:.0f} s: {state}, {dict(owners)}"]
        return []

    async def look(self) -> list[str]:
        """Let everything come to rest, and return what is not as it should be."""
        await self._rest()
        found: list[str] = []

        async def is_right() -> bool:
            found[:] = await self._breaches()
            return not found

        with suppress(TimeoutError):
            await until(is_right, "everything to be right", self.pace.vote_seconds + TO_RECOVER)
        return found

    async def _breaches(self) -> list[str]:
        file = await copied(self.postgres.address(), self.folder / "copy.db")
        found = [*self.ballots.breaches(file), *waiting_breaches(file)]
        for channel in {member.channel for member in self.members}:
            since = self.marks.get(channel, Shelfmark())
            messages = await self.wire.ask("outline", channel=channel, after=since.message - 1)
            wrong, self.marks[channel] = path_breaches(file, channel, messages, since)
            newest = await self.wire.ask("outline", channel=channel, last=NEWEST)
            found += [*wrong, *button_breaches(file, channel, newest)]
        if early := (await self.wire.state())["too_early"]:
            found.append(f"{early} identifies came too early")
        return found

    def summary(self) -> str:
        """Say in lines what was done and what came of it."""
        acts = sum((Counter(member.done) for member in self.members), Counter[str]())
        lines = [
            f"{what}: {times} times, longest silence {self.longest[what]:.1f} s" for what, times in self.done.items()
        ]
        return "\n".join([*lines, "members: " + ", ".join(f"{what} {times}" for what, times in acts.most_common())])


KINDS: dict[str, Callable[[Run], Awaitable[None]]] = {
    "kill -9": Run.kill,
    "SIGSTOP and SIGCONT, superseded": Run.freeze,
    "PostgreSQL restarted": Run.restart_postgres,
    "SIGSTOP and SIGCONT, in time": Run.suspend,
    "SIGTERM": Run.tell_to_stop,
}
"""What is done, one after another."""


async def kill_several(pace: Pace, processes: int, folder: Path, **limits: Any) -> tuple[list[str], str]:
    """Carry out a run, within the `limits` of `perform`; return what was found, and a summary."""
    began = time.monotonic()
    sizes = {"guilds": pace.servers, "shards": SHARDS, "concurrency": 1, "identify_every": pace.identify_every}
    with serve() as postgres:
        config = make_setting(folder, vote_seconds=pace.vote_seconds, url=postgres.address())
        async with (
            open_wire(**sizes) as wire,
            open_fleet(wire, config, postgres.address(), processes, *pace.flags) as fleet,
        ):
            run = Run(pace, wire, fleet, postgres, folder, random.Random(limits.pop("seed")))  # noqa: S311 - to be repeated
            async with meanwhile(fleet.supervise(), *map(run.attend, range(len(run.members)))):
                found = await perform(run, **limits)
            found = found or await fleet.end()
    head = f"{processes} processes, {SHARDS} shards, {pace.servers} servers, {time.monotonic() - began:.0f} s"
    return found, f"{head}\n{run.summary()}"


@asynccontextmanager
async def meanwhile(*jobs: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """Have these done until the end of the block; what one of them raises is raised then."""
    tasks = [asyncio.create_task(job) for job in jobs]
    try:
        yield
    finally:
        for each in tasks:
            each.cancel()
        ended = await asyncio.gather(*tasks, return_exceptions=True)
    for error in ended:
        if isinstance(error, Exception):
            raise error


async def perform(run: Run, *, seconds: float, kills: int | None) -> list[str]:
    """Do one thing after another to the processes, for so many seconds or so often; return what was found."""
    began, kinds = time.monotonic(), list(KINDS)
    found = await _begin(run)
    while not found and time.monotonic() < began + seconds and (kills is None or run.done.total() < kills):
        found = await run.disturb(kinds[run.done.total() % len(kinds)])
    return found


async def _begin(run: Run) -> list[str]:
    """Start the processes and have the members begin."""
    await run.fleet.start()
    await until(run.fleet.is_settled, "the shards to be shared out", run.pace.to_settle)
    run.silence.listen()
    run.may_act.set()
    return await run.settle(time.monotonic())
