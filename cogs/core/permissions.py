"""Where a request comes from, and what is allowed there."""

import discord

from cogs.core.private_api import role_ids
from cogs.core.responses import Interaction, Refused
from cogs.ui import texts
from story.rules.presses import Member

NEEDED: tuple[str, ...] = ("view_channel", "send_messages", "read_message_history")
"""What reading in a channel takes: posting when a ballot's time is up, and looking for what a crash left unposted."""
NEEDED_IN_VOICE = (*NEEDED, "connect")
"""Whoever may not connect to a voice or stage channel may not write in its chat either."""
NEEDED_IN_THREADS = ("view_channel", "send_messages_in_threads", "read_message_history")


THREADS = {
    discord.ChannelType.public_thread,
    discord.ChannelType.private_thread,
    discord.ChannelType.news_thread,
}
VOICE = (discord.ChannelType.voice, discord.ChannelType.stage_voice)
"""Channels with a chat beside."""


def place_of(interaction: Interaction) -> tuple[int, int]:
    """Return the server and the channel that an interaction comes from.

    Direct messages count as a server of their own, with minus their channel's number.
    """
    channel = interaction.channel_id or 0
    return interaction.guild_id or -channel, channel


def server_of(interaction: Interaction) -> tuple[int, int]:
    """As `place_of`, for what makes sense only in a server.

    Raises:
        Refused: it comes from no server.
    """
    if interaction.guild_id is None:
        raise Refused(texts.t("error.not_in_server"))
    return place_of(interaction)


def member_of(interaction: Interaction) -> Member:
    """Return who asks, with their roles, and whether they may manage messages in the channel."""
    user = interaction.user
    return Member(user.id, role_ids(user), interaction.guild_id is None or interaction.permissions.manage_messages)


def may_manage_server(interaction: Interaction) -> bool:
    """Whether whoever asks may manage the server; in direct messages there is nobody else."""
    return interaction.guild_id is None or interaction.permissions.manage_guild


def require_manage_server(interaction: Interaction) -> None:
    """Require that whoever asks may manage the server.

    Raises:
        Refused: they may not.
    """
    if not may_manage_server(interaction):
        raise Refused(texts.needs_manage_server())


def is_own(interaction: Interaction) -> bool:
    """Whether the pressed message is the bot's private answer to the same member."""
    message = interaction.message
    if message is None or not message.flags.ephemeral or message.interaction_metadata is None:
        return False
    return message.interaction_metadata.user.id == interaction.user.id


def require_permissions_here(interaction: Interaction) -> None:
    """Require that the bot may read stories where an interaction comes from; in direct messages it always may.

    Raises:
        Refused: it may not; the text names every missing permission, or says that the thread is locked.
    """
    _, channel = place_of(interaction)
    if interaction.guild_id is None:
        return
    allowed, here = interaction.app_permissions, interaction.channel
    missing = [name for name in needed_in(here.type if here else None) if not getattr(allowed, name)]
    if missing:
        raise Refused(texts.missing_permissions(channel, missing))
    if isinstance(here, discord.Thread) and here.locked and not allowed.manage_threads:
        raise Refused(texts.locked())


def needed_in(kind: discord.ChannelType | None) -> tuple[str, ...]:
    """Return the permissions that reading takes in a channel of a kind."""
    if kind in THREADS:
        return NEEDED_IN_THREADS
    return NEEDED_IN_VOICE if kind in VOICE else NEEDED


def require_leave_to_ping(interaction: Interaction, role: discord.Role) -> None:
    """Require that whoever asks may mention a role there themselves, and that the bot may as well.

    Raises:
        Refused: one of them may not, or it is @everyone; the text says what to do.
    """
    if role.is_default():
        raise Refused(texts.t("error.ping.everyone"))
    if role.mentionable:
        return
    if not interaction.permissions.mention_everyone:
        raise Refused(texts.may_not_ping(role.id, by_you=True))
    if not interaction.app_permissions.mention_everyone:
        raise Refused(texts.may_not_ping(role.id, by_you=False))
