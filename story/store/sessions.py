"""Sessions, and who is in them."""

from collections.abc import Sequence
from datetime import datetime

from story.rules.session import Session
from story.store.page import SESSION, reader_of, session_of
from story.store.rows import Connected


class SessionReads(Connected):
    """Reads sessions."""

    async def session_in(self, channel: int) -> Session | None:
        """Return the session in a channel, begun or about to begin."""
        return await self._session("channel = ? AND ended_at IS NULL", channel)

    async def session(self, session_id: int) -> Session | None:
        """Return a session by its number, even if it has ended."""
        return await self._session("id = ?", session_id)

    async def _session(self, which: str, value: int) -> Session | None:
        rows = await self._rows(f"SELECT {SESSION} FROM session WHERE {which}", value)
        if not rows:
            return None
        readers = await self._rows(
            "SELECT member, active_at, away, lacks FROM session_reader"
            " WHERE session = ? AND gone = 0 ORDER BY joined_at, member",
            rows[0][0],
        )
        return session_of(rows[0], [reader_of(*reader) for reader in readers])

    async def attended(self, session_id: int) -> tuple[int, ...]:
        """Return everybody who was in a session at any time, by when they joined."""
        sql = "SELECT member FROM session_reader WHERE session = ? ORDER BY joined_at, member"
        return tuple(member for (member,) in await self._rows(sql, session_id))


class SessionWrites(Connected):
    """Writes sessions."""

    async def add_session(self, guild: int, channel: int, host: int, now: datetime) -> int:
        """Open a session's lobby; return the session's number."""
        [(number,)] = await self._rows(
            "INSERT INTO session (guild, channel, host, opened_at, paused) VALUES (?, ?, ?, ?, 0) RETURNING id",
            guild,
            channel,
            host,
            now.timestamp(),
        )
        return int(number)

    async def mark_lobby(self, session_id: int, message: int) -> None:
        """Note which message is the card of a session."""
        await self._rows("UPDATE session SET message = ? WHERE id = ?", message, session_id)

    async def join(self, session_id: int, member: int, now: datetime, lacks: int | None = None) -> None:
        """Add a member to a session, active now, perhaps lacking a role; if they are in it, they keep their place."""
        await self._rows(
            "INSERT INTO session_reader (session, member, joined_at, active_at, gone, away, lacks)"
            " VALUES (?1, ?2, ?3, ?3, 0, 0, ?4) ON CONFLICT (session, member) DO UPDATE SET"
            " joined_at = CASE session_reader.gone WHEN 1 THEN excluded.joined_at ELSE session_reader.joined_at END,"
            " active_at = excluded.active_at, gone = 0, away = 0, lacks = excluded.lacks",
            session_id,
            member,
            now.timestamp(),
            lacks,
        )

    async def join_all(self, session_id: int, date_id: int) -> None:
        """Add everyone who is going to a date to a session; who is already in it keeps their place.

        They count as last active when they said so: nobody knows yet whether they are there.
        """
        await self._rows(
            "INSERT INTO session_reader (session, member, joined_at, active_at, gone, away)"
            " SELECT ?, member, at, at, 0, 0 FROM rsvp WHERE date = ? AND says = 'going'"
            " ON CONFLICT (session, member) DO NOTHING",
            session_id,
            date_id,
        )

    async def leave(self, session_id: int, member: int) -> None:
        """Take a member out of a session."""
        await self._rows("UPDATE session_reader SET gone = 1 WHERE session = ? AND member = ?", session_id, member)

    async def set_away(self, session_id: int, members: Sequence[int]) -> None:
        """Note that members of a session are away until they press something."""
        places = ", ".join("?" * len(members))
        sql = f"UPDATE session_reader SET away = 1 WHERE session = ? AND member IN ({places})"
        await self._rows(sql, session_id, *members)

    async def begin_session(self, session_id: int, began_with: int, now: datetime) -> None:
        """Note that a session has begun after a step."""
        begin = "UPDATE session SET began_at = ?, began_with = ? WHERE id = ?"
        await self._rows(begin, now.timestamp(), began_with, session_id)

    async def pause_session(self, session_id: int, *, paused: bool) -> None:
        """Pause a session, or resume it."""
        await self._rows("UPDATE session SET paused = ? WHERE id = ?", int(paused), session_id)

    async def wake_readers(self, session_id: int, now: datetime) -> None:
        """Count everybody in a session as active now."""
        wake = "UPDATE session_reader SET active_at = ?, away = 0 WHERE session = ? AND gone = 0"
        await self._rows(wake, now.timestamp(), session_id)

    async def set_host(self, session_id: int, host: int) -> None:
        """Make a member the host."""
        await self._rows("UPDATE session SET host = ? WHERE id = ?", host, session_id)

    async def end_session(self, session_id: int, ended_with: int, now: datetime) -> None:
        """End a session after a step."""
        end = "UPDATE session SET ended_at = ?, ended_with = ? WHERE id = ?"
        await self._rows(end, now.timestamp(), ended_with, session_id)

    async def forget_readers(self, session_id: int) -> None:
        """Forget who was in a session."""
        await self._rows("DELETE FROM session_reader WHERE session = ?", session_id)
