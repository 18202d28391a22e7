"""Several bots as processes that share the shards: what becomes of the servers of one that is gone or frozen."""

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from functools import partial
from pathlib import Path

import pytest

from tests.postgres import Server, emptied, needs_postgres
from tests.wire.driver import UPDATE, Wire, until
from tests.wire.processes import Bot, open_sharing, open_wire

ANN, BOB = 101, 102
SHARDS = 2
pytestmark = needs_postgres


@pytest.fixture
async def wire() -> AsyncIterator[Wire]:
    """A pretend Discord with two servers, one on each of two shards."""
    async with open_wire(guilds=SHARDS, shards=SHARDS) as wire:
        yield wire


@pytest.fixture
async def address(postgres: Server) -> str:
    return await emptied(postgres.address())


@pytest.fixture
def config(config: Path, address: str) -> Path:
    """Settings with a database on a server."""
    config.write_text(config.read_text(encoding="utf-8").replace("sqlite:///wire.db", address), encoding="utf-8")
    return config


async def begun(wire: Wire, stack: AsyncExitStack, config: Path) -> list[Bot]:
    """Start two processes, one after the other, and a reading in each server; each process has one shard by then."""
    first = await stack.enter_async_context(open_sharing(wire, config, "auto"))
    assert await wire.ask("until", identified=2, patience=30)
    second = await stack.enter_async_context(open_sharing(wire, config, "auto"))
    assert await wire.ask("until", identified=3, patience=30)
    for guild in range(SHARDS):
        await wire.command(wire.channel(1, guild), ANN, "story start", story="wire")
    return [first, second]


async def turns_pages(wire: Wire, guild: int) -> bool:
    """Whether a member of a server can vote, and is answered."""
    try:
        return (await wire.press_label(wire.channel(1, guild), BOB, "Ben")).type == UPDATE
    except (LookupError, ValueError):
        return False


async def all_served(wire: Wire) -> None:
    """Wait until members are answered in each server."""
    for guild in range(SHARDS):
        await until(partial(turns_pages, wire, guild), f"server {guild} to be served")


async def are_there(config: Path, processes: int) -> bool:
    """Whether so many processes have come up, by their log."""
    log = await asyncio.to_thread(config.with_suffix(".log").read_text, encoding="utf-8")
    return log.count("logging in") == processes


async def test_a_process_that_comes_later_is_given_its_share(wire: Wire, config: Path) -> None:
    async with AsyncExitStack() as stack:
        await begun(wire, stack, config)
        await all_served(wire)


async def test_the_commands_are_told_once_however_many_processes_there_are(wire: Wire, config: Path) -> None:
    async with AsyncExitStack() as stack:
        await begun(wire, stack, config)
        counts = (await wire.ask("counts"))["requests"]
        assert sum(number for route, number in counts.items() if route.startswith("PUT /applications/")) == 1


async def test_the_shards_of_a_process_that_is_killed_are_taken_over(wire: Wire, config: Path) -> None:
    async with AsyncExitStack() as stack:
        first, _ = await begun(wire, stack, config)
        await first.kill()
        await all_served(wire)


async def test_a_process_that_is_told_to_stop_gives_up_its_shards_at_once(wire: Wire, config: Path) -> None:
    async with AsyncExitStack() as stack:
        first, _ = await begun(wire, stack, config)
        first.signal(signal.SIGTERM)
        assert await first.wait() == 0
        await all_served(wire)


async def test_a_process_that_was_frozen_and_superseded_ends_when_it_wakes(wire: Wire, config: Path) -> None:
    async with AsyncExitStack() as stack:
        first, _ = await begun(wire, stack, config)
        first.signal(signal.SIGSTOP)
        await all_served(wire)
        first.signal(signal.SIGCONT)
        assert await first.wait() == 1
        await all_served(wire)


async def test_all_processes_go_on_with_their_own_shards_after_the_server_was_restarted(
    wire: Wire, config: Path, postgres: Server
) -> None:
    async with AsyncExitStack() as stack:
        bots = await begun(wire, stack, config)
        postgres.stop()
        postgres.start()
        await all_served(wire)
        assert all(bot.alive for bot in bots)
        assert (await wire.state())["identified"] == 3


@pytest.fixture
def hasty(config: Path) -> Path:
    """Settings by which a vote takes five seconds."""
    text = config.read_text(encoding="utf-8").replace("vote_seconds = 3600", "vote_seconds = 5")
    config.write_text(text, encoding="utf-8")
    return config


async def test_what_comes_due_while_its_process_is_dead_is_carried_out_by_the_next(wire: Wire, hasty: Path) -> None:
    async with AsyncExitStack() as stack:
        first, _ = await begun(wire, stack, hasty)
        channel = wire.channel(1)
        assert (await wire.press_label(channel, ANN, "Ben")).type == UPDATE
        await first.kill()

        async def is_turned() -> bool:
            return len(await wire.ask("outline", channel=channel)) == 2

        await until(is_turned, "the page to be turned when its time is up")
        await all_served(wire)
        assert len(await wire.ask("outline", channel=channel)) == 2


async def test_a_process_that_nothing_is_left_for_waits_and_takes_over(wire: Wire, config: Path) -> None:
    async with AsyncExitStack() as stack:
        first, _ = await begun(wire, stack, config)
        third = await stack.enter_async_context(open_sharing(wire, config, "auto"))
        await until(partial(are_there, config, 3), "the third to be there")
        await first.kill()
        await all_served(wire)
        assert third.alive
        assert (await wire.state())["identified"] == 4
