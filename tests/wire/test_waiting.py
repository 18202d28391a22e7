"""Nothing waits for another channel: not for one where Discord is slow, nor for dates that all come in one second."""

import asyncio
import random
import sqlite3
import time
from contextlib import closing
from pathlib import Path

from tests.wire.driver import Wire, until
from tests.wire.ledger import reading_of
from tests.wire.processes import open_bot, open_wire
from tests.wire.setting import database, make_setting

ANN, HOST = 101, 200
DATES = 50
SLOW = 20.0
"""Seconds that a channel takes for its answers."""
NO_LATER = 2.0


async def test_a_slow_channel_and_fifty_dates_delay_no_other_ballot(tmp_path: Path) -> None:
    config = make_setting(tmp_path, vote_seconds=6)
    async with open_wire(channels=DATES + 3) as wire, open_bot(wire, config, quick=True):
        slow, *fine = [wire.channel(number) for number in (1, 2, 3)]
        for channel in (slow, *fine):
            await wire.command(channel, ANN, "story start", story="wire")
        for number in range(4, DATES + 4):
            channel = wire.channel(number)
            said = await wire.command(channel, HOST, "session schedule", when="in 30 seconds", repeat="none")
            assert said.answered
        await wire.ask("rates", a_channel=5, a_second=50)
        for channel in (slow, *fine):
            await wire.press_label(channel, ANN, "Ben")
        closes_at = _have_all_due_with_the_ballots(config)
        await wire.ask("slow", channel=slow, seconds=SLOW)

        async def turned(channel: int) -> float:
            await until(lambda: _has_two(wire, channel), "the page to turn", 30)
            return time.time()

        times = await asyncio.gather(*(turned(channel) for channel in fine))
        assert max(times) - closes_at < NO_LATER
        await until(lambda: _lobbies(config), "all lobbies to open", 30)


def _have_all_due_with_the_ballots(config: Path) -> float:
    """Have the dates come when the ballots close, in whatever order; return when that is."""
    with closing(sqlite3.connect(database(config))) as connection, connection:
        [(closes_at,)] = connection.execute("SELECT min(at) FROM timer WHERE kind = 'ballot'")
        connection.execute("DELETE FROM timer WHERE kind = 'reminder'")
        for (number,) in connection.execute("SELECT id FROM session_date").fetchall():
            at = closes_at - random.Random(number).random() / 2  # noqa: S311 - it is no secret
            connection.execute("UPDATE session_date SET at = ?, began = ? WHERE id = ?", (at, at, number))
            connection.execute("UPDATE timer SET at = ? WHERE kind = 'date' AND subject = ?", (at, number))
    return float(closes_at)


async def _has_two(wire: Wire, channel: int) -> bool:
    return len(await wire.ask("messages", channel=channel)) > 1


async def _lobbies(config: Path) -> bool:
    with reading_of(database(config)) as connection:
        (count,) = connection.execute("SELECT count(*) FROM session WHERE message IS NOT NULL").fetchone()
        return bool(count == DATES)
