"""Shows the page under a press as it is now: in the answer to the press, or by an edit if that fails.

It does no harm if a vote is shown a moment late, so this is no delivery; whatever must be shown is one.
"""

import asyncio
import logging
from typing import Any

import discord

from cogs.core.edit_queue import EditQueue
from cogs.core.locale import Locales
from cogs.core.rate import Rate
from cogs.core.responses import NOT_DONE, Interaction
from cogs.ui import layouts, page_update, texts
from story.rules.page import Page
from story.services.queries import Queries

log = logging.getLogger(__name__)

PATIENCE = 30.0
"""How many seconds an answer or an edit may take."""


class Cards:
    """Shows pages again in their messages."""

    def __init__(
        self,
        client: discord.Client,
        queries: Queries,
        locales: Locales,
        edits: EditQueue,
        limiter: Rate,
    ) -> None:
        self._client = client
        self._queries = queries
        self._locales = locales
        self._edits = edits
        self._limiter = limiter

    async def answer_press(self, interaction: Interaction, page: Page) -> None:
        """Answer a counted press with the page as it is now; show it without an answer if that fails."""
        message = interaction.message.id if interaction.message else 0
        private = interaction.message is not None and interaction.message.flags.ephemeral
        spoken = texts.current_locale() if private else self._locales.of(page.reading.guild)

        async def newest() -> list[dict[str, Any]]:
            now = self._queries.cache.page(page.reading.id) or page
            if now.step.n != page.step.n:
                now = await self._queries.shown(page.reading.id, page.step.n) or page
            with texts.speaking(spoken):
                if _stands_further_down(now, message):
                    return layouts.components(layouts.page(now, moved=True)[-1])
                return page_update.components(now)

        try:
            async with asyncio.timeout(PATIENCE):
                await self._edits.answer(interaction, message, newest, lambda: self._show(page, message))
        except NOT_DONE as error:
            log.info("interaction %s could not be answered: %r", interaction.id, error)
            await self.show(page)
        if message != page.step.message:
            await self.show(page)

    async def show(self, page: Page) -> None:
        """Show a page again in its message, as it is by then: this never opens a closed ballot again."""
        message = await self._queries.message_of(page)
        if message is None:
            return
        try:
            async with asyncio.timeout(PATIENCE):
                await self._edits.edit(message, lambda: self._show(page, message))
        except NOT_DONE as error:
            log.warning("reading %d: step %d could not be shown again: %r", page.reading.id, page.step.n, error)

    async def _show(self, page: Page, message: int) -> None:
        now = await self._queries.shown(page.reading.id, page.step.n)
        if now is None:
            return
        with texts.speaking(self._locales.of(page.reading.guild)):
            layout = layouts.page(now, moved=_stands_further_down(now, message))[-1]
        channel = self._client.get_partial_messageable(page.reading.channel)
        async with self._limiter:
            await channel.get_partial_message(message).edit(view=layout)


def _stands_further_down(page: Page, message: int) -> bool:
    """Whether a page stands further down than a message; a newer one than its own is just becoming its own."""
    return page.step.message is not None and message < page.step.message
