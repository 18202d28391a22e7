"""A database of PostgreSQL's as a file of SQLite's, so that both are looked into in the same way."""

import sqlite3
from contextlib import closing
from pathlib import Path

import asyncpg

from story.store.dialect import POSTGRES


async def copied(address: str, file: Path) -> Path:
    """Copy every table as it is at one instant into a file, in place of what is there; return the file."""
    connection = await asyncpg.connect(address)
    try:
        async with connection.transaction(isolation="repeatable_read", readonly=True):
            tables = [await _read(connection, name) for (name,) in await connection.fetch(POSTGRES.TABLES)]
    finally:
        await connection.close()
    with closing(sqlite3.connect(file)) as target, target:
        for name, columns, rows in tables:
            target.execute(f'DROP TABLE IF EXISTS "{name}"')
            target.execute(f'CREATE TABLE "{name}" ({columns})')
            target.executemany(f'INSERT INTO "{name}" VALUES ({", ".join("?" * (columns.count(",") + 1))})', rows)  # noqa: S608 - its own
    return file


async def _read(connection: asyncpg.Connection, table: str) -> tuple[str, str, list[tuple[object, ...]]]:
    statement = await connection.prepare(f'SELECT * FROM "{table}"')  # noqa: S608 - its own
    columns = ", ".join(f'"{column.name}"' for column in statement.get_attributes())
    return table, columns, [tuple(row) for row in await statement.fetch()]
