"""A database that takes nothing for a while: members are told, the log has it once, and all goes on after it."""

import logging

import pytest

from tests.cogs.stage import TIME_IS_UP, Stage, private, shown
from tests.databases import taking_nothing

TOLD = "I can't save right now, so nothing changed."


def said(caplog: pytest.LogCaptureFixture) -> list[str]:
    """What is logged, as far as to the first comma."""
    return [record.getMessage().partition(",")[0] for record in caplog.records if record.levelno >= logging.WARNING]


async def test_whoever_asks_for_something_is_told_and_the_log_has_it_once(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    await stage.next()
    async with taking_nothing(stage.bot.services.store):
        for member in (stage.ann, stage.bob, stage.cat):
            assert TOLD in private(await stage.press(member, "Ben"))
            assert TOLD in private(await member.slash(stage.channel, "session start"))
            assert TOLD in private(await member.slash(stage.channel, "session schedule", when="in 2 hours"))
        assert "Open vote: Anna and Ben." in private(await stage.ann.slash(stage.channel, "where"))
    stage.look_away()
    await stage.press(stage.ann, "Ben")
    assert "Ben" in shown(stage.last())
    assert said(caplog) == ["the database took nothing", "the database takes changes again"]


async def test_what_comes_due_comes_once_it_can_be_kept(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    await stage.next()
    await stage.press(stage.ann, "Ben")
    async with taking_nothing(stage.bot.services.store):
        await stage.env.advance_time(2 * TIME_IS_UP)
        assert len(stage.messages()) == 1
    await stage.env.advance_time(TIME_IS_UP)
    assert "Ben tells scene 2." in shown(stage.last())
    assert said(caplog) == ["the database took nothing", "the database takes changes again"]


async def test_what_happens_in_discord_meanwhile_is_no_error(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    await stage.next()
    other = stage.server.create_text_channel("other")
    await stage.next(channel=other)
    async with taking_nothing(stage.bot.services.store):
        stage.env.backend.delete_channel(other.id)
        await stage.env.settle()
    stage.look_away()
    assert said(caplog) == ["the database took nothing"]


async def test_another_error_of_an_event_is_logged_in_full(
    stage: Stage, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_: object) -> None:
        raise OSError(5, "unforeseen")

    monkeypatch.setattr(stage.readings, "lose_channel", fail)
    stage.env.backend.delete_channel(stage.server.create_text_channel("other").id)
    await stage.env.settle()
    assert "unforeseen" in caplog.text
    stage.look_away()
