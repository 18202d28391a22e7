"""Of several bots with one database on a server one uses it, and another takes over when that is gone or frozen."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg
import pytest

from story.errors import NotKeptError, TakenError
from story.store import Store, UnusableDatabaseError, Use, open_store
from story.store.postgres_connections import Writer
from story.store.postgres_lease import ALONE
from tests.postgres import Server, emptied, end_others, needs_postgres

pytestmark = needs_postgres


@pytest.fixture
async def address(postgres: Server) -> str:
    return await emptied(postgres.address())


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("story.store.postgres_connections.BEAT_EVERY", 0.02)
    monkeypatch.setattr("story.store.postgres_lease.LOOK_EVERY", 0.02)
    monkeypatch.setattr("story.store.postgres.LOOK_EVERY", 0.02)


@asynccontextmanager
async def holding(address: str, name: str = "another") -> AsyncIterator[asyncpg.Connection]:
    """Hold the lease, and say nothing more."""
    connection = await asyncpg.connect(address, server_settings={"application_name": name})
    await connection.fetchval("SELECT pg_advisory_lock($1)", ALONE)
    yield connection
    await connection.close()


async def taken_over(address: str) -> None:
    """Stand by, take over, write something, and go."""
    async with open_store(address, Use.STAND_BY) as store, store.transaction() as tx:
        await tx.set_note("who", "the one that stood by")


async def open_until_refused(address: str) -> None:
    """Try to be alone again and again."""
    while True:
        async with open_store(address, Use.ALONE):
            pass


async def keep(store: Store, value: str) -> None:
    async with store.transaction() as tx:
        await tx.set_note("who", value)


async def test_a_bot_that_nobody_is_before_does_not_stand_by(address: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    await taken_over(address)
    assert "standing by" not in caplog.text


async def test_a_bot_that_stands_by_waits_for_the_other_to_go(address: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    async with open_store(address, Use.ALONE) as store:
        waiting = asyncio.create_task(taken_over(address))
        await asyncio.wait([waiting], timeout=0.3)
        assert not waiting.done()
        await keep(store, "the first")
    await waiting
    assert "another bot uses the database; standing by" in caplog.text
    assert "taking over" in caplog.text


async def test_a_bot_that_gives_no_sign_of_life_is_superseded_and_can_write_nothing(
    address: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("story.store.postgres_lease.SILENT", 0.2)
    async with holding(address) as frozen:
        await taken_over(address)
        assert "it is superseded" in caplog.text
        with pytest.raises((asyncpg.PostgresConnectionError, asyncpg.InterfaceError, asyncpg.AdminShutdownError)):
            await frozen.execute("DELETE FROM note")


async def test_a_bot_that_gives_signs_of_life_is_not_superseded_though_nobody_writes(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("story.store.postgres_lease.SILENT", 2.0)
    async with open_store(address, Use.ALONE):
        waiting = asyncio.create_task(taken_over(address))
        await asyncio.wait([waiting], timeout=2.5)
        assert not waiting.done()
    await waiting


async def test_a_bot_takes_the_lease_back_from_a_connection_of_its_own_that_it_has_lost(address: str) -> None:
    async with open_store(address, Use.ALONE) as store:
        assert isinstance(store._writer, Writer)
        name = await (await store._writer.open()).fetchval("SHOW application_name")
        async with store._writer._one_at_a_time:
            await end_others(address)
            lost = holding(address, name)
            await lost.__aenter__()
        await keep(store, "the same")
        assert await store.read.note("who") == "the same"
        await lost.__aexit__(None, None, None)


async def test_a_bot_that_another_has_taken_over_from_is_told_and_writes_nothing_more(address: str) -> None:
    async with open_store(address, Use.ALONE) as store:
        assert isinstance(store._writer, Writer)
        told = asyncio.Event()
        store.when_taken(told.set)
        async with store._writer._one_at_a_time:
            await end_others(address)
            other = holding(address)
            await other.__aenter__()
        await asyncio.wait_for(told.wait(), 10)
        with pytest.raises(TakenError):
            await keep(store, "the frozen one")
        await other.__aexit__(None, None, None)


async def test_that_another_has_taken_over_may_be_of_interest_to_nobody(address: str) -> None:
    async with open_store(address, Use.ALONE) as store:
        assert isinstance(store._writer, Writer)
        async with store._writer._one_at_a_time:
            await end_others(address)
            other = holding(address)
            await other.__aenter__()
        with pytest.raises(TakenError):
            await store._writer.execute_fetchall("SELECT 1")
        await asyncio.sleep(0)
        await other.__aexit__(None, None, None)


async def test_a_sign_of_life_that_falls_into_a_transaction_does_nothing_to_it(address: str) -> None:
    async with open_store(address, Use.ALONE) as store:
        async with store.transaction() as tx:
            await tx.set_note("who", "one")
            await tx._rows("SELECT pg_sleep(0.1)")
            await tx.set_note("who", "two")
        assert await store.read.note("who") == "two"


async def test_signs_of_life_go_on_after_a_transaction_that_failed_and_after_the_server_was_away(
    address: str, postgres: Server
) -> None:
    async with open_store(address, Use.ALONE) as store:

        async def fail() -> None:
            async with store.transaction() as tx:
                with pytest.raises(asyncpg.PostgresError):
                    await tx._rows("SELECT 1 / 0")
                await asyncio.to_thread(postgres.stop)
                await asyncio.to_thread(postgres.start)

        with pytest.raises(NotKeptError):
            await fail()
        with pytest.raises(UnusableDatabaseError, match="another bot is using it"):
            await asyncio.wait_for(open_until_refused(address), 10)


async def test_to_stand_by_is_to_wait_for_the_server_too(
    address: str, postgres: Server, caplog: pytest.LogCaptureFixture
) -> None:
    postgres.stop()
    waiting = asyncio.create_task(taken_over(address))
    await asyncio.wait([waiting], timeout=0.3)
    assert not waiting.done()
    await asyncio.to_thread(postgres.start)
    await waiting
    assert "standing by until the database can be reached" in caplog.text
