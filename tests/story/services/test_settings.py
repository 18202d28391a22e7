import pytest

from story.errors import NoReading
from story.rules.ballot import Member
from story.rules.settings import Decide
from story.services.readings import Narrator
from story.services.settings import Steward
from story.store import Store
from tests.story.room import ANN, CHANNEL, GUILD, OTHER_CHANNEL, begun


@pytest.fixture
def steward(store: Store, narrator: Narrator) -> Steward:
    return Steward(store, narrator._pages, narrator)


async def test_a_server_that_has_set_nothing_has_the_defaults(steward: Steward) -> None:
    settings, own = await steward.settings(GUILD, None)
    assert (settings.decide, settings.seconds, settings.story, own) == (Decide.VOTE, 60, "tale", frozenset())


async def test_what_a_server_sets_holds_for_it_alone(steward: Steward) -> None:
    await steward.change(GUILD, None, "decide", "first")
    assert (await steward.settings(GUILD, None))[0].decide is Decide.FIRST
    assert (await steward.settings(GUILD + 1, None))[0].decide is Decide.VOTE


async def test_what_a_reading_sets_comes_before_what_its_server_has_set(steward: Steward, narrator: Narrator) -> None:
    one, other = await begun(narrator), await begun(narrator, "fork", OTHER_CHANNEL)
    await steward.change(GUILD, None, "seconds", "30")
    changed = await steward.change(GUILD, one.page.reading.id, "seconds", "300")
    assert changed.seconds == 300
    assert (await steward.settings(GUILD, one.page.reading.id))[1] == {"seconds"}
    assert (await narrator._pages.where(GUILD, CHANNEL)).settings.seconds == 300
    assert (await narrator._pages.where(GUILD, OTHER_CHANNEL)).settings.seconds == 30
    assert (await steward.settings(GUILD, other.page.reading.id))[1] == frozenset()


async def test_reset_takes_the_changes_of_that_one_back(steward: Steward, narrator: Narrator) -> None:
    reading = (await begun(narrator)).page.reading.id
    await steward.change(GUILD, None, "seconds", "30")
    await steward.change(GUILD, reading, "seconds", "300")
    assert (await steward.reset(GUILD, reading)).seconds == 30
    assert (await steward.reset(GUILD, None)).seconds == 60


async def test_a_setting_of_the_whole_server_cannot_be_a_readings_own(steward: Steward, narrator: Narrator) -> None:
    reading = (await begun(narrator)).page.reading.id
    for scope, name in ((reading, "zone"), (None, "colour")):
        with pytest.raises(ValueError, match=name):
            await steward.change(GUILD, scope, name, "UTC")


async def test_another_servers_reading_cannot_be_set(steward: Steward, narrator: Narrator) -> None:
    reading = (await begun(narrator)).page.reading.id
    with pytest.raises(NoReading):
        await steward.change(GUILD + 1, reading, "seconds", "30")
    with pytest.raises(NoReading):
        await steward.reset(GUILD + 1, reading)


async def test_a_first_story_that_is_not_on_the_shelf_any_more_is_the_default(
    steward: Steward, narrator: Narrator
) -> None:
    await steward.change(GUILD, None, "story", "fork")
    assert (await narrator._pages.first_story(GUILD)).id == "fork"
    await steward.change(GUILD, None, "story", "gone")
    assert (await narrator._pages.first_story(GUILD)).id == "tale"


async def test_a_clock_that_runs_stops_where_pages_are_turned_by_the_host(steward: Steward, narrator: Narrator) -> None:
    turn = await begun(narrator)
    await narrator.press(GUILD, turn.page.reading.id, 1, Member(ANN), "ben")
    assert await narrator._pages.next_deadline()
    await steward.change(GUILD, None, "turner", "host")
    [page] = await steward.apply(GUILD, None)
    assert page.ballot
    assert page.ballot.closes_at is None
    assert await narrator._pages.next_deadline() is None
    assert await steward.apply(GUILD, turn.page.reading.id + 1) == []
