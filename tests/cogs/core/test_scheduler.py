import logging
from datetime import datetime, timedelta

import pytest

from cogs.core import scheduler
from story.errors import NotKeptError
from story.rules.shards import Shards
from story.rules.timer import Timer, TimerKind
from story.store import Commit
from tests.builders import story
from tests.cogs.stage import TIME_IS_UP, Stage, Time, labels, private, shown


async def test_votes_and_the_clock_survive_a_restart_in_the_middle_of_a_ballot(stage: Stage) -> None:
    await stage.next()
    await stage.press(stage.ann, "Ben")
    await stage.env.advance_time(30)
    await stage.restart()
    await stage.press(stage.bob, "Ben")
    assert "Ben · 2" in labels(stage.last())
    await stage.env.advance_time(29)
    assert len(stage.messages()) == 1
    await stage.env.advance_time(2)
    assert "Ben wins with 2 of 2 votes." in shown(stage.messages()[0])
    assert "Ben tells scene 2." in shown(stage.last())


async def test_a_deadline_that_passed_while_the_bot_was_off_is_carried_out_when_it_is_back(stage: Stage) -> None:
    await stage.next()
    await stage.press(stage.ann, "Ben")
    await stage.restart(after=TIME_IS_UP)
    assert "Ben tells scene 2." in shown(stage.last())
    assert labels(stage.messages()[0]) == []


async def test_a_ballot_that_nobody_pressed_never_closes(stage: Stage) -> None:
    await stage.next()
    await stage.env.advance_time(7 * 24 * 3600)
    assert len(stage.messages()) == 1


async def test_an_earlier_deadline_that_comes_later_is_kept(stage: Stage) -> None:
    other = stage.server.create_text_channel("other")
    await stage.next()
    await stage.mod.slash(other, "story start", story="fork")
    await stage.press(stage.ann, "Ben", other)
    await stage.env.advance_time(30)
    await stage.press(stage.ann, "Ben")
    await stage.env.advance_time(31)
    assert (len(stage.messages()), len(stage.messages(other))) == (1, 2)
    await stage.env.advance_time(30)
    assert (len(stage.messages()), len(stage.messages(other))) == (2, 2)


async def test_a_ballot_that_cannot_be_closed_does_not_keep_the_others_open(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    other = stage.server.create_text_channel("other")
    await stage.next()
    await stage.mod.slash(other, "story start", story="fork")
    await stage.press(stage.ann, "Ben", other)
    await stage.press(stage.ann, "Ben")
    with caplog.at_level(logging.WARNING):
        await stage.restart(story("A", "AB", "ABC", "A"), after=TIME_IS_UP)
    assert "Ben tells scene 2." in shown(stage.last())
    assert "ballot timer 2 is put off: StoryGone" in caplog.text


async def test_a_section_that_the_clock_cannot_post_is_posted_by_next(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    await stage.next()
    await stage.press(stage.ann, "Ben")
    stage.env.inject_error("POST", "/channels/*/messages", status=403, code=50013)
    with caplog.at_level(logging.WARNING):
        await stage.env.advance_time(TIME_IS_UP)
    assert len(stage.messages()) == 1
    assert "section not shown: Forbidden" in caplog.text
    assert "Ben tells scene 2." in shown(await stage.next())
    assert labels(stage.messages()[0]) == []


async def test_a_failing_round_is_logged_and_made_again(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    await stage.next()
    await stage.press(stage.ann, "Ben")
    read = stage.bot.services.store.read
    due = read.due
    failures = iter([OSError("the disk is on fire")])

    async def fail_once(now: datetime, most: int, shards: Shards | None = None) -> list[Timer]:
        for failure in failures:
            raise failure
        return await due(now, most, shards)

    read.due = fail_once  # type: ignore[method-assign] # a method that breaks down once
    with caplog.at_level(logging.ERROR):
        await stage.env.advance_time(TIME_IS_UP)
    assert "the disk is on fire" in caplog.text
    assert len(stage.messages()) == 1
    await stage.env.advance_time(TIME_IS_UP)
    assert "Ben tells scene 2." in shown(stage.last())


async def test_nothing_is_closed_once_the_bot_is_closed(stage: Stage) -> None:
    await stage.next()
    await stage.press(stage.ann, "Ben")
    await stage.bot.remove_cog("Scheduler")
    await stage.env.advance_time(TIME_IS_UP)
    assert len(stage.messages()) == 1


async def test_an_unforeseen_failure_in_one_reading_is_logged_and_tried_again_later(
    stage: Stage, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    await stage.next()
    await stage.press(stage.ann, "Ben")
    calls = await ballots_fail(stage, monkeypatch, reading=1)
    await stage.env.advance_time(TIME_IS_UP)
    assert calls == [1]
    assert "ballot timer 1 failed" in caplog.text
    monkeypatch.undo()
    await stage.env.advance_time(2 * TIME_IS_UP)
    assert "Ben tells scene 2." in shown(stage.last())


async def test_what_is_due_while_the_database_is_away_is_carried_out_as_soon_as_it_is_back(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    await stage.next()
    await stage.press(stage.ann, "Ben")

    async def away(*_: object) -> None:
        raise NotKeptError(why="it is away")

    with monkeypatch.context() as patch:
        patch.setattr(stage.bot.services.schedule, "carry_out_due", away)
        await stage.env.advance_time(TIME_IS_UP)
        assert len(stage.messages()) == 1
    stage.bot.services.store._tell(Commit(None, again=True))
    await stage.env.advance_time(1)
    assert "Ben tells scene 2." in shown(stage.last())


async def ballots_fail(stage: Stage, monkeypatch: pytest.MonkeyPatch, reading: int) -> list[int]:
    """Have a reading's ballot fail whenever it is due; return by and by whose ballot that was."""
    calls: list[int] = []
    schedule = stage.bot.services.schedule
    close = schedule._handlers[TimerKind.BALLOT]

    async def closed(timer: Timer) -> None:
        if timer.subject == reading:
            calls.append(timer.subject)
            raise OSError
        await close(timer)

    monkeypatch.setattr(schedule, "_handlers", {**schedule._handlers, TimerKind.BALLOT: closed})
    return calls


async def test_a_fault_in_one_reading_does_not_hold_up_another(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    other = stage.server.create_text_channel("other")
    await stage.next()
    await stage.mod.slash(other, "story start", story="fork")
    await stage.press(stage.ann, "Ben", other)
    calls = await ballots_fail(stage, monkeypatch, reading=2)
    await stage.env.advance_time(50)
    await stage.press(stage.ann, "Ben")
    await stage.env.advance_time(11)
    assert calls
    await stage.env.advance_time(51)
    assert len(stage.messages()) == 2


async def test_a_clock_that_is_set_forward_makes_nothing_late_by_more_than_a_look(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, time: Time
) -> None:
    monkeypatch.setattr(scheduler, "LOOK_EVERY", timedelta(seconds=15))
    await stage.restart()
    await stage.next()
    await stage.ann.slash(stage.channel, "session schedule", when="in 8 hours")
    await stage.press(stage.ann, "Ben")
    now = time.source
    time.source = lambda: now() + timedelta(hours=8)  # as after a machine was suspended
    await stage.env.advance_time(16)
    assert any("Ben tells scene 2." in shown(message) for message in stage.messages())
    assert "Begin" in labels(stage.last())


async def test_a_clock_that_is_set_back_makes_nothing_late_by_more_than_a_look_once_it_is_right_again(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, time: Time
) -> None:
    monkeypatch.setattr(scheduler, "LOOK_EVERY", timedelta(seconds=15))
    await stage.restart()
    await stage.next()
    now = time.source
    time.source = lambda: now() - timedelta(hours=1)
    await stage.press(stage.ann, "Ben")
    await stage.env.advance_time(20)
    time.source = now
    await stage.env.advance_time(16)
    assert "Ben tells scene 2." in shown(stage.last())


async def test_whoever_acts_wakes_a_bot_whose_clock_was_set_back(stage: Stage, time: Time) -> None:
    other = stage.server.create_text_channel("other")
    await stage.ann.slash(other, "session schedule", when="in 8 hours")
    now = time.source
    time.source = lambda: now() - timedelta(hours=1)
    await stage.ann.slash(stage.channel, "session schedule", when="in 20 minutes")
    await stage.env.advance_time(5 * 60 + 1)
    assert "`/catchup`" in shown(stage.last())


async def test_a_server_that_is_back_before_the_start_is_not_forgotten(stage: Stage) -> None:
    await stage.next()
    await stage.bot.services.members.departed(stage.server.id)
    await stage.restart(after=31 * 24 * 3600)
    assert "scene 1 of 4" in private(await stage.ann.slash(stage.channel, "where"))
