"""Many servers: what they cost in memory and at the start, and ballots that are all due in one second."""

import asyncio
import sqlite3
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
import orjson

from benchmarks.database import Standing, add_dates, add_standing, count_lobbies, count_posted
from benchmarks.presses import VOTER, was_counted
from benchmarks.rows import Row, compare, value
from benchmarks.sample import Sample
from benchmarks.scale import Run
from benchmarks.setting import SECTION, WEEK, database, make_setting, prose
from benchmarks.sides import OURS, STOCK, open_side_on
from cogs.ui.layouts import mark
from tests.wire.driver import Json, Outcome, Wire, until
from tests.wire.limits.components import ACTION_ROW, BUTTON, TEXT_DISPLAY
from tests.wire.limits.messages import V2
from tests.wire.processes import open_wire
from tests.wire.world import FIRST_GUILD

STARTS = 3
"""How often each bot is started, at the most."""
MIB = 2**20
COME_UP = 300.0
"""Seconds that a bot has to come up."""
BYSTANDERS = 20
"""Servers in which members press buttons while ballots are closed in others."""
BETWEEN = 0.1
"""Seconds between two such presses."""
A_SECOND = 50
"""Requests that Discord takes from a bot in a second, but for answers to interactions."""
TO_CLOSE = 600.0
"""Seconds that the bot has to close all ballots."""
CONTAINER = 17


def card(reading: int) -> Json:
    """Return the first page of a reading as it stands in its channel."""
    texts = [f"## Scene 1\n{'-' * 40}", prose(SECTION), f"-# scene 1 of 5\n{'-' * 180}"]
    buttons = [
        {"type": BUTTON, "style": 2, "label": pov.title(), "custom_id": f"vote:{reading}:1:{pov}"}
        for pov in ("anna", "ben", "cleo")
    ]
    within = [{"type": TEXT_DISPLAY, "content": text} for text in texts]
    box = {"type": CONTAINER, "id": mark(1, 0), "components": [*within, {"type": ACTION_ROW, "components": buttons}]}
    return {"flags": V2, "components": [box]}


async def plant(wire: Wire, guilds: list[int]) -> dict[int, int]:
    """Put the card of each server's reading into its first channel, as the bot would; return the messages."""
    messages = {}
    async with aiohttp.ClientSession() as session:
        for guild in guilds:
            address = f"{wire.api}/api/v10/channels/{wire.channel(1, guild)}/messages"
            async with session.post(address, data=orjson.dumps(card(guild + 1))) as answer:
                messages[guild] = int(orjson.loads(await answer.read())["id"])
    return messages


def standing(guild: int, message: int, closes_at: float) -> Standing:
    """Return the reading of a server, which has the server's number and one."""
    number = FIRST_GUILD + (guild << 22)
    return Standing(number, number + 1, message, closes_at)


async def press(wire: Wire, guild: int, message: int, member: int) -> Outcome:
    """Vote in a server."""
    return await wire.press(wire.channel(1, guild), member, f"vote:{guild + 1}:1:anna", message)


# ---- what many servers cost


@dataclass(slots=True)
class Starts:
    """What the starts of a bot took."""

    seconds: list[float] = field(default_factory=list)
    """Until a press was answered in the last server of each shard, which Discord tells of last."""
    cpu: list[float] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)
    """MiB, once it has come to rest."""


async def servers(run: Run) -> list[Row]:
    """Start both bots in many servers, in each of which a reading has an open ballot."""
    scale = run.scale
    config = make_setting(run.folder)
    closes_at = time.time() + WEEK
    await add_standing(
        database(run.folder), {guild + 1: standing(guild, 1, closes_at) for guild in range(scale.guilds)}
    )
    took: dict[str, Starts] = defaultdict(Starts)
    for _ in range(min(scale.rounds, STARTS)):
        for module in (OURS, STOCK):
            await _start(run, config, module, took[module])
    ours, stock = took[OURS], took[STOCK]
    name = f"{scale.guilds:,} servers and open ballots"
    return [
        compare(f"{name}: memory", ours.memory, stock.memory, " MiB", 0.6),
        compare(f"{name}: ready after", ours.seconds, stock.seconds, " s", 1),
        compare(f"{name}: CPU until ready", ours.cpu, stock.cpu, " s"),
    ]


async def _start(run: Run, config: Path, module: str, took: Starts) -> None:
    scale = run.scale
    async with open_wire(guilds=scale.guilds, channels=scale.channels, roles=scale.roles, shards=scale.shards) as wire:
        last = await plant(wire, list(range(scale.guilds - scale.shards, scale.guilds)))
        began = time.monotonic()
        async with open_side_on(wire, config, module, profile=run.profile) as side:
            await wire.ask("until", identified=scale.shards, patience=COME_UP)
            for guild, message in last.items():
                await until(_answers(wire, guild, message), "an answer", COME_UP)
            took.seconds.append(time.monotonic() - began)
            await asyncio.sleep(scale.rest)
            took.cpu.append(await side.cpu())
            took.memory.append(side.bot.memory() / MIB)


def _answers(wire: Wire, guild: int, message: int) -> Callable[[], Awaitable[bool]]:
    async def look() -> bool:
        return was_counted(await press(wire, guild, message, VOTER))

    return look


# ---- ballots that are due


async def deadlines(run: Run) -> list[Row]:
    """Have ballots of many servers due in one second, while members of others press buttons."""
    due = run.scale.due
    config = make_setting(run.folder)
    file = database(run.folder)
    async with open_wire(guilds=due + BYSTANDERS, channels=2) as wire:
        messages = await plant(wire, list(range(due + BYSTANDERS)))
        moment = float(int(time.time() + run.scale.soon))
        ends = {guild: moment if guild < due else moment + WEEK for guild in messages}
        await add_standing(
            file, {guild + 1: standing(guild, message, ends[guild]) for guild, message in messages.items()}
        )

        async with open_side_on(wire, config, profile=run.profile) as side:
            await asyncio.sleep(moment - time.time())
            await wire.ask("rates", a_channel=5, a_second=A_SECOND)
            await wire.ask("forget_counts")
            presses = Sample(was_counted)
            outcomes: list[Outcome] = []
            while (left := due - count_posted(file, 2)) and time.time() < moment + TO_CLOSE:
                guild = due + len(outcomes) % BYSTANDERS
                outcomes.append(await press(wire, guild, messages[guild], VOTER + len(outcomes) % 5))
                await asyncio.sleep(BETWEEN)
            took = time.time() - moment
            presses.add(outcomes)
            await side.cpu()
            counts = await wire.ask("counts")
    limited = sum(number for route, number in counts["requests"].items() if "/interactions/" not in route)
    refused = sum(number for what, number in counts["refused"].items() if what.endswith(" 429"))
    name = f"{due:,} ballots due in one second"
    return [
        value(f"{name}: not carried out", left, at_most=0),
        value(f"{name}: carried out within", took, " s"),
        value(
            f"{name}: their {limited - refused:,} requests take at {A_SECOND} a second",
            (limited - refused) / A_SECOND,
            " s",
        ),
        value(f"{name}: requests over that rate (429)", refused, at_most=0),
        value(f"{name}: presses meanwhile not answered within 3 s", presses.unanswered, at_most=0),
        value(f"{name}: 99 % of these presses answered within", presses.milliseconds(0.99)[0], " ms"),
    ]


async def dates(run: Run) -> list[Row]:
    """Have dates of many servers come in one second, while members of others press buttons."""
    due = run.scale.dates
    config = make_setting(run.folder)
    file = database(run.folder)
    async with open_wire(guilds=due + BYSTANDERS, channels=2) as wire:
        bystanders = list(range(due, due + BYSTANDERS))
        messages = await plant(wire, bystanders)
        moment = float(int(time.time() + run.scale.soon))
        readings = {guild + 1: standing(guild, message, moment + WEEK) for guild, message in messages.items()}
        await add_standing(file, readings)
        with closing(sqlite3.connect(file)) as connection, connection:
            add_dates(connection, [(FIRST_GUILD + (i << 22), wire.channel(1, i)) for i in range(due)], moment)
        async with open_side_on(wire, config, profile=run.profile) as side:
            await asyncio.sleep(moment - time.time())
            await wire.ask("rates", a_channel=5, a_second=A_SECOND)
            presses = Sample(was_counted)
            outcomes: list[Outcome] = []
            while count_lobbies(file) < due and time.time() < moment + TO_CLOSE:
                guild = bystanders[len(outcomes) % BYSTANDERS]
                outcomes.append(await press(wire, guild, messages[guild], VOTER + len(outcomes) % 5))
                await asyncio.sleep(BETWEEN)
            took, left = time.time() - moment, due - count_lobbies(file)
            presses.add(outcomes)
            await side.cpu()
    name = f"{due:,} dates due in one second"
    return [
        value(f"{name}: not carried out", left, at_most=0),
        value(f"{name}: carried out within", took, " s"),
        value(f"{name}: presses meanwhile not answered within 3 s", presses.unanswered, at_most=0),
        value(f"{name}: 99 % of these presses answered within", presses.milliseconds(0.99)[0], " ms"),
    ]
