"""Readings whose sections come at a set time."""

from datetime import datetime

import pytest

from story.errors import NoSerial, NotYours
from story.rules.delivery import DeliveryKind, Notice
from story.rules.page import Pressed
from story.rules.presses import Member
from story.rules.serial import make_serial
from story.services.container import Services
from story.times.phrases import Repeat
from tests.builders import NOON
from tests.story.room import (
    ANN,
    BOB,
    CHANNEL,
    GUILD,
    ballot_now,
    begun,
    comes_due,
    held,
    page_now,
    post,
    press,
    seated,
    shown,
    waiting,
)

HOUR, DAY = 3600, 86400


def at(day: int, hour: int) -> datetime:
    return NOON.replace(day=day, hour=hour)


async def make_daily(services: Services, member: Member = Member(ANN)) -> None:  # noqa: B008 - it never changes
    serial = make_serial(Repeat.DAILY, "18:00", "UTC", services.clock())
    await services.readings.set_serial(GUILD, CHANNEL, member, serial)


async def test_a_serial_goes_by_the_clocks_that_its_time_names(services: Services) -> None:
    serial = make_serial(Repeat.DAILY, "8pm EST", "Berlin", services.clock())
    assert (serial.zone.key, serial.began.hour) == ("America/New_York", 1)


async def test_a_serials_next_section_comes_when_it_is_due_whoever_has_answered(services: Services) -> None:
    turn = await begun(services)
    await make_daily(services)
    assert await services.schedule.next_due() == at(1, 18)
    assert isinstance(await press(services, turn, ANN, "ben"), Pressed)
    await comes_due(services, 6 * HOUR)
    page = await page_now(services)
    assert (page.step.n, page.step.pov, page.step.by) == (2, "ben", None)
    assert await services.schedule.next_due() == at(2, 18)


async def test_a_serials_sections_that_were_missed_come_one_at_a_time(services: Services) -> None:
    await begun(services)
    await make_daily(services)
    await comes_due(services, 10 * DAY)
    assert (await page_now(services)).step.n == 2
    assert await services.schedule.next_due() == at(11, 18)


async def test_a_serial_is_told_to_its_channel_and_shown_on_its_page(services: Services) -> None:
    await begun(services)
    await make_daily(services)
    said = await waiting(services)
    assert [(each.kind, each.data) for each in said] == [
        (DeliveryKind.NOTICE, {"notice": Notice.SERIAL}),
        (DeliveryKind.CARD, {}),
    ]
    await shown(services)
    await services.readings.set_serial(GUILD, CHANNEL, Member(ANN), None)
    assert (await waiting(services))[0].data == {"notice": Notice.SERIAL_ENDED}


async def test_a_serial_that_ends_leaves_a_reading_that_goes_on_by_votes(services: Services) -> None:
    turn = await begun(services)
    await make_daily(services)
    await services.readings.set_serial(GUILD, CHANNEL, Member(ANN), None)
    assert (await ballot_now(services)).serial is None
    assert await services.schedule.next_due() is None
    await press(services, turn, ANN, "ben")
    assert await services.schedule.next_due()


async def test_what_is_no_serial_cannot_be_ended_as_one(services: Services) -> None:
    await begun(services)
    with pytest.raises(NoSerial):
        await services.readings.set_serial(GUILD, CHANNEL, Member(ANN), None)


async def test_only_who_began_or_may_manage_messages_makes_a_serial(services: Services) -> None:
    await begun(services)
    with pytest.raises(NotYours):
        await make_daily(services, Member(BOB))
    await make_daily(services, Member(BOB, may_manage=True))


async def test_a_serial_waits_for_a_running_session_and_goes_on_when_that_has_ended(services: Services) -> None:
    await begun(services)
    await make_daily(services)
    turn = await seated(services, ANN)
    await services.sessions.pause(GUILD, CHANNEL, Member(ANN), paused=True)
    for _ in range(4):
        await comes_due(services, HOUR)
        await press(services, turn, ANN)
    assert (await page_now(services)).step.n == 1
    assert (await ballot_now(services)).attendance
    await services.sessions.stop(GUILD, CHANNEL, Member(ANN))
    assert await services.schedule.next_due() == at(1, 18)
    await comes_due(services, 2 * HOUR)
    assert (await page_now(services)).step.n == 2


async def test_a_session_that_nobody_stopped_holds_a_serial_up_for_three_hours_at_most(services: Services) -> None:
    await begun(services)
    await make_daily(services)
    await comes_due(services, 5 * HOUR)
    turn = await seated(services, ANN)
    await press(services, turn, ANN)
    await services.sessions.pause(GUILD, CHANNEL, Member(ANN), paused=True)
    for _ in range(3):
        await comes_due(services, HOUR)
    assert (await page_now(services)).step.n == 1
    assert await services.schedule.next_due() == at(2, 18)
    await comes_due(services, DAY)
    assert (await page_now(services)).step.n == 2


async def test_a_serial_does_not_wait_for_a_lobby(services: Services) -> None:
    await begun(services)
    await make_daily(services)
    await comes_due(services, 5 * HOUR)
    await services.sessions.open(GUILD, CHANNEL, ANN)
    assert (await held(services)).began_at is None
    await comes_due(services, HOUR)
    assert (await page_now(services)).step.n == 2


async def test_a_serial_whose_page_cannot_be_posted_goes_on_once_it_is(services: Services) -> None:
    await begun(services)
    await make_daily(services)
    await comes_due(services, 6 * HOUR)
    await comes_due(services, DAY)
    page = await page_now(services)
    assert page.step.n == 2
    await post(services, page)
    await comes_due(services, 60)
    assert (await page_now(services)).step.n == 3
