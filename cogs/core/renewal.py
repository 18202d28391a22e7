"""Has what a process keeps in memory say what other processes have written."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from discord.ext import commands

from story.errors import NotKeptError
from story.store import Commit, Store

log = logging.getLogger(__name__)

STORE_PAUSE = 5.0
"""Seconds until it is tried again after the database could not be reached."""


class Renewal(commands.Cog):
    """Calls what reads it again, whenever another process may have changed it; once for many changes in a row."""

    def __init__(self, store: Store, *renew: Callable[[], Awaitable[None]]) -> None:
        self._renew = renew
        self._wanted = False
        self._work: asyncio.Task[None] | None = None
        store.subscribe(self._committed)

    def _committed(self, commit: Commit) -> None:
        if not commit.elsewhere:
            return
        self._wanted = True
        if self._work is None or self._work.done():
            self._work = asyncio.create_task(self._go_on())

    async def _go_on(self) -> None:
        while self._wanted:
            self._wanted = False
            try:
                for renew in self._renew:
                    await renew()
            except NotKeptError as error:
                log.warning("what other processes have changed cannot be looked up: %s", error)
                self._wanted = True
                await asyncio.sleep(STORE_PAUSE)

    async def cog_unload(self) -> None:
        """End."""
        if self._work:
            self._work.cancel()
