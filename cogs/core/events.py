"""What is done about an appointment: Discord's own event, the reminder, the lobby."""

import logging
from dataclasses import replace
from datetime import timedelta

import discord

from cogs.core.locale import Manners
from cogs.core.responses import NOT_DONE
from cogs.ui import layouts, texts
from story.errors import SessionHeld
from story.rules.session_date import Appointment
from story.services.container import Staff

log = logging.getLogger(__name__)

LASTS = timedelta(hours=2)
"""How long Discord's event is said to last; it asks for an end."""


class Appointments:
    """Carries out what the diary says, in Discord."""

    def __init__(self, client: discord.Client, staff: Staff, manners: Manners) -> None:
        self._client = client
        self._manners = manners
        self._staff = staff

    async def announce(self, appointment: Appointment) -> Appointment:
        """Make Discord's own event of an appointment, where that is allowed; return it with what has been made."""
        guild = self._client.get_guild(appointment.guild)
        if guild is None or not guild.me.guild_permissions.create_events:
            return appointment
        try:
            event = await guild.create_scheduled_event(
                name=texts.EVENT_NAME,
                description=texts.EVENT_DESCRIPTION,
                start_time=appointment.at,
                end_time=appointment.at + LASTS,
                entity_type=discord.EntityType.external,
                privacy_level=discord.PrivacyLevel.guild_only,
                location=f"https://discord.com/channels/{appointment.guild}/{appointment.channel}",
            )
        except NOT_DONE as error:
            log.warning("channel %d: no event could be made: %r", appointment.channel, error)
            return appointment
        return await self._staff.diary.keep(replace(appointment, event=event.id))

    async def withdraw(self, appointment: Appointment) -> None:
        """Delete Discord's own event of an appointment, where there is one."""
        guild = self._client.get_guild(appointment.guild)
        if guild is None or appointment.event is None:
            return
        try:
            await (await guild.fetch_scheduled_event(appointment.event, with_counts=False)).delete()
        except NOT_DONE as error:
            log.warning("channel %d: the event could not be deleted: %r", appointment.channel, error)

    async def carry_out(self, appointment: Appointment) -> None:
        """Remind the channel, or open the lobby there and go on to the next time."""
        self._manners.speak_to(appointment.guild)
        diary = self._staff.diary
        if not diary.is_time(appointment):
            await diary.reminded(appointment)
            await self._remind(appointment)
            return
        coming = await diary.come_round(appointment)
        if not diary.is_over(appointment):
            await self._open(appointment)
        if coming:
            await self.announce(coming)

    async def _remind(self, appointment: Appointment) -> None:
        roles = [discord.Object(appointment.role)] if appointment.role else False
        await self._channel(appointment).send(
            view=layouts.notice(texts.reminder(appointment)), allowed_mentions=discord.AllowedMentions(roles=roles)
        )

    async def _open(self, appointment: Appointment) -> None:
        try:
            lobby = await self._staff.usher.open_for(appointment.guild, appointment.channel, appointment.host)
        except SessionHeld:
            return  # somebody was early
        quiet = (await self._staff.pages.settings(appointment.guild)).quiet
        await self._channel(appointment).send(view=layouts.lobby(lobby), silent=quiet)

    def _channel(self, appointment: Appointment) -> discord.PartialMessageable:
        return self._client.get_partial_messageable(appointment.channel, guild_id=appointment.guild)
