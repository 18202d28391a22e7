"""Readings, their steps, the presses under them, their serials."""

from collections.abc import Sequence
from datetime import datetime

from story.rules.presses import Press
from story.rules.serial import Serial
from story.rules.shards import Shards
from story.rules.steps import Reading, State, Step
from story.rules.timer import Deadline, TimerKind
from story.store.rows import READING, STEP, Connected, in_shards, reading_of, seconds, serial_of, step_of

PRESS = ("SNOWFLAKE", "INTEGER", "SNOWFLAKE", "TEXT", "FLAG")
"""The types of a press's columns."""
ADD_PRESSES = "INSERT INTO press (reading, n, member, pov, ready)"
OVER_EARLIER = "ON CONFLICT (reading, n, member) DO UPDATE SET pov = excluded.pov, ready = excluded.ready"


def press_row(reading_id: int, n: int, press: Press) -> tuple[object, ...]:
    """Return a press under a step as a row, which replaces the member's last one there."""
    return reading_id, n, press.member, press.pov, int(press.ready)


class ReadingReads(Connected):
    """Reads readings and steps."""

    async def reading(self, reading_id: int) -> Reading | None:
        """Return a reading by its number."""
        rows = await self._rows(f"SELECT {READING} FROM reading WHERE id = ?", reading_id)
        return reading_of(rows[0]) if rows else None

    async def reading_in(self, channel: int) -> Reading | None:
        """Return a channel's open reading."""
        rows = await self._rows(f"SELECT {READING} FROM reading WHERE channel = ? AND state = 'open'", channel)
        return reading_of(rows[0]) if rows else None

    async def readings_of(self, guild: int, state: State = State.OPEN) -> list[Reading]:
        """Return the readings of a server in a state, oldest first."""
        sql = f"SELECT {READING} FROM reading WHERE guild = ? AND state = ? ORDER BY id"
        return [reading_of(row) for row in await self._rows(sql, guild, state)]

    async def readings_by_channel(self, channel: int, since: datetime) -> list[Reading]:
        """Return a channel's readings, the latest first; stopped ones only if that was `since` then."""
        rows = await self._rows(
            f"SELECT {READING} FROM reading WHERE channel = ?1 AND (state <> 'stopped' OR EXISTS ("
            "SELECT 1 FROM step WHERE step.reading = reading.id AND kind = 'stop' AND at >= ?2"
            ")) ORDER BY (SELECT at FROM step WHERE step.reading = reading.id ORDER BY n DESC LIMIT 1) DESC, id DESC",
            channel,
            since.timestamp(),
        )
        return [reading_of(row) for row in rows]

    async def steps(self, reading_id: int) -> list[Step]:
        """Return the steps of a reading since its path last began."""
        rows = await self._rows(
            f"SELECT {STEP} FROM step WHERE reading = ?1 AND n >= (SELECT max(n) FROM step"
            " WHERE reading = ?1 AND kind IN ('start', 'restart')) ORDER BY n",
            reading_id,
        )
        return [step_of(row) for row in rows]

    async def last_n(self, reading_id: int) -> int:
        """Return the number of a reading's last step, 0 if it has none."""
        [(n,)] = await self._rows("SELECT max(n) FROM step WHERE reading = ?", reading_id)
        return int(n or 0)

    async def message_of(self, reading_id: int, n: int) -> int | None:
        """Return the message that shows a step, or None if it is not posted."""
        rows = await self._rows("SELECT message FROM step WHERE reading = ? AND n = ?", reading_id, n)
        return rows[0][0] if rows else None

    async def scenes_told(self, guild: int, channel: int, story_id: str) -> set[str]:
        """Return the scenes of a story that were ever told in a channel."""
        rows = await self._rows(
            "SELECT DISTINCT scene FROM step JOIN reading ON reading.id = step.reading"
            " WHERE channel = ? AND guild = ? AND story = ? AND scene IS NOT NULL",
            channel,
            guild,
            story_id,
        )
        return {scene for (scene,) in rows}

    async def open_readings(self, shards: Shards | None = None) -> list[Reading]:
        """Return every open reading, or those in the servers of some shards."""
        sql = f"SELECT {READING} FROM reading WHERE state = 'open' AND {in_shards(shards)}"
        return [reading_of(row) for row in await self._rows(sql)]

    async def serial_of(self, reading_id: int) -> Serial | None:
        """Return when the sections of a reading come, or None if it is no serial."""
        rows = await self._rows("SELECT every, began, zone, year FROM serial WHERE reading = ?", reading_id)
        return serial_of(rows[0]) if rows else None


class ReadingWrites(Connected):
    """Writes readings and steps; `touched` are the readings it has changed, None for any."""

    touched: set[int] | None
    votes: int
    pages: int

    def touch(self, reading_id: int) -> None:
        """Note that a reading has changed."""
        if self.touched is not None:
            self.touched.add(reading_id)

    async def add_reading(self, guild: int, channel: int, story: str, started_by: int) -> Reading:
        """Add an open reading, without steps so far."""
        [(number,)] = await self._rows(
            "INSERT INTO reading (guild, channel, story, started_by, state) VALUES (?, ?, ?, ?, 'open') RETURNING id",
            guild,
            channel,
            story,
            started_by,
        )
        return Reading(number, guild, channel, story, started_by)

    async def append(self, reading_id: int, step: Step) -> None:
        """Append a step, which closes the ballot under the one before.

        Raises:
            Exception: the driver's own for a duplicate row, if the reading has a step of that number.
        """
        self.pages += 1
        self.touch(reading_id)
        await self._rows(
            "INSERT INTO step (reading, n, kind, at, scene, pov, how, votes, votes_cast, by_member, chooser, reopens,"
            " begins)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
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
            step.chooser,
            step.reopens,
            step.begins,
        )

    async def set_state(self, reading_id: int, state: State, *, gone_at: datetime | None = None) -> None:
        """Open a reading, set it aside, or stop it."""
        self.touch(reading_id)
        sql = "UPDATE reading SET state = ?, gone_at = ?, held = 0 WHERE id = ?"
        await self._rows(sql, state, seconds(gone_at), reading_id)

    async def move_reading(self, reading_id: int, channel: int) -> None:
        """Open a reading in another channel. It forgets its messages so far: links to them would lead nowhere."""
        self.touch(reading_id)
        last = "SELECT max(n) FROM step WHERE reading = ?1"
        await self._rows(f"UPDATE step SET message = NULL WHERE reading = ?1 AND n < ({last})", reading_id)
        sql = "UPDATE reading SET channel = ?, state = 'open', gone_at = NULL, held = 0 WHERE id = ?"
        await self._rows(sql, channel, reading_id)

    async def forget_reading(self, reading_id: int) -> bool:
        """Delete a reading; return whether it is gone. One with bookmarks stays, for those who have them."""
        self.touch(reading_id)
        bookmarked = "SELECT 1 FROM bookmark WHERE bookmark.reading = reading.id"
        sql = f"DELETE FROM reading WHERE id = ? AND NOT EXISTS ({bookmarked}) RETURNING id"
        if await self._rows(sql, reading_id):
            return True
        await self._rows("DELETE FROM press WHERE reading = ?", reading_id)
        await self._rows("DELETE FROM caught_up WHERE reading = ?", reading_id)
        return False

    async def hold(self, reading_id: int, *, held: bool) -> None:
        """Put a reading on hold, or let it go on."""
        self.touch(reading_id)
        await self._rows("UPDATE reading SET held = ? WHERE id = ?", int(held), reading_id)

    async def mark(self, reading_id: int, n: int, message: int) -> None:
        """Note which message shows a step."""
        self.touch(reading_id)
        await self._rows("UPDATE step SET message = ? WHERE reading = ? AND n = ?", message, reading_id, n)

    async def press(self, reading_id: int, n: int, press: Press) -> None:
        """Keep what a member says under a step, in place of before."""
        self.votes += 1
        self.touch(reading_id)
        await self._rows(f"{ADD_PRESSES} VALUES (?, ?, ?, ?, ?) {OVER_EARLIER}", *press_row(reading_id, n, press))

    async def set_serial(self, reading_id: int, serial: Serial) -> None:
        """Make a serial of a reading."""
        self.touch(reading_id)
        await self._rows(
            "INSERT INTO serial (reading, every, began, zone, year) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (reading) DO UPDATE SET"
            " every = excluded.every, began = excluded.began, zone = excluded.zone, year = excluded.year",
            reading_id,
            serial.every,
            serial.began.timestamp(),
            serial.zone.key,
            serial.year,
        )

    async def end_serial(self, reading_id: int) -> None:
        """End a serial; its reading goes on."""
        self.touch(reading_id)
        await self._rows("DELETE FROM serial WHERE reading = ?", reading_id)


def ballot_timer(reading: Reading, n: int, deadline: Deadline) -> Sequence[object]:
    """Return what comes due under a step as a row of the timers."""
    at = deadline.at.timestamp()
    return TimerKind.BALLOT, reading.id, reading.guild, at, deadline.kind, n, deadline.restarts
