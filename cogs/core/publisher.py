"""Posts what has been committed: a step first is in the store, then in its channel, then marked as posted."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any
from weakref import WeakValueDictionary

import discord
from discord import ui

from cogs.core.edit_queue import EditQueue
from cogs.core.responses import NOT_DONE, Interaction
from cogs.core.threads import Threads
from cogs.ui import layouts, page_update, texts
from story.rules.delivery_failure import DeliveryFailure
from story.rules.page import Page, Turn
from story.services.container import Services
from story.services.members import CLOCKS_DIFFER
from story.services.queries import is_private

log = logging.getLogger(__name__)

LOOK_BACK = 1000
"""Messages of a channel that are searched, newest first, for a step that may have been posted: ten requests' worth."""
SERVER_ERRORS, TOO_MANY = 500, 429
"""HTTP: the first status that says that it is the server's fault, and the one for too many requests."""
PATIENCE = 30.0
"""Seconds that a request is waited for: what has not been answered by then may have been carried out or not."""
PAUSES = (0.5, 1.0, 2.0, 4.0)
"""Seconds between the tries to show a page anew."""


class Publisher:
    """Posts pages, one at a time in each reading, and disables the ballots that they close."""

    def __init__(self, client: discord.Client, services: Services) -> None:
        self._client = client
        self._readings = services.readings
        self._queries = services.queries
        self._cards = EditQueue()
        self._discussions = Threads(client)
        self.on_hold: Callable[[datetime], None] = lambda _at: None
        """Called with the time when a page that could not be posted is to be tried again."""
        self._left: set[int] = set()
        """Messages whose page goes on further down."""
        self._posting: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    async def tell(self, turn: Turn, interaction: Interaction | None = None) -> int:
        """Post a turn, as the answer to an interaction where there is one; return the message it is told by.

        It is marked as posted last of all, so that after a crash on the way everything is looked after again.

        Raises:
            discord.HTTPException, aiohttp.ClientError, TimeoutError: it could not be posted. It stays unmarked and is
                kept with the reason; the next press or `/next` posts it, or it is tried again by itself.
        """
        _speak(turn.page)
        lock = self._in_order(turn.page.reading.id)
        # Whoever had the turn to post before may have posted this, too.
        again = turn.again or lock.locked()
        async with lock:
            told = await self._queries.message_of(turn.page) if again else None
            if told is not None:
                return told
            message = await self._tell(replace(turn, again=again), interaction)
        await self._discussions.follow(turn.page, message)
        return message

    async def retell(self, page: Page) -> int:
        """Post the last page of a reading anew at the bottom of its channel, and go on there; return its message.

        Of a long section that is its last part, with the buttons. It counts as not posted while that is under way, so
        that after a crash the copies are looked for, and only the newest goes on.
        """
        _speak(page)
        async with self._in_order(page.reading.id):
            turn = await self._queries.turn(page.reading.id)
            page, before = turn.page, turn.page.step.message
            if before is None:
                return await self._tell(turn)
            async with self._held_up(page):
                await self._readings.mark(page, None)
                self._left.add(before)
                try:
                    async with asyncio.timeout(PATIENCE):
                        sent = await self._channel(page).send(view=layouts.page(page)[-1], silent=page.settings.quiet)
                except NOT_DONE:
                    self._left.discard(before)
                    raise
            await self._show(page, before)
            await self._readings.mark(page, sent.id)
        return sent.id

    async def _tell(self, turn: Turn, interaction: Interaction | None = None) -> int:
        async with self._held_up(turn.page):
            return await self._post_and_mark(turn, interaction)

    @asynccontextmanager
    async def _held_up(self, page: Page) -> AsyncIterator[None]:
        """Have a page that cannot be posted within kept as that, and tried again where that may help."""
        try:
            yield
        except NOT_DONE as error:
            again_at = await self._readings.hold(page, _snag(error))
            if again_at:
                self.on_hold(again_at)
            raise

    async def _post_and_mark(self, turn: Turn, interaction: Interaction | None) -> int:
        message = await self._post(turn.page, await self._recall(turn.page) if turn.again else {}, interaction)
        if turn.before:
            if turn.again and await self._queries.message_of(turn.before) is None:
                recalled = await self._recall(turn.before)
                if recalled:
                    await self._readings.mark(turn.before, recalled[max(recalled)])
            await self.show(turn.before)
        await self._readings.mark(turn.page, message)
        return message

    async def _recall(self, page: Page) -> dict[int, int]:
        """Return which parts of a page stand in its channel already, as which messages.

        Where it was being posted anew, the newest copy goes on, and the others say so.
        """
        found = await self._found(page)
        for part, copies in found.items():
            self._left.discard(copies[0])
            self._left.update(copies[1:])
            for copy in copies[1:]:
                await self._show(page, copy, part)
        return {part: copies[0] for part, copies in found.items()}

    async def show(self, page: Page) -> None:
        """Show a page anew where it stands, as it is by then: nothing opens a closed ballot again."""
        message = await self._queries.message_of(page)
        if message is not None:
            await self._show(page, message)

    async def _show(self, page: Page, message: int, part: int = -1) -> None:
        await self._cards.edit(message, partial(self._keep_editing, page, message, part))

    async def _keep_editing(self, page: Page, message: int, part: int = -1) -> None:
        """Edit a message to what a page is now; again after a while where Discord cannot be reached."""
        _speak(page)
        for pause in (*PAUSES, None):
            now = page if page.closed_by else await self._queries.now(page)
            layout = layouts.page(now, moved=message in self._left)[part]
            if await self._edit(now, message, layout) or pause is None:
                return
            await asyncio.sleep(pause)

    async def _edit(self, page: Page, message: int, layout: ui.LayoutView) -> bool:
        """Edit a message; return whether there is no use in trying again."""
        try:
            async with asyncio.timeout(PATIENCE):
                await self._channel(page).get_partial_message(message).edit(view=layout)
        except discord.NotFound:
            log.info("reading %d: the message of step %d is gone", page.reading.id, page.step.n)
        except NOT_DONE as error:
            # The reading goes on all the same: an old ballot that can still be pressed answers that it is closed.
            log.warning("reading %d: step %d could not be shown anew: %r", page.reading.id, page.step.n, error)
            return isinstance(error, discord.HTTPException)
        return True

    async def _post(self, page: Page, found: dict[int, int], interaction: Interaction | None) -> int:
        """Post what is not there yet of a page; return the message of its last part."""
        message = 0
        for part, layout in enumerate(layouts.page(page)):
            if part in found:
                message = found[part]
                continue
            answered = await self._answer(interaction, page, layout) if interaction and part == 0 else None
            if answered is None:
                # Discord does not post one nonce twice within minutes.
                nonce = f"{page.reading.id}.{page.step.n}.{part}"[-25:]
                async with asyncio.timeout(PATIENCE):
                    answered = (await self._channel(page).send(view=layout, nonce=nonce, silent=page.settings.quiet)).id
            message = answered
        return message

    async def _answer(self, interaction: Interaction, page: Page, layout: ui.LayoutView) -> int | None:
        """Answer an interaction with the first part of a page; None if that does not stand in the channel now."""
        if interaction.response.is_done():
            return None
        try:
            async with asyncio.timeout(PATIENCE):
                return (await interaction.response.send_message(view=layout, silent=page.settings.quiet)).message_id
        except discord.NotFound:
            return None
        except NOT_DONE as error:
            # It may have arrived all the same, and only the word of that got lost.
            log.info("reading %d: whether step %d is posted is not known: %r", page.reading.id, page.step.n, error)
            return (await self._recall(page)).get(0)

    async def answer(self, interaction: Interaction, page: Page) -> None:
        """Answer a press that was counted with the page as it is now; show it without an answer where that fails."""
        message = interaction.message.id if interaction.message else 0

        async def newest() -> list[dict[str, Any]]:
            if message in self._left:
                return layouts.components(layouts.page(page, moved=True)[-1])
            return page_update.components(page)

        try:
            async with asyncio.timeout(PATIENCE):
                await self._cards.answer(interaction, message, newest, partial(self._keep_editing, page, message))
        except NOT_DONE as error:
            log.info("interaction %s could not be answered: %r", interaction.id, error)
            await self.show(page)
        if message in self._left:
            await self.show(page)

    async def _found(self, page: Page) -> dict[int, list[int]]:
        """Return which parts of a page stand in its channel already, as which messages, newest first.

        A page is posted after it was committed, and its parts carry the step in the id of what stands first in them.
        """
        since = discord.Object(discord.utils.time_snowflake(page.step.at - CLOCKS_DIFFER))
        parts = {layouts.mark(page.step.n, part): part for part in range(len(layouts.page(page)))}
        found: dict[int, list[int]] = {}
        async with asyncio.timeout(PATIENCE):
            async for message in self._channel(page).history(after=since, limit=LOOK_BACK, oldest_first=False):
                mine = self._client.user is not None and message.author.id == self._client.user.id
                marks = (getattr(component, "id", None) for component in message.components)
                part = next((parts[found_id] for found_id in marks if found_id in parts), None)
                if mine and part is not None and _may_be_of(message, page):
                    found.setdefault(part, []).append(message.id)
        return found

    def _in_order(self, reading: int) -> asyncio.Lock:
        """Return the turn to post in a reading, so that its sections stand in the channel in their order."""
        lock = self._posting.get(reading)
        if lock is None:
            lock = self._posting[reading] = asyncio.Lock()
        return lock

    def _channel(self, page: Page) -> discord.PartialMessageable:
        return self._client.get_partial_messageable(page.reading.channel, guild_id=_server(page))


def _snag(error: Exception) -> DeliveryFailure:
    """Say why a page could not be posted."""
    match error:
        case discord.Forbidden():
            return DeliveryFailure.FORBIDDEN
        case discord.NotFound():
            return DeliveryFailure.GONE
        case discord.HTTPException(status=status) if status < SERVER_ERRORS and status != TOO_MANY:
            return DeliveryFailure.REFUSED
        case _:
            return DeliveryFailure.UNREACHABLE


def _server(page: Page) -> int | None:
    return None if is_private(page.reading.guild) else page.reading.guild


def _speak(page: Page) -> None:
    """Speak as the server of a page wants it."""
    texts.speak(texts.Locale(page.settings.language, page.settings.plain))


def _may_be_of(message: discord.Message, page: Page) -> bool:
    """Whether a message's buttons, if it has any, are of this page: steps of other readings have the same numbers."""
    pages = {tuple(custom_id.split(":")[1:3]) for custom_id in _custom_ids(message.components)}
    return not pages or (str(page.reading.id), str(page.step.n)) in pages


def _custom_ids(components: Any) -> Iterator[str]:
    for component in components:
        if custom_id := getattr(component, "custom_id", None):
            yield custom_id
        yield from _custom_ids(getattr(component, "children", ()))
