"""Makes sure that only one bot uses a database file."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from story.store.database import UnusableDatabaseError
from story.store.private import make_folder


@contextmanager
def exclusive_use(file: Path) -> Iterator[None]:
    """Keep a database to this bot while the block runs; the system ends that even if the bot is killed.

    Raises:
        UnusableDatabaseError: another bot uses it, or there is no room for the lock file beside it.
    """
    lock = FileLock(f"{file}.lock")
    try:
        make_folder(file.parent)
        lock.acquire(blocking=False)
    except Timeout:
        msg = f"{file}: another bot is using this database; stop that one first, or give this one its own"
        raise UnusableDatabaseError(msg) from None
    except OSError as error:
        msg = f"{file}: the folder of the database cannot be written to ({error.strerror})"
        raise UnusableDatabaseError(msg) from error
    try:
        yield
    finally:
        lock.release()
