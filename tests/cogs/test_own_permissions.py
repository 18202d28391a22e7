"""What the bot may do is what Discord says with each interaction, whatever roles it had at the start."""

import discord

from tests.cogs.stage import Stage, shown


async def without_rights(stage: Stage) -> int:
    """Take the bot's rights, and start it again; return a role with all of them that it has not got yet."""
    backend = stage.env.backend
    role = stage.server.create_role("Bots", permissions=discord.Permissions.all())
    own = next(each for each in backend.guilds[stage.server.id].roles.values() if each.name == "TestBot")
    rights = discord.Permissions(view_channel=True, send_messages=True, read_message_history=True)
    backend.edit_role(stage.server.id, own.id, {"permissions": rights.value})
    await stage.restart()
    return role.id


async def test_a_role_that_was_there_at_the_start_and_is_given_later_counts_at_once(stage: Stage) -> None:
    role = await without_rights(stage)
    before = shown(await stage.ann.slash(stage.channel, "session schedule", when="in 2 hours"))
    assert "Create Events" in before
    await stage.ann.slash(stage.channel, "session cancel")
    assert stage.bot.user
    stage.env.backend.add_member_role(stage.server.id, stage.bot.user.id, role)
    await stage.env.settle()
    assert "Create Events" not in shown(await stage.ann.slash(stage.channel, "session schedule", when="in 2 hours"))


async def test_a_channel_that_only_a_role_given_later_may_write_in_can_be_read_in(stage: Stage) -> None:
    role = await without_rights(stage)
    everyone = stage.server.roles["@everyone"]
    may_not_post = discord.PermissionOverwrite(send_messages=False)
    silent = stage.server.create_text_channel("silent", overwrites={everyone: may_not_post})
    assert stage.bot.user
    stage.env.backend.add_member_role(stage.server.id, stage.bot.user.id, role)
    await stage.env.settle()
    assert "Anna tells scene 1." in shown(await stage.next(stage.mod, channel=silent))
