"""What belongs to single members, and forgetting members and servers."""

from story.rules.steps import Reading, Step
from story.store.rows import STEP, Connected, reading_of, step_of


class MemberReads(Connected):
    """Reads what belongs to members."""

    async def read_to(self, reading_id: int, member: int) -> int:
        """Return the last step that a member has seen, or 0."""
        [(pressed, caught_up)] = await self._rows(
            "SELECT (SELECT max(n) FROM press WHERE member = ?1 AND reading = ?2),"
            " (SELECT n FROM caught_up WHERE member = ?1 AND reading = ?2)",
            member,
            reading_id,
        )
        return max(pressed or 0, caught_up or 0)

    async def bookmarks(self, guild: int, member: int) -> list[tuple[Reading, Step]]:
        """Return a member's bookmarks in a server, oldest first."""
        rows = await self._rows(
            f"SELECT reading.id, guild, channel, story, started_by, state, gone_at, held, {STEP}"
            " FROM bookmark JOIN step ON step.reading = bookmark.reading AND step.n = bookmark.n"
            " JOIN reading ON reading.id = bookmark.reading"
            " WHERE member = ? AND guild = ? ORDER BY bookmark.reading, bookmark.n",
            member,
            guild,
        )
        return [(reading_of(row[:8]), step_of(row[8:])) for row in rows]

    async def has_bookmark(self, reading_id: int, n: int, member: int) -> bool:
        """Whether a member has bookmarked a step."""
        found = "SELECT 1 FROM bookmark WHERE member = ? AND reading = ? AND n = ?"
        return bool(await self._rows(found, member, reading_id, n))


class MemberWrites(Connected):
    """Writes what belongs to members, and forgets them."""

    stories_changed: bool

    async def catch_up(self, reading_id: int, member: int, n: int) -> None:
        """Note that a member has seen the steps up to `n`."""
        await self._rows(
            "INSERT INTO caught_up (reading, member, n) VALUES (?, ?, ?) ON CONFLICT (reading, member) DO UPDATE SET"
            " n = CASE WHEN excluded.n > caught_up.n THEN excluded.n ELSE caught_up.n END",
            reading_id,
            member,
            n,
        )

    async def add_bookmark(self, reading_id: int, n: int, member: int) -> None:
        """Bookmark a step for a member."""
        await self._rows("INSERT INTO bookmark (member, reading, n) VALUES (?, ?, ?)", member, reading_id, n)

    async def remove_bookmark(self, reading_id: int, n: int, member: int) -> None:
        """Remove a member's bookmark from a step."""
        await self._rows("DELETE FROM bookmark WHERE member = ? AND reading = ? AND n = ?", member, reading_id, n)

    async def forget_member(self, member: int) -> None:
        """Delete everything of a member; their presses under closed ballots stay, as nobody's.

        Those under an open ballot are deleted, as the member could vote again.
        """
        await self._rows(
            "DELETE FROM press WHERE member = ? AND NOT EXISTS"
            " (SELECT 1 FROM step WHERE step.reading = press.reading AND step.n > press.n)",
            member,
        )
        await self._rows("DELETE FROM caught_up WHERE member = ?", member)
        await self._rows("DELETE FROM bookmark WHERE member = ?", member)
        await self._rows("DELETE FROM session_reader WHERE member = ?", member)
        await self._rows("DELETE FROM rsvp WHERE member = ?", member)
        await self._rows("DELETE FROM alert WHERE member = ?", member)
        await self._rows("DELETE FROM unreached WHERE member = ?", member)
        # Private deliveries have the member's number for their channel.
        await self._rows("DELETE FROM delivery WHERE channel = ? AND kind = 'direct'", member)
        await self._rows("UPDATE session SET host = 0 WHERE host = ?", member)
        await self._rows("UPDATE session_date SET host = 0 WHERE host = ?", member)
        await self._rows(f"UPDATE press SET member = {self._dialect.NOBODY} WHERE member = ?", member)
        await self._rows("UPDATE step SET by_member = NULL WHERE by_member = ?", member)
        await self._rows("UPDATE step SET chooser = NULL WHERE chooser = ?", member)
        await self._rows("UPDATE story SET imported_by = 0 WHERE imported_by = ?", member)
        await self._rows("UPDATE reading SET started_by = 0 WHERE started_by = ?", member)

    async def forget_guild(self, guild: int) -> None:
        """Delete everything of a server."""
        self.stories_changed = True
        tables = (
            "reading",
            "session",
            "session_date",
            "server_settings",
            "story",
            "alert",
            "delivery",
            "timer",
            "trouble",
        )
        for table in tables:
            await self._rows(f"DELETE FROM {table} WHERE guild = ?", guild)
