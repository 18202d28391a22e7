"""Readings whose channel was deleted, and readings that move."""

from datetime import timedelta

import pytest

from story.errors import ChannelTaken, NoReading, NoSession, ReadingAside, ReadingOver
from story.rules.delivery import DeliveryKind
from story.rules.presses import Member
from story.rules.steps import State
from story.rules.timer import Timer, TimerKind
from story.services.container import Services
from story.services.dates import Plan
from tests.story.room import (
    ANN,
    CHANNEL,
    GUILD,
    OTHER_CHANNEL,
    after,
    begun,
    comes_due,
    page_now,
    press,
    read_on,
    seated,
    shown,
    waiting,
)

DAY = timedelta(days=1).total_seconds()


# ---- a channel that was deleted


async def test_a_deleted_channel_sets_its_reading_aside_and_no_other(services: Services) -> None:
    turn = await begun(services)
    await begun(services, "fork", OTHER_CHANNEL)
    await services.readings.lose_channel(GUILD, CHANNEL)
    await services.readings.lose_channel(GUILD, 999)
    with pytest.raises(NoReading) as none:
        await page_now(services)
    assert none.value.elsewhere == (OTHER_CHANNEL,)
    with pytest.raises(ReadingAside):
        await press(services, turn, ANN)


async def test_nothing_comes_due_in_a_reading_that_is_aside_but_that_it_is_forgotten(services: Services) -> None:
    turn = await begun(services)
    await press(services, turn, ANN, "ben")
    await services.readings.lose_channel(GUILD, CHANNEL)
    await comes_due(services, 60)
    reading = await services.store.read.reading(turn.page.reading.id)
    assert reading
    assert (reading.state, reading.gone_at is not None) == (State.ASIDE, True)
    assert await services.store.read.last_n(reading.id) == 1


async def test_nothing_more_is_shown_in_a_deleted_channel_but_events_are_still_followed(services: Services) -> None:
    await services.dates.make(GUILD, CHANNEL, ANN, Plan("in 2 hours", "UTC"))
    await services.readings.start(GUILD, CHANNEL, ANN, "tale")
    await services.readings.start(GUILD, OTHER_CHANNEL, ANN, "fork")
    await services.readings.lose_channel(GUILD, CHANNEL)
    left = [(each.kind, each.channel) for each in await waiting(services)]
    assert left == [(DeliveryKind.EVENT, CHANNEL), (DeliveryKind.SECTION, OTHER_CHANNEL)]


async def test_a_deleted_channel_ends_its_session(services: Services) -> None:
    await seated(services, ANN)
    await services.readings.lose_channel(GUILD, CHANNEL)
    with pytest.raises(NoSession):
        await services.sessions.held(GUILD, CHANNEL)
    assert DeliveryKind.CLOSING_CARD not in await shown(services)


async def test_a_deleted_channel_is_nobodys_home_any_more(services: Services) -> None:
    await services.settings.change(GUILD, None, home=CHANNEL, seconds=30)
    await services.readings.lose_channel(GUILD, OTHER_CHANNEL)
    assert (await services.queries.settings(GUILD)).home == CHANNEL
    await services.readings.lose_channel(GUILD, CHANNEL)
    settings = await services.queries.settings(GUILD)
    assert (settings.home, settings.seconds) == (None, 30)


async def test_a_reading_whose_channel_was_deleted_is_kept_for_thirty_days(services: Services) -> None:
    turn = await begun(services)
    await services.readings.lose_channel(GUILD, CHANNEL)
    await comes_due(services, 30 * DAY - 1)
    assert [each.id for each in await services.queries.movable(GUILD)] == [turn.page.reading.id]
    await comes_due(services, 1)
    assert await services.queries.movable(GUILD) == []
    with pytest.raises(ReadingOver):
        await services.asides.move(GUILD, OTHER_CHANNEL, turn.page.reading.id)


async def test_a_reading_that_was_taken_up_elsewhere_is_not_forgotten(services: Services) -> None:
    turn = await begun(services)
    await services.readings.lose_channel(GUILD, CHANNEL)
    [due] = await services.store.read.due(services.clock() + timedelta(days=30), 10)
    await services.asides.move(GUILD, OTHER_CHANNEL, turn.page.reading.id)
    await services.readings.forget(due)
    assert (await page_now(services, OTHER_CHANNEL)).reading.id == turn.page.reading.id


async def test_what_is_due_of_no_reading_is_done_with(services: Services) -> None:
    async with services.store.transaction() as tx:
        await tx.set_timer(Timer(TimerKind.READING, 99, GUILD, services.clock()))
    await comes_due(services)
    assert await services.schedule.next_due() is None


async def test_a_reading_lost_again_while_it_was_to_be_forgotten_is_kept_for_another_thirty_days(
    services: Services,
) -> None:
    turn = await begun(services)
    await services.readings.lose_channel(GUILD, CHANNEL)
    after(services, 30 * DAY)
    [due] = await services.store.read.due(services.clock(), 10)
    await services.asides.move(GUILD, OTHER_CHANNEL, turn.page.reading.id)
    await services.readings.lose_channel(GUILD, OTHER_CHANNEL)
    await services.readings.forget(due)
    assert await services.queries.movable(GUILD)


# ---- moving


async def test_a_reading_that_moves_goes_on_in_the_other_channel_with_its_page_posted_there(
    services: Services,
) -> None:
    turn = await read_on(services, await begun(services), "ben")
    await services.readings.lose_channel(GUILD, CHANNEL)
    await services.asides.move(GUILD, OTHER_CHANNEL, turn.page.reading.id)
    page = await page_now(services, OTHER_CHANNEL)
    assert (page.step.n, page.reading.state, page.reading.gone_at) == (turn.page.step.n, State.OPEN, None)
    [section] = await waiting(services)
    assert (section.kind, section.channel, section.n) == (DeliveryKind.SECTION, OTHER_CHANNEL, page.step.n)


async def test_a_reading_can_move_out_of_a_channel_that_is_still_there_and_says_so_there(services: Services) -> None:
    turn = await begun(services)
    await services.asides.move(GUILD, OTHER_CHANNEL, turn.page.reading.id)
    assert [(each.kind, each.channel, each.target) for each in await waiting(services)] == [
        (DeliveryKind.SECTION, OTHER_CHANNEL, 1001),
        (DeliveryKind.MOVED, CHANNEL, 1001),
    ]
    with pytest.raises(NoReading):
        await page_now(services)


async def test_where_earlier_steps_stood_is_forgotten_by_a_move(services: Services) -> None:
    turn = await read_on(services, await begun(services), "ben")
    await services.asides.move(GUILD, OTHER_CHANNEL, turn.page.reading.id)
    steps = await services.store.read.steps(turn.page.reading.id)
    assert [step.message for step in steps] == [None, 1002]


async def test_the_clock_under_a_reading_that_moved_goes_on(services: Services) -> None:
    turn = await begun(services)
    await press(services, turn, ANN, "ben")
    due = await services.schedule.next_due()
    await services.asides.move(GUILD, OTHER_CHANNEL, turn.page.reading.id)
    assert await services.schedule.next_due() == due


async def test_a_reading_does_not_move_to_where_something_is_read(services: Services) -> None:
    turn = await begun(services)
    await begun(services, "fork", OTHER_CHANNEL)
    with pytest.raises(ChannelTaken):
        await services.asides.move(GUILD, OTHER_CHANNEL, turn.page.reading.id)


async def test_a_reading_that_was_stopped_or_never_was_or_is_another_servers_does_not_move(services: Services) -> None:
    turn = await begun(services)
    reading = turn.page.reading.id
    for guild, which in ((GUILD, 99), (GUILD + 1, reading)):
        with pytest.raises(NoReading):
            await services.asides.move(guild, OTHER_CHANNEL, which)
    await services.readings.stop(GUILD, reading, 1, Member(ANN))
    with pytest.raises(ReadingOver):
        await services.asides.move(GUILD, OTHER_CHANNEL, reading)


async def test_what_can_move_is_listed_with_the_readings_of_deleted_channels_first(services: Services) -> None:
    here = await begun(services)
    there = await begun(services, "fork", OTHER_CHANNEL)
    await services.readings.lose_channel(GUILD, OTHER_CHANNEL)
    assert [each.id for each in await services.queries.movable(GUILD)] == [there.page.reading.id, here.page.reading.id]
