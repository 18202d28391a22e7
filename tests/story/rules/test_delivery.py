from datetime import timedelta

import pytest

from story.rules.delivery import LONGEST, DeliveryFailure, pause
from story.rules.page import Page, Turn
from story.rules.presses import Member
from story.services.readings import Readings
from tests.builders import Clock
from tests.story.room import ANN, CHANNEL, GUILD, begun, press, told


async def turned(readings: Readings) -> Page:
    """Return a page that is committed, and has yet to be posted."""
    turn = await press(readings, await begun(readings), ANN)
    assert isinstance(turn, Turn)
    return turn.page


def test_the_pauses_grow_up_to_the_longest() -> None:
    pauses = [pause(tries) for tries in range(1, 100)]
    assert pauses == sorted(pauses)
    assert (pauses[0], pauses[-1]) == (timedelta(seconds=2), LONGEST)


@pytest.mark.parametrize("snag", [DeliveryFailure.FORBIDDEN, DeliveryFailure.GONE, DeliveryFailure.REFUSED])
async def test_what_discord_does_not_take_is_not_tried_again_by_itself(
    readings: Readings, snag: DeliveryFailure
) -> None:
    assert await readings.hold(await turned(readings), snag) is None
    assert await readings._queries.next_deadline() is None
    assert (await readings._queries.where(GUILD, CHANNEL)).step.failure is snag


async def test_what_could_not_be_reached_is_tried_again_after_a_pause_that_grows(
    readings: Readings, clock: Clock
) -> None:
    page = await turned(readings)
    at = await readings.hold(page, DeliveryFailure.UNREACHABLE)
    assert at == clock() + timedelta(seconds=2) == await readings._queries.next_deadline()
    assert await readings._queries.failureged() == []
    clock.move(2)
    assert await readings._queries.failureged() == [(page.reading.id, 2)]
    turn = await readings.try_again(page.reading.id, 2)
    assert turn
    assert (turn.page.step.n, turn.again) == (2, True)
    assert await readings._queries.failureged() == []
    assert await readings.hold(page, DeliveryFailure.UNREACHABLE) == clock() + timedelta(seconds=4)


async def test_there_is_no_snag_any_more_once_the_page_is_posted(readings: Readings, clock: Clock) -> None:
    page = await turned(readings)
    await readings.hold(page, DeliveryFailure.UNREACHABLE)
    await readings.mark(page, 5)
    clock.move(60)
    assert await readings._queries.failureged() == []
    assert (await readings._queries.where(GUILD, CHANNEL)).step.failure is None
    assert await readings.hold(page, DeliveryFailure.UNREACHABLE) == clock() + timedelta(seconds=2)


async def test_what_is_posted_superseded_or_over_is_not_tried_again(readings: Readings) -> None:
    page = await turned(readings)
    assert await readings.try_again(99, 1) is None
    assert await readings.try_again(page.reading.id, 1) is None
    await readings.mark(page, 5)
    assert await readings.try_again(page.reading.id, 2) is None
    await readings.stop(GUILD, page.reading.id, 2, Member(ANN))
    assert await readings.try_again(page.reading.id, 3) is None


async def test_nothing_is_due_in_a_reading_whose_page_could_not_be_posted(readings: Readings, clock: Clock) -> None:
    turn = await begun(readings)
    await press(readings, turn, ANN, "ben")
    await readings.hold(turn.page, DeliveryFailure.FORBIDDEN)
    clock.move(60)
    assert await readings._queries.due() == []
    assert await readings._queries.next_deadline() is None
    await told(readings, turn)
    assert await readings._queries.due() == [(turn.page.reading.id, 1)]
