"""Where a request comes from, and what may be done there."""

import discord

from cogs.core.responses import Interaction, Refused
from cogs.ui import texts
from story.rules.ballot import Member

NEEDED = ("view_channel", "send_messages", "read_message_history")
"""What reading in a channel needs: to post when a ballot's time is up, and to look for what a crash left unposted."""
NEEDED_IN_THREADS = ("view_channel", "send_messages_in_threads", "read_message_history")


def place_of(interaction: Interaction) -> tuple[int, int]:
    """Return the server and the channel that an interaction comes from.

    Direct messages with the bot are a place of their own: for their server stands their channel's number, below zero.
    """
    channel = interaction.channel_id or 0
    return interaction.guild_id or -channel, channel


def server_of(interaction: Interaction) -> tuple[int, int]:
    """As `place_of`, for what makes sense in a server only.

    Raises:
        Refused: it does not come from a server.
    """
    if interaction.guild_id is None:
        raise Refused(texts.NOT_IN_A_SERVER)
    return place_of(interaction)


def member_of(interaction: Interaction) -> Member:
    """Return who asks, with the roles that they have and what they may do in the channel."""
    user = interaction.user
    roles = frozenset(user._roles) if isinstance(user, discord.Member) else frozenset()  # noqa: SLF001 - their numbers only
    return Member(user.id, roles, interaction.guild_id is None or interaction.permissions.manage_messages)


def require_manage_server(interaction: Interaction) -> None:
    """Check that the member may manage the server; in direct messages everyone may.

    Raises:
        Refused: they may not.
    """
    if interaction.guild_id is not None and not interaction.permissions.manage_guild:
        raise Refused(texts.NEEDS_MANAGE_SERVER)


def require_permissions(channel: int, mine: discord.Permissions, *, in_thread: bool) -> None:
    """Check that the bot may read in a channel.

    Raises:
        Refused: it may not; the text names every permission that is missing.
    """
    missing = [name for name in (NEEDED_IN_THREADS if in_thread else NEEDED) if not getattr(mine, name)]
    if missing:
        raise Refused(texts.missing_permissions(channel, missing))


def require_permissions_here(interaction: Interaction) -> None:
    """Check that the bot may read where an interaction comes from; in direct messages it always may.

    Raises:
        Refused: it may not.
    """
    _, channel = place_of(interaction)
    in_thread = isinstance(interaction.channel, discord.Thread)
    if interaction.guild_id is not None:
        require_permissions(channel, interaction.app_permissions, in_thread=in_thread)


async def channel_exists(client: discord.Client, guild: int, channel: int) -> bool:
    """Whether a channel or thread is still there; an archived thread is not in the cache, so Discord is asked then."""
    server = client.get_guild(guild)
    if server is not None and server.get_channel_or_thread(channel) is not None:
        return True
    try:
        await client.fetch_channel(channel)
    except discord.NotFound:
        return False
    except discord.Forbidden:
        return True
    return True
