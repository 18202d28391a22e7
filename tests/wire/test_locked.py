"""Another program has the database locked for long: votes wait, and are neither lost nor answered falsely."""

import asyncio
import sqlite3
import time
from contextlib import closing
from pathlib import Path

from tests.wire.driver import Wire, until
from tests.wire.processes import Bot
from tests.wire.setting import database

ANN, BOB = 101, 102
LOCKED = 10.0
DEFERRED = 6


async def test_a_vote_is_deferred_in_time_and_shown_once_it_is_committed(wire: Wire, config: Path, bot: Bot) -> None:
    channel = wire.channel(1)
    await wire.command(channel, ANN, "story start", story="wire")
    await wire.press_label(channel, ANN, "Ben")
    with closing(sqlite3.connect(database(config), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        locked = time.monotonic()
        pressed = await wire.press_label(channel, BOB, "Ben")
        asked = await wire.command(channel, ANN, "next")
        assert (pressed.type, asked.type) == (DEFERRED, DEFERRED - 1)
        assert max(pressed.seconds or 9, asked.seconds or 9) < 2.5
        assert await votes(wire, channel) == "🔵 Ben · 1"
        await asyncio.sleep(LOCKED - (time.monotonic() - locked))
        other.execute("ROLLBACK")

    async def shown() -> bool:
        return await votes(wire, channel) == "🔵 Ben · 2"

    await until(shown, "the vote to be shown")
    with closing(sqlite3.connect(database(config))) as found:
        assert found.execute("SELECT count(*) FROM press WHERE pov = 'ben'").fetchone() == (2,)
    assert bot.alive


async def votes(wire: Wire, channel: int) -> str:
    """The label of the button with the votes for Ben under the first page."""
    messages = await wire.ask("outline", channel=channel)
    return next(str(label) for label, custom_id, _ in messages[0]["buttons"] if custom_id == "vote:1:1:ben")
