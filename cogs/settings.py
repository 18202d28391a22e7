"""A server's settings: /settings, one private panel."""

from discord import app_commands
from discord.ext import commands

from cogs.core.components import READING, Components, values_of
from cogs.core.locale import Locales
from cogs.core.modals import ask_line, typed_in
from cogs.core.permissions import place_of
from cogs.core.responses import Interaction, Refused, rewrite, whisper_layout
from cogs.ui import settings_panel, texts
from story.errors import NoReading, ReadingAside
from story.rules.settings import SETTINGS, Kind, Turner
from story.services.container import Services
from story.times.zones import known_zone

NAME = r"([a-z]{1,20})"
"""A setting's name in a custom_id."""


class SettingsPanel(commands.Cog):
    """Shows the settings to those whom Discord lets use the command, and changes them."""

    def __init__(self, services: Services, presses: Components, locales: Locales) -> None:
        self._queries = services.queries
        self._settings_service = services.settings
        self._locales = locales
        presses.add(rf"settings:{READING}", self._open, own=True)
        presses.add(rf"setting:{READING}", self._choose, own=True)
        presses.add(rf"change:{READING}:{NAME}", self._change, own=True)
        presses.add(rf"ask:{READING}:{NAME}", self._ask, own=True)
        presses.add(rf"typed:{READING}:{NAME}", self._typed, own=True)
        presses.add(rf"reset:{READING}", self._ask_reset, own=True)
        presses.add(rf"resets:{READING}", self._reset, own=True)

    @app_commands.command(name="settings", description=texts.describe("command.settings"))
    @app_commands.default_permissions(manage_guild=True)
    async def settings(self, interaction: Interaction) -> None:
        """Show the panel."""
        await whisper_layout(interaction, settings_panel.panel(await self._scope(interaction, 0)))

    async def _open(self, interaction: Interaction, reading: str) -> None:
        await rewrite(interaction, settings_panel.panel(await self._scope(interaction, int(reading))))

    async def _choose(self, interaction: Interaction, reading: str) -> None:
        scope = await self._scope(interaction, int(reading))
        name = next(iter(values_of(interaction)), "")
        if name not in scope.names:
            raise Refused(texts.t("settings.gone"))
        await rewrite(interaction, settings_panel.setting(scope, name))

    async def _change(self, interaction: Interaction, reading: str, name: str) -> None:
        await self._set(interaction, int(reading), name, next(iter(values_of(interaction)), None))

    async def _ask(self, interaction: Interaction, reading: str, name: str) -> None:
        title = texts.t("modal.zone") if name == "zone" else texts.t("modal.story")
        await ask_line(interaction, f"typed:{reading}:{name}", title)

    async def _typed(self, interaction: Interaction, reading: str, name: str) -> None:
        guild, _ = place_of(interaction)
        text = typed_in(interaction)
        match SETTINGS[name].kind if name in SETTINGS else None:
            case Kind.ZONE:
                value = known_zone(text).key
            case Kind.STORY:
                value = self._queries.library.find(guild, text).id
            case _:
                raise Refused(texts.t("settings.gone"))
        await self._set(interaction, int(reading), name, value)

    async def _ask_reset(self, interaction: Interaction, reading: str) -> None:
        await rewrite(interaction, settings_panel.confirm_reset(int(reading)))

    async def _reset(self, interaction: Interaction, reading: str) -> None:
        guild, _ = place_of(interaction)
        await self._settings_service.reset(guild, int(reading) or None)
        self._locales.answer(interaction)
        said = texts.t("settings.reset.reading") if int(reading) else texts.t("settings.reset")
        await rewrite(interaction, settings_panel.panel(await self._scope(interaction, int(reading)), said))

    # ---- within

    async def _set(self, interaction: Interaction, reading: int, name: str, value: str | None) -> None:
        """Change a setting and confirm it; choosing a role also makes that role turn the page."""
        guild, _ = place_of(interaction)
        try:
            wanted = {"role": value, "turner": Turner.ROLE} if name == "role" else {name: value}
            now = await self._settings_service.change(guild, reading or None, **wanted)
        except ValueError:
            raise Refused(texts.t("settings.gone")) from None
        name = "turner" if name == "role" else name
        self._locales.answer(interaction)
        scope = await self._scope(interaction, reading)
        said = texts.setting_changed(now, name, scope.stories)
        if now.discuss and name == "discuss" and not interaction.app_permissions.create_public_threads:
            said += f" {texts.threads_not_allowed()}"
        await rewrite(interaction, settings_panel.panel(scope, said))

    async def _scope(self, interaction: Interaction, reading: int) -> settings_panel.Scope:
        guild, channel = place_of(interaction)
        try:
            here = (await self._queries.reading(guild, channel)).id
        except (NoReading, ReadingAside):
            here = 0
        settings, own = await self._settings_service.settings(guild, reading or None)
        return settings_panel.Scope(settings, own, self._queries.library.titles(guild), reading, here)
