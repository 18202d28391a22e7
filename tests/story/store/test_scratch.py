"""A database that is there for a while, for the rehearsal."""

import sys
from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg
import pytest

from story.store import UnusableDatabaseError, open_store
from story.store.database import Where
from story.store.opening import scratch
from story.store.postgres_scratch import SCHEMA
from tests.databases import rows_of
from tests.postgres import Server, emptied, end_others, needs_postgres

SCHEMAS = "SELECT count(*) FROM pg_namespace WHERE nspname = $1"


@pytest.fixture
async def address(postgres: Server) -> str:
    return await emptied(postgres.address())


@pytest.fixture
async def connection(address: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(address)
    yield connection
    await connection.close()


async def read_something(where: Where) -> None:
    """Write to a database, and read it again."""
    async with open_store(where) as store:
        async with store.transaction() as tx:
            reading = await tx.add_reading(1, 2, "tale", 3)
        assert await store.read.reading(reading.id)


async def test_what_is_tried_in_it_touches_nothing_else(database: Where) -> None:
    async with open_store(database) as store:
        async with scratch(database) as place:
            await read_something(place)
        assert (await rows_of(store))["reading"] == 0


async def test_a_file_of_its_own_is_gone_afterwards(tmp_path: Path) -> None:
    async with scratch(tmp_path / "readings.db") as place:
        await read_something(place)
        assert isinstance(place, Path)
    assert not place.parent.exists()
    assert not (tmp_path / "readings.db").exists()


@needs_postgres
async def test_a_schema_of_its_own_is_gone_afterwards(address: str, connection: asyncpg.Connection) -> None:
    async with scratch(address) as place:
        await read_something(place)
        assert await connection.fetchval(SCHEMAS, SCHEMA) == 1
    assert await connection.fetchval(SCHEMAS, SCHEMA) == 0


@needs_postgres
async def test_what_one_that_was_killed_has_left_is_dropped(address: str, connection: asyncpg.Connection) -> None:
    await connection.execute(f"CREATE SCHEMA {SCHEMA}; CREATE TABLE {SCHEMA}.reading (id text)")
    async with scratch(address) as place:
        await read_something(place)
    assert await connection.fetchval(SCHEMAS, SCHEMA) == 0


@needs_postgres
async def test_two_at_once_do_not_share_it(address: str) -> None:
    async with scratch(address):
        with pytest.raises(UnusableDatabaseError, match="another rehearsal is using it"):
            async with scratch(address):
                pass


@needs_postgres
async def test_it_ends_quietly_where_the_server_has_gone_away(address: str) -> None:
    async with scratch(address):
        await end_others(address)
    async with scratch(address) as place:
        await read_something(place)


@needs_postgres
async def test_a_user_who_may_make_none_is_told_so(address: str, connection: asyncpg.Connection) -> None:
    await connection.execute("DROP ROLE IF EXISTS guest; CREATE ROLE guest LOGIN")
    with pytest.raises(UnusableDatabaseError, match="no schema can be made there"):
        async with scratch(address.replace("storyteller@", "guest@")):
            pass


@needs_postgres
async def test_an_address_that_leads_nowhere_is_refused() -> None:
    with pytest.raises(UnusableDatabaseError, match=r"bot@127\.0\.0\.1:1/x: cannot be used"):
        async with scratch("postgresql://bot:secret@127.0.0.1:1/x"):
            pass


async def test_without_its_driver_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "story.store.postgres_scratch")
    monkeypatch.delitem(sys.modules, "story.store.postgres", raising=False)
    monkeypatch.setitem(sys.modules, "asyncpg", None)
    with pytest.raises(UnusableDatabaseError, match=r"pip install -r requirements/postgresql\.txt"):
        async with scratch("postgresql://127.0.0.1/x"):
            pass
