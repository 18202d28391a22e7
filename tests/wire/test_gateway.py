"""What the pretend Discord does where several processes share the shards."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import aiohttp
import pytest

from tests.wire.by_hand import Shard
from tests.wire.driver import Wire
from tests.wire.processes import open_wire

NEVER = 3600.0


@pytest.fixture
async def wire() -> AsyncIterator[Wire]:
    async with open_wire(guilds=4, shards=4, concurrency=2, identify_every=NEVER) as wire:
        yield wire


@pytest.fixture
async def stack() -> AsyncIterator[AsyncExitStack]:
    async with AsyncExitStack() as stack:
        yield stack


async def opened(wire: Wire, stack: AsyncExitStack) -> Shard:
    session = await stack.enter_async_context(aiohttp.ClientSession())
    return Shard(await stack.enter_async_context(session.ws_connect(f"{wire.api}/gateway")))


async def identified(wire: Wire, stack: AsyncExitStack, number: int) -> Shard:
    shard = await opened(wire, stack)
    await shard.says(2, {"token": "t", "shard": [number, 4]})
    return shard


async def test_how_many_shards_there_should_be_and_how_many_may_identify_at_once_is_told(wire: Wire) -> None:
    async with aiohttp.ClientSession() as session, session.get(f"{wire.api}/api/v10/gateway/bot") as answer:
        said = await answer.json()
    assert (said["shards"], said["session_start_limit"]["max_concurrency"]) == (4, 2)


async def test_of_one_bucket_a_second_shard_that_identifies_too_early_is_sent_away(
    wire: Wire, stack: AsyncExitStack
) -> None:
    for number in (0, 1):
        assert await (await identified(wire, stack, number)).hears("READY")
    assert (await (await identified(wire, stack, 2)).hears("invalid"))["d"] is False
    state = await wire.state()
    assert (state["connected"], state["too_early"]) == (2, 1)


async def test_a_process_whose_shard_another_has_opened_too_still_hears_what_happens() -> None:
    async with open_wire() as wire, AsyncExitStack() as stack:
        both = [await opened(wire, stack) for _ in range(2)]
        for shard in both:
            await shard.says(2, {"token": "t"})
            await shard.hears("GUILD_CREATE")
        await wire.ask("deny", channel=wire.channel(1), needs=["send"])
        for shard in both:
            assert await shard.hears("CHANNEL_UPDATE")
