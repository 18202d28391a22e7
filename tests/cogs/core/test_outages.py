"""Discord is slow, or cannot be reached: what waits comes later, and holds up nothing else."""

import pytest
from simcord import ChannelHandle, MemberActor

from story.model import Story
from tests.builders import story
from tests.cogs.stage import TIME_IS_UP, Stage, labels, private, shown
from tests.cogs.trouble import POST, Trouble, cut, fail, slow, trouble

MINUTE, HOUR, DAY = 60, 3600, 24 * 3600
THREAD = "POST /channels/*/messages/*/threads"


@pytest.fixture
def stories() -> list[Story]:
    return [story("A", "AB", "ABC", *["AB"] * 9), story("AB", "A", story_id="fork", title="Fork")]


def said(stage: Stage, text: str) -> int:
    return sum(text in shown(message) for message in stage.messages())


async def read_in(stage: Stage, channel: ChannelHandle, member: MemberActor | None = None) -> None:
    """Have the fork read in another channel, with a clock of 60 s under it."""
    await stage.mod.slash(channel, "story start", story="fork")
    await stage.press(member or stage.ann, "Ben", channel)


@pytest.mark.parametrize("status", [500, 502, 503, 429])
async def test_a_section_that_met_an_error_of_discords_comes_soon(stage: Stage, status: int) -> None:
    await stage.next()
    await stage.press(stage.ann, "Ben")
    fail(stage, POST, status)
    await stage.env.advance_time(TIME_IS_UP)
    await stage.env.advance_time(20)
    assert said(stage, "Ben tells scene 2.") == 1


async def test_a_section_that_fell_into_a_long_outage_comes_when_that_is_over(stage: Stage) -> None:
    await stage.next()
    await stage.press(stage.ann, "Ben")
    with trouble(POST, cut):
        await stage.env.advance_time(HOUR)
        assert "I'll keep trying" in private(await stage.ann.slash(stage.channel, "where"))
    await stage.env.advance_time(10 * MINUTE)
    assert said(stage, "Ben tells scene 2.") == 1
    assert "keep trying" not in private(await stage.ann.slash(stage.channel, "where"))


async def test_whoever_acts_in_an_outage_is_told_so(stage: Stage) -> None:
    await stage.next()
    await stage.press(stage.ann, "Ben")
    with trouble(POST, cut):
        await stage.env.advance_time(TIME_IS_UP)
        with trouble("GET /channels/*/messages", cut):
            assert "can't reach Discord" in private(await stage.next())


async def test_the_lobby_of_a_date_that_fell_into_an_outage_comes_when_it_is_over(stage: Stage) -> None:
    await stage.ann.slash(stage.channel, "session schedule", when="in 2 hours")
    await stage.env.advance_time(2 * HOUR - 10 * MINUTE)
    with trouble(POST, cut):
        await stage.env.advance_time(11 * MINUTE)
    await stage.env.advance_time(20 * MINUTE)
    assert said(stage, "Reading together") == 1
    assert "Begin" in labels(stage.last())


async def test_a_reminder_that_fell_into_an_outage_comes_when_it_is_over(stage: Stage) -> None:
    await stage.ann.slash(stage.channel, "session schedule", when="in 2 hours")
    await stage.env.advance_time(2 * HOUR - 16 * MINUTE)
    with trouble(POST, cut):
        await stage.env.advance_time(2 * MINUTE)
    await stage.env.advance_time(8 * MINUTE)
    assert said(stage, "`/catchup`") == 1


@pytest.mark.parametrize("what", [cut, slow(600)])
async def test_a_closing_card_that_fell_into_an_outage_comes_when_it_is_over(stage: Stage, what: Trouble) -> None:
    await stage.ann.slash(stage.channel, "session start")
    await stage.press(stage.ann, "Begin")
    with trouble(POST, what):
        await stage.env.advance_time(3 * HOUR + MINUTE)
    await stage.env.advance_time(11 * MINUTE)
    assert said(stage, "That's it for this session!") == 1


# ---- beside each other


async def test_a_request_that_hangs_in_one_channel_holds_up_no_other_ballot(stage: Stage) -> None:
    other = stage.server.create_text_channel("other")
    await stage.ann.slash(stage.channel, "session schedule", when="in 2 hours", repeat="daily")
    await stage.env.advance_time(2 * HOUR - 30)
    await read_in(stage, other)
    with trouble(f"POST /channels/{stage.channel.id}/messages", slow(600)) as hung:
        await stage.env.advance_time(TIME_IS_UP)
        assert hung
        assert len(stage.messages(other)) == 2


@pytest.mark.simcord(settle_timeout=30)
async def test_fifty_dates_at_one_time_hold_up_no_ballot(stage: Stage) -> None:
    for number in range(50):
        channel = stage.server.create_text_channel(f"channel-{number}")
        await stage.ann.slash(channel, "session schedule", when="in 2 hours")
    await stage.env.advance_time(2 * HOUR - 30)
    await read_in(stage, stage.channel)
    with trouble(POST, slow(2)):
        await stage.env.advance_time(TIME_IS_UP + 2)
    assert len(stage.messages()) == 2


@pytest.mark.parametrize("what", [slow(600), cut])
async def test_a_thread_that_cannot_be_opened_holds_up_no_section(stage: Stage, what: Trouble) -> None:
    await stage.bot.services.settings.change(stage.server.id, None, discuss=True)
    await stage.next()
    with trouble(THREAD, what) as met:
        for vote in ("Ben", "Cleo"):
            await stage.press(stage.ann, vote)
            await stage.press(stage.bob, vote)
            await stage.env.advance_time(TIME_IS_UP + 30)
        assert met
        assert said(stage, "tells scene 3.") == 1


async def test_a_thread_that_could_not_be_opened_is_no_failure_of_the_page_and_comes_later(stage: Stage) -> None:
    await stage.bot.services.settings.change(stage.server.id, None, discuss=True)
    with trouble(THREAD, cut):
        told = await stage.next()
        assert "Anna tells scene 1." in shown(told)
        assert told.followups == []
    await stage.env.advance_time(MINUTE)
    assert len(stage.channel.threads) == 1


async def test_a_story_begun_elsewhere_in_an_outage_is_there_once_it_is_over(stage: Stage) -> None:
    other = stage.server.create_text_channel("other")
    fail(stage, POST, 503)
    text = private(await stage.ann.slash(stage.channel, "story start", story="fork", channel=other))
    assert "can't reach Discord" in text
    await stage.env.advance_time(MINUTE)
    assert "Anna tells scene 1." in shown(stage.last(other)) or labels(stage.last(other))
