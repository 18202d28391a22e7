"""The bot as Discord sees it: the events it asks for, and its commands."""

import sys
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from cogs.about import About
from cogs.catchup import CatchingUp
from cogs.core.cache import keep_little
from cogs.core.components import Components
from cogs.core.followed import Followed
from cogs.core.in_flight import InFlight
from cogs.core.known_commands import KnownCommands
from cogs.core.locale import Locales
from cogs.core.publisher import Publisher
from cogs.core.renewal import Renewal
from cogs.core.responses import Tree
from cogs.core.scheduler import Scheduler
from cogs.core.sharing import Sharing
from cogs.importing import LibraryCommands
from cogs.notify import Notify
from cogs.path import Path
from cogs.privacy import Privacy
from cogs.reading import ReadingCommands
from cogs.rsvps import Rsvps
from cogs.serial import Serials
from cogs.session import SessionCommands
from cogs.settings import SettingsPanel
from cogs.status import StatusCommand
from cogs.stories import Stories
from cogs.transcripts import Transcripts
from cogs.translations import Translations
from story.errors import NotKeptError
from story.rules.shards import Shards
from story.services.container import Services

LONGEST_WAIT = 30.0
"""Seconds that discord.py waits where Discord asks for patience; what must be shown and takes longer is tried again."""
FOR_GROUPS = {SessionCommands.__cog_group_name__, Notify.notify.name, StatusCommand.status.name}
"""Commands that make no sense in direct messages, to a member alone."""


class Storyteller(commands.AutoShardedBot):
    """A bot that reads stories to servers."""

    def __init__(self, services: Services, *, shard_count: int | None = None) -> None:
        # The bot uses no voice, so nobody needs to hear that the libraries for it are missing.
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
        super().__init__(
            commands.when_mentioned,
            help_command=None,
            tree_cls=Tree,
            # Servers and their events, to follow dates; no members, no messages, no presences.
            intents=discord.Intents(guilds=True, guild_scheduled_events=True),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
            allowed_mentions=discord.AllowedMentions.none(),
            allowed_contexts=app_commands.AppCommandContext(guild=True),
            allowed_installs=app_commands.AppInstallationType(guild=True),
            shard_count=shard_count,
        )
        keep_little(self)
        self.services = services
        self.locales = Locales(services)
        self.presses = Components(self.locales, services.whereabouts, services.directs)
        self.in_flight = InFlight()
        self.known_commands = KnownCommands(self, services.members)
        leases = services.store.leases
        self.sharing: Sharing | None = None
        if leases:
            self.sharing = Sharing(self, services.store, leases, in_flight=self.in_flight, leave=self._leave)

    async def setup_hook(self) -> None:
        """Add the commands and buttons, before anything comes in."""
        services = self.services
        if self.sharing:
            await self.sharing.agree()
            await self.add_cog(self.sharing)
            renew = (services.imports.renew, services.directs.load, self.locales.load, self.known_commands.load)
            await self.add_cog(Renewal(services.store, *renew))
        await services.imports.load()
        await self.locales.load()
        await services.directs.load()
        await self.add_commands()
        await self.publisher.start()
        if self.sharing:
            await self.known_commands.load()
        else:
            await self.known_commands.tell()
        # Until here there is nothing to do but wait.
        self.http.max_ratelimit_timeout = LONGEST_WAIT

    async def launch_shards(self) -> None:
        """Open all shards; if processes share them, begin to open this one's."""
        if self.sharing:
            self.sharing.start()
        else:
            await super().launch_shards()

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Wait until a shard may identify."""
        if self.sharing and shard_id is not None:
            await self.sharing.wait_to_identify(shard_id)
        else:
            await super().before_identify_hook(shard_id, initial=initial)

    def _heard(self) -> Shards | None:
        """Return the shards of this process whose servers Discord has listed; None if it shares them with no other."""
        return self.sharing.heard if self.sharing else None

    async def _until_heard(self, guild: int) -> None:
        """Wait until Discord has listed the servers of the shard that a server belongs to."""
        await self.wait_until_ready()
        if self.sharing:
            await self.sharing.wait_until_heard(guild)

    async def _leave(self, shards: Shards) -> None:
        """End what is under way in the servers of some shards, which another process is about to take."""
        await self.publisher.give_up(shards)
        await self.services.store.settle()

    async def add_commands(self) -> None:
        """Add all commands and buttons, without telling Discord."""
        services = self.services
        self.publisher = publisher = Publisher(self, services, self.locales, self._until_heard)
        await self.add_cog(Scheduler(self, services, publisher, self._heard))
        await self.add_cog(Followed(services, publisher))
        await self.add_cog(ReadingCommands(services, publisher, self.presses))
        await self.add_cog(Path(services))
        await self.add_cog(LibraryCommands(self, services, self.presses))
        await self.add_cog(Transcripts(services))
        await self.add_cog(Translations(services, self.presses))
        await self.add_cog(Stories(services, publisher, self.presses))
        await self.add_cog(SessionCommands(services, publisher, self.presses))
        await self.add_cog(Rsvps(services, publisher, self.presses))
        await self.add_cog(Serials(services, publisher))
        await self.add_cog(CatchingUp(self, services, self.presses))
        await self.add_cog(SettingsPanel(services, self.presses, self.locales))
        await self.add_cog(StatusCommand(services, self.presses))
        await self.add_cog(About(services.queries, self.presses, self.known_commands))
        await self.add_cog(Notify(services, self.presses))
        await self.add_cog(Privacy(services, self.presses, self.locales))
        for command in self.tree.get_commands():
            if command.name not in FOR_GROUPS:
                command.allowed_contexts = app_commands.AppCommandContext(dm_channel=True)

    async def on_shard_heard(self, shard: int) -> None:
        """Tell Discord the commands, as whoever has shard 0."""
        if shard == 0:
            await self.known_commands.tell()

    async def on_error(self, event: str, /, *args: Any, **more: Any) -> None:
        """Log what an event of Discord's ends in; what the database does not take is said once."""
        if isinstance(error := sys.exception(), NotKeptError):
            self.services.store.outage.begin(error)
        else:
            await super().on_error(event, *args, **more)

    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        """Answer buttons, selects and modals; discord.py handles commands.

        Its own persistent items would rebuild the message's whole layout at each press.
        """
        kinds = discord.InteractionType
        if interaction.type in {kinds.component, kinds.modal_submit} and interaction.data:
            await self.presses.answer(interaction, interaction.data["custom_id"])  # type: ignore[typeddict-item] # a component's interaction has one
