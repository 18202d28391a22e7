"""The way that a reading has taken: /path."""

from discord import app_commands
from discord.ext import commands

from cogs.core import autocomplete
from cogs.core.deliverers import drawn
from cogs.core.permissions import place_of
from cogs.core.responses import Interaction, whisper, whisper_layout
from cogs.ui import path_picture, texts
from story.errors import NothingRead
from story.services.queries import Queries

PICTURE, TEXT = "picture", "text"
FORMS = [
    app_commands.Choice(name=texts.describe("choice.path.picture"), value=PICTURE),
    app_commands.Choice(name=texts.describe("choice.path.text"), value=TEXT),
]


class Path(commands.Cog):
    """The scenes that were read, through whose eyes, and whose eyes there were besides."""

    def __init__(self, queries: Queries) -> None:
        self._queries = queries

    @app_commands.command(name="path", description=texts.describe("command.path"))
    @app_commands.rename(form="as")
    @app_commands.describe(form=texts.describe("option.path.as"), reading=texts.describe("option.reading"))
    @app_commands.choices(form=FORMS)
    async def path(self, interaction: Interaction, form: str | None = None, reading: str | None = None) -> None:
        """Show the path."""
        page, _ = await self._queries.looked_back(*place_of(interaction), autocomplete.number(reading))
        if not page.place.path:
            raise NothingRead
        if form == TEXT or (form is None and page.settings.plain):
            await whisper(interaction, path_picture.as_text(page))
            return
        layout, file = await drawn(page, texts.path_caption(path_picture.unlettered(page)))
        await whisper_layout(interaction, layout, file)

    @path.autocomplete("reading")
    async def _readings(self, interaction: Interaction, typed: str) -> list[autocomplete.Choice]:
        return await autocomplete.read_here(self._queries, *place_of(interaction), typed)
