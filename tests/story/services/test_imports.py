from dataclasses import replace

import pytest

from story.errors import LibraryFull, NotOwnStory, ReadingOver, UnknownStory
from story.importing.ids import slug
from story.importing.limits import LONGEST_SCENE_ID
from story.rules.steps import Kind
from story.services import imports as module
from story.services.imports import Imports
from story.services.library import Library
from story.services.members import Members
from story.services.readings import Readings
from story.services.settings import SettingsService
from story.store import Store
from tests.builders import Clock, story
from tests.story.room import ANN, BOB, CHANNEL, GUILD, OTHER_CHANNEL, begun

OWN = story("AB", "A", story_id="own", title="Our Own")


@pytest.fixture
async def imports(store: Store, readings: Readings, clock: Clock) -> Imports:
    made = Imports(store, readings._queries, clock)
    await made.load()
    return made


async def test_what_is_kept_is_the_story_under_an_id_of_its_own(imports: Imports, readings: Readings) -> None:
    kept = await imports.keep(GUILD, OWN)
    assert readings._queries.library.get(kept.id) == kept
    assert replace(kept, id="own") == OWN
    assert kept.id.startswith("our-own-")


@pytest.mark.parametrize("title", ["x" * 100, "字" * 100, "...", "A Tale", f"{'x' * 30} {'y' * 60}"])
async def test_ids_are_unique_and_fit_into_buttons(imports: Imports, title: str) -> None:
    one, other = [await imports.keep(guild, replace(OWN, title=title)) for guild in (GUILD, GUILD + 1)]
    assert one.id != other.id
    assert max(len(one.id), len(other.id)) <= LONGEST_SCENE_ID
    assert slug(one.id) == one.id


async def test_it_is_read_by_its_server_and_by_no_other(imports: Imports, readings: Readings) -> None:
    await imports.keep(GUILD, OWN)
    assert (await begun(readings, "our own")).page.story.title == "Our Own"
    with pytest.raises(UnknownStory):
        await readings.start(GUILD + 1, OTHER_CHANNEL, ANN, "our own")


async def test_it_is_there_after_a_restart(imports: Imports, readings: Readings, store: Store, clock: Clock) -> None:
    kept = await imports.keep(GUILD, OWN)
    readings._queries.library = Library([story("A")])
    await Imports(store, readings._queries, clock).load()
    assert readings._queries.library.find(GUILD, "Our Own") == kept


async def test_a_server_has_room_for_so_many(imports: Imports, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_STORIES", 1)
    await imports.keep(GUILD, OWN)
    with pytest.raises(LibraryFull):
        await imports.keep(GUILD, OWN)
    await imports.keep(GUILD + 1, OWN)


async def test_removing_it_ends_its_readings_and_no_others(imports: Imports, readings: Readings) -> None:
    kept = await imports.keep(GUILD, OWN)
    turn, other = await begun(readings, kept.id), await begun(readings, "fork", OTHER_CHANNEL)
    _, found = await imports.would_end(GUILD, kept.id)
    assert [reading.channel for reading in found] == [CHANNEL]
    story_removed, [page] = await imports.remove(GUILD, kept.id, BOB)
    assert (story_removed, page.closed_by and page.closed_by.kind) == (kept, Kind.STOP)
    assert readings._queries.library.get(kept.id) is None
    with pytest.raises(ReadingOver):
        await readings._queries.read_so_far(GUILD, turn.page.reading.id)
    assert await readings._queries.readings(GUILD) == [other.page.reading]


async def test_what_every_server_sees_cannot_be_removed(imports: Imports) -> None:
    with pytest.raises(NotOwnStory):
        await imports.remove(GUILD, "tale", ANN)


async def test_another_servers_story_cannot_be_removed(imports: Imports) -> None:
    kept = await imports.keep(GUILD, OWN)
    with pytest.raises(UnknownStory):
        await imports.would_end(GUILD + 1, kept.id)


async def test_to_forget_a_server_is_to_delete_its_stories(
    imports: Imports, readings: Readings, store: Store, clock: Clock
) -> None:
    kept = await imports.keep(GUILD, OWN)
    assert await store.read.servers() == {GUILD}
    await Members(store, readings._queries, clock).forget_guild(GUILD)
    assert readings._queries.library.get(kept.id) is None
    assert store.story_text(kept.id) is None
    assert await store.read.servers() == set()


async def test_it_can_be_what_its_server_begins_with_and_no_other_server_can(
    imports: Imports, readings: Readings, store: Store
) -> None:
    kept = await imports.keep(GUILD, OWN)
    settings_service = SettingsService(store, readings._queries, readings)
    for guild in (GUILD, GUILD + 1):
        await settings_service.change(guild, None, "story", kept.id)
    assert await readings._queries.first_story(GUILD) == kept
    assert (await readings._queries.first_story(GUILD + 1)).id == "tale"
