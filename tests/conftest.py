import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from story.store import open_store
from story.store.database import Where
from tests.postgres import ASKED, Server, emptied, needs_postgres, serve

# A slow machine is no mistake in the code.
settings.register_profile("suite", deadline=None)
settings.load_profile("suite")

ON_POSTGRES = (
    "tests.story.store.",
    "tests.story.services.test_dates",
    "tests.story.services.test_imports",
    "tests.story.services.test_votes",
    "tests.cogs.test_moved_database",
    "tests.cogs.test_privacy",
    "tests.cogs.core.test_unheard",
)
"""Where the tests that have a database are run on PostgreSQL, too; all of them are if POSTGRES_TESTS says so."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run what has a database on SQLite and on PostgreSQL."""
    if "database" not in metafunc.fixturenames:
        return
    databases = [pytest.param("sqlite")]
    if ASKED == "all" or metafunc.module.__name__.startswith(ON_POSTGRES):
        databases.append(pytest.param("postgresql", marks=needs_postgres))
    metafunc.parametrize("database", databases, indirect=True)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    with serve() as server:
        yield server


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of SQLite's with nothing but the newest schema, to be copied: migrating takes longer than most tests."""
    file = tmp_path_factory.mktemp("database") / "empty.db"

    async def make() -> None:
        async with open_store(file):
            pass

    asyncio.run(make())
    return file


@pytest.fixture
async def database(request: pytest.FixtureRequest, empty_file: Path, tmp_path: Path) -> AsyncIterator[Where]:
    """An empty database, of whichever kind the test is run on."""
    if request.param == "sqlite":
        yield Path(shutil.copy(empty_file, tmp_path / "readings.db"))
        return
    server: Server = request.getfixturevalue("postgres")
    yield await emptied(server.address())
