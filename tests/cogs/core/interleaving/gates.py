"""Gates before whatever services wait for: which one is opened next, and which commit fails, is for a test to say."""

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, closing
from enum import Enum, auto
from pathlib import Path
from typing import Any, Literal, TypeVar

from story.store import Store

T = TypeVar("T")
FULL = "database or disk is full"
"""What SQLite says of a commit that fails."""
ROUNDS = 5
"""How often the event loop goes round until all stands still: whoever is woken wakes others."""


class What(Enum):
    """What is behind a gate."""

    LOOK = auto()
    """Something is asked of the database, of another program, or of Discord."""
    TURN = auto()
    """A transaction begins, once no other is under way."""
    KEEP = auto()
    """What was written is committed; that may fail."""


class Gates:
    """Holds every task where it would wait for something, until its gate is opened."""

    def __init__(self) -> None:
        self._shut: dict[asyncio.Task[Any], tuple[What, asyncio.Future[bool]]] = {}
        self._stack = ExitStack()
        self._turn = Turn(self)

    def guard(self, store: Store, file: Path) -> None:
        """Put gates before all that a store waits for."""
        store._lock = self._turn
        store._writer = store._database.writer = Guarded(self._connect(file), self, writes=True)
        store.read._connection = Guarded(self._connect(file), self, writes=False)

    def _connect(self, file: Path) -> sqlite3.Connection:
        """Open a file without a thread beside: nothing then goes on unless a gate is opened."""
        connection = self._stack.enter_context(closing(sqlite3.connect(file, isolation_level=None)))
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = OFF")
        return connection

    def close(self) -> None:
        self._stack.close()

    async def wait(self, what: What = What.LOOK) -> None:
        """Wait until the gate is opened.

        Raises:
            sqlite3.OperationalError: it is a commit's, and that is to fail.
        """
        task, opened = asyncio.current_task(), asyncio.get_running_loop().create_future()
        assert task
        self._shut[task] = what, opened
        if await opened and what is What.KEEP:
            raise sqlite3.OperationalError(FULL)

    @property
    def shut(self) -> list[asyncio.Task[Any]]:
        """The tasks whose gates can be opened, in the order in which they came there."""
        free = not self._turn.locked()
        return [task for task, (what, _) in self._shut.items() if free or what is not What.TURN]

    async def open(self, task: asyncio.Task[Any], *, fails: bool = False) -> None:
        """Open the gate of a task, and wait until all stands still again."""
        _, opened = self._shut.pop(task)
        opened.set_result(fails)
        await self.still()

    async def still(self) -> None:
        """Wait until nothing goes on without a gate being opened."""
        for _ in range(ROUNDS):
            await asyncio.sleep(0)


class Turn(asyncio.Lock):
    """The lock of a store's transactions."""

    def __init__(self, gates: Gates) -> None:
        super().__init__()
        self._gates = gates

    async def acquire(self) -> Literal[True]:
        await self._gates.wait(What.TURN)
        return await super().acquire()


class Guarded:
    """A connection to a database. Within a transaction only its commit has a gate: nothing else can be written then."""

    def __init__(self, connection: sqlite3.Connection, gates: Gates, *, writes: bool) -> None:
        self._connection = connection
        self._gates = gates
        self._writes = writes

    async def execute_fetchall(self, sql: str, parameters: Sequence[object] = (), /) -> Any:
        if not self._writes:
            await self._gates.wait()
        elif not self._connection.in_transaction and not sql.startswith("BEGIN"):
            await self._gates.wait(What.KEEP)  # a statement that is a commit of its own
        return self._connection.execute(sql, parameters).fetchall()

    async def commit(self) -> None:
        await self._gates.wait(What.KEEP)
        self._connection.commit()

    async def rollback(self) -> None:
        self._connection.rollback()


class Workers:
    """Does what takes long at once, between two gates."""

    def __init__(self, gates: Gates) -> None:
        self._gates = gates

    async def run(self, function: Callable[..., T], *arguments: Any) -> T:
        await self._gates.wait()
        result = function(*arguments)
        await self._gates.wait()
        return result


class NoThreads(ThreadPoolExecutor):
    """Does at once what would be done in a thread."""

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **more: Any) -> Future[Any]:
        done: Future[Any] = Future()
        done.set_result(function(*arguments, **more))
        return done
