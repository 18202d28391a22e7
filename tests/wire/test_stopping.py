import asyncio
import signal
import time

import pytest

from tests.wire.driver import UPDATE, Wire, until
from tests.wire.processes import Bot

ANN, BOB = 101, 102


@pytest.mark.parametrize("signals", [[signal.SIGTERM], [signal.SIGINT], [signal.SIGINT, signal.SIGINT]])
async def test_presses_under_way_are_answered_before_the_bot_stops(
    wire: Wire, bot: Bot, signals: list[signal.Signals]
) -> None:
    channel = wire.channel(1)
    await wire.command(channel, ANN, "story start", story="wire")
    await wire.ask("forget_counts")
    await wire.ask("faults", faults=[{"kind": "late", "route": "/callback$", "times": 2, "seconds": 0.8}])
    pressing = [asyncio.create_task(wire.press_label(channel, member, "Ben")) for member in (ANN, BOB)]

    async def under_way() -> bool:
        return bool((await wire.ask("counts"))["requests"].get("POST /interactions/{}/{}/callback") == 2)

    await until(under_way, "the presses to be answered")
    began = time.monotonic()
    for each in signals:
        bot.signal(each)
    assert await bot.wait() == 0
    assert time.monotonic() - began < 5
    assert {(await each).type for each in pressing} == {UPDATE}
    [page] = await wire.ask("outline", channel=channel)
    assert ["🔵 Ben · 2", "vote:1:1:ben", False] in page["buttons"]


async def test_a_bot_that_is_connecting_again_stops_when_told(wire: Wire, bot: Bot) -> None:
    async def waits_for_a_greeting() -> bool:
        return bool((await wire.state())["ungreeted"])

    await wire.ask("greet", greets=False)
    await wire.ask("disturb", what="op7")
    await until(waits_for_a_greeting, "the bot to connect again")
    bot.signal(signal.SIGTERM)
    assert await bot.gone_within(10)
    assert await bot.wait() == 0
