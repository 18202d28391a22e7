"""How the bot is doing, in numbers for whoever runs it. They name no member, server or story."""

import asyncio
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from story.errors import NotKeptError
from story.rules.delivery import Delivery
from story.services.queries import Clock
from story.store import Store

PATIENCE = 2.0
"""How many seconds the store has to take a note."""
NOTE = "looked_after"
STATES = ("pending", "retried", "held")


@dataclass(frozen=True, slots=True)
class Vitals:
    """How the bot is doing right now.

    `commits`, `votes` and `pages` count from its start. `deliveries` counts those that have not reached Discord yet, by
    state, and `oldest_delivery` is how many seconds the oldest has waited, 0 if there is none.
    """

    writable: bool = True
    commits: int = 0
    votes: int = 0
    pages: int = 0
    deliveries: Mapping[str, int] = field(default_factory=dict)
    oldest_delivery: float = 0.0


class VitalsService:
    """Looks at how the bot is doing."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def look(self) -> Vitals:
        """Look once; it writes a note, since a full disk can still be read."""
        counts, deliveries = self._store.counts, await self._store.read.deliveries(self._store.shards)
        states = Counter(map(_state, deliveries))
        since = [each.created_at for each in deliveries if each.created_at]
        return Vitals(
            await self._is_writable(),
            counts.commits,
            counts.votes,
            counts.pages,
            {state: states[state] for state in STATES},
            (self._clock() - min(since)).total_seconds() if since else 0.0,
        )

    async def _is_writable(self) -> bool:
        try:
            async with asyncio.timeout(PATIENCE), self._store.transaction() as tx:
                await tx.set_note(NOTE, self._clock().isoformat())
        except (NotKeptError, TimeoutError):
            return False
        return True


def _state(delivery: Delivery) -> str:
    """Return whether a delivery is new, waits for another try, or is on hold."""
    if delivery.failure is None:
        return "pending"
    return "held" if delivery.failure.holds else "retried"
