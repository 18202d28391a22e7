"""Every change to the database."""

import json
from datetime import datetime

import aiosqlite

from story.rules.ballot import Press
from story.rules.delivery_failure import DeliveryFailure
from story.rules.serial import Serial
from story.rules.session import Deadline
from story.rules.session_date import SessionDate
from story.rules.steps import Kind, Reading, Step
from story.store.snapshot import Changes, Snapshot

ADD_PRESSES = "INSERT INTO press (reading, n, member, pov, ready, done) VALUES"
PRESS_ROW = "(?, ?, ?, ?, ?, ?)"
OVER_EARLIER = "ON CONFLICT DO UPDATE SET pov = excluded.pov, ready = excluded.ready, done = excluded.done"


def press_row(reading_id: int, n: int, press: Press) -> tuple[object, ...]:
    """Return what a press under a step is kept as, in place of what the member had said there before."""
    return reading_id, n, press.member, press.pov, press.ready, press.done


class Transaction(Snapshot):
    """A transaction under way: what it writes is kept, all of it or nothing.

    `touched` are the readings that it has changed, `touched_all` says that it may have changed any.
    `votes` and `pages` are how many it has added.
    """

    def __init__(self, connection: aiosqlite.Connection) -> None:
        super().__init__(connection)
        self.touched: set[int] = set()
        self.touched_all = False
        self.votes = self.pages = 0

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
        self.pages += 1
        self.touched.add(reading_id)
        await self._rows(
            "INSERT INTO step (reading, n, kind, at, scene, pov, how, votes, cast_, by_, message, chooser)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
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
            step.chooser,
        )
        await self.clear_deadline(reading_id)
        if step.kind is Kind.STOP:
            await self._rows("UPDATE reading SET stopped = 1 WHERE id = ?", reading_id)
            held = await self._rows(
                "SELECT session.id FROM session JOIN reading USING (channel) WHERE reading.id = ? AND ended = 0",
                reading_id,
            )
            for (session_id,) in held:
                await self.end_session(session_id)

    async def mark(self, reading_id: int, n: int, message: int | None) -> None:
        """Mark a step as posted, or with None as not posted; there is no snag to it any more."""
        self.touched.add(reading_id)
        await self._rows(
            "UPDATE step SET message = ?, snag = NULL, tries = 0, again_at = NULL WHERE reading = ? AND n = ?",
            message,
            reading_id,
            n,
        )

    async def set_snag(
        self, reading_id: int, n: int, snag: DeliveryFailure, tries: int, again_at: datetime | None
    ) -> None:
        """Keep why a step could not be posted, after how many tries, and when it is tried again."""
        self.touched.add(reading_id)
        await self._rows(
            "UPDATE step SET snag = ?, tries = ?, again_at = ? WHERE reading = ? AND n = ?",
            snag,
            tries,
            again_at.timestamp() if again_at else None,
            reading_id,
            n,
        )

    async def stop_trying(self, reading_id: int, n: int) -> None:
        """Keep that a step is not to be posted again by itself, as yet."""
        self.touched.add(reading_id)
        await self._rows("UPDATE step SET again_at = NULL WHERE reading = ? AND n = ?", reading_id, n)

    async def press(self, reading_id: int, n: int, press: Press) -> None:
        """Keep what a member says under a step, in place of what they said there before."""
        self.votes += 1
        self.touched.add(reading_id)
        await self._rows(f"{ADD_PRESSES} {PRESS_ROW} {OVER_EARLIER}", *press_row(reading_id, n, press))

    async def set_deadline(self, reading_id: int, n: int, deadline: Deadline) -> None:
        """Keep what comes due next under the last step."""
        self.touched.add(reading_id)
        await self._rows(
            "INSERT OR REPLACE INTO deadline (reading, n, kind, at, restarts) VALUES (?, ?, ?, ?, ?)",
            reading_id,
            n,
            deadline.kind,
            deadline.at.timestamp(),
            deadline.restarts,
        )

    async def set_server_changes(self, guild: int, changes: Changes) -> None:
        """Keep which settings a server has changed, in place of those before."""
        self.touched_all = True
        await self._rows(
            "INSERT OR REPLACE INTO server_settings (guild, changes) VALUES (?, ?)", guild, json.dumps(changes)
        )

    async def set_reading_changes(self, reading_id: int, changes: Changes) -> None:
        """Keep which settings a reading has changed, in place of those before."""
        self.touched.add(reading_id)
        await self._rows(
            "INSERT OR REPLACE INTO reading_settings (reading, changes) VALUES (?, ?)", reading_id, json.dumps(changes)
        )

    async def set_serial(self, reading_id: int, serial: Serial) -> None:
        """Have the sections of a reading come by themselves."""
        self.touched.add(reading_id)
        await self._rows(
            "INSERT INTO serial (reading, every, began, zone) VALUES (?, ?, ?, ?)"
            " ON CONFLICT DO UPDATE SET every = excluded.every, began = excluded.began, zone = excluded.zone",
            reading_id,
            serial.every,
            serial.began.timestamp(),
            serial.zone.key,
        )

    async def end_serial(self, reading_id: int) -> None:
        """Have the sections of a reading come by themselves no more."""
        self.touched.add(reading_id)
        await self._rows("DELETE FROM serial WHERE reading = ?", reading_id)

    async def clear_deadline(self, reading_id: int) -> None:
        """Forget what was to come due under the last step."""
        self.touched.add(reading_id)
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

    async def add_session(self, guild: int, channel: int, host: int) -> int:
        """Open a session's lobby; return the session's number."""
        rows = await self._rows(
            "INSERT INTO session (guild, channel, host) VALUES (?, ?, ?) RETURNING id", guild, channel, host
        )
        return int(rows[0][0])

    async def join(self, session_id: int, member: int, now: datetime) -> None:
        """Have a member in a session and active now; who was in before keeps their place."""
        await self._rows(
            "INSERT INTO session_reader (session, member, joined_at, active_at) VALUES (?1, ?2, ?3, ?3)"
            " ON CONFLICT DO UPDATE SET joined_at = CASE gone WHEN 1 THEN ?3 ELSE joined_at END, active_at = ?3,"
            " gone = 0, away = 0",
            session_id,
            member,
            now.timestamp(),
        )

    async def leave(self, session_id: int, member: int) -> None:
        """Have a member out of a session."""
        leave = "UPDATE session_reader SET gone = 1 WHERE session = ? AND member = ?"
        await self._rows(leave, session_id, member)

    async def set_away(self, session_id: int, member: int) -> None:
        """Have a member of a session be away until they press something."""
        await self._rows("UPDATE session_reader SET away = 1 WHERE session = ? AND member = ?", session_id, member)

    async def begin_session(self, session_id: int, began_with: int, now: datetime) -> None:
        """Keep that a session has begun after a step."""
        self.touched_all = True
        begin = "UPDATE session SET began_at = ?, began_with = ? WHERE id = ?"
        await self._rows(begin, now.timestamp(), began_with, session_id)

    async def pause_session(self, session_id: int, *, paused: bool) -> None:
        """Keep that a session pauses, or goes on."""
        self.touched_all = True
        await self._rows("UPDATE session SET paused = ? WHERE id = ?", paused, session_id)

    async def wake_readers(self, session_id: int, now: datetime) -> None:
        """Have everybody in a session be active now."""
        wake = "UPDATE session_reader SET active_at = ?, away = 0 WHERE session = ? AND gone = 0"
        await self._rows(wake, now.timestamp(), session_id)

    async def set_host(self, session_id: int, host: int) -> None:
        """Make a member the host."""
        await self._rows("UPDATE session SET host = ? WHERE id = ?", host, session_id)

    async def end_session(self, session_id: int) -> None:
        """Keep that a session has ended, and forget who was in it when."""
        self.touched_all = True
        await self._rows("UPDATE session SET ended = 1 WHERE id = ?", session_id)
        await self._rows("DELETE FROM session_reader WHERE session = ?", session_id)

    async def keep_appointment(self, session_date: SessionDate) -> None:
        """Keep the appointment of a channel, in place of the one before."""
        await self._rows(
            "INSERT OR REPLACE INTO appointment"
            " (channel, guild, host, at, began, repeat, zone, role, event, reminded)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            session_date.channel,
            session_date.guild,
            session_date.host,
            session_date.at.timestamp(),
            session_date.began.timestamp(),
            session_date.repeat,
            session_date.zone.key,
            session_date.role,
            session_date.event,
            session_date.reminded,
        )

    async def drop_appointment(self, channel: int) -> None:
        """Take the appointment of a channel out of the diary."""
        await self._rows("DELETE FROM appointment WHERE channel = ?", channel)

    async def add_story(self, story_id: str, guild: int, title: str, markdown: str, at: datetime) -> None:
        """Keep a story that a server has brought in."""
        await self._rows(
            "INSERT INTO story (id, guild, title, markdown, imported_at) VALUES (?, ?, ?, ?, ?)",
            story_id,
            guild,
            title,
            markdown,
            at.timestamp(),
        )

    async def remove_story(self, story_id: str) -> None:
        """Delete a story that a server has brought in."""
        await self._rows("DELETE FROM story WHERE id = ?", story_id)

    async def forget_member(self, member: int) -> None:
        """Delete everything of a member; what they pressed under closed ballots stays as numbers that are nobody's.

        Under an open one it is deleted: whoever is forgotten could vote again.
        """
        self.touched_all = True
        await self._rows(
            "DELETE FROM press WHERE member = ? AND NOT EXISTS"
            " (SELECT 1 FROM step WHERE step.reading = press.reading AND step.n > press.n)",
            member,
        )
        await self._rows("DELETE FROM caught_up WHERE member = ?", member)
        await self._rows("DELETE FROM bookmark WHERE member = ?", member)
        await self._rows("DELETE FROM session_reader WHERE member = ?", member)
        await self._rows("UPDATE session SET host = 0 WHERE host = ?", member)
        await self._rows("UPDATE appointment SET host = 0 WHERE host = ?", member)
        await self._rows("UPDATE press SET member = -abs(random() % 1000000000000000) - 1 WHERE member = ?", member)
        await self._rows("UPDATE step SET by_ = NULL WHERE by_ = ?", member)
        await self._rows("UPDATE step SET chooser = NULL WHERE chooser = ?", member)
        await self._rows("UPDATE reading SET started_by = 0 WHERE started_by = ?", member)

    async def forget_guild(self, guild: int) -> None:
        """Delete everything of a server."""
        self.touched_all = True
        await self._rows("DELETE FROM reading WHERE guild = ?", guild)
        await self._rows("DELETE FROM session WHERE guild = ?", guild)
        await self._rows("DELETE FROM appointment WHERE guild = ?", guild)
        await self._rows("DELETE FROM server_settings WHERE guild = ?", guild)
        await self._rows("DELETE FROM story WHERE guild = ?", guild)
        await self.remove_departure(guild)

    async def set_note(self, key: str, value: str) -> None:
        """Note something under a key, in place of what stood there."""
        await self._rows(
            "INSERT INTO note (key, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value", key, value
        )
