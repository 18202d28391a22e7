"""Buttons, selects and modals that outlive a restart: they are found by their custom_id, and answered like commands."""

import re
from collections.abc import Awaitable, Callable
from typing import Any

import discord

from cogs.core import responses
from cogs.core.directs import tell_unreached
from cogs.core.locale import Locales
from cogs.core.permissions import is_own, place_of
from cogs.ui import texts
from story.services.directs import Directs
from story.services.whereabouts import Whereabouts

ID = r"(\d{1,18})"
"""A number in a custom_id, small enough for SQLite's integers."""
READING, SESSION = r"(?P<reading>\d{1,18})", r"(?P<session>\d{1,18})"
"""The same, of a reading or a session; presses count only in its own channel. Reading 0 is none."""

Handler = Callable[..., Awaitable[None]]
"""Called with the interaction and the groups of its pattern."""


def values_of(interaction: discord.Interaction[Any]) -> list[str]:
    """Return the choice in the select that an interaction comes from; for channels and roles, numbers."""
    data: Any = interaction.data or {}
    return list(data.get("values", []))


class Components:
    """What custom_ids mean: a pattern and a handler for each kind of button."""

    def __init__(self, locales: Locales, whereabouts: Whereabouts, directs: Directs) -> None:
        self._locales = locales
        self._whereabouts = whereabouts
        self._directs = directs
        self._handlers: list[tuple[re.Pattern[str], Handler, bool]] = []

    def add(self, pattern: str, handler: Handler, *, own: bool = False) -> None:
        """Handle presses whose whole custom_id matches a pattern; its groups are the arguments.

        With `own`, they count only in a private message, from whoever opened it. Discord has then checked whether that
        member may use the command, including the owner's exceptions, which the bot can't see.
        """
        self._handlers.append((re.compile(pattern), handler, own))

    async def answer(self, interaction: discord.Interaction[Any], custom_id: str) -> None:
        """Handle a press; errors are answered as for a command."""
        if not interaction.client.in_flight.lets_in(interaction):
            return
        self._locales.answer(interaction)
        for pattern, handler, own in self._handlers:
            if (found := pattern.fullmatch(custom_id)) and (is_own(interaction) or not own):
                try:
                    await self._require_here(interaction, found)
                    await handler(interaction, *found.groups())
                except Exception as error:  # noqa: BLE001 - discord.py would only log it, and leave the press unanswered
                    await responses.answer_error(interaction, error)
                await tell_unreached(self._directs, interaction)
                return
        await responses.whisper(interaction, texts.t("error.old_button"))

    async def _require_here(self, interaction: discord.Interaction[Any], found: re.Match[str]) -> None:
        """Require that what a button belongs to is in the channel of the press."""
        numbers, here = found.groupdict(), place_of(interaction)
        if reading := int(numbers.get("reading") or 0):
            await self._whereabouts.require_reading(*here, reading)
        if session := int(numbers.get("session") or 0):
            await self._whereabouts.require_session(*here, session)
