import asyncio
from pathlib import Path

import pytest

from cogs.core import library_watch as module
from cogs.core.library_watch import LibraryWatch
from story.rules.settings import Settings
from story.services.library import Library, load_library
from story.services.queries import Queries
from story.services.readings import Readings
from story.store import open_store
from tests.builders import Clock, story, write_story
from tests.story.room import CHANNEL, GUILD, begun, read_on

METADATA = 'title = "Well"\nauthors = ["A"]\n[povs.anna]\nname = "Anna"\ncolour = "#112233"\n'


def scene(title: str) -> str:
    return f"# {title}\n\n## Anna\n\nAnna tells {title}.\n"


@pytest.fixture
def well(tmp_path: Path) -> Path:
    files = {
        "story.toml": METADATA,
        "01-one.md": scene("One"),
        "02-two.md": scene("Two"),
        "03-three.md": scene("Three"),
    }
    return write_story(tmp_path / "stories" / "well", files)


async def test_a_reading_keeps_its_place_while_its_story_is_edited(well: Path, tmp_path: Path) -> None:
    library, _ = load_library([well])
    clock = Clock()
    async with open_store(tmp_path / "readings.db") as store:
        readings = Readings(store, Queries(store, library, clock, Settings(story="well")), clock)
        turn = await read_on(readings, await begun(readings, "well"), "anna")
        write_story(well, {"00-before.md": scene("Before"), "03-three.md": scene("Three, mended")})
        await LibraryWatch(library).look()
        assert (await readings._queries.where(GUILD, CHANNEL)).step.scene == "two"
        turn = await read_on(readings, turn, "anna")
        assert turn.page.telling
        assert turn.page.telling[1].text == "Anna tells Three, mended."


async def test_a_broken_edit_is_logged_with_its_place(well: Path, caplog: pytest.LogCaptureFixture) -> None:
    library, _ = load_library([well])
    write_story(well, {"01-one.md": "Nothing that could be read."})
    await LibraryWatch(library).look()
    assert f"a story stays as it was: {well / '01-one.md'}:1: " in caplog.text
    assert library.get("well")


async def test_folders_that_cannot_be_looked_into_are_logged(caplog: pytest.LogCaptureFixture) -> None:
    class Unreadable(Library):
        def look_again(self) -> None:
            raise PermissionError(13, "no")

    await LibraryWatch(Unreadable([])).look()
    assert "cannot be looked at" in caplog.text


async def test_it_looks_again_and_again_until_it_is_unloaded(well: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LOOK_EVERY", 0)
    library, _ = load_library([well])
    looked = asyncio.Semaphore(0)

    class Counted(LibraryWatch):
        async def look(self) -> None:
            await super().look()
            looked.release()

    watch = Counted(library)
    await watch.cog_load()
    await looked.acquire()
    write_story(well, {"04-four.md": scene("Four")})
    await looked.acquire()
    await looked.acquire()
    assert len(library.find(GUILD, "well").scenes) == 4
    await watch.cog_unload()
    assert watch._watching
    with pytest.raises(asyncio.CancelledError):
        await watch._watching


async def test_without_folders_there_is_nothing_to_look_at() -> None:
    watch = LibraryWatch(Library([story("A")]))
    await watch.cog_load()
    await watch.cog_unload()
    assert watch._watching is None
