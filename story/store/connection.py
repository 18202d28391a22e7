"""What a connection to a database must be able to do."""

from collections.abc import Sequence
from typing import Any, Protocol


class Connection(Protocol):
    """A connection: the part of aiosqlite's that is used."""

    def execute_fetchall(self, sql: str, parameters: Sequence[object] = (), /) -> Any:
        """Carry out a statement when awaited; return its rows."""

    async def commit(self) -> None:
        """Commit the transaction."""

    async def rollback(self) -> None:
        """Undo the transaction, if there is one."""
