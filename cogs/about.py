"""What the bot is: /help and /about."""

from typing import Any

from discord import app_commands, ui
from discord.ext import commands

from cogs.core.components import Components, values_of
from cogs.core.known_commands import KnownCommands
from cogs.core.responses import Interaction, rewrite, whisper, whisper_layout
from cogs.ui import layouts, texts
from story.services.queries import Queries


class About(commands.Cog):
    """Help, and credits."""

    def __init__(self, queries: Queries, presses: Components, known: KnownCommands) -> None:
        self._queries = queries
        self._known = known
        presses.add(r"help", self._choose)

    @app_commands.command(name="help", description=texts.describe("command.help"))
    async def help(self, interaction: Interaction) -> None:
        """Say how the bot works, and what one can do."""
        await whisper_layout(interaction, _help(texts.help_text(self._known.mention)))

    async def _choose(self, interaction: Interaction) -> None:
        subject = next(iter(values_of(interaction)), "")
        await rewrite(interaction, _help(texts.help_about(subject, self._known.mention), subject))

    @app_commands.command(name="about", description=texts.describe("command.about"))
    async def about(self, interaction: Interaction) -> None:
        """Say who made this."""
        await whisper(interaction, texts.about(list(self._queries.library)))


def _help(text: str, subject: str = "") -> ui.LayoutView:
    """Lay out a help text, with a select of subjects."""
    subjects = layouts.choice("help", texts.t("placeholder.help"), texts.help_subjects(), chosen=subject)
    return layouts.lay_out(ui.TextDisplay[Any](text), ui.ActionRow(subjects))
