"""The bot is killed between two moments, and started again: nothing is lost, and nothing is shown twice."""

import pytest

from story.model import Story
from tests.builders import story
from tests.cogs.stage import TIME_IS_UP, Stage, labels, private, shown
from tests.cogs.trouble import CALLBACK, EDIT, POST, cut, deadly, killed, refuse, slow, trouble

MINUTE, HOUR, DAY = 60, 3600, 24 * 3600


@pytest.fixture
def stories() -> list[Story]:
    return [story("A", "AB", "ABC", *["AB"] * 9), story("AB", "A", story_id="fork", title="Fork")]


LOOK_FAILS = {
    "method": "GET",
    "path": "/channels/*/messages",
    "status": 503,
    "code": 0,
    "message": "Discord is not well",
    "times": 1,
}


def said(stage: Stage, text: str) -> int:
    return sum(text in shown(message) for message in stage.messages())


def pressable(stage: Stage) -> list[bool]:
    """Whether there is anything to press, message by message."""
    return [bool(labels(message)) for message in stage.messages()]


BEFORE_AND_AFTER = pytest.mark.parametrize("arrives", [False, True], ids=["before", "after"])


@BEFORE_AND_AFTER
async def test_the_first_section_is_posted_once(stage: Stage, arrives: bool) -> None:  # noqa: FBT001 - a parameter
    async with killed(stage, CALLBACK, arrives=arrives):
        await stage.next()
    assert said(stage, "Anna tells scene 1.") == 1
    await stage.press(stage.ann, "Ben")
    await stage.env.advance_time(TIME_IS_UP)
    assert pressable(stage) == [False, True]


@BEFORE_AND_AFTER
async def test_a_section_that_a_press_turns_to_is_posted_once(stage: Stage, arrives: bool) -> None:  # noqa: FBT001 - a parameter
    await stage.next()
    await stage.press(stage.ann, "Ben")
    async with killed(stage, CALLBACK, arrives=arrives):
        await stage.press(stage.ann, "Next")
    assert said(stage, "Ben tells scene 2.") == 1
    assert pressable(stage) == [False, True]
    await stage.restart()
    assert len(stage.messages()) == 2


@pytest.mark.parametrize("what", [cut, deadly])
async def test_a_section_that_the_clock_turns_to_is_posted_once(stage: Stage, what: object) -> None:
    await stage.next()
    await stage.press(stage.ann, "Ben")
    with trouble(POST, what):  # type: ignore[arg-type] # parametrized as a string
        await stage.env.advance_time(TIME_IS_UP)
        await stage.env.settle()
        await stage.kill()
    await stage.restart()
    assert said(stage, "Ben tells scene 2.") == 1
    assert pressable(stage) == [False, True]


async def test_a_section_that_stands_there_unmarked_can_be_pressed_as_soon_as_the_bot_is_back(stage: Stage) -> None:
    await stage.next()
    await stage.press(stage.ann, "Ben")
    async with killed(stage, CALLBACK):
        await stage.press(stage.ann, "Next")
    with stage.at_once():
        await stage.press(stage.ann, "Cleo")
        await stage.press(stage.bob, "Cleo")
    await stage.env.settle()
    await stage.env.advance_time(TIME_IS_UP)
    assert said(stage, "Cleo tells scene 3.") == 1
    assert pressable(stage) == [False, False, True]


async def test_a_page_turned_while_the_history_is_still_looked_through_is_marked_and_closed(stage: Stage) -> None:
    await stage.next()
    await stage.press(stage.ann, "Ben")
    async with killed(stage, CALLBACK):
        await stage.press(stage.ann, "Next")
        stage.env.backend.faults.append(LOOK_FAILS)
    await stage.press(stage.ann, "Cleo")
    await stage.env.advance_time(2 * TIME_IS_UP)
    assert said(stage, "Ben tells scene 2.") == 1
    assert pressable(stage) == [False] * (len(stage.messages()) - 1) + [True]


async def test_next_finds_a_section_that_was_posted_and_not_marked(stage: Stage) -> None:
    await stage.next()
    await stage.press(stage.ann, "Ben")
    with trouble(POST, deadly):
        await stage.env.advance_time(TIME_IS_UP)
    assert "It's already here" in private(await stage.next())
    assert len(stage.messages()) == 2


async def test_a_ballot_is_closed_after_a_kill_before_that(stage: Stage) -> None:
    page = (await stage.next()).response
    await stage.press(stage.ann, "Ben")
    async with killed(stage, EDIT, arrives=False):
        await stage.press(stage.ann, "Next")
    assert labels(page) == []
    assert len(stage.messages()) == 2


@BEFORE_AND_AFTER
async def test_a_section_that_is_taken_back_is_so_after_a_kill(stage: Stage, arrives: bool) -> None:  # noqa: FBT001 - a parameter
    await stage.next()
    await stage.press(stage.ann, "Ben")
    await stage.press(stage.ann, "Next")
    async with killed(stage, CALLBACK, arrives=arrives):
        await stage.ann.slash(stage.channel, "back")
    assert said(stage, "undid the last section") == 1
    assert pressable(stage) == [False, False, True]


@BEFORE_AND_AFTER
async def test_of_a_page_posted_again_only_the_newest_copy_goes_on(stage: Stage, arrives: bool) -> None:  # noqa: FBT001 - a parameter
    await stage.next()
    card = (await stage.ann.slash(stage.channel, "session start")).response
    assert card
    async with killed(stage, POST, arrives=arrives):
        await stage.ann.click(card, label="Begin")
    pages = [message for message in stage.messages() if "Anna tells scene 1." in shown(message)]
    assert [bool(labels(page)) for page in pages] == [False, True]
    await stage.restart()
    assert len(stage.messages()) == 3


@BEFORE_AND_AFTER
async def test_a_lobby_that_a_member_opens_is_there_once(stage: Stage, arrives: bool) -> None:  # noqa: FBT001 - a parameter
    async with killed(stage, CALLBACK, arrives=arrives):
        await stage.ann.slash(stage.channel, "session start")
    assert said(stage, "Reading together") == 1
    await stage.press(stage.ann, "Begin")
    assert said(stage, "Anna tells scene 1.") == 1


@pytest.mark.parametrize("what", [cut, deadly])
async def test_the_lobby_of_a_date_is_there_once(stage: Stage, what: object) -> None:
    await stage.ann.slash(stage.channel, "session schedule", when="in 2 hours")
    await stage.env.advance_time(2 * HOUR - 5)
    with trouble(POST, what):  # type: ignore[arg-type] # parametrized as a string
        await stage.env.advance_time(6)
        await stage.kill()
    await stage.restart()
    assert said(stage, "Reading together") == 1
    assert "Begin" in labels(stage.last())


@pytest.mark.parametrize("what", [cut, deadly])
async def test_a_reminder_comes_once(stage: Stage, what: object) -> None:
    await stage.ann.slash(stage.channel, "session schedule", when="in 2 hours")
    await stage.env.advance_time(2 * HOUR - 16 * MINUTE)
    with trouble(POST, what):  # type: ignore[arg-type] # parametrized as a string
        await stage.env.advance_time(2 * MINUTE)
        await stage.kill()
    await stage.restart()
    await stage.env.advance_time(MINUTE)
    assert said(stage, "`/catchup`") == 1


@BEFORE_AND_AFTER
async def test_the_closing_card_of_a_session_comes_once(stage: Stage, arrives: bool) -> None:  # noqa: FBT001 - a parameter
    await stage.ann.slash(stage.channel, "session start")
    await stage.press(stage.ann, "Begin")
    async with killed(stage, CALLBACK, arrives=arrives):
        await stage.ann.slash(stage.channel, "session stop")
    assert said(stage, "That's it for this session!") == 1
    assert stage.ann.mention in shown(stage.last())


@BEFORE_AND_AFTER
async def test_a_notice_comes_once(stage: Stage, arrives: bool) -> None:  # noqa: FBT001 - a parameter
    async with killed(stage, CALLBACK, arrives=arrives):
        await stage.ann.slash(stage.channel, "session schedule", when="in 2 hours")
    assert len(stage.messages()) == 1
    await stage.env.advance_time(2 * HOUR + 1)
    assert said(stage, "Reading together") == 1


async def test_a_section_of_a_serial_that_fell_into_a_kill_and_a_long_sleep_is_followed_by_the_next(
    stage: Stage,
) -> None:
    await stage.next()
    await stage.ann.slash(stage.channel, "serial", every="daily", at="19:30")
    with trouble(POST, cut):
        await stage.env.advance_time(DAY)
        await stage.kill()
    with trouble(POST, slow(40)):
        await stage.restart(after=2 * DAY)
        await stage.env.advance_time(2 * MINUTE)
    await stage.env.advance_time(2 * DAY)
    assert said(stage, "tells scene") >= 4


async def test_what_was_superseded_before_it_was_posted_is_not_posted_after_a_restart(stage: Stage) -> None:
    await stage.next()
    await stage.press(stage.ann, "Ben")
    refuse(stage)
    await stage.env.advance_time(TIME_IS_UP)
    stage.env.backend.faults.clear()
    asked = (await stage.ann.slash(stage.channel, "story stop")).response
    assert asked
    await stage.ann.click(asked, label="Stop reading")
    await stage.restart()
    assert said(stage, "Ben tells scene 2.") == 0
