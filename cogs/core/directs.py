"""Tells members in private what they asked for, and at their next press that the bot can't message them."""

import logging

import discord

from cogs.core.responses import NOT_DONE, Interaction, whisper
from cogs.core.way import Way
from cogs.ui import layouts, texts
from story.rules.delivery import Delivery, Direct
from story.services.container import Services
from story.services.directs import Directs

CLOSED = {50007, 50278}
"""Discord's codes for a member who takes no messages from the bot, or no longer shares a server with it."""
UNKNOWN_USER = 10013
"""Discord's code for a user who does not exist."""

log = logging.getLogger(__name__)


async def tell(services: Services, way: Way, delivery: Delivery) -> int | None:
    """Tell a member something in private, if they still want it; return the message."""
    text = await _text(services, delivery)
    if text is None:
        return None
    try:
        await way.open_direct()
        return await way.post(layouts.notice(text))
    except discord.HTTPException as error:
        if error.code not in {*CLOSED, UNKNOWN_USER}:
            raise
        await services.directs.not_reached(delivery.channel)
        return None


async def _text(services: Services, delivery: Delivery) -> str | None:
    """Return the text, or None if the member no longer wants it."""
    if Direct(delivery.data["what"]) is Direct.REMINDER:
        wanted = await services.directs.wants_reminder(delivery)
        planned = await services.rsvps.planned(delivery.subject) if wanted else None
        return texts.direct_reminder(planned) if planned else None
    page = await services.alerts.wanted(delivery)
    return texts.direct_alert(page, Direct(delivery.data["what"])) if page else None


async def tell_unreached(directs: Directs, interaction: Interaction) -> None:
    """Tell whoever has just pressed something that the bot could not message them, if that is so."""
    if interaction.user.id not in directs.unreached:
        return
    try:
        await whisper(interaction, texts.directs_closed())
    except NOT_DONE as error:
        log.info("interaction %s: the member does not know that they can't be messaged: %r", interaction.id, error)
    else:
        await directs.told(interaction.user.id)
