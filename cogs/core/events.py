"""Discord's own event of a date: made, moved, deleted."""

from datetime import datetime

import discord

from cogs.core.way import Way
from cogs.ui import texts
from story.rules.delivery import Delivery
from story.rules.session_date import LASTS, SessionDate
from story.services.container import Services

UNKNOWN_EVENT = 10070
"""Discord's code for an event that does not exist."""


async def carry_out(services: Services, way: Way, delivery: Delivery) -> None:
    """Make Discord's event follow its date: create it, move it, or delete it."""
    guild = way.client.get_guild(delivery.guild)
    if guild is None:
        return  # the bot is no longer in that server
    date = await services.queries.date(delivery.subject) if delivery.subject else None
    date = None if date and date.waits else date
    try:
        async with way.limiter:
            if delivery.target:
                await _delete(guild, delivery.target)
            elif date and date.event:
                await _move(services, guild, date, date.event)
            else:
                await _make(services, guild, way, delivery.channel, date)
    except discord.HTTPException:
        # Once it has begun, it can't be created or moved; its next time is another delivery's business.
        if date is None or date.at > services.clock():
            raise


async def _make(services: Services, guild: discord.Guild, way: Way, channel: int, date: SessionDate | None) -> None:
    """Create the event of a date, unless an earlier try did so unnoticed; that event may be out of date by now."""
    event = None
    for made in await _made_before(services, guild, way, channel):
        if date and made.start_time == date.at:
            event = made
        else:
            await _delete(guild, made.id)
    if date:
        event = event or await _create(guild, date, await _name(services, date))
        await services.dates.event_made(date, event.id)


async def _name(services: Services, date: SessionDate) -> str:
    return texts.event_name(await services.rsvps.planned_for(date))


async def _create(guild: discord.Guild, date: SessionDate, name: str) -> discord.ScheduledEvent:
    return await guild.create_scheduled_event(
        name=name,
        description=texts.t("event.description"),
        start_time=date.at,
        end_time=_end(date),
        entity_type=discord.EntityType.external,
        privacy_level=discord.PrivacyLevel.guild_only,
        location=_location(date.guild, date.channel),
    )


async def _made_before(
    services: Services, guild: discord.Guild, way: Way, channel: int
) -> list[discord.ScheduledEvent]:
    """Return the events of a channel's date that an earlier try may have created unnoticed."""
    if way.fresh:
        return []
    known = await services.queries.date_in(channel)
    return [
        event
        for event in await guild.fetch_scheduled_events(with_counts=False)
        if _is_ours(event, way, channel) and (known is None or event.id != known.event)
    ]


def _is_ours(event: discord.ScheduledEvent, way: Way, channel: int) -> bool:
    """Whether the bot made an event for a channel, and it is still to come."""
    me = way.client.user
    ours = me is not None and event.creator_id == me.id and event.location == _location(event.guild_id, channel)
    return ours and event.status is discord.EventStatus.scheduled and event.start_time > discord.utils.utcnow()


async def _move(services: Services, guild: discord.Guild, date: SessionDate, number: int) -> None:
    try:
        event = await guild.fetch_scheduled_event(number, with_counts=False)
        name = await _name(services, date)
        if event.status is discord.EventStatus.scheduled and (event.start_time, event.name) != (date.at, name):
            await event.edit(name=name, start_time=date.at, end_time=_end(date))
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
