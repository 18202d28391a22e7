"""What is done about an appointment: Discord's own event, the reminder, the lobby."""

import logging
from dataclasses import replace
from datetime import timedelta

import discord

from cogs.core.locale import Locales
from cogs.core.responses import NOT_DONE
from cogs.ui import layouts, texts
from story.errors import SessionHeld
from story.rules.session_date import SessionDate
from story.services.container import Services

log = logging.getLogger(__name__)

LASTS = timedelta(hours=2)
"""How long Discord's event is said to last; it asks for an end."""


class Events:
    """Carries out what the diary says, in Discord."""

    def __init__(self, client: discord.Client, services: Services, locales: Locales) -> None:
        self._client = client
        self._locales = locales
        self._services = services

    async def announce(self, session_date: SessionDate) -> SessionDate:
        """Make Discord's own event of an appointment, where that is allowed; return it with what has been made."""
        guild = self._client.get_guild(session_date.guild)
        if guild is None or not guild.me.guild_permissions.create_events:
            return session_date
        try:
            event = await guild.create_scheduled_event(
                name=texts.EVENT_NAME,
                description=texts.EVENT_DESCRIPTION,
                start_time=session_date.at,
                end_time=session_date.at + LASTS,
                entity_type=discord.EntityType.external,
                privacy_level=discord.PrivacyLevel.guild_only,
                location=f"https://discord.com/channels/{session_date.guild}/{session_date.channel}",
            )
        except NOT_DONE as error:
            log.warning("channel %d: no event could be made: %r", session_date.channel, error)
            return session_date
        return await self._services.dates.keep(replace(session_date, event=event.id))

    async def withdraw(self, session_date: SessionDate) -> None:
        """Delete Discord's own event of an appointment, where there is one."""
        guild = self._client.get_guild(session_date.guild)
        if guild is None or session_date.event is None:
            return
        try:
            await (await guild.fetch_scheduled_event(session_date.event, with_counts=False)).delete()
        except NOT_DONE as error:
            log.warning("channel %d: the event could not be deleted: %r", session_date.channel, error)

    async def carry_out(self, session_date: SessionDate) -> None:
        """Remind the channel, or open the lobby there and go on to the next time."""
        self._locales.speak_to(session_date.guild)
        dates = self._services.dates
        if not dates.is_time(session_date):
            await dates.reminded(session_date)
            await self._remind(session_date)
            return
        coming = await dates.come_round(session_date)
        if not dates.is_over(session_date):
            await self._open(session_date)
        if coming:
            await self.announce(coming)

    async def _remind(self, session_date: SessionDate) -> None:
        roles = [discord.Object(session_date.role)] if session_date.role else False
        await self._channel(session_date).send(
            view=layouts.notice(texts.reminder(session_date)), allowed_mentions=discord.AllowedMentions(roles=roles)
        )

    async def _open(self, session_date: SessionDate) -> None:
        try:
            lobby = await self._services.sessions.open_for(session_date.guild, session_date.channel, session_date.host)
        except SessionHeld:
            return  # somebody was early
        quiet = (await self._services.queries.settings(session_date.guild)).quiet
        await self._channel(session_date).send(view=layouts.lobby(lobby), silent=quiet)

    def _channel(self, session_date: SessionDate) -> discord.PartialMessageable:
        return self._client.get_partial_messageable(session_date.channel, guild_id=session_date.guild)
