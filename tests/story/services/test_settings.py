import pytest

from story.errors import NoReading
from story.rules.presses import Member
from story.rules.settings import Decide
from story.services.readings import Readings
from story.services.settings import SettingsService
from story.store import Store
from tests.story.room import ANN, CHANNEL, GUILD, OTHER_CHANNEL, begun


@pytest.fixture
def settings_service(store: Store, readings: Readings) -> SettingsService:
    return SettingsService(store, readings._queries, readings)


async def test_a_server_that_has_set_nothing_has_the_defaults(settings_service: SettingsService) -> None:
    settings, own = await settings_service.settings(GUILD, None)
    assert (settings.decide, settings.seconds, settings.story, own) == (Decide.VOTE, 60, "tale", frozenset())


async def test_what_a_server_sets_holds_for_it_alone(settings_service: SettingsService) -> None:
    await settings_service.change(GUILD, None, "decide", "first")
    assert (await settings_service.settings(GUILD, None))[0].decide is Decide.FIRST
    assert (await settings_service.settings(GUILD + 1, None))[0].decide is Decide.VOTE


async def test_what_a_reading_sets_comes_before_what_its_server_has_set(
    settings_service: SettingsService, readings: Readings
) -> None:
    one, other = await begun(readings), await begun(readings, "fork", OTHER_CHANNEL)
    await settings_service.change(GUILD, None, "seconds", "30")
    changed = await settings_service.change(GUILD, one.page.reading.id, "seconds", "300")
    assert changed.seconds == 300
    assert (await settings_service.settings(GUILD, one.page.reading.id))[1] == {"seconds"}
    assert (await readings._queries.where(GUILD, CHANNEL)).settings.seconds == 300
    assert (await readings._queries.where(GUILD, OTHER_CHANNEL)).settings.seconds == 30
    assert (await settings_service.settings(GUILD, other.page.reading.id))[1] == frozenset()


async def test_reset_takes_the_changes_of_that_one_back(settings_service: SettingsService, readings: Readings) -> None:
    reading = (await begun(readings)).page.reading.id
    await settings_service.change(GUILD, None, "seconds", "30")
    await settings_service.change(GUILD, reading, "seconds", "300")
    assert (await settings_service.reset(GUILD, reading)).seconds == 30
    assert (await settings_service.reset(GUILD, None)).seconds == 60


async def test_a_setting_of_the_whole_server_cannot_be_a_readings_own(
    settings_service: SettingsService, readings: Readings
) -> None:
    reading = (await begun(readings)).page.reading.id
    for scope, name in ((reading, "zone"), (None, "colour")):
        with pytest.raises(ValueError, match=name):
            await settings_service.change(GUILD, scope, name, "UTC")


async def test_another_servers_reading_cannot_be_set(settings_service: SettingsService, readings: Readings) -> None:
    reading = (await begun(readings)).page.reading.id
    with pytest.raises(NoReading):
        await settings_service.change(GUILD + 1, reading, "seconds", "30")
    with pytest.raises(NoReading):
        await settings_service.reset(GUILD + 1, reading)


async def test_a_first_story_that_is_not_on_the_shelf_any_more_is_the_default(
    settings_service: SettingsService, readings: Readings
) -> None:
    await settings_service.change(GUILD, None, "story", "fork")
    assert (await readings._queries.first_story(GUILD)).id == "fork"
    await settings_service.change(GUILD, None, "story", "gone")
    assert (await readings._queries.first_story(GUILD)).id == "tale"


async def test_a_clock_that_runs_stops_where_pages_are_turned_by_the_host(
    settings_service: SettingsService, readings: Readings
) -> None:
    turn = await begun(readings)
    await readings.press(GUILD, turn.page.reading.id, 1, Member(ANN), "ben")
    assert await readings._queries.next_deadline()
    await settings_service.change(GUILD, None, "turner", "host")
    [page] = await settings_service.apply(GUILD, None)
    assert page.ballot
    assert page.ballot.closes_at is None
    assert await readings._queries.next_deadline() is None
    assert await settings_service.apply(GUILD, turn.page.reading.id + 1) == []
