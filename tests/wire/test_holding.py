"""What the bot does where it may not post, or where Discord is away."""

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.wire.driver import Wire, until
from tests.wire.ledger import reading_of
from tests.wire.processes import Bot, open_bot
from tests.wire.setting import database

ANN, BOB = 101, 102
POST = "POST /channels/{}/messages"


async def begin(wire: Wire, number: int) -> int:
    """Begin a reading in a channel, with a vote for Ben; return the channel."""
    channel = wire.channel(number)
    assert (await wire.command(channel, ANN, "story start", story="wire")).answered
    assert (await wire.press_label(channel, ANN, "Ben")).answered
    return channel


def have_it_due(config: Path) -> None:
    """Have every open ballot be due now: the bot sees it when it looks next."""
    with closing(sqlite3.connect(database(config))) as connection, connection:
        connection.execute("UPDATE timer SET at = 1 WHERE kind = 'ballot'")


def failure(config: Path, channel: int) -> str | None:
    with reading_of(database(config)) as connection:
        found = connection.execute(
            "SELECT failure FROM delivery WHERE channel = ? AND failure IS NOT NULL ORDER BY id LIMIT 1", (channel,)
        ).fetchone()
        return str(found[0]) if found else None


def is_lost(config: Path, channel: int) -> bool:
    """Whether what was read in a channel waits to be taken up elsewhere."""
    with reading_of(database(config)) as connection:
        sql = "SELECT state FROM reading WHERE channel = ? AND gone_at IS NOT NULL"
        return bool(connection.execute(sql, (channel,)).fetchone() == ("aside",))


async def marked(config: Path) -> bool:
    """Whether every page is marked as posted."""
    with reading_of(database(config)) as connection:
        (left,) = connection.execute("SELECT count(*) FROM step WHERE message IS NULL").fetchone()
        return bool(left == 0)


async def sent(wire: Wire, channel: int) -> int:
    return len(await wire.ask("messages", channel=channel))


async def test_a_channel_that_cannot_be_posted_in_waits_and_the_others_go_on(wire: Wire, config: Path) -> None:
    async with open_bot(wire, config):
        denied, gone, fine = [await begin(wire, number) for number in (1, 2, 3)]
    have_it_due(config)
    await wire.ask("deny", channel=denied, needs=["send"], tell=False)
    await wire.ask("delete_channel", channel=gone, tell=False)
    await wire.ask("forget_counts")
    async with open_bot(wire, config):

        async def all_seen() -> bool:
            return (failure(config, denied), is_lost(config, gone), await sent(wire, fine)) == ("forbidden", True, 2)

        await until(all_seen, "two channels to wait and one to go on")
        where = await wire.command(denied, BOB, "where")
        assert "I couldn't post the last page" in where.text
        assert "Please give me" in where.text
        # Whatever else comes due meanwhile, nothing more is tried in the two.
        await wire.press_label(fine, ANN, "Next")
        refused = (await wire.ask("counts"))["refused"]
        assert refused == {f"{POST} 403": 1, "GET /channels/{} 404": 1}
        await wire.ask("deny", channel=denied, needs=["send", "history"], tell=False)
        told = await wire.press_label(denied, BOB, "Next")
        assert told.private
        assert "can't post there" in told.text
        await wire.ask("deny", channel=denied, needs=[], tell=False)
        assert "Ben tells scene 2." in (await wire.press_label(denied, BOB, "Next")).text

        async def free() -> bool:
            return failure(config, denied) is None

        await until(free, "the reading to go on")
        assert "could not be posted" not in (await wire.command(denied, BOB, "where")).text


async def test_a_page_that_discord_was_away_for_is_posted_by_itself_and_once(
    wire: Wire, config: Path, bot: Bot
) -> None:
    channel = await begin(wire, 1)
    faults = [{"kind": "cut", "route": "/callback$", "times": 1}, {"kind": "cut", "route": "^GET", "times": 2}]
    await wire.ask("faults", faults=faults)
    await wire.press_label(channel, ANN, "Next")
    await until(lambda: marked(config), "the page to be found in the channel")
    assert await sent(wire, channel) == 2
    assert bot.alive


async def test_a_page_is_found_again_behind_much_that_others_wrote(wire: Wire, config: Path) -> None:
    async with open_bot(wire, config):
        channel = await begin(wire, 1)
        await wire.ask("chat", channel=channel, times=150)
    with closing(sqlite3.connect(database(config))) as connection, connection:
        connection.execute("UPDATE step SET message = NULL")
        connection.execute(
            "INSERT INTO delivery (guild, channel, kind, subject, n, created_at, attempts)"
            " SELECT guild, channel, 'section', id, n, at, 0 FROM reading JOIN step ON step.reading = id"
        )
    async with open_bot(wire, config):
        await until(lambda: marked(config), "the page to be found in the channel")
    assert await sent(wire, channel) == 151
