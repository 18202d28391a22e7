"""An answer that Discord does not take leaves nothing undone: what was asked for is shown all the same."""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import discord
import pytest
from simcord import MemberActor, ResponseMessage

from story.model import Story
from tests.builders import story
from tests.cogs.stage import Stage, labels, shown
from tests.cogs.trouble import CALLBACK, cut, fail, late, trouble, unheard

MINUTE, HOUR, DAY = 60, 3600, 24 * 3600


@pytest.fixture
def stories() -> list[Story]:
    return [story("A", "AB", "ABC", *["AB"] * 9), story("AB", "A", story_id="fork", title="Fork")]


@contextmanager
def too_late(stage: Stage) -> Iterator[None]:
    late(stage)
    yield


@contextmanager
def unwell(stage: Stage) -> Iterator[None]:
    fail(stage, CALLBACK, 500)
    yield


@contextmanager
def cut_off(_stage: Stage) -> Iterator[None]:
    with trouble(CALLBACK, cut):
        yield


@contextmanager
def not_heard(_stage: Stage) -> Iterator[None]:
    with trouble(CALLBACK, unheard):
        yield


FAILURES = pytest.mark.parametrize("failure", [too_late, unwell, cut_off, not_heard])
Failure = Callable[[Stage], AbstractContextManager[None]]
Act = Callable[[Stage], Awaitable[object]]


def said(stage: Stage, text: str) -> int:
    return sum(text in shown(message) for message in stage.messages())


async def failing(stage: Stage, failure: Failure, act: Act) -> None:
    """Have something done whose answer fails."""
    with failure(stage):
        await act(stage)
    stage.env.backend.faults.clear()
    await stage.env.advance_time(20)
    stage.look_away()


async def opened(stage: Stage) -> ResponseMessage:
    card = (await stage.ann.slash(stage.channel, "session start")).response
    assert card
    await stage.bob.click(card, label="Join")
    return card


async def begun(stage: Stage) -> None:
    await stage.ann.click(await opened(stage), label="Begin")


def owner(stage: Stage) -> MemberActor:
    role = stage.server.create_role("Owners", permissions=discord.Permissions(manage_guild=True))
    return stage.server.add_member(stage.env.create_user("owner"), roles=[role])


# ---- reading


@FAILURES
async def test_next_tells_the_first_section_once(stage: Stage, failure: Failure) -> None:
    await failing(stage, failure, lambda stage: stage.next())
    assert said(stage, "Anna tells scene 1.") == 1
    await stage.press(stage.ann, "Ben")
    assert "Ben · 1" in labels(stage.last())


@FAILURES
async def test_a_vote_counts_and_is_shown(stage: Stage, failure: Failure) -> None:
    await stage.next()
    await failing(stage, failure, lambda stage: stage.press(stage.ann, "Ben"))
    assert "Ben · 1" in labels(stage.last())


@FAILURES
async def test_a_vote_by_command_counts_and_is_shown(stage: Stage, failure: Failure) -> None:
    await stage.next()
    await failing(stage, failure, lambda stage: stage.ann.slash(stage.channel, "pov", who="Ben"))
    assert "Ben · 1" in labels(stage.last())


@FAILURES
async def test_a_page_that_a_press_turns_is_posted_once_and_the_one_before_closed(
    stage: Stage, failure: Failure
) -> None:
    await stage.next()
    await stage.press(stage.ann, "Ben")
    await failing(stage, failure, lambda stage: stage.press(stage.ann, "Next"))
    assert said(stage, "Ben tells scene 2.") == 1
    assert labels(stage.messages()[0]) == []


@FAILURES
async def test_a_section_taken_back_is_so_once(stage: Stage, failure: Failure) -> None:
    await stage.next()
    await failing(stage, failure, lambda stage: stage.ann.slash(stage.channel, "back"))
    assert said(stage, "undid the last section") == 1
    assert labels(stage.messages()[0]) == []


@FAILURES
async def test_a_story_begins_again(stage: Stage, failure: Failure) -> None:
    await stage.next()
    asked = await stage.ann.slash(stage.channel, "restart")
    await failing(stage, failure, lambda stage: stage.click(stage.ann, asked, "Begin again"))
    assert said(stage, "Anna tells scene 1.") == 2
    assert labels(stage.messages()[0]) == []


@FAILURES
async def test_a_story_started_by_name_is_told(stage: Stage, failure: Failure) -> None:
    await failing(stage, failure, lambda stage: stage.ann.slash(stage.channel, "story start", story="fork"))
    assert len(stage.messages()) == 1
    assert labels(stage.last())


@FAILURES
async def test_a_reading_that_is_stopped_has_nothing_to_press(stage: Stage, failure: Failure) -> None:
    await stage.next()
    asked = await stage.ann.slash(stage.channel, "story stop")
    await failing(stage, failure, lambda stage: stage.click(stage.ann, asked, "Stop reading"))
    assert labels(stage.last()) == []


@FAILURES
async def test_a_reading_that_is_moved_goes_on_where_it_was_moved_to(stage: Stage, failure: Failure) -> None:
    await stage.next()
    reading = (await stage.queries.reading(stage.server.id, stage.channel.id)).id
    other, boss = stage.server.create_text_channel("other"), owner(stage)
    await failing(stage, failure, lambda _: boss.slash(other, "story move", reading=str(reading)))
    assert labels(stage.last()) == []
    assert labels(stage.last(other)) == ["Anna", "Ben", "Next"]


@FAILURES
async def test_a_serial_begins_and_tells_so(stage: Stage, failure: Failure) -> None:
    await stage.next()
    await failing(stage, failure, lambda stage: stage.ann.slash(stage.channel, "serial", every="daily", at="19:30"))
    assert len(stage.messages()) == 2
    await stage.env.advance_time(DAY)
    assert said(stage, "tells scene 2.") == 1


# ---- sessions


@FAILURES
async def test_a_lobby_opens_once(stage: Stage, failure: Failure) -> None:
    await failing(stage, failure, lambda stage: stage.ann.slash(stage.channel, "session start"))
    assert said(stage, "Reading together") == 1


@FAILURES
@pytest.mark.parametrize(("label", "readers"), [("Join", "(2)"), ("Leave", "(0)")])
async def test_who_joins_or_leaves_is_shown(stage: Stage, failure: Failure, label: str, readers: str) -> None:
    await stage.ann.slash(stage.channel, "session start")
    member = stage.bob if label == "Join" else stage.ann
    await failing(stage, failure, lambda stage: stage.press(member, label))
    assert f"Readers {readers}" in shown(stage.last())


@FAILURES
async def test_begin_posts_the_page_once(stage: Stage, failure: Failure) -> None:
    card = await opened(stage)
    await failing(stage, failure, lambda stage: stage.click(stage.ann, card, "Begin"))
    assert said(stage, "Anna tells scene 1.") == 1
    assert "Begin" not in labels(card)
    assert "Ready" in labels(stage.last())


@FAILURES
async def test_a_pause_is_told_and_resume_turns_the_page_when_all_are_ready(stage: Stage, failure: Failure) -> None:
    await begun(stage)
    await failing(stage, failure, lambda stage: stage.ann.slash(stage.channel, "session pause"))
    page = next(message for message in stage.messages() if "Anna tells scene 1." in shown(message))
    assert "Paused." in shown(page)
    for member in (stage.ann, stage.bob):
        await stage.click(member, page, "Ben")
    await failing(stage, failure, lambda stage: stage.ann.slash(stage.channel, "session resume"))
    assert said(stage, "Ben tells scene 2.") == 1


@FAILURES
async def test_a_session_that_is_stopped_has_its_closing_card(stage: Stage, failure: Failure) -> None:
    await begun(stage)
    await failing(stage, failure, lambda stage: stage.ann.slash(stage.channel, "session stop"))
    assert said(stage, "That's it for this session!") == 1
    page = next(message for message in stage.messages() if "Anna tells scene 1." in shown(message))
    assert "Ready" not in labels(page)


@FAILURES
async def test_a_host_who_hands_over_is_told_to_all(stage: Stage, failure: Failure) -> None:
    await begun(stage)
    await failing(stage, failure, lambda stage: stage.ann.slash(stage.channel, "session host", who=stage.bob))
    assert said(stage, f"{stage.bob.mention} is the host now.") == 1


# ---- dates


@FAILURES
async def test_a_date_is_told_once_and_kept_on_time(stage: Stage, failure: Failure) -> None:
    await failing(stage, failure, lambda stage: stage.ann.slash(stage.channel, "session schedule", when="in 2 hours"))
    assert len(stage.messages()) == 1
    await stage.env.advance_time(2 * HOUR + 1)
    assert "Begin" in labels(stage.last())


@FAILURES
async def test_a_date_that_is_moved_comes_at_the_new_time(stage: Stage, failure: Failure) -> None:
    await stage.ann.slash(stage.channel, "session schedule", when="in 5 hours")
    await failing(stage, failure, lambda stage: stage.ann.slash(stage.channel, "session move", when="in 2 hours"))
    assert len(stage.messages()) == 2
    await stage.env.advance_time(2 * HOUR + 1)
    assert "Begin" in labels(stage.last())


@FAILURES
async def test_a_date_that_is_cancelled_does_not_come(stage: Stage, failure: Failure) -> None:
    await stage.ann.slash(stage.channel, "session schedule", when="in 2 hours")
    await failing(stage, failure, lambda stage: stage.ann.slash(stage.channel, "session cancel"))
    assert stage.env.backend.guilds[stage.server.id].scheduled_events == {}
    await stage.env.advance_time(2 * HOUR + 1)
    assert said(stage, "Reading together") == 0


# ---- settings


@FAILURES
async def test_a_setting_shows_on_open_cards_in_its_language(stage: Stage, failure: Failure) -> None:
    await stage.next()
    boss = owner(stage)
    panel = (await boss.slash(stage.channel, "settings")).response
    assert panel
    await boss.select(panel, ["language"], custom_id="setting:0")
    await failing(stage, failure, lambda _: boss.select(panel, ["de"], custom_id="change:0:language"))
    assert "Whose POV is next?" not in shown(stage.last())
    assert "Szene 1 von" in shown(stage.last())


async def test_a_command_that_only_looks_is_logged_where_its_answer_fails(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    await stage.next()
    fail(stage, CALLBACK, 404, 10062, times=2)
    await stage.ann.slash(stage.channel, "where")
    stage.look_away()
    assert "could not be answered" in caplog.text
