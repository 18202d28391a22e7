"""A member alone with the bot: direct messages are a reading of one."""

import pytest
from simcord import InteractionResult, ResponseMessage, UserHandle

from tests.cogs.stage import Stage, labels, private, shown


@pytest.fixture
def ann(stage: Stage) -> UserHandle:
    return stage.ann.user


async def begun(ann: UserHandle) -> ResponseMessage:
    response: ResponseMessage | None = (await ann.slash("next")).response
    assert response
    return response


def last(stage: Stage, ann: UserHandle) -> ResponseMessage:
    return stage.last(ann.dm_channel)


async def test_next_begins_the_story_for_who_asks_alone(stage: Stage, ann: UserHandle) -> None:
    assert "Anna tells scene 1." in shown(await begun(ann))
    assert "Anna tells scene 1." in shown(await begun(stage.bob.user))
    assert stage.messages() == []


async def test_one_press_of_a_name_turns_the_page(stage: Stage, ann: UserHandle) -> None:
    page = await begun(ann)
    assert labels(page) == ["Anna", "Ben", "Next"]
    await stage.click(ann, page, "Ben")
    assert "Ben tells scene 2." in shown(last(stage, ann))
    assert labels(page) == []


async def test_looking_back_links_to_the_direct_messages(stage: Stage, ann: UserHandle) -> None:
    page = await begun(ann)
    where = private(await ann.slash("where"))
    assert f"https://discord.com/channels/@me/{ann.dm_channel.id}/{page.id}" in where
    assert "Scene 1" in private(await ann.slash("recap"))
    assert "Anna tells scene 1." in private(await ann.slash("reread"))
    assert "Bookmarked" in private(await ann.slash("bookmark"))


async def test_undoing_needs_no_leave(stage: Stage, ann: UserHandle) -> None:
    page = await begun(ann)
    await stage.click(ann, page, "Ben")
    await ann.slash("back")
    assert "undid the last section" in shown(last(stage, ann))


async def test_a_serial_can_come_by_direct_message(stage: Stage, ann: UserHandle) -> None:
    await begun(ann)
    await ann.slash("serial", every="daily", at="19:30")
    await stage.env.advance_time(24 * 3600)
    assert "scene 2 of 4" in shown(last(stage, ann))


async def test_settings_are_the_members_own(stage: Stage, ann: UserHandle) -> None:
    asked = (await ann.slash("settings")).response
    assert asked
    await ann.select(asked, ["plain"], custom_id="setting:0")
    await ann.select(asked, ["true"], custom_id="change:0:plain")
    assert "**Plain mode:** On" in shown(asked)
    assert "-# A Tale, scene 1 of 4, Anna" in shown(await begun(ann))


async def test_forget_server_forgets_the_direct_messages(stage: Stage, ann: UserHandle) -> None:
    await begun(ann)
    asked: InteractionResult = await ann.slash("settings")
    assert asked.response
    await ann.click(asked.response, label="Delete server data…")
    await ann.click(asked.response, label="Delete server data")
    assert "There's no story here yet" in private(await ann.slash("where"))


async def test_a_reading_of_one_is_kept_though_it_is_in_no_server(stage: Stage, ann: UserHandle) -> None:
    await begun(ann)
    await stage.restart(after=40 * 24 * 3600)
    await stage.restart(after=60)
    assert "scene 1 of 4" in private(await ann.slash("where"))


async def test_a_reading_of_one_survives_a_restart(stage: Stage, ann: UserHandle) -> None:
    page = await begun(ann)
    await stage.restart()
    await stage.click(ann, page, "Ben")
    assert "Ben tells scene 2." in shown(last(stage, ann))
