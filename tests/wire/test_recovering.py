"""What the kill run has found, each by itself."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from tests.wire.driver import Outcome, Wire, until
from tests.wire.ledger import reading_of
from tests.wire.processes import Bot, open_bot
from tests.wire.setting import database

ANN, BOB, HOST = 101, 102, 200
POST = r"^POST /channels/\d+/messages$"


async def events(wire: Wire) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = await wire.ask("events", guild=wire.first)
    return found


async def settled(config: Path) -> None:
    """Wait until nothing is left to be shown."""

    async def nothing_left() -> bool:
        with reading_of(database(config)) as connection:
            return bool(connection.execute("SELECT count(*) FROM delivery").fetchone() == (0,))

    await until(nothing_left, "everything to be shown")


async def live(wire: Wire, channel: int) -> list[int]:
    """Return the messages on which anything can be pressed."""
    messages = await wire.ask("outline", channel=channel)
    return [each["id"] for each in messages if any(not disabled for _, _, disabled in each["buttons"])]


async def schedule(wire: Wire, channel: int, when: str) -> Outcome:
    return await wire.command(channel, HOST, "session schedule", when=when, repeat="none")


async def test_an_event_that_was_not_made_before_the_bot_went_down_is_made_after_the_start(
    wire: Wire, config: Path
) -> None:
    async with open_bot(wire, config) as bot:
        await wire.ask("slow", seconds=1)
        await schedule(wire, wire.channel(1), "in 2 hours")
        await bot.kill()
    await wire.ask("slow", seconds=0)
    async with open_bot(wire, config):
        await settled(config)
    assert len(await events(wire)) == 1


async def test_an_event_that_nobody_heard_of_goes_with_its_date(wire: Wire, config: Path, bot: Bot) -> None:
    channel = wire.channel(1)
    await wire.ask("faults", faults=[{"kind": "never", "route": "/scheduled-events$", "times": 1}])
    await schedule(wire, channel, "in 2 hours")
    await until(lambda: events(wire), "an event")
    await wire.command(channel, HOST, "session cancel")
    await settled(config)
    assert await events(wire) == []
    assert bot.alive


async def test_an_event_that_nobody_heard_of_is_not_doubled_when_its_date_moves(
    wire: Wire, config: Path, bot: Bot
) -> None:
    channel = wire.channel(1)
    await wire.ask("faults", faults=[{"kind": "never", "route": "/scheduled-events$", "times": 1}])
    await schedule(wire, channel, "in 2 hours")
    [first] = await until(lambda: events(wire), "an event")
    await wire.command(channel, HOST, "session move", when="in 3 hours")
    await settled(config)
    [event] = await events(wire)
    assert event["at"] > first["at"] + 3000
    assert bot.alive


async def test_a_thread_that_was_not_opened_before_the_bot_went_down_is_opened_after_the_start(
    wire: Wire, config: Path
) -> None:
    channel = wire.channel(1)
    async with open_bot(wire, config) as bot:
        panel = await wire.command(channel, ANN, "settings", manages=True)
        assert panel.message
        asked = {"custom_id": "change:0:discuss", "message": int(panel.message["id"]), "values": ["true"]}
        await wire.ask("choose", channel=channel, member=ANN, manages=True, **asked)
        await wire.ask("faults", faults=[{"kind": "502", "route": "/threads$"}])
        await wire.command(channel, ANN, "story start", story="wire")
        await bot.kill()
    await wire.ask("faults", faults=[])
    async with open_bot(wire, config):
        await settled(config)
    assert [each["parent"] for each in await wire.ask("threads", guild=wire.first)] == [channel]


async def test_an_earlier_card_of_a_session_cannot_be_pressed(wire: Wire, config: Path, bot: Bot) -> None:
    channel = wire.channel(1)
    for _ in range(2):
        await wire.command(channel, HOST, "session start")
        await settled(config)
    messages = await wire.ask("outline", channel=channel)
    assert await live(wire, channel) == [messages[-1]["id"]]
    await wire.command(channel, HOST, "session stop")
    await settled(config)
    assert await live(wire, channel) == []
    assert bot.alive


async def test_two_who_open_one_lobby_at_once_are_both_answered(wire: Wire, config: Path, bot: Bot) -> None:
    channel = wire.channel(1)
    asked = [wire.command(channel, member, "session start") for member in (ANN, BOB)]
    assert all(outcome.answered for outcome in await asyncio.gather(*asked))
    await settled(config)
    assert len(await live(wire, channel)) == 1
    assert bot.alive


async def test_a_lobby_that_ended_before_it_was_known_to_be_posted_cannot_be_pressed(
    wire: Wire, config: Path, bot: Bot
) -> None:
    channel = wire.channel(1)
    faults = [{"kind": "404", "route": "/callback$", "times": 1}, {"kind": "never", "route": POST, "times": 1}]
    await wire.ask("faults", faults=faults)
    await wire.command(channel, HOST, "session start")
    await until(lambda: live(wire, channel), "a lobby")
    await wire.command(channel, HOST, "session stop")
    await settled(config)
    assert await live(wire, channel) == []
    assert bot.alive


@pytest.mark.parametrize("kind", ["late", "never"])
async def test_a_page_that_was_turned_before_it_was_known_to_be_posted_again_cannot_be_pressed(
    wire: Wire, config: Path, bot: Bot, kind: str
) -> None:
    channel = wire.channel(1)
    await wire.command(channel, ANN, "story start", story="wire")
    await wire.command(channel, ANN, "session start")
    await wire.ask("faults", faults=[{"kind": kind, "route": POST, "times": 1, "seconds": 1}])
    await wire.press_label(channel, ANN, "Begin")
    first, *_ = await until(lambda: live(wire, channel), "the page to be posted again")
    await wire.press(channel, ANN, "next:1:1", first)
    await settled(config)
    assert len(await live(wire, channel)) == 2  # the next page and the session's card
    assert bot.alive


async def test_a_page_that_is_just_being_posted_again_can_be_pressed(wire: Wire, config: Path, bot: Bot) -> None:
    channel = wire.channel(1)
    await wire.command(channel, ANN, "story start", story="wire")
    await wire.command(channel, ANN, "session start")
    await wire.ask("faults", faults=[{"kind": "late", "route": POST, "times": 1, "seconds": 1}])
    beginning = asyncio.create_task(wire.press_label(channel, ANN, "Begin"))

    async def pages() -> list[dict[str, Any]]:
        messages = await wire.ask("outline", channel=channel)
        found = [
            each for each in messages if [i for _, i, _ in each["buttons"] if i.endswith("ben")] == ["vote:1:1:ben"]
        ]
        return found if len(found) > 1 else []

    *_, newest = await until(pages, "the page to be posted again")
    assert "Ben · 1" in str((await wire.press(channel, BOB, "vote:1:1:ben", newest["id"])).message)
    await beginning
    await settled(config)
    assert newest["id"] in await live(wire, channel)
    assert bot.alive
