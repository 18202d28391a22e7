"""Brings a database up to the newest schema, by the numbered scripts in `migrations/`."""

import re
from pathlib import Path

import aiosqlite

from story.store.database import UnusableDatabaseError, lost_rows
from story.store.dialect import SQLITE

MIGRATIONS = Path(__file__).parent / "migrations"


async def migrate(connection: aiosqlite.Connection, file: Path, folder: Path = MIGRATIONS) -> int:
    """Run the scripts that the database lacks, each in a transaction of its own; return the schema's version.

    The version is SQLite's `user_version`: the number of the last script that ran. The connection is in autocommit
    mode.

    Raises:
        UnusableDatabaseError: a newer version of the bot wrote it, or a script would lose rows. sqlite3.Error: a script
        failed, and the database is as it was before that script.
    """
    [(version,)] = await connection.execute_fetchall("PRAGMA user_version")
    newest, scripts = unseen(version, str(file), folder)
    for number, script in scripts:
        try:
            await _run(connection, number, script)
        except BaseException:
            await connection.rollback()
            raise
        finally:
            await connection.execute("PRAGMA foreign_keys = ON")
    return newest


def unseen(version: int, name: str, folder: Path = MIGRATIONS) -> tuple[int, list[tuple[int, str]]]:
    """Return the newest version of the schema, and the scripts that a database lacks, by their numbers.

    Raises:
        UnusableDatabaseError: a newer version of the bot wrote the database.
    """
    scripts = _scripts(folder)
    newest = scripts[-1][0]
    if version > newest:
        msg = (
            f"{name}: written by a newer version of the bot (schema {version}, this one knows {newest});"
            " update the bot or restore an older backup"
        )
        raise UnusableDatabaseError(msg)
    return newest, [(number, script) for number, script in scripts if number > version]


async def _run(connection: aiosqlite.Connection, number: int, script: str) -> None:
    """Run a script in a transaction; foreign keys are checked once, at its end, so that tables can be rebuilt.

    Raises:
        UnusableDatabaseError: it would lose rows without saying so in its first lines, or leave dangling ones.
    """
    await connection.execute("PRAGMA foreign_keys = OFF")
    before = await _counts(connection)
    await connection.executescript(f"BEGIN IMMEDIATE;\n{SQLITE.schema(script)}\nPRAGMA user_version = {number};")
    after = await _counts(connection)
    if lost := lost_rows(script, before, after):
        msg = f"migration {number} would drop rows of {', '.join(lost)}; nothing has changed"
        raise UnusableDatabaseError(msg)
    astray = list(await connection.execute_fetchall("PRAGMA foreign_key_check"))
    if astray:
        msg = f"migration {number} would leave rows of {astray[0][0]} that lead nowhere; nothing has changed"
        raise UnusableDatabaseError(msg)
    await connection.commit()


async def _counts(connection: aiosqlite.Connection) -> dict[str, int]:
    """Return how many rows each table has."""
    tables = await connection.execute_fetchall(SQLITE.TABLES)
    counts: dict[str, int] = {}
    for (name,) in tables:
        [(rows,)] = await connection.execute_fetchall(f'SELECT count(*) FROM "{name}"')
        counts[name] = rows
    return counts


def _scripts(folder: Path) -> list[tuple[int, str]]:
    """Return the scripts of a folder by their numbers, in order."""
    files = {found[0]: path for path in folder.glob("*.sql") if (found := re.match(r"\d+", path.name))}
    return sorted((int(number), path.read_text(encoding="utf-8")) for number, path in files.items())
