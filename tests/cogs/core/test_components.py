import pytest

from tests.cogs.stage import Stage, buttons, labels, private

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
