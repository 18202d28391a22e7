"""What is wrong in a server, and what to do about it: /status."""

import discord
from discord import app_commands
from discord.ext import commands

from cogs.core.components import Components
from cogs.core.permissions import THREADS, VOICE, needed_in, server_of
from cogs.core.responses import Interaction, rewrite, whisper_layout
from cogs.ui import layouts, texts
from story.services.container import Services


class StatusCommand(commands.Cog):
    """Shows how things stand to those whom Discord lets use the command."""

    def __init__(self, services: Services, presses: Components) -> None:
        self._services = services
        presses.add(r"status:(\d{1,4})", self._turn, own=True)

    @app_commands.command(name="status", description=texts.describe("command.status"))
    @app_commands.default_permissions(manage_guild=True)
    async def status(self, interaction: Interaction) -> None:
        """Say what is wrong, and what to do about it."""
        await whisper_layout(interaction, await self._status(interaction, 0))

    async def _turn(self, interaction: Interaction, at: str) -> None:
        await rewrite(interaction, await self._status(interaction, int(at)))

    async def _status(self, interaction: Interaction, at: int) -> discord.ui.LayoutView:
        guild, channel = server_of(interaction)
        found = await self._services.troubles.status(guild)
        missing = await self._missing(interaction, guild)
        said = texts.missing_permissions(channel, missing) if missing else ""
        return layouts.pages(texts.status(found.readings, found.troubles, found.log, said), at, "status")

    async def _missing(self, interaction: Interaction, guild: int) -> list[str]:
        """Return the permissions that the bot could use here and lacks."""
        kind = interaction.channel.type if interaction.channel else None
        settings = await self._services.queries.settings(guild)
        needed = [*needed_in(kind)]
        if settings.discuss and kind not in {*THREADS, *VOICE}:
            needed.append("create_public_threads")
        if await self._services.queries.dates(guild):
            needed.append("create_events")
        return [name for name in needed if not getattr(interaction.app_permissions, name)]
