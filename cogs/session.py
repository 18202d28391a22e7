"""Reading together at a set time: /session start, stop, pause, resume, readers and host, and the lobby's buttons."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from cogs.core import autocomplete
from cogs.core.components import ID, Components
from cogs.core.edit_queue import EditQueue
from cogs.core.events import Events
from cogs.core.permissions import member_of, require_permissions_here, server_of
from cogs.core.publisher import Publisher
from cogs.core.responses import Interaction, rewrite, whisper, whisper_layout
from cogs.core.scheduler import Scheduler
from cogs.path import drawn
from cogs.ui import layouts, texts
from story.errors import SessionHeld
from story.rules.page import Turn
from story.rules.session_date import SessionDate
from story.services.container import Services
from story.services.dates import Plan
from story.services.sessions import Lobby
from story.times.phrases import Repeat

REPEATS = [app_commands.Choice(name=texts.describe(f"choice.repeat.{each}"), value=str(each)) for each in Repeat]


class Sessions(commands.GroupCog, group_name="session", group_description=texts.SESSION):
    """What a group that sits down together does."""

    def __init__(
        self, services: Services, publisher: Publisher, presses: Components, scheduler: Scheduler, events: Events
    ) -> None:
        super().__init__()
        self._sessions = services.sessions
        self._dates = services.dates
        self._queries = services.queries
        self._events = events
        self._publisher = publisher
        self._scheduler = scheduler
        self._cards = EditQueue()
        presses.add(rf"join:{ID}", self._join)
        presses.add(rf"leave:{ID}", self._leave)
        presses.add(rf"begin:{ID}", self._begin)
        presses.add(r"calendar:(\d{1,4})", self._turn_calendar)

    @app_commands.command(name="start", description=texts.SESSION_START)
    async def start(self, interaction: Interaction) -> None:
        """Open the lobby."""
        guild, channel = server_of(interaction)
        require_permissions_here(interaction)
        try:
            lobby = await self._sessions.open(guild, channel, interaction.user.id)
        except SessionHeld:
            lobby = await self._sessions.lobby(guild, channel)  # its card may have got lost
        await interaction.response.send_message(view=layouts.lobby(lobby))

    @app_commands.command(name="stop", description=texts.SESSION_STOP)
    async def stop(self, interaction: Interaction) -> None:
        """End the session."""
        guild, channel = server_of(interaction)
        ended = await self._sessions.stop(guild, channel, member_of(interaction))
        page, text = ended.page, texts.session_ended(ended, await self._dates.of(channel))
        if page and page.place.path:
            layout, file = await drawn(page, text)
            await interaction.response.send_message(view=layout, file=file)
        else:
            await interaction.response.send_message(view=layouts.notice(text))
        if page:
            await self._publisher.show(page)

    @app_commands.command(name="pause", description=texts.SESSION_PAUSE)
    async def pause(self, interaction: Interaction) -> None:
        """Have pages wait."""
        await self._pause(interaction, paused=True, said=texts.PAUSED)

    @app_commands.command(name="resume", description=texts.SESSION_RESUME)
    async def resume(self, interaction: Interaction) -> None:
        """Go on."""
        await self._pause(interaction, paused=False, said=texts.RESUMED)

    @app_commands.command(name="readers", description=texts.SESSION_READERS)
    async def readers(self, interaction: Interaction) -> None:
        """Say who is there."""
        await whisper(interaction, texts.readers(await self._sessions.lobby(*server_of(interaction))))

    @app_commands.command(name="host", description=texts.SESSION_HOST)
    @app_commands.describe(who=texts.SESSION_HOST_WHO)
    async def host(self, interaction: Interaction, who: discord.User) -> None:
        """Hand over."""
        guild, channel = server_of(interaction)
        lobby = await self._sessions.hand_over(guild, channel, member_of(interaction), who.id)
        await whisper(interaction, texts.handed_over(who.id))
        await self._show(lobby)

    @app_commands.command(name="schedule", description=texts.SESSION_SCHEDULE)
    @app_commands.describe(
        when=texts.SESSION_WHEN, zone=texts.SESSION_ZONE, repeat=texts.SESSION_REPEAT, ping=texts.SESSION_PING
    )
    @app_commands.choices(repeat=REPEATS)
    async def schedule(
        self,
        interaction: Interaction,
        when: str,
        zone: str | None = None,
        repeat: str = Repeat.NONE,
        ping: discord.Role | None = None,
    ) -> None:
        """Set a date."""
        guild, channel = server_of(interaction)
        require_permissions_here(interaction)
        zone = zone or (await self._queries.settings(guild)).zone
        plan = Plan(when, zone, Repeat(repeat), ping.id if ping else None)
        made = await self._dates.make(guild, channel, interaction.user.id, plan)
        await self._announce(interaction, made)

    @schedule.autocomplete("zone")
    async def _zones(self, _interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return autocomplete.zones(typed)

    @app_commands.command(name="calendar", description=texts.SESSION_CALENDAR)
    async def calendar(self, interaction: Interaction) -> None:
        """List the dates."""
        await whisper_layout(interaction, await self._calendar(interaction, 0))

    async def _calendar(self, interaction: Interaction, at: int) -> discord.ui.LayoutView:
        guild, _ = server_of(interaction)
        return layouts.pages(texts.calendar(await self._dates.calendar(guild)), at, "calendar")

    async def _turn_calendar(self, interaction: Interaction, at: str) -> None:
        await rewrite(interaction, await self._calendar(interaction, int(at)))

    @app_commands.command(name="move", description=texts.SESSION_MOVE)
    @app_commands.describe(when=texts.SESSION_WHEN)
    async def move(self, interaction: Interaction, when: str) -> None:
        """Move the date."""
        guild, channel = server_of(interaction)
        before = await self._dates.of(channel)
        moved = await self._dates.move(guild, channel, member_of(interaction), when)
        await self._announce(interaction, moved)
        if before:
            await self._events.withdraw(before)

    @app_commands.command(name="cancel", description=texts.SESSION_CANCEL)
    async def cancel(self, interaction: Interaction) -> None:
        """Cancel the date."""
        guild, channel = server_of(interaction)
        gone = await self._dates.cancel(guild, channel, member_of(interaction))
        await interaction.response.send_message(view=layouts.notice(texts.cancelled(gone)))
        await self._events.withdraw(gone)

    async def _announce(self, interaction: Interaction, session_date: SessionDate) -> None:
        may = interaction.app_permissions.create_events
        await interaction.response.send_message(view=layouts.notice(texts.scheduled(session_date, event=may)))
        self._scheduler.look()
        await self._events.announce(session_date)

    async def _pause(self, interaction: Interaction, *, paused: bool, said: str) -> None:
        guild, channel = server_of(interaction)
        lobby = await self._sessions.pause(guild, channel, member_of(interaction), paused=paused)
        await interaction.response.send_message(view=layouts.notice(said))
        await self._show(lobby)

    async def _join(self, interaction: Interaction, session: str) -> None:
        guild, _ = server_of(interaction)
        await self._answer(interaction, await self._sessions.join(guild, int(session), interaction.user.id))

    async def _leave(self, interaction: Interaction, session: str) -> None:
        guild, _ = server_of(interaction)
        await self._answer(interaction, await self._sessions.leave(guild, int(session), interaction.user.id))

    async def _begin(self, interaction: Interaction, session: str) -> None:
        guild, channel = server_of(interaction)
        begun = await self._sessions.begin(guild, int(session), member_of(interaction))
        await interaction.response.edit_message(view=layouts.lobby(await self._sessions.lobby(guild, channel)))
        if begun is None:
            await whisper(interaction, texts.NOTHING_TO_READ)
            return
        if isinstance(begun, Turn):
            await self._publisher.tell(begun)
        else:
            await self._publisher.retell(begun)
        self._scheduler.hurry_for(begun.page if isinstance(begun, Turn) else begun)

    async def _answer(self, interaction: Interaction, lobby: Lobby) -> None:
        message = interaction.message

        async def newest() -> list[dict[str, Any]]:
            return layouts.components(await lobby_now())

        async def lobby_now() -> discord.ui.LayoutView:
            return layouts.lobby(await self._sessions.lobby(lobby.session.guild, lobby.session.channel))

        async def edit() -> None:
            if message:
                await message.edit(view=await lobby_now())

        await self._cards.answer(interaction, message.id if message else 0, newest, edit)
        if lobby.session.began_at:
            await self._show(lobby)

    async def _show(self, lobby: Lobby) -> None:
        """Show the page of a session anew, and be awake by what comes due under it."""
        if lobby.page:
            self._scheduler.hurry_for(lobby.page)
            await self._publisher.show(lobby.page)
