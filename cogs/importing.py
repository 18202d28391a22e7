"""Brings stories in: /story import and the message menu, with a private preview that asks before anything is kept."""

from pathlib import PurePath

import discord
from discord import app_commands
from discord.ext import commands

from cogs.core.components import ID, Components, Handler, values_of
from cogs.core.modals import LineModal
from cogs.core.permissions import place_of, require_manage_server
from cogs.core.responses import Interaction, Refused, rewrite, whisper_layout
from cogs.ui import import_preview, layouts, texts
from story.errors import DraftGone, Refusal
from story.importing.draft import Draft, mark_part, merge_povs, rename_pov, with_colour
from story.importing.limits import LONGEST_NAME
from story.model import Pov
from story.services.container import Services
from story.services.drafts import Upload


class Importing(commands.Cog):
    """Takes files from members who may manage the server, and keeps them as stories once they say so."""

    def __init__(self, bot: commands.AutoShardedBot, services: Services, presses: Components) -> None:
        self._bot = bot
        self._drafts = services.drafts
        self._imports = services.imports
        self._menu = app_commands.ContextMenu(name=texts.describe("menu.import"), callback=self._import_message)
        handlers: dict[str, Handler] = {
            r"page:(\d{1,4})": self._show,
            "keep": self._keep,
            "discard": self._discard,
            r"(rename|merge|colours):(\d{1,4})": self._choose_pov,
            r"parts:(\d{1,4})": self._choose_part,
            "renamed": self._ask_name,
            "merged": self._merge,
            "colour": self._choose_colour,
            r"coloured:([^:]+)": self._colour,
            r"marked:(\d{1,4})": self._mark,
        }
        for action, handler in handlers.items():
            presses.add(f"draft:{ID}:{action}", handler)

    async def cog_load(self) -> None:
        """Add the message menu, which cogs do not add by themselves."""
        self._bot.tree.add_command(self._menu)

    async def bring(self, interaction: Interaction, file: discord.Attachment) -> None:
        """Read a file and show what it would be as a story."""
        require_manage_server(interaction)
        if file.size > self._drafts.limits.bytes:
            raise Refused(texts.too_large(file.size, self._drafts.limits.bytes))
        await interaction.response.defer(ephemeral=True, thinking=True)
        try:
            data = await file.read()
        except discord.HTTPException:
            raise Refused(texts.t("import.not_downloaded")) from None
        guild, _ = place_of(interaction)
        upload = await self._drafts.bring(guild, interaction.user.id, PurePath(file.filename).name, data)
        await whisper_layout(interaction, import_preview.preview(upload, 0))

    async def _import_message(self, interaction: Interaction, message: discord.Message) -> None:
        if not message.attachments:
            raise Refused(texts.t("import.no_file"))
        await self.bring(interaction, message.attachments[0])

    # ---- the preview's buttons

    async def _show(self, interaction: Interaction, number: str, at: str) -> None:
        await rewrite(interaction, import_preview.preview(self._upload(interaction, number), int(at)))

    async def _keep(self, interaction: Interaction, number: str) -> None:
        self._upload(interaction, number)
        upload = self._drafts.take(*_whose(interaction), int(number))
        try:
            kept = await self._imports.keep(upload.guild, upload.story)
        except Refusal:
            self._drafts.put(upload)
            raise
        await rewrite(interaction, layouts.notice(texts.story_kept(kept)))

    async def _discard(self, interaction: Interaction, number: str) -> None:
        self._drafts.take(*_whose(interaction), int(number))
        await rewrite(interaction, layouts.notice(texts.t("import.discarded")))

    async def _choose_pov(self, interaction: Interaction, number: str, action: str, at: str) -> None:
        await rewrite(interaction, import_preview.choose_pov(self._upload(interaction, number), action, int(at)))

    async def _choose_part(self, interaction: Interaction, number: str, at: str) -> None:
        upload = self._upload(interaction, number)
        await rewrite(interaction, import_preview.choose_part(upload, _draft(upload).parts, int(at)))

    async def _ask_name(self, interaction: Interaction, number: str) -> None:
        [pov] = _chosen(interaction, self._upload(interaction, number))

        async def typed(answered: Interaction, name: str) -> None:
            upload = self._upload(answered, number)
            changed = await self._drafts.change(upload, lambda draft: rename_pov(draft, pov.name, name))
            await rewrite(answered, import_preview.preview(changed, 0))

        question = LineModal(texts.t("modal.rename"), typed, longest=LONGEST_NAME, now=pov.name)
        await interaction.response.send_modal(question)

    async def _merge(self, interaction: Interaction, number: str) -> None:
        upload = self._upload(interaction, number)
        into, other = _chosen(interaction, upload)
        changed = await self._drafts.change(upload, lambda draft: merge_povs(draft, other.name, into.name))
        await rewrite(interaction, import_preview.preview(changed, 0))

    async def _choose_colour(self, interaction: Interaction, number: str) -> None:
        upload = self._upload(interaction, number)
        [pov] = _chosen(interaction, upload)
        await rewrite(interaction, import_preview.choose_colour(upload, pov))

    async def _colour(self, interaction: Interaction, number: str, pov_id: str) -> None:
        upload = self._upload(interaction, number)
        pov, [colour] = upload.story.pov(pov_id), values_of(interaction)
        if pov is None:
            raise DraftGone
        changed = await self._drafts.change(upload, lambda draft: with_colour(draft, pov.name, int(colour, 16)))
        await rewrite(interaction, import_preview.choose_pov(changed, "colours", 0))

    async def _mark(self, interaction: Interaction, number: str, at: str) -> None:
        upload = self._upload(interaction, number)
        [index] = map(int, values_of(interaction))
        is_note = not _draft(upload).parts[index].is_note
        changed = await self._drafts.change(upload, lambda draft: mark_part(draft, index, is_note=is_note))
        await rewrite(interaction, import_preview.choose_part(changed, _draft(changed).parts, int(at)))

    # ---- within

    def _upload(self, interaction: Interaction, number: str) -> Upload:
        require_manage_server(interaction)
        return self._drafts.upload(*_whose(interaction), int(number))


def _whose(interaction: Interaction) -> tuple[int, int]:
    guild, _ = place_of(interaction)
    return guild, interaction.user.id


def _draft(upload: Upload) -> Draft:
    if upload.draft is None:
        raise DraftGone
    return upload.draft


def _chosen(interaction: Interaction, upload: Upload) -> list[Pov]:
    """Return the POVs that were chosen, in the story's order."""
    chosen = values_of(interaction)
    return [pov for pov in upload.story.povs if pov.id in chosen]
