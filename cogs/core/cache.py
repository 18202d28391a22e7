"""Keeps only what the bot uses of each server, and passes on changes that discord.py drops.

In many servers, most memory would go to what the bot never uses. discord.py has settings for members and messages, but
none for channels and roles; its parsers are private (see `private_api`).
"""

from typing import Any

from discord.ext import commands

from cogs.core.private_api import Parser, parsers_of

UNUSED = ("channels", "threads", "emojis", "stickers", "stage_instances", "soundboard_sounds", "presences")
"""What Discord says of a server and the bot does not need: each interaction says what the bot may do there."""
UNUSED_TOO = ("voice_states", "guild_scheduled_events")
PERMISSIONS_CHANGE = (
    "GUILD_ROLE_CREATE",
    "GUILD_ROLE_UPDATE",
    "GUILD_ROLE_DELETE",
    "CHANNEL_UPDATE",
    "THREAD_UPDATE",
    "GUILD_MEMBER_UPDATE",
)
"""Events after which the bot may have more permissions: of roles, channels, and its own member."""
UNHEARD = (
    "GUILD_SCHEDULED_EVENT_CREATE",
    "GUILD_SCHEDULED_EVENT_USER_ADD",
    "GUILD_SCHEDULED_EVENT_USER_REMOVE",
)
"""Events that the bot does not use."""


def keep_little(bot: commands.AutoShardedBot) -> None:
    """Make a bot keep no channels of its servers, and no roles but @everyone.

    Dispatches `guild_seen` (server, its channels and threads, its events) when a server comes in, `channel_deleted`
    (server, channel), `permissions_changed` (server), `channel_changed` (server), `event_changed` and
    `event_deleted` (Discord's event).
    """
    parsers = parsers_of(bot)
    create, update, delete = parsers["GUILD_CREATE"], parsers["GUILD_UPDATE"], parsers["CHANNEL_DELETE"]

    def guild_create(data: dict[str, Any]) -> None:
        if not data.get("unavailable"):
            channels = {int(each["id"]) for name in ("channels", "threads") for each in data.get(name, ())}
            bot.dispatch("guild_seen", int(data["id"]), channels, data.get("guild_scheduled_events", ()))
        create(_little_of(data))

    def channel_delete(data: dict[str, Any]) -> None:
        delete(data)
        bot.dispatch("channel_deleted", int(data.get("guild_id", 0)), int(data["id"]))

    def tell(parser: Parser, event: str, key: str = "guild_id") -> Parser:
        def told(data: dict[str, Any]) -> None:
            parser(data)
            if guild := data.get(key):
                bot.dispatch(event, int(guild))

        return told

    parsers["GUILD_CREATE"], parsers["CHANNEL_DELETE"] = guild_create, channel_delete
    # discord.py reports only events that it has in memory, and the bot keeps none there.
    for name in UNHEARD:
        parsers[name] = _ignore
    parsers["GUILD_SCHEDULED_EVENT_UPDATE"] = lambda data: bot.dispatch("event_changed", data)
    parsers["GUILD_SCHEDULED_EVENT_DELETE"] = lambda data: bot.dispatch("event_deleted", data)
    for name in PERMISSIONS_CHANGE:
        parsers[name] = tell(parsers[name], "permissions_changed")
    parsers["CHANNEL_UPDATE"] = tell(parsers["CHANNEL_UPDATE"], "channel_changed")
    # A server can be age-restricted as a whole.
    parsers["GUILD_UPDATE"] = tell(lambda data: update(_little_of(data)), "channel_changed", "id")


def _little_of(server: dict[str, Any]) -> dict[str, Any]:
    """Return what Discord tells of a server without what the bot does not need."""
    roles = [role for role in server.get("roles", ()) if role["id"] == server["id"]]
    unused: dict[str, Any] = {name: [] for name in (*UNUSED, *UNUSED_TOO) if name in server}
    return {**server, **unused, "roles": roles}


def _ignore(_data: dict[str, Any]) -> None:
    """Leave an event alone."""
