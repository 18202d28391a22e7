"""The stories: /story list, info, start, continue, move, stop and export."""

import asyncio
from collections.abc import Awaitable, Callable

import discord
from discord import app_commands
from discord.ext import commands

from cogs.core import autocomplete
from cogs.core.age import require_suitable
from cogs.core.channels import Readable, require_your_channel, why_not_there
from cogs.core.components import ID, READING, Components, values_of
from cogs.core.permissions import (
    may_manage_server,
    member_of,
    place_of,
    require_manage_server,
    require_permissions_here,
)
from cogs.core.publisher import Publisher
from cogs.core.responses import Interaction, Refused, defer, rewrite, whisper, whisper_file, whisper_layout
from cogs.core.turns import take_a_turn
from cogs.ui import layouts, texts
from story.errors import ChannelTaken, NoReading, NotDelivered, NothingAside, NotYours, UnknownStory
from story.importing.markdown_writer import write_markdown
from story.rules.delivery import DeliveryFailure
from story.rules.page import Page, Turn
from story.rules.presses import Member
from story.services.container import Services
from story.services.standing import scene_of


class Stories(commands.GroupCog, group_name="story", group_description=texts.describe("command.story")):
    """The library, and the stories begun and ended from it."""

    def __init__(self, services: Services, publisher: Publisher, presses: Components) -> None:
        super().__init__()
        self._readings = services.readings
        self._asides = services.asides
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
        presses.add(rf"instead:{ID}:(\d{{1,6}}):([^:]+)", self._start_instead, own=True)
        presses.add(rf"continue:{ID}:{ID}", self._continue_instead, own=True)

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
    @app_commands.describe(
        story=texts.describe("option.story"),
        channel=texts.describe("option.story.channel"),
        at=texts.describe("option.story.at"),
    )
    async def start(
        self, interaction: Interaction, story: str, channel: Readable | None = None, at: str | None = None
    ) -> None:
        """Begin a story."""
        _, here = place_of(interaction)
        if at is not None:
            require_manage_server(interaction)
        if channel and channel.id != here:
            require_your_channel(channel)
        await self._start(interaction, channel.id if channel else here, story, at)

    @start.autocomplete("at")
    async def _scenes(self, interaction: Interaction, typed: str) -> list[autocomplete.Choice]:
        guild, _ = place_of(interaction)
        if not may_manage_server(interaction):
            return []  # the titles of what is ahead are for those who may begin there
        try:
            story = self._queries.library.find(guild, interaction.namespace.story or "")
        except UnknownStory:
            return []
        return autocomplete.matching([(each.title, each.id) for each in story.scenes], typed)

    @app_commands.command(name="continue", description=texts.describe("command.story.continue"))
    @app_commands.describe(reading=texts.describe("option.story.continue"))
    async def continue_(self, interaction: Interaction, reading: str | None = None) -> None:
        """Take up a reading that is set aside, by default the last one read here."""
        waiting = [str(each.id) for each in await self._queries.aside(*place_of(interaction))]
        number = reading or next(iter(waiting), "")
        if not number.isdecimal():
            raise NothingAside
        await self._continue(interaction, int(number))

    @continue_.autocomplete("reading")
    async def _aside(self, interaction: Interaction, typed: str) -> list[autocomplete.Choice]:
        guild, here = place_of(interaction)
        found = await self._queries.aside(guild, None if may_manage_server(interaction) else here)
        return await autocomplete.readings(self._queries, guild, found, typed)

    @app_commands.command(name="move", description=texts.describe("command.story.move"))
    @app_commands.describe(
        reading=texts.describe("option.story.move"), channel=texts.describe("option.story.move.channel")
    )
    async def move(self, interaction: Interaction, reading: str | None = None, channel: Readable | None = None) -> None:
        """Move a reading here from another channel, which may be gone, or from here to another."""
        guild, here = place_of(interaction)
        require_manage_server(interaction)
        if reading is not None and not reading.isdecimal():
            raise NoReading
        number = int(reading) if reading else (await self._queries.reading(guild, here)).id
        await self._require_suitable(interaction, number, channel.id if channel else here)
        if channel is None or channel.id == here:
            require_permissions_here(interaction)
            async with self._publisher.answering(interaction):
                await self._asides.move(guild, here, number)
            return
        require_your_channel(channel)
        await defer(interaction)
        before = next((each for each in await self._queries.movable(guild) if each.id == number), None)
        page = await self._asides.move(guild, channel.id, number)
        try:
            message = await self._posted_elsewhere(interaction, page, channel.id)
        except Refused:
            if before and not before.gone_at:
                await self._asides.move(guild, before.channel, number)
            raise
        await whisper(interaction, texts.moved_there(page, message, channel.id))

    @move.autocomplete("reading")
    async def _movable(self, interaction: Interaction, typed: str) -> list[autocomplete.Choice]:
        guild, here = place_of(interaction)
        found = [each for each in await self._queries.movable(guild) if each.channel != here]
        return await autocomplete.readings(self._queries, guild, found, typed)

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
        """Give a story back as a file, or as much of it as was passed."""
        guild, channel = place_of(interaction)
        await require_suitable(interaction, self._queries.library.find(guild, story))
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
        await self._start(interaction, place_of(interaction)[1], story, None)

    # ---- one reading in place of another

    async def _start(self, interaction: Interaction, channel: int, story: str, at: str | None) -> None:
        """Begin a story in a channel, or ask whether to set the one being read there aside."""
        guild, _ = place_of(interaction)
        await require_suitable(interaction, self._queries.library.find(guild, story), channel)
        try:
            await self._begin_in(
                interaction, channel, lambda: self._readings.start(guild, channel, interaction.user.id, story, at)
            )
        except ChannelTaken as taken:
            await self._require_leave(interaction, taken)
            found = self._queries.library.find(guild, story)
            begins = scene_of(found, at)
            position = (found.position(begins.id) or 0) + 1 if begins else 0
            custom_id = f"instead:{taken.reading}:{position}:{found.id}"
            await self._ask_aside(interaction, taken, found.title, custom_id)

    async def _start_instead(self, interaction: Interaction, reading: str, position: str, story: str) -> None:
        guild, _ = place_of(interaction)
        open_one = await self._asides.may_set_aside(guild, int(reading), member_of(interaction))
        found = self._queries.library.find(guild, story)
        await require_suitable(interaction, found, open_one.channel)
        at = found.scenes[min(int(position), len(found.scenes)) - 1].id if int(position) else None
        member = member_of(interaction)
        await self._begin_in(
            interaction, open_one.channel, lambda: self._asides.start_instead(guild, open_one.id, member, story, at)
        )

    async def _begin_in(self, interaction: Interaction, channel: int, begin: Callable[[], Awaitable[Turn]]) -> None:
        """Begin a story in a channel; link to it if that is another channel."""
        guild, here = place_of(interaction)
        if channel == here:
            require_permissions_here(interaction)
            async with self._publisher.answering(interaction):
                await begin()
            return
        await defer(interaction)
        page = (await begin()).page
        try:
            message = await self._posted_elsewhere(interaction, page, channel)
        except Refused:
            await self._readings.stop(guild, page.reading.id, page.step.n, Member(interaction.user.id, may_manage=True))
            raise
        await whisper(interaction, texts.started_there(texts.link(page.reading, message), page.story.title, channel))

    async def _posted_elsewhere(self, interaction: Interaction, page: Page, channel: int) -> int:
        """Wait until a page is posted in another channel; return its message.

        Raises:
            Refused: the bot may not post there, or nobody can.
            NotDelivered: it is posted there soon.
        """
        try:
            return await self._publisher.section(page)
        except NotDelivered as error:
            failure = DeliveryFailure(error.failure)
            if not failure.holds:
                raise
            raise Refused(await why_not_there(interaction.client, channel, failure)) from None

    async def _continue(self, interaction: Interaction, reading: int, instead_of: int | None = None) -> None:
        """Take up a reading here, or ask whether to set the one being read here aside."""
        guild, here = place_of(interaction)
        require_permissions_here(interaction)
        member, anywhere = member_of(interaction), may_manage_server(interaction)
        await self._require_suitable(interaction, reading, here)
        try:
            async with self._publisher.answering(interaction):
                await self._asides.take_up(guild, here, member, reading, anywhere=anywhere, instead_of=instead_of)
        except ChannelTaken as taken:
            await self._require_leave(interaction, taken)
            [waiting] = [each.story for each in await self._queries.aside(guild, None) if each.id == reading]
            title = next((each.title for each in self._queries.library.titles(guild) if each.id == waiting), waiting)
            await self._ask_aside(interaction, taken, title, f"continue:{taken.reading}:{reading}")

    async def _continue_instead(self, interaction: Interaction, open_one: str, other: str) -> None:
        await self._continue(interaction, int(other), int(open_one))

    async def _require_suitable(self, interaction: Interaction, reading: int, channel: int) -> None:
        page = await self._queries.shown(reading)
        if page:
            await require_suitable(interaction, page.story, channel)

    async def _require_leave(self, interaction: Interaction, taken: ChannelTaken) -> None:
        """Require that whoever asks may set a channel's reading aside; others hear that the channel is taken."""
        try:
            await self._asides.may_set_aside(place_of(interaction)[0], taken.reading, member_of(interaction))
        except NotYours:
            raise taken from None

    async def _ask_aside(self, interaction: Interaction, taken: ChannelTaken, other: str, custom_id: str) -> None:
        text = texts.confirm_aside(taken.title, taken.channel, other)
        await whisper_layout(interaction, layouts.confirm(text, texts.t("button.set_aside"), custom_id))

    async def _turn_list(self, interaction: Interaction, at: str) -> None:
        await rewrite(interaction, await self._list(interaction, int(at)))

    async def _turn_info(self, interaction: Interaction, story: str, at: str) -> None:
        await rewrite(interaction, self._info(interaction, story, int(at)))

    async def _list(self, interaction: Interaction, at: int) -> discord.ui.LayoutView:
        guild, _ = place_of(interaction)
        # Opening a server's own stories takes a moment the first time, so keep it off the event loop.
        stories = await asyncio.to_thread(self._queries.library.visible_to, guild)
        return layouts.pages(texts.library(stories), at, "shelf")

    def _info(self, interaction: Interaction, asked: str, at: int) -> discord.ui.LayoutView:
        guild, _ = place_of(interaction)
        story = self._queries.library.find(guild, asked)
        return layouts.pages(texts.story_info(story), at, f"info:{story.id}")
