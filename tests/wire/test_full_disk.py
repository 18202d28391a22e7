"""The disk is full while the bot runs: members are told, the log says it once, and all goes on when there is room."""

import resource
import sys
from pathlib import Path

import pytest

from tests.wire.driver import Wire, until
from tests.wire.processes import QUICKLY, Bot, open_bot, open_nursery
from tests.wire.setting import database, make_setting

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux changes the limits of another process")

ANN, BOB = 101, 102
FULL = 40_000
"""Bytes beyond which no file grows: less than the database's log has after its start, more than the bot's own log."""
TOLD = "I can't save right now, so nothing changed."
TOOK_NOTHING, TAKES_AGAIN = "the database took nothing", "the database takes changes again"


def fill(pid: int) -> None:
    """Have no file of a process's, and of those that it starts, grow any more: as on a full disk."""
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (FULL, resource.RLIM_INFINITY))


def make_room(pid: int) -> None:
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


def said(config: Path, text: str) -> int:
    return config.with_suffix(".log").read_text(encoding="utf-8").count(text)


async def written(config: Path, text: str) -> bool:
    return said(config, text) > 0


async def test_a_full_disk_is_said_once_and_whoever_presses_is_told(wire: Wire, config: Path, bot: Bot) -> None:
    channel = wire.channel(1)
    await wire.command(channel, ANN, "story start", story="wire")
    assert database(config).with_name("wire.db-wal").stat().st_size > FULL
    fill(bot.pid)
    for member in range(BOB, BOB + 20):
        told = await wire.press_label(channel, member, "Ben")
        assert told.private
        assert TOLD in told.text
    assert TOLD in (await wire.command(channel, ANN, "session schedule", when="in 2 hours")).text
    assert "**On the Wire**" in (await wire.command(channel, ANN, "where")).text
    assert said(config, TOOK_NOTHING) == 1
    assert said(config, "Traceback") == 0
    make_room(bot.pid)
    await wire.press_label(channel, BOB, "Ben")
    assert "Ben · 1" in str(await wire.ask("outline", channel=channel))
    assert (said(config, TOOK_NOTHING), said(config, TAKES_AGAIN)) == (1, 1)


async def test_what_comes_due_on_a_full_disk_comes_when_there_is_room(wire: Wire, tmp_path: Path) -> None:
    config = make_setting(tmp_path, vote_seconds=5)
    async with open_bot(wire, config) as bot:
        channel = wire.channel(1)
        await wire.command(channel, ANN, "story start", story="wire")
        await wire.press_label(channel, ANN, "Ben")
        fill(bot.pid)
        await until(lambda: written(config, TOOK_NOTHING), "the bot to find that nothing is taken")
        assert len(await wire.ask("messages", channel=channel)) == 1
        make_room(bot.pid)

        async def posted() -> bool:
            return "Ben tells scene 2." in str(await wire.ask("messages", channel=channel))

        await until(posted, "the next section")
    assert (said(config, TOOK_NOTHING), said(config, TAKES_AGAIN), said(config, "Traceback")) == (1, 1, 0)


async def test_a_bot_that_is_started_on_a_full_disk_shows_what_it_has(wire: Wire, config: Path) -> None:
    async with open_bot(wire, config):
        channel = wire.channel(1)
        await wire.command(channel, ANN, "story start", story="wire")
    before = (await wire.state())["identified"]
    async with open_nursery(wire, config, *QUICKLY) as nursery:
        fill(nursery.pid)
        bot = await nursery.bear()
        assert await wire.ask("until", identified=before + 1, patience=60)
        assert "**On the Wire**" in (await wire.command(channel, BOB, "where")).text
        assert TOLD in (await wire.press_label(channel, BOB, "Ben")).text
        assert (said(config, TOOK_NOTHING), said(config, "Traceback")) == (1, 0)
        make_room(bot.pid)
        await wire.press_label(channel, BOB, "Ben")
        assert said(config, TAKES_AGAIN) == 1
        await bot.kill()
