"""Stories for adults: on hold while their channel is not age-restricted."""

import pytest

from story.errors import AdultStory
from story.model import Story
from story.rules.delivery import DeliveryFailure, DeliveryKind
from story.rules.presses import Member
from story.rules.serial import Serial
from story.services.container import Services
from story.times.phrases import Repeat
from story.times.zones import known_zone
from tests.builders import story
from tests.story.room import (
    ANN,
    BOB,
    CHANNEL,
    GUILD,
    ballot_now,
    begun,
    comes_due,
    edit,
    page_now,
    press,
    seated,
    shown,
    waiting,
)


@pytest.fixture
def stories() -> list[Story]:
    return [story("A", "AB", "ABC", "A", rating="Explicit"), story("AB", "A", story_id="fork", title="Fork")]


async def test_nothing_can_be_pressed_while_a_reading_is_on_hold(services: Services) -> None:
    turn = await begun(services)
    reading = turn.page.reading.id
    await services.readings.hold(reading, held=True)
    for asked in (
        press(services, turn, ANN, "ben"),
        services.votes.next(GUILD, CHANNEL, Member(ANN)),
        services.votes.turn(GUILD, reading, 1, Member(ANN)),
        services.readings.back(GUILD, CHANNEL, Member(ANN)),
        services.readings.restart(GUILD, reading, 1, Member(ANN)),
    ):
        with pytest.raises(AdultStory):
            await asked


async def test_votes_are_kept_and_the_clock_stands_still_until_it_goes_on(services: Services) -> None:
    turn = await begun(services)
    await press(services, turn, ANN, "ben")
    await services.readings.hold(turn.page.reading.id, held=True)
    await comes_due(services, 3600)
    assert (await page_now(services)).step.n == 1
    await services.readings.hold(turn.page.reading.id, held=False)
    assert (await ballot_now(services)).tally == {"ben": 1}
    await press(services, turn, BOB, "ben")
    await comes_due(services, 3600)
    assert (await page_now(services)).step.section_id == ("scene-2", "ben")


async def test_a_serial_goes_on_with_its_next_time(services: Services) -> None:
    turn = await begun(services)
    daily = Serial(Repeat.DAILY, services.clock(), known_zone("UTC"))
    await services.readings.set_serial(GUILD, CHANNEL, Member(ANN), daily)
    await services.readings.hold(turn.page.reading.id, held=True)
    await comes_due(services, 3 * 86_400)
    assert (await page_now(services)).step.n == 1
    await services.readings.hold(turn.page.reading.id, held=False)
    assert (await ballot_now(services)).closes_at


async def test_a_session_waits_for_nobody_while_its_reading_is_on_hold(services: Services) -> None:
    turn = await seated(services, ANN, BOB)
    await services.readings.hold(turn.page.reading.id, held=True)
    await comes_due(services, 600)
    assert (await page_now(services)).step.n == 1


async def test_the_card_is_shown_anew_when_that_changes_and_not_otherwise(services: Services) -> None:
    turn = await begun(services)
    await shown(services)
    for held, cards in ((True, 1), (True, 0), (False, 1), (False, 0)):
        await services.readings.hold(turn.page.reading.id, held=held)
        assert (await shown(services)).count(DeliveryKind.CARD) == cards


async def test_a_section_that_waited_is_tried_again_when_it_goes_on(services: Services) -> None:
    await services.readings.start(GUILD, CHANNEL, ANN, "tale")
    [section] = await waiting(services, DeliveryKind.SECTION)
    await services.deliveries.failed(section, DeliveryFailure.AGE)
    await services.readings.hold(section.subject, held=True)
    retried: list[int] = []
    services.store.subscribe(lambda commit: retried.extend(commit.retried))
    await services.readings.hold(section.subject, held=False)
    assert retried == [section.id]


async def test_what_is_not_open_is_not_put_on_hold(services: Services) -> None:
    turn = await begun(services)
    await services.readings.stop(GUILD, turn.page.reading.id, 1, Member(ANN))
    await services.readings.hold(turn.page.reading.id, held=True)
    await services.readings.hold(99, held=True)
    reading = await services.store.read.reading(turn.page.reading.id)
    assert reading
    assert not reading.held


async def test_a_reading_that_is_taken_up_again_is_on_hold_no_longer(services: Services) -> None:
    turn = await begun(services)
    await services.readings.hold(turn.page.reading.id, held=True)
    fork = await services.asides.start_instead(GUILD, turn.page.reading.id, Member(ANN), "fork")
    await services.asides.take_up(GUILD, CHANNEL, Member(ANN), turn.page.reading.id, instead_of=fork.page.reading.id)
    assert not (await page_now(services)).reading.held


async def test_only_the_channels_of_stories_for_adults_are_looked_at(services: Services) -> None:
    turn = await begun(services)
    await begun(services, "fork", CHANNEL + 1)
    await services.deliveries.look_at_ages(GUILD)
    assert [each.subject for each in await waiting(services, DeliveryKind.AGE)] == [turn.page.reading.id]
    await shown(services)
    edit(services)
    await services.readings.hold(turn.page.reading.id, held=True)
    await services.deliveries.look_at_ages(GUILD)
    assert await waiting(services, DeliveryKind.AGE) == []
