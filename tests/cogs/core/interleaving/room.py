"""A server in which members do things at once: the real services on a real database, and the model beside them."""

import asyncio
from collections.abc import Awaitable, Coroutine
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar, cast

from cogs.core.deliverers import Deliverers
from cogs.core.way import Way
from story.errors import NotKeptError
from story.importing.limits import LIMITS
from story.rules.delivery import Delivery, Lane
from story.rules.settings import Settings
from story.services.container import Services
from story.services.library import Library
from story.store import Commit, open_store
from tests.builders import Clock, story
from tests.cogs.core.interleaving.gates import Gates, NoThreads, Workers
from tests.cogs.core.interleaving.orders import Orders
from tests.cogs.core.interleaving.screen import Screen
from tests.cogs.core.interleaving.world import LENGTH, MOST_STORIES, World

T = TypeVar("T")
BEGAN = datetime(2100, 1, 1, 12, tzinfo=UTC)
"""After any day on which this is run: whether an event is to come goes by Discord's clock."""


class Room:
    """A story is read in one channel; in the other a group makes dates and holds sessions."""

    def __init__(self) -> None:
        self.gates = Gates()
        self.screen = Screen(self.gates)
        self.orders = Orders(World())
        self.clock = Clock()
        self.clock.time = BEGAN
        self.tasks: list[asyncio.Task[None]] = []
        self.lanes: dict[Lane, list[Delivery]] = {}
        self._carrying: set[Lane] = set()
        self._stack = AsyncExitStack()

    async def open(self, file: Path) -> None:
        asyncio.get_running_loop().set_default_executor(NoThreads())
        store = await self._stack.enter_async_context(open_store(file))
        library = Library([story(*"A" * LENGTH["tale"])])
        limits = replace(LIMITS, of_server=MOST_STORIES)
        settings = Settings(story="tale", seconds=86400)
        self.services = Services.of(store, library, self.clock, settings, limits, workers=Workers(self.gates))
        await self.services.imports.load()
        self.gates.guard(store, file)
        self._deliverers = Deliverers(self.services)
        store.subscribe(self._committed)

    async def close(self) -> None:
        self.gates.close()
        await self._stack.aclose()

    def _committed(self, commit: Commit) -> None:
        for delivery in commit.deliveries:
            self.lanes.setdefault(delivery.lane, []).append(delivery)

    # ---- what goes on

    @property
    def minute(self) -> int:
        """How many minutes have passed."""
        return self.minute_of(self.clock())

    def minute_of(self, moment: datetime) -> int:
        return round((moment - BEGAN).total_seconds() / 60)

    async def begin(self, work: Coroutine[Any, Any, None]) -> None:
        """Have something go on until its first gate."""
        self.tasks.append(asyncio.create_task(work))
        await self.gates.still()
        self.reap()

    async def let(self, which: int, *, fails: bool = False) -> None:
        """Open one of the gates; `fails` says what becomes of a commit behind it."""
        await self.gates.open(self.gates.shut[which % len(self.gates.shut)], fails=fails)
        self.reap()

    def reap(self) -> None:
        """Raise what a task has raised."""
        for task in [each for each in self.tasks if each.done()]:
            self.tasks.remove(task)
            task.result()

    async def ask(self, question: Awaitable[T]) -> T:
        """Return the answer to a question while nothing else goes on."""
        answers: list[T] = []

        async def ask() -> None:
            answers.append(await question)

        await self.begin(ask())
        await self.come_to_rest()
        return answers[0]

    async def come_to_rest(self, *, shown: bool = True) -> None:
        """Have everything done that has begun, and everything shown that is to be shown, if `shown`."""
        while True:
            while self.gates.shut:
                await self.let(0)
            assert not self.tasks, "they wait for each other"
            if not (shown and self.to_carry):
                return
            await self.begin(self.carry(0))

    # ---- what carries deliveries out

    @property
    def to_carry(self) -> list[Lane]:
        """The lanes in which something is to be carried out and nothing is under way."""
        return [lane for lane, waiting in self.lanes.items() if waiting and lane not in self._carrying]

    async def carry(self, which: int) -> None:
        """Carry out the next delivery of a lane; what the database has not taken is tried again."""
        lane = self.to_carry[which % len(self.to_carry)]
        self._carrying.add(lane)
        delivery = self.lanes[lane][0]
        try:
            await self._deliverers.carry_out(cast("Way", self.screen.way(delivery)), delivery)
            await self.services.deliveries.done(delivery)
            self.lanes[lane].remove(delivery)
        except NotKeptError:
            pass
        finally:
            self._carrying.discard(lane)
