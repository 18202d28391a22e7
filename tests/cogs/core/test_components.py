import re

import discord
import pytest

from cogs.core.components import ID
from tests.cogs.stage import Stage, buttons, labels, private, shown

FORGED = [
    "vote:1:1:cleo",
    "vote:999999999999999999:1:anna",
    "vote:1:999999999999999999:anna",
    "vote:1:1:'; DROP TABLE step; --",
    "vote:1:1:\x00\x1b[31m",
    "next:1:-1",
    "next:99999999999999999999999:1",
    "recap:1:9999",
    "recap:2:0",
    "reread:1:scene-2:ben:0",
    "reread:1:scene-1:anna:9999",
    "restart:1:7",
    "stop:1:7",
    "info:nothing:0",
    "shelf:9999",
    "eyes:7",
    "unknown",
    "",
]


@pytest.mark.parametrize("custom_id", FORGED)
async def test_a_forged_press_is_answered_in_private_and_changes_nothing(stage: Stage, custom_id: str) -> None:
    page = (await stage.next()).response
    assert page
    stored = stage.env.backend.messages[stage.channel.id][page.id]
    button = buttons(page)[0]
    for component in stored.components[1]["components"]:
        for child in component.get("components", []):
            if child["custom_id"] == button["custom_id"]:
                child["custom_id"] = custom_id or "x"
    result = await stage.ann.click(page, custom_id=custom_id or "x")
    assert result.acknowledged
    assert labels(page)[1:] == ["Ben", "Next"]
    assert len(stage.messages()) == 1


async def test_a_button_of_an_older_version_is_answered(stage: Stage) -> None:
    page = (await stage.next()).response
    assert page
    stage.bot.presses._handlers.clear()
    assert "out of date" in private(await stage.click(stage.ann, page, "Ben"))


async def test_buttons_on_old_messages_work_after_a_restart(stage: Stage) -> None:
    page = (await stage.next()).response
    await stage.restart()
    assert page
    await stage.click(stage.bob, page, "Ben")
    assert "Ben · 1" in labels(page)


async def test_nothing_is_remembered_of_a_layout_that_was_sent(stage: Stage) -> None:
    await stage.next()
    await stage.press(stage.ann, "Ben")
    assert stage.bot._connection._view_store._views == {}
    assert stage.bot._connection._view_store._synced_message_views == {}


OF_A_READING = [
    "vote:1:1:ben",
    "next:1:1",
    "turn:1:1",
    "again:1:1",
    "restart:1:1",
    "stop:1:1",
    "recap:1:0",
    "eyes:1",
    "reread:1:scene-1:anna:0",
    "catchup:1",
    "missed:1:1:0",
    "whole:1:1:0",
]


async def forged(stage: Stage, custom_id: str) -> str:
    """Press a button that is forged, or remembered, in a channel where something else is read; return the answer."""
    other = stage.server.create_text_channel("other")
    page = (await stage.ann.slash(other, "story start", story="fork")).response
    assert page
    for component in stage.env.backend.messages[other.id][page.id].components[1]["components"]:
        for child in component.get("components", [])[:1]:
            child["custom_id"] = custom_id
    return private(await stage.mod.click(page, custom_id=custom_id))


@pytest.mark.parametrize("custom_id", OF_A_READING)
async def test_a_reading_cannot_be_read_or_voted_in_from_another_channel(stage: Stage, custom_id: str) -> None:
    await stage.next()
    before = shown(stage.last())
    assert f"is read in <#{stage.channel.id}>" in await forged(stage, custom_id)
    assert shown(stage.last()) == before


@pytest.mark.parametrize("custom_id", ["join:1", "leave:1", "begin:1"])
async def test_a_session_cannot_be_joined_from_another_channel(stage: Stage, custom_id: str) -> None:
    await stage.ann.slash(stage.channel, "session start")
    assert "no session here" in await forged(stage, custom_id)


async def test_a_button_remembered_from_before_a_move_is_refused_where_it_stood(stage: Stage) -> None:
    other = stage.server.create_text_channel("other")
    manager = stage.server.create_role("Managers", permissions=discord.Permissions(manage_guild=True))
    owner = stage.server.add_member(stage.env.create_user("owner"), roles=[manager])
    for _ in range(2):
        await stage.next()
    reread = (await stage.ann.slash(stage.channel, "reread")).response
    assert reread
    await owner.slash(other, "story move", reading="1")
    pressed = await stage.ann.click(reread, custom_id="reread:1:scene-1:anna:0")
    assert f"is read in <#{other.id}>" in private(pressed)


def test_whatever_goes_by_the_number_of_a_reading_or_a_session_says_so(stage: Stage) -> None:
    """But for drafts, a choice of another channel that its rights are asked for, and a date, which is no secret."""
    patterns = [pattern.pattern for pattern, _, _ in stage.bot.presses._handlers]
    unnamed = [each for each in patterns if re.match(rf"[a-z]+:{re.escape(ID)}", each)]
    others = {"draft", "instead", "continue", "rsvp", "remind", "calendarfile"}
    assert {each.partition(":")[0] for each in unnamed} <= others
