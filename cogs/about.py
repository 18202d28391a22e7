"""What the bot is: /help and /about."""

from discord import app_commands
from discord.ext import commands

from cogs.core.responses import Interaction, whisper
from cogs.ui import texts
from story.services.queries import Queries


class About(commands.Cog):
    """What one can do here, and who made it."""

    def __init__(self, queries: Queries) -> None:
        self._queries = queries

    @app_commands.command(name="help", description=texts.describe("command.help"))
    async def help(self, interaction: Interaction) -> None:
        """Say what one can do."""
        await whisper(interaction, texts.help_text())

    @app_commands.command(name="about", description=texts.describe("command.about"))
    async def about(self, interaction: Interaction) -> None:
        """Say who made this."""
        await whisper(interaction, texts.about(list(self._queries.library)))
