"""What servers have set and imported, and the bot's own notes."""

import json
from datetime import datetime

from story.rules.shards import Shards
from story.store.page import Changes
from story.store.rows import Connected, in_shards

Texts = tuple[str, str]
"""What is stored of a story: its Markdown, and the JSON it opens from."""


class ServerReads(Connected):
    """Reads settings, stories and notes."""

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
        """Return the servers that have changed any settings, with their changes."""
        rows = await self._rows("SELECT guild, changes FROM server_settings")
        return {guild: json.loads(changes) for guild, changes in rows}

    async def servers(self, shards: Shards | None = None) -> set[int]:
        """Return the servers of which anything is known, or those of some shards."""
        tables = ("reading", "session", "session_date", "server_settings", "story", "alert")
        every = " UNION ".join(f"SELECT guild FROM {table}" for table in tables)
        return {
            guild for (guild,) in await self._rows(f"SELECT guild FROM ({every}) AS known WHERE {in_shards(shards)}")
        }

    async def places(self, guild: int | None = None) -> dict[int, set[int]]:
        """Return the channels with a reading or a date, by server; of one server only, if asked."""
        which = "" if guild is None else f" AND guild = {int(guild)}"
        found: dict[int, set[int]] = {}
        for place, channel in await self._rows(
            f"SELECT guild, channel FROM reading WHERE state <> 'stopped' AND gone_at IS NULL{which}"
            f" UNION SELECT guild, channel FROM session_date WHERE guild > 0 AND channel > 0{which}"
        ):
            found.setdefault(place, set()).add(channel)
        return found

    async def stories(self) -> list[tuple[str, int, str]]:
        """Return the ids of all stories that servers have imported, each with its server and title, oldest first."""
        return [tuple(row) for row in await self._rows("SELECT id, guild, title FROM story ORDER BY imported_at, id")]

    async def unopened_stories(self) -> list[str]:
        """Return the ids of stories that an earlier version stored as Markdown alone."""
        return [story_id for (story_id,) in await self._rows("SELECT id FROM story WHERE opened IS NULL")]

    async def story_markdown(self, story_id: str) -> str:
        """Return a server's own story as Markdown, "" if it is gone."""
        rows = await self._rows("SELECT markdown FROM story WHERE id = ?", story_id)
        return rows[0][0] if rows else ""

    async def imported_by(self, story_id: str) -> int:
        """Return who imported a story, 0 for nobody known."""
        rows = await self._rows("SELECT imported_by FROM story WHERE id = ?", story_id)
        return int(rows[0][0]) if rows else 0

    async def stories_of(self, member: int) -> int:
        """Return how many stories a member has imported, in all servers."""
        [(count,)] = await self._rows("SELECT count(*) FROM story WHERE imported_by = ?", member)
        return int(count)

    async def note(self, key: str) -> str | None:
        """Return the bot's own note under a key."""
        rows = await self._rows("SELECT value FROM note WHERE key = ?", key)
        return rows[0][0] if rows else None


class ServerWrites(Connected):
    """Writes settings, stories and notes; `settings_set` has the servers' settings written so far."""

    settings_set: dict[int, Changes]
    stories_changed: bool

    async def set_server_changes(self, guild: int, changes: Changes) -> None:
        """Keep which settings a server has changed, in place of before."""
        self.settings_set[guild] = changes
        await self._rows(
            "INSERT INTO server_settings (guild, changes) VALUES (?, ?)"
            " ON CONFLICT (guild) DO UPDATE SET changes = excluded.changes",
            guild,
            json.dumps(changes),
        )

    async def set_reading_changes(self, reading_id: int, changes: Changes) -> None:
        """Keep which settings a reading has changed, in place of before."""
        await self._rows(
            "INSERT INTO reading_settings (reading, changes) VALUES (?, ?)"
            " ON CONFLICT (reading) DO UPDATE SET changes = excluded.changes",
            reading_id,
            json.dumps(changes),
        )

    async def add_story(self, story_id: str, whose: tuple[int, int], title: str, texts: Texts, at: datetime) -> None:
        """Keep a server's story, imported by a member; `whose` has both numbers."""
        self.stories_changed = True
        await self._rows(
            "INSERT INTO story (id, guild, imported_by, title, markdown, opened, imported_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            story_id,
            *whose,
            title,
            *texts,
            at.timestamp(),
        )

    async def set_opened(self, story_id: str, opened: str) -> None:
        """Keep the text that a story opens from."""
        self.stories_changed = True
        await self._rows("UPDATE story SET opened = ? WHERE id = ?", opened, story_id)

    async def remove_story(self, story_id: str) -> bool:
        """Delete a server's own story; return whether it was there."""
        self.stories_changed = True
        return bool(await self._rows("DELETE FROM story WHERE id = ? RETURNING id", story_id))

    async def set_note(self, key: str, value: str) -> None:
        """Keep a note under a key, in place of the last."""
        await self._rows(
            "INSERT INTO note (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            key,
            value,
        )
