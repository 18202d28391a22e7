"""Brings a PostgreSQL database up to the newest schema, with the same scripts as SQLite."""

from pathlib import Path

import asyncpg

from story.store.database import UnusableDatabaseError, lost_rows
from story.store.dialect import POSTGRES
from story.store.migrate import MIGRATIONS, unseen

_LOCK = 7_301_118
"""The number of the lock that a process holds while it migrates, as several may start at once."""


async def migrate(connection: asyncpg.Connection, name: str, folder: Path = MIGRATIONS) -> int:
    """Run the scripts that the database lacks, all in one transaction; return the schema's version.

    Raises:
        UnusableDatabaseError: a newer version of the bot wrote it, or a script would lose rows. asyncpg.PostgresError:
        a script failed; the database is as it was before.
    """
    async with connection.transaction():
        await connection.execute("SELECT pg_advisory_xact_lock($1)", _LOCK)
        await connection.execute("CREATE TABLE IF NOT EXISTS schema_version (version BIGINT NOT NULL)")
        version = await connection.fetchval("SELECT max(version) FROM schema_version") or 0
        newest, scripts = unseen(version, name, folder)
        for number, script in scripts:
            before = await counts(connection)
            await connection.execute(POSTGRES.schema(script))
            if lost := lost_rows(script, before, await counts(connection)):
                msg = f"migration {number} would drop rows of {', '.join(lost)}; nothing has changed"
                raise UnusableDatabaseError(msg)
            await connection.execute("INSERT INTO schema_version VALUES ($1)", number)
    return newest


async def counts(connection: asyncpg.Connection) -> dict[str, int]:
    """Return how many rows each table has."""
    tables = await connection.fetch(POSTGRES.TABLES)
    return {name: await connection.fetchval(f'SELECT count(*) FROM "{name}"') for (name,) in tables}
