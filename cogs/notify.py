"""What the bot tells a member in private, if they want: /notify."""

from discord import app_commands
from discord.ext import commands

from cogs.core.components import Components
from cogs.core.permissions import server_of
from cogs.core.responses import Interaction, rewrite, whisper_layout
from cogs.ui import dates as date_layouts
from cogs.ui import texts
from story.rules.delivery import ALERTS, Direct
from story.services.container import Services


class Notify(commands.Cog):
    """Lets each member choose what they are told of votes in a server. At first, all of it is off."""

    def __init__(self, services: Services, presses: Components) -> None:
        self._alerts = services.alerts
        presses.add(rf"alert:({'|'.join(ALERTS)}):([01])", self._switch, own=True)

    @app_commands.command(name="notify", description=texts.describe("command.notify"))
    async def notify(self, interaction: Interaction) -> None:
        """Show what is on."""
        guild, _ = server_of(interaction)
        await whisper_layout(
            interaction, date_layouts.alerts(await self._alerts.switched_on(guild, interaction.user.id))
        )

    async def _switch(self, interaction: Interaction, what: str, on: str) -> None:
        guild, _ = server_of(interaction)
        now = await self._alerts.switch(guild, interaction.user.id, Direct(what), on=on == "1")
        await rewrite(interaction, date_layouts.alerts(now))
