"""Brings a database up to the newest schema, by the numbered scripts in `migrations/`."""

import re
import sqlite3
from pathlib import Path

import aiosqlite

MIGRATIONS = Path(__file__).parent / "migrations"


class UnusableDatabaseError(Exception):
    """The database cannot be used; the message says why and what to do, in one line."""


async def migrate(connection: aiosqlite.Connection, file: Path, folder: Path = MIGRATIONS) -> int:
    """Run the scripts that the database has not seen, each in a transaction of its own; return the schema's version.

    The version is SQLite's `user_version`: the number at the head of the last script that was run. The connection
    is in autocommit mode.

    Raises:
        UnusableDatabaseError: it was written by a newer version of the bot.
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
                await connection.executescript(f"BEGIN IMMEDIATE;\n{script}\nPRAGMA user_version = {number};\nCOMMIT;")
            except sqlite3.Error:
                await connection.rollback()
                raise
    return newest


def _scripts(folder: Path) -> list[tuple[int, str]]:
    """Return the scripts of a folder by their numbers, in order."""
    files = {found[0]: path for path in folder.glob("*.sql") if (found := re.match(r"\d+", path.name))}
    return sorted((int(number), path.read_text(encoding="utf-8")) for number, path in files.items())
