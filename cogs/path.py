"""The way that a reading has taken: /path."""

import asyncio
from io import BytesIO

import discord
from discord import app_commands
from discord.ext import commands

from cogs.core.permissions import place_of
from cogs.core.responses import Interaction, whisper, whisper_layout
from cogs.ui import layouts, path_picture, texts
from story.errors import NothingRead
from story.rules.page import Page
from story.services.queries import Queries

PICTURE, TEXT = "picture", "text"
FORMS = [
    app_commands.Choice(name=texts.PATH_AS_PICTURE, value=PICTURE),
    app_commands.Choice(name=texts.PATH_AS_TEXT, value=TEXT),
]


class Path(commands.Cog):
    """The scenes that were read, through whose eyes, and whose eyes there were besides."""

    def __init__(self, queries: Queries) -> None:
        self._queries = queries

    @app_commands.command(name="path", description=texts.PATH)
    @app_commands.rename(form="as")
    @app_commands.describe(form=texts.PATH_AS)
    @app_commands.choices(form=FORMS)
    async def path(self, interaction: Interaction, form: str | None = None) -> None:
        """Show the path."""
        page = await self._queries.place(*place_of(interaction))
        if not page.place.path:
            raise NothingRead
        if form == TEXT or (form is None and page.settings.plain):
            await whisper(interaction, path_picture.as_text(page))
            return
        layout, file = await drawn(page, texts.path_caption(path_picture.unlettered(page)))
        await whisper_layout(interaction, layout, file)


async def drawn(page: Page, caption: str) -> tuple[discord.ui.LayoutView, discord.File]:
    """Draw a path that has a section at least; return the layout that shows it, and the file to send with that."""
    # Drawing takes a moment, so it is not for the event loop.
    png = await asyncio.to_thread(path_picture.draw, page)
    layout = layouts.picture(texts.PATH_FILE, path_picture.describe(page), caption)
    return layout, discord.File(BytesIO(png), texts.PATH_FILE)
