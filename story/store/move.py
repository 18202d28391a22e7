"""Copies everything from one database to another, which may be of the other kind."""

from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path

from story.errors import NotKeptError
from story.store.database import Database, UnusableDatabaseError, Use, Where
from story.store.lock import exclusive_use
from story.store.opening import open_database
from story.store.whole import Row, Table, Whole

Progress = Callable[[int, int], None]


class MoveError(Exception):
    """Nothing was copied; the message says why, in one line."""


async def move(source: Where, target: Where, progress: Progress) -> int:
    """Copy everything in one transaction, which compares it row by row at the end; return how many rows that were.

    `progress` gets how many rows have been copied or compared, and of how many: each row counts twice.

    Raises:
        MoveError: one of the two is in use or can't be used, or the target is not empty.
    """
    if isinstance(source, Path) and not source.is_file():
        raise MoveError(f"{source}: no such database")
    try:
        async with AsyncExitStack() as stack:
            for place in (source, target):
                if isinstance(place, Path):
                    stack.enter_context(exclusive_use(place))
            here = await stack.enter_async_context(open_database(source, Use.ALONE))
            there = await stack.enter_async_context(open_database(target, Use.ALONE))
            return await _within_transaction(here, there, progress)
    except (UnusableDatabaseError, NotKeptError) as error:
        raise MoveError(str(error)) from error


async def _within_transaction(source: Database, target: Database, progress: Progress) -> int:
    await target.begin()
    try:
        here, there = Whole(source.reader, source.dialect), Whole(target.writer, target.dialect)
        rows = await _carry(here, there, progress)
        await target.writer.commit()
    except target.errors as error:
        await target.writer.rollback()
        raise MoveError(str(error)) from error
    except BaseException:
        await target.writer.rollback()
        raise
    return rows


async def _carry(here: Whole, there: Whole, progress: Progress) -> int:
    tables, theirs = await here.tables(), {table.name: table for table in await there.tables()}
    if full := [table.name for table in tables if await there.count(table)]:
        raise MoveError(f"the database to move to is not empty: it has rows of {', '.join(full)}")
    total, done = sum([await here.count(table) for table in tables]), 0
    for table in tables:
        # The columns in our order, with the other database's names for their types.
        kinds = dict(zip(theirs[table.name].columns, theirs[table.name].types, strict=True))
        target = replace(table, types=tuple(kinds[column] for column in table.columns))
        last: Row | None = None
        async for rows in here.pages(table):
            await there.insert(target, rows)
            progress(done := done + len(rows), 2 * total)
        async for rows in here.pages(table):
            await _compare(there, target, last, rows)
            last = rows[-1]
            progress(done := done + len(rows), 2 * total)
    for name, number in (await here.counters()).items():
        await there.set_counter(name, number)
    return total


async def _compare(there: Whole, table: Table, last: Row | None, rows: list[Row]) -> None:
    """Require that the rows after one are these."""
    if await there.after(table, last, len(rows)) != rows:
        raise MoveError(f"rows of {table.name} are not what they were; nothing was copied")
