"""Answers to whatever a member asks: always, at once, in plain words, and in private if something went wrong."""

import logging
import re
import secrets
import unicodedata
from contextlib import suppress
from io import BytesIO
from typing import Any

import aiohttp
import discord
from discord import app_commands, ui

from cogs.ui import layouts, texts
from story.errors import NotKeptError, Refusal, TakenError
from story.importing import BrokenStoryError

log = logging.getLogger(__name__)

Interaction = discord.Interaction[Any]
NOT_DONE = (discord.HTTPException, discord.RateLimited, aiohttp.ClientError, TimeoutError)
"""What a failed request to Discord raises: a refusal, a wait that is too long, or no answer at all."""
LONGEST_FILE_NAME = 80
TOO_LATE = {10062, 10015}
"""Discord's codes for an interaction it has given up, and for one whose token has expired."""


class Refused(app_commands.AppCommandError):
    """A request that can't be carried out on Discord's side; its text is for the member."""


async def whisper(interaction: Interaction, text: str) -> None:
    """Answer with a text that only the member sees."""
    await whisper_layout(interaction, layouts.notice(text))


async def whisper_layout(interaction: Interaction, layout: ui.LayoutView, *files: discord.File) -> None:
    """Answer with a layout that only the member sees, and with the files that it shows."""
    if interaction.response.is_done():
        await interaction.followup.send(view=layout, files=files, ephemeral=True)
    else:
        await interaction.response.send_message(view=layout, files=files, ephemeral=True)


async def whisper_file(interaction: Interaction, text: str, name: str, ending: str, data: bytes) -> None:
    """Answer with a text and a file that only the member sees; the file name keeps only letters that Discord does."""
    file = file_of(name, ending, data)
    await whisper_layout(interaction, layouts.file(file.filename, text), file)


def file_of(name: str, ending: str, data: bytes) -> discord.File:
    """Return a file to send; its name keeps only letters that Discord does."""
    letters = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    slug = re.sub("[^a-z0-9]+", "-", letters).strip("-")[:LONGEST_FILE_NAME] or "story"
    return discord.File(BytesIO(data), f"{slug}.{ending}")


async def defer(interaction: Interaction) -> None:
    """Tell Discord that an answer takes longer, so that it does not report a failure."""
    with suppress(*NOT_DONE, discord.InteractionResponded):
        if interaction.type is discord.InteractionType.application_command:
            await interaction.response.defer(ephemeral=True, thinking=True)
        else:
            await interaction.response.defer()


async def rewrite(interaction: Interaction, layout: ui.LayoutView, *files: discord.File) -> None:
    """Show another layout in the private message that was pressed, with the files that it shows.

    Don't use it on a message that everybody sees.
    """
    if interaction.message is None or not interaction.message.flags.ephemeral:
        await whisper_layout(interaction, layout, *files)
        return
    more: dict[str, Any] = {"attachments": files} if files else {}
    if interaction.response.is_done():
        await interaction.edit_original_response(view=layout, **more)
    else:
        await interaction.response.edit_message(view=layout, **more)


async def answer_error(interaction: Interaction, error: Exception) -> None:
    """Tell the member what is wrong: a refusal in its own words, anything else by an id that is also in the log.

    If another process has taken over, it hears of the interaction too, and answers it.
    """
    if isinstance(error, TakenError):
        return
    text = _words(error)
    if isinstance(error, NotKeptError):
        interaction.client.services.store.outage.begin(error)  # it may not even have been asked to keep something
    if text is None:
        error_id = secrets.token_hex(4)
        log.error("error %s in interaction %s", error_id, interaction.id, exc_info=error)
        text = texts.unexpected(error_id)
    try:
        await whisper(interaction, text)
    except NOT_DONE as failure:
        log.warning("interaction %s could not be answered: %s", interaction.id, failure)


def _words(error: Exception) -> str | None:  # noqa: C901, PLR0911 - a table
    """Return what to tell the member, or None for an error that nobody foresaw."""
    match error:
        case Refusal():
            return texts.refusal(error)
        case BrokenStoryError():
            return texts.broken(error.mistakes)
        case Refused():
            return str(error)
        case NotKeptError():
            return texts.t("error.not_kept")
        case app_commands.TransformerError():
            return texts.t("error.channel_gone")
        case discord.NotFound(code=code) if code in TOO_LATE:
            return texts.t("error.unreachable")
        case discord.Forbidden():
            return texts.forbidden()
        case discord.NotFound():
            return texts.t("error.channel_gone")
        case discord.RateLimited():
            return texts.slow()
        case discord.DiscordServerError() | aiohttp.ClientError() | TimeoutError():
            return texts.t("error.unreachable")
        case _:
            return None


class Tree(app_commands.CommandTree[Any]):
    """The command tree, with every error answered."""

    async def interaction_check(self, interaction: Interaction, /) -> bool:
        """Whether to carry out a command; it sets the member's locale first."""
        self.client.locales.answer(interaction)
        return bool(self.client.in_flight.lets_in(interaction))

    async def on_error(self, interaction: Interaction, error: app_commands.AppCommandError, /) -> None:
        """Answer an error that a command raised."""
        original = error.original if isinstance(error, app_commands.CommandInvokeError) else error
        await answer_error(interaction, original)
