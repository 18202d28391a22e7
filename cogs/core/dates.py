"""Shows dates: the card with RSVPs, the reminders, and the calendar file."""

from collections.abc import Iterable

import discord
from discord import ui

from cogs.core.responses import file_of
from cogs.core.way import Way, fixed
from cogs.ui import dates as date_layouts
from cogs.ui import layouts, texts
from story.rules.delivery import Delivery, Over
from story.rules.session_date import SessionDate
from story.services.container import Services


async def post_card(services: Services, way: Way, delivery: Delivery) -> int | None:
    """Post the card of a date, unless it is there already, or the date was moved, cancelled or came meanwhile."""
    planned = await services.rsvps.planned(delivery.subject)
    if planned and not planned.date.waits and planned.date.at.timestamp() == delivery.data["at"]:
        if planned.date.message != delivery.target:
            return planned.date.message
        quiet = await services.queries.is_quiet(delivery.guild)
        message = await way.post(date_layouts.date_card(planned, event=delivery.data["event"]), silent=quiet)
    elif found := await way.standing():
        message = found[0]
    else:
        return None
    await services.dates.posted(delivery, message)
    return message


async def show_card(services: Services, way: Way, delivery: Delivery) -> None:
    """Show the card of a date as it is now."""
    date = await services.queries.date(delivery.subject)
    if date and date.message:

        async def newest() -> ui.LayoutView | None:
            now = await services.rsvps.planned(delivery.subject)
            return date_layouts.date_card(now) if now and now.date.message == date.message else None

        await way.edit(date.message, newest)


async def close_card(way: Way, delivery: Delivery) -> None:
    """Replace a card with a line, so that nobody can press it."""
    if delivery.target:
        await way.edit(delivery.target, fixed(layouts.notice(texts.date_over(Over(delivery.data["why"])))))


async def remind(services: Services, way: Way, delivery: Delivery) -> int | None:
    """Remind a channel of its date, unless the date was moved or has come."""
    date = await services.queries.date(delivery.subject)
    if date is None or date.waits or date.at.timestamp() != delivery.data["at"] or services.clock() >= date.at:
        return None
    quiet = date.role is None and await services.queries.is_quiet(delivery.guild)
    return await way.post(layouts.notice(texts.reminder(date)), silent=quiet, role=date.role)


async def calendar_file(services: Services, name: str, dates: Iterable[SessionDate]) -> discord.File:
    """Return a file of dates for a member's calendar."""
    from story.services.calendar import Entry, as_ics  # noqa: PLC0415 - few ask for it, and its library takes memory

    planned = [await services.rsvps.planned_for(date) for date in dates]
    entries = [
        Entry(each.date, texts.event_name(each), texts.t("event.description"), texts.place_of(each.date))
        for each in planned
    ]
    return file_of(name, "ics", as_ics(entries, services.clock()))
