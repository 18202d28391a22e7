"""How a server wants to be read to: /settings, one private panel."""

from discord import app_commands
from discord.ext import commands

from cogs.core.components import ID, Components, values_of
from cogs.core.locale import Locales
from cogs.core.modals import LineModal
from cogs.core.permissions import place_of, require_manage_server
from cogs.core.responses import Interaction, Refused, rewrite, whisper_layout
from cogs.ui import settings_panel, texts
from story.errors import NoReading
from story.rules.settings import Turner
from story.services.container import Services
from story.times.zones import known_zone

NAME = r"([a-z]{1,20})"
"""A setting's name in a custom_id."""


class SettingsPanel(commands.Cog):
    """Shows the settings to members who may manage the server, and changes them."""

    def __init__(self, services: Services, presses: Components, locales: Locales) -> None:
        self._queries = services.queries
        self._settings_service = services.settings
        self._locales = locales
        presses.add(rf"settings:{ID}", self._open)
        presses.add(rf"setting:{ID}", self._choose)
        presses.add(rf"change:{ID}:{NAME}", self._change)
        presses.add(rf"ask:{ID}:{NAME}", self._ask)
        presses.add(rf"reset:{ID}", self._ask_reset)
        presses.add(rf"resets:{ID}", self._reset)

    @app_commands.command(name="settings", description=texts.SETTINGS)
    async def settings(self, interaction: Interaction) -> None:
        """Show the panel."""
        await whisper_layout(interaction, settings_panel.panel(await self._scope(interaction, 0)))

    async def _open(self, interaction: Interaction, reading: str) -> None:
        await rewrite(interaction, settings_panel.panel(await self._scope(interaction, int(reading))))

    async def _choose(self, interaction: Interaction, reading: str) -> None:
        scope = await self._scope(interaction, int(reading))
        name = next(iter(values_of(interaction)), "")
        if name not in scope.names:
            raise Refused(texts.NO_SUCH_SETTING)
        await rewrite(interaction, settings_panel.setting(scope, name))

    async def _change(self, interaction: Interaction, reading: str, name: str) -> None:
        await self._set(interaction, int(reading), name, next(iter(values_of(interaction)), None))

    async def _ask(self, interaction: Interaction, reading: str, name: str) -> None:
        require_manage_server(interaction)

        async def typed(answered: Interaction, text: str) -> None:
            guild, _ = place_of(answered)
            value = known_zone(text).key if name == "zone" else self._queries.library.find(guild, text).id
            await self._set(answered, int(reading), name, value)

        title = texts.ZONE_TITLE if name == "zone" else texts.STORY_TITLE
        await interaction.response.send_modal(LineModal(title, typed))

    async def _ask_reset(self, interaction: Interaction, reading: str) -> None:
        require_manage_server(interaction)
        await rewrite(interaction, settings_panel.confirm_reset(int(reading)))

    async def _reset(self, interaction: Interaction, reading: str) -> None:
        require_manage_server(interaction)
        guild, _ = place_of(interaction)
        await self._settings_service.reset(guild, int(reading) or None)
        self._locales.speak_to(guild)
        said = texts.RESET_READING_DONE if int(reading) else texts.RESET_DONE
        await rewrite(interaction, settings_panel.panel(await self._scope(interaction, int(reading)), said))

    # ---- within

    async def _set(self, interaction: Interaction, reading: int, name: str, value: str | None) -> None:
        """Change a setting, confirm it, and have the readings follow; to choose a role is to have it turn the page."""
        require_manage_server(interaction)
        guild, _ = place_of(interaction)
        try:
            wanted = {"role": value, "turner": Turner.ROLE} if name == "role" else {name: value}
            now = await self._settings_service.change(guild, reading or None, **wanted)
        except ValueError:
            raise Refused(texts.NO_SUCH_SETTING) from None
        name = "turner" if name == "role" else name
        self._locales.speak_to(guild)
        scope = await self._scope(interaction, reading)
        said = texts.setting_changed(now, name, scope.stories)
        if now.discuss and name == "discuss" and not interaction.app_permissions.create_public_threads:
            said += f" {texts.THREADS_NOT_ALLOWED}"
        await rewrite(interaction, settings_panel.panel(scope, said))

    async def _scope(self, interaction: Interaction, reading: int) -> settings_panel.Scope:
        require_manage_server(interaction)
        guild, channel = place_of(interaction)
        try:
            here = (await self._queries.reading(guild, channel)).id
        except NoReading:
            here = 0
        settings, own = await self._settings_service.settings(guild, reading or None)
        return settings_panel.Scope(settings, own, self._queries.library.titles(guild), reading, here)
