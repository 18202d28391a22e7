"""The log channel, on the wire: one line for what is wrong, however often it is refused and the bot is killed."""

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.wire.driver import Wire, until
from tests.wire.ledger import reading_of
from tests.wire.processes import QUICKLY, open_bot, open_nursery
from tests.wire.setting import database
from tests.wire.test_holding import begin, failure, have_it_due


def choose_log(config: Path, guild: int, log: int) -> None:
    """Have a server's log channel be this one, as /settings does."""
    with closing(sqlite3.connect(database(config))) as connection, connection:
        connection.execute(
            "INSERT INTO server_settings (guild, changes) VALUES (?, json_object('log', ?))"
            " ON CONFLICT (guild) DO UPDATE SET changes = excluded.changes",
            (guild, log),
        )


def guild_of(config: Path, channel: int) -> int:
    with reading_of(database(config)) as connection:
        return int(connection.execute("SELECT guild FROM reading WHERE channel = ?", (channel,)).fetchone()[0])


async def begun_with_log(wire: Wire, config: Path) -> tuple[int, int]:
    """Begin a reading whose next page is due; return its channel, and the server's log channel."""
    log = wire.channel(8)
    async with open_bot(wire, config):
        channel = await begin(wire, 1)
    choose_log(config, guild_of(config, channel), log)
    have_it_due(config)
    return channel, log


async def lines(wire: Wire, log: int) -> int:
    return str(await wire.ask("messages", channel=log)).count("post there anymore")


async def test_what_is_refused_is_told_in_one_line_whenever_the_bot_is_killed(wire: Wire, config: Path) -> None:
    channel, log = await begun_with_log(wire, config)
    await wire.ask("deny", channel=channel, needs=["send"], tell=False)
    async with open_nursery(wire, config, *QUICKLY) as nursery:
        killed = await nursery.bear("after-send:1")
        await killed.wait()
        again = await nursery.bear()

        async def told() -> int:
            return await lines(wire, log)

        await until(told, "the line")
        await again.kill()
    assert failure(config, channel) == "forbidden"
    assert await lines(wire, log) == 1


async def test_a_log_channel_that_refuses_is_asked_once(wire: Wire, config: Path) -> None:
    channel, log = await begun_with_log(wire, config)
    for each in (channel, log):
        await wire.ask("deny", channel=each, needs=["send"], tell=False)
    async with open_bot(wire, config):

        async def refused() -> bool:
            return failure(config, log) == "forbidden"

        await until(refused, "the log to be refused")
    with reading_of(database(config)) as connection:
        found = connection.execute("SELECT attempts FROM delivery WHERE kind = 'log'").fetchall()
    assert found == [(1,)]
