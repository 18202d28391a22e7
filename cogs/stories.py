"""What there is to read: /story list, info, start, move, stop and export."""

import asyncio

import discord
from discord import app_commands
from discord.ext import commands

from cogs.core import autocomplete
from cogs.core.components import ID, READING, Components, values_of
from cogs.core.permissions import (
    NEEDED,
    member_of,
    place_of,
    require_permissions_here,
)
from cogs.core.publisher import Publisher
from cogs.core.responses import Interaction, Refused, rewrite, whisper, whisper_file, whisper_layout
from cogs.core.turns import take_a_turn
from cogs.ui import layouts, texts
from story.errors import NoReading, NotDelivered
from story.importing.markdown_writer import write_markdown
from story.rules.delivery import DeliveryFailure
from story.rules.presses import Member
from story.services.container import Services

Chosen = app_commands.AppCommandChannel | app_commands.AppCommandThread
"""A channel that a member has chosen, with what they may do there."""


class AnyReadable(app_commands.Transformer):
    """A channel or thread that a story can be read in, as Discord describes it: the bot keeps no channels."""

    @property
    def type(self) -> discord.AppCommandOptionType:
        """The type of the option."""
        return discord.AppCommandOptionType.channel

    @property
    def channel_types(self) -> list[discord.ChannelType]:
        """The types of channels that are offered."""
        kinds = discord.ChannelType
        return [kinds.text, kinds.news, kinds.public_thread, kinds.private_thread, kinds.news_thread]

    async def transform(self, _interaction: Interaction, value: Chosen, /) -> Chosen:
        """Take the channel as it is."""
        return value


Readable = app_commands.Transform[Chosen, AnyReadable]


class Stories(commands.GroupCog, group_name="story", group_description=texts.describe("command.story")):
    """The shelf, and what is begun and ended from it."""

    def __init__(self, services: Services, publisher: Publisher, presses: Components) -> None:
        super().__init__()
        self._readings = services.readings
        self._queries = services.queries
        self._exports = services.exports
        self._work = services.work
        self._publisher = publisher
        presses.add(r"shelf:(\d{1,4})", self._turn_list)
        presses.add(r"info:([^:]+):(\d{1,4})", self._turn_info)
        presses.add(r"another", self._another)
        presses.add(r"begin", self._begin, own=True)
        presses.add(r"start:([^:]+)", self._start_here, own=True)
        presses.add(rf"stop:{READING}:{ID}", self._stop)

    @app_commands.command(name="list", description=texts.describe("command.story.list"))
    async def list_stories(self, interaction: Interaction) -> None:
        """List the stories."""
        await whisper_layout(interaction, await self._list(interaction, 0))

    @app_commands.command(name="info", description=texts.describe("command.story.info"))
    @app_commands.describe(story=texts.describe("option.story"))
    async def info(self, interaction: Interaction, story: str) -> None:
        """Describe a story."""
        await whisper_layout(interaction, self._info(interaction, story, 0))

    @app_commands.command(name="start", description=texts.describe("command.story.start"))
    @app_commands.describe(story=texts.describe("option.story"), channel=texts.describe("option.story.channel"))
    async def start(self, interaction: Interaction, story: str, channel: Readable | None = None) -> None:
        """Begin a story."""
        guild, here = place_of(interaction)
        if channel is None or channel.id == here:
            await self._start_here(interaction, story)
            return
        _require_your_channel(channel)
        await interaction.response.defer(ephemeral=True)
        turn = await self._readings.start(guild, channel.id, interaction.user.id, story)
        page = turn.page
        try:
            message = await self._publisher.section(page)
        except NotDelivered as error:
            if not DeliveryFailure(error.failure).holds:
                raise  # it is posted there soon
            await self._readings.stop(guild, page.reading.id, page.step.n, Member(interaction.user.id, may_manage=True))
            raise Refused(texts.missing_permissions(channel.id, NEEDED)) from None
        await whisper(interaction, texts.started_there(texts.link(page.reading, message), page.story.title, channel.id))

    @app_commands.command(name="move", description=texts.describe("command.story.move"))
    @app_commands.describe(reading=texts.describe("option.story.move"))
    async def move(self, interaction: Interaction, reading: str) -> None:
        """Bring a reading from another channel here, which may be gone."""
        guild, here = place_of(interaction)
        if interaction.guild_id is not None and not interaction.permissions.manage_guild:
            raise Refused(texts.needs_manage_server())
        require_permissions_here(interaction)
        if not reading.isdecimal():
            raise NoReading
        async with self._publisher.answering(interaction):
            await self._readings.move(guild, here, int(reading))

    @move.autocomplete("reading")
    async def _movable(self, interaction: Interaction, typed: str) -> list[autocomplete.Choice]:
        guild, here = place_of(interaction)
        found = [each for each in await self._queries.movable(guild) if each.channel != here]
        titles = {each.id: each.title for each in self._queries.library.titles(guild)}
        named = [(texts.reading_choice(titles.get(each.story), each), str(each.id)) for each in found]
        return autocomplete.matching(named, typed)

    @app_commands.command(name="stop", description=texts.describe("command.story.stop"))
    async def stop(self, interaction: Interaction) -> None:
        """Ask whether to end the reading."""
        guild, channel = place_of(interaction)
        reading, last, page = await self._readings.may_stop(guild, channel, member_of(interaction))
        text = texts.confirm_stop(page) if page else texts.t("story.stop.ask_gone")
        await whisper_layout(interaction, layouts.confirm(text, texts.t("button.stop"), f"stop:{reading.id}:{last}"))

    @app_commands.command(name="export", description=texts.describe("command.story.export"))
    @app_commands.describe(story=texts.describe("option.story"))
    async def export(self, interaction: Interaction, story: str) -> None:
        """Give a story back as a file, or what has been passed of it."""
        guild, channel = place_of(interaction)
        member, manages = member_of(interaction), interaction.permissions.manage_guild
        await take_a_turn(interaction, self._work)
        found, whole = await self._exports.of(guild, channel, story, member, manages=manages)
        text = await self._work.do(guild, member.id, write_markdown, found)
        await whisper_file(interaction, texts.exported(found, whole=whole), found.title, "md", text.encode())

    @export.autocomplete("story")
    @info.autocomplete("story")
    @start.autocomplete("story")
    async def _stories(self, interaction: Interaction, typed: str) -> list[autocomplete.Choice]:
        guild, _ = place_of(interaction)
        return autocomplete.stories(self._queries.library.titles(guild), typed)

    async def _stop(self, interaction: Interaction, reading: str, n: str) -> None:
        guild, _ = place_of(interaction)
        await self._readings.stop(guild, int(reading), int(n), member_of(interaction))
        await rewrite(interaction, layouts.notice(texts.t("story.stopped")))

    async def _another(self, interaction: Interaction) -> None:
        guild, _ = place_of(interaction)
        await whisper_layout(interaction, layouts.another(self._queries.library.titles(guild)))

    async def _begin(self, interaction: Interaction) -> None:
        await self._start_here(interaction, next(iter(values_of(interaction)), ""))

    async def _start_here(self, interaction: Interaction, story: str) -> None:
        guild, here = place_of(interaction)
        require_permissions_here(interaction)
        async with self._publisher.answering(interaction):
            await self._readings.start(guild, here, interaction.user.id, story)

    async def _turn_list(self, interaction: Interaction, at: str) -> None:
        await rewrite(interaction, await self._list(interaction, int(at)))

    async def _turn_info(self, interaction: Interaction, story: str, at: str) -> None:
        await rewrite(interaction, self._info(interaction, story, int(at)))

    async def _list(self, interaction: Interaction, at: int) -> discord.ui.LayoutView:
        guild, _ = place_of(interaction)
        # Reading a server's own stories takes a moment the first time, so it is not for the event loop.
        stories = await asyncio.to_thread(self._queries.library.visible_to, guild)
        return layouts.pages(texts.library(stories), at, "shelf")

    def _info(self, interaction: Interaction, asked: str, at: int) -> discord.ui.LayoutView:
        guild, _ = place_of(interaction)
        story = self._queries.library.find(guild, asked)
        return layouts.pages(texts.story_info(story), at, f"info:{story.id}")


def _require_your_channel(channel: Chosen) -> None:
    """Require that who asks could write in a channel; whether the bot may is seen when it posts there.

    Raises:
        Refused: they could not.
    """
    theirs = channel.permissions
    thread = isinstance(channel, app_commands.AppCommandThread)
    if not (theirs.view_channel and (theirs.send_messages_in_threads if thread else theirs.send_messages)):
        raise Refused(texts.t("error.not_your_channel"))
