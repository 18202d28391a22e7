"""Carries out what has come due, each in a transaction that looks again, without waiting for Discord."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta

from story.errors import NotKeptError, Refusal
from story.rules.timer import Timer, TimerKind
from story.services.queries import Clock
from story.store import Store

MOST = 200
"""The most timers looked up at a time."""
AFTER_FAILURE = timedelta(minutes=1)
"""How long until a timer that failed is tried again."""

Handler = Callable[[Timer], Awaitable[None]]
log = logging.getLogger(__name__)


class Schedule:
    """Knows what is due, and which service's method carries out each kind of timer."""

    def __init__(self, store: Store, clock: Clock, handlers: Mapping[TimerKind, Handler]) -> None:
        self._store = store
        self._clock = clock
        self._handlers = handlers

    async def carry_out_due(self) -> None:
        """Carry out what is due, at most MOST timers. A failure is logged and put off, and holds up nothing."""
        for timer in await self._store.read.due(self._clock(), MOST):
            await self._carry_out(timer)

    async def next_due(self) -> datetime | None:
        """Return when something comes due next."""
        return await self._store.read.next_due()

    async def _carry_out(self, timer: Timer) -> None:
        try:
            await self._handlers[timer.kind](timer)
        except Refusal as refusal:
            log.warning("%s timer %d is put off: %r", timer.kind, timer.subject, refusal)
        except NotKeptError as error:
            self._store.outage.begin(error)
        except Exception:
            log.exception("%s timer %d failed", timer.kind, timer.subject)
        else:
            return
        async with self._store.transaction() as tx:
            await tx.put_off(timer, self._clock() + AFTER_FAILURE)
