"""A thread under each section, to talk about it."""

import discord

from cogs.core.way import Way
from cogs.ui import texts
from story.rules.delivery import Delivery
from story.rules.page import Page

HAS_THREAD = 160004
"""Discord's code for a message that already has a thread."""
NO_THREADS_HERE = 50024
"""Discord's code for what can't be done in this kind of channel: a thread has no threads."""
UNKNOWN_CHANNEL, UNKNOWN_MESSAGE = 10003, 10008
"""Discord's codes for a channel or thread, and a message, that do not exist."""
NO_USE = {HAS_THREAD, NO_THREADS_HERE, UNKNOWN_CHANNEL, UNKNOWN_MESSAGE}


async def open_thread(way: Way, delivery: Delivery, page: Page) -> None:
    """Open the thread under a section, if there can be one."""
    try:
        async with way.limiter:
            await way.channel.get_partial_message(delivery.target or 0).create_thread(name=texts.thread_name(page))
    except discord.HTTPException as error:
        if error.code not in NO_USE:
            raise


async def archive(way: Way, delivery: Delivery) -> None:
    """Archive a section's thread, which has the number of the message it hangs under."""
    try:
        async with way.limiter:
            thread = await way.client.fetch_channel(delivery.target or 0)
            if isinstance(thread, discord.Thread):
                await thread.edit(archived=True)
    except discord.NotFound:
        return  # there was none
