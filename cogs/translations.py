"""Two languages, one group: a button under each section shows it in a member's own language."""

from dataclasses import replace

from discord import ui
from discord.ext import commands

from cogs.core.age import require_suitable
from cogs.core.components import ID, READING, Components, values_of
from cogs.core.locale import nearest
from cogs.core.permissions import place_of
from cogs.core.responses import Interaction, rewrite, whisper_layout
from cogs.ui import texts
from cogs.ui.translations import choose_language, translated
from story.errors import NotTranslated
from story.model import Scene, Section, Story
from story.rules.page import Page
from story.services.container import Services

SECTION = r"([^:]{1,40}):([^:]{1,24})"
"""A scene and a POV in a custom_id."""


class Translations(commands.Cog):
    """Shows sections in other languages that are in the channel or were passed, but nothing still ahead."""

    def __init__(self, services: Services, presses: Components) -> None:
        self._queries = services.queries
        presses.add(rf"translation:{READING}:{ID}", self._open_page)
        presses.add(rf"translate:{READING}:{ID}", self._choose_page, own=True)
        presses.add(rf"translation:{READING}:{SECTION}", self._open_passed)
        presses.add(rf"translate:{READING}:{SECTION}", self._choose_passed, own=True)

    async def _open_page(self, interaction: Interaction, reading: str, n: str) -> None:
        await self._open(interaction, f"{reading}:{n}", *await self._page(interaction, reading, n))

    async def _choose_page(self, interaction: Interaction, reading: str, n: str) -> None:
        await _choose(interaction, *await self._page(interaction, reading, n))

    async def _open_passed(self, interaction: Interaction, reading: str, scene: str, pov: str) -> None:
        await self._open(interaction, f"{reading}:{scene}:{pov}", *await self._passed(interaction, reading, scene, pov))

    async def _choose_passed(self, interaction: Interaction, reading: str, scene: str, pov: str) -> None:
        await _choose(interaction, *await self._passed(interaction, reading, scene, pov))

    async def _page(self, interaction: Interaction, reading: str, n: str) -> tuple[Page, str, str]:
        guild, _ = place_of(interaction)
        page = await self._queries.told(guild, int(reading), int(n))
        return page, page.step.scene or "", page.step.pov or ""

    async def _passed(self, interaction: Interaction, reading: str, scene: str, pov: str) -> tuple[Page, str, str]:
        guild, _ = place_of(interaction)
        page, so_far, at, section = await self._queries.reread(guild, int(reading), scene, pov)
        return page, so_far[at].scene.id, section.pov.id

    async def _open(self, interaction: Interaction, here: str, page: Page, scene: str, pov: str) -> None:
        """Show a section in the member's own language, if it exists, or ask which."""
        found = page.story.translated(scene, pov)
        language = nearest(interaction, [each.language for each in found])
        if language is None and len(found) > 1:
            await whisper_layout(interaction, choose_language(f"translate:{here}", found))
        else:
            for each in await _laid_out(interaction, page, scene, pov, language or ""):
                await whisper_layout(interaction, each)


async def _choose(interaction: Interaction, page: Page, scene: str, pov: str) -> None:
    """Show a section in the language that a member has chosen, in place of the question."""
    first, *others = await _laid_out(interaction, page, scene, pov, *values_of(interaction)[:1])
    await rewrite(interaction, first)
    for each in others:
        await whisper_layout(interaction, each)


async def _laid_out(
    interaction: Interaction, page: Page, scene: str, pov: str, language: str = ""
) -> list[ui.LayoutView]:
    """Lay out a section in a language, or in the first that it has."""
    found = page.story.translated(scene, pov)
    if not found:
        raise NotTranslated
    await require_suitable(interaction, page.story)
    translation = next((each for each in found if each.language == language), found[0])
    told = _told(translation, scene, pov)
    ours = texts.language_of(translation.language)
    spoken = texts.current_locale()
    with texts.speaking(replace(spoken, language=ours or spoken.language)):
        return translated(page, translation, *told)


def _told(translation: Story, scene_id: str, pov_id: str) -> tuple[Scene, Section]:
    return next(
        (scene, section)
        for scene in translation.scenes
        for section in scene.sections
        if (scene.id, section.pov.id) == (scene_id, pov_id)
    )
