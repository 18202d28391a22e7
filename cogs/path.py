"""The way that a reading has taken: /path."""

from discord import app_commands
from discord.ext import commands

from cogs.core import autocomplete
from cogs.core.deliverers import drawn, shown
from cogs.core.permissions import place_of
from cogs.core.responses import Interaction, whisper, whisper_layout
from cogs.core.turns import take_a_turn
from cogs.ui import path_picture, texts
from story.errors import NothingRead
from story.model import Pov
from story.rules.page import Page
from story.services.container import Services

PICTURE, TEXT = "picture", "text"
FORMS = [
    app_commands.Choice(name=texts.describe("choice.path.picture"), value=PICTURE),
    app_commands.Choice(name=texts.describe("choice.path.text"), value=TEXT),
]


class Path(commands.Cog):
    """The scenes that were read, through whose eyes, and whose else there were."""

    def __init__(self, services: Services) -> None:
        self._queries = services.queries
        self._work = services.work

    @app_commands.command(name="path", description=texts.describe("command.path"))
    @app_commands.rename(form="as")
    @app_commands.describe(form=texts.describe("option.path.as"), reading=texts.describe("option.reading"))
    @app_commands.choices(form=FORMS)
    async def path(self, interaction: Interaction, form: str | None = None, reading: str | None = None) -> None:
        """Show the path."""
        guild, channel = place_of(interaction)
        page, _ = await self._queries.looked_back(guild, channel, autocomplete.number(reading))
        if not page.place.path:
            raise NothingRead
        if form == TEXT or (form is None and page.settings.plain):
            await whisper(interaction, path_picture.as_text(page))
            return
        await take_a_turn(interaction, self._work)
        (png, alt), unlettered = await self._work.do_here(guild, interaction.user.id, _drawn, page)
        await whisper_layout(interaction, *shown(png, alt, texts.path_caption(unlettered)))

    @path.autocomplete("reading")
    async def _readings(self, interaction: Interaction, typed: str) -> list[autocomplete.Choice]:
        return await autocomplete.read_here(self._queries, *place_of(interaction), typed)


def _drawn(page: Page) -> tuple[tuple[bytes, str], list[tuple[int, Pov]]]:
    """Draw a path; return the picture, and the POVs whose names it can't write."""
    return drawn(page), path_picture.unlettered(page)
