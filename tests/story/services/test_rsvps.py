"""Who comes to a date: what members say of it, its card, and whom it reminds in private."""

import pytest

from story.errors import DateOver, NoDate, ReadingAside, Reminded
from story.rules.delivery import Delivery, DeliveryKind, Over
from story.rules.presses import Member
from story.rules.rsvp import Coming, Rsvp
from story.rules.session_date import SessionDate
from story.services.container import Services
from story.services.dates import Plan
from story.services.directs import Directs
from story.times.series import Repeat
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
    read_on,
    seated,
    shown,
    waiting,
)

MINUTE, HOUR, DAY = 60, 3600, 86400
GOING, MAYBE, CANT = Coming
CARD, SHOWN, OVER, DIRECT = DeliveryKind.DATE, DeliveryKind.DATE_CARD, DeliveryKind.DATE_OVER, DeliveryKind.DIRECT
MESSAGE = 5000


async def planned(services: Services, when: str = "in 2 hours", repeat: Repeat = Repeat.NONE) -> SessionDate:
    """Have Ann plan a date whose card stands in the channel."""
    await services.dates.make(GUILD, CHANNEL, ANN, Plan(when, "UTC", repeat))
    return await posted(services)


async def posted(services: Services, message: int = MESSAGE) -> SessionDate:
    """Have the card that waits posted, and whatever else waits carried out."""
    [card] = await waiting(services, CARD)
    await services.dates.posted(card, message)
    await shown(services)
    date = await services.queries.date(card.subject)
    assert date
    return date


async def say(services: Services, date: SessionDate, member: int, says: Coming) -> Rsvp:
    return await services.rsvps.say(GUILD, date.id, int(date.at.timestamp()), member, says)


async def remind(services: Services, date: SessionDate, member: int) -> Rsvp:
    _, rsvp = await services.rsvps.remind(GUILD, date.id, int(date.at.timestamp()), member)
    return rsvp


async def said(services: Services, date: SessionDate) -> list[tuple[int, Coming | None, bool]]:
    return [(each.member, each.says, each.remind) for each in await services.store.read.rsvps(date.id)]


async def over(services: Services) -> list[tuple[int | None, Over]]:
    return [(each.target, Over(each.data["why"])) for each in await waiting(services, OVER)]


# ---- what members say


async def test_one_press_says_it_another_changes_it_and_the_same_again_takes_it_back(services: Services) -> None:
    date = await planned(services)
    assert (await say(services, date, BOB, GOING)).says is GOING
    assert (await say(services, date, BOB, MAYBE)).says is MAYBE
    assert await said(services, date) == [(BOB, MAYBE, False)]
    assert (await say(services, date, BOB, MAYBE)).says is None
    assert await said(services, date) == []


async def test_each_press_has_the_card_shown_as_it_is_now(services: Services) -> None:
    date = await planned(services)
    await say(services, date, BOB, GOING)
    [card] = await waiting(services)
    assert (card.kind, card.subject, card.target) == (SHOWN, date.id, MESSAGE)


async def test_they_are_told_by_when_they_said_so(services: Services) -> None:
    date = await planned(services)
    for member, says in ((CAT, GOING), (BOB, CANT), (ANN, GOING)):
        after(services, 1)
        await say(services, date, member, says)
    found = await services.rsvps.planned(date.id)
    assert found
    assert [found.who(each) for each in Coming] == [(CAT, ANN), (), (BOB,)]


async def test_a_card_of_another_server_or_of_no_date_takes_nothing(services: Services) -> None:
    date = await planned(services)
    at = int(date.at.timestamp())
    with pytest.raises(NoDate):
        await services.rsvps.say(GUILD + 1, date.id, at, BOB, GOING)
    with pytest.raises(NoDate):
        await services.rsvps.say(GUILD, 99, at, BOB, GOING)
    assert await services.rsvps.planned(99) is None


async def test_a_card_of_another_time_takes_nothing(services: Services) -> None:
    date = await planned(services)
    await services.dates.move(GUILD, CHANNEL, Member(ANN), "in 4 hours")
    with pytest.raises(DateOver):
        await say(services, date, BOB, GOING)


async def test_what_is_read_then_is_what_is_read_now(services: Services) -> None:
    date = await planned(services)
    first = await services.rsvps.planned(date.id)
    assert first
    assert (first.page, first.story and first.story.id) == (None, "tale")
    turn = await read_on(services, await begun(services, "fork"), "anna")
    await services.settings.change(GUILD, turn.page.reading.id, names=False)
    later = await services.rsvps.planned(date.id)
    assert later
    assert later.page
    assert (later.page.step.n, later.story and later.story.id, later.names) == (2, "fork", False)


# ---- its card


async def test_a_card_that_is_posted_again_takes_the_place_of_the_one_before(services: Services) -> None:
    await planned(services)
    await services.dates.move(GUILD, CHANNEL, Member(ANN), "in 4 hours")
    [card] = await waiting(services, CARD)
    assert card.target == MESSAGE
    await services.dates.posted(card, MESSAGE + 1)
    assert await over(services) == [(MESSAGE, Over.MOVED)]
    date = await services.queries.date_in(CHANNEL)
    assert date
    assert date.message == MESSAGE + 1


async def test_who_has_said_that_they_come_comes_at_the_new_time_too(services: Services) -> None:
    date = await planned(services)
    await say(services, date, BOB, GOING)
    await services.dates.move(GUILD, CHANNEL, Member(ANN), "in 4 hours")
    assert await said(services, date) == [(BOB, GOING, False)]


@pytest.mark.parametrize(("moved", "why"), [(True, Over.MOVED), (False, Over.PASSED)])
async def test_a_card_that_was_overtaken_while_it_was_posted_cannot_be_pressed(
    services: Services, why: Over, *, moved: bool
) -> None:
    await services.dates.make(GUILD, CHANNEL, ANN, Plan("in 2 hours", "UTC"))
    [card] = await waiting(services, CARD)
    if moved:
        await services.dates.move(GUILD, CHANNEL, Member(ANN), "in 4 hours")
    else:
        await services.dates.cancel(GUILD, CHANNEL, Member(ANN))
    await services.dates.posted(card, MESSAGE)
    assert await over(services) == [(MESSAGE, why)]


async def test_the_card_of_a_cancelled_date_cannot_be_pressed(services: Services) -> None:
    await planned(services)
    await services.dates.cancel(GUILD, CHANNEL, Member(ANN))
    assert await over(services) == [(MESSAGE, Over.CANCELLED)]


async def test_the_card_of_a_date_that_came_too_late_says_that_it_is_over(services: Services) -> None:
    await planned(services)
    await comes_due(services, 4 * HOUR)
    assert await over(services) == [(MESSAGE, Over.PASSED)]


# ---- the lobby


async def test_who_is_going_is_in_the_lobby_when_it_opens(services: Services) -> None:
    date = await planned(services)
    for member, says in ((CAT, GOING), (BOB, MAYBE), (ANN, GOING)):
        after(services, 1)
        await say(services, date, member, says)
    await comes_due(services, 2 * HOUR)
    assert await over(services) == [(MESSAGE, Over.COME)]
    session = await held(services)
    assert [reader.member for reader in session.readers] == [CAT, ANN]
    assert await services.store.read.rsvps(date.id) == ()


async def test_who_was_going_and_is_not_seen_does_not_take_the_hosts_place(services: Services) -> None:
    date = await planned(services)
    await say(services, date, BOB, GOING)
    await comes_due(services, 2 * HOUR)
    assert (await services.sessions.held(GUILD, CHANNEL)).host == ANN


async def test_who_set_the_date_is_waited_for_as_host_for_ten_minutes(services: Services) -> None:
    await planned(services)
    await comes_due(services, 2 * HOUR)
    session = await held(services)
    await services.sessions.join(GUILD, session.id, CAT)
    assert (await services.sessions.held(GUILD, CHANNEL)).host == ANN
    after(services, 10 * MINUTE)
    await services.sessions.join(GUILD, session.id, CAT)
    assert (await services.sessions.held(GUILD, CHANNEL)).host == CAT


async def test_who_is_going_joins_those_who_opened_the_lobby_themselves(services: Services) -> None:
    date = await planned(services)
    await say(services, date, BOB, GOING)
    await comes_due(services, 2 * HOUR - 5 * MINUTE)
    await services.sessions.open(GUILD, CHANNEL, CAT)
    await comes_due(services, 5 * MINUTE)
    assert {reader.member for reader in (await held(services)).readers} == {CAT, BOB}


async def test_nobody_is_put_into_a_session_that_has_begun(services: Services) -> None:
    date = await planned(services)
    await say(services, date, BOB, GOING)
    await comes_due(services, 2 * HOUR - 5 * MINUTE)
    await seated(services, CAT)
    await comes_due(services, 5 * MINUTE)
    assert [reader.member for reader in (await held(services)).readers] == [CAT]


async def test_of_the_next_time_nobody_has_said_anything_and_its_card_stands_above_the_lobby(
    services: Services,
) -> None:
    date = await planned(services, repeat=Repeat.DAILY)
    await say(services, date, BOB, GOING)
    await shown(services)
    await comes_due(services, 2 * HOUR)
    kinds = [each.kind for each in await waiting(services) if each.kind is not DeliveryKind.EVENT]
    assert kinds == [OVER, CARD, DeliveryKind.LOBBY]
    again = await services.rsvps.planned(date.id)
    assert again
    assert (again.date.message, again.rsvps) == (None, ())
    assert (await posted(services, MESSAGE + 1)).message == MESSAGE + 1


# ---- reminders in private


async def test_those_are_reminded_in_private_who_may_come_and_have_asked_for_it(services: Services) -> None:
    date = await planned(services)
    for member, says in ((ANN, GOING), (BOB, MAYBE), (CAT, CANT), (104, GOING), (105, None)):
        if says:
            await say(services, date, member, says)
        if member != 104:
            assert (await remind(services, date, member)).remind
    await shown(services)
    await comes_due(services, 2 * HOUR - 15 * MINUTE)
    reminder, *directs, card = await waiting(services)
    assert (reminder.kind, card.kind) == (DeliveryKind.REMINDER, DeliveryKind.DATE_CARD)
    assert sorted(each.channel for each in directs) == [ANN, BOB]
    assert {each.kind for each in directs} == {DIRECT}
    assert all([await services.directs.wants_reminder(each) for each in directs])


async def test_who_asks_again_is_not_reminded(services: Services) -> None:
    date = await planned(services)
    assert (await remind(services, date, BOB)).remind
    assert not (await remind(services, date, BOB)).remind
    assert await said(services, date) == []


async def test_who_asks_after_the_reminder_is_told_that_it_is_too_late(services: Services) -> None:
    date = await planned(services)
    after(services, 2 * HOUR - 10 * MINUTE)
    with pytest.raises(Reminded) as refused:
        await remind(services, date, BOB)
    assert refused.value.when == date.at


async def due(services: Services, date: SessionDate) -> Delivery:
    """Have Bob be reminded; return what he is to be told."""
    await say(services, date, BOB, GOING)
    await remind(services, date, BOB)
    await comes_due(services, 2 * HOUR - 15 * MINUTE)
    [direct] = await waiting(services, DIRECT)
    return direct


async def test_nobody_is_reminded_who_has_changed_their_mind_meanwhile(services: Services) -> None:
    date = await planned(services)
    direct = await due(services, date)
    await say(services, date, BOB, CANT)
    assert not await services.directs.wants_reminder(direct)


@pytest.mark.parametrize("what", ["moved", "cancelled", "begun"])
async def test_nobody_is_reminded_of_what_is_no_more(services: Services, what: str) -> None:
    direct = await due(services, await planned(services))
    match what:
        case "moved":
            await services.dates.move(GUILD, CHANNEL, Member(ANN), "in 4 hours")
        case "cancelled":
            await services.dates.cancel(GUILD, CHANNEL, Member(ANN))
        case _:
            after(services, 15 * MINUTE)
    assert not await services.directs.wants_reminder(direct)


async def test_who_cannot_be_written_to_is_not_tried_again_until_they_ask(services: Services) -> None:
    date = await planned(services)
    direct = await due(services, date)
    await services.directs.not_reached(BOB)
    assert services.directs.unreached == {BOB}
    assert not await services.directs.wants_reminder(direct)
    assert await said(services, date) == [(BOB, GOING, False)]
    after_start = Directs(services.store, services.clock)
    await after_start.load()
    assert after_start.unreached == {BOB}
    await services.directs.told(BOB)
    assert services.directs.unreached == frozenset()
    assert await services.store.read.unreached() == set()


# ---- a date that waits with its reading


async def waits(services: Services) -> tuple[SessionDate, int]:
    """Have Bob go to a date whose reading is set aside then; return the date as it was, and the reading."""
    reading = (await begun(services)).page.reading.id
    date = await planned(services)
    await say(services, date, BOB, GOING)
    await remind(services, date, BOB)
    await shown(services)
    await services.asides.start_instead(GUILD, reading, Member(ANN), "fork")
    return date, reading


async def test_the_card_of_a_date_that_waits_says_so_and_takes_nothing(services: Services) -> None:
    date, _ = await waits(services)
    assert await over(services) == [(MESSAGE, Over.ASIDE)]
    with pytest.raises(ReadingAside):
        await say(services, date, CAT, GOING)
    assert not await services.directs.wants_reminder(Delivery(DIRECT, GUILD, BOB, date.id))
    await services.members.forget_member(BOB)
    assert await waiting(services, SHOWN) == []


async def test_a_date_that_goes_on_has_a_new_card_with_who_had_said_that_they_come(services: Services) -> None:
    date, reading = await waits(services)
    await shown(services)
    fork = (await page_now(services)).reading.id
    await services.asides.take_up(GUILD, CHANNEL, Member(ANN), reading, instead_of=fork)
    [card] = await waiting(services, CARD)
    assert (card.target, card.data["at"]) == (None, date.at.timestamp())
    assert await said(services, date) == [(BOB, GOING, True)]


async def test_of_a_date_that_goes_on_at_its_next_time_nobody_has_said_anything(services: Services) -> None:
    reading = (await begun(services)).page.reading.id
    date = await planned(services, repeat=Repeat.DAILY)
    await say(services, date, BOB, GOING)
    await services.asides.start_instead(GUILD, reading, Member(ANN), "fork")
    after(services, DAY)
    fork = (await page_now(services)).reading.id
    await services.asides.take_up(GUILD, CHANNEL, Member(ANN), reading, instead_of=fork)
    assert await said(services, date) == []


async def test_a_card_posted_while_its_reading_is_set_aside_says_that_it_waits(services: Services) -> None:
    reading = (await begun(services)).page.reading.id
    await services.dates.make(GUILD, CHANNEL, ANN, Plan("in 2 hours", "UTC"))
    [card] = await waiting(services, CARD)
    await services.asides.start_instead(GUILD, reading, Member(ANN), "fork")
    await services.dates.posted(card, MESSAGE)
    assert await over(services) == [(MESSAGE, Over.ASIDE)]


# ---- forgetting


async def test_who_is_forgotten_comes_to_nothing_and_is_written_to_no_more(services: Services) -> None:
    date = await planned(services)
    await due(services, date)
    await services.directs.not_reached(CAT)
    await services.directs.told(CAT)
    await services.directs.not_reached(BOB)
    await shown_but_directs(services)
    await services.members.forget_member(BOB)
    assert await said(services, date) == []
    assert await services.store.read.unreached() == services.directs.unreached == set()
    assert [(each.kind, each.subject) for each in await waiting(services)] == [(SHOWN, date.id)]


async def shown_but_directs(services: Services) -> None:
    for each in await waiting(services):
        if each.kind is not DIRECT:
            await services.deliveries.done(each)
    await services.store.settle()
