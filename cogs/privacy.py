"""What is kept and how it is forgotten: /privacy and /forget, and the servers that remove the bot."""

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

    forget = app_commands.Group(name="forget", description=texts.describe("command.forget"))

    def __init__(self, services: Services, presses: Components, locales: Locales) -> None:
        self._members = services.members
        self._queries = services.queries
        self._locales = locales
        presses.add(r"forget", self._forget_server)

    @app_commands.command(name="privacy", description=texts.describe("command.privacy"))
    async def privacy(self, interaction: Interaction) -> None:
        """Say what is kept, and why."""
        await whisper(interaction, texts.privacy_text())

    @forget.command(name="me", description=texts.describe("command.forget.me"))
    async def forget_me(self, interaction: Interaction) -> None:
        """Forget the member who asks."""
        await self._members.forget_member(interaction.user.id)
        await whisper(interaction, texts.t("forget.done"))

    @forget.command(name="server", description=texts.describe("command.forget.server"))
    async def forget_server(self, interaction: Interaction) -> None:
        """Ask whether to forget the server."""
        require_manage_server(interaction)
        ask = layouts.confirm(texts.t("forget.server.ask"), texts.t("button.forget_server"), "forget")
        await whisper_layout(interaction, ask)

    async def _forget_server(self, interaction: Interaction) -> None:
        require_manage_server(interaction)
        guild, _ = place_of(interaction)
        await self._members.forget_guild(guild)
        self._locales.learn(guild, await self._queries.settings(guild))
        await rewrite(interaction, layouts.notice(texts.t("forget.server.done")))
