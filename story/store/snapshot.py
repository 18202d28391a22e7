"""Every question that is asked of the database, each by an index."""

import json
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import aiosqlite

from story.rules.ballot import Press
from story.rules.delivery_failure import DeliveryFailure
from story.rules.serial import Serial
from story.rules.session import Deadline, Due, Reader, Session
from story.rules.session_date import SessionDate
from story.rules.steps import How, Kind, Reading, Step
from story.times.phrases import Repeat

_APPOINTMENT = "SELECT channel, guild, host, at, began, repeat, zone, role, event, reminded FROM appointment"
_READING = "SELECT id, guild, channel, story, started_by FROM reading"


Changes = dict[str, Any]
"""Settings that differ from the defaults, by their names."""


class Snapshot:
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
            "SELECT n, kind, at, scene, pov, how, votes, cast_, by_, message, chooser, snag FROM step"
            " WHERE reading = ?1 AND n <= ?2 AND n >= (SELECT max(n) FROM step"
            " WHERE reading = ?1 AND n <= ?2 AND kind IN ('start', 'restart')) ORDER BY n",
            reading_id,
            until,
        )
        return [_step(row) for row in rows]

    async def presses(self, reading_id: int, n: int) -> tuple[Press, ...]:
        """Return what was pressed under a step."""
        rows = await self._rows("SELECT member, pov, ready, done FROM press WHERE reading = ? AND n = ?", reading_id, n)
        return tuple(Press(member, pov, bool(ready), bool(done)) for member, pov, ready, done in rows)

    async def pressed(self, reading_id: int, *under: int) -> frozenset[int]:
        """Return who pressed anything under one of these steps; whoever asked to be forgotten is nobody any more."""
        found: set[int] = set()
        for n in under:
            rows = await self._rows("SELECT member FROM press WHERE reading = ? AND n = ?", reading_id, n)
            found |= {member for (member,) in rows if member > 0}
        return frozenset(found)

    async def deadline(self, reading_id: int, n: int) -> Deadline | None:
        """Return what comes due under step `n`, or None if nothing does."""
        rows = await self._rows("SELECT kind, at, restarts FROM deadline WHERE reading = ? AND n = ?", reading_id, n)
        return Deadline(Due(rows[0][0]), _instant(rows[0][1]), rows[0][2]) if rows else None

    async def changes(self, guild: int, reading_id: int | None) -> tuple[Changes, Changes]:
        """Return which settings a server has changed, and which a reading."""
        [(server, reading)] = await self._rows(
            "SELECT (SELECT changes FROM server_settings WHERE guild = ?),"
            " (SELECT changes FROM reading_settings WHERE reading = ?)",
            guild,
            reading_id,
        )
        return json.loads(server or "{}"), json.loads(reading or "{}")

    async def changed_servers(self) -> dict[int, Changes]:
        """Return the servers that have changed any settings, and which."""
        return {
            guild: json.loads(changes)
            for guild, changes in await self._rows("SELECT guild, changes FROM server_settings")
        }

    async def serial(self, reading_id: int) -> Serial | None:
        """Return how the sections of a reading come by themselves, or None if they do not."""
        rows = await self._rows("SELECT every, began, zone FROM serial WHERE reading = ?", reading_id)
        return Serial(Repeat(rows[0][0]), _instant(rows[0][1]), ZoneInfo(rows[0][2])) if rows else None

    async def session_date(self, channel: int) -> SessionDate | None:
        """Return the appointment in a channel."""
        rows = await self._rows(f"{_APPOINTMENT} WHERE channel = ?", channel)
        return _session_date(rows[0]) if rows else None

    async def events(self, guild: int) -> list[SessionDate]:
        """Return the appointments of a server, the next first."""
        return [_session_date(row) for row in await self._rows(f"{_APPOINTMENT} WHERE guild = ? ORDER BY at", guild)]

    async def appointments_until(self, moment: datetime) -> list[SessionDate]:
        """Return the appointments up to a moment, the first first."""
        rows = await self._rows(f"{_APPOINTMENT} WHERE at <= ? ORDER BY at", moment.timestamp())
        return [_session_date(row) for row in rows]

    async def first_appointments(self) -> dict[bool, datetime]:
        """Return when the first appointment is of those whose channel has been reminded, and of the others."""
        rows = await self._rows("SELECT reminded, min(at) FROM appointment GROUP BY reminded")
        return {bool(reminded): _instant(at) for reminded, at in rows}

    async def session_in(self, channel: int) -> Session | None:
        """Return the session that is held in a channel, or about to begin there."""
        rows = await self._rows("SELECT id FROM session WHERE channel = ? AND ended = 0", channel)
        return await self.session(rows[0][0]) if rows else None

    async def session(self, session_id: int) -> Session | None:
        """Return a session that has not ended, by its number."""
        rows = await self._rows(
            "SELECT guild, channel, host, began_at, began_with, paused FROM session WHERE id = ? AND ended = 0",
            session_id,
        )
        if not rows:
            return None
        guild, channel, host, began_at, began_with, paused = rows[0]
        readers = await self._rows(
            "SELECT member, active_at, away FROM session_reader"
            " WHERE session = ? AND gone = 0 ORDER BY joined_at, member",
            session_id,
        )
        return Session(
            session_id,
            guild,
            channel,
            host,
            tuple(Reader(member, _instant(active), bool(away)) for member, active, away in readers),
            _instant(began_at) if began_at is not None else None,
            began_with or 0,
            bool(paused),
        )

    async def attended(self, session_id: int) -> tuple[int, ...]:
        """Return everybody who was in a session at any time, by when they joined."""
        rows = await self._rows(
            "SELECT member FROM session_reader WHERE session = ? ORDER BY joined_at, member", session_id
        )
        return tuple(member for (member,) in rows)

    async def due(self, now: datetime) -> list[tuple[int, int]]:
        """Return the readings whose ballots are to be closed by now, each with its step, longest due first.

        One whose last page could not be posted waits until it is.
        """
        rows = await self._rows(
            "SELECT reading, n FROM deadline JOIN step USING (reading, n)"
            " WHERE deadline.at <= ? AND snag IS NULL ORDER BY deadline.at",
            now.timestamp(),
        )
        return [(reading, n) for reading, n in rows]

    async def snagged(self, now: datetime) -> list[tuple[int, int]]:
        """Return the steps that are to be posted again by now, longest due first."""
        rows = await self._rows("SELECT reading, n FROM step WHERE again_at <= ? ORDER BY again_at", now.timestamp())
        return [(reading, n) for reading, n in rows]

    async def tries(self, reading_id: int, n: int) -> int:
        """Return how often it was tried in vain to post a step."""
        rows = await self._rows("SELECT tries FROM step WHERE reading = ? AND n = ?", reading_id, n)
        return int(rows[0][0]) if rows else 0

    async def next_deadline(self) -> datetime | None:
        """Return when something is to be done next: a ballot closed, or a step posted again."""
        [(closing, again)] = await self._rows(
            "SELECT (SELECT deadline.at FROM deadline JOIN step USING (reading, n)"
            " WHERE snag IS NULL ORDER BY deadline.at LIMIT 1), (SELECT min(again_at) FROM step)"
        )
        return min((_instant(at) for at in (closing, again) if at is not None), default=None)

    async def untold(self) -> list[tuple[int, int]]:
        """Return the last steps of running readings that are not marked as posted."""
        rows = await self._rows(
            "SELECT step.reading, n FROM step JOIN reading ON reading.id = step.reading"
            " WHERE message IS NULL AND kind <> 'stop' AND stopped = 0"
            " AND NOT EXISTS (SELECT 1 FROM step AS later WHERE later.reading = step.reading AND later.n > step.n)"
            " ORDER BY step.reading"
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
            " n, kind, at, scene, pov, how, votes, cast_, by_, message, chooser, snag"
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
        every = "SELECT guild FROM reading UNION SELECT guild FROM session UNION SELECT guild FROM appointment"
        every += " UNION SELECT guild FROM server_settings UNION SELECT guild FROM story"
        return {guild for (guild,) in await self._rows(every)}

    async def stories(self) -> list[tuple[str, int, str]]:
        """Return the ids of all stories that servers have brought in, each with its server and title, oldest first."""
        return [tuple(row) for row in await self._rows("SELECT id, guild, title FROM story ORDER BY imported_at, id")]

    async def departed(self, until: datetime) -> set[int]:
        """Return the servers that removed the bot by then."""
        return {guild for (guild,) in await self._rows("SELECT guild FROM departure WHERE at <= ?", until.timestamp())}

    async def note(self, key: str) -> str | None:
        """Return what the bot has noted for itself under a key."""
        rows = await self._rows("SELECT value FROM note WHERE key = ?", key)
        return rows[0][0] if rows else None


def _instant(seconds: float) -> datetime:
    """Return what the database keeps of an instant, unix seconds, as one."""
    return datetime.fromtimestamp(seconds, UTC)


def _step(row: tuple[Any, ...]) -> Step:
    """Return a row of the table of steps, without its reading, as a step."""
    n, kind, at, scene, pov, how, votes, cast, by, message, chooser, snag = row
    how, snag = How(how) if how else None, DeliveryFailure(snag) if snag else None
    return Step(n, Kind(kind), _instant(at), scene, pov, how, votes, cast, by, message, chooser, snag)


def _session_date(row: tuple[Any, ...]) -> SessionDate:
    channel, guild, host, at, began, repeat, zone, role, event, reminded = row
    times = _instant(at), _instant(began)
    return SessionDate(channel, guild, host, *times, Repeat(repeat), ZoneInfo(zone), role, event, bool(reminded))
