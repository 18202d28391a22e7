"""Lays out the panel of settings: private messages with one choice at a time."""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from typing import Any

import discord
from discord import ui

from cogs.ui import layouts, texts
from story.rules.settings import SETTINGS, Kind, Settings
from story.services.library import Title


@dataclass(frozen=True, slots=True)
class Scope:
    """What is being set: `reading` is 0 for the whole server; `here` is the reading in the channel, 0 for none."""

    settings: Settings
    own: Container[str]
    stories: Sequence[Title]
    reading: int = 0
    here: int = 0

    @property
    def names(self) -> list[str]:
        """The settings on offer here."""
        shown = [each for each in SETTINGS.values() if each.is_shown]
        return [each.name for each in shown if each.of_reading or not self.reading]


def panel(scope: Scope, said: str = "") -> ui.LayoutView:
    """List the settings, with a select to change one; `said` confirms the last change."""
    listed = texts.settings_panel(
        scope.settings, scope.names, scope.own, of_reading=bool(scope.reading), stories=scope.stories
    )
    named = [(name, texts.t(f"setting.{name}")) for name in scope.names]
    select = layouts.choice(f"setting:{scope.reading}", texts.t("placeholder.setting"), named)
    buttons = [layouts.button(texts.t("button.reset"), f"reset:{scope.reading}")]
    if not scope.reading:
        buttons.append(layouts.button(texts.t("button.forget"), "forget", discord.ButtonStyle.danger))
    if scope.reading:
        buttons.insert(0, layouts.button(texts.t("button.whole_server"), "settings:0"))
    elif scope.here:
        buttons.insert(0, layouts.button(texts.t("button.this_reading"), f"settings:{scope.here}"))
    texts_shown = [ui.TextDisplay[Any](text) for text in (said, listed) if text]
    return layouts.lay_out(*texts_shown, ui.ActionRow(select), ui.ActionRow(*buttons))


def setting(scope: Scope, name: str) -> ui.LayoutView:
    """Describe one setting, with the means to change it."""
    text = texts.setting_page(scope.settings, name, scope.stories)
    back = layouts.button(texts.t("button.back"), f"settings:{scope.reading}")
    rows = [ui.ActionRow[Any](item) for item in _controls(scope, name)]
    return layouts.lay_out(ui.TextDisplay(text), *rows, ui.ActionRow(back))


def _controls(scope: Scope, name: str) -> list[ui.Item[Any]]:
    here = f"{scope.reading}:{name}"
    options = texts.options(name, scope.stories)
    controls: list[ui.Item[Any]] = []
    if SETTINGS[name].kind is Kind.CHANNEL:
        kinds = [discord.ChannelType.text, discord.ChannelType.public_thread]
        placeholder = texts.t("placeholder.channel")
        controls.append(
            ui.ChannelSelect(custom_id=f"change:{here}", placeholder=placeholder, channel_types=kinds, min_values=0)
        )
    elif SETTINGS[name].kind is Kind.ROLE:
        placeholder = texts.t("placeholder.role")
        controls.append(ui.RoleSelect(custom_id=f"change:{here}", placeholder=placeholder, min_values=0))
    elif 0 < len(options) <= layouts.MOST_OPTIONS:
        controls.append(
            ui.Select(
                custom_id=f"change:{here}", placeholder=texts.t("placeholder.value"), options=_chosen(scope, name)
            )
        )
    else:
        controls.append(layouts.button(texts.t("button.type"), f"ask:{here}", discord.ButtonStyle.primary))
    if name == "turner":
        controls.append(
            ui.RoleSelect(custom_id=f"change:{scope.reading}:role", placeholder=texts.t("placeholder.role"))
        )
    return controls


def _chosen(scope: Scope, name: str) -> list[discord.SelectOption]:
    now = texts.setting_value(scope.settings, name, scope.stories)
    return [
        discord.SelectOption(label=each.label, value=each.value, default=each.label == now)
        for each in texts.options(name, scope.stories)
    ]


def confirm_reset(reading: int) -> ui.LayoutView:
    """Ask before settings are reset."""
    text = texts.t("settings.reset.ask_reading") if reading else texts.t("settings.reset.ask")
    return layouts.confirm(
        text, texts.t("button.reset_all"), f"resets:{reading}", keep="button.back", back=f"settings:{reading}"
    )
