"""How sessions end: stopped, forgotten, or by their channel's date."""

from datetime import timedelta

import pytest

from story.errors import NoSession
from story.model import Story
from story.rules.delivery import DeliveryKind
from story.rules.presses import Member
from story.rules.session import FORGOTTEN_AFTER, STILL_FRESH
from story.rules.timer import Timer, TimerKind
from story.services.container import Services
from story.services.dates import Plan
from story.times.series import Repeat
from tests.builders import story
from tests.story.room import (
    ANN,
    BOB,
    CHANNEL,
    GUILD,
    after,
    ballot_now,
    begun,
    comes_due,
    edit,
    held,
    page_now,
    post,
    press,
    seated,
    shown,
    waiting,
)

THREE_HOURS = FORGOTTEN_AFTER.total_seconds()
FRESH = STILL_FRESH.total_seconds()


@pytest.fixture
def stories() -> list[Story]:
    return [story(*["AB"] * 9)]


async def is_held(services: Services) -> bool:
    try:
        await held(services)
    except NoSession:
        return False
    return True


# ---- stopped


async def test_a_session_that_is_stopped_says_what_it_was_and_its_reading_goes_on(services: Services) -> None:
    turn = await seated(services, ANN, BOB)
    await press(services, turn, ANN, "ben")
    await press(services, turn, BOB, "ben")
    await comes_due(services, 5)
    await post(services, await page_now(services))
    await shown(services)
    session = await held(services)
    await services.sessions.stop(GUILD, CHANNEL, Member(ANN))
    assert await shown(services) == [DeliveryKind.LOBBY_CARD, DeliveryKind.CLOSING_CARD, DeliveryKind.CARD]
    ended = await services.queries.ended(session.id)
    assert ended
    assert (ended.there, [step.n for step, _, _ in ended.heard], ended.won) == ((ANN, BOB), [2], {"Ben": 1})
    assert ended.length == timedelta(seconds=5)
    assert (await ballot_now(services)).attendance is None


async def test_what_was_heard_before_and_after_a_session_is_not_on_its_closing_card(services: Services) -> None:
    await begun(services)
    await seated(services, ANN)
    session = await held(services)
    page = await page_now(services)
    turned = await services.votes.turn(GUILD, page.reading.id, page.step.n, Member(ANN))
    await post(services, turned.page)
    await services.sessions.stop(GUILD, CHANNEL, Member(ANN))
    await services.votes.next(GUILD, CHANNEL, Member(ANN))
    ended = await services.queries.ended(session.id)
    assert ended
    assert [step.n for step, _, _ in ended.heard] == [2]


async def test_who_was_in_a_session_is_forgotten_once_its_closing_card_has_named_them(services: Services) -> None:
    await seated(services, ANN)
    session = await held(services)
    await services.sessions.stop(GUILD, CHANNEL, Member(ANN))
    [card] = await waiting(services, DeliveryKind.CLOSING_CARD)
    await services.deliveries.posted_closing_card(card)
    ended = await services.queries.ended(session.id)
    assert ended
    assert ended.there == ()


async def test_a_lobby_that_is_stopped_has_no_closing_card(services: Services) -> None:
    await services.sessions.open(GUILD, CHANNEL, ANN)
    session = await held(services)
    await shown(services)
    await services.sessions.stop(GUILD, CHANNEL, Member(ANN))
    assert await shown(services) == [DeliveryKind.LOBBY_CARD]
    assert await services.queries.ended(session.id) is None
    assert await services.store.read.attended(session.id) == ()


async def test_a_session_whose_story_is_gone_can_be_stopped(services: Services) -> None:
    await seated(services, ANN)
    session = await held(services)
    edit(services)
    await services.sessions.pause(GUILD, CHANNEL, Member(ANN), paused=True)
    await services.sessions.stop(GUILD, CHANNEL, Member(ANN))
    ended = await services.queries.ended(session.id)
    assert ended
    assert (ended.page, ended.heard) == (None, ())


async def test_a_session_that_is_not_over_was_nothing_yet(services: Services) -> None:
    await seated(services, ANN)
    assert await services.queries.ended((await held(services)).id) is None
    assert await services.queries.ended(99) is None


# ---- that nobody stops


async def test_a_session_ends_three_hours_after_the_last_press_with_its_closing_card(services: Services) -> None:
    turn = await seated(services, ANN)
    await comes_due(services, 3600)
    await press(services, turn, ANN)
    await shown(services)
    await comes_due(services, THREE_HOURS - 1)
    assert await is_held(services)
    await shown(services)
    await comes_due(services, 1)
    assert not await is_held(services)
    assert DeliveryKind.CLOSING_CARD in await shown(services)
    assert await services.store.read.timed(TimerKind.SESSION) == set()


async def test_a_paused_session_ends_so_too(services: Services) -> None:
    await seated(services, ANN)
    await services.sessions.pause(GUILD, CHANNEL, Member(ANN), paused=True)
    await comes_due(services, THREE_HOURS)
    assert not await is_held(services)
    assert DeliveryKind.CLOSING_CARD in await shown(services)


async def test_a_lobby_that_nobody_comes_to_ends_so_too(services: Services) -> None:
    await services.sessions.open(GUILD, CHANNEL, ANN)
    await comes_due(services, THREE_HOURS)
    assert not await is_held(services)
    assert DeliveryKind.CLOSING_CARD not in await shown(services)


async def test_a_session_that_has_ended_is_not_ended_again(services: Services) -> None:
    await seated(services, ANN)
    session = await held(services)
    await services.sessions.stop(GUILD, CHANNEL, Member(ANN))
    await shown(services)
    after(services, THREE_HOURS)
    for subject in (session.id, 99):
        await services.sessions.end_forgotten(Timer(TimerKind.SESSION, subject, GUILD, services.clock()))
    assert await shown(services) == []


# ---- by a date


async def test_a_date_takes_a_session_that_was_pressed_within_half_an_hour_for_its_own(services: Services) -> None:
    await services.dates.make(GUILD, CHANNEL, ANN, Plan("in 2 hours", "UTC"))
    after(services, 7200 - FRESH)
    await seated(services, BOB)
    session = await held(services)
    await shown(services)
    await comes_due(services, FRESH)
    assert (await held(services)).id == session.id
    assert DeliveryKind.LOBBY not in await shown(services)


async def test_a_date_ends_an_older_session_with_its_closing_card_and_opens_its_own(services: Services) -> None:
    await services.dates.make(GUILD, CHANNEL, ANN, Plan("in 2 hours", "UTC"))
    after(services, 7200 - FRESH - 1)
    await seated(services, BOB)
    old = await held(services)
    await shown(services)
    await comes_due(services, FRESH + 1)
    new = await held(services)
    assert (new.id != old.id, new.host, new.began_at) == (True, ANN, None)
    kinds = await shown(services)
    assert kinds.index(DeliveryKind.CLOSING_CARD) < kinds.index(DeliveryKind.LOBBY)


async def test_the_lobby_of_last_weeks_date_does_not_hold_up_the_next(services: Services) -> None:
    await services.dates.make(GUILD, CHANNEL, ANN, Plan("in 2 hours", "UTC", Repeat.WEEKLY))
    lobbies = 0
    for _ in range(3 * 7 * 24):
        await comes_due(services, 3600)
        lobbies += (await shown(services)).count(DeliveryKind.LOBBY)
    assert lobbies == 3
