"""Carries out what has come due, each in a transaction that looks again, without waiting for Discord."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta

from story.errors import NotKeptError, Refusal
from story.rules.shards import Shards
from story.rules.timer import Timer, TimerKind
from story.services.queries import Clock
from story.store import Store

MOST = 200
"""The most timers looked up at a time."""
AFTER_FAILURE = timedelta(minutes=1)
"""How long until a timer that failed is tried again."""
NOT_KEPT = timedelta(seconds=5)
"""How long where only the database did not take it, as when its server is restarted."""

Handler = Callable[[Timer], Awaitable[None]]
log = logging.getLogger(__name__)


class Schedule:
    """Knows what is due, and which service's method carries out each kind of timer."""

    def __init__(self, store: Store, clock: Clock, handlers: Mapping[TimerKind, Handler]) -> None:
        self._store = store
        self._clock = clock
        self._handlers = handlers

    async def carry_out_due(self, shards: Shards | None = None) -> None:
        """Carry out what is due, at most MOST timers. A failure is logged and put off, and holds up nothing.

        Where processes share the shards, only what is due in the servers of the given ones is carried out.
        """
        for timer in await self._store.read.due(self._clock(), MOST, shards):
            await self._carry_out(timer)

    async def next_due(self, shards: Shards | None = None) -> datetime | None:
        """Return when something comes due next, in those servers."""
        return await self._store.read.next_due(shards)

    async def _carry_out(self, timer: Timer) -> None:
        pause = AFTER_FAILURE
        try:
            await self._handlers[timer.kind](timer)
        except NotKeptError as error:
            self._store.outage.begin(error)
            pause = NOT_KEPT
        except Refusal as refusal:
            log.warning("%s timer %d is put off: %r", timer.kind, timer.subject, refusal)
        except Exception:
            log.exception("%s timer %d failed", timer.kind, timer.subject)
        else:
            return
        async with self._store.transaction() as tx:
            await tx.put_off(timer, self._clock() + pause)
