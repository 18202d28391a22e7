"""Members who are reminded in private: once each, whatever happens, and not all at once."""

import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from cogs.core.publisher import DIRECTS
from tests.wire.driver import Wire, until
from tests.wire.processes import QUICKLY, open_bot, open_nursery
from tests.wire.test_recovering import settled

ANN, BOB, HOST = 101, 102, 200
WHEN = "in 9.5 seconds"
"""So that its reminder comes three and a half seconds later."""


async def asked(wire: Wire, channel: int, *members: int) -> None:
    """Have a date set, and members say that they come and want to be reminded."""
    await wire.command(channel, HOST, "session schedule", when=WHEN, repeat="none")
    for member in members:
        await wire.press_label(channel, member, "Going")
        assert (await wire.press_label(channel, member, "Remind me")).private


async def directs(wire: Wire, member: int) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = await wire.ask("directs", member=member)
    return found


async def told_though_killed(
    wire: Wire, config: Path, point: str, ask: Callable[[], Awaitable[None]], member: int
) -> list[dict[str, Any]]:
    """Kill a bot at a point of what is asked; return what a member is told in private once the next one is done."""
    async with open_nursery(wire, config, *QUICKLY) as nursery:
        before = (await wire.state())["identified"]
        bot = await nursery.bear(point)
        await wire.ask("until", identified=before + 1)
        await ask()
        assert await bot.gone_within(15)
        bot = await nursery.bear()
        await wire.ask("until", identified=before + 2)
        await until(lambda: directs(wire, member), "the member to be told")
        await settled(config)
        await bot.kill()
    return await directs(wire, member)


@pytest.mark.parametrize("point", ["before-send", "after-send"])
async def test_a_reminder_comes_once_though_the_bot_is_killed_over_it(wire: Wire, config: Path, point: str) -> None:
    # What is sent first is the reminder in the channel.
    [told] = await told_though_killed(wire, config, f"{point}:2", lambda: asked(wire, wire.channel(1), BOB), BOB)
    assert re.match(r"You're reading \*\*On the Wire\*\* together <t:\d+:R>: https://", told["texts"][0])


@pytest.mark.parametrize("kind", ["429", "never", "cut"])
async def test_a_reminder_comes_once_whatever_goes_wrong_with_it(wire: Wire, config: Path, kind: str) -> None:
    async with open_bot(wire, config, quick=True):
        await asked(wire, wire.channel(1), BOB)
        number = await wire.ask("direct_channel", member=BOB)
        faults = [{"kind": kind, "route": f"POST /channels/{number}/messages", "times": 1}]
        await wire.ask("faults", faults=faults)
        await until(lambda: directs(wire, BOB), "the reminder")
        await settled(config)
    assert len(await directs(wire, BOB)) == 1


async def test_who_takes_no_messages_is_tried_once_and_holds_up_nobody(wire: Wire, config: Path) -> None:
    channel = wire.channel(1)
    async with open_bot(wire, config, quick=True):
        await wire.ask("close_directs", member=ANN)
        await asked(wire, channel, ANN, BOB)
        await until(lambda: directs(wire, BOB), "the reminder of somebody else")
        await settled(config)
        refused = (await wire.ask("counts"))["refused"]
        assert refused == {"POST /channels/{}/messages 403": 1}
        told = await wire.press_label(channel, ANN, "Maybe")
        [said] = await until(lambda: wire.ask("followups", interaction=told.id), "to be told")
        assert "I couldn't write to you in private" in str(said)


async def test_many_are_reminded_a_few_a_second(wire: Wire, config: Path) -> None:
    members = range(300, 312)
    async with open_bot(wire, config, quick=True):
        await asked(wire, wire.channel(1), *members)
        await until(lambda: directs(wire, members[-1]), "the last reminder")
        await settled(config)
        ago = sorted(await wire.ask("times", route="POST /users/@me/channels"))
    assert len(ago) == len(members)
    # At first as many as come in a second go at once.
    assert ago[-1] - ago[0] > (len(members) - DIRECTS) / DIRECTS - 0.5
