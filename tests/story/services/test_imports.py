import asyncio
from dataclasses import replace

import pytest

from story.errors import LibraryFull, NotKeptError, NotOwnStory, ReadingOver, TooManyOfYours, UnknownStory
from story.importing.ids import slug
from story.importing.limits import LONGEST_SCENE_ID, Limits
from story.rules.delivery import DeliveryKind
from story.rules.settings import Settings
from story.rules.steps import Kind
from story.services.container import Services
from story.services.library import Library
from story.store import open_store
from story.store.database import Where
from tests.builders import Clock, story
from tests.databases import taking_nothing
from tests.story.room import ANN, BOB, CHANNEL, GUILD, OTHER_CHANNEL, begun, shown

OWN = story("AB", "A", story_id="own", title="Our Own")


@pytest.fixture(autouse=True)
async def _loaded(services: Services) -> None:
    await services.imports.load()


async def test_what_is_kept_is_the_story_under_an_id_of_its_own(services: Services) -> None:
    kept = await services.imports.keep(GUILD, OWN)
    assert services.queries.library.get(kept.id) == kept
    assert replace(kept, id="own") == OWN
    assert kept.id.startswith("our-own-")


@pytest.mark.parametrize("title", ["x" * 100, "字" * 100, "...", "A Tale", f"{'x' * 30} {'y' * 60}"])
async def test_ids_are_unique_and_fit_into_buttons(services: Services, title: str) -> None:
    one, other = [await services.imports.keep(guild, replace(OWN, title=title)) for guild in (GUILD, GUILD + 1)]
    assert one.id != other.id
    assert max(len(one.id), len(other.id)) <= LONGEST_SCENE_ID
    assert slug(one.id) == one.id


async def test_it_is_read_by_its_server_and_by_no_other(services: Services) -> None:
    await services.imports.keep(GUILD, OWN)
    assert (await begun(services, "our own")).page.story.title == "Our Own"
    with pytest.raises(UnknownStory):
        await services.readings.start(GUILD + 1, OTHER_CHANNEL, ANN, "our own")


async def test_it_is_there_after_a_restart(services: Services) -> None:
    kept = await services.imports.keep(GUILD, OWN)
    again = Services.of(services.store, Library([story("A")]), services.clock, Settings())
    await again.imports.load()
    assert again.queries.library.find(GUILD, "Our Own") == kept


async def test_a_server_has_room_for_so_many(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services.imports, "_limits", Limits(of_server=1))
    await services.imports.keep(GUILD, OWN)
    with pytest.raises(LibraryFull):
        await services.imports.keep(GUILD, OWN)
    await services.imports.keep(GUILD + 1, OWN)


async def test_a_member_has_room_for_so_many_whatever_the_server(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services.imports, "_limits", Limits(of_member=1))
    await services.imports.keep(GUILD, OWN, ANN)
    with pytest.raises(TooManyOfYours):
        await services.imports.keep(GUILD + 1, OWN, ANN)
    await services.imports.keep(GUILD, OWN, BOB)
    await services.members.forget_member(ANN)
    await services.imports.keep(GUILD, OWN, ANN)


async def test_removing_it_ends_its_readings_and_no_others(services: Services) -> None:
    kept = await services.imports.keep(GUILD, OWN)
    turn, other = await begun(services, kept.id), await begun(services, "fork", OTHER_CHANNEL)
    _, found = await services.imports.would_end(GUILD, kept.id)
    assert [reading.channel for reading in found] == [CHANNEL]
    assert await services.imports.remove(GUILD, kept.id, BOB) == kept
    assert services.queries.library.get(kept.id) is None
    with pytest.raises(ReadingOver):
        await services.queries.read_so_far(GUILD, turn.page.reading.id)
    assert await services.queries.readings(GUILD) == [other.page.reading]


async def test_what_every_server_sees_cannot_be_removed(services: Services) -> None:
    with pytest.raises(NotOwnStory):
        await services.imports.remove(GUILD, "tale", ANN)


async def test_another_servers_story_cannot_be_removed(services: Services) -> None:
    kept = await services.imports.keep(GUILD, OWN)
    with pytest.raises(UnknownStory):
        await services.imports.would_end(GUILD + 1, kept.id)


async def test_to_forget_a_server_is_to_delete_its_stories(services: Services) -> None:
    kept = await services.imports.keep(GUILD, OWN)
    assert await services.store.read.servers() == {GUILD}
    await services.members.forget_guild(GUILD)
    assert services.queries.library.get(kept.id) is None
    assert services.store.story_text(kept.id) is None
    assert await services.store.read.servers() == set()


async def test_it_can_be_what_its_server_begins_with_and_no_other_server_can(services: Services) -> None:
    kept = await services.imports.keep(GUILD, OWN)
    for guild in (GUILD, GUILD + 1):
        await services.settings.change(guild, None, story=kept.id)
    assert await services.queries.first_story(GUILD) == kept
    assert (await services.queries.first_story(GUILD + 1)).id == "tale"


async def test_the_page_that_a_removal_closes_is_shown_a_last_time_although_its_text_is_gone(
    services: Services,
) -> None:
    kept = await services.imports.keep(GUILD, OWN)
    turn = await begun(services, kept.id)
    await services.imports.remove(GUILD, kept.id, BOB)
    closed = await services.queries.shown(turn.page.reading.id, 1)
    assert closed
    assert closed.closed_by
    assert (closed.story.title, closed.closed_by.kind) == ("Our Own", Kind.STOP)
    assert await shown(services) == [DeliveryKind.CLOSED]
    assert await services.queries.shown(turn.page.reading.id, 1) is None


async def test_of_two_who_remove_a_story_at_once_one_is_told_that_it_is_gone(services: Services) -> None:
    kept = await services.imports.keep(GUILD, OWN)
    await begun(services, kept.id)
    removals = (services.imports.remove(GUILD, kept.id, member) for member in (ANN, BOB))
    done = await asyncio.gather(*removals, return_exceptions=True)
    assert sorted(type(each).__name__ for each in done) == ["Story", "UnknownStory"]
    assert await services.queries.readings(GUILD) == []


async def test_of_two_who_keep_the_last_story_that_there_is_room_for_one_is_refused(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services.imports, "_limits", Limits(of_server=1))
    done = await asyncio.gather(*(services.imports.keep(GUILD, OWN) for _ in range(2)), return_exceptions=True)
    assert sorted(type(each).__name__ for each in done) == ["LibraryFull", "Story"]
    assert len(services.queries.library.own(GUILD)) == 1


async def test_a_story_that_was_not_kept_is_not_in_the_library(services: Services) -> None:
    async with taking_nothing(services.store):
        with pytest.raises(NotKeptError):
            await services.imports.keep(GUILD, OWN)
    assert services.queries.library.own(GUILD) == []


@pytest.mark.parametrize("begins", ["start", "begin"])
async def test_a_story_that_is_removed_while_it_is_begun_leaves_no_reading_without_a_story(
    services: Services, begins: str
) -> None:
    kept = await services.imports.keep(GUILD, OWN)
    await services.settings.change(GUILD, None, story=kept.id)
    removal = services.imports.remove(GUILD, kept.id, ANN)
    if begins == "start":
        await asyncio.gather(removal, services.readings.start(GUILD, CHANNEL, BOB, kept.id), return_exceptions=True)
    else:
        await asyncio.gather(removal, services.readings.begin(GUILD, CHANNEL, BOB))
    assert kept.id not in {each.story for each in await services.store.read.readings_of(GUILD)}


async def test_what_another_process_has_brought_in_and_removed_is_renewed(
    services: Services, database: Where, clock: Clock
) -> None:
    removed = await services.imports.keep(GUILD, OWN)
    async with open_store(database) as store:
        others = Services.of(store, Library([]), clock, Settings(story="tale"))
        await others.imports.load()
        kept = await others.imports.keep(GUILD + 1, OWN)
        await others.imports.remove(GUILD, removed.id, ANN)
        await services.imports.renew()
        assert services.queries.library.get(kept.id) == kept
        assert services.queries.library.own(GUILD) == []
        assert others.queries.library.get(removed.id) is None
