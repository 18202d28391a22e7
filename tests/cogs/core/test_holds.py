"""What Discord refuses is on hold, and goes on when somebody acts, when something changed there, or after a day."""

from collections.abc import Awaitable, Callable

import discord
import pytest

from story.model import Story
from tests.builders import story
from tests.cogs.stage import TIME_IS_UP, Stage, labels, private, shown
from tests.cogs.trouble import CALLBACK, EDIT, POST, allow, refuse

MINUTE, HOUR, DAY = 60, 3600, 24 * 3600
Change = Callable[[Stage], Awaitable[None]]


@pytest.fixture
def stories() -> list[Story]:
    return [story("A", "AB", "ABC", *["AB"] * 9), story("AB", "A", story_id="fork", title="Fork")]


def said(stage: Stage, text: str) -> int:
    return sum(text in shown(message) for message in stage.messages())


async def held(stage: Stage) -> None:
    """Have the section that the clock turns to be refused."""
    await stage.next()
    await stage.press(stage.ann, "Ben")
    refuse(stage)
    await stage.env.advance_time(TIME_IS_UP)
    assert said(stage, "Ben tells scene 2.") == 0


async def role_changes(stage: Stage) -> None:
    own = next(role for role in stage.env.backend.guilds[stage.server.id].roles.values() if role.name == "TestBot")
    stage.env.backend.edit_role(stage.server.id, own.id, {"permissions": discord.Permissions.all().value})


async def role_is_made(stage: Stage) -> None:
    stage.server.create_role("Posters")


async def role_is_given(stage: Stage) -> None:
    role = stage.server.create_role("Posters", permissions=discord.Permissions(send_messages=True))
    assert stage.bot.user
    stage.env.backend.add_member_role(stage.server.id, stage.bot.user.id, role.id)


async def channel_changes(stage: Stage) -> None:
    stage.env.backend.edit_channel(stage.channel.id, {"topic": "Reading"})


CHANGES = pytest.mark.parametrize("change", [role_changes, role_is_given, role_is_made, channel_changes])


@CHANGES
async def test_a_section_comes_when_discord_tells_that_the_bot_may_again(stage: Stage, change: Change) -> None:
    await held(stage)
    allow(stage)
    await change(stage)
    await stage.env.settle()
    assert said(stage, "Ben tells scene 2.") == 1
    assert labels(stage.messages()[0]) == []
    assert "Waiting" not in private(await stage.ann.slash(stage.channel, "where"))


async def test_a_change_that_allows_nothing_leaves_it_on_hold(stage: Stage) -> None:
    await held(stage)
    await role_is_made(stage)
    await stage.env.settle()
    assert said(stage, "Ben tells scene 2.") == 0


async def test_of_many_changes_in_a_row_the_last_counts(stage: Stage) -> None:
    await held(stage)
    for _ in range(5):
        await role_is_made(stage)
    await stage.env.settle()
    allow(stage)
    await role_is_made(stage)
    await stage.env.advance_time(11)
    assert said(stage, "Ben tells scene 2.") == 1


async def test_many_changes_in_a_row_make_few_tries(stage: Stage) -> None:
    await held(stage)
    requests = stage.requests()
    for _ in range(50):
        await role_is_made(stage)
    await stage.env.advance_time(11)
    assert requests.made().count("POST /channels/messages") <= 2


async def test_a_change_elsewhere_wakes_nothing_here(stage: Stage) -> None:
    await held(stage)
    allow(stage)
    stage.env.create_guild("Elsewhere").create_role("Anybody")
    await stage.env.settle()
    assert said(stage, "Ben tells scene 2.") == 0


async def test_a_section_is_tried_again_after_a_day_without_anybody(stage: Stage) -> None:
    await held(stage)
    allow(stage)
    await stage.env.advance_time(DAY - 2 * MINUTE)
    assert said(stage, "Ben tells scene 2.") == 0
    await stage.env.advance_time(3 * MINUTE)
    assert said(stage, "Ben tells scene 2.") == 1


async def test_what_is_refused_day_after_day_is_tried_once_a_day(stage: Stage) -> None:
    await held(stage)
    requests = stage.requests()
    await stage.env.advance_time(7 * DAY)
    assert requests.made().count("POST /channels/messages") == 7
    assert "Please give me" in private(await stage.ann.slash(stage.channel, "where"))


@pytest.mark.parametrize("what", ["next", "pov", "back", "session start", "press"])
async def test_whoever_acts_has_it_tried_again(stage: Stage, what: str) -> None:
    await held(stage)
    allow(stage)
    if what == "press":
        await stage.press(stage.bob, "Anna")
    else:
        await stage.ann.slash(stage.channel, what, **({"who": "cleo"} if what == "pov" else {}))
    assert said(stage, "Ben tells scene 2.") == 1


async def test_whoever_acts_while_it_is_refused_is_told_why(stage: Stage) -> None:
    await held(stage)
    refuse(stage, CALLBACK)
    await stage.next()
    assert said(stage, "Ben tells scene 2.") == 0
    allow(stage)
    refuse(stage)
    assert "Please give me" in private(await stage.ann.slash(stage.channel, "where"))


async def test_at_a_restart_it_is_tried_again(stage: Stage) -> None:
    await held(stage)
    allow(stage)
    await stage.restart()
    assert said(stage, "Ben tells scene 2.") == 1


async def test_a_serial_goes_on_once_it_may_be_posted_again(stage: Stage) -> None:
    await stage.next()
    await stage.ann.slash(stage.channel, "serial", every="daily", at="19:30")
    refuse(stage)
    await stage.env.advance_time(2 * DAY)
    allow(stage)
    await role_changes(stage)
    await stage.env.settle()
    assert said(stage, "tells scene 2.") == 1
    await stage.env.advance_time(2 * DAY)
    assert said(stage, "tells scene 4.") == 1


# ---- each kind


async def test_a_lobby_that_was_refused_opens_when_the_bot_may(stage: Stage) -> None:
    await stage.ann.slash(stage.channel, "session schedule", when="in 2 hours")
    await stage.env.advance_time(2 * HOUR - MINUTE)
    refuse(stage)
    await stage.env.advance_time(2 * MINUTE)
    allow(stage)
    await role_changes(stage)
    await stage.env.settle()
    assert "Begin" in labels(stage.last())


async def test_a_reminder_that_was_refused_comes_while_it_is_of_use(stage: Stage) -> None:
    await stage.ann.slash(stage.channel, "session schedule", when="in 2 hours")
    refuse(stage)
    await stage.env.advance_time(2 * HOUR - 14 * MINUTE)
    allow(stage)
    await role_changes(stage)
    await stage.env.settle()
    assert said(stage, "`/catchup`") == 1


async def test_a_reminder_whose_date_has_come_is_left_out(stage: Stage) -> None:
    await stage.ann.slash(stage.channel, "session schedule", when="in 2 hours")
    refuse(stage)
    await stage.env.advance_time(2 * HOUR + MINUTE)
    allow(stage)
    await role_changes(stage)
    await stage.env.settle()
    assert said(stage, "`/catchup`") == 0
    assert "Begin" in labels(stage.last())


async def test_a_closing_card_that_was_refused_comes_when_the_bot_may(stage: Stage) -> None:
    await stage.ann.slash(stage.channel, "session start")
    await stage.press(stage.ann, "Begin")
    refuse(stage)
    await stage.env.advance_time(3 * HOUR + MINUTE)
    allow(stage)
    await role_changes(stage)
    await stage.env.settle()
    assert said(stage, "That's it for this session!") == 1


async def test_a_card_that_may_not_be_edited_holds_up_no_section_and_is_closed_later(stage: Stage) -> None:
    await stage.next()
    await stage.press(stage.ann, "Ben")
    refuse(stage, EDIT)
    await stage.env.advance_time(TIME_IS_UP)
    assert said(stage, "Ben tells scene 2.") == 1
    assert labels(stage.messages()[0]) != []
    allow(stage)
    await role_changes(stage)
    await stage.env.settle()
    assert labels(stage.messages()[0]) == []


async def test_a_lane_on_hold_holds_up_no_other_channel(stage: Stage) -> None:
    other = stage.server.create_text_channel("other")
    await stage.next()
    await stage.mod.slash(other, "story start", story="fork")
    await stage.press(stage.ann, "Ben")
    await stage.press(stage.ann, "Ben", other)
    refuse(stage, f"POST /channels/{stage.channel.id}/messages")
    await stage.env.advance_time(TIME_IS_UP)
    assert len(stage.messages(other)) == 2


async def test_where_says_that_a_session_or_notice_waits(stage: Stage) -> None:
    await stage.next()
    await stage.ann.slash(stage.channel, "session schedule", when="in 2 hours")
    refuse(stage, POST)
    await stage.env.advance_time(2 * HOUR - 10 * MINUTE)
    assert "Please give me" in private(await stage.ann.slash(stage.channel, "where"))
