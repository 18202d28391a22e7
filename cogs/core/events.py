"""Discord's own event of a date: made, moved in place, deleted; and what becomes of it in Discord."""

from datetime import datetime, timedelta

import discord

from cogs.core.way import Way
from cogs.ui import texts
from story.rules.delivery import Delivery
from story.rules.session_date import SessionDate
from story.services.container import Services

LASTS = timedelta(hours=2)
"""How long Discord's event is said to last; it asks for an end."""
UNKNOWN_EVENT = 10070
"""Discord's code for an event that is not there."""


async def carry_out(services: Services, way: Way, delivery: Delivery) -> None:
    """Make Discord's event what the date is: make it, move it, or delete it."""
    await way.client.wait_until_ready()
    guild = way.client.get_guild(delivery.guild)
    if guild is None:
        return  # the bot is in that server no longer
    date = await services.queries.date(delivery.subject) if delivery.subject else None
    async with way.limiter:
        if date is None:
            if delivery.target:
                await _delete(guild, delivery.target)
        elif date.event is None:
            event = await _made_before(guild, way, date) or await _make(guild, date)
            await services.dates.event_made(date.id, date.guild, date.channel, event.id)
        else:
            await _move(guild, date, date.event)


async def _make(guild: discord.Guild, date: SessionDate) -> discord.ScheduledEvent:
    return await guild.create_scheduled_event(
        name=texts.t("event.name"),
        description=texts.t("event.description"),
        start_time=date.at,
        end_time=_end(date),
        entity_type=discord.EntityType.external,
        privacy_level=discord.PrivacyLevel.guild_only,
        location=_location(date),
    )


async def _made_before(guild: discord.Guild, way: Way, date: SessionDate) -> discord.ScheduledEvent | None:
    """Return the event of a date that may have been made although nobody heard of it."""
    if way.fresh:
        return None
    me = way.client.user
    for event in await guild.fetch_scheduled_events(with_counts=False):
        ours = me is not None and event.creator_id == me.id
        if ours and event.location == _location(date) and event.start_time == date.at:
            return event
    return None


async def _move(guild: discord.Guild, date: SessionDate, number: int) -> None:
    try:
        event = await guild.fetch_scheduled_event(number, with_counts=False)
        if event.status is discord.EventStatus.scheduled and event.start_time != date.at:
            await event.edit(start_time=date.at, end_time=_end(date))
    except discord.NotFound as error:
        if error.code != UNKNOWN_EVENT:
            raise


async def _delete(guild: discord.Guild, number: int) -> None:
    try:
        await (await guild.fetch_scheduled_event(number, with_counts=False)).delete()
    except discord.NotFound as error:
        if error.code != UNKNOWN_EVENT:
            raise


def _end(date: SessionDate) -> datetime:
    return date.at + LASTS


def _location(date: SessionDate) -> str:
    return f"https://discord.com/channels/{date.guild}/{date.channel}"
