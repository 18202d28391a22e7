"""Questions that are answered by typing a line."""

from collections.abc import Awaitable, Callable
from typing import Any

import discord
from discord import ui

from cogs.core.responses import Interaction, answer_error


class LineModal(ui.Modal):
    """Asks for one line of text."""

    def __init__(
        self, title: str, answered: Callable[[Interaction, str], Awaitable[None]], *, longest: int = 100, now: str = ""
    ) -> None:
        super().__init__(title=title)
        self._text: ui.TextInput[Any] = ui.TextInput(max_length=longest, custom_id="answer", default=now or None)
        self.add_item(ui.Label(text=title, component=self._text))
        self._answered = answered

    async def on_submit(self, interaction: discord.Interaction, /) -> None:
        """Hand the text on; whatever goes wrong is answered as for a command."""
        try:
            await self._answered(interaction, self._text.value)
        except Exception as error:  # noqa: BLE001 - discord.py would only log it
            await answer_error(interaction, error)
