"""Follows what happens in Discord: deleted channels, moved events, changed permissions."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import discord
from discord.ext import commands

from cogs.core.publisher import Publisher
from story.services.container import Services

CANCELLED = 4
"""Discord's status of a cancelled event; 3 is one that is over."""


class Followed(commands.Cog):
    """Tells the services what has changed in Discord."""

    def __init__(self, services: Services, publisher: Publisher) -> None:
        self._services = services
        self._publisher = publisher
        self._places: dict[int, set[int]] | None = None

    async def cog_load(self) -> None:
        """Learn which channels matter, so that most servers need no query.

        Where processes share the shards, servers come in at any time.
        """
        if self._services.store.leases is None:
            self._places = await self._services.store.read.places()

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """Stop relying on that: from now on servers come in one by one, and something may have begun in them."""
        self._places = None

    @commands.Cog.listener()
    async def on_guild_seen(self, guild: int, channels: set[int], events: Sequence[dict[str, Any]]) -> None:
        """Find out what was deleted or moved in a server while the bot was off."""
        places = self._places if self._places is not None else await self._services.store.read.places(guild)
        if guild not in places:
            return
        for channel in places[guild].difference(channels):
            # It may be an archived thread, which still exists: ask Discord.
            await self._services.deliveries.look_for(guild, channel)
        begins = {int(event["id"]): _begins(event) for event in events}
        await self._services.deliveries.look_at_ages(guild)
        await self._services.dates.compare(guild, begins, discord.utils.snowflake_time)

    @commands.Cog.listener()
    async def on_channel_deleted(self, guild: int, channel: int) -> None:
        """Set aside the readings of a deleted channel."""
        await self._services.readings.lose_channel(guild, channel)
        self._publisher.forget_channel(channel)

    @commands.Cog.listener()
    async def on_raw_thread_delete(self, thread: discord.RawThreadDeleteEvent) -> None:
        """Set aside the readings of a deleted thread."""
        await self.on_channel_deleted(thread.guild_id, thread.thread_id)

    @commands.Cog.listener()
    async def on_permissions_changed(self, guild: int) -> None:
        """Try again what is on hold there."""
        self._publisher.wake_held(guild)

    @commands.Cog.listener()
    async def on_channel_changed(self, guild: int) -> None:
        """Check whether stories for adults can still be read there, or can be again."""
        await self._services.deliveries.look_at_ages(guild)

    @commands.Cog.listener()
    async def on_event_changed(self, event: dict[str, Any]) -> None:
        """Follow an event that was moved or cancelled."""
        begins = _begins(event)
        if begins is None:
            await self.on_event_deleted(event)
        else:
            await self._services.dates.event_moved(int(event["id"]), begins)

    @commands.Cog.listener()
    async def on_event_deleted(self, event: dict[str, Any]) -> None:
        """Cancel the date of an event that was deleted."""
        await self._services.dates.event_gone(int(event["id"]))


def _begins(event: dict[str, Any]) -> datetime | None:
    """Return when an event begins, or None if it was cancelled."""
    if event["status"] == CANCELLED:
        return None
    return datetime.fromisoformat(event["scheduled_start_time"])
