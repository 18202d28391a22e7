"""A thread under each section, to talk about it."""

import logging

import discord

from cogs.ui import texts
from story.rules.page import Page
from story.rules.steps import Step
from story.services.queries import is_private

log = logging.getLogger(__name__)

OPEN_FOR = 2
"""Sections whose threads are open at a time: the last, and the one before."""


class Threads:
    """Opens a thread under each section, and archives it when the story has moved on."""

    def __init__(self, client: discord.Client) -> None:
        self._client = client

    async def follow(self, page: Page, message: int) -> None:
        """Open the thread of a section that has been posted, and archive the one of two sections before."""
        path = page.place.path
        if not page.settings.discuss or is_private(page.reading.guild) or not path or path[-1].n != page.step.n:
            return
        try:
            await self._open(page, message)
            if len(path) > OPEN_FOR:
                await self._archive(path[-1 - OPEN_FOR])
        except discord.HTTPException as error:
            # A section is read without a thread, too.
            log.warning("reading %d: its thread could not be seen to: %r", page.reading.id, error)

    async def _open(self, page: Page, message: int) -> None:
        guild = self._client.get_guild(page.reading.guild)
        if guild is None or guild.get_thread(page.reading.channel):
            return  # a thread has no threads
        channel = self._client.get_partial_messageable(page.reading.channel, guild_id=guild.id)
        await channel.get_partial_message(message).create_thread(name=texts.thread_name(page))

    async def _archive(self, step: Step) -> None:
        """Archive a section's thread: it goes by the number of the message that it hangs under."""
        if step.message is None:
            return
        try:
            thread = await self._client.fetch_channel(step.message)
        except discord.NotFound:
            return  # there was none
        if isinstance(thread, discord.Thread):
            await thread.edit(archived=True)
