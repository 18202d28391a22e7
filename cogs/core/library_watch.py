"""Checks the operator's folders every so often, so that an edited story needs no restart."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from discord.ext import commands

from story.services.library import Library

log = logging.getLogger(__name__)

LOOK_EVERY = 5.0
"""How many seconds lie between two looks. Nothing is read unless a file's time or size has changed."""


class LibraryWatch(commands.Cog):
    """Keeps the library as the folders are; a story that an edit breaks keeps its last good version."""

    def __init__(self, library: Library, changed: Callable[[], Awaitable[None]] | None = None) -> None:
        """Watch a library; `changed` is called at the start, and whenever a story has changed."""
        self._library = library
        self._changed = changed
        self._watching: asyncio.Task[None] | None = None

    async def cog_load(self) -> None:
        """Begin to look."""
        if self._library.has_folders:
            self._watching = asyncio.create_task(self._watch())

    async def cog_unload(self) -> None:
        """Stop looking."""
        if self._watching:
            self._watching.cancel()

    async def look(self) -> None:
        """Look once, and log mistakes in what has changed."""
        try:
            mistakes = await asyncio.to_thread(self._library.look_again)
        except OSError as error:
            log.warning("the story folders can't be read: %s", error)
            return
        if mistakes is None:
            return
        log.info("stories have changed; the library has %s", ", ".join(story.title for story in self._library))
        for mistake in mistakes:
            log.error("a story keeps its last good version: %s", mistake)
        await self._tell()

    async def _tell(self) -> None:
        if self._changed:
            try:
                await self._changed()
            except Exception:
                # It must keep looking: if it stopped, nobody would notice edits any more.
                log.exception("the readings could not be checked")

    async def _watch(self) -> None:
        await self._tell()
        while True:
            await asyncio.sleep(LOOK_EVERY)
            await self.look()
