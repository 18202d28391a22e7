"""Keeps of each server only what the bot uses: most of the memory in many servers is what it never looks at."""

from collections.abc import Callable
from typing import Any

from discord.ext import commands

Parser = Callable[[dict[str, Any]], None]
UNUSED = ("channels", "emojis", "stickers", "stage_instances", "soundboard_sounds", "presences", "voice_states")
"""What Discord tells of a server and the bot does not need. Each command and press comes with its channel."""


def keep_little(bot: commands.AutoShardedBot) -> None:
    """Have a bot keep no channels of its servers, and of their roles only its own.

    discord.py has settings for members and messages, and none for these; its parsers are private, and pinned. A channel
    that is deleted is told of as `channel_deleted`, with its number, as its own event is for channels that it knows.
    """
    parsers: dict[str, Parser] = bot._connection.parsers  # noqa: SLF001 - see above
    create = parsers["GUILD_CREATE"]
    delete = parsers["CHANNEL_DELETE"]

    def guild_create(data: dict[str, Any]) -> None:
        own = {str(data["id"]), *(role for member in data.get("members", ()) for role in member["roles"])}
        roles = [role for role in data.get("roles", ()) if role["id"] in own]
        create({**data, **{name: [] for name in UNUSED if name in data}, "roles": roles})

    def channel_delete(data: dict[str, Any]) -> None:
        delete(data)
        bot.dispatch("channel_deleted", int(data["id"]))

    parsers["GUILD_CREATE"], parsers["CHANNEL_DELETE"] = guild_create, channel_delete
