"""Lets Discord show the commands in each member's own language, from the message catalogues."""

import discord
from discord import app_commands

from cogs.ui import texts


class Translator(app_commands.Translator):
    """Translates what the commands do, their options and their choices.

    Names that people type stay as they are: only what `texts.describe` returns carries a message id. What it keeps of
    a language is a tenth of its catalogue.
    """

    def __init__(self) -> None:
        self._said: dict[str, dict[str, str]] = {}

    async def translate(
        self, string: app_commands.locale_str, locale: discord.Locale, _context: app_commands.TranslationContextTypes
    ) -> str | None:
        """Return a text in one of Discord's languages; None if it is not one of ours, or the text's own."""
        key, language = string.extras.get("key"), texts.language_of(locale.value)
        if key is None or language is None or language == texts.SOURCE:
            return None
        if language not in self._said:
            self._said[language] = texts.CATALOGUES.passing(language).fixed()
        return self._said[language].get(key)
