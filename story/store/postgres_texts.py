"""The texts of the servers' own stories, copied to this machine: opening one must not wait for the network.

The copy is a temporary SQLite database. It is in memory as far as it fits, on disk beyond that, and gone with the
process.
"""

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Self

from story.errors import NotKeptError
from story.store.connection import Connection

AT_ONCE = 20
"""How many texts are fetched at a time."""
log = logging.getLogger(__name__)


class Texts:
    """The texts, by the ids of their stories."""

    def __init__(self, reader: Connection, copy: sqlite3.Connection) -> None:
        self._reader = reader
        self._copy = copy
        copy.execute("CREATE TABLE story (id TEXT PRIMARY KEY, opened TEXT NOT NULL) STRICT")

    @classmethod
    @contextmanager
    def open(cls, reader: Connection) -> Iterator[Self]:
        """Open an empty copy for what a connection reads."""
        with closing(sqlite3.connect("", isolation_level=None, check_same_thread=False)) as copy:
            yield cls(reader, copy)

    def get(self, story_id: str) -> str | None:
        """Return the text of a story, or None if there is none."""
        row = self._copy.execute("SELECT opened FROM story WHERE id = ?", (story_id,)).fetchone()
        return row[0] if row else None

    async def look(self) -> None:
        """As `fill`, but if the database can't be reached, try again next time."""
        try:
            await self.fill()
        except NotKeptError as error:
            log.warning("stories of servers may be missing until the next change: %s", error)

    async def fill(self) -> None:
        """Fetch what is new, and drop what is gone; a text never changes.

        Raises:
            NotKeptError: the database can't be reached.
        """
        there = {row[0] for row in await self._reader.execute_fetchall("SELECT id FROM story WHERE opened IS NOT NULL")}
        here = {row[0] for row in self._copy.execute("SELECT id FROM story")}
        self._copy.executemany("DELETE FROM story WHERE id = ?", [(story_id,) for story_id in here - there])
        missing = sorted(there - here)
        for first in range(0, len(missing), AT_ONCE):
            batch = missing[first : first + AT_ONCE]
            rows = await self._reader.execute_fetchall("SELECT id, opened FROM story WHERE id = ANY($1)", [batch])
            self._copy.executemany("INSERT INTO story VALUES (?, ?) ON CONFLICT (id) DO NOTHING", map(tuple, rows))
