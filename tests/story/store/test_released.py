"""The database of every released version is upgraded, and each of its rows is there afterwards."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from story.rules.settings import Settings
from story.services.container import Services
from story.services.library import Library
from story.store import open_store
from tests.builders import Clock
from tests.story.room import ANN, CHANNEL, GUILD, OTHER_CHANNEL
from tests.story.store.fill_release import STORIES, dump, fill

RELEASED = sorted((Path(__file__).parent / "released").glob("*.sql"))
Rows = dict[str, tuple[tuple[str, ...], list[tuple[object, ...]]]]
"""Tables by name: their columns, and their rows in order."""


def rows_of(file: Path, columns: dict[str, tuple[str, ...]] | None = None) -> Rows:
    """Every row of every table, or of these tables and columns."""
    found: Rows = {}
    with closing(sqlite3.connect(file)) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        for table in columns or tables:
            known = tuple(name for (name,) in connection.execute("SELECT name FROM pragma_table_info(?)", (table,)))
            asked = columns[table] if columns else known
            rows = connection.execute(f"SELECT {', '.join(asked)} FROM {table}")  # noqa: S608 - names from the schema
            found[table] = asked, sorted(rows.fetchall(), key=repr)
    return found


def schema_of(file: Path) -> set[tuple[str, str, str]]:
    with closing(sqlite3.connect(file)) as connection:
        return set(connection.execute("SELECT type, name, sql FROM sqlite_schema"))


OF_SERVERS = ("shard", "identify")
"""Tables that are only used on a server, by processes that share the shards."""


@pytest.fixture(params=RELEASED, ids=lambda path: path.stem)
def released(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A database as a released version has left it."""
    file = tmp_path / "readings.db"
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(request.param.read_text(encoding="utf-8"))
    return file


async def test_an_upgrade_keeps_every_row(released: Path) -> None:
    before = rows_of(released)
    async with open_store(released):
        pass
    after = rows_of(released, {table: columns for table, (columns, _) in before.items()})
    assert {table: set(rows) - set(after[table][1]) for table, (_, rows) in before.items() if table in after} == {
        table: set() for table in before
    }


async def test_an_upgraded_database_has_the_schema_of_a_new_one(released: Path, tmp_path: Path) -> None:
    for file in (released, tmp_path / "new.db"):
        async with open_store(file):
            pass
    assert schema_of(released) == schema_of(tmp_path / "new.db")


async def test_an_upgraded_database_is_read_on_from(released: Path) -> None:
    async with open_store(released) as store:
        services = Services.of(store, Library(STORIES), Clock(), Settings(story="tale"))
        await services.imports.load()
        page = await services.queries.where(GUILD, OTHER_CHANNEL)
        assert page.ballot
        assert page.ballot.tally == {"ben": 1}
        assert (await services.sessions.held(GUILD, CHANNEL)).session.running
        assert [each.title for each in services.queries.library.own(GUILD + 1)] == ["Our Own"]
        assert [date.event for date in await services.queries.dates(GUILD)] == [None, 8000]
        assert len(await services.queries.movable(GUILD)) > len(await services.queries.readings(GUILD))
        assert page.reading.started_by == ANN


def test_every_table_of_a_released_database_has_rows(released: Path) -> None:
    assert [table for table, (_, rows) in rows_of(released).items() if not rows] == []


async def test_the_next_release_is_filled_the_same_way(tmp_path: Path) -> None:
    file = tmp_path / "readings.db"
    await fill(file)
    assert [table for table, (_, rows) in rows_of(file).items() if not rows] == [*OF_SERVERS]
    copy = tmp_path / "copy.db"
    with closing(sqlite3.connect(copy)) as connection:
        connection.executescript(dump(file))
    assert rows_of(copy) == rows_of(file)
