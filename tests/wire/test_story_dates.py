"""A serial by the story's own dates, whose days pass while the bot is off, and which is killed when it comes back."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.wire.driver import Wire, until
from tests.wire.ledger import integrity_breaches, reading_of
from tests.wire.processes import QUICKLY, open_bot, open_nursery
from tests.wire.setting import STORY, database, make_setting

ANN = 101
DAYS_AGO = (9, 9, 6, 2, 2, 2, -40)
"""How long ago the days of the story's scenes are."""
OFF_FOR = timedelta(days=10).total_seconds()
KILLS = ["after-commit:1", "after-send:2", "before-mark:2"]


def give_dates(config: Path, days_ago: Sequence[int]) -> None:
    """Write dates into the scenes of the story."""
    today = datetime.now(UTC)
    for number, days in enumerate(days_ago, 1):
        file = config.parent / "stories" / STORY / f"{number:02}.md"
        title, rest = file.read_text(encoding="utf-8").split("\n", maxsplit=1)
        date = today - timedelta(days=days)
        file.write_text(f"{title}\n\n> Date: {date.day} {date:%B}\n{rest}", encoding="utf-8")


def let_days_pass(config: Path) -> None:
    """Have all that has happened be days ago, and the next section be due since then."""
    with closing(sqlite3.connect(database(config))) as connection, connection:
        connection.execute("UPDATE step SET at = at - ?", (OFF_FOR,))
        [(began,)] = connection.execute("SELECT began FROM serial")
        # The first date ahead is the last of the story's.
        years = datetime.fromtimestamp(began, UTC) - timedelta(days=49)
        connection.execute("UPDATE serial SET began = ?, year = ?", (years.timestamp(), years.year))
        connection.execute("UPDATE timer SET at = ? WHERE kind = 'ballot'", (years.timestamp(),))


async def settled(config: Path) -> None:
    async def nothing_left() -> bool:
        with reading_of(database(config)) as connection:
            waits = "SELECT (SELECT count(*) FROM delivery) + (SELECT count(*) FROM timer WHERE at < ?)"
            now = datetime.now(UTC).timestamp()
            return bool(connection.execute(waits, (now,)).fetchone() == (0,))

    await until(nothing_left, "everything to be shown")


@pytest.mark.parametrize("kill_at", KILLS)
async def test_the_sections_of_the_latest_day_come_once_and_in_their_order_whenever_the_bot_is_killed(
    wire: Wire, tmp_path: Path, kill_at: str
) -> None:
    config = make_setting(tmp_path, vote_seconds=3600, scenes=len(DAYS_AGO))
    give_dates(config, DAYS_AGO)
    channel = wire.channel(1)
    async with open_bot(wire, config):
        await wire.command(channel, ANN, "story start", story=STORY)
        # What is made by a moment of the day must not come while this test runs.
        await wire.command(channel, ANN, "serial", every="story", at="0:00", zone="UTC")
        await settled(config)
    let_days_pass(config)
    async with open_nursery(wire, config, *QUICKLY) as nursery:
        killed = await nursery.bear(kill_at)
        await killed.wait()
        again = await nursery.bear()
        await settled(config)
        await again.kill()
    messages = str(await wire.ask("messages", channel=channel))
    told = [messages.count(f"tells scene {number}.") for number in range(1, len(DAYS_AGO) + 1)]
    assert told == [1, 0, 0, 1, 1, 1, 0]
    order = [messages.index(f"tells scene {number}.") for number in (4, 5, 6)]
    assert order == sorted(order)
    assert messages.count("2 sections whose day has passed") == 1
    assert integrity_breaches(database(config)) == []
