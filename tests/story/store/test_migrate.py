"""Databases of older versions are brought up to the newest schema, and lose nothing on the way."""

import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import aiosqlite
import pytest

from story.store.database import UnusableDatabaseError
from story.store.migrate import MIGRATIONS, migrate


@pytest.fixture
async def connection(tmp_path: Path) -> AsyncIterator[aiosqlite.Connection]:
    async with aiosqlite.connect(tmp_path / "x.db", isolation_level=None) as opened:
        await opened.execute("PRAGMA foreign_keys = ON")
        yield opened


@pytest.fixture
def scripts(tmp_path: Path) -> Path:
    folder = tmp_path / "scripts"
    folder.mkdir()
    return folder


async def run(connection: aiosqlite.Connection, folder: Path, **scripts: str) -> int:
    """Write scripts such as `_0002="ALTER ..."`, and run what the database has not seen."""
    for name, script in scripts.items():
        (folder / f"{name.removeprefix('_')}_x.sql").write_text(script, encoding="utf-8")
    return await migrate(connection, Path("x.db"), folder)


async def rows(connection: aiosqlite.Connection, sql: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in await connection.execute_fetchall(sql)]


PARENT_AND_CHILD = """
CREATE TABLE parent (id SNOWFLAKE PRIMARY KEY) STRICT;
CREATE TABLE child (parent SNOWFLAKE NOT NULL REFERENCES parent (id) ON DELETE CASCADE) STRICT;
INSERT INTO parent VALUES (1);
INSERT INTO child VALUES (1);
"""
REBUILD = """
CREATE TABLE new (id SNOWFLAKE PRIMARY KEY, more TEXT) STRICT;
INSERT INTO new SELECT id, NULL FROM parent;
DROP TABLE parent;
ALTER TABLE new RENAME TO parent;
"""


async def test_migrations_are_run_once_and_in_order(connection: aiosqlite.Connection, scripts: Path) -> None:
    two = {"_0002": "ALTER TABLE t ADD COLUMN b;", "_0001": "CREATE TABLE t (a);"}
    assert await run(connection, scripts, **two) == 2
    assert await run(connection, scripts) == 2
    assert await rows(connection, "SELECT name FROM pragma_table_info('t')") == [("a",), ("b",)]


async def test_a_migration_that_fails_leaves_the_database_as_it_was(
    connection: aiosqlite.Connection, scripts: Path
) -> None:
    with pytest.raises(sqlite3.OperationalError):
        await run(connection, scripts, _0001="CREATE TABLE t (a); INSERT INTO nowhere VALUES (1);")
    assert await rows(connection, "SELECT name FROM sqlite_master") == []
    assert await rows(connection, "PRAGMA user_version") == [(0,)]
    assert await rows(connection, "PRAGMA foreign_keys") == [(1,)]


async def test_a_table_can_be_rebuilt_and_what_leads_to_it_stays(
    connection: aiosqlite.Connection, scripts: Path
) -> None:
    await run(connection, scripts, _0001=PARENT_AND_CHILD, _0002=REBUILD)
    assert await rows(connection, "SELECT * FROM parent") == [(1, None)]
    assert await rows(connection, "SELECT * FROM child") == [(1,)]
    assert await rows(connection, "PRAGMA foreign_keys") == [(1,)]


async def test_a_migration_that_would_leave_rows_that_lead_nowhere_fails(
    connection: aiosqlite.Connection, scripts: Path
) -> None:
    await run(connection, scripts, _0001=PARENT_AND_CHILD)
    with pytest.raises(UnusableDatabaseError, match="migration 2 would leave rows of child that lead nowhere"):
        await run(connection, scripts, _0002="UPDATE parent SET id = 2;")
    assert await rows(connection, "SELECT id FROM parent") == [(1,)]
    assert await rows(connection, "PRAGMA user_version") == [(1,)]


@pytest.mark.parametrize("loses", ["DELETE FROM child;", "DROP TABLE child;"])
async def test_a_migration_that_would_drop_rows_fails(
    connection: aiosqlite.Connection, scripts: Path, loses: str
) -> None:
    await run(connection, scripts, _0001=PARENT_AND_CHILD)
    with pytest.raises(UnusableDatabaseError, match="migration 2 would drop rows of child"):
        await run(connection, scripts, _0002=loses)
    assert await rows(connection, "SELECT * FROM child") == [(1,)]


@pytest.mark.parametrize("loses", ["DELETE FROM child;", "DROP TABLE child;"])
async def test_a_migration_drops_rows_where_its_script_says_so(
    connection: aiosqlite.Connection, scripts: Path, loses: str
) -> None:
    await run(connection, scripts, _0001=PARENT_AND_CHILD)
    assert await run(connection, scripts, _0002=f"-- What it held is in the parents.\n-- drops: child\n{loses}") == 2


async def test_what_a_script_says_of_one_table_holds_for_no_other(
    connection: aiosqlite.Connection, scripts: Path
) -> None:
    await run(connection, scripts, _0001=PARENT_AND_CHILD)
    with pytest.raises(UnusableDatabaseError, match="rows of parent"):
        await run(connection, scripts, _0002="-- drops: child\nDELETE FROM child; DELETE FROM parent;")


async def test_a_database_of_a_newer_version_is_refused(connection: aiosqlite.Connection, scripts: Path) -> None:
    await connection.execute("PRAGMA user_version = 2")
    with pytest.raises(UnusableDatabaseError, match=r"newer version of the bot \(schema 2, this one knows 1\)"):
        await run(connection, scripts, _0001="CREATE TABLE t (a);")


def test_every_table_is_strict() -> None:
    for script in MIGRATIONS.glob("*.sql"):
        text = script.read_text(encoding="utf-8")
        assert text.count("CREATE TABLE") == text.count(") STRICT")


def test_no_kind_or_state_is_bound_to_a_list_that_needs_a_table_rebuilt() -> None:
    for script in MIGRATIONS.glob("*.sql"):
        assert "CHECK (kind" not in script.read_text(encoding="utf-8")
        assert "CHECK (state" not in script.read_text(encoding="utf-8")
