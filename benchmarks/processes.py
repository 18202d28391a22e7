"""Several processes that share the shards: votes a second, the time until all shards are ready, and memory."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from statistics import median

from benchmarks.presses import Card, begin, find_card, was_counted
from benchmarks.rows import Row, value
from benchmarks.scale import Run
from benchmarks.setting import make_setting
from benchmarks.sides import IDLE, Side
from tests.postgres import INSTALLED, Server, emptied, serve
from tests.wire.driver import Json, Outcome, until
from tests.wire.fleet import Fleet, open_fleet
from tests.wire.processes import open_wire

SHARDS = 6
"""Of those that vote: a share for each of one, two or three processes."""
SERVERS = 24
"""In which members vote at once."""
CROWDS = 2
"""Crowds of a burst's members that vote at once, so that no process waits for somebody to vote."""
AT_ONCE = 16
"""Shards that Discord lets very large bots open at a time."""
COMES_UP = 600.0
"""Seconds that all shards have to come up."""
MIB = 2**20


async def processes(run: Run) -> list[Row]:
    """Vote on one, two and three processes, and open many shards. Without PostgreSQL there are no rows."""
    if not INSTALLED:
        return []
    most = max(run.scale.processes)
    with serve(safe=True) as server:
        votes = [row for number in run.scale.processes for row in await _votes(run, server, number)]
        starts = [
            row
            for number, at_once in ((most, 1), (1, AT_ONCE), (most, AT_ONCE))
            for row in await _starts(run, server, number, at_once)
        ]
    return [*votes, *starts]


def _called(number: int) -> str:
    return f"{number} process{'es' if number > 1 else ''}"


@asynccontextmanager
async def _opened(run: Run, server: Server, number: int, **sizes: float) -> AsyncIterator[Fleet]:
    """Make ready to start so many processes on a pretend Discord, with an empty database."""
    address = await emptied(server.address())
    config = make_setting(run.folder, url=address)
    sizes = {"identify_every": run.scale.identify_every, **sizes}
    async with open_wire(**sizes) as wire, open_fleet(wire, config, address, number, *run.scale.fleet) as fleet:
        yield fleet


# ---- votes


async def _votes(run: Run, server: Server, number: int) -> list[Row]:
    scale, rates, cpu, lost = run.scale, [], [], 0
    async with _opened(run, server, number, shards=SHARDS, guilds=SERVERS, concurrency=AT_ONCE) as fleet:
        await fleet.start()
        await until(fleet.is_settled, "the shards to be shared out", COMES_UP)
        side = Side(fleet.wire, fleet.bots[0])
        cards = [await _begun(side, guild) for guild in range(SERVERS)]
        for _ in range(scale.rounds + 1):
            presses = _in_turn([card.presses(CROWDS * scale.burst // SERVERS, scale.members) for card in cards])
            before, began = await _cpu(fleet), time.monotonic()
            said = await fleet.wire.ask("burst", presses=presses, at_a_time=CROWDS * scale.members)
            took = time.monotonic() - began
            counted = sum(was_counted(Outcome(**each)) for each in said)
            lost += len(presses) - counted
            rates.append(counted / took)
            cpu.append((await _cpu(fleet) - before) / len(presses) * 1000)
    # The first round is to warm up.
    return [
        value(f"{_called(number)}: votes a second", median(rates[1:])),
        value(f"{_called(number)}: CPU of all of them a vote", median(cpu[1:]), " ms"),
        value(f"{_called(number)}: votes not answered within 3 s", lost, at_most=0),
    ]


async def _begun(side: Side, guild: int) -> Card:
    channel = side.wire.channel(1, guild)
    await begin(side, channel)
    return await find_card(side, channel)


def _in_turn(presses: list[list[Json]]) -> list[Json]:
    """Return presses of several cards as one list, a press of each in turn."""
    return [press for each in zip(*presses, strict=True) for press in each]


async def _cpu(fleet: Fleet) -> float:
    """Return how many seconds of the processor all have used, once they have done with what they were asked."""
    await asyncio.sleep(IDLE)
    return sum(bot.cpu() for bot in fleet.bots)


# ---- starts


async def _starts(run: Run, server: Server, number: int, at_once: int) -> list[Row]:
    scale = run.scale
    sizes = {"shards": scale.many, "guilds": scale.guilds, "concurrency": at_once}
    async with _opened(run, server, number, **sizes) as fleet:
        began = time.monotonic()
        await fleet.start()

        async def are_open() -> bool:
            return bool((await fleet.wire.state())["connected"] >= scale.many)

        await until(are_open, "all shards to be open", COMES_UP)
        took = time.monotonic() - began
        await until(fleet.is_settled, "the shards to be shared out", COMES_UP)
        await asyncio.sleep(scale.rest)
        memory = median(bot.memory() / MIB for bot in fleet.bots)
        early = (await fleet.wire.state())["too_early"]
    name = f"{scale.many} shards, {at_once} at a time, {_called(number)}"
    rows = [
        value(f"{name}: all ready after", took, " s"),
        value(f"{name}: identifies that Discord refuses", early, at_most=0 if at_once == 1 else None),
    ]
    if at_once > 1:
        rows.append(value(f"{scale.guilds:,} servers, {_called(number)}: memory of each", memory, " MiB"))
    return rows
