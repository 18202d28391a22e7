"""What members are told of votes in private where they have asked for it: their turn, and a vote that closes soon."""

from datetime import timedelta

import pytest

from story.rules.delivery import Delivery, DeliveryKind, Direct
from story.rules.page import Turn
from story.rules.presses import Member
from story.rules.settings import Decide
from story.rules.timer import Timer, TimerKind
from story.services.container import Services
from tests.builders import NOON
from tests.story.room import (
    ANN,
    BOB,
    CAT,
    CHANNEL,
    GUILD,
    after,
    begun,
    comes_due,
    held,
    page_now,
    post,
    posted,
    press,
    read_on,
    seated,
    waiting,
)

HOUR, DAY = 3600, 86_400
LONG = 3 * HOUR
"""Seconds that a vote is open for."""


async def on(services: Services, what: Direct, *members: int) -> None:
    for member in members:
        await services.alerts.switch(GUILD, member, what, on=True)


async def told(services: Services) -> list[tuple[int, Direct, int | None]]:
    """Whom something is to be told in private: the member, what, and of which step."""
    directs = await waiting(services, DeliveryKind.DIRECT)
    return [(each.channel, Direct(each.data["what"]), each.n) for each in directs]


async def wanted(services: Services) -> list[bool]:
    directs = await waiting(services, DeliveryKind.DIRECT)
    return [await services.alerts.wanted(each) is not None for each in directs]


async def turned_by_the_clock(services: Services) -> Turn:
    """Have a reading begin, and its first page turned since its time is up."""
    await press(services, await begun(services), BOB)
    await comes_due(services, 60)
    return await posted(services, Turn(await page_now(services), None))


# ---- switched on and off


async def test_all_of_it_is_off_until_it_is_switched_on_for_one_server(services: Services) -> None:
    assert await services.alerts.switched_on(GUILD, BOB) == frozenset()
    assert await services.alerts.switch(GUILD, BOB, Direct.TURN, on=True) == {Direct.TURN}
    assert await services.alerts.switch(GUILD, BOB, Direct.TURN, on=True) == {Direct.TURN}
    assert await services.alerts.switched_on(GUILD + 1, BOB) == frozenset()
    assert await services.alerts.switched_on(GUILD, ANN) == frozenset()
    assert await services.alerts.switch(GUILD, BOB, Direct.TURN, on=False) == frozenset()


async def test_who_cannot_be_written_to_has_all_of_it_off(services: Services) -> None:
    await on(services, Direct.TURN, BOB)
    await services.directs.not_reached(BOB)
    assert await services.alerts.switched_on(GUILD, BOB) == frozenset()


async def test_who_is_forgotten_has_all_of_it_off(services: Services) -> None:
    await on(services, Direct.CLOSING, BOB)
    await services.members.forget_member(BOB)
    assert await services.alerts.switched_on(GUILD, BOB) == frozenset()


# ---- your turn


async def test_who_is_to_choose_next_is_told_if_they_want_that(services: Services) -> None:
    await services.settings.change(GUILD, None, decide=Decide.TURNS)
    await on(services, Direct.TURN, BOB)
    turn = await seated(services, ANN, BOB)
    assert await told(services) == []  # the first choice is Ann's
    await press(services, turn, ANN, "anna")
    await press(services, turn, BOB)
    await comes_due(services, 5)
    await post(services, await page_now(services))
    assert await told(services) == [(BOB, Direct.TURN, 2)]
    assert await wanted(services) == [True]


async def test_who_turned_the_page_is_not_told_that_it_is_their_turn(services: Services) -> None:
    await services.settings.change(GUILD, None, decide=Decide.HOST)
    await on(services, Direct.TURN, ANN)
    turn = await begun(services)
    await posted(services, await press(services, turn, ANN))
    assert await told(services) == []


async def test_the_host_is_told_where_the_choice_is_theirs(services: Services) -> None:
    await services.settings.change(GUILD, None, decide=Decide.HOST)
    await on(services, Direct.TURN, ANN)
    await turned_by_the_clock(services)
    assert await told(services) == [(ANN, Direct.TURN, 2)]


async def test_where_the_most_votes_decide_it_is_nobodys_turn(services: Services) -> None:
    await on(services, Direct.TURN, ANN, BOB)
    await read_on(services, await begun(services), "ben")
    assert await told(services) == []


async def test_who_is_to_choose_when_a_session_begins_is_told(services: Services) -> None:
    await services.settings.change(GUILD, None, decide=Decide.TURNS)
    await on(services, Direct.TURN, ANN)
    await read_on(services, await begun(services), "ben")
    await services.sessions.open(GUILD, CHANNEL, ANN)
    await services.sessions.join(GUILD, (await held(services)).id, BOB)
    await services.sessions.hand_over(GUILD, CHANNEL, Member(BOB, may_manage=True), BOB)
    await services.sessions.begin(GUILD, (await held(services)).id, Member(BOB))
    await post(services, await page_now(services))
    assert await told(services) == [(ANN, Direct.TURN, 2)]


async def test_who_is_to_choose_since_another_is_away_is_told(services: Services) -> None:
    await services.settings.change(GUILD, None, decide=Decide.TURNS)
    await on(services, Direct.TURN, ANN, BOB)
    turn = await seated(services, ANN, BOB)
    await press(services, turn, ANN)
    await press(services, turn, BOB)
    await comes_due(services, 5)
    turn = await posted(services, Turn(await page_now(services), None))
    assert [member for member, _, _ in await told(services)] == [BOB]
    after(services, 100)
    await press(services, turn, ANN)
    await comes_due(services, 85)
    assert [member for member, _, _ in await told(services)] == [BOB, ANN]


@pytest.mark.parametrize("what", ["chosen", "turned", "switched off", "stopped"])
async def test_a_turn_that_has_passed_is_told_to_nobody(services: Services, what: str) -> None:
    await services.settings.change(GUILD, None, decide=Decide.HOST)
    await on(services, Direct.TURN, ANN)
    turn = await turned_by_the_clock(services)
    assert await wanted(services) == [True]
    match what:
        case "chosen":
            await services.settings.change(GUILD, None, early=False)
            await press(services, turn, BOB)
            await press(services, turn, ANN, "ben")
        case "turned":
            await read_on(services, turn, "ben")
        case "stopped":
            await services.readings.stop(GUILD, turn.page.reading.id, 2, Member(ANN))
        case _:
            await services.alerts.switch(GUILD, ANN, Direct.TURN, on=False)
    assert await wanted(services) == [False]


# ---- the vote closes in an hour


async def open_vote(services: Services) -> Turn:
    """Have Ann, Bob and Cat take part in a reading, where a vote is open for three hours since Ann has voted."""
    await services.settings.change(GUILD, None, seconds=LONG, early=False)
    turn = await begun(services)
    await on(services, Direct.CLOSING, ANN, BOB)
    await press(services, turn, BOB)
    await press(services, turn, CAT)
    await press(services, turn, ANN)
    await comes_due(services, LONG)
    turn = await posted(services, Turn(await page_now(services), None))
    for each in await waiting(services, DeliveryKind.DIRECT):
        await services.deliveries.done(each)
    await services.store.settle()
    await press(services, turn, ANN, "ben")
    return turn


async def test_those_are_told_an_hour_before_who_want_it_and_have_not_answered(services: Services) -> None:
    await open_vote(services)
    await comes_due(services, LONG - HOUR - 1)
    assert await told(services) == []
    await comes_due(services, 1)
    assert await told(services) == [(BOB, Direct.CLOSING, 2)]
    assert await wanted(services) == [True]


async def test_who_takes_no_part_in_a_reading_is_not_told_of_its_votes(services: Services) -> None:
    await on(services, Direct.CLOSING, 104)
    await open_vote(services)
    await comes_due(services, LONG - HOUR)
    assert [member for member, _, _ in await told(services)] == [BOB]


@pytest.mark.parametrize("what", ["answered", "closed", "switched off"])
async def test_a_warning_that_has_come_to_nothing_is_told_to_nobody(services: Services, what: str) -> None:
    turn = await open_vote(services)
    await comes_due(services, LONG - HOUR)
    match what:
        case "answered":
            await press(services, turn, BOB, "anna")
        case "closed":
            after(services, HOUR)
        case _:
            await services.alerts.switch(GUILD, BOB, Direct.CLOSING, on=False)
    assert await wanted(services) == [False]


async def test_who_asks_for_it_while_a_vote_is_open_is_told_of_that(services: Services) -> None:
    await services.settings.change(GUILD, None, seconds=LONG)
    turn = await begun(services)
    await press(services, turn, BOB, "ben")
    assert await services.store.read.timed(TimerKind.CLOSING) == set()
    await on(services, Direct.TURN, BOB)
    assert await services.store.read.timed(TimerKind.CLOSING) == set()
    await on(services, Direct.CLOSING, BOB)
    assert await services.store.read.timer(TimerKind.CLOSING, turn.page.reading.id) == NOON + timedelta(hours=2)


async def test_who_asks_for_it_within_the_last_hour_is_not_told(services: Services) -> None:
    await services.settings.change(GUILD, None, seconds=LONG)
    await press(services, await begun(services), BOB, "ben")
    after(services, LONG - HOUR)
    await on(services, Direct.CLOSING, BOB)
    assert await services.store.read.timed(TimerKind.CLOSING) == set()


async def test_a_vote_that_is_open_for_less_than_an_hour_warns_nobody(services: Services) -> None:
    await on(services, Direct.CLOSING, ANN, BOB)
    await press(services, await begun(services), BOB, "ben")
    assert await services.store.read.timed(TimerKind.CLOSING) == set()


async def test_a_vote_that_was_over_sooner_warns_nobody(services: Services) -> None:
    turn = await open_vote(services)
    await services.settings.change(GUILD, None, early=True, seconds=60)
    for member in (BOB, CAT, ANN):
        await press(services, turn, member)
    await comes_due(services, LONG - HOUR)
    assert await told(services) == []
    assert await services.store.read.timed(TimerKind.CLOSING) == set()


async def test_a_reading_that_is_stopped_or_gone_warns_nobody(services: Services) -> None:
    turn = await open_vote(services)
    await services.readings.stop(GUILD, turn.page.reading.id, 2, Member(ANN))
    async with services.store.transaction() as tx:
        await tx.set_timer(Timer(TimerKind.CLOSING, 99, GUILD, NOON))
    await comes_due(services, LONG - HOUR)
    assert await told(services) == []
    assert await services.store.read.timed(TimerKind.CLOSING) == set()


async def test_a_warning_that_was_put_off_meanwhile_is_not_given(services: Services) -> None:
    await open_vote(services)
    after(services, LONG - HOUR)
    [due] = [each for each in await services.store.read.due(services.clock(), 9) if each.kind is TimerKind.CLOSING]
    async with services.store.transaction() as tx:
        await tx.clear_timer(TimerKind.CLOSING, due.subject)
    await services.alerts.warn(due)
    assert await told(services) == []


async def test_nobody_is_told_of_a_page_that_is_not_posted(services: Services) -> None:
    await on(services, Direct.TURN, ANN)
    turn = await services.readings.start(GUILD, CHANNEL, ANN, "fork")
    alert = Delivery(DeliveryKind.DIRECT, GUILD, ANN, turn.page.reading.id, 1, data={"what": Direct.TURN})
    assert await services.alerts.wanted(alert) is None


async def test_nobody_is_told_of_a_reading_that_is_not_there(services: Services) -> None:
    alert = Delivery(DeliveryKind.DIRECT, GUILD, BOB, 99, 1, data={"what": Direct.TURN})
    assert await services.alerts.wanted(alert) is None
