"""Servers that are forgotten, at their wish or a while after they removed the bot."""

from datetime import timedelta

import pytest

from story.errors import NoReading
from story.rules.delivery import DeliveryKind, Direct
from story.rules.presses import Member
from story.rules.rsvp import Coming
from story.rules.shards import Shards, shard_of
from story.rules.timer import TimerKind
from story.rules.trouble import Trouble, TroubleKind, Why
from story.services.container import Services
from story.services.dates import Plan
from tests.builders import story
from tests.databases import rows_of
from tests.story.room import (
    ANN,
    BOB,
    CHANNEL,
    GUILD,
    OTHER_CHANNEL,
    after,
    begun,
    comes_due,
    page_now,
    press,
    seated,
    shown,
    waiting,
)

DAY = timedelta(days=1).total_seconds()
KEPT = ("note", "unreached", "shard", "identify")
"""Tables that hold nothing of any server."""


async def lived_in(services: Services) -> None:
    """Have a server leave something in every table."""
    turn = await begun(services, channel=OTHER_CHANNEL)
    await services.members.bookmark(GUILD, OTHER_CHANNEL, BOB)
    await services.members.caught_up(turn.page.reading.id, BOB, 1)
    await press(services, turn, BOB, "ben")
    await services.settings.change(GUILD, turn.page.reading.id, seconds=30)
    await services.settings.change(GUILD, None, seconds=300)
    await services.imports.keep(GUILD, story("A"))
    date = await services.dates.make(GUILD, CHANNEL, ANN, Plan("in 2 hours", "UTC"))
    await services.rsvps.say(GUILD, date.id, int(date.at.timestamp()), BOB, Coming.GOING)
    await services.alerts.switch(GUILD, BOB, Direct.CLOSING, on=True)
    await seated(services, ANN)
    async with services.store.transaction() as tx:
        await tx.add_trouble(Trouble(TroubleKind.STORY, GUILD, CHANNEL, Why.LOST, 1), 0)
        await tx._rows(
            "INSERT INTO serial (reading, every, began, zone) VALUES (?, 'daily', 0, 'UTC')", turn.page.reading.id
        )


async def test_a_server_that_is_forgotten_leaves_nothing(services: Services) -> None:
    await lived_in(services)
    assert [table for table, count in (await rows_of(services.store)).items() if count == 0 and table not in KEPT] == []
    await services.members.forget_guild(GUILD)
    assert [table for table, count in (await rows_of(services.store)).items() if count and table not in KEPT] == []
    with pytest.raises(NoReading):
        await page_now(services)


async def test_of_a_server_that_is_forgotten_the_events_of_its_dates_are_deleted(services: Services) -> None:
    date = await services.dates.make(GUILD, CHANNEL, ANN, Plan("in 2 hours", "UTC"))
    await services.dates.event_made(date, 77)
    await services.dates.make(GUILD, OTHER_CHANNEL, ANN, Plan("in 2 hours", "UTC"))
    await services.members.forget_guild(GUILD)
    assert [(each.kind, each.target, each.channel) for each in await waiting(services)] == [
        (DeliveryKind.EVENT, 77, CHANNEL)
    ]


async def test_another_server_keeps_what_it_has(services: Services) -> None:
    await begun(services)
    await services.members.forget_guild(GUILD + 1)
    assert await page_now(services)


async def test_a_server_that_removed_the_bot_is_forgotten_after_thirty_days(services: Services) -> None:
    await begun(services)
    kept = await services.imports.keep(GUILD, story("A"))
    await services.members.departed(GUILD)
    await comes_due(services, 30 * DAY - 1)
    assert await page_now(services)
    await comes_due(services, 1)
    with pytest.raises(NoReading):
        await page_now(services)
    assert services.queries.library.get(kept.id) is None
    assert await services.schedule.next_due() is None


async def test_a_server_that_removed_the_bot_twice_is_kept_no_longer_for_that(services: Services) -> None:
    await services.members.departed(GUILD)
    due = await services.schedule.next_due()
    after(services, DAY)
    await services.members.departed(GUILD)
    assert await services.schedule.next_due() == due


async def test_a_server_that_takes_the_bot_back_is_not_forgotten(services: Services) -> None:
    await begun(services)
    await services.members.departed(GUILD)
    await services.members.returned(GUILD)
    await comes_due(services, 31 * DAY)
    assert await page_now(services)


async def test_what_servers_did_while_the_bot_was_off_is_noticed(services: Services) -> None:
    await begun(services)
    await services.members.notice_servers([])
    due = await services.schedule.next_due()
    after(services, 10)
    await services.members.notice_servers([])
    assert await services.schedule.next_due() == due
    await services.members.notice_servers([GUILD])
    assert await services.schedule.next_due() is None


async def test_only_the_servers_of_some_shards_are_looked_at_if_asked(services: Services) -> None:
    await begun(services)
    number = shard_of(GUILD, 2)
    await services.members.notice_servers([], Shards(frozenset({1 - number}), 2))
    assert await services.schedule.next_due() is None
    await services.members.notice_servers([], Shards(frozenset({number}), 2))
    assert await services.schedule.next_due()


async def test_a_server_that_is_back_after_thirty_days_is_not_forgotten_at_the_start(services: Services) -> None:
    await begun(services)
    await services.members.departed(GUILD)
    after(services, 31 * DAY)
    [due] = await services.store.read.due(services.clock(), 10)
    await services.members.notice_servers([GUILD])
    await services.members.forget_departed(due)
    await services.schedule.carry_out_due()
    assert await page_now(services)


async def test_direct_messages_are_no_server_that_could_have_removed_the_bot(services: Services) -> None:
    await services.readings.start(-5, 5, ANN, "tale")
    await services.members.notice_servers([])
    assert await services.store.read.timed(TimerKind.DEPARTURE) == set()


async def test_a_forgotten_servers_next_reading_shares_nothing_with_the_first(services: Services) -> None:
    before = await begun(services)
    await press(services, before, BOB, "ben")
    await services.members.forget_guild(GUILD)
    await shown(services)
    again = await begun(services)
    assert again.page.reading.id != before.page.reading.id
    with pytest.raises(NoReading):
        await services.votes.press(GUILD, before.page.reading.id, 1, Member(BOB), "ben")
