"""Databases as they are after years, or in many servers: made with SQL, since reading so much would take long."""

import sqlite3
import time
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path

from benchmarks.setting import STORY, WEEK
from story.store import open_store
from tests.wire.world import FIRST_GUILD

READER = 500
"""The member who pressed what stands in the database."""
HOUR = 3600.0


@dataclass(frozen=True, slots=True)
class Standing:
    """A reading with one page, posted as a message, under whose ballot one member has voted."""

    guild: int
    channel: int
    message: int
    closes_at: float


async def add_standing(file: Path, readings: Mapping[int, Standing]) -> None:
    """Put readings into a new database, by their numbers."""
    async with _open_new(file) as connection:
        now = time.time()
        for number, each in readings.items():
            connection.execute(
                "INSERT INTO reading (id, guild, channel, story, started_by, state) VALUES (?, ?, ?, ?, ?, 'open')",
                (number, each.guild, each.channel, STORY, READER),
            )
            connection.execute(
                "INSERT INTO step (reading, n, kind, at, scene, pov, how, votes, votes_cast, by_member, message)"
                " VALUES (?, 1, 'start', ?, 'scene-1', 'anna', 'only', 0, 0, ?, ?)",
                (number, now, READER, each.message),
            )
            connection.execute(
                "INSERT INTO press (reading, n, member, pov, ready, done) VALUES (?, 1, ?, 'ben', 0, 0)",
                (number, READER),
            )
            connection.execute(
                "INSERT INTO timer (kind, subject, guild, at, detail, n, restarts)"
                " VALUES ('ballot', ?, ?, ?, 'clock', 1, 0)",
                (number, each.guild, each.closes_at),
            )


def add_dates(connection: sqlite3.Connection, channels: Iterable[tuple[int, int]], at: float) -> None:
    """Have a date come at an instant in each of these channels, which go with their servers."""
    for guild, channel in channels:
        number = connection.execute(
            "INSERT INTO session_date (guild, channel, host, at, began, repeat, zone)"
            " VALUES (?, ?, ?, ?, ?, 'none', 'UTC') RETURNING id",
            (guild, channel, READER, at, at),
        ).fetchone()[0]
        connection.execute(
            "INSERT INTO timer (kind, subject, guild, at, restarts) VALUES ('date', ?, ?, ?, 0)", (number, guild, at)
        )


def count_lobbies(file: Path) -> int:
    """Return how many lobbies have been posted."""
    with closing(sqlite3.connect(file)) as connection:
        [(count,)] = connection.execute("SELECT count(*) FROM session WHERE message IS NOT NULL")
    return int(count)


async def add_history(file: Path, readings: int, steps: int, guilds: int, channels: int) -> None:
    """Put readings into a new database, so many steps and presses long each.

    They are spread over servers and their first channels; those that came last to a channel are still open.
    """
    async with _open_new(file) as connection:
        sizes = {
            "readings": readings,
            "steps": steps,
            "guilds": guilds,
            "channels": channels,
            "first": FIRST_GUILD,
            "story": STORY,
            "began": time.time() - HOUR * steps,
            "closes": time.time() + WEEK,
        }
        connection.execute(
            "INSERT INTO reading (guild, channel, story, started_by, state)"
            " WITH RECURSIVE made (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM made WHERE i + 1 < :readings)"
            " SELECT :first + ((i % :guilds) << 22), :first + ((i % :guilds) << 22) + 1 + (i / :guilds) % :channels,"
            " :story, 500 + i % 1000, iif(i < :readings - :guilds * :channels, 'stopped', 'open') FROM made",
            sizes,
        )
        connection.execute(
            "INSERT INTO step (reading, n, kind, at, scene, pov, how, votes, votes_cast, by_member, message)"
            " WITH RECURSIVE made (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM made WHERE n < :steps)"
            " SELECT id, n, iif(n = 1, 'start', 'section'), :began + 3600 * n, 'scene-' || n, 'anna', 'only', 1, 1,"
            " started_by, id * 1000 + n FROM reading, made",
            sizes,
        )
        connection.execute(
            "INSERT INTO press (reading, n, member, pov, ready, done)"
            " SELECT reading, n, by_member, 'ben', 0, 0 FROM step"
        )
        connection.execute(
            "INSERT INTO timer (kind, subject, guild, at, detail, n, restarts)"
            " SELECT 'ballot', id, guild, :closes, 'clock', :steps, 0 FROM reading"
            " WHERE state = 'open'",
            sizes,
        )


def count_voters(file: Path, channel: int, first: int) -> int:
    """Return how many members, from a number on, have a vote under the ballot in a channel."""
    with closing(sqlite3.connect(file)) as connection:
        [(count,)] = connection.execute(
            "SELECT count(*) FROM press JOIN reading ON reading.id = press.reading WHERE channel = ? AND member >= ?",
            (channel, first),
        )
    return int(count)


def count_posted(file: Path, n: int) -> int:
    """Return in how many readings a step has been posted."""
    with closing(sqlite3.connect(file)) as connection:
        [(count,)] = connection.execute("SELECT count(*) FROM step WHERE n = ? AND message IS NOT NULL", (n,))
    return int(count)


@asynccontextmanager
async def _open_new(file: Path) -> AsyncIterator[sqlite3.Connection]:
    """Make a database with the schema that the bot has now, and hand on a transaction in it."""
    async with open_store(file):
        pass
    with closing(sqlite3.connect(file)) as connection, connection:
        yield connection
