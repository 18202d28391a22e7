"""What the clock does to a ballot."""

import pytest

from story.rules.delivery import DeliveryFailure, DeliveryKind
from story.rules.timer import Deadline, Due, Timer, TimerKind
from story.services.container import Services
from tests.builders import NOON, Clock, story
from tests.story.room import (
    ANN,
    BOB,
    GUILD,
    OTHER_CHANNEL,
    after,
    ballot_of,
    begun,
    comes_due,
    edit,
    page_now,
    post,
    posted,
    press,
    waiting,
)


async def test_a_ballot_closes_when_its_time_is_up(services: Services) -> None:
    await press(services, await begun(services), ANN, "ben")
    await comes_due(services, 59)
    assert (await page_now(services)).step.n == 1
    await comes_due(services, 1)
    step = (await page_now(services)).step
    assert (step.n, step.pov, step.by) == (2, "ben", None)
    assert await services.schedule.next_due() is None


async def test_what_a_closed_ballot_decided_is_posted_and_the_ballot_shown_closed(services: Services) -> None:
    await press(services, await begun(services), ANN, "ben")
    await comes_due(services, 60)
    assert [(each.kind, each.n, each.data) for each in await waiting(services)] == [
        (DeliveryKind.SECTION, 2, {}),
        (DeliveryKind.CLOSED, 1, {"message": 1001}),
    ]


async def test_the_next_that_comes_due_is_the_earliest(services: Services) -> None:
    await press(services, await begun(services), ANN, "ben")
    first = await services.schedule.next_due()
    after(services, 5)
    await press(services, await begun(services, "fork", OTHER_CHANNEL), ANN, "ben")
    assert await services.schedule.next_due() == first


async def test_a_ballot_that_was_closed_meanwhile_is_not_closed_again(services: Services) -> None:
    turn = await begun(services)
    await press(services, turn, ANN, "ben")
    after(services, 60)
    [due] = await services.store.read.due(services.clock(), 10)
    await posted(services, await press(services, turn, ANN))
    await services.votes.close(due)
    assert (await page_now(services)).step.n == 2


async def test_a_ballot_is_not_closed_while_its_section_can_still_be_read(services: Services, clock: Clock) -> None:
    edit(services, story(*["AB"] * 3, text="word " * 690))  # three minutes at 230 words a minute
    turn = await posted(services, await press(services, await begun(services), ANN))
    pressed = await press(services, turn, BOB, "ben")
    assert ballot_of(pressed.page).closes_at == clock.time.replace(minute=3)


async def test_a_ballot_of_an_edited_story_that_cannot_be_closed_is_not_due_for_ever(
    services: Services, caplog: pytest.LogCaptureFixture
) -> None:
    await press(services, await begun(services), ANN, "ben")
    edit(services)
    await comes_due(services, 60)
    assert "StoryGone" in caplog.text
    assert await services.schedule.next_due() is None


async def test_a_ballot_whose_next_scene_is_not_there_any_more_is_not_due_for_ever(services: Services) -> None:
    await press(services, await begun(services), ANN, "ben")
    edit(services, story("A"))
    await comes_due(services, 60)
    assert (await page_now(services)).step.n == 1
    assert await services.schedule.next_due() is None


async def test_closing_what_was_never_begun_is_nothing(services: Services) -> None:
    await services.votes.close(Timer(TimerKind.BALLOT, 99, GUILD, NOON))
    assert await waiting(services) == []


async def test_a_timer_that_was_moved_on_meanwhile_closes_nothing(services: Services) -> None:
    turn = await begun(services)
    await press(services, turn, ANN, "ben")
    await services.votes.close(Timer(TimerKind.BALLOT, turn.page.reading.id, GUILD, NOON))
    assert (await page_now(services)).step.n == 1


# ---- a page that nobody has seen yet


async def test_a_ballot_waits_while_its_page_is_being_posted(services: Services, clock: Clock) -> None:
    turn = await services.readings.start(GUILD, 10, ANN, "tale")
    async with services.store.transaction() as tx:
        await tx.set_deadline(turn.page.reading, 1, Deadline(Due.CLOCK, NOON))
    await comes_due(services)
    assert (await page_now(services)).step.n == 1
    assert (await services.schedule.next_due() or NOON) > clock()
    await post(services, turn.page)
    await comes_due(services, 60)
    assert (await page_now(services)).step.n == 2


async def test_nothing_is_due_behind_a_page_that_could_not_be_posted_until_it_is(services: Services) -> None:
    turn = await services.readings.start(GUILD, 10, ANN, "tale")
    [section] = await waiting(services)
    async with services.store.transaction() as tx:
        await tx.set_deadline(turn.page.reading, 1, Deadline(Due.CLOCK, NOON))
    await services.deliveries.failed(section, DeliveryFailure.FORBIDDEN)
    await comes_due(services)
    assert await services.store.read.timer(TimerKind.BALLOT, turn.page.reading.id) is None
    assert (await page_now(services)).step.n == 1
