"""The steward: keeps how each server, and each reading, wants to be read to."""

from typing import Any

from story.rules.page import Page
from story.rules.settings import OF_A_READING, OF_A_SERVER, Settings
from story.services.queries import Queries
from story.services.readings import Readings
from story.store import Store


class SettingsService:
    """Changes settings, and has what comes due in the readings follow them.

    `reading_id` None means the whole server. Refuses as the narrator does.
    """

    def __init__(self, store: Store, queries: Queries, readings: Readings) -> None:
        self._store = store
        self._queries = queries
        self._readings = readings

    async def settings(self, guild: int, reading_id: int | None) -> tuple[Settings, frozenset[str]]:
        """Return what holds, and the names of those settings that the server or the reading has changed itself."""
        settings = await self._queries.settings(guild, reading_id)
        server, reading = await self._store.read.changes(guild, reading_id)
        return settings, frozenset(server if reading_id is None else reading)

    async def change(self, guild: int, reading_id: int | None, name: str, value: Any) -> Settings:
        """Change a setting; return what holds now.

        Raises:
            ValueError: the setting cannot have that value, or there is no such setting there.
        """
        if name not in (OF_A_SERVER if reading_id is None else OF_A_READING):
            raise ValueError(name)
        now = await self._queries.settings(guild, reading_id)
        wanted = now.with_changes({name: value}).model_dump(mode="json", include={name})
        async with self._store.transaction() as tx:
            server, reading = await tx.changes(guild, reading_id)
            if reading_id is None:
                await tx.set_server_changes(guild, server | wanted)
            else:
                await self._queries.running(tx, guild, reading_id)
                await tx.set_reading_changes(reading_id, reading | wanted)
        return await self._queries.settings(guild, reading_id)

    async def reset(self, guild: int, reading_id: int | None) -> Settings:
        """Take every change back; return what holds now."""
        async with self._store.transaction() as tx:
            if reading_id is None:
                await tx.set_server_changes(guild, {})
            else:
                await self._queries.running(tx, guild, reading_id)
                await tx.set_reading_changes(reading_id, {})
        return await self._queries.settings(guild, reading_id)

    async def apply(self, guild: int, reading_id: int | None) -> list[Page]:
        """Have what comes due follow the settings; return the pages of the readings in question, to be shown anew."""
        readings = await self._queries.readings(guild)
        wanted = [reading for reading in readings if reading_id in {None, reading.id}]
        return [await self._readings.attend(guild, reading.id) for reading in wanted]
