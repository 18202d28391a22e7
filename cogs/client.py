"""The bot as Discord sees it: which events it asks for, which commands it has."""

import hashlib
import logging
from typing import Any

import discord
import orjson
from discord import app_commands
from discord.ext import commands

from cogs.about import About
from cogs.catchup import CatchingUp
from cogs.core.cache import keep_little
from cogs.core.components import Presses
from cogs.core.events import Appointments
from cogs.core.in_flight import Door
from cogs.core.locale import Manners
from cogs.core.publisher import Teller
from cogs.core.responses import Tree
from cogs.core.scheduler import Deadlines
from cogs.importing import Importing
from cogs.path import Path
from cogs.privacy import Privacy
from cogs.reading import Reading
from cogs.serial import Serials
from cogs.session import Sessions
from cogs.settings import SettingsPanel
from cogs.stories import Stories
from cogs.transcripts import Transcripts
from story.services.container import Staff

FOR_GROUPS = {Sessions.__cog_group_name__}
"""Commands that make no sense to a member alone, in direct messages."""

log = logging.getLogger(__name__)


class Storyteller(commands.AutoShardedBot):
    """A bot that reads stories to servers; its staff carries out what is asked."""

    def __init__(self, staff: Staff, *, shard_count: int | None = None) -> None:
        # The bot does not speak, so that it lacks the libraries for it is no news to anybody.
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
        super().__init__(
            commands.when_mentioned,
            help_command=None,
            tree_cls=Tree,
            # Servers and their channels, to check permissions by; no members, no messages, no presences.
            intents=discord.Intents(guilds=True),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
            allowed_mentions=discord.AllowedMentions.none(),
            allowed_contexts=app_commands.AppCommandContext(guild=True),
            allowed_installs=app_commands.AppInstallationType(guild=True),
            shard_count=shard_count,
        )
        keep_little(self)
        self.staff = staff
        self.manners = Manners(staff.pages)
        self.presses = Presses(self.manners)
        self.door = Door()

    async def setup_hook(self) -> None:
        """Add the commands and buttons, before anything comes in."""
        staff = self.staff
        await staff.librarian.load()
        await self.manners.load()
        teller = Teller(self, staff)
        appointments = Appointments(self, staff, self.manners)
        deadlines = Deadlines(self, staff, teller, appointments)
        await self.add_cog(deadlines)
        await self.add_cog(Reading(self, staff, teller, self.presses, deadlines))
        await self.add_cog(Path(staff.pages))
        importing = Importing(self, staff, self.presses)
        await self.add_cog(importing)
        await self.add_cog(Transcripts(staff))
        await self.add_cog(Stories(staff, teller, self.presses, importing))
        await self.add_cog(Sessions(staff, teller, self.presses, deadlines, appointments))
        await self.add_cog(Serials(staff, teller, deadlines))
        await self.add_cog(CatchingUp(self, staff, self.presses))
        await self.add_cog(SettingsPanel(staff, teller, self.presses, deadlines, self.manners))
        await self.add_cog(About(staff.pages))
        await self.add_cog(Privacy(self, staff, self.presses, self.manners))
        for command in self.tree.get_commands():
            if command.name not in FOR_GROUPS:
                command.allowed_contexts = app_commands.AppCommandContext(dm_channel=True)
        await self._sync_commands()

    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        """Answer presses of buttons and choices in selects; discord.py sees to commands and modals.

        Its own way to items that outlive a restart would build the whole layout of the message anew at each press.
        """
        if interaction.type is discord.InteractionType.component and interaction.data:
            await self.presses.answer(interaction, interaction.data["custom_id"])  # type: ignore[typeddict-item]

    async def _sync_commands(self) -> None:
        """Tell Discord the commands, unless they are the ones it was told last."""
        told: list[Any] = [command.to_dict(self.tree) for command in self.tree.get_commands()]
        content = orjson.dumps([self.application_id, told], option=orjson.OPT_SORT_KEYS)
        digest = hashlib.sha256(content).hexdigest()
        if await self.staff.keeper.note("commands") != digest:
            await self.tree.sync()
            await self.staff.keeper.keep_note("commands", digest)
            log.info("told Discord %d commands", len(told))
