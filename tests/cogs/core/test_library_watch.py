import asyncio
from pathlib import Path

import pytest

from cogs.core import library_watch as module
from cogs.core.library_watch import LibraryWatch
from story.rules.presses import Member
from story.rules.settings import Settings
from story.services.container import Services
from story.services.library import Library, load_library
from story.store import open_store
from tests.builders import Clock, story, write_story

GUILD, CHANNEL, ANN = 1, 10, Member(101)
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
    async with open_store(tmp_path / "readings.db") as store:
        services = Services.of(store, library, Clock(), Settings(story="well"))
        reading = (await services.readings.start(GUILD, CHANNEL, ANN.id, "well")).page.reading.id
        await services.votes.press(GUILD, reading, 1, ANN, "anna")
        write_story(well, {"00-before.md": scene("Before"), "03-three.md": scene("Three, mended")})
        await LibraryWatch(library).look()
        assert (await services.queries.where(GUILD, CHANNEL)).step.scene == "two"
        turn = await services.votes.press(GUILD, reading, 2, ANN, "anna")
        assert turn.page.telling
        assert turn.page.telling[1].text == "Anna tells Three, mended."


async def test_a_broken_edit_is_logged_with_its_place(well: Path, caplog: pytest.LogCaptureFixture) -> None:
    library, _ = load_library([well])
    write_story(well, {"01-one.md": "Nothing that could be read."})
    await LibraryWatch(library).look()
    assert f"a story keeps its last good version: {well / '01-one.md'}:1: " in caplog.text
    assert library.get("well")


async def test_folders_that_cannot_be_looked_into_are_logged(caplog: pytest.LogCaptureFixture) -> None:
    class Unreadable(Library):
        def look_again(self) -> None:
            raise PermissionError(13, "no")

    await LibraryWatch(Unreadable([])).look()
    assert "can't be read" in caplog.text


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


async def test_who_looks_after_readings_is_told_of_an_edit(well: Path) -> None:
    library, _ = load_library([well])
    told: list[int] = []

    async def changed() -> None:
        told.append(len(library.find(GUILD, "well").scenes))

    watch = LibraryWatch(library, changed)
    await watch.look()
    write_story(well, {"04-four.md": scene("Four")})
    await watch.look()
    assert told == [4]


async def test_that_readings_cannot_be_looked_over_is_logged_and_ends_nothing(
    well: Path, caplog: pytest.LogCaptureFixture
) -> None:
    library, _ = load_library([well])

    async def changed() -> None:
        raise OSError(28, "the disk is full")

    write_story(well, {"04-four.md": scene("Four")})
    await LibraryWatch(library, changed).look()
    assert "the readings could not be checked" in caplog.text
