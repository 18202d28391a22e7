"""Told when something is wrong: once each in the log channel, and whenever it is asked by /status."""

import asyncio
from dataclasses import replace

import discord
import pytest
from simcord import ChannelHandle, MemberActor

from story.model import Story
from tests.builders import story
from tests.cogs.stage import TIME_IS_UP, Stage, labels, private, shown
from tests.cogs.test_own_permissions import without_rights
from tests.cogs.test_serial import until
from tests.cogs.test_serial_dates import dated
from tests.cogs.trouble import allow, refuse

DAY = 24 * 3600
TALE = story("A", "AB", "ABC", *["AB"] * 4)
LETTERS = dated(story("A", "A", "A", story_id="letters", title="Letters"), (3, 1), (4, 1), (5, 1))


@pytest.fixture
def stories() -> list[Story]:
    return [TALE, LETTERS]


@pytest.fixture
def owner(stage: Stage) -> MemberActor:
    """A member who may manage the server."""
    role = stage.server.create_role("Owners", permissions=discord.Permissions(manage_guild=True))
    return stage.server.add_member(stage.env.create_user("owner"), roles=[role])


async def with_log(stage: Stage) -> ChannelHandle:
    log = stage.server.create_text_channel("log")
    await stage.bot.services.settings.change(stage.server.id, None, log=log.id)
    return log


def told(stage: Stage, log: ChannelHandle) -> list[str]:
    return [shown(message) for message in stage.messages(log)]


async def held(stage: Stage) -> None:
    """Have the section that the clock turns to be refused, in the channel that is read in and nowhere else."""
    await stage.next()
    await stage.press(stage.ann, "Ben")
    refuse(stage, f"POST /channels/{stage.channel.id}/messages")
    await stage.env.advance_time(TIME_IS_UP)


async def looked_over(stage: Stage) -> None:
    """Have the bot notice that stories were edited, and wait until it has said so."""
    await stage.bot.services.troubles.look_over()
    await asyncio.gather(*stage.publisher._running.values())
    await stage.env.settle()


async def status(stage: Stage, owner: MemberActor) -> str:
    return private(await owner.slash(stage.channel, "status"))


# ---- the log channel


async def test_a_channel_that_takes_no_posts_is_told_once_with_what_to_do(stage: Stage) -> None:
    log = await with_log(stage)
    await held(stage)
    [line] = told(stage, log)
    assert line.startswith(f"**{stage.channel.mention}:** I can't post there anymore. Please give me")
    await stage.env.advance_time(3 * DAY)
    assert len(told(stage, log)) == 1


async def test_it_is_told_again_where_it_was_over_in_between(stage: Stage) -> None:
    log = await with_log(stage)
    await held(stage)
    allow(stage)
    await stage.env.advance_time(DAY + 60)
    await stage.press(stage.bob, "Ben")
    refuse(stage, f"POST /channels/{stage.channel.id}/messages")
    await stage.env.advance_time(TIME_IS_UP)
    assert len(told(stage, log)) == 2


async def test_a_log_channel_that_takes_no_posts_itself_makes_no_noise(stage: Stage, owner: MemberActor) -> None:
    log = await with_log(stage)
    await stage.next()
    await stage.press(stage.ann, "Ben")
    refuse(stage)
    requests = stage.requests()
    await stage.env.advance_time(TIME_IS_UP)
    assert requests.made().count("POST /channels/messages") == 2
    await stage.env.advance_time(2 * DAY)
    assert requests.made().count("POST /channels/messages") == 6
    said = await status(stage, owner)
    assert f"**{log.mention}:** I can't post there" in said
    allow(stage)
    await stage.env.advance_time(DAY)
    assert len(told(stage, log)) == 1


async def test_a_log_channel_that_is_the_channel_read_in_holds_nothing_up(stage: Stage) -> None:
    await stage.bot.services.settings.change(stage.server.id, None, log=stage.channel.id)
    await held(stage)
    allow(stage)
    await stage.env.advance_time(DAY)
    texts = told(stage, stage.channel)
    assert sum("Ben tells scene 2." in text for text in texts) == 1
    assert sum("I can't post there" in text for text in texts) == 1


async def test_a_log_channel_that_was_deleted_is_none_any_more(stage: Stage, owner: MemberActor) -> None:
    log = await with_log(stage)
    stage.env.backend.delete_channel(log.id)
    await stage.env.settle()
    assert "Log channel:** none; choose one in `/settings`" in await status(stage, owner)
    await held(stage)


async def test_threads_that_may_not_be_opened_are_told(stage: Stage) -> None:
    log = await with_log(stage)
    await stage.bot.services.settings.change(stage.server.id, None, discuss=True)
    refuse(stage, "POST /channels/*/messages/*/threads")
    await stage.next()
    assert told(stage, log) == [
        f"**{stage.channel.mention}:** I can't open threads there. Please give me **Create Public Threads**."
    ]


async def test_a_serial_whose_section_could_not_be_posted_is_told_to_have_stopped(stage: Stage) -> None:
    log = await with_log(stage)
    await stage.next()
    await stage.ann.slash(stage.channel, "serial", every="daily", at="8:00", zone="UTC")
    refuse(stage, f"POST /channels/{stage.channel.id}/messages")
    await until(stage, "2026-01-02 08:00:01")
    lines = told(stage, log)
    assert len(lines) == 2
    assert lines[1].endswith("The serial has stopped. Its next section waits until the one before it is posted.")


async def test_a_story_that_is_edited_so_that_its_readings_cannot_go_on_is_told_once(stage: Stage) -> None:
    log = await with_log(stage)
    await stage.next()
    await stage.restart(story("B"))
    stage.queries.library._stories = {"tale": replace(TALE, scenes=TALE.scenes[1:])}
    for _ in range(2):
        await looked_over(stage)
    assert told(stage, log) == [
        f"**{stage.channel.mention}:** The story was edited, and our scene is gone. Use `/back` or `/restart`."
    ]
    assert "our scene is gone" in shown(stage.last())


async def test_a_story_that_is_mended_is_no_trouble_and_its_card_can_be_pressed_again(stage: Stage) -> None:
    log = await with_log(stage)
    await stage.next()
    for scenes in (TALE.scenes[1:], TALE.scenes, TALE.scenes[1:]):
        stage.queries.library._stories = {"tale": replace(TALE, scenes=scenes)}
        await looked_over(stage)
    assert len(told(stage, log)) == 2
    stage.queries.library._stories = {"tale": TALE}
    await looked_over(stage)
    await stage.press(stage.ann, "Ben")


async def test_a_story_that_is_gone_is_told(stage: Stage) -> None:
    log = await with_log(stage)
    await stage.next()
    stage.queries.library._stories = {}
    await looked_over(stage)
    assert told(stage, log) == [
        f"**{stage.channel.mention}:** This story is no longer in the library. `/story stop` ends the reading."
    ]


async def test_a_clock_that_runs_out_under_an_edited_story_is_told(stage: Stage) -> None:
    log = await with_log(stage)
    await stage.next()
    await stage.press(stage.ann, "Ben")
    stage.queries.library._stories = {"tale": replace(TALE, scenes=TALE.scenes[1:])}
    await stage.env.advance_time(TIME_IS_UP)
    assert len(told(stage, log)) == 1


async def test_a_serial_whose_dates_were_taken_out_is_told_and_its_card_says_so(stage: Stage) -> None:
    log = await with_log(stage)
    await stage.ann.slash(stage.channel, "story start", story="letters")
    await stage.ann.slash(stage.channel, "serial", every="story", at="8:00", zone="UTC")
    stage.queries.library._stories = {"letters": dated(LETTERS, None, None, None)}
    await looked_over(stage)
    [line] = told(stage, log)
    assert "The serial has stopped. The story has no dates anymore." in line
    page = next(message for message in stage.messages() if "tells scene 1" in shown(message))
    assert "The serial has stopped: the story has no dates anymore." in shown(page)
    stage.queries.library._stories = {"letters": LETTERS}
    await looked_over(stage)
    await until(stage, "2026-01-04 08:00:01")
    assert "tells scene 2" in shown(stage.last())


async def test_dates_that_are_found_gone_when_they_are_due_are_told(stage: Stage) -> None:
    log = await with_log(stage)
    await stage.ann.slash(stage.channel, "story start", story="letters")
    await stage.ann.slash(stage.channel, "serial", every="story", at="8:00", zone="UTC")
    stage.queries.library._stories = {"letters": dated(LETTERS, None, None, None)}
    await until(stage, "2026-01-04 08:00:01")
    assert ["The story has no dates anymore" in line for line in told(stage, log)] == [True]


# ---- /status


async def test_the_status_says_that_all_is_well_and_what_is_read(stage: Stage, owner: MemberActor) -> None:
    await stage.next()
    said = await status(stage, owner)
    assert "Everything works." in said
    assert f"- **{stage.channel.mention}:** **A Tale** · scene 1 of 7" in said
    assert "Log channel:** none; choose one in `/settings`" in said


async def test_the_status_says_what_is_on_hold_and_what_to_do(stage: Stage, owner: MemberActor) -> None:
    await held(stage)
    said = await status(stage, owner)
    assert f"- **{stage.channel.mention}:** I can't post there anymore. Please give me" in said
    assert "Everything works." not in said


async def test_the_status_says_what_cannot_go_on(stage: Stage, owner: MemberActor) -> None:
    await stage.next()
    stage.queries.library._stories = {}
    assert "This story is no longer in the library." in await status(stage, owner)


async def test_the_status_says_when_the_next_section_of_a_serial_comes(stage: Stage, owner: MemberActor) -> None:
    log = await with_log(stage)
    await stage.next()
    await stage.ann.slash(stage.channel, "serial", every="daily", at="8:00", zone="UTC")
    said = await status(stage, owner)
    assert "The next section comes <t:" in said
    assert f"Log channel:** {log.mention}" in said


async def test_the_status_says_which_permissions_are_missing_where_it_is_asked(
    stage: Stage, owner: MemberActor
) -> None:
    await stage.bot.services.settings.change(stage.server.id, None, discuss=True)
    everyone = stage.env.backend.guilds[stage.server.id].roles[stage.server.id]
    usual = discord.Permissions(view_channel=True, use_application_commands=True)
    stage.env.backend.edit_role(stage.server.id, everyone.id, {"permissions": usual.value})
    await without_rights(stage)
    await stage.ann.slash(stage.channel, "session schedule", when="in 2 hours")
    said = await status(stage, owner)
    assert "**Create Public Threads**" in said
    assert "**Create Events**" in said


async def test_the_status_is_offered_to_who_may_manage_the_server(stage: Stage) -> None:
    command = next(each for each in stage.bot.tree.get_commands() if each.name == "status")
    assert command.default_permissions == discord.Permissions(manage_guild=True)


async def test_of_many_readings_the_status_has_pages(stage: Stage, owner: MemberActor) -> None:
    for number in range(90):
        channel = stage.server.create_text_channel(f"channel-{number}")
        await stage.readings.start(stage.server.id, channel.id, stage.ann.id, "tale")
    first = await owner.slash(stage.channel, "status")
    assert "## Status" in private(first)
    assert "Log channel" in private(await stage.click(owner, first, labels(first)[0]))
