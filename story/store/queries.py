"""Every question that is asked of the database, each by an index."""

from collections import defaultdict
from datetime import UTC, datetime
from typing import Any

import aiosqlite

from story.ballot import Press
from story.reading import How, Kind, Reading, Step

_READING = "SELECT id, guild, channel, story, started_by FROM reading"


class Queries:
    """Questions to the database over one connection: they see what that connection sees."""

    def __init__(self, connection: aiosqlite.Connection) -> None:
        self._connection = connection

    async def _rows(self, sql: str, *values: object) -> list[Any]:
        return list(await self._connection.execute_fetchall(sql, values))

    async def reading(self, reading_id: int) -> tuple[Reading, bool] | None:
        """Return a reading and whether it was stopped, or None if there is none of that id."""
        rows = await self._rows(
            "SELECT id, guild, channel, story, started_by, stopped FROM reading WHERE id = ?", reading_id
        )
        return (Reading(*rows[0][:5]), bool(rows[0][5])) if rows else None

    async def reading_in(self, channel: int) -> Reading | None:
        """Return what is being read in a channel."""
        rows = await self._rows(f"{_READING} WHERE channel = ? AND stopped = 0", channel)
        return Reading(*rows[0]) if rows else None

    async def readings_of(self, guild: int) -> list[Reading]:
        """Return what is being read in a server, oldest first."""
        rows = await self._rows(f"{_READING} WHERE guild = ? AND stopped = 0 ORDER BY id", guild)
        return [Reading(*row) for row in rows]

    async def steps(self, reading_id: int, until: int | None = None) -> list[Step]:
        """Return the steps up to and with number `until` (default: the last) since the path last began."""
        until = until if until is not None else 2**62
        rows = await self._rows(
            "SELECT n, kind, at, scene, pov, how, votes, cast_, by_, message FROM step"
            " WHERE reading = ?1 AND n <= ?2 AND n >= (SELECT max(n) FROM step"
            " WHERE reading = ?1 AND n <= ?2 AND kind IN ('start', 'restart')) ORDER BY n",
            reading_id,
            until,
        )
        return [_step(row) for row in rows]

    async def presses(self, reading_id: int, n: int) -> tuple[tuple[Press, ...], frozenset[int]]:
        """Return what was pressed under a step, and by whom anything was under the one before it."""
        rows = await self._rows(
            "SELECT n, member, pov, ready FROM press WHERE reading = ? AND n BETWEEN ? AND ?", reading_id, n - 1, n
        )
        presses: dict[int, list[Press]] = defaultdict(list)
        for under, member, pov, ready in rows:
            presses[under].append(Press(member, pov, bool(ready)))
        # Whoever has asked to be forgotten is waited for no more.
        return tuple(presses[n]), frozenset(press.member for press in presses[n - 1] if press.member > 0)

    async def deadline(self, reading_id: int, n: int) -> datetime | None:
        """Return when the ballot under step `n` closes, or None if its clock is not running."""
        rows = await self._rows("SELECT at FROM deadline WHERE reading = ? AND n = ?", reading_id, n)
        return _instant(rows[0][0]) if rows else None

    async def due(self, now: datetime) -> list[tuple[int, int]]:
        """Return the readings whose ballots are to be closed by now, each with its step, longest due first."""
        rows = await self._rows("SELECT reading, n FROM deadline WHERE at <= ? ORDER BY at", now.timestamp())
        return [(reading, n) for reading, n in rows]

    async def next_deadline(self) -> datetime | None:
        """Return the earliest deadline of all."""
        [(at,)] = await self._rows("SELECT min(at) FROM deadline")
        return _instant(at) if at is not None else None

    async def untold(self) -> list[tuple[int, int]]:
        """Return the steps of running readings that are not marked as posted, in order."""
        rows = await self._rows(
            "SELECT step.reading, n FROM step JOIN reading ON reading.id = step.reading"
            " WHERE message IS NULL AND kind <> 'stop' AND stopped = 0 ORDER BY step.reading, n"
        )
        return [(reading, n) for reading, n in rows]

    async def read_to(self, reading_id: int, member: int) -> int:
        """Return the last step that a member is known to have seen, or 0."""
        [(n,)] = await self._rows(
            "SELECT max(coalesce((SELECT max(n) FROM press WHERE member = ?1 AND reading = ?2), 0),"
            " coalesce((SELECT n FROM caught_up WHERE member = ?1 AND reading = ?2), 0))",
            member,
            reading_id,
        )
        return int(n)

    async def bookmarks(self, guild: int, member: int) -> list[tuple[Reading, Step]]:
        """Return what a member has bookmarked in a server, oldest first."""
        rows = await self._rows(
            "SELECT id, guild, channel, story, started_by,"
            " n, kind, at, scene, pov, how, votes, cast_, by_, message"
            " FROM bookmark JOIN step USING (reading, n) JOIN reading ON reading.id = bookmark.reading"
            " WHERE member = ? AND guild = ? ORDER BY reading, n",
            member,
            guild,
        )
        return [(Reading(*row[:5]), _step(row[5:])) for row in rows]

    async def has_bookmark(self, reading_id: int, n: int, member: int) -> bool:
        """Whether a member has bookmarked a step."""
        found = "SELECT 1 FROM bookmark WHERE member = ? AND reading = ? AND n = ?"
        return bool(await self._rows(found, member, reading_id, n))

    async def servers(self) -> set[int]:
        """Return the servers that anything is known of."""
        return {guild for (guild,) in await self._rows("SELECT DISTINCT guild FROM reading")}

    async def departed(self, until: datetime) -> set[int]:
        """Return the servers that removed the bot by then."""
        return {guild for (guild,) in await self._rows("SELECT guild FROM departure WHERE at <= ?", until.timestamp())}

    async def note(self, key: str) -> str | None:
        """Return what the bot has noted for itself under a key."""
        rows = await self._rows("SELECT value FROM note WHERE key = ?", key)
        return rows[0][0] if rows else None


class Transaction(Queries):
    """A transaction under way: what it writes is kept, all of it or nothing."""

    async def add_reading(self, guild: int, channel: int, story: str, started_by: int) -> Reading:
        """Add a reading, as yet without steps."""
        rows = await self._rows(
            "INSERT INTO reading (guild, channel, story, started_by) VALUES (?, ?, ?, ?) RETURNING id",
            guild,
            channel,
            story,
            started_by,
        )
        return Reading(rows[0][0], guild, channel, story, started_by)

    async def append(self, reading_id: int, step: Step) -> None:
        """Append a step; the ballot under the one before it is closed by that.

        Raises:
            sqlite3.IntegrityError: the reading has a step of that number.
        """
        await self._rows(
            "INSERT INTO step (reading, n, kind, at, scene, pov, how, votes, cast_, by_, message)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            reading_id,
            step.n,
            step.kind,
            step.at.timestamp(),
            step.scene,
            step.pov,
            step.how,
            step.votes,
            step.cast,
            step.by,
            step.message,
        )
        await self.clear_deadline(reading_id)
        if step.kind is Kind.STOP:
            await self._rows("UPDATE reading SET stopped = 1 WHERE id = ?", reading_id)

    async def mark(self, reading_id: int, n: int, message: int) -> None:
        """Mark a step as posted."""
        await self._rows("UPDATE step SET message = ? WHERE reading = ? AND n = ?", message, reading_id, n)

    async def press(self, reading_id: int, n: int, press: Press) -> None:
        """Keep what a member says under a step, in place of what they said there before."""
        await self._rows(
            "INSERT INTO press (reading, n, member, pov, ready) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT DO UPDATE SET pov = excluded.pov, ready = excluded.ready",
            reading_id,
            n,
            press.member,
            press.pov,
            press.ready,
        )

    async def set_deadline(self, reading_id: int, n: int, at: datetime) -> None:
        """Start the clock of the ballot under the last step."""
        await self._rows(
            "INSERT INTO deadline (reading, n, at) VALUES (?, ?, ?)"
            " ON CONFLICT DO UPDATE SET n = excluded.n, at = excluded.at",
            reading_id,
            n,
            at.timestamp(),
        )

    async def clear_deadline(self, reading_id: int) -> None:
        """Forget when the ballot under the last step was to close."""
        await self._rows("DELETE FROM deadline WHERE reading = ?", reading_id)

    async def catch_up(self, reading_id: int, member: int, n: int) -> None:
        """Keep that a member has seen the steps up to `n`."""
        await self._rows(
            "INSERT INTO caught_up (reading, member, n) VALUES (?, ?, ?)"
            " ON CONFLICT DO UPDATE SET n = max(n, excluded.n)",
            reading_id,
            member,
            n,
        )

    async def add_bookmark(self, reading_id: int, n: int, member: int) -> None:
        """Bookmark a step for a member."""
        await self._rows("INSERT INTO bookmark (member, reading, n) VALUES (?, ?, ?)", member, reading_id, n)

    async def remove_bookmark(self, reading_id: int, n: int, member: int) -> None:
        """Take a member's bookmark off a step."""
        await self._rows("DELETE FROM bookmark WHERE member = ? AND reading = ? AND n = ?", member, reading_id, n)

    async def add_departure(self, guild: int, at: datetime) -> None:
        """Keep when a server removed the bot, if that is not known yet."""
        await self._rows(
            "INSERT INTO departure (guild, at) VALUES (?, ?) ON CONFLICT DO NOTHING", guild, at.timestamp()
        )

    async def remove_departure(self, guild: int) -> None:
        """Forget that a server removed the bot."""
        await self._rows("DELETE FROM departure WHERE guild = ?", guild)

    async def forget_member(self, member: int) -> None:
        """Delete everything of a member; what they pressed stays as numbers that are nobody's."""
        await self._rows("DELETE FROM caught_up WHERE member = ?", member)
        await self._rows("DELETE FROM bookmark WHERE member = ?", member)
        await self._rows("UPDATE press SET member = -abs(random() % 1000000000000000) - 1 WHERE member = ?", member)
        await self._rows("UPDATE step SET by_ = NULL WHERE by_ = ?", member)
        await self._rows("UPDATE reading SET started_by = 0 WHERE started_by = ?", member)

    async def forget_guild(self, guild: int) -> None:
        """Delete everything of a server."""
        await self._rows("DELETE FROM reading WHERE guild = ?", guild)
        await self.remove_departure(guild)

    async def set_note(self, key: str, value: str) -> None:
        """Note something under a key, in place of what stood there."""
        await self._rows(
            "INSERT INTO note (key, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value", key, value
        )


def _instant(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _step(row: tuple[Any, ...]) -> Step:
    n, kind, at, scene, pov, how, votes, cast, by, message = row
    return Step(n, Kind(kind), _instant(at), scene, pov, How(how) if how else None, votes, cast, by, message)
