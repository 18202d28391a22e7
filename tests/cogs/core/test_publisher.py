"""What is posted, and how: in parts, once, and pinging nobody."""

import asyncio
import logging

import pytest

from story.model import Story
from story.rules.shards import Shards
from tests.builders import story
from tests.cogs.stage import TIME_IS_UP, Stage, labels, private, shown
from tests.cogs.trouble import CALLBACK, EDIT, POST, Send, fail, killed, late, slow, trouble, unheard

LONG = "A sentence of the long scene. " * 400
"""12,000 characters: four messages."""


@pytest.fixture
def stories() -> list[Story]:
    return [story("A", "AB", "ABC", "A"), story("A", "AB", story_id="long", title="Long", text=LONG.strip())]


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
    fail(stage, POST, 403, 50013)
    assert "can't post there" in private(await stage.press(stage.ann, "Next"))
    assert len(stage.messages()) == before + 1
    await stage.restart()
    told = stage.messages()[before:]
    assert ["part 1 of" in shown(part) for part in told] == [True, *([False] * (len(told) - 1))]
    assert "The end" in shown(told[-1])


async def test_a_story_pings_nobody(stage: Stage) -> None:
    loud = story("A", "A", text="@everyone <@1> <@&2> @here")
    await stage.restart(loud)
    await stage.next()
    message = stage.channel.last_message
    assert message is not None
    assert not message.mention_everyone
    assert message.mentions == []
    assert message.role_mentions == []


async def test_a_section_is_posted_in_the_channel_where_discord_does_not_wait_for_its_answer(stage: Stage) -> None:
    await stage.next()
    await stage.press(stage.ann, "Ben")
    late(stage)
    await stage.press(stage.ann, "Next")
    assert "Ben tells scene 2." in shown(stage.last())
    assert len(stage.messages()) == 2


async def test_an_answer_that_was_not_heard_of_is_found_and_not_posted_twice(stage: Stage) -> None:
    with trouble(CALLBACK, unheard) as met:
        await stage.next()
    assert met
    assert len(stage.messages()) == 1
    await stage.press(stage.ann, "Ben")
    await stage.env.advance_time(TIME_IS_UP)
    assert "Ben tells scene 2." in shown(stage.last())


async def test_a_message_that_was_not_heard_of_is_found_and_not_posted_twice(stage: Stage) -> None:
    await stage.next()
    await stage.press(stage.ann, "Ben")
    with trouble(POST, unheard):
        await stage.env.advance_time(TIME_IS_UP)
    await stage.env.advance_time(60)
    assert len(stage.messages()) == 2
    assert labels(stage.messages()[0]) == []


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
    fail(stage, EDIT, 403, 50013)
    with caplog.at_level(logging.WARNING):
        await stage.env.advance_time(TIME_IS_UP)
    assert "Ben tells scene 2." in shown(stage.last())
    assert "closed not shown: Forbidden" in caplog.text
    await stage.press(stage.ann, "Cleo")
    await stage.env.advance_time(TIME_IS_UP)
    assert "Cleo tells scene 3." in shown(stage.last())


async def test_a_section_of_another_reading_with_the_same_number_is_not_taken_for_this_one(stage: Stage) -> None:
    await stage.next()
    asked = (await stage.ann.slash(stage.channel, "story stop")).response
    assert asked
    await stage.ann.click(asked, label="Stop reading")
    async with killed(stage, CALLBACK, arrives=False):
        await stage.next()
    assert len(stage.messages()) == 2


async def test_what_a_slow_start_posts_is_told_to_whoever_presses_next_meanwhile(stage: Stage) -> None:
    async with killed(stage, CALLBACK):
        await stage.next()
    assert "waiting" not in private(await stage.ann.slash(stage.channel, "where")).lower()
    assert len(stage.messages()) == 1


async def begin(stage: Stage) -> None:
    """Begin a reading that nobody waits for the first page of."""
    await stage.bot.services.readings.start(stage.server.id, stage.channel.id, stage.ann.id, "tale")


async def test_what_waits_is_left_to_another_process_and_taken_up_again(stage: Stage) -> None:
    fail(stage, POST, 403, 50013)
    await begin(stage)
    await stage.env.settle()
    publisher = stage.bot.publisher
    await publisher.give_up(Shards(frozenset({0}), 1))
    publisher.wake_held(stage.server.id)
    await stage.env.settle()
    assert stage.messages() == []
    stage.bot.services.store.look_again()
    await stage.env.settle()
    assert len(stage.messages()) == 1


@pytest.mark.parametrize(("seconds", "posted"), [(0.1, True), (600, False)])
async def test_what_is_being_posted_has_a_moment_to_end_before_another_process_takes_over(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, seconds: float, *, posted: bool
) -> None:
    monkeypatch.setattr("cogs.core.publisher.LAST_ATTEMPTS", 1)
    begun = asyncio.Event()

    async def arrive_late(send: Send) -> object:
        begun.set()
        return await slow(seconds)(send)

    with trouble(POST, arrive_late):
        await begin(stage)
        await begun.wait()
        await stage.bot.publisher.give_up(Shards(frozenset({0}), 1))
    assert (len(stage.messages()) == 1) is posted
    assert stage.bot.publisher._lanes == {}
