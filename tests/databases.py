"""What tests want of a store's database, whichever it is."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiosqlite
import pytest

from story.rules.presses import Press
from story.store import Snapshot, Store
from story.store.dialect import SQLITE
from story.store.postgres_connections import Readers, Writer

CALLS = {
    aiosqlite.Connection: ("execute", "execute_fetchall", "execute_insert", "executemany", "commit", "rollback"),
    Writer: ("execute_fetchall", "commit", "rollback"),
    Readers: ("execute_fetchall",),
}
"""What asks a database for something, each but once."""


def said_to_database(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is asked of databases from now on, over any connection."""
    said: list[str] = []

    def watch(kind: type, name: str) -> None:
        call = getattr(kind, name)

        def noted(self: object, *args: object, **more: object) -> object:
            said.append(f"{name} {args[0] if args else ''}")
            return call(self, *args, **more)

        monkeypatch.setattr(kind, name, noted)

    for kind, names in CALLS.items():
        for name in names:
            watch(kind, name)
    return said


async def pressed(q: Snapshot, reading_id: int) -> list[Press]:
    """What is pressed under the last step of a reading."""
    gathered = await q.gather(reading_id)
    assert gathered
    return gathered.presses


@asynccontextmanager
async def taking_nothing(store: Store) -> AsyncIterator[None]:
    """Have a database that can only be read, as one whose disk is full."""
    on_sqlite = store._dialect is SQLITE
    switch = "PRAGMA query_only = {}" if on_sqlite else "SET default_transaction_read_only = {}"
    await store._writer.execute_fetchall(switch.format("ON"))
    yield
    await store._writer.execute_fetchall(switch.format("OFF"))


async def rows_of(store: Store) -> dict[str, int]:
    """How many rows each table has."""
    tables = [name for (name,) in await store.read._rows(store._dialect.TABLES)]
    counts = [await store.read._rows(f'SELECT count(*) FROM "{name}"') for name in tables]  # noqa: S608 - its own
    return {name: count for name, [(count,)] in zip(tables, counts, strict=True)}
