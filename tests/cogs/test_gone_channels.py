"""Channels that are deleted: what was read there is kept for a month, and its date stands until it is cancelled."""

import discord
import pytest
from simcord import ChannelHandle, MemberActor

from tests.cogs.stage import TIME_IS_UP, Stage, labels, private, shown
from tests.cogs.trouble import POST, fail

HOUR, DAY = 3600, 24 * 3600


@pytest.fixture
def owner(stage: Stage) -> MemberActor:
    role = stage.server.create_role("Owners", permissions=discord.Permissions(manage_guild=True))
    return stage.server.add_member(stage.env.create_user("owner"), roles=[role])


async def deleted(stage: Stage, *, while_off: bool = False) -> ChannelHandle:
    """Have the channel deleted, where scene 2 is being read; return another."""
    other = stage.server.create_text_channel("other")
    await stage.next()
    await stage.press(stage.ann, "Ben")
    await stage.env.advance_time(TIME_IS_UP)
    if while_off:
        await stage.kill()
    stage.env.backend.delete_channel(stage.channel.id)
    if while_off:
        await stage.restart()
    await stage.env.settle()
    return other


@pytest.mark.parametrize("while_off", [False, True])
async def test_a_reading_of_a_deleted_channel_can_be_brought_into_another(
    stage: Stage,
    owner: MemberActor,
    while_off: bool,  # noqa: FBT001 - a parameter
) -> None:
    other = await deleted(stage, while_off=while_off)
    choices = await owner.autocomplete(other, "story move", "reading", "")
    assert len(choices) == 1
    await owner.slash(other, "story move", reading=choices[0]["value"])
    assert "Ben tells scene 2." in shown(stage.last(other))
    await stage.press(stage.ann, "Cleo", other)
    await stage.env.advance_time(TIME_IS_UP)
    assert "Cleo tells scene 3." in shown(stage.last(other))


async def test_a_reading_is_moved_only_by_who_may_manage_the_server(stage: Stage) -> None:
    other = await deleted(stage)
    private(await stage.ann.slash(other, "story move", reading="1"))
    assert stage.messages(other) == []


@pytest.mark.parametrize("reading", ["99", "nonsense"])
async def test_what_is_no_reading_cannot_be_moved(stage: Stage, owner: MemberActor, reading: str) -> None:
    private(await owner.slash(stage.channel, "story move", reading=reading))
    assert stage.messages() == []


async def test_a_reading_is_not_moved_to_where_something_is_read(stage: Stage, owner: MemberActor) -> None:
    other = await deleted(stage)
    await stage.next(channel=other)
    assert "`/story stop`" in private(await owner.slash(other, "story move", reading="1"))


async def test_a_reading_of_a_deleted_channel_is_forgotten_after_a_month(stage: Stage, owner: MemberActor) -> None:
    other = await deleted(stage)
    await stage.env.advance_time(30 * DAY + 1)
    assert await owner.autocomplete(other, "story move", "reading", "") == []


async def test_a_channel_that_discord_says_is_gone_is_taken_for_deleted(stage: Stage, owner: MemberActor) -> None:
    await stage.next()
    await stage.press(stage.ann, "Ben")
    fail(stage, POST, 404, 10003)
    await stage.env.advance_time(TIME_IS_UP)
    other = stage.server.create_text_channel("other")
    assert len(await owner.autocomplete(other, "story move", "reading", "")) == 1
    assert "Anna tells scene 1." in shown(await stage.next(channel=other))


async def test_a_date_of_a_deleted_channel_is_cancelled_from_another(stage: Stage) -> None:
    other = stage.server.create_text_channel("other")
    await stage.ann.slash(other, "session schedule", when="in 2 hours")
    stage.env.backend.delete_channel(other.id)
    await stage.env.settle()
    [choice] = await stage.ann.autocomplete(stage.channel, "session cancel", "date", "")
    private(await stage.ann.slash(stage.channel, "session cancel", date=choice["value"]))
    assert "No sessions planned" in private(await stage.ann.slash(stage.channel, "session calendar"))


async def test_a_date_of_a_deleted_channel_comes_to_nothing(stage: Stage) -> None:
    other = stage.server.create_text_channel("other")
    await stage.ann.slash(other, "session schedule", when="in 2 hours")
    stage.env.backend.delete_channel(other.id)
    await stage.env.advance_time(2 * HOUR + 1)
    assert stage.messages() == []
    assert "No sessions planned" in private(await stage.ann.slash(stage.channel, "session calendar"))


async def test_an_archived_thread_is_not_taken_for_deleted_at_the_start(stage: Stage) -> None:
    stage.env.backend.create_thread(stage.channel.id, "evening", stage.ann.id)
    await stage.env.settle()
    [thread] = stage.channel.threads
    await stage.next(channel=thread)
    stage.env.backend.guilds[stage.server.id].thread_ids.clear()  # as Discord lists no archived threads
    await stage.restart()
    assert labels(stage.last(thread)) == ["Anna", "Ben", "Next"]
    assert thread.mention in private(await stage.next())
