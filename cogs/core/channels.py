"""Channels that members choose as options of commands."""

import discord
from discord import app_commands

from cogs.core.responses import Interaction, Refused
from cogs.ui import texts

Chosen = app_commands.AppCommandChannel | app_commands.AppCommandThread
"""A channel that a member chose, with what they may do there."""


class AnyReadable(app_commands.Transformer):
    """A channel or thread where a story can be read, as Discord describes it: the bot keeps no channels."""

    @property
    def type(self) -> discord.AppCommandOptionType:
        """The type of the option."""
        return discord.AppCommandOptionType.channel

    @property
    def channel_types(self) -> list[discord.ChannelType]:
        """The types of channels on offer."""
        kinds = discord.ChannelType
        return [kinds.text, kinds.news, kinds.public_thread, kinds.private_thread, kinds.news_thread]

    async def transform(self, _interaction: Interaction, value: Chosen, /) -> Chosen:
        """Take the channel as it is."""
        return value


Readable = app_commands.Transform[Chosen, AnyReadable]


def require_your_channel(channel: Chosen) -> None:
    """Require that whoever asks may write in a channel; whether the bot may shows when it posts there.

    Raises:
        Refused: they may not.
    """
    theirs = channel.permissions
    thread = isinstance(channel, app_commands.AppCommandThread)
    if not (theirs.view_channel and (theirs.send_messages_in_threads if thread else theirs.send_messages)):
        raise Refused(texts.t("error.not_your_channel"))
