"""Sections that come at a set time: /serial."""

from discord import app_commands
from discord.ext import commands

from cogs.core import autocomplete
from cogs.core.permissions import member_of, place_of, require_permissions_here
from cogs.core.publisher import Publisher
from cogs.core.responses import Interaction
from cogs.ui import texts
from story.rules.serial import Every, make_serial
from story.services.container import Services

OFF = "off"
EVERY = [app_commands.Choice(name=texts.describe(f"choice.repeat.{name}"), value=str(name)) for name in (*Every, OFF)]


class Serials(commands.Cog):
    """Makes a channel's reading a serial."""

    def __init__(self, services: Services, publisher: Publisher) -> None:
        self._services = services
        self._publisher = publisher

    @app_commands.command(name="serial", description=texts.describe("command.serial"))
    @app_commands.describe(
        every=texts.describe("option.serial.every"),
        at=texts.describe("option.serial.at"),
        zone=texts.describe("option.zone"),
    )
    @app_commands.choices(every=EVERY)
    async def serial(self, interaction: Interaction, every: str, at: str = "", zone: str | None = None) -> None:
        """Set when sections come, or end the serial."""
        guild, channel = place_of(interaction)
        zone = zone or (await self._services.queries.settings(guild)).zone
        if every != OFF:
            require_permissions_here(interaction)
        wanted = None if every == OFF else make_serial(Every(every), at, zone, self._services.clock())
        async with self._publisher.answering(interaction):
            await self._services.readings.set_serial(guild, channel, member_of(interaction), wanted)

    @serial.autocomplete("zone")
    async def _zones(self, _interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return autocomplete.zones(typed)
