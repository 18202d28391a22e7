"""Work that members ask for, in fair turns, with limits on how much runs, how much waits, and for how long."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

from story.errors import TooBusy, TooHeavy
from story.workers.processes import Threads, WorkerLostError, Workers

T = TypeVar("T")
AT_ONCE = 2
"""How many pieces are worked on at a time; one for each server, and for each member."""
MOST_OF_MEMBER, MOST_OF_SERVER, MOST = 6, 24, 200
"""How many pieces may be running or waiting: of a member, of a server, and in all."""
PATIENCE = 60.0
"""How many seconds a piece of work may take."""


@dataclass(eq=False)
class _Piece:
    """A piece of work for a member of a server; `turn` is done once its turn has come."""

    server: int
    member: int
    turn: asyncio.Future[None] = field(default_factory=lambda: asyncio.get_running_loop().create_future())


class Work:
    """Has functions carried out away from the event loop.

    Whose server and who themselves have been served least comes next.
    """

    def __init__(self, workers: Workers | None = None, patience: float = PATIENCE) -> None:
        self._workers: Workers = workers or Threads()
        self._here = Threads()
        self._patience = patience
        self._running: list[_Piece] = []
        self._waiting: list[_Piece] = []
        self._served: Counter[tuple[int, ...]] = Counter()

    async def do(self, server: int, member: int, function: Callable[..., T], *arguments: Any) -> T:
        """Carry out a function of a module with arguments that can be pickled; return what it returns.

        Raises:
            TooBusy: too much is waiting already, of the member's, the server's or in all.
            TooHeavy: it took too long, or too much memory.
        """
        async with self._turn(server, member):
            return await self._carry_out(self._workers, function, *arguments)

    async def do_here(self, server: int, member: int, function: Callable[..., T], *arguments: Any) -> T:
        """As `do`, in a thread: for work with its own bounds that uses the language of the task that asks."""
        async with self._turn(server, member):
            return await self._carry_out(self._here, function, *arguments)

    def ahead(self, server: int, member: int) -> int:
        """Return how many pieces would come before a member's next one, 0 if it would begin at once.

        Raises:
            TooBusy: it would not be taken.
        """
        pieces = [*self._running, *self._waiting]
        of_member = sum(piece.member == member for piece in pieces)
        of_server = sum(piece.server == server for piece in pieces)
        if of_member >= MOST_OF_MEMBER:
            raise TooBusy(yours=True)
        if of_server >= MOST_OF_SERVER or len(pieces) >= MOST:
            raise TooBusy(yours=False)
        if self._can_begin(server, member):
            return 0
        return max(1, of_member, of_server)

    # ---- within

    async def _carry_out(self, workers: Workers, function: Callable[..., T], *arguments: Any) -> T:
        try:
            async with asyncio.timeout(self._patience):
                return await workers.run(function, *arguments)
        except (TimeoutError, WorkerLostError, MemoryError):
            raise TooHeavy from None

    @asynccontextmanager
    async def _turn(self, server: int, member: int) -> AsyncIterator[None]:
        """Wait for a turn, and hold it."""
        self.ahead(server, member)
        piece = _Piece(server, member)
        self._waiting.append(piece)
        self._begin()
        try:
            await piece.turn
            yield
        finally:
            self._running = [each for each in self._running if each is not piece]
            self._waiting = [each for each in self._waiting if each is not piece]
            self._begin()

    def _begin(self) -> None:
        """Begin the pieces whose turn has come."""
        while ready := [piece for piece in self._waiting if self._can_begin(piece.server, piece.member)]:
            piece = min(ready, key=lambda each: (self._served[each.server,], self._served[each.server, each.member]))
            self._waiting.remove(piece)
            self._running.append(piece)
            self._served.update([(piece.server,), (piece.server, piece.member)])
            if not piece.turn.done():
                piece.turn.set_result(None)
        if not self._running:
            self._served.clear()

    def _can_begin(self, server: int, member: int) -> bool:
        free = len(self._running) < AT_ONCE
        return free and not any(server == each.server or member == each.member for each in self._running)
