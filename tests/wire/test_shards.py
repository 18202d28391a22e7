"""Several bots as processes that share the shards: what becomes of the servers of one that is gone or frozen."""

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


async def test_a_process_that_comes_later_is_given_its_share(wire: Wire, config: Path) -> None:
    async with AsyncExitStack() as stack:
        await begun(wire, stack, config)
        await all_served(wire)


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
