"""The door: lets each interaction in once, and none any more when the bot is about to go."""

import asyncio
from typing import Any

import discord

from cogs.core.responses import defer

ANSWER_WITHIN = 1.8
"""Seconds after which Discord is told that an answer takes longer; it gives up after 3."""
LAST_ANSWERS = 3.0
"""Seconds that are left for the answers under way before something ends: Discord waits no longer, either."""
REMEMBERED = 2000
"""Interactions that are known again: Discord may send some a second time after a connection was resumed."""


class InFlight:
    """Knows which interactions have come, and which are being answered."""

    def __init__(self) -> None:
        self._seen: dict[int, None] = {}
        self._inside: set[asyncio.Task[Any]] = set()
        self._closed = False

    def lets_in(self, interaction: discord.Interaction[Any]) -> bool:
        """Whether to answer an interaction, in the task that this is called from: only the first time that it comes."""
        if self._closed or interaction.id in self._seen:
            return False
        self._seen[interaction.id] = None
        if len(self._seen) > REMEMBERED:
            del self._seen[next(iter(self._seen))]
        task = asyncio.current_task()
        if task:
            self._inside.add(task)
            task.add_done_callback(self._inside.discard)
            if interaction.type is not discord.InteractionType.autocomplete:
                late = asyncio.get_running_loop().call_later(ANSWER_WITHIN, self._defer, interaction)
                task.add_done_callback(lambda _: late.cancel())
        return True

    def _defer(self, interaction: discord.Interaction[Any]) -> None:
        """Tell Discord that an answer takes longer: the database may be locked by another program."""
        if not interaction.response.is_done():
            deferring = asyncio.create_task(defer(interaction))
            self._inside.add(deferring)
            deferring.add_done_callback(self._inside.discard)

    async def close(self, seconds: float) -> None:
        """Let nothing in any more, and wait, at most so long, until what is inside has been answered."""
        self.shut()
        await self.settle(seconds)

    def shut(self) -> None:
        """Let nothing in any more."""
        self._closed = True

    async def settle(self, seconds: float) -> None:
        """Wait, at most so long, until what is inside now has been answered."""
        if self._inside:
            await asyncio.wait(self._inside, timeout=seconds)
