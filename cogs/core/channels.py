"""Channels that members choose as options of commands."""

from contextlib import suppress
from typing import Any

import discord
from discord import app_commands

from cogs.core.permissions import VOICE, needed_in
from cogs.core.responses import NOT_DONE, Interaction, Refused
from cogs.ui import texts
from story.rules.delivery import DeliveryFailure

FORUMS = (discord.ChannelType.forum, discord.ChannelType.media)
"""They hold threads only, and take no messages themselves."""
Chosen = app_commands.AppCommandChannel | app_commands.AppCommandThread
"""A channel that a member chose, with what they may do there."""


class AnyReadable(app_commands.Transformer):
    """A channel or thread where a story can be read, as Discord describes it: the bot keeps no channels.

    Forums can be chosen, too, so that members are told how to read in one.
    """

    @property
    def type(self) -> discord.AppCommandOptionType:
        """The type of the option."""
        return discord.AppCommandOptionType.channel

    @property
    def channel_types(self) -> list[discord.ChannelType]:
        """The types of channels on offer."""
        kinds = discord.ChannelType
        text, threads = [kinds.text, kinds.news], [kinds.public_thread, kinds.private_thread, kinds.news_thread]
        return [*text, *threads, *VOICE, *FORUMS]

    async def transform(self, _interaction: Interaction, value: Chosen, /) -> Chosen:
        """Take the channel as it is."""
        return value


Readable = app_commands.Transform[Chosen, AnyReadable]


def require_your_channel(channel: Chosen) -> None:
    """Require that whoever asks may write in a channel; whether the bot may shows when it posts there.

    Raises:
        Refused: they may not, or nobody can.
    """
    if channel.type in FORUMS:
        raise Refused(texts.not_there(channel.id, DeliveryFailure.KIND))
    theirs = channel.permissions
    thread = isinstance(channel, app_commands.AppCommandThread)
    if not (theirs.view_channel and (theirs.send_messages_in_threads if thread else theirs.send_messages)):
        raise Refused(texts.t("error.not_your_channel"))


async def why_not_there(client: discord.Client, channel: int, failure: DeliveryFailure) -> str:
    """Say why nothing can be posted in a channel that a member has chosen, and what to do about it."""
    if failure is not DeliveryFailure.FORBIDDEN:
        return texts.not_there(channel, failure)
    kind = None
    with suppress(*NOT_DONE):  # it may not be to be seen
        found: Any = await client.fetch_channel(channel)
        kind = found.type
    return texts.missing_permissions(channel, needed_in(kind))
