from dataclasses import replace

import pytest

from story.errors import NotOwnStory, ReadingOver, ShelfFull, UnknownStory
from story.importing.ids import slug
from story.importing.limits import LONGEST_SCENE_ID
from story.rules.steps import Kind
from story.services import imports as module
from story.services.imports import Librarian
from story.services.library import Shelf
from story.services.members import Keeper
from story.services.readings import Narrator
from story.services.settings import Steward
from story.store import Store
from tests.builders import Clock, story
from tests.story.room import ANN, BOB, CHANNEL, GUILD, OTHER_CHANNEL, begun

OWN = story("AB", "A", story_id="own", title="Our Own")


@pytest.fixture
async def librarian(store: Store, narrator: Narrator, clock: Clock) -> Librarian:
    made = Librarian(store, narrator._pages, clock)
    await made.load()
    return made


async def test_what_is_kept_is_the_story_under_an_id_of_its_own(librarian: Librarian, narrator: Narrator) -> None:
    kept = await librarian.keep(GUILD, OWN)
    assert narrator._pages.shelf.get(kept.id) == kept
    assert replace(kept, id="own") == OWN
    assert kept.id.startswith("our-own-")


@pytest.mark.parametrize("title", ["x" * 100, "字" * 100, "...", "A Tale", f"{'x' * 30} {'y' * 60}"])
async def test_ids_are_unique_and_fit_into_buttons(librarian: Librarian, title: str) -> None:
    one, other = [await librarian.keep(guild, replace(OWN, title=title)) for guild in (GUILD, GUILD + 1)]
    assert one.id != other.id
    assert max(len(one.id), len(other.id)) <= LONGEST_SCENE_ID
    assert slug(one.id) == one.id


async def test_it_is_read_by_its_server_and_by_no_other(librarian: Librarian, narrator: Narrator) -> None:
    await librarian.keep(GUILD, OWN)
    assert (await begun(narrator, "our own")).page.story.title == "Our Own"
    with pytest.raises(UnknownStory):
        await narrator.start(GUILD + 1, OTHER_CHANNEL, ANN, "our own")


async def test_it_is_there_after_a_restart(
    librarian: Librarian, narrator: Narrator, store: Store, clock: Clock
) -> None:
    kept = await librarian.keep(GUILD, OWN)
    narrator._pages.shelf = Shelf([story("A")])
    await Librarian(store, narrator._pages, clock).load()
    assert narrator._pages.shelf.find(GUILD, "Our Own") == kept


async def test_a_server_has_room_for_so_many(librarian: Librarian, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_STORIES", 1)
    await librarian.keep(GUILD, OWN)
    with pytest.raises(ShelfFull):
        await librarian.keep(GUILD, OWN)
    await librarian.keep(GUILD + 1, OWN)


async def test_removing_it_ends_its_readings_and_no_others(librarian: Librarian, narrator: Narrator) -> None:
    kept = await librarian.keep(GUILD, OWN)
    turn, other = await begun(narrator, kept.id), await begun(narrator, "fork", OTHER_CHANNEL)
    _, readings = await librarian.would_end(GUILD, kept.id)
    assert [reading.channel for reading in readings] == [CHANNEL]
    story_removed, [page] = await librarian.remove(GUILD, kept.id, BOB)
    assert (story_removed, page.closed_by and page.closed_by.kind) == (kept, Kind.STOP)
    assert narrator._pages.shelf.get(kept.id) is None
    with pytest.raises(ReadingOver):
        await narrator._pages.read_so_far(GUILD, turn.page.reading.id)
    assert await narrator._pages.readings(GUILD) == [other.page.reading]


async def test_what_every_server_sees_cannot_be_removed(librarian: Librarian) -> None:
    with pytest.raises(NotOwnStory):
        await librarian.remove(GUILD, "tale", ANN)


async def test_another_servers_story_cannot_be_removed(librarian: Librarian) -> None:
    kept = await librarian.keep(GUILD, OWN)
    with pytest.raises(UnknownStory):
        await librarian.would_end(GUILD + 1, kept.id)


async def test_to_forget_a_server_is_to_delete_its_stories(
    librarian: Librarian, narrator: Narrator, store: Store, clock: Clock
) -> None:
    kept = await librarian.keep(GUILD, OWN)
    assert await store.read.servers() == {GUILD}
    await Keeper(store, narrator._pages, clock).forget_guild(GUILD)
    assert narrator._pages.shelf.get(kept.id) is None
    assert store.story_text(kept.id) is None
    assert await store.read.servers() == set()


async def test_it_can_be_what_its_server_begins_with_and_no_other_server_can(
    librarian: Librarian, narrator: Narrator, store: Store
) -> None:
    kept = await librarian.keep(GUILD, OWN)
    steward = Steward(store, narrator._pages, narrator)
    for guild in (GUILD, GUILD + 1):
        await steward.change(guild, None, "story", kept.id)
    assert await narrator._pages.first_story(GUILD) == kept
    assert (await narrator._pages.first_story(GUILD + 1)).id == "tale"
