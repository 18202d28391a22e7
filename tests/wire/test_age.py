"""A story for adults and Discord's age restriction, through restarts of the bot and answers that are lost."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.wire.driver import Wire, until
from tests.wire.ledger import reading_of
from tests.wire.processes import open_bot
from tests.wire.setting import STORY, database

ANN = 101


@pytest.fixture(autouse=True)
def _for_adults(config: Path) -> None:
    """Have the story rated Explicit."""
    about = config.parent / "stories" / STORY / "story.toml"
    about.write_text(f'rating = "Explicit"\n{about.read_text(encoding="utf-8")}', encoding="utf-8")


async def until_held(config: Path, *, held: bool) -> None:
    async def looked() -> bool:
        with reading_of(database(config)) as connection:
            left = connection.execute("SELECT count(*) FROM delivery WHERE kind = 'age'").fetchone()
            return bool(connection.execute("SELECT held FROM reading").fetchone() == (held,) and left == (0,))

    await until(looked, "the reading to be on hold" if held else "the reading to go on")


async def test_what_is_turned_off_and_on_is_followed_with_the_bot_there_and_without(wire: Wire, config: Path) -> None:
    channel = wire.channel(1)
    async with open_bot(wire, config):
        assert "age" in (await wire.command(channel, ANN, "story start", story=STORY)).text.casefold()
        await wire.ask("restrict", channel=channel, on=True)
        assert (await wire.command(channel, ANN, "story start", story=STORY)).answered
        await wire.ask("restrict", channel=channel, on=False)
        await until_held(config, held=True)
        assert (await wire.press_label(channel, ANN, "Ben")).private
    await wire.ask("restrict", channel=channel, on=True, tell=False)
    async with open_bot(wire, config):
        await until_held(config, held=False)
        assert not (await wire.press_label(channel, ANN, "Ben")).private


async def test_a_section_that_comes_due_where_it_is_off_is_posted_once_it_is_on(wire: Wire, config: Path) -> None:
    channel = wire.channel(1)
    async with open_bot(wire, config):
        await wire.ask("restrict", channel=channel, on=True)
        await wire.command(channel, ANN, "story start", story=STORY)
        await wire.press_label(channel, ANN, "Ben")
    with closing(sqlite3.connect(database(config))) as connection, connection:
        connection.execute("UPDATE timer SET at = 1 WHERE kind = 'ballot'")
    await wire.ask("restrict", channel=channel, on=False, tell=False)
    await wire.ask("faults", faults=[{"kind": "cut", "route": r"^GET /channels/\d+$", "times": 1}])
    async with open_bot(wire, config):
        await until_held(config, held=True)
        assert len(await wire.ask("messages", channel=channel)) == 1
        await wire.ask("restrict", channel=channel, on=True)
        await until_held(config, held=False)

        async def posted() -> bool:
            return len(await wire.ask("messages", channel=channel)) == 1 + 1

        await until(posted, "the section to be posted")
