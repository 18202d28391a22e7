import re

import discord

from tests.cogs.stage import Stage

SYNC = "PUT /applications/commands"


async def test_commands_are_told_to_discord_the_first_time(stage: Stage) -> None:
    assert SYNC in [f"{call.method} {re.sub('/[0-9]+', '', call.path)}" for call in stage.env.http_requests]


async def test_commands_that_have_not_changed_are_not_told_again(stage: Stage) -> None:
    requests = stage.requests()
    await stage.restart()
    assert SYNC not in requests.made()


async def test_commands_that_have_changed_are_told_again(stage: Stage) -> None:
    await stage.bot.services.members.keep_note("commands", "the hash of some other commands")
    requests = stage.requests()
    await stage.restart()
    assert SYNC in requests.made()


async def test_no_privileged_intent_is_asked_for(stage: Stage) -> None:
    assert stage.bot.intents == discord.Intents(guilds=True, guild_scheduled_events=True)


async def test_nothing_is_cached_that_is_not_needed(stage: Stage) -> None:
    await stage.next()
    assert not stage.bot.cached_messages
    assert stage.bot.user
    assert [member.id for member in stage.bot.guilds[0].members] == [stage.bot.user.id]


async def test_of_a_servers_roles_only_everyones_is_kept_after_the_server_changed_too(stage: Stage) -> None:
    await stage.restrict_server(discord.NSFWLevel.safe)
    [server] = stage.bot.guilds
    assert server.nsfw_level is discord.NSFWLevel.safe
    assert [role.id for role in server.roles] == [server.id]


async def test_every_command_has_a_description(stage: Stage) -> None:
    for command in stage.bot.tree.walk_commands():
        assert 10 < len(command.description) <= 100


async def test_all_but_what_is_for_groups_can_be_used_in_direct_messages_too(stage: Stage) -> None:
    contexts = {top.name: top.to_dict(stage.bot.tree)["contexts"] for top in stage.bot.tree.get_commands()}
    assert [contexts.pop(name) for name in ("session", "notify", "status")] == [[0], [0], [0]]
    assert all(places == [0, 1] for places in contexts.values())
