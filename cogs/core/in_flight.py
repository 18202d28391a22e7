"""The in-flight guard: lets each interaction in once, and none while the bot stops."""

import asyncio
from typing import Any

import discord

from cogs.core.responses import defer

ANSWER_WITHIN = 1.8
"""After how many seconds Discord is told that an answer takes longer; it gives up after 3."""
LAST_ANSWERS = 3.0
"""How many seconds answers under way have before the bot or a shard ends: Discord does not wait longer either."""
REMEMBERED = 2000
"""How many interactions are remembered: Discord may send some again after a connection resumes."""


class InFlight:
    """Knows which interactions have come in, and which are being answered."""

    def __init__(self) -> None:
        self._seen: dict[int, None] = {}
        self._inside: set[asyncio.Task[Any]] = set()
        self._closed = False

    def lets_in(self, interaction: discord.Interaction[Any]) -> bool:
        """Whether to answer an interaction, in the task that calls this: only the first time it comes in."""
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
        """Let nothing more in, and wait, at most so long, until what is under way has been answered."""
        self.shut()
        await self.settle(seconds)

    def shut(self) -> None:
        """Let nothing more in."""
        self._closed = True

    async def settle(self, seconds: float) -> None:
        """Wait, at most so long, until what is inside now has been answered."""
        if self._inside:
            await asyncio.wait(self._inside, timeout=seconds)
