"""Reading together at a set time: /session start, stop, pause, resume, readers and host, dates, the lobby's buttons."""

from datetime import timedelta

import discord
from discord import app_commands
from discord.ext import commands

from cogs.core import autocomplete
from cogs.core.age import require_suitable
from cogs.core.components import SESSION, Components
from cogs.core.dates import calendar_file
from cogs.core.modals import ask_line, typed_in
from cogs.core.permissions import member_of, require_leave_to_ping, require_permissions_here, server_of
from cogs.core.publisher import Answer, Publisher
from cogs.core.responses import Interaction, Refused, rewrite, whisper, whisper_layout
from cogs.ui import layouts, texts
from story.services.container import Services
from story.services.dates import Plan
from story.times.series import Repeat

MOST_MINUTES = 7 * 24 * 60
"""How long before a date its reminder can come: a week."""
REPEATS = [app_commands.Choice(name=texts.describe(f"choice.repeat.{each}"), value=str(each)) for each in Repeat]


class SessionCommands(commands.GroupCog, group_name="session", group_description=texts.describe("command.session")):
    """What a group does that reads together. What it causes in the channel is the answer."""

    def __init__(self, services: Services, publisher: Publisher, presses: Components) -> None:
        super().__init__()
        self._services = services
        self._sessions = services.sessions
        self._dates = services.dates
        self._queries = services.queries
        self._answering = publisher.answering
        presses.add(rf"join:{SESSION}", self._join)
        presses.add(rf"leave:{SESSION}", self._leave)
        presses.add(rf"begin:{SESSION}", self._begin)
        presses.add(r"schedule", self._ask_when)
        presses.add(r"scheduled", self._schedule)
        presses.add(r"calendar:(\d{1,4})", self._turn_calendar)

    @app_commands.command(name="start", description=texts.describe("command.session.start"))
    async def start(self, interaction: Interaction) -> None:
        """Open the lobby."""
        guild, channel = server_of(interaction)
        require_permissions_here(interaction)
        async with self._answering(interaction):
            await self._sessions.open(guild, channel, interaction.user.id, member_of(interaction).roles)

    @app_commands.command(name="stop", description=texts.describe("command.session.stop"))
    async def stop(self, interaction: Interaction) -> None:
        """End the session."""
        guild, channel = server_of(interaction)
        async with self._answering(interaction) as answer:
            await self._sessions.stop(guild, channel, member_of(interaction))
        if answer.job is None:
            await whisper(interaction, texts.t("session.lobby_closed"))

    @app_commands.command(name="pause", description=texts.describe("command.session.pause"))
    async def pause(self, interaction: Interaction) -> None:
        """Pause the session."""
        await self._pause(interaction, paused=True)

    @app_commands.command(name="resume", description=texts.describe("command.session.resume"))
    async def resume(self, interaction: Interaction) -> None:
        """Resume the session."""
        await self._pause(interaction, paused=False)

    @app_commands.command(name="readers", description=texts.describe("command.session.readers"))
    async def readers(self, interaction: Interaction) -> None:
        """Say who is in the session."""
        await whisper(interaction, texts.readers(await self._sessions.held(*server_of(interaction))))

    @app_commands.command(name="host", description=texts.describe("command.session.host"))
    @app_commands.describe(who=texts.describe("option.session.host"))
    async def host(self, interaction: Interaction, who: discord.User) -> None:
        """Hand the session over to another host."""
        guild, channel = server_of(interaction)
        async with self._answering(interaction):
            await self._sessions.hand_over(guild, channel, member_of(interaction), who.id)

    # ---- dates

    @app_commands.command(name="schedule", description=texts.describe("command.session.schedule"))
    @app_commands.describe(
        when=texts.describe("option.session.when"),
        zone=texts.describe("option.zone"),
        repeat=texts.describe("option.session.repeat"),
        remind=texts.describe("option.session.remind"),
        ping=texts.describe("option.session.ping"),
    )
    @app_commands.choices(repeat=REPEATS)
    async def schedule(  # noqa: PLR0913 - Discord's options, by name
        self,
        interaction: Interaction,
        when: str,
        *,
        zone: str | None = None,
        repeat: str = Repeat.NONE,
        remind: app_commands.Range[int, 1, MOST_MINUTES] | None = None,
        ping: discord.Role | None = None,
    ) -> None:
        """Set a date."""
        guild, channel = server_of(interaction)
        require_permissions_here(interaction)
        if ping:
            require_leave_to_ping(interaction, ping)
        zone = zone or (await self._queries.settings(guild)).zone
        may, before = interaction.app_permissions.create_events, timedelta(minutes=remind) if remind else None
        plan = Plan(when, zone, Repeat(repeat), ping.id if ping else None, before, event=may)
        async with self._answering(interaction):
            await self._dates.make(guild, channel, interaction.user.id, plan)

    async def _ask_when(self, interaction: Interaction) -> None:
        server_of(interaction)
        await ask_line(interaction, "scheduled", texts.t("modal.when"))

    async def _schedule(self, interaction: Interaction) -> None:
        guild, channel = server_of(interaction)
        require_permissions_here(interaction)
        zone, may = (await self._queries.settings(guild)).zone, interaction.app_permissions.create_events
        async with self._answering(interaction):
            await self._dates.make(guild, channel, interaction.user.id, Plan(typed_in(interaction), zone, event=may))

    @schedule.autocomplete("zone")
    async def _zones(self, _interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return autocomplete.zones(typed)

    @app_commands.command(name="calendar", description=texts.describe("command.session.calendar"))
    async def calendar(self, interaction: Interaction) -> None:
        """List the dates."""
        await whisper_layout(interaction, *await self._calendar(interaction, 0))

    @app_commands.command(name="move", description=texts.describe("command.session.move"))
    @app_commands.describe(when=texts.describe("option.session.when"))
    async def move(self, interaction: Interaction, when: str) -> None:
        """Move the date."""
        guild, channel = server_of(interaction)
        async with self._answering(interaction):
            await self._dates.move(guild, channel, member_of(interaction), when)

    @app_commands.command(name="cancel", description=texts.describe("command.session.cancel"))
    @app_commands.describe(date=texts.describe("option.session.cancel"))
    async def cancel(self, interaction: Interaction, date: str | None = None) -> None:
        """Cancel the date of this channel, or of another, which may be gone."""
        guild, channel = server_of(interaction)
        if date is not None and not date.isdecimal():
            raise Refused(texts.t("error.no_such_date"))
        there = int(date) if date else channel
        async with self._answering(interaction) as answer:
            cancelled = await self._dates.cancel(guild, there, member_of(interaction))
        if answer.job is None:
            await whisper(interaction, texts.cancelled(cancelled.at))

    @cancel.autocomplete("date")
    async def _dates_here(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        guild, _ = server_of(interaction)
        dates = await self._queries.dates(guild)
        return autocomplete.matching([(texts.date_choice(date), str(date.channel)) for date in dates], typed)

    # ---- within

    async def _calendar(
        self, interaction: Interaction, at: int
    ) -> tuple[discord.ui.LayoutView, *tuple[discord.File, ...]]:
        """Return a page of the dates, and a file of them all if there are any."""
        guild, _ = server_of(interaction)
        dates = await self._queries.dates(guild)
        lines = texts.calendar(dates)
        if not dates:
            return (layouts.pages(lines, at, "calendar"),)
        file = await calendar_file(self._services, texts.t("date.heading"), dates)
        return layouts.pages(lines, at, "calendar", file=file.filename), file

    async def _turn_calendar(self, interaction: Interaction, at: str) -> None:
        await rewrite(interaction, *await self._calendar(interaction, int(at)))

    async def _pause(self, interaction: Interaction, *, paused: bool) -> None:
        guild, channel = server_of(interaction)
        async with self._answering(interaction):
            await self._sessions.pause(guild, channel, member_of(interaction), paused=paused)

    async def _join(self, interaction: Interaction, session: str) -> None:
        guild, _ = server_of(interaction)
        async with self._answering(interaction) as answer:
            await self._sessions.join(guild, int(session), interaction.user.id, member_of(interaction).roles)
        await self._answer_old_card(interaction, answer)

    async def _leave(self, interaction: Interaction, session: str) -> None:
        guild, _ = server_of(interaction)
        async with self._answering(interaction) as answer:
            await self._sessions.leave(guild, int(session), interaction.user.id)
        await self._answer_old_card(interaction, answer)

    async def _answer_old_card(self, interaction: Interaction, answer: Answer) -> None:
        """Answer a press on a card that was posted again further down."""
        if answer.job is None:
            await whisper(interaction, texts.readers(await self._sessions.held(*server_of(interaction))))

    async def _begin(self, interaction: Interaction, session: str) -> None:
        guild, channel = server_of(interaction)
        lobby = await self._sessions.held(guild, channel)
        if lobby.story:
            await require_suitable(interaction, lobby.story)
        async with self._answering(interaction) as answer:
            begun = await self._sessions.begin(guild, int(session), member_of(interaction))
        await self._answer_old_card(interaction, answer)
        if not begun:
            await whisper(interaction, texts.t("session.nothing_left"))
