"""Slows down a bot that something ends again and again: Discord allows 1,000 starts a day."""

import json
from datetime import timedelta

from story.services.queries import Clock
from story.store import Store

NOTE = "starts"
WITHIN = timedelta(hours=1)
FREE = 5
"""Starts within that time without a pause. Then the pause doubles, for some four hundred starts a day."""
LONGEST = timedelta(minutes=15)


class Starts:
    """Notes when the bot was started."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def note(self) -> tuple[int, timedelta]:
        """Note a start; return how many there were within an hour, and how long to wait before this one.

        Where processes share the shards, each of them may start as often as a single one.
        """
        now = self._clock()
        async with self._store.transaction() as tx:
            earlier = json.loads(await tx.note(NOTE) or "[]")
            starts = [at for at in earlier if 0 <= now.timestamp() - at < WITHIN.total_seconds()]
            await tx.set_note(NOTE, json.dumps([*starts, now.timestamp()]))
        too_many = len(starts) // self._store.processes - FREE
        return len(starts) + 1, min(timedelta(seconds=2**too_many), LONGEST) if too_many >= 0 else timedelta()
