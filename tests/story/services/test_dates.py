"""Dates: their reminders and lobbies, each once."""

from datetime import timedelta

import pytest

from story.errors import DateExists, NoDate, NotYours, TimeInThePast, UnreadableTime
from story.rules.delivery import DeliveryKind, Notice
from story.rules.presses import Member
from story.rules.timer import Timer, TimerKind
from story.services.container import Services
from story.services.dates import Plan
from story.times.series import Repeat
from tests.builders import NOON
from tests.story.room import (
    ANN,
    BOB,
    CHANNEL,
    GUILD,
    OTHER_CHANNEL,
    after,
    comes_due,
    held,
    shown,
    waiting,
)

MINUTE, HOUR, DAY = 60, 3600, 86400
CARD, SHOWN_AGAIN, DIRECT, EVENT, LOBBY, NOTICE, OVER, REMINDER = (
    DeliveryKind.DATE,
    DeliveryKind.DATE_CARD,
    DeliveryKind.DIRECT,
    DeliveryKind.EVENT,
    DeliveryKind.LOBBY,
    DeliveryKind.NOTICE,
    DeliveryKind.DATE_OVER,
    DeliveryKind.REMINDER,
)


async def planned(services: Services, when: str = "in 2 hours", repeat: Repeat = Repeat.NONE) -> int:
    """Have Ann plan a date in the channel, and what follows from that shown; return its number."""
    date = await services.dates.make(GUILD, CHANNEL, ANN, Plan(when, "UTC", repeat))
    await shown(services)
    return date.id


async def lived_through(services: Services, hours: int) -> list[DeliveryKind]:
    """Have that time pass minute by minute; return what was shown."""
    found = []
    for _ in range(hours * 60):
        await comes_due(services, MINUTE)
        found += await shown(services)
    return found


# ---- making, moving, cancelling


async def test_a_date_goes_by_the_clocks_that_its_time_names(services: Services) -> None:
    made = await services.dates.make(GUILD, CHANNEL, ANN, Plan("8pm EST", "Berlin", Repeat.WEEKLY))
    assert made.zone.key == "America/New_York"
    moved = await services.dates.move(GUILD, CHANNEL, Member(ANN), "9pm UTC+2")
    assert moved.zone.key == "Etc/GMT-2"
    [kept] = await services.queries.dates(GUILD)
    assert (kept.at, kept.zone.key) == (moved.at, "Etc/GMT-2")


async def test_a_date_has_a_card_posted_and_an_event_made(services: Services) -> None:
    plan = Plan("in 2 hours", "Berlin", Repeat.WEEKLY, role=7, event=False)
    date = await services.dates.make(GUILD, CHANNEL, ANN, plan)
    event, card = await waiting(services)
    assert (event.kind, event.subject, event.target) == (EVENT, date.id, None)
    assert (card.kind, card.subject, card.target) == (CARD, date.id, None)
    assert card.data == {"at": date.at.timestamp(), "event": False}
    assert await services.queries.date(date.id) == date == await services.queries.date_in(CHANNEL)


async def test_a_channel_has_one_date(services: Services) -> None:
    await planned(services)
    with pytest.raises(DateExists):
        await services.dates.make(GUILD, CHANNEL, BOB, Plan("in 3 hours", "UTC"))


async def test_a_time_that_is_no_time_or_has_passed_is_refused(services: Services) -> None:
    for when, refusal in (("whenever", UnreadableTime), ("2020-01-01 12:00", TimeInThePast)):
        with pytest.raises(refusal):
            await services.dates.make(GUILD, CHANNEL, ANN, Plan(when, "UTC"))
    assert await services.queries.dates(GUILD) == []


async def test_the_dates_of_a_server_are_listed_the_next_first(services: Services) -> None:
    await services.dates.make(GUILD, CHANNEL, ANN, Plan("in 3 hours", "UTC"))
    await services.dates.make(GUILD, OTHER_CHANNEL, ANN, Plan("in 2 hours", "UTC"))
    await services.dates.make(GUILD + 1, 99, ANN, Plan("in 1 hour", "UTC"))
    assert [date.channel for date in await services.queries.dates(GUILD)] == [OTHER_CHANNEL, CHANNEL]


async def test_only_the_host_and_who_may_manage_messages_move_and_cancel(services: Services) -> None:
    await planned(services)
    with pytest.raises(NotYours):
        await services.dates.move(GUILD, CHANNEL, Member(BOB), "in 3 hours")
    with pytest.raises(NotYours):
        await services.dates.cancel(GUILD, CHANNEL, Member(BOB))
    assert await services.dates.cancel(GUILD, CHANNEL, Member(BOB, may_manage=True))


async def test_where_there_is_no_date_none_is_moved_or_cancelled(services: Services) -> None:
    await planned(services)
    with pytest.raises(NoDate):
        await services.dates.cancel(GUILD, OTHER_CHANNEL, Member(ANN))
    with pytest.raises(NoDate):
        await services.dates.move(GUILD + 1, CHANNEL, Member(ANN), "in 3 hours")


# ---- what comes due


async def test_a_date_has_one_reminder_and_one_lobby_and_is_over(services: Services) -> None:
    date = await planned(services)
    assert await lived_through(services, 4) == [REMINDER, SHOWN_AGAIN, LOBBY]
    assert await services.queries.date(date) is None
    assert (await held(services)).host == ANN
    for kind in (TimerKind.DATE, TimerKind.REMINDER):
        assert await services.store.read.timed(kind) == set()


async def test_the_reminder_comes_as_long_before_as_was_asked_for(services: Services) -> None:
    plan = Plan("in 2 hours", "UTC", remind=timedelta(hours=1))
    await services.dates.make(GUILD, CHANNEL, ANN, plan)
    await shown(services)
    await comes_due(services, HOUR - 1)
    assert await waiting(services) == []
    await comes_due(services, 1)
    assert await shown(services) == [REMINDER, SHOWN_AGAIN]


async def test_the_reminder_comes_a_quarter_of_an_hour_before_and_says_when(services: Services) -> None:
    await planned(services)
    await comes_due(services, 2 * HOUR - 15 * MINUTE - 1)
    assert await waiting(services) == []
    await comes_due(services, 1)
    reminder, _ = await waiting(services)
    assert (reminder.kind, reminder.data) == (REMINDER, {"at": NOON.timestamp() + 2 * HOUR})


async def test_a_date_within_a_quarter_of_an_hour_has_no_reminder(services: Services) -> None:
    await planned(services, "in 10 minutes")
    assert await lived_through(services, 1) == [LOBBY]


async def test_what_came_due_while_the_bot_was_off_comes_once_it_is_on(services: Services) -> None:
    await planned(services)
    await comes_due(services, 2 * HOUR + 30 * MINUTE)
    assert await shown(services) == [LOBBY]


async def test_a_lobby_more_than_an_hour_too_late_does_not_come(services: Services) -> None:
    date = await planned(services)
    await comes_due(services, 3 * HOUR)
    assert await shown(services) == []
    assert await services.queries.date(date) is None


async def test_a_date_that_repeats_has_a_reminder_a_lobby_and_an_event_each_time(services: Services) -> None:
    date = await planned(services, repeat=Repeat.DAILY)
    async with services.store.transaction() as tx:
        await tx.set_event(date, 77)
    expected = [REMINDER, SHOWN_AGAIN, EVENT, LOBBY]
    found = []
    for _ in range(2 * 24 * 4):
        await comes_due(services, 15 * MINUTE)
        found += await shown(services)
    # The session that the first date opened ends in between. The event that is shown again is the first's alone.
    assert [kind for kind in found if kind in expected] == [REMINDER, SHOWN_AGAIN, EVENT, EVENT, LOBBY, *expected]
    kept = await services.queries.date(date)
    assert kept
    assert ((kept.at - NOON).total_seconds(), kept.event) == (2 * DAY + 2 * HOUR, None)


async def test_times_of_a_repeating_date_that_were_missed_are_missed(services: Services) -> None:
    date = await planned(services, repeat=Repeat.WEEKLY)
    await comes_due(services, 30 * DAY)
    assert await shown(services) == [EVENT, CARD]
    kept = await services.queries.date(date)
    assert kept
    assert (kept.at - NOON).total_seconds() == 35 * DAY + 2 * HOUR


async def test_a_date_that_moved_comes_at_the_new_time_only(services: Services) -> None:
    await planned(services)
    await services.dates.move(GUILD, CHANNEL, Member(ANN), "in 4 hours")
    assert await shown(services) == [EVENT, CARD]
    assert await lived_through(services, 3) == []
    assert await lived_through(services, 2) == [REMINDER, SHOWN_AGAIN, LOBBY]


async def test_a_date_that_moved_to_within_a_quarter_of_an_hour_loses_its_reminder(services: Services) -> None:
    await planned(services)
    await services.dates.move(GUILD, CHANNEL, Member(ANN), "in 5 minutes")
    await shown(services)
    assert await lived_through(services, 3) == [LOBBY]


async def test_a_cancelled_date_comes_neither_now_nor_later_and_its_channel_is_told(services: Services) -> None:
    await planned(services, repeat=Repeat.DAILY)
    await services.dates.cancel(GUILD, CHANNEL, Member(ANN))
    [told] = await waiting(services)
    assert told.data["notice"] == Notice.DATE_CANCELLED
    await shown(services)
    assert await lived_through(services, 3) == []
    assert await services.schedule.next_due() is None


async def test_a_date_cancelled_while_its_reminder_or_lobby_is_due_stays_cancelled(services: Services) -> None:
    date = await planned(services, "in 10 minutes", Repeat.DAILY)
    after(services, 10 * MINUTE)
    due = await services.store.read.due(services.clock(), 10)
    await services.dates.cancel(GUILD, CHANNEL, Member(ANN))
    await shown(services)
    for timer in due:
        await services.dates.remind(timer)
        await services.dates.come(timer)
    assert await shown(services) == []
    assert await services.queries.date(date) is None


async def test_a_date_moved_while_its_lobby_is_due_comes_at_the_new_time(services: Services) -> None:
    await planned(services)
    after(services, 2 * HOUR)
    due = await services.store.read.due(services.clock(), 10)
    await services.dates.move(GUILD, CHANNEL, Member(ANN), "in 2 hours")
    await shown(services)
    for timer in due:
        await (services.dates.come if timer.kind is TimerKind.DATE else services.dates.remind)(timer)
    assert await shown(services) == []
    assert await lived_through(services, 3) == [REMINDER, SHOWN_AGAIN, LOBBY]


async def test_what_is_due_of_no_date_is_done_with(services: Services) -> None:
    for kind in (TimerKind.DATE, TimerKind.REMINDER):
        async with services.store.transaction() as tx:
            await tx.set_timer(Timer(kind, 99, GUILD, NOON))
        await comes_due(services)
        assert await services.schedule.next_due() is None


async def test_a_forgotten_server_stays_forgotten(services: Services) -> None:
    date = await services.queries.date(await planned(services))
    assert date
    await services.members.forget_guild(GUILD)
    await services.dates.event_made(date, 77)
    assert await services.queries.dates(GUILD) == []
    assert [(each.kind, each.subject, each.target) for each in await waiting(services)] == [(EVENT, 0, 77)]
