"""Opens a database of either kind."""

from contextlib import AbstractAsyncContextManager
from pathlib import Path

from story.store.database import Database, UnusableDatabaseError, Where
from story.store.sqlite import open_sqlite


def open_database(where: Where, *, alone: bool, stand_by: bool = False) -> AbstractAsyncContextManager[Database]:
    """Open a database; `alone` and `stand_by` are for PostgreSQL, as a file has `lock.exclusive_use`."""
    if isinstance(where, Path):
        return open_sqlite(where)
    try:
        from story.store.postgres import open_postgres  # noqa: PLC0415 - its driver is an extra
    except ModuleNotFoundError as error:
        msg = f"{where.partition(':')[0]}: {error.name} is missing; pip install -r requirements/postgresql.txt"
        raise UnusableDatabaseError(msg) from error
    return open_postgres(where, alone=alone, stand_by=stand_by)
