"""What is stored and how to delete it: /privacy, /forget me, and the button in /settings that forgets a server."""

from discord import app_commands
from discord.ext import commands

from cogs.core.components import Components
from cogs.core.locale import Locales
from cogs.core.permissions import place_of
from cogs.core.responses import Interaction, rewrite, whisper, whisper_layout
from cogs.ui import layouts, texts
from story.services.container import Services


class Privacy(commands.Cog):
    """Says what is stored, and deletes it."""

    forget = app_commands.Group(name="forget", description=texts.describe("command.forget"))

    def __init__(self, services: Services, presses: Components, locales: Locales) -> None:
        self._members = services.members
        self._queries = services.queries
        self._locales = locales
        presses.add(r"forgetme", self._forget_me, own=True)
        presses.add(r"forget", self._ask_server, own=True)
        presses.add(r"forgets", self._forget_server, own=True)

    @app_commands.command(name="privacy", description=texts.describe("command.privacy"))
    async def privacy(self, interaction: Interaction) -> None:
        """Say what is stored, and why."""
        await whisper(interaction, texts.privacy_text())

    @forget.command(name="me", description=texts.describe("command.forget.me"))
    async def forget_me(self, interaction: Interaction) -> None:
        """Ask whether to forget the member, and say what would go."""
        label = texts.t("button.forget_me")
        ask = layouts.confirm(texts.confirm_forget_me(), label, "forgetme", keep="button.cancel")
        await whisper_layout(interaction, ask)

    async def _forget_me(self, interaction: Interaction) -> None:
        await self._members.forget_member(interaction.user.id)
        await rewrite(interaction, layouts.notice(texts.t("forget.done")))

    async def _ask_server(self, interaction: Interaction) -> None:
        label = texts.t("button.forget_server")
        ask = layouts.confirm(texts.t("forget.server.ask"), label, "forgets", keep="button.back", back="settings:0")
        await rewrite(interaction, ask)

    async def _forget_server(self, interaction: Interaction) -> None:
        guild, _ = place_of(interaction)
        await self._members.forget_guild(guild)
        self._locales.learn(guild, await self._queries.settings(guild))
        await rewrite(interaction, layouts.notice(texts.t("forget.server.done")))
