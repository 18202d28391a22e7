import logging

import pytest

from tests.builders import story
from tests.cogs.stage import TIME_IS_UP, Stage, labels, shown


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
    assert "the ballot cannot be closed" in caplog.text


async def test_a_section_that_the_clock_cannot_post_is_posted_by_next(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    await stage.next()
    await stage.press(stage.ann, "Ben")
    stage.env.inject_error("POST", "/channels/*/messages", status=403, code=50013)
    with caplog.at_level(logging.WARNING):
        await stage.env.advance_time(TIME_IS_UP)
    assert len(stage.messages()) == 1
    assert "could not be posted" in caplog.text
    assert "Ben tells scene 2." in shown(await stage.next())
    assert labels(stage.messages()[0]) == []


async def test_a_failing_round_is_logged_and_made_again(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    await stage.next()
    due = stage.queries.due
    failures = iter([OSError("the disk is on fire")])

    async def fail_once() -> list[tuple[int, int]]:
        for failure in failures:
            raise failure
        return await due()

    stage.queries.due = fail_once  # type: ignore[method-assign]
    with caplog.at_level(logging.ERROR):
        await stage.press(stage.ann, "Ben")
    assert "the disk is on fire" in caplog.text
    await stage.env.advance_time(2 * TIME_IS_UP)
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
    calls: list[int] = []

    async def fail(reading: int, n: int) -> None:
        calls.append(n)
        raise OSError

    monkeypatch.setattr(stage.readings, "close", fail)
    await stage.env.advance_time(TIME_IS_UP)
    assert calls == [1]
    assert "could not be carried out" in caplog.text
    monkeypatch.undo()
    await stage.env.advance_time(2 * TIME_IS_UP)
    assert "Ben tells scene 2." in shown(stage.last())
