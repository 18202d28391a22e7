"""A server's own stories: /library import, /library remove, and the message menu.

An import shows a private preview, where the member decides whether to keep it.
"""

import asyncio
from collections.abc import Callable
from functools import partial
from pathlib import PurePath

import discord
from discord import app_commands, ui
from discord.ext import commands

from cogs.core import autocomplete
from cogs.core.age import require_suitable
from cogs.core.components import ID, Components, Handler, values_of
from cogs.core.modals import ask_line, typed_in
from cogs.core.permissions import place_of
from cogs.core.responses import Interaction, Refused, defer, rewrite, whisper_layout
from cogs.core.turns import take_a_turn
from cogs.ui import import_preview, layouts, texts
from story.errors import AdultStory, DraftGone, NotKeptError, Refusal
from story.importing.doubts import leave, settle
from story.importing.draft import Draft, mark_part, merge_povs, rename_pov, with_colour
from story.importing.limits import LONGEST_NAME
from story.model import Pov
from story.services.container import Services
from story.services.drafts import Upload, mark_of


class ChoiceGone(Exception):  # noqa: N818 - nothing is wrong: the preview is shown instead
    """What was chosen is not there any more: another press has changed it, while the old choice was still open."""


@app_commands.default_permissions(manage_guild=True)
class LibraryCommands(commands.GroupCog, group_name="library", group_description=texts.describe("command.library")):
    """Takes files, and keeps them as stories once the member says so.

    Discord offers the commands to members who may manage the server, and to others whom its owner allows.
    """

    def __init__(self, bot: commands.AutoShardedBot, services: Services, presses: Components) -> None:
        super().__init__()
        self._bot = bot
        self._library = services.queries.library
        self._drafts = services.drafts
        self._imports = services.imports
        self._work = services.work
        self._menu = app_commands.ContextMenu(name=texts.describe("menu.import"), callback=self._import_message)
        self._menu.default_permissions = discord.Permissions(manage_guild=True)
        handlers: dict[str, Handler] = {
            r"page:(\d{1,4})": self._show,
            r"settle:([0-9a-f]{8})": self._settle,
            "leave": self._leave,
            "mode": self._read_as,
            "keep": self._keep,
            "discard": self._discard,
            r"(rename|merge|colours):(\d{1,4})": self._choose_pov,
            r"parts:(\d{1,4})": self._choose_part,
            "renamed": self._ask_name,
            r"name:([^:]+)": self._rename,
            "merged": self._merge,
            "colour": self._choose_colour,
            r"coloured:([^:]+)": self._colour,
            r"marked:(\d{1,4})": self._mark,
        }
        for action, handler in handlers.items():
            presses.add(f"draft:{ID}:{action}", self._or_preview(handler), own=True)
        presses.add(r"remove:([^:]+)", self._remove, own=True)

    async def cog_load(self) -> None:
        """Add the message menu: discord.py leaves that to the cog."""
        self._bot.tree.add_command(self._menu)

    @app_commands.command(name="import", description=texts.describe("command.library.import"))
    @app_commands.describe(file=texts.describe("option.library.file"))
    async def import_story(self, interaction: Interaction, file: discord.Attachment) -> None:
        """Show what a file would be as a story, and ask whether to keep it."""
        await self._bring(interaction, file)

    async def _import_message(self, interaction: Interaction, message: discord.Message) -> None:
        if not message.attachments:
            raise Refused(texts.t("import.no_file"))
        await self._bring(interaction, message.attachments[0])

    async def _bring(self, interaction: Interaction, file: discord.Attachment) -> None:
        if file.size > self._drafts.limits.bytes:
            raise Refused(texts.too_large(file.size, self._drafts.limits.bytes))
        await take_a_turn(interaction, self._work)
        try:
            data = await file.read()
        except discord.HTTPException:
            raise Refused(texts.t("import.not_downloaded")) from None
        guild, _ = place_of(interaction)
        upload = await self._drafts.bring(guild, interaction.user.id, PurePath(file.filename).name, data)
        await self._require_suitable(interaction, upload)
        await whisper_layout(interaction, await _preview(upload))

    @app_commands.command(name="remove", description=texts.describe("command.library.remove"))
    @app_commands.describe(story=texts.describe("option.library.story"))
    async def remove(self, interaction: Interaction, story: str) -> None:
        """Ask whether to remove a story of the server's own."""
        guild, _ = place_of(interaction)
        found, readings = await self._imports.would_end(guild, story)
        text = texts.confirm_remove(found, [reading.channel for reading in readings])
        await whisper_layout(
            interaction,
            layouts.confirm(text, texts.t("button.story.remove"), f"remove:{found.id}", keep="button.cancel"),
        )

    @remove.autocomplete("story")
    async def _own_stories(self, interaction: Interaction, typed: str) -> list[autocomplete.Choice]:
        guild, _ = place_of(interaction)
        return autocomplete.stories(self._library.own(guild), typed)

    async def _remove(self, interaction: Interaction, story: str) -> None:
        guild, _ = place_of(interaction)
        removed = await self._imports.remove(guild, story, interaction.user.id)
        await rewrite(interaction, layouts.notice(texts.story_removed(removed)))

    # ---- the preview's buttons

    def _or_preview(self, handler: Handler) -> Handler:
        """Have the preview shown where what was chosen in it is not there any more."""

        async def handle(interaction: Interaction, number: str, *more: str) -> None:
            try:
                await handler(interaction, number, *more)
            except ChoiceGone:
                await rewrite(interaction, await _preview(self._upload(interaction, number)))

        return handle

    async def _show(self, interaction: Interaction, number: str, at: str) -> None:
        await rewrite(interaction, await _preview(self._upload(interaction, number), int(at)))

    async def _settle(self, interaction: Interaction, number: str, mark: str) -> None:
        upload = self._upload(interaction, number)
        for doubt in upload.doubts:  # none, if a press just before settled it
            if mark_of(doubt) == mark:
                upload = await self._change(interaction, upload, partial(settle, key=doubt.key, change=True))
        await rewrite(interaction, await _preview(upload))

    async def _leave(self, interaction: Interaction, number: str) -> None:
        upload = await self._change(interaction, self._upload(interaction, number), leave)
        await rewrite(interaction, await _preview(upload))

    async def _read_as(self, interaction: Interaction, number: str) -> None:
        upload = self._upload(interaction, number)
        chosen = [each.mode for each in upload.modes if each.mode.name.lower() in values_of(interaction)]
        await defer(interaction)
        for mode in chosen:  # none, if a change has removed the choice
            upload = await self._drafts.read_as(upload, mode)
        await rewrite(interaction, await _preview(upload))

    async def _keep(self, interaction: Interaction, number: str) -> None:
        await self._require_suitable(interaction, self._upload(interaction, number))
        upload = self._drafts.take(*_whose(interaction), int(number))
        await defer(interaction)
        try:
            kept = await self._imports.keep(upload.guild, upload.story, upload.member)
        except (Refusal, NotKeptError):
            self._drafts.put_back(upload)
            raise
        start = layouts.button(texts.t("button.story.start"), f"start:{kept.id}", discord.ButtonStyle.primary)
        await rewrite(interaction, layouts.notice(texts.story_kept(kept), start))

    async def _discard(self, interaction: Interaction, number: str) -> None:
        self._drafts.take(*_whose(interaction), int(number))
        await rewrite(interaction, layouts.notice(texts.t("import.discarded")))

    async def _choose_pov(self, interaction: Interaction, number: str, action: str, at: str) -> None:
        await rewrite(interaction, import_preview.choose_pov(self._upload(interaction, number), action, int(at)))

    async def _choose_part(self, interaction: Interaction, number: str, at: str) -> None:
        upload = self._upload(interaction, number)
        await rewrite(interaction, import_preview.choose_part(upload, _draft(upload).parts, int(at)))

    async def _ask_name(self, interaction: Interaction, number: str) -> None:
        [pov] = _chosen(interaction, self._upload(interaction, number), 1)
        custom_id, title = f"draft:{number}:name:{pov.id}", texts.t("modal.rename")
        await ask_line(interaction, custom_id, title, longest=LONGEST_NAME, now=pov.name)

    async def _rename(self, interaction: Interaction, number: str, pov_id: str) -> None:
        upload = self._upload(interaction, number)
        pov, name = upload.story.pov(pov_id), typed_in(interaction)
        if pov is None:
            raise DraftGone
        changed = await self._change(interaction, upload, partial(rename_pov, old=pov.name, new=name))
        await rewrite(interaction, await _preview(changed))

    async def _merge(self, interaction: Interaction, number: str) -> None:
        upload = self._upload(interaction, number)
        into, other = _chosen(interaction, upload, 2)
        changed = await self._change(interaction, upload, partial(merge_povs, one=other.name, into=into.name))
        await rewrite(interaction, await _preview(changed))

    async def _choose_colour(self, interaction: Interaction, number: str) -> None:
        upload = self._upload(interaction, number)
        [pov] = _chosen(interaction, upload, 1)
        await rewrite(interaction, import_preview.choose_colour(upload, pov))

    async def _colour(self, interaction: Interaction, number: str, pov_id: str) -> None:
        upload = self._upload(interaction, number)
        pov, [colour] = upload.story.pov(pov_id), values_of(interaction)
        if pov is None:
            raise ChoiceGone
        changed = await self._change(interaction, upload, partial(with_colour, pov=pov.name, colour=int(colour, 16)))
        await rewrite(interaction, import_preview.choose_pov(changed, "colours", 0))

    async def _mark(self, interaction: Interaction, number: str, at: str) -> None:
        upload = self._upload(interaction, number)
        [index] = map(int, values_of(interaction))
        parts = _draft(upload).parts
        if index >= len(parts):
            raise ChoiceGone
        is_note = not parts[index].is_note
        changed = await self._change(interaction, upload, partial(mark_part, index=index, is_note=is_note))
        await rewrite(interaction, import_preview.choose_part(changed, _draft(changed).parts, int(at)))

    # ---- within

    async def _change(self, interaction: Interaction, upload: Upload, change: Callable[[Draft], Draft]) -> Upload:
        """Correct a draft; with a long one, that takes longer than Discord waits."""
        await defer(interaction)
        return await self._drafts.change(upload, change)

    async def _require_suitable(self, interaction: Interaction, upload: Upload) -> None:
        """Require that a story may be read where it was handed in; if not, its draft goes."""
        try:
            await require_suitable(interaction, upload.story)
        except AdultStory:
            self._drafts.take(*_whose(interaction), upload.number)
            raise

    def _upload(self, interaction: Interaction, number: str) -> Upload:
        return self._drafts.upload(*_whose(interaction), int(number))


async def _preview(upload: Upload, at: int = 0) -> ui.LayoutView:
    """Lay out a page of the preview; with thousands of scenes, that is no work for the event loop."""
    lines = await asyncio.to_thread(texts.preview, upload.story, upload.draft, upload.doubts)
    return import_preview.preview(upload, lines, at)


def _whose(interaction: Interaction) -> tuple[int, int]:
    guild, _ = place_of(interaction)
    return guild, interaction.user.id


def _draft(upload: Upload) -> Draft:
    if upload.draft is None:
        raise DraftGone
    return upload.draft


def _chosen(interaction: Interaction, upload: Upload, wanted: int) -> list[Pov]:
    """Return the POVs that were chosen, so many of them, in the story's order.

    Raises:
        ChoiceGone: some of them are not there any more.
    """
    chosen = values_of(interaction)
    found = [pov for pov in upload.story.povs if pov.id in chosen]
    if len(found) != wanted:
        raise ChoiceGone
    return found
