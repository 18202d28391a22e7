"""What a store needs from a database of either kind, and where databases are."""

import asyncio
import re
from abc import ABC, abstractmethod
from collections.abc import Callable
from enum import Enum, auto
from pathlib import Path

from story.store.connection import Connection
from story.store.dialect import Dialect
from story.store.shards import ShardLeases
from story.store.transaction import Transaction

FILE = "sqlite:///"
SERVER = "postgresql://"
SCHEMES = (FILE, SERVER)
"""What the URL of a PostgreSQL database begins with."""

Where = Path | str
"""A SQLite file, or a PostgreSQL address."""


class Use(Enum):
    """What else a database on a server may be used by at the same time; for a file there is `lock.exclusive_use`."""

    ANY = auto()
    """Anybody."""
    ALONE = auto()
    """No other bot; if one is there, this one is refused."""
    STAND_BY = auto()
    """No other bot; this one waits until none is there."""
    SHARED = auto()
    """Other processes that share the shards, and no bot that does not."""


class UnusableDatabaseError(Exception):
    """The database can't be used; the message says why and what to do, in one line."""


class Database(ABC):
    """An open database: one connection that writes, and one or more that read."""

    dialect: Dialect
    writer: Connection
    reader: Connection
    not_kept: tuple[type[Exception], ...]
    """What the driver raises when nothing can be written, beside NotKeptError."""
    errors: tuple[type[Exception], ...]
    """Whatever the driver raises."""
    leases: ShardLeases | None = None
    """Where several processes share the shards: this one's leases."""

    def __init__(self) -> None:
        self.turn = asyncio.Lock()
        """Held by whoever writes: tasks that share a connection share its transaction."""

    @abstractmethod
    async def begin(self) -> None:
        """Begin a transaction that writes."""

    async def require_room(self) -> None:  # noqa: B027 - a server sees to its own disk
        """Require room for another commit, as `begin` does; raises one of `not_kept`."""

    def transaction(self) -> Transaction:
        """Return what reads and writes within a transaction."""
        return Transaction(self.writer, self.dialect)

    @abstractmethod
    def story_text(self, story_id: str) -> str | None:
        """Return the text that a server's own story opens from, or None if it is gone. It does not wait."""

    async def look_at_stories(self) -> None:  # noqa: B027 - one that answers at once what it is asked need do nothing
        """Make `story_text` answer from what is committed now."""

    def when_it_returns(self, told: Callable[[], None]) -> None:  # noqa: B027 - a file does not go away
        """Call something when the database can be reached again."""

    def when_taken(self, told: Callable[[], None]) -> None:  # noqa: B027 - nobody takes a file that is locked
        """Call something when another bot has taken over the database, so that nothing more can be written."""


def located(url: str, base: Path = Path()) -> Where:
    """Return where a database is by its URL; a relative path starts in a folder."""
    return url if url.startswith(SERVER) else base / url.removeprefix(FILE)


def without_password(text: str) -> str:
    """Return a text without the passwords of the URLs in it."""
    return re.sub(r"(://[^/@:?#\s]*):[^/@\s]*@", r"\1@", text)


def lost_rows(script: str, before: dict[str, int], after: dict[str, int]) -> list[str]:
    """Return the tables that a migration would delete rows from without saying so in its first lines."""
    dropped = {line.removeprefix("-- drops: ") for line in script.splitlines() if line.startswith("-- drops: ")}
    return [table for table, rows in before.items() if table not in dropped and after.get(table, 0) < rows]
