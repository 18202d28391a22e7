"""Discord's age restriction: by its rules, stories for adults are read only where it is on."""

from typing import Any

import discord

from cogs.core.permissions import place_of
from cogs.core.responses import Interaction
from story.errors import AdultStory
from story.model import Story
from story.rules.ratings import is_adult

RESTRICTED_SERVERS = {discord.NSFWLevel.age_restricted, discord.NSFWLevel.explicit}
"""Servers that nobody under 18 can be in: Discord does not let their channels be restricted one by one."""


async def is_restricted(client: discord.Client, channel: int) -> bool:
    """Ask Discord whether a channel is age-restricted, or its server is; for a thread, its channel counts.

    Raises:
        discord.HTTPException, aiohttp.ClientError: Discord did not answer.
    """
    found: Any = await client.fetch_channel(channel)
    if isinstance(found, discord.Thread):
        found = await client.fetch_channel(found.parent_id)
    return getattr(found, "nsfw", False) or _restricts(getattr(found, "guild", None))


async def require_suitable(interaction: Interaction, story: Story, channel: int | None = None) -> None:
    """Require that a story may be read in a channel, by default the interaction's.

    Raises:
        AdultStory: it is for adults, and the channel is not age-restricted, or the bot can't see it.
    """
    if not is_adult(story.rating):
        return
    _, here = place_of(interaction)
    if interaction.guild_id is None:
        raise AdultStory(story.title, story.rating, private=True)
    if _restricts(interaction.guild) or (channel in {None, here} and getattr(interaction.channel, "nsfw", False)):
        return
    try:
        restricted = await is_restricted(interaction.client, channel or here)
    except (discord.Forbidden, discord.NotFound):
        restricted = False
    if not restricted:
        raise AdultStory(story.title, story.rating)


def _restricts(server: discord.Guild | None) -> bool:
    """Whether a server is age-restricted as a whole."""
    return server is not None and server.nsfw_level in RESTRICTED_SERVERS
