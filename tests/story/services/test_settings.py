import asyncio

import pytest

from story.errors import NoReading, ReadingOver
from story.rules.delivery import DeliveryKind
from story.rules.presses import Member
from story.rules.settings import Decide
from story.services.container import Services
from tests.builders import story
from tests.story.room import (
    ANN,
    CHANNEL,
    GUILD,
    OTHER_CHANNEL,
    ballot_now,
    begun,
    edit,
    page_now,
    press,
    seated,
    shown,
    waiting,
)


async def test_a_server_that_has_set_nothing_has_the_defaults(services: Services) -> None:
    settings, own = await services.settings.settings(GUILD, None)
    assert (settings.decide, settings.seconds, settings.story, own) == (Decide.VOTE, 60, "tale", frozenset())


async def test_what_a_server_sets_holds_for_it_alone(services: Services) -> None:
    await services.settings.change(GUILD, None, decide="first")
    assert (await services.settings.settings(GUILD, None))[0].decide is Decide.FIRST
    assert (await services.settings.settings(GUILD + 1, None))[0].decide is Decide.VOTE
    assert {guild: each.decide for guild, each in (await services.queries.settings_of_all()).items()} == {
        GUILD: Decide.FIRST
    }


async def test_what_a_reading_sets_comes_before_what_its_server_has_set(services: Services) -> None:
    one, other = await begun(services), await begun(services, "fork", OTHER_CHANNEL)
    await services.settings.change(GUILD, None, seconds="30")
    changed = await services.settings.change(GUILD, one.page.reading.id, seconds="300")
    assert changed.seconds == 300
    assert (await services.settings.settings(GUILD, one.page.reading.id))[1] == {"seconds"}
    assert (await page_now(services)).settings.seconds == 300
    assert (await page_now(services, OTHER_CHANNEL)).settings.seconds == 30
    assert (await services.settings.settings(GUILD, other.page.reading.id))[1] == frozenset()


async def test_whoever_reads_alone_decides_by_the_first_press(services: Services) -> None:
    assert (await services.settings.settings(-5, None))[0].decide is Decide.FIRST
    assert (await services.settings.change(-5, None, decide="vote")).decide is Decide.VOTE


async def test_several_settings_are_changed_together_or_not_at_all(services: Services) -> None:
    changed = await services.settings.change(GUILD, None, seconds=30, quorum=2)
    assert (changed.seconds, changed.quorum) == (30, 2)
    with pytest.raises(ValueError, match="decide"):
        await services.settings.change(GUILD, None, seconds=300, decide="dice")
    assert (await services.settings.settings(GUILD, None))[0].seconds == 30


async def test_two_changes_at_once_are_both_kept(services: Services) -> None:
    await asyncio.gather(
        services.settings.change(GUILD, None, seconds=30), services.settings.change(GUILD, None, quorum=2)
    )
    settings, own = await services.settings.settings(GUILD, None)
    assert (settings.seconds, settings.quorum, own) == (30, 2, frozenset({"seconds", "quorum"}))


async def test_reset_takes_the_changes_of_that_one_back(services: Services) -> None:
    reading = (await begun(services)).page.reading.id
    await services.settings.change(GUILD, None, seconds="30")
    await services.settings.change(GUILD, reading, seconds="300")
    assert (await services.settings.reset(GUILD, reading)).seconds == 30
    assert (await services.settings.reset(GUILD, None)).seconds == 60


async def test_a_setting_of_the_whole_server_cannot_be_a_readings_own(services: Services) -> None:
    reading = (await begun(services)).page.reading.id
    for scope, name in ((reading, "zone"), (None, "colour")):
        with pytest.raises(ValueError, match=name):
            await services.settings.change(GUILD, scope, **{name: "UTC"})


async def test_another_servers_reading_and_one_that_is_over_cannot_be_set(services: Services) -> None:
    reading = (await begun(services)).page.reading.id
    with pytest.raises(NoReading):
        await services.settings.change(GUILD + 1, reading, seconds="30")
    with pytest.raises(NoReading):
        await services.settings.reset(GUILD + 1, reading)
    await services.readings.stop(GUILD, reading, 1, Member(ANN))
    with pytest.raises(ReadingOver):
        await services.settings.change(GUILD, reading, seconds="30")


async def test_a_first_story_that_is_not_on_the_shelf_any_more_is_the_default(services: Services) -> None:
    await services.settings.change(GUILD, None, story="fork")
    assert (await services.queries.first_story(GUILD)).id == "fork"
    await services.settings.change(GUILD, None, story="gone")
    assert (await services.queries.first_story(GUILD)).id == "tale"


async def test_a_clock_that_runs_stops_where_pages_are_turned_by_the_host(services: Services) -> None:
    await press(services, await begun(services), ANN, "ben")
    assert await services.schedule.next_due()
    await services.settings.change(GUILD, None, turner="host")
    assert (await ballot_now(services)).closes_at is None
    assert await services.schedule.next_due() is None


async def test_in_a_session_a_setting_that_lets_the_page_turn_has_it_turn(services: Services) -> None:
    edit(services, story(*["AB"] * 3))
    await services.settings.change(GUILD, None, turner="host")
    await press(services, await seated(services, ANN), ANN, "ben")
    assert (await ballot_now(services)).turns_at is None
    await services.settings.change(GUILD, None, turner="everyone")
    assert (await ballot_now(services)).turns_at


async def test_every_page_is_shown_as_the_server_has_it_now(services: Services) -> None:
    await begun(services)
    await begun(services, "fork", OTHER_CHANNEL)
    await services.settings.change(GUILD, None, language="de")
    assert [(each.kind, each.channel) for each in await waiting(services)] == [
        (DeliveryKind.CARD, CHANNEL),
        (DeliveryKind.CARD, OTHER_CHANNEL),
    ]


async def test_a_readings_own_setting_is_shown_there_only(services: Services) -> None:
    reading = (await begun(services)).page.reading.id
    await begun(services, "fork", OTHER_CHANNEL)
    await services.settings.change(GUILD, reading, hidden=True)
    assert [each.subject for each in await waiting(services)] == [reading]


async def test_a_reading_whose_story_is_gone_keeps_nobody_from_setting_something(services: Services) -> None:
    await begun(services)
    edit(services, story("A", story_id="other"))
    assert (await services.settings.change(GUILD, None, seconds=30)).seconds == 30
    assert await shown(services) == []
