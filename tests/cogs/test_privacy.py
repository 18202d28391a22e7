import discord
from simcord import MemberActor, ResponseMessage

from tests.cogs.stage import Stage, labels, private, shown

DAY = 24 * 3600


async def test_privacy_says_what_is_kept_and_how_it_is_deleted(stage: Stage) -> None:
    text = private(await stage.ann.slash(stage.channel, "privacy"))
    for part in ("no names and no messages", "`/forget me`", "**Delete server data…**", "`/settings`", "30 days"):
        assert part in text


async def forget(stage: Stage, member: MemberActor) -> ResponseMessage:
    asked = (await member.slash(stage.channel, "forget me")).response
    assert asked
    await member.click(asked, label="Delete my data")
    return asked


async def test_forget_me_asks_first_and_says_what_goes(stage: Stage) -> None:
    await stage.next()
    await stage.press(stage.bob, "Ben")
    asked = await stage.bob.slash(stage.channel, "forget me")
    for part in ("in every server", "your name on votes", "your bookmarks", "You can't undo this."):
        assert part in private(asked)
    assert asked.response
    await stage.bob.click(asked.response, label="Cancel")
    assert shown(asked) == "Okay, nothing changed."
    assert "Ben · 1" in labels(stage.last())


async def test_forget_me_takes_an_open_vote_with_it(stage: Stage) -> None:
    await stage.next()
    await stage.press(stage.bob, "Ben")
    assert "your data is deleted" in shown(await forget(stage, stage.bob))
    await stage.press(stage.ann, "Anna")
    assert labels(stage.last()) == ["Anna · 1", "Ben", "Next"]


async def test_whoever_is_forgotten_is_named_no_more(stage: Stage) -> None:
    await stage.next()
    await forget(stage, stage.ann)
    assert "Only whoever started it (somebody)" in private(await stage.bob.slash(stage.channel, "back"))


async def test_to_forget_a_server_asks_first_and_then_forgets_at_once(stage: Stage) -> None:
    owners = stage.server.create_role("Owners", permissions=discord.Permissions(manage_guild=True))
    owner = stage.server.add_member(stage.env.create_user("owner"), roles=[owners])
    page = (await stage.next()).response
    asked = await owner.slash(stage.channel, "settings")
    assert asked.response
    await owner.click(asked.response, label="Delete server data…")
    assert "Delete everything about this server?" in private(asked)
    assert "scene 1 of 4" in private(await stage.ann.slash(stage.channel, "where"))
    await owner.click(asked.response, label="Delete server data")
    assert "this server's data is deleted" in shown(asked)
    assert page
    assert "There's no story here yet" in private(await stage.click(stage.ann, page, "Ben"))


async def test_a_server_that_removes_the_bot_is_forgotten_after_thirty_days(stage: Stage) -> None:
    await stage.next()
    guild = stage.bot.guilds[0]
    stage.bot.dispatch("guild_remove", guild)
    await stage.env.advance_time(29 * DAY)
    assert await stage.queries.where(stage.server.id, stage.channel.id)
    await stage.env.advance_time(2 * DAY)
    assert "There's no story here yet" in private(await stage.ann.slash(stage.channel, "where"))


async def test_a_server_that_takes_the_bot_back_is_not_forgotten(stage: Stage) -> None:
    await stage.next()
    guild = stage.bot.guilds[0]
    stage.bot.dispatch("guild_remove", guild)
    await stage.env.settle()
    stage.bot.dispatch("guild_join", guild)
    await stage.env.advance_time(31 * DAY)
    assert "scene 1 of 4" in private(await stage.ann.slash(stage.channel, "where"))
