"""Settings: how each server, and each reading, wants to read."""

from typing import Any

from story.rules.settings import SETTINGS, Settings
from story.services.queries import Queries
from story.services.turns import Turns
from story.store import Store, Transaction


class SettingsService:
    """Changes settings and makes the readings follow them.

    `reading_id` None means the whole server. What can't be done raises a Refusal.
    """

    def __init__(self, store: Store, queries: Queries, turns: Turns) -> None:
        self._store = store
        self._queries = queries
        self._turns = turns

    async def settings(self, guild: int, reading_id: int | None) -> tuple[Settings, frozenset[str]]:
        """Return the settings, and the names of those that the server or the reading has changed."""
        server, reading = await self._store.read.changes(guild, reading_id)
        without = () if reading_id is None else (server,)
        settings = self._queries.settings_from(guild, server, reading)
        return settings, settings.unlike(self._queries.settings_from(guild, *without))

    async def change(self, guild: int, reading_id: int | None, **wanted: Any) -> Settings:
        """Change settings, and make the readings follow; return the new settings.

        Raises:
            ValueError: a setting can't have that value, or there is no such setting there.
        """
        if not all(_is_of(name, reading_id) for name in wanted):
            raise ValueError(wanted)
        async with self._store.transaction() as tx:
            server, own = await tx.changes(guild, reading_id)
            now = self._queries.settings_from(guild, server, own, wanted)
            changed = {name: getattr(now, name) for name in wanted}
            await self._set(tx, guild, reading_id, (server if reading_id is None else own) | changed)
        return await self._queries.settings(guild, reading_id)

    async def reset(self, guild: int, reading_id: int | None) -> Settings:
        """Go back to the defaults, or with a reading to the server's settings; return the new settings."""
        async with self._store.transaction() as tx:
            await self._set(tx, guild, reading_id, {})
        return await self._queries.settings(guild, reading_id)

    async def _set(self, tx: Transaction, guild: int, reading_id: int | None, changes: dict[str, Any]) -> None:
        if reading_id is None:
            tx.touch_all()
            await tx.set_server_changes(guild, changes)
            readings = await tx.readings_of(guild)
        else:
            readings = [await self._queries.open_reading(tx, guild, reading_id)]
            tx.touch(reading_id)
            await tx.set_reading_changes(reading_id, changes)
        for reading in readings:
            if self._queries.library.get(reading.story):
                await self._turns.show(tx, await self._turns.arrange(tx, reading))


def _is_of(name: str, reading_id: int | None) -> bool:
    return name in SETTINGS and (reading_id is None or SETTINGS[name].of_reading)
