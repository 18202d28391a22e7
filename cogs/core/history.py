"""Searches a channel's history for what may have been posted already."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import discord

LOOK_BACK = 1000
"""How many messages are searched, newest first: ten requests' worth."""
CLOCKS_DIFFER = timedelta(minutes=1)
"""How far this machine's clock may run ahead of Discord's."""

Part = Callable[[discord.Message], int | None]
"""Returns which part of a delivery a message is, if any."""


async def find(
    channel: discord.PartialMessageable, me: int, part_of: Part, *, since: datetime, after: int | None = None
) -> dict[int, int]:
    """Return which parts are in a channel, and their messages; of copies, the newest.

    Only the bot's own messages count, its number being `me`, and only after an instant and, if given, a message.
    """
    oldest = max(discord.utils.time_snowflake(since - CLOCKS_DIFFER), after or 0)
    found: dict[int, int] = {}
    async for message in channel.history(after=discord.Object(oldest), limit=LOOK_BACK, oldest_first=False):
        part = part_of(message) if message.author.id == me else None
        if part is not None:
            found.setdefault(part, message.id)
    return found


def component_ids(components: Any) -> Iterator[int]:
    """Yield the ids of components and of those within them."""
    for component in components:
        yield component.id
        yield from component_ids(getattr(component, "children", ()))


def custom_ids(components: Any) -> Iterator[str]:
    """Yield the custom_ids of components and of those within them."""
    for component in components:
        if custom_id := getattr(component, "custom_id", None):
            yield custom_id
        yield from custom_ids(getattr(component, "children", ()))
