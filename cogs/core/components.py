"""Buttons, selects and modals that outlive a restart: found by their custom_id alone, and answered like a command."""

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
"""As that, of a reading or a session: presses are taken only in its own channel. Reading 0 is none."""

Handler = Callable[..., Awaitable[None]]
"""Called with the interaction and the groups of its pattern."""


def values_of(interaction: discord.Interaction[Any]) -> list[str]:
    """Return what was chosen in the select that an interaction comes from; numbers for channels and roles."""
    data: Any = interaction.data or {}
    return list(data.get("values", []))


class Components:
    """Which custom_ids mean what: a pattern and a handler for each kind of button."""

    def __init__(self, locales: Locales, whereabouts: Whereabouts, directs: Directs) -> None:
        self._locales = locales
        self._whereabouts = whereabouts
        self._directs = directs
        self._handlers: list[tuple[re.Pattern[str], Handler, bool]] = []

    def add(self, pattern: str, handler: Handler, *, own: bool = False) -> None:
        """Have presses whose whole custom_id matches a pattern handled, with its groups as arguments.

        With `own` they are taken only from a private message, by whoever opened it: Discord has looked then whether
        they may use its command, by the owner's exceptions too, which the bot cannot see.
        """
        self._handlers.append((re.compile(pattern), handler, own))

    async def answer(self, interaction: discord.Interaction[Any], custom_id: str) -> None:
        """Handle a press; whatever goes wrong is answered as for a command."""
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
        """Require that what a button goes by is in the channel of the press."""
        numbers, here = found.groupdict(), place_of(interaction)
        if reading := int(numbers.get("reading") or 0):
            await self._whereabouts.require_reading(*here, reading)
        if session := int(numbers.get("session") or 0):
            await self._whereabouts.require_session(*here, session)
