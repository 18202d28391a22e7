"""The door: lets each interaction in once, and none any more when the bot is about to go."""

import asyncio
from typing import Any

import discord

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
        return True

    async def close(self, seconds: float) -> None:
        """Let nothing in any more, and wait, at most so long, until what is inside has been answered."""
        self._closed = True
        if self._inside:
            await asyncio.wait(self._inside, timeout=seconds)
