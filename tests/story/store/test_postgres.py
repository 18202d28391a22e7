"""What is PostgreSQL's alone: its connections come and go, and others use it, too."""

import asyncio
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import asyncpg
import pytest

from story.errors import NotKeptError
from story.rules.presses import Press
from story.rules.steps import Kind, Reading
from story.store import Commit, Store, UnusableDatabaseError, Use, open_store
from story.store.postgres_connections import GONE, Readers
from story.store.postgres_migrate import migrate
from tests.builders import NOON, step
from tests.databases import pressed
from tests.postgres import Server, emptied, end_others, needs_postgres

pytestmark = needs_postgres


@pytest.fixture
async def address(postgres: Server) -> str:
    return await emptied(postgres.address())


async def begun(store: Store) -> Reading:
    async with store.transaction() as tx:
        reading = await tx.add_reading(1, 2, "tale", 3)
        await tx.append(reading.id, step(1, Kind.START))
    return reading


async def opened(address: str, use: Use = Use.ANY) -> None:
    async with open_store(address, use):
        pass


# ---- opening


@pytest.mark.parametrize("rest", ["127.0.0.1:1/x", "127.0.0.1:one/x", "/x?host=/nowhere"])
async def test_an_address_that_leads_nowhere_is_refused_and_its_password_is_not_shown(rest: str) -> None:
    with pytest.raises(UnusableDatabaseError, match="cannot be used as the database") as refused:
        await opened(f"postgresql://bot:secret@{rest}")
    assert str(refused.value).startswith(f"postgresql://bot@{rest}: ")
    assert "secret" not in str(refused.value)


async def test_a_server_that_is_too_old_is_refused(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("story.store.postgres.OLDEST", 990000)
    with pytest.raises(UnusableDatabaseError, match="15 or newer is needed"):
        await opened(address)


async def test_without_its_driver_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "story.store.postgres")
    monkeypatch.setitem(sys.modules, "asyncpg", None)
    with pytest.raises(UnusableDatabaseError, match=r"pip install -r requirements/postgresql\.txt"):
        await opened("postgresql://127.0.0.1/x")


async def test_of_two_that_want_to_be_alone_the_second_is_refused(address: str) -> None:
    async with open_store(address, Use.ALONE):
        with pytest.raises(UnusableDatabaseError, match="another bot is using it"):
            await opened(address, Use.ALONE)
    await opened(address, Use.ALONE)


# ---- migrations


@pytest.fixture
async def empty(postgres: Server) -> AsyncIterator[asyncpg.Connection]:
    """A connection to a place without tables."""
    connection = await asyncpg.connect(postgres.address())
    await connection.execute("DROP SCHEMA IF EXISTS empty CASCADE; CREATE SCHEMA empty; SET search_path = empty")
    yield connection
    await connection.close()


Migrate = Callable[..., Awaitable[int]]


@pytest.fixture
def run(empty: asyncpg.Connection, tmp_path: Path) -> Migrate:
    async def run_it(*scripts: str) -> int:
        for number, script in enumerate(scripts, 1):
            (tmp_path / f"{number:04}.sql").write_text(script, encoding="utf-8")
        return await migrate(empty, "here", tmp_path)

    return run_it


async def test_migrations_are_run_once_and_in_order(run: Migrate, empty: asyncpg.Connection) -> None:
    table = "CREATE TABLE x (n INTEGER NOT NULL) STRICT;"
    assert await run(table) == 1
    assert await run(table, "INSERT INTO x VALUES (7);") == 2
    assert await run(table, "INSERT INTO x VALUES (7);") == 2
    assert [row[0] for row in await empty.fetch("SELECT n FROM x")] == [7]


async def test_a_database_of_a_newer_version_is_refused(run: Migrate, empty: asyncpg.Connection) -> None:
    await run("CREATE TABLE x (n INTEGER NOT NULL) STRICT;")
    await empty.execute("INSERT INTO schema_version VALUES (999)")
    with pytest.raises(UnusableDatabaseError, match=r"here: written by a newer version of the bot \(schema 999"):
        await run()


async def test_a_migration_that_would_lose_rows_changes_nothing(run: Migrate, empty: asyncpg.Connection) -> None:
    filled = "CREATE TABLE x (n INTEGER NOT NULL) STRICT; INSERT INTO x VALUES (7);"
    await run(filled)
    with pytest.raises(UnusableDatabaseError, match="migration 2 would drop rows of x"):
        await run(filled, "DELETE FROM x;")
    assert await empty.fetchval("SELECT count(*) FROM x") == 1


async def test_processes_that_are_started_at_once_migrate_once(postgres: Server) -> None:
    connection = await asyncpg.connect(postgres.address())
    await connection.execute("DROP SCHEMA IF EXISTS empty CASCADE; CREATE SCHEMA empty")
    await connection.close()
    await asyncio.gather(*(opened(f"{postgres.address()}&search_path=empty") for _ in range(3)))


# ---- connections that are lost


async def test_a_transaction_that_loses_its_connection_keeps_nothing_and_the_next_one_works(address: str) -> None:
    async with open_store(address) as store:

        async def lose() -> None:
            async with store.transaction() as tx:
                await tx.set_note("key", "lost")
                await end_others(address)
                await tx.set_note("other", "lost")

        with pytest.raises(NotKeptError):
            await lose()
        async with store.transaction() as tx:
            assert await tx.note("key") is None
            await tx.set_note("key", "kept")
        assert await store.read.note("key") == "kept"


async def test_nothing_of_a_transaction_is_written_by_the_connection_that_comes_after_its_own(address: str) -> None:
    async with open_store(address) as store:

        async def lose() -> None:
            async with store.transaction() as tx:
                await end_others(address)
                with pytest.raises(NotKeptError):
                    await tx.set_note("key", "lost")
                await tx.set_note("other", "lost")

        with pytest.raises(NotKeptError, match="the connection to the database is lost"):
            await lose()
        assert await store.read.note("other") is None


async def test_whoever_subscribes_is_told_when_a_database_that_was_lost_can_be_written_to_again(address: str) -> None:
    async with open_store(address) as store:
        told: list[Commit] = []
        store.subscribe(told.append)
        await end_others(address)
        reading = await begun(store)
        assert told == [Commit(None, again=True, elsewhere=True), Commit(frozenset({reading.id}))]


async def test_a_vote_after_the_connection_was_lost_is_kept(address: str) -> None:
    async with open_store(address) as store:
        reading = await begun(store)
        await end_others(address)
        await store.keep_press(reading.id, 1, Press(4, "ben"))
        assert await pressed(store.read, reading.id) == [Press(4, "ben")]


async def test_while_the_server_is_down_nothing_is_kept_and_afterwards_it_goes_on(
    address: str, postgres: Server
) -> None:
    async with open_store(address) as store:
        reading = await begun(store)
        postgres.stop()
        with pytest.raises(NotKeptError):
            await store.read.reading(reading.id)
        with pytest.raises(NotKeptError):
            await store.keep_press(reading.id, 1, Press(4, "ben"))
        with pytest.raises(NotKeptError):
            await begun(store)
        postgres.start()
        assert await store.read.reading(reading.id) == reading
        await store.keep_press(reading.id, 1, Press(5, "ben"))
        assert await pressed(store.read, reading.id) == [Press(5, "ben")]


async def test_a_store_closes_while_the_server_is_down(address: str, postgres: Server) -> None:
    async with open_store(address):
        postgres.stop()
    postgres.start()


async def test_what_is_cancelled_in_the_middle_of_a_statement_is_undone_and_the_next_one_works(address: str) -> None:
    async with open_store(address) as store:

        async def sleep() -> None:
            async with store.transaction() as tx:
                await tx.set_note("key", "lost")
                await tx._rows("SELECT pg_sleep(60)")

        with pytest.raises(TimeoutError):
            await asyncio.wait_for(sleep(), 0.2)
        async with store.transaction() as tx:
            assert await tx.note("key") is None


async def test_what_goes_on_after_a_statement_has_failed_is_not_kept(address: str) -> None:
    async with open_store(address) as store:
        reading = await begun(store)

        async def go_on() -> None:
            async with store.transaction() as tx:
                with pytest.raises(asyncpg.UniqueViolationError):
                    await tx.append(reading.id, step(1, Kind.START))

        with pytest.raises(NotKeptError, match="a statement of the transaction has failed"):
            await go_on()


# ---- others who use it


async def test_a_reading_that_somebody_looks_at_in_a_transaction_is_changed_by_nobody_else_until_its_end(
    address: str,
) -> None:
    async with open_store(address) as one, open_store(address) as other:
        reading = await begun(one)

        async def last_seen_by_other() -> int:
            async with other.transaction() as tx:
                gathered = await tx.gather_in(2)
                assert gathered
                return gathered.steps[-1].n

        async with one.transaction() as tx:
            assert await tx.gather(reading.id)
            waiting = asyncio.create_task(last_seen_by_other())
            await asyncio.wait([waiting], timeout=0.2)
            assert not waiting.done()
            await tx.append(reading.id, step(2, Kind.SECTION, "2A"))
        assert await waiting == 2


# ---- what stories open from


async def test_a_story_can_be_opened_once_it_is_kept_and_no_longer_once_it_is_removed(address: str) -> None:
    async with open_store(address) as store:
        async with store.transaction() as tx:
            await tx.add_story("own", (1, 7), "Own", ("# Own", "opened"), NOON)
        assert store.story_text("own") == "opened"
        async with store.transaction() as tx:
            await tx.remove_story("own")
        assert store.story_text("own") is None


async def test_what_others_have_brought_in_can_be_opened_from_the_start_on_and_after_a_connection_was_lost(
    address: str,
) -> None:
    async with open_store(address) as one:
        async with one.transaction() as tx:
            for number in range(45):
                await tx.add_story(f"own-{number}", (1, 7), "Own", ("# Own", f"opened {number}"), NOON)
        async with open_store(address) as other:
            assert [other.story_text(f"own-{number}") for number in (0, 44)] == ["opened 0", "opened 44"]
            async with one.transaction() as tx:
                await tx.add_story("new", (1, 7), "New", ("# New", "new"), NOON)
            assert other.story_text("new") is None
            await end_others(address)
            await begun(other)
            assert other.story_text("new") == "new"


async def test_a_story_that_is_kept_while_nothing_can_be_read_is_found_at_the_next_change(
    address: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async with open_store(address) as store:
        async with store.transaction() as tx:
            await tx.add_story("own", (1, 7), "Own", ("# Own", "opened"), NOON)
            monkeypatch.setattr(Readers, "_ask", unreachable)
        assert store.story_text("own") is None
        assert "stories of servers may be missing until the next change" in caplog.text
        monkeypatch.undo()
        async with store.transaction() as tx:
            await tx.remove_story("another")
        assert store.story_text("own") == "opened"


async def unreachable(*_: object) -> None:
    raise NotKeptError(GONE)
