"""What is asked of a connection to a database."""

from collections.abc import Sequence
from typing import Any, Protocol


class Connection(Protocol):
    """A connection as aiosqlite has it, as much of it as is used."""

    def execute_fetchall(self, sql: str, parameters: Sequence[object] = (), /) -> Any:
        """Carry out a statement, once that is awaited; return its rows."""

    async def commit(self) -> None:
        """Keep what was written since the transaction began."""

    async def rollback(self) -> None:
        """Undo it, if there is a transaction."""
