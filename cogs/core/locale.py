"""Knows the locale of each server, without a query at every press, and the language that a member reads best."""

from collections.abc import Sequence
from dataclasses import replace

from cogs.core.permissions import place_of
from cogs.core.responses import Interaction
from cogs.ui import texts
from story.rules.page import Heard, Page, heard_by
from story.rules.settings import DEFAULTS, Settings
from story.services.container import Services
from story.store import Commit

ORDINARY = texts.Locale(DEFAULTS.language, DEFAULTS.plain)


class Locales:
    """The servers with a language of their own or plain speech; all others get the default."""

    def __init__(self, services: Services) -> None:
        self._queries = services.queries
        self._special: dict[int, texts.Locale] = {}
        self._just_set: set[int] = set()
        # First in line for commits, so that what a commit causes is said in the new locale.
        services.store.subscribe(self._committed)

    async def load(self) -> None:
        """Learn what the servers have set so far; what is set here meanwhile is newer."""
        self._just_set.clear()
        found = await self._queries.settings_of_all()
        self._special = {guild: locale for guild, locale in self._special.items() if guild in self._just_set}
        for guild in found.keys() - self._just_set:
            self.learn(guild, found[guild])

    def _committed(self, commit: Commit) -> None:
        self._just_set.update(commit.settings)
        for guild, changes in commit.settings.items():
            self.learn(guild, self._queries.settings_from(guild, changes))

    def learn(self, guild: int, settings: Settings) -> None:
        """Note the locale that a server wants from now on."""
        speech = texts.Locale(settings.language, settings.plain)
        self._special.pop(guild, None)
        if speech != ORDINARY:
            self._special[guild] = speech

    def of(self, guild: int) -> texts.Locale:
        """Return a server's locale."""
        return self._special.get(guild, ORDINARY)

    def speak_to(self, guild: int) -> None:
        """Make the running task use a server's locale."""
        texts.speak(self.of(guild))

    def answer(self, interaction: Interaction) -> None:
        """Make the running task use the language of an interaction's member, if it is one of ours.

        Plain speech follows the server's setting: Discord does not say who uses a screen reader.
        """
        theirs, servers = texts.language_of(interaction.locale.value), self.of(place_of(interaction)[0])
        texts.speak(replace(servers, language=theirs or servers.language))


def in_their_language(interaction: Interaction, page: Page, heard: Sequence[Heard]) -> tuple[Page, list[Heard]]:
    """Return a page, and what was heard, in the language of whoever asks, as far as the story is translated into it."""
    languages = [page.story.language, *(each.language for each in page.story.translations)]
    told = replace(page, story=page.story.in_language(nearest(interaction, languages) or page.story.language))
    return told, heard_by(told, [step for step, _, _ in heard])


def nearest(interaction: Interaction, languages: Sequence[str]) -> str | None:
    """Return which of some languages whoever asks reads, the very one of their client before its neighbours."""
    wanted = interaction.locale.value.casefold()
    same = (each for each in languages if each.casefold() == wanted)
    akin = (each for each in languages if each.casefold().split("-")[0] == wanted.split("-", maxsplit=1)[0])
    return next(same, next(akin, None))
