import asyncio
from types import SimpleNamespace
from typing import Any, cast

import discord

from cogs.core.in_flight import REMEMBERED, InFlight
from tests.cogs.stage import Stage, labels


def interaction(number: int) -> discord.Interaction[Any]:
    return cast("discord.Interaction[Any]", SimpleNamespace(id=number, type=discord.InteractionType.autocomplete))


async def test_an_interaction_is_let_in_once() -> None:
    in_flight = InFlight()
    assert in_flight.lets_in(interaction(1))
    assert not in_flight.lets_in(interaction(1))
    assert in_flight.lets_in(interaction(2))


async def test_what_came_long_ago_is_forgotten() -> None:
    in_flight = InFlight()
    assert all(in_flight.lets_in(interaction(number)) for number in range(REMEMBERED + 1))
    assert in_flight.lets_in(interaction(0))
    assert not in_flight.lets_in(interaction(REMEMBERED))


async def test_a_door_that_is_shut_lets_nothing_in() -> None:
    in_flight = InFlight()
    in_flight.shut()
    assert not in_flight.lets_in(interaction(1))


async def test_a_door_that_closes_waits_for_what_is_inside_and_lets_nothing_in() -> None:
    in_flight, go, done = InFlight(), asyncio.Event(), []

    async def answer() -> None:
        assert in_flight.lets_in(interaction(1))
        await go.wait()
        done.append(1)

    answering = asyncio.create_task(answer())
    await asyncio.sleep(0)
    closing = asyncio.create_task(in_flight.close(10))
    await asyncio.sleep(0)
    assert not in_flight.lets_in(interaction(2))
    go.set()
    await closing
    assert done == [1]
    await answering


async def test_a_door_that_closes_does_not_wait_for_ever() -> None:
    in_flight = InFlight()

    async def never() -> None:
        assert in_flight.lets_in(interaction(1))
        await asyncio.Event().wait()

    answering = asyncio.create_task(never())
    await asyncio.sleep(0)
    await in_flight.close(0)
    assert not answering.done()
    answering.cancel()


async def test_a_press_after_the_door_is_closed_changes_nothing(stage: Stage) -> None:
    await stage.next()
    await stage.bot.in_flight.close(0)
    await stage.press(stage.ann, "Ben")
    assert labels(stage.last()) == ["Anna", "Ben", "Next"]
