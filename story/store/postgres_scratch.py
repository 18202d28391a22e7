"""A schema of PostgreSQL's that is there for a while, so that what is tried in it touches nothing else."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from story.store.database import UnusableDatabaseError, without_password
from story.store.postgres import UNUSABLE
from story.store.postgres_connections import connect

SCHEMA = "storyteller_scratch"
_LOCK = 7_301_121
"""The number of the lock that whoever uses the schema holds."""
TAKEN = "another rehearsal is using it; end that one first"
_DROP = f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE"


@asynccontextmanager
async def scratch_schema(address: str) -> AsyncIterator[str]:
    """Make an empty schema in a database; yield the address by which it is all that there is, and drop it afterwards.

    What one that was killed has left there is dropped as well.

    Raises:
        UnusableDatabaseError: the database cannot be reached, the user may make no schema, or somebody else uses it.
    """
    shown = without_password(address)
    try:
        connection = await connect(address, None)
    except UNUSABLE as error:
        raise UnusableDatabaseError(f"{shown}: cannot be used as the database ({error}); check the address") from error
    try:
        if not await connection.fetchval("SELECT pg_try_advisory_lock($1)", _LOCK):
            raise UnusableDatabaseError(f"{shown}: {TAKEN}")
        try:
            await connection.execute(f"{_DROP}; CREATE SCHEMA {SCHEMA}")
        except UNUSABLE as error:
            raise UnusableDatabaseError(f"{shown}: no schema can be made there ({error})") from error
        try:
            yield f"{address}{'&' if '?' in address else '?'}search_path={SCHEMA}"
        finally:
            with suppress(*UNUSABLE):  # where the server has gone away, the next one drops it
                await connection.execute(_DROP)
    finally:
        connection.terminate()
