"""How a delivery reaches Discord: as the answer to an interaction where there is one, or with the bot's own token."""

import logging
from collections.abc import Awaitable, Callable
from typing import Any

import discord
from discord import ui

from cogs.core.edit_queue import EditQueue
from cogs.core.history import Part, component_ids, find
from cogs.core.private_api import show_components
from cogs.core.rate import Rate
from cogs.core.responses import NOT_DONE, Interaction
from cogs.ui import layouts
from story.rules.delivery import Delivery
from story.services.queries import is_private

UNKNOWN_MESSAGE = 10008
"""Discord's code for a message that is not there."""

log = logging.getLogger(__name__)


class Way:
    """The way of one delivery on one try.

    Its methods raise what discord.py and aiohttp raise. Before posting, they look for what may be there already, by the
    delivery's mark or by `part_of`, unless it is `fresh`: nobody has tried before.
    """

    def __init__(  # noqa: PLR0913 - by name
        self,
        client: discord.Client,
        delivery: Delivery,
        edits: EditQueue,
        limiter: Rate,
        *,
        fresh: bool,
        interaction: Interaction | None,
    ) -> None:
        self.client = client
        self.delivery = delivery
        self.limiter = limiter
        self.fresh = fresh
        self._edits = edits
        self._interaction = interaction
        self._found: dict[int, int] | None = {} if fresh else None
        guild = None if is_private(delivery.guild) else delivery.guild
        self.channel = client.get_partial_messageable(delivery.channel, guild_id=guild)

    async def open_direct(self) -> None:
        """Send the delivery to a member in private; their number is in place of the channel's."""
        async with self.limiter:
            direct = await self.client.create_dm(discord.Object(self.delivery.channel))
        self.channel = self.client.get_partial_messageable(direct.id)

    async def post(  # noqa: PLR0913 - what Discord takes beside a layout, by name
        self,
        layout: ui.LayoutView,
        *,
        part: int = 0,
        part_of: Part | None = None,
        silent: bool = False,
        file: discord.File | None = None,
        role: int | None = None,
    ) -> int:
        """Post one part of the delivery, unless it is there already; return its message. It pings only the role."""
        if part_of is None:
            layout.children[0].id = layouts.delivery_mark(self.delivery.id)
        part_of = part_of or self._by_mark
        found = await self._look(part_of)
        if part in found:
            return found[part]
        mentions = discord.AllowedMentions(everyone=False, users=False, roles=[discord.Object(role)] if role else False)
        files = [file] if file else []
        shown: dict[str, Any] = {"view": layout, "files": files, "silent": silent, "allowed_mentions": mentions}
        interaction, self._interaction = self._interaction, None
        if interaction and not interaction.response.is_done():
            answered = await self._answer(interaction, shown, part, part_of)
            if answered:
                return answered
            for each in files:
                each.reset()
        async with self.limiter:
            # Discord does not post one nonce twice within minutes.
            sent = await self.channel.send(**shown, nonce=f"{self.delivery.id}.{part}"[-25:])
        return sent.id

    async def _answer(self, interaction: Interaction, shown: dict[str, Any], part: int, part_of: Part) -> int | None:
        """Post a part as the answer to a press; return its message, or None if Discord did not take it."""
        try:
            answer = await interaction.response.send_message(**shown)
        except NOT_DONE as error:
            log.info("delivery %d: not taken as an answer: %r", self.delivery.id, error)
            if isinstance(error, discord.NotFound):
                return None
            # It may have arrived, and only the confirmation got lost.
            self._found = None
            return (await self._look(part_of)).get(part)
        return answer.message_id

    async def edit(self, message: int, layout: Callable[[], Awaitable[ui.LayoutView | None]]) -> None:
        """Edit a message, laid out when its turn comes; with None it stays as it is.

        A deleted message is left alone.
        """
        interaction, self._interaction = self._interaction, None
        if interaction and (interaction.message is None or interaction.message.id != message):
            interaction = None

        async def change() -> None:
            newest = await layout()
            if newest is None:
                return
            if interaction and not interaction.response.is_done():
                try:
                    await show_components(interaction, layouts.components(newest))
                except NOT_DONE as error:
                    log.info("delivery %d: not taken as an answer: %r", self.delivery.id, error)
                else:
                    return
            async with self.limiter:
                await self.channel.get_partial_message(message).edit(view=newest)

        try:
            await self._edits.edit(message, change)
        except discord.NotFound as error:
            if error.code != UNKNOWN_MESSAGE:
                raise
            log.info("delivery %d: its message is gone", self.delivery.id)

    async def standing(self, part_of: Part | None = None) -> dict[int, int]:
        """Return which parts of the delivery are in the channel already, and their messages."""
        return await self._look(part_of or self._by_mark)

    async def _look(self, part_of: Part) -> dict[int, int]:
        if self._found is None:
            me = self.client.user.id if self.client.user else 0
            since = self.delivery.created_at or discord.utils.utcnow()
            async with self.limiter:
                self._found = await find(self.channel, me, part_of, since=since, after=self.delivery.target)
        return self._found

    def _by_mark(self, message: discord.Message) -> int | None:
        mark = layouts.delivery_mark(self.delivery.id)
        return 0 if mark in component_ids(message.components) else None


def fixed(layout: ui.LayoutView) -> Callable[[], Awaitable[ui.LayoutView | None]]:
    """Return a function for `Way.edit` that returns a fixed layout."""

    async def laid_out() -> ui.LayoutView | None:
        return layout

    return laid_out
