"""The bot as a process on a PostgreSQL that is restarted under it."""

import asyncio
import signal
import sys
from pathlib import Path

import pytest

from story.store import Use, open_store
from tests.postgres import Server, emptied, needs_postgres
from tests.wire.driver import UPDATE, Wire
from tests.wire.processes import ROOT, open_bot, open_stand_by
from tests.wire.setting import database, make_setting

ANN, BOB, CAT = 101, 102, 103
pytestmark = needs_postgres


@pytest.fixture
async def address(postgres: Server) -> str:
    return await emptied(postgres.address())


@pytest.fixture
def on_a_file(tmp_path: Path) -> Path:
    """Settings with a database in a file."""
    return make_setting(tmp_path, vote_seconds=3600)


@pytest.fixture
def config(on_a_file: Path, address: str) -> Path:
    """Settings with a database on a server."""
    return set_database(on_a_file, address)


def set_database(config: Path, address: str) -> Path:
    """Have settings name a database on a server."""
    config.write_text(config.read_text(encoding="utf-8").replace("sqlite:///wire.db", address), encoding="utf-8")
    return config


async def test_a_reading_goes_on_after_the_server_was_restarted_and_after_the_bot_was_killed(
    wire: Wire, config: Path, postgres: Server
) -> None:
    channel = wire.channel(1)
    async with open_bot(wire, config) as bot:
        await wire.command(channel, ANN, "story start", story="wire")
        assert (await wire.press_label(channel, ANN, "Ben")).type == UPDATE
        postgres.stop()
        postgres.start()
        assert (await wire.press_label(channel, BOB, "Ben")).type == UPDATE
        await bot.kill()
    async with open_bot(wire, config):
        assert "Ben tells scene 2." in (await wire.command(channel, ANN, "next")).text


async def test_a_reading_begun_on_sqlite_goes_on_with_its_votes_and_buttons_once_it_is_carried_over(
    wire: Wire, on_a_file: Path, address: str
) -> None:
    channel = wire.channel(1)
    async with open_bot(wire, on_a_file) as bot:
        await wire.command(channel, ANN, "story start", story="wire")
        await wire.press_label(channel, ANN, "Ben")
        await wire.press_label(channel, BOB, "Ben")
        bot.signal(signal.SIGTERM)
        await bot.wait()
    move = *("-m", "story", "move-database"), f"sqlite:///{database(on_a_file)}", address
    process = await asyncio.create_subprocess_exec(sys.executable, *move, cwd=ROOT, stderr=asyncio.subprocess.DEVNULL)
    assert await process.wait() == 0
    async with open_bot(wire, set_database(on_a_file, address)):
        said = await wire.press_label(channel, CAT, "Anna")
        assert said.type == UPDATE
        [card] = await wire.ask("outline", channel=channel)
        assert [label[2:] for label, *_ in card["buttons"]][:2] == ["Anna · 1", "Ben · 2"]  # behind their circles
        assert "Ben tells scene 2." in (await wire.command(channel, ANN, "next")).text


async def identified(wire: Wire, number: int) -> None:
    """Wait until so many bots have come onto Discord."""
    assert await wire.ask("until", identified=number, patience=20)


async def test_a_bot_that_stands_by_takes_over_from_one_that_is_killed(wire: Wire, config: Path) -> None:
    channel = wire.channel(1)
    async with open_bot(wire, config) as first, open_stand_by(wire, config):
        await wire.command(channel, ANN, "story start", story="wire")
        assert (await wire.press_label(channel, ANN, "Ben")).type == UPDATE
        await first.kill()
        await identified(wire, 2)
        assert (await wire.press_label(channel, BOB, "Ben")).type == UPDATE
        assert "Ben tells scene 2." in (await wire.command(channel, ANN, "next")).text


async def test_a_bot_that_was_frozen_and_superseded_ends_when_it_wakes_and_doubles_nothing(
    wire: Wire, config: Path
) -> None:
    channel = wire.channel(1)
    async with open_stand_by(wire, config) as first:
        await identified(wire, 1)
        await wire.command(channel, ANN, "story start", story="wire")
        async with open_stand_by(wire, config):
            first.signal(signal.SIGSTOP)
            await identified(wire, 2)
            assert (await wire.press_label(channel, BOB, "Ben")).type == UPDATE
            assert "Ben tells scene 2." in (await wire.command(channel, ANN, "next")).text
            first.signal(signal.SIGCONT)
            assert await first.wait() == 1
            assert (await wire.press_label(channel, BOB, "Anna")).type == UPDATE
            assert len(await wire.ask("outline", channel=channel)) == 2


async def test_a_second_bot_on_the_same_database_is_refused(config: Path, address: str) -> None:
    async with open_store(address, Use.ALONE):
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "bot.py",
            "--config",
            str(config),
            cwd=ROOT,
            env={"DISCORD_TOKEN": "x"},
            stderr=asyncio.subprocess.PIPE,
        )
        _, said = await process.communicate()
    assert process.returncode == 2
    assert "another bot is using it; stop that one first" in said.decode()
