"""Opens a database of either kind, or one that is gone afterwards."""

import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from pathlib import Path

from story.store.database import Database, UnusableDatabaseError, Use, Where
from story.store.sqlite import open_sqlite


def open_database(where: Where, use: Use = Use.ANY) -> AbstractAsyncContextManager[Database]:
    """Open a database; the use matters on PostgreSQL, as a file has `lock.exclusive_use`."""
    if isinstance(where, Path):
        return open_sqlite(where)
    with _requiring_driver(where):
        from story.store.postgres import open_postgres  # noqa: PLC0415 - its driver is an extra
    return open_postgres(where, use)


@asynccontextmanager
async def scratch(where: Where) -> AsyncIterator[Where]:
    """Make an empty database of the kind of another, which is left alone; it is gone afterwards.

    Beside a file that is one in a temporary folder, and on a server a schema of its own within the database.

    Raises:
        UnusableDatabaseError: the server cannot be reached, or the user may make no schema there.
    """
    if isinstance(where, Path):
        with tempfile.TemporaryDirectory(prefix="storyteller-") as folder:
            yield Path(folder) / "scratch.db"
        return
    with _requiring_driver(where):
        from story.store.postgres_scratch import scratch_schema  # noqa: PLC0415 - its driver is an extra
    async with scratch_schema(where) as address:
        yield address


@contextmanager
def _requiring_driver(address: str) -> Iterator[None]:
    try:
        yield
    except ModuleNotFoundError as error:
        msg = f"{address.partition(':')[0]}: {error.name} is missing; pip install -r requirements/postgresql.txt"
        raise UnusableDatabaseError(msg) from error
