"""What is kept and how it is forgotten: /privacy and /forget, and the servers that remove the bot."""

import discord
from discord import app_commands
from discord.ext import commands

from cogs.core.components import Components
from cogs.core.locale import Locales
from cogs.core.permissions import place_of, require_manage_server
from cogs.core.responses import Interaction, rewrite, whisper, whisper_layout
from cogs.ui import layouts, texts
from story.services.container import Services


class Privacy(commands.Cog):
    """Says what is kept, and deletes it."""

    forget = app_commands.Group(name="forget", description=texts.FORGET)

    def __init__(self, bot: discord.Client, services: Services, presses: Components, locales: Locales) -> None:
        self._bot = bot
        self._members = services.members
        self._queries = services.queries
        self._locales = locales
        presses.add(r"forget", self._forget_server)

    @app_commands.command(name="privacy", description=texts.PRIVACY)
    async def privacy(self, interaction: Interaction) -> None:
        """Say what is kept, and why."""
        await whisper(interaction, texts.PRIVACY_TEXT)

    @forget.command(name="me", description=texts.FORGET_ME)
    async def forget_me(self, interaction: Interaction) -> None:
        """Forget the member who asks."""
        await self._members.forget_member(interaction.user.id)
        await whisper(interaction, texts.FORGOTTEN)

    @forget.command(name="server", description=texts.FORGET_SERVER)
    async def forget_server(self, interaction: Interaction) -> None:
        """Ask whether to forget the server."""
        require_manage_server(interaction)
        ask = layouts.confirm(texts.CONFIRM_FORGET_SERVER, texts.FORGET_SERVER_LABEL, "forget")
        await whisper_layout(interaction, ask)

    async def _forget_server(self, interaction: Interaction) -> None:
        require_manage_server(interaction)
        guild, _ = place_of(interaction)
        await self._members.forget_guild(guild)
        self._locales.learn(guild, await self._queries.settings(guild))
        await rewrite(interaction, layouts.notice(texts.SERVER_FORGOTTEN))

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """Notice which servers have removed the bot while it was off."""
        await self._members.notice_servers({guild.id for guild in self._bot.guilds})

    @commands.Cog.listener()
    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Begin to count the days until a server is forgotten."""
        await self._members.departed(guild.id)

    @commands.Cog.listener()
    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Stop counting."""
        await self._members.returned(guild.id)
