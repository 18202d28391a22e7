"""Shows the newest state on messages that many members press at once."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from cogs.core.private_api import show_components
from cogs.core.responses import Interaction

PATIENCE = 1.5
"""How many seconds a press waits for its turn before it is answered without an edit; Discord waits for 3."""

Layout = Callable[[], Awaitable[list[dict[str, Any]]]]
"""Returns the components of a message, as Discord's JSON."""
Edit = Callable[[], Awaitable[None]]


class EditQueue:
    """Makes one edit at a time to each message, so that the newest state lands last.

    An edit that comes while another is under way waits, and a later one overtakes it: a burst of presses makes few
    edits, and each press is answered at once. Answers to interactions do not count towards Discord's rate limits;
    discord.py keeps to them for other edits.
    """

    def __init__(self) -> None:
        self._waiting: dict[int, asyncio.Future[bool] | None] = {}

    async def answer(self, interaction: Interaction, message: int, layout: Layout, edit: Edit) -> None:
        """Answer a press with its message, laid out when its turn comes.

        If that takes too long, the press is answered without it, and `edit` updates the message later.
        """
        turn = self._turn(message)
        try:
            if not turn.done():
                await asyncio.wait({turn}, timeout=PATIENCE)
            if (not turn.done() or not turn.result()) and not interaction.response.is_done():
                await interaction.response.defer()
            if await turn and interaction.response.is_done():
                await edit()
            elif turn.result():
                await show_components(interaction, await layout())
        finally:
            self._leave(message, turn)

    async def edit(self, message: int, edit: Edit) -> None:
        """Edit a message when its turn comes, unless something newer overtakes it."""
        turn = self._turn(message)
        try:
            if await turn:
                await edit()
        finally:
            self._leave(message, turn)

    def _turn(self, message: int) -> asyncio.Future[bool]:
        """Wait; return True when it is this edit's turn, or False if a later one overtook it."""
        mine = asyncio.get_running_loop().create_future()
        if message not in self._waiting:
            self._waiting[message] = None
            mine.set_result(True)
            return mine
        overtaken, self._waiting[message] = self._waiting[message], mine
        if overtaken and not overtaken.done():
            overtaken.set_result(False)
        return mine

    def _leave(self, message: int, turn: asyncio.Future[bool]) -> None:
        if turn.cancel() or turn.cancelled() or not turn.result():
            return
        following, self._waiting[message] = self._waiting[message], None
        if following and not following.done():
            following.set_result(True)
        else:
            del self._waiting[message]
