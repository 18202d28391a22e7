import asyncio
import logging

import aiohttp
import discord
import pytest

from story.model import Story
from story.rules.page import Page, Turn
from story.rules.presses import Member
from tests.builders import story
from tests.cogs.stage import TIME_IS_UP, Stage, labels, private, shown

LONG = "A sentence of the long scene. " * 400
"""12,000 characters: four messages."""


@pytest.fixture
def stories() -> list[Story]:
    return [story("A", "AB", "ABC", "A"), story("A", "AB", story_id="long", title="Long", text=LONG.strip())]


class CrashError(Exception):
    """What stands for the bot being killed at that place."""


def crash_before_marking(stage: Stage) -> None:
    """Have the bot die the next time that it has posted something and not kept yet that it did."""

    async def die(page: Page, message: int | None) -> None:
        raise CrashError

    stage.readings.mark = die  # type: ignore[method-assign]


def forget_crash(stage: Stage) -> None:
    """Look away from the crash, which would fail the test as an unforeseen error."""
    stage.env._errors = [e for e in stage.env._errors if not isinstance(getattr(e, "original", e), CrashError)]


async def test_a_section_that_was_committed_and_not_posted_is_posted_after_a_restart(stage: Stage) -> None:
    await stage.next()
    await stage.press(stage.ann, "Ben")
    stage.env.inject_error("POST", "/channels/*/messages", status=403, code=50013)
    await stage.env.advance_time(TIME_IS_UP)
    await stage.restart()
    assert "Ben tells scene 2." in shown(stage.last())
    assert labels(stage.messages()[0]) == []
    await stage.restart()
    assert len(stage.messages()) == 2


async def test_a_section_that_was_posted_and_not_marked_is_not_posted_again(stage: Stage) -> None:
    await stage.next()
    await stage.press(stage.ann, "Ben")
    crash_before_marking(stage)
    await stage.press(stage.ann, "Next")
    forget_crash(stage)
    await stage.restart()
    assert len(stage.messages()) == 2
    assert labels(stage.messages()[0]) == []
    await stage.press(stage.ann, "Cleo")
    assert "Cleo tells scene 3." in shown(stage.last())


async def test_of_a_page_that_was_being_posted_anew_only_the_newest_copy_goes_on(stage: Stage) -> None:
    await stage.next()
    mark = stage.readings.mark

    async def die(page: Page, message: int | None) -> None:
        if message is not None:
            raise CrashError
        await mark(page, message)

    await stage.ann.slash(stage.channel, "session start")
    stage.readings.mark = die  # type: ignore[method-assign]
    stage.env.inject_error("PATCH", "/channels/*/messages/*", status=403)
    await stage.press(stage.ann, "Begin")
    forget_crash(stage)
    await stage.restart()
    pages = [message for message in stage.messages() if "Anna tells scene 1." in shown(message)]
    assert [labels(page) for page in pages] == [[], ["Anna", "Ben", "Next", "Done reading"]]
    await stage.restart()
    assert len(stage.messages()) == 3


async def test_a_page_turned_while_it_was_being_posted_anew_is_closed_after_a_crash(stage: Stage) -> None:
    page = (await stage.next()).response
    await stage.press(stage.ann, "Ben")
    reading = (await stage.queries.where(stage.server.id, stage.channel.id)).reading.id
    before = await stage.queries.turn(reading)
    await stage.readings.mark(before.page, None)
    await stage.readings.press(stage.server.id, reading, 1, Member(stage.ann.id))
    await stage.restart()
    assert page
    assert labels(page) == []
    assert len(stage.messages()) == 2


async def test_a_turn_that_was_posted_while_it_waited_is_not_posted_again(stage: Stage) -> None:
    await stage.next()
    await stage.press(stage.ann, "Ben")
    page = await stage.queries.where(stage.server.id, stage.channel.id)
    turn = await stage.readings.press(stage.server.id, page.reading.id, 1, Member(stage.ann.id))
    assert isinstance(turn, Turn)
    publisher = stage.publisher
    await asyncio.gather(publisher.retell(turn.page), publisher.tell(turn))
    assert len(stage.messages()) == 2


async def test_next_finds_a_section_that_was_posted_and_not_marked(stage: Stage) -> None:
    await stage.next()
    crash_before_marking(stage)
    await stage.press(stage.ann, "Next")
    forget_crash(stage)
    del stage.readings.mark
    assert "It's already here" in private(await stage.next())
    assert len(stage.messages()) == 2


async def test_a_long_section_is_posted_in_parts_with_the_buttons_under_the_last(stage: Stage) -> None:
    await stage.ann.slash(stage.channel, "story start", story="long")
    parts = stage.messages()
    assert len(parts) > 2
    assert [labels(part) for part in parts] == [*([[]] * (len(parts) - 1)), ["Anna", "Ben", "Next"]]
    assert "Content notes" in shown(parts[0])
    assert "part 1 of" in shown(parts[1])


async def test_the_rest_of_a_section_is_posted_where_a_part_of_it_was(stage: Stage) -> None:
    await stage.ann.slash(stage.channel, "story start", story="long")
    await stage.press(stage.ann, "Ben")
    before = len(stage.messages())
    stage.env.inject_error("POST", "/channels/*/messages", status=403, code=50013)
    assert "can't post there" in private(await stage.press(stage.ann, "Next"))
    assert len(stage.messages()) == before + 1
    await stage.restart()
    told = stage.messages()[before:]
    assert ["part 1 of" in shown(part) for part in told] == [True, *([False] * (len(told) - 1))]
    assert "The end of Long" in shown(told[-1])


async def test_a_section_of_another_reading_with_the_same_number_is_not_taken_for_this_one(stage: Stage) -> None:
    await stage.next()
    asked = (await stage.ann.slash(stage.channel, "story stop")).response
    assert asked
    await stage.ann.click(asked, label="Stop reading")
    crash_before_marking(stage)
    stage.env.inject_error("POST", "/interactions/*/*/callback", status=404, code=10062)
    stage.env.inject_error("POST", "/channels/*/messages", status=403, code=50013)
    await stage.next()
    stage.env._errors.clear()
    assert len(stage.messages()) == 1
    await stage.restart()
    assert len(stage.messages()) == 2


async def test_a_section_is_posted_in_the_channel_where_discord_does_not_wait_for_its_answer(stage: Stage) -> None:
    await stage.next()
    await stage.press(stage.ann, "Ben")
    stage.env.inject_error("POST", "/interactions/*/*/callback", status=404, code=10062)
    await stage.press(stage.ann, "Next")
    assert "Ben tells scene 2." in shown(stage.last())


async def test_the_page_turns_all_the_same_where_the_message_before_was_deleted(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    await stage.next()
    await stage.press(stage.ann, "Ben")
    stage.env.backend.delete_message(stage.channel.id, stage.last().id)
    with caplog.at_level(logging.INFO):
        await stage.env.advance_time(TIME_IS_UP)
    assert "Ben tells scene 2." in shown(stage.last())
    assert "is gone" in caplog.text


async def test_the_page_turns_all_the_same_where_the_message_before_may_not_be_edited(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    await stage.next()
    await stage.press(stage.ann, "Ben")
    stage.env.inject_error("PATCH", "/channels/*/messages/*", status=403, code=50013)
    with caplog.at_level(logging.WARNING):
        await stage.env.advance_time(TIME_IS_UP)
    assert "Ben tells scene 2." in shown(stage.last())
    assert "could not be shown anew" in caplog.text


async def test_what_cannot_be_posted_after_a_restart_is_logged_and_the_rest_goes_on(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    await stage.next()
    await stage.press(stage.ann, "Ben")
    stage.env.inject_error("POST", "/channels/*/messages", status=403, code=50013, times=2)
    await stage.env.advance_time(TIME_IS_UP)
    with caplog.at_level(logging.WARNING):
        await stage.restart()
    assert caplog.text.count("the next section could not be posted") == 2
    assert "Ben tells scene 2." in shown(await stage.next())


async def test_a_story_pings_nobody(stage: Stage) -> None:
    loud = story("A", "A", text="@everyone <@1> <@&2> @here")
    await stage.restart(loud)
    await stage.next()
    message = stage.channel.last_message
    assert message is not None
    assert not message.mention_everyone
    assert message.mentions == []
    assert message.role_mentions == []


async def test_a_press_has_a_section_posted_that_could_not_be(stage: Stage) -> None:
    page = (await stage.next()).response
    assert page
    await stage.press(stage.ann, "Ben")
    stage.env.inject_error("POST", "/channels/*/messages", status=403, code=50013)
    await stage.env.advance_time(TIME_IS_UP)
    await stage.bob.click(page, label="Anna")
    assert "Ben tells scene 2." in shown(stage.last())
    assert labels(page) == []


@pytest.mark.parametrize("command", ["pov", "back"])
async def test_a_command_has_a_section_posted_first_that_could_not_be(stage: Stage, command: str) -> None:
    await stage.next()
    await stage.press(stage.ann, "Ben")
    stage.env.inject_error("POST", "/channels/*/messages", status=403, code=50013)
    await stage.env.advance_time(TIME_IS_UP)
    await stage.ann.slash(stage.channel, command, **({"who": "cleo"} if command == "pov" else {}))
    assert "Ben tells scene 2." in shown(stage.last())
    assert len(stage.messages()) == 2


async def test_what_was_superseded_before_it_was_posted_is_not_posted_after_a_restart(stage: Stage) -> None:
    await stage.next()
    await stage.press(stage.ann, "Ben")
    crash_before_marking(stage)
    await stage.press(stage.ann, "Next")
    forget_crash(stage)
    await stage.restart()
    await stage.ann.slash(stage.channel, "back")
    await stage.restart()
    assert "undid the last section" in shown(stage.last())


async def test_a_crash_after_posting_leaves_no_ballot_open_that_is_closed(stage: Stage) -> None:
    page = (await stage.next()).response
    await stage.press(stage.ann, "Ben")
    crash_before_marking(stage)
    stage.env.inject_error("PATCH", "/channels/*/messages/*", status=500)
    await stage.press(stage.ann, "Next")
    forget_crash(stage)
    assert page
    assert labels(page) != []
    await stage.restart()
    assert labels(page) == []
    assert len(stage.messages()) == 2


async def test_one_reading_that_cannot_be_looked_after_does_not_end_the_others_deadlines(
    stage: Stage, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    await stage.next()
    await stage.press(stage.ann, "Ben")
    stage.env.inject_error("POST", "/channels/*/messages", status=403, code=50013)
    await stage.env.advance_time(TIME_IS_UP)

    def cut_off(*_: object, **__: object) -> None:
        raise aiohttp.ServerDisconnectedError

    monkeypatch.setattr(discord.PartialMessageable, "history", cut_off)
    await stage.restart()
    monkeypatch.undo()
    assert "could not be posted" in caplog.text
    other = stage.server.create_text_channel("other")
    await stage.mod.slash(other, "story start", story="long")
    await stage.press(stage.ann, "Ben", other)
    await stage.env.advance_time(TIME_IS_UP)
    assert "The end of Long" in shown(stage.last(other))


async def test_a_page_that_discord_could_not_be_reached_for_is_posted_by_itself_later(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    await stage.next()
    await stage.press(stage.ann, "Ben")

    async def cut_off(*_: object, **__: object) -> None:
        raise aiohttp.ServerDisconnectedError

    monkeypatch.setattr(discord.PartialMessageable, "send", cut_off)
    await stage.env.advance_time(TIME_IS_UP)
    assert "I'll keep trying" in private(await stage.ann.slash(stage.channel, "where"))
    monkeypatch.undo()
    await stage.env.advance_time(60)
    assert "Ben tells scene 2." in shown(stage.last())
    assert "could not be posted" not in private(await stage.ann.slash(stage.channel, "where"))


async def test_a_channel_that_may_not_be_posted_in_is_tried_once(stage: Stage) -> None:
    await stage.next()
    await stage.press(stage.ann, "Ben")
    stage.env.inject_error("POST", "/channels/*/messages", status=403, code=50013, times=9)
    requests = stage.requests()
    await stage.env.advance_time(7 * 24 * 3600)
    assert requests.made().count("POST /channels/messages") == 1
    assert "Please give me" in private(await stage.ann.slash(stage.channel, "where"))
    stage.env._errors.clear()


async def test_whoever_acts_while_discord_cannot_be_reached_is_told_that(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    await stage.next()
    await stage.press(stage.ann, "Ben")

    def cut_off(*_: object, **__: object) -> None:
        raise aiohttp.ServerDisconnectedError

    monkeypatch.setattr(discord.PartialMessageable, "history", cut_off)
    page = await stage.queries.where(stage.server.id, stage.channel.id)
    await stage.readings.press(stage.server.id, page.reading.id, 1, Member(stage.ann.id))
    assert "can't reach Discord" in private(await stage.next())
    stage.env._errors.clear()
