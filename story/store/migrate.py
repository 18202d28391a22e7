"""Brings a database up to the newest schema, by the numbered scripts in `migrations/`."""

import re
from pathlib import Path

import aiosqlite

from story.store.dialect import schema

MIGRATIONS = Path(__file__).parent / "migrations"


class UnusableDatabaseError(Exception):
    """The database cannot be used; the message says why and what to do, in one line."""


async def migrate(connection: aiosqlite.Connection, file: Path, folder: Path = MIGRATIONS) -> int:
    """Run the scripts that the database has not seen, each in a transaction of its own; return the schema's version.

    The version is SQLite's `user_version`: the number at the head of the last script that was run. The connection
    is in autocommit mode.

    Raises:
        UnusableDatabaseError: it was written by a newer version of the bot, or a script would lose rows.
        sqlite3.Error: a script failed; the database is as it was before that script.
    """
    scripts = _scripts(folder)
    [(version,)] = await connection.execute_fetchall("PRAGMA user_version")
    newest = scripts[-1][0]
    if version > newest:
        msg = (
            f"{file}: written by a newer version of the bot (schema {version}, this one knows {newest});"
            " update the bot or restore an older backup"
        )
        raise UnusableDatabaseError(msg)
    for number, script in scripts:
        if number > version:
            try:
                await _run(connection, number, script)
            except BaseException:
                await connection.rollback()
                raise
            finally:
                await connection.execute("PRAGMA foreign_keys = ON")
    return newest


async def _run(connection: aiosqlite.Connection, number: int, script: str) -> None:
    """Run a script in a transaction; foreign keys are looked at once, at its end, so that tables can be rebuilt.

    Raises:
        UnusableDatabaseError: it would lose rows that its first lines do not say, or leave some that lead nowhere.
    """
    await connection.execute("PRAGMA foreign_keys = OFF")
    before = await _counts(connection)
    await connection.executescript(f"BEGIN IMMEDIATE;\n{schema(script)}\nPRAGMA user_version = {number};")
    after = await _counts(connection)
    dropped = set(re.findall(r"^-- drops: (\w+)$", script, re.MULTILINE))
    lost = [table for table, rows in before.items() if table not in dropped and after.get(table, 0) < rows]
    if lost:
        msg = f"migration {number} would drop rows of {', '.join(lost)}; nothing has changed"
        raise UnusableDatabaseError(msg)
    astray = list(await connection.execute_fetchall("PRAGMA foreign_key_check"))
    if astray:
        msg = f"migration {number} would leave rows of {astray[0][0]} that lead nowhere; nothing has changed"
        raise UnusableDatabaseError(msg)
    await connection.commit()


async def _counts(connection: aiosqlite.Connection) -> dict[str, int]:
    """Return how many rows each table has."""
    tables = await connection.execute_fetchall("SELECT name FROM sqlite_schema WHERE type = 'table'")
    counts: dict[str, int] = {}
    for (name,) in tables:
        [(rows,)] = await connection.execute_fetchall(f'SELECT count(*) FROM "{name}"')
        counts[name] = rows
    return counts


def _scripts(folder: Path) -> list[tuple[int, str]]:
    """Return the scripts of a folder by their numbers, in order."""
    files = {found[0]: path for path in folder.glob("*.sql") if (found := re.match(r"\d+", path.name))}
    return sorted((int(number), path.read_text(encoding="utf-8")) for number, path in files.items())
