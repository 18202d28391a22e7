import logging
import re

import pytest

from story.errors import TakenError
from tests.cogs.stage import Stage, private

TAKEN_OVER = "another process has taken over"


class UnforeseenError(Exception):
    pass


def fail(stage: Stage) -> None:
    """Have whatever is asked next fail."""

    async def break_down(*_: object) -> None:
        raise UnforeseenError

    stage.queries.place = break_down  # type: ignore[method-assign,assignment] # a method that breaks down
    stage.bot.services.votes.press = break_down  # type: ignore[method-assign,assignment] # a method that breaks down


async def test_an_unforeseen_error_of_a_command_is_answered_with_an_id_that_the_log_has_too(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    fail(stage)
    text = private(await stage.ann.slash(stage.channel, "where"))
    [error_id] = re.findall(r"`([0-9a-f]{8})`", text)
    [record] = [record for record in caplog.records if error_id in record.getMessage()]
    assert record.exc_info
    assert record.exc_info[0] is UnforeseenError
    assert "Unforeseen" not in text
    stage.env._errors.clear()


async def test_an_unforeseen_error_of_a_press_is_answered_with_an_id_that_the_log_has_too(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    await stage.next()
    fail(stage)
    text = private(await stage.press(stage.ann, "Ben"))
    [error_id] = re.findall(r"`([0-9a-f]{8})`", text)
    assert error_id in caplog.text


async def test_an_answer_that_discord_does_not_take_is_logged(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    stage.env.inject_error("POST", "/interactions/*/*/callback", status=404, code=10062)
    with caplog.at_level(logging.WARNING):
        await stage.ann.slash(stage.channel, "where")
    assert "could not be answered" in caplog.text


async def test_what_another_process_has_taken_over_is_left_to_it_to_answer(stage: Stage) -> None:
    await stage.next()

    async def be_superseded(*_: object) -> None:
        raise TakenError(TAKEN_OVER)

    stage.bot.services.votes.press = be_superseded  # type: ignore[method-assign,assignment] # a method that breaks down
    assert not (await stage.press(stage.ann, "Ben")).response
    stage.env._errors.clear()
