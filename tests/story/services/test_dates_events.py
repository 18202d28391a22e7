"""Discord's own events follow dates, and dates follow what becomes of the events."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from story.rules.delivery import DeliveryKind, Notice
from story.rules.presses import Member
from story.services.container import Services
from story.services.dates import SETTLED, Plan
from story.times.series import Repeat
from tests.builders import NOON
from tests.story.room import ANN, CHANNEL, GUILD, OTHER_CHANNEL, after, comes_due, shown, waiting

EVENT = 77
LATER = NOON + timedelta(hours=5)


async def with_event(services: Services, channel: int = CHANNEL, event: int = EVENT) -> int:
    """Have Ann plan a date whose event was made, and everything shown; return its number."""
    date = await services.dates.make(GUILD, channel, ANN, Plan("in 2 hours", "UTC"))
    await services.dates.event_made(date, event)
    await shown(services)
    return date.id


async def compared(services: Services, events: Mapping[int, datetime | None], *, created: datetime = NOON) -> None:
    await services.dates.compare(GUILD, events, lambda _event: created)


async def notices(services: Services) -> list[object]:
    return [each.data["notice"] for each in await waiting(services, DeliveryKind.NOTICE)]


async def deleted_events(services: Services) -> list[int | None]:
    return [each.target for each in await waiting(services, DeliveryKind.EVENT) if not each.subject]


async def test_the_event_that_was_made_is_kept_with_its_date(services: Services) -> None:
    date = await with_event(services)
    kept = await services.queries.date(date)
    assert kept
    assert kept.event == EVENT


async def test_an_event_made_after_its_date_was_cancelled_is_deleted(services: Services) -> None:
    date = await services.dates.make(GUILD, CHANNEL, ANN, Plan("in 2 hours", "UTC"))
    await services.dates.cancel(GUILD, CHANNEL, Member(ANN))
    assert await deleted_events(services) == []
    await services.dates.event_made(date, EVENT)
    assert await deleted_events(services) == [EVENT]


async def test_a_cancelled_date_has_its_event_deleted(services: Services) -> None:
    await with_event(services)
    await services.dates.cancel(GUILD, CHANNEL, Member(ANN))
    assert await deleted_events(services) == [EVENT]


async def test_the_next_time_of_a_date_has_an_event_of_its_own(services: Services) -> None:
    date = await services.dates.make(GUILD, CHANNEL, ANN, Plan("in 2 hours", "UTC", Repeat.DAILY))
    await services.dates.event_made(date, EVENT)
    await shown(services)
    await comes_due(services, 7200)
    [event] = await waiting(services, DeliveryKind.EVENT)
    assert (event.subject, event.target) == (date.id, None)
    again = await services.queries.date(date.id)
    assert again
    await services.dates.event_made(again, EVENT + 1)
    await services.dates.event_gone(EVENT)
    assert await services.queries.date(date.id)


async def test_an_event_deleted_in_discord_cancels_its_date_and_the_channel_is_told(services: Services) -> None:
    date = await with_event(services)
    await services.dates.event_gone(EVENT)
    assert await services.queries.date(date) is None
    assert await notices(services) == [Notice.DATE_CANCELLED]
    assert await deleted_events(services) == []


async def test_an_event_moved_in_discord_moves_its_date_and_is_not_edited_for_that(services: Services) -> None:
    date = await with_event(services)
    await services.dates.event_moved(EVENT, LATER)
    moved = await services.queries.date(date)
    assert moved
    assert (moved.at, moved.began, moved.event) == (LATER, LATER, EVENT)
    assert [each.kind for each in await waiting(services)] == [DeliveryKind.DATE]


async def test_an_event_that_stays_or_is_moved_into_the_past_moves_nothing(services: Services) -> None:
    date = await with_event(services)
    before = await services.queries.date(date)
    assert before
    await services.dates.event_moved(EVENT, before.at)
    await services.dates.event_moved(EVENT, NOON - timedelta(hours=1))
    assert await services.queries.date(date) == before
    assert await waiting(services) == []


async def test_an_event_that_is_yet_to_follow_its_date_does_not_move_it_back(services: Services) -> None:
    date = await with_event(services)
    await services.dates.move(GUILD, CHANNEL, Member(ANN), "in 4 hours")
    await services.dates.event_moved(EVENT, NOON + timedelta(hours=2))
    moved = await services.queries.date(date)
    assert moved
    assert moved.at == NOON + timedelta(hours=4)
    await shown(services)
    await services.dates.event_moved(EVENT, LATER)
    moved = await services.queries.date(date)
    assert moved
    assert moved.at == LATER


async def test_an_event_of_nobodys_is_nothing_to_follow(services: Services) -> None:
    date = await with_event(services)
    await services.dates.event_gone(99)
    await services.dates.event_moved(99, LATER)
    assert await services.queries.date(date)
    assert await waiting(services) == []


# ---- compared at the start


async def test_what_became_of_events_while_the_bot_was_off_is_followed(services: Services) -> None:
    gone = await with_event(services)
    moved = await with_event(services, OTHER_CHANNEL, 78)
    cancelled = await with_event(services, 12, 79)
    stayed = await with_event(services, 13, 80)
    none = await services.dates.make(GUILD, 14, ANN, Plan("in 2 hours", "UTC"))
    after(services, SETTLED.total_seconds() + 1)
    await compared(services, {78: LATER, 79: None, 80: NOON + timedelta(hours=2)})
    kept = {date.id: date.at for date in await services.queries.dates(GUILD)}
    assert kept == {moved: LATER, stayed: NOON + timedelta(hours=2), none.id: none.at}
    assert {gone, cancelled}.isdisjoint(kept)


async def test_an_event_so_new_that_discords_list_may_not_have_it_yet_is_not_missed(services: Services) -> None:
    date = await with_event(services)
    after(services, SETTLED.total_seconds() + 1)
    await compared(services, {}, created=services.clock())
    assert await services.queries.date(date)
    await compared(services, {})
    assert await services.queries.date(date) is None


async def test_an_event_made_of_a_date_that_has_passed_meanwhile_is_left_alone(services: Services) -> None:
    date = await services.dates.make(GUILD, CHANNEL, ANN, Plan("in 2 hours", "UTC"))
    await shown(services)
    await comes_due(services, 3 * 3600)
    await shown(services)
    await services.dates.event_made(date, EVENT)
    assert await waiting(services) == []
