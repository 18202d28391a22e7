"""Nobody left behind: /catchup, /bookmark and /bookmarks."""

import discord
from discord import app_commands
from discord.ext import commands

from cogs.core.age import require_suitable
from cogs.core.components import ID, READING, Components
from cogs.core.locale import in_their_language
from cogs.core.permissions import place_of
from cogs.core.responses import Interaction, rewrite, whisper, whisper_layout
from cogs.ui import layouts, looking_back, texts
from story.errors import NotASection
from story.services.container import Services


class CatchingUp(commands.Cog):
    """A way back in for whoever was away, and bookmarks."""

    def __init__(self, bot: commands.AutoShardedBot, services: Services, presses: Components) -> None:
        self._bot = bot
        self._queries = services.queries
        self._members = services.members
        self._menu = app_commands.ContextMenu(name=texts.describe("menu.bookmark"), callback=self._bookmark_message)
        presses.add(r"bookmarks:(\d{1,4})", self._turn_bookmarks)
        presses.add(rf"catchup:{READING}", self._open_catchup)
        presses.add(rf"missed:{READING}:{ID}:(\d{{1,4}})", self._turn_missed)
        presses.add(rf"whole:{READING}:{ID}:(\d{{1,4}})", self._turn_whole)

    async def cog_load(self) -> None:
        """Add the message menu: discord.py leaves that to the cog."""
        self._bot.tree.add_command(self._menu)

    @app_commands.command(name="catchup", description=texts.describe("command.catchup"))
    async def catchup(self, interaction: Interaction) -> None:
        """Show what the member has missed."""
        reading = await self._queries.reading(*place_of(interaction))
        await self._open_catchup(interaction, str(reading.id))

    async def _open_catchup(self, interaction: Interaction, reading: str) -> None:
        guild, _ = place_of(interaction)
        page, heard = await self._members.missed(guild, int(reading), interaction.user.id)
        await require_suitable(interaction, page.story)
        if not heard:
            await whisper(interaction, texts.t("missed.nothing"))
            return
        await whisper_layout(interaction, looking_back.missed(*in_their_language(interaction, page, heard), 0))

    @app_commands.command(name="bookmark", description=texts.describe("command.bookmark"))
    async def bookmark(self, interaction: Interaction) -> None:
        """Bookmark the last section."""
        heard, kept = await self._members.bookmark(*place_of(interaction), interaction.user.id)
        await whisper(interaction, texts.bookmarked(heard, kept=kept))

    @app_commands.command(name="bookmarks", description=texts.describe("command.bookmarks"))
    async def bookmarks(self, interaction: Interaction) -> None:
        """List the member's bookmarks."""
        await whisper_layout(interaction, await self._bookmarks(interaction, 0))

    async def _bookmarks(self, interaction: Interaction, at: int) -> discord.ui.LayoutView:
        guild, _ = place_of(interaction)
        found = await self._members.bookmarks(guild, interaction.user.id)
        return layouts.pages(texts.bookmarks(found), at, "bookmarks")

    async def _turn_bookmarks(self, interaction: Interaction, at: str) -> None:
        await rewrite(interaction, await self._bookmarks(interaction, int(at)))

    async def _bookmark_message(self, interaction: Interaction, message: discord.Message) -> None:
        n = layouts.step_of(message) if self._bot.user and message.author.id == self._bot.user.id else None
        if n is None:
            raise NotASection
        posted = n, message.created_at
        heard, kept = await self._members.bookmark(*place_of(interaction), interaction.user.id, posted)
        await whisper(interaction, texts.bookmarked(heard, kept=kept))

    async def _turn_missed(self, interaction: Interaction, reading: str, n: str, at: str) -> None:
        guild, _ = place_of(interaction)
        page, heard = await self._members.since(guild, int(reading), int(n))
        await require_suitable(interaction, page.story)
        await rewrite(interaction, looking_back.missed(*in_their_language(interaction, page, heard), int(at)))

    async def _turn_whole(self, interaction: Interaction, reading: str, n: str, part: str) -> None:
        guild, _ = place_of(interaction)
        page, heard = await self._members.since(guild, int(reading), int(n))
        await require_suitable(interaction, page.story)
        layout, whole = looking_back.missed_whole(*in_their_language(interaction, page, heard), int(part))
        await rewrite(interaction, layout)
        if whole:
            await self._members.caught_up(page.reading.id, interaction.user.id, heard[0][0].n)
