"""What other processes have changed is read again."""

import asyncio
from pathlib import Path

import pytest

from cogs.core import renewal
from cogs.core.locale import Locales
from cogs.core.renewal import Renewal
from story.errors import NotKeptError
from story.rules.settings import Settings
from story.services.container import Services
from story.services.library import Library
from story.store import Store, Use, open_store
from tests.builders import Clock
from tests.postgres import Server, emptied, needs_postgres

SERVER = 1 << 40


async def rest() -> None:
    """Let whatever is ready run."""
    for _ in range(20):
        await asyncio.sleep(0)


async def renewed(store: Store, changes: int, *failures: Exception) -> int:
    """How often something is read again after so many changes elsewhere, if the first tries fail."""
    times, failing = 0, iter(failures)

    async def read() -> None:
        nonlocal times
        times += 1
        for failure in failing:
            raise failure

    cog = Renewal(store, read)
    for _ in range(changes):
        store._changed_elsewhere()
    await rest()
    await cog.cog_unload()
    return times


async def test_what_is_in_memory_is_read_again_when_another_process_has_changed_it(tmp_path: Path) -> None:
    async with open_store(tmp_path / "readings.db") as store:
        assert await renewed(store, 1) == 1


async def test_many_changes_in_a_row_are_read_together(tmp_path: Path) -> None:
    async with open_store(tmp_path / "readings.db") as store:
        assert await renewed(store, 100) == 1


async def test_what_this_process_has_changed_is_not_read_again(tmp_path: Path) -> None:
    async with open_store(tmp_path / "readings.db") as store:
        assert await renewed(store, 0) == 0


async def test_it_is_tried_again_where_the_database_cannot_be_reached(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(renewal, "STORE_PAUSE", 0)
    async with open_store(tmp_path / "readings.db") as store:
        assert await renewed(store, 1, NotKeptError("away")) == 2


@needs_postgres
async def test_a_server_is_spoken_to_as_another_process_has_set(postgres: Server) -> None:
    address = await emptied(postgres.address())
    async with open_store(address, Use.SHARED) as here, open_store(address, Use.SHARED) as there:
        ours, theirs = (Services.of(each, Library([]), Clock(), Settings(story="tale")) for each in (here, there))
        locales = Locales(ours)
        await locales.load()
        told = asyncio.Event()

        async def load() -> None:
            await locales.load()
            told.set()

        cog = Renewal(here, load)
        await theirs.settings.change(SERVER, None, language="de")
        await asyncio.wait_for(told.wait(), 10)
        assert locales.of(SERVER).language == "de"
        await cog.cog_unload()


async def test_what_a_server_sets_while_the_locales_are_read_is_newer(tmp_path: Path) -> None:
    async with open_store(tmp_path / "readings.db") as store:
        services = Services.of(store, Library([]), Clock(), Settings(story="tale"))
        locales, read = Locales(services), services.queries.settings_of_all

        async def read_late() -> dict[int, Settings]:
            found = await read()
            await services.settings.change(SERVER, None, language="de")
            return found

        await services.settings.change(SERVER, None, language="fr")
        services.queries.settings_of_all = read_late  # type: ignore[method-assign] # something happens meanwhile
        await locales.load()
        assert locales.of(SERVER).language == "de"
