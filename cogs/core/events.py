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
        if date and date.event:
            await _move(guild, date, date.event)
            return
        unheard = [] if way.fresh else await _unheard(services, way, guild, delivery)
        if date:
            made = bool(unheard)
            number = unheard.pop() if made else await _make(guild, date)
            await services.dates.event_made(date.id, date.guild, date.channel, number)
            if made:
                await _move(guild, date, number)
        for number in [*unheard, *filter(None, [None if date else delivery.target])]:
            await _delete(guild, number)


async def _make(guild: discord.Guild, date: SessionDate) -> int:
    event = await guild.create_scheduled_event(
        name=texts.EVENT_NAME,
        description=texts.EVENT_DESCRIPTION,
        start_time=date.at,
        end_time=_end(date),
        entity_type=discord.EntityType.external,
        privacy_level=discord.PrivacyLevel.guild_only,
        location=_location(date.guild, date.channel),
    )
    return event.id


async def _unheard(services: Services, way: Way, guild: discord.Guild, delivery: Delivery) -> list[int]:
    """Return the events to come that were made for a channel although nobody heard of it."""
    me = way.client.user
    known = await services.queries.date_in(delivery.channel)
    location = _location(delivery.guild, delivery.channel)
    return [
        event.id
        for event in await guild.fetch_scheduled_events(with_counts=False)
        if (me and event.creator_id == me.id and event.location == location)
        and event.start_time > services.clock()
        and event.status is discord.EventStatus.scheduled
        and not (known and known.event == event.id)
    ]


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


def _location(guild: int, channel: int) -> str:
    return f"https://discord.com/channels/{guild}/{channel}"
