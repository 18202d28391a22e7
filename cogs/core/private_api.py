"""The private names of discord.py that the bot uses, in one place: the library is pinned because of them.

| name | what for | what a change breaks, and which test shows it |
| --- | --- | --- |
| `ConnectionState.parsers` | to keep little of each server, and to hear of what discord.py drops | no start at all, or too much memory: `tests/cogs/test_client.py`, the benchmark of memory |
| `Interaction._session`, `InteractionResponse._response_type` | to answer a press without making a message of what Discord sends back | presses are not answered: `tests/cogs/test_reading.py` |
| `AutoShardedClient.__shards`, `ConnectionState.shard_count`, `.shard_ids`, `._remove_guild` | to open some of all shards, and to forget one that was given up | no shard is opened where several processes share them: `tests/wire/test_shards.py` |
| `Client.http.get_bot_gateway` | how many shards Discord recommends, and how many may identify at once | as above |
| `Member._roles` | a member's role numbers, of which only @everyone's role is known here | who may turn pages by role: `tests/cogs/test_settings.py` |
"""

from collections.abc import Callable
from typing import Any

import discord
from discord.ext import commands
from discord.http import MultipartParameters
from discord.webhook.async_ import async_context

Interaction = discord.Interaction[Any]
Parser = Callable[[dict[str, Any]], None]
"""Takes the data of one gateway event."""
COMPONENTS_V2 = discord.MessageFlags(components_v2=True).value


def parsers_of(bot: commands.AutoShardedBot) -> dict[str, Parser]:
    """Return the handlers of gateway events, by the events' names; changing the mapping changes the bot."""
    return bot._connection.parsers  # noqa: SLF001 - see the table


def role_ids(user: discord.User | discord.Member) -> frozenset[int]:
    """Return the numbers of a member's roles; a user who is not a member has none."""
    return frozenset(user._roles) if isinstance(user, discord.Member) else frozenset()  # noqa: SLF001 - see the table


async def show_components(interaction: Interaction, components: list[dict[str, Any]]) -> None:
    """Answer a press with its message's new components, as Discord's JSON.

    It does what `edit_message` does for a layout, without parsing the message that Discord sends back.
    """
    data = {"components": components, "flags": COMPONENTS_V2, "allowed_mentions": {"parse": []}}
    payload = {"type": discord.InteractionResponseType.message_update.value, "data": data}
    await async_context.get().create_interaction_response(
        interaction.id,
        interaction.token,
        session=interaction._session,  # noqa: SLF001 - see the table
        params=MultipartParameters(payload=payload, multipart=None, files=None),
    )
    response = interaction.response
    response._response_type = discord.InteractionResponseType.message_update  # noqa: SLF001 - see the table


async def recommended_shards(bot: commands.AutoShardedBot) -> tuple[int, int]:
    """Return how many shards Discord recommends, and how many of them may identify at once.

    Raises:
        discord.GatewayNotFound: Discord cannot be reached.
    """
    number, _, limits = await bot.http.get_bot_gateway()
    return number, limits["max_concurrency"]


def divide(bot: commands.AutoShardedBot, numbers: list[int], of: int) -> None:
    """Have a bot open some shards of all; it is ready when those are that the list has by then."""
    state = bot._connection  # noqa: SLF001 - see the table
    bot.shard_count = state.shard_count = of
    state.shard_ids = numbers


def forget_shard(bot: commands.AutoShardedBot, shard: int) -> None:
    """Have a bot know nothing more of a shard that is closed, and of its servers."""
    del bot._AutoShardedClient__shards[shard]  # type: ignore[attr-defined] # noqa: SLF001 - see the table
    for guild in [each for each in bot.guilds if each.shard_id == shard]:
        bot._connection._remove_guild(guild)  # noqa: SLF001 - see the table
