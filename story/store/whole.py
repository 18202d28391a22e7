"""A database as a whole: its tables, and their rows in the order of their keys."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from graphlib import TopologicalSorter
from typing import Any

from story.store.rows import Connected

MOST = 1000
"""How many rows are read at a time."""
ENOUGH = 1_000_000
"""About how many letters are read at a time: a row may be a whole story."""

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its columns, their types, and which of them are its key."""

    name: str
    columns: tuple[str, ...]
    types: tuple[str, ...]
    key: tuple[str, ...]

    @property
    def listed(self) -> str:
        """The columns, as in a statement."""
        return _listed(self.columns)

    def key_of(self, row: Row) -> list[Any]:
        """Return the key of a row."""
        return [row[self.columns.index(column)] for column in self.key]


class Whole(Connected):
    """Reads and writes whole tables."""

    async def tables(self) -> list[Table]:
        """Return every table, each after those that it refers to."""
        names = sorted(name for (name,) in await self._rows(self._dialect.TABLES))
        sorter = TopologicalSorter[str](dict.fromkeys(names, ()))
        for child, parent in await self._rows(self._dialect.REFERENCES):
            sorter.add(child, parent)
        return [await self._table(name) for name in sorter.static_order()]

    async def _table(self, name: str) -> Table:
        columns = await self._rows(self._dialect.COLUMNS, name)
        key = sorted((place, column) for column, _, place in columns if place)
        names, types, _ = zip(*columns, strict=True)
        return Table(name, names, types, tuple(column for _, column in key))

    async def count(self, table: Table) -> int:
        """Return how many rows a table has."""
        [(count,)] = await self._rows(f'SELECT count(*) FROM "{table.name}"')
        return int(count)

    async def pages(self, table: Table) -> AsyncIterator[list[Row]]:
        """Yield the rows of a table in the order of its key, many at a time unless they are long."""
        last, most = None, 1
        while rows := await self.after(table, last, most):
            yield rows
            last = rows[-1]
            letters = sum(len(value) for row in rows for value in row if isinstance(value, str))
            most = min(MOST, 2 * most) if letters < ENOUGH else max(1, most // 2)

    async def after(self, table: Table, last: Row | None, most: int) -> list[Row]:
        """Return the rows of a table after one, or the first ones."""
        kinds = dict(zip(table.columns, table.types, strict=True))
        key = ", ".join(
            f'"{column}" {self._dialect.BYTEWISE if kinds[column].upper() == "TEXT" else ""}' for column in table.key
        )
        values = table.key_of(last) if last else []
        beyond = f"WHERE ({key}) > ({', '.join('?' * len(values))})" if last else ""
        sql = f'SELECT {table.listed} FROM "{table.name}" {beyond} ORDER BY {key} LIMIT {most}'
        return [tuple(row) for row in await self._rows(sql, *values)]

    async def insert(self, table: Table, rows: Sequence[Row]) -> None:
        """Write rows into a table."""
        source, values = self._dialect.values(table.types, rows)
        await self._rows(f'INSERT INTO "{table.name}" ({table.listed}) {source}', *values)

    async def counters(self) -> dict[str, int]:
        """Return the last number that each table has given, even if its row is gone."""
        return dict(await self._rows(self._dialect.COUNTERS))

    async def set_counter(self, name: str, last: int) -> None:
        """Make a table give numbers after one."""
        for statement in self._dialect.SET_COUNTER:
            await self._rows(statement, name, last)


def _listed(columns: Sequence[str]) -> str:
    return ", ".join(f'"{column}"' for column in columns)
