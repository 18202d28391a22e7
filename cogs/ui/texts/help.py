"""Texts about the bot itself: its commands, what it stores, who made it, and the rehearsal's welcome."""

from collections.abc import Callable, Iterable, Sequence

from discord.app_commands import locale_str

from cogs.ui.texts.catalogue import CATALOGUES, SOURCE
from cogs.ui.texts.facts import plain
from cogs.ui.texts.pieces import NAME, bold, button, heading, listed, names, permission, small, small_lines
from cogs.ui.texts.speech import t
from story import __version__
from story.model import Story

MOST_CREDITS = 3
"""How many stories' credits /about has room for; `/story info` has the others'."""
LIBRARIES = ("discord.py", "aiosqlite", "Babel", "markdown-it-py", "Pillow")
GROUPS = {
    "help.read": ("next", "pov", "back", "restart"),
    "help.look_back": ("where", "recap", "path", "reread", "transcript", "catchup", "bookmark", "bookmarks"),
    "help.together": (
        *("session start", "session stop", "session pause", "session resume", "session readers", "session host"),
        *("session schedule", "session calendar", "session move", "session cancel", "serial"),
    ),
    "help.stories": (
        *("story list", "story info", "story start", "story continue", "story move", "story stop", "story export"),
    ),
    "help.server": ("settings", "status", "library import", "library remove"),
    "help.me": ("help", "about", "notify", "privacy", "forget me"),
}
"""The commands, by what they are for."""
FIRST = ("next", "pov", "catchup", "session start", "story list")
"""The commands for somebody new."""
RESTRICTED = ("help.read", "help.together", "help.stories")
"""The groups with commands that are not for everyone."""
Mention = Callable[[str], str]
"""Returns a command as a mention that can be clicked."""
STORED = ("readings", "presses", "yours", "sessions", "dates", "alerts", "stories")
"""What is stored, by message ids."""


def describe(key: str) -> locale_str:
    """Return a text for Discord's list of commands, which the translator recognises by its id.

    Raises:
        KeyError: there is no such message.
    """
    return locale_str(CATALOGUES[SOURCE].say(key, {}), key=key)


def introduction() -> str:
    """Say how the bot works."""
    return t("help.introduction", button=button("button.next"))


def help_text(mention: Mention) -> str:
    """Say how the bot works, and which commands to begin with."""
    return "\n".join([heading(t("help.heading")), introduction(), *_commands(FIRST, mention)])


def help_subjects() -> list[tuple[str, str]]:
    """Return the subjects of help: a value for `help_about`, and its label."""
    return [(subject, t(subject)) for subject in GROUPS]


def help_about(subject: str, mention: Mention) -> str:
    """Say what one can do about a subject; for an unknown one, what `help_text` says."""
    if subject not in GROUPS:
        return help_text(mention)
    restricted = (
        [small(t("help.restricted", permission=permission("manage_messages")))] if subject in RESTRICTED else []
    )
    return "\n".join([heading(t(subject)), *_commands(GROUPS[subject], mention), *restricted])


def _commands(names: Iterable[str], mention: Mention) -> list[str]:
    return [f"- {mention(name)} {t('command.' + name.replace(' ', '.'))}" for name in names]


def privacy_text() -> str:
    """Say what is stored, and why."""
    stored = [
        f"- {t('privacy.item', what=bold(t(f'privacy.{what}')), why=t(f'privacy.{what}.why'))}" for what in STORED
    ]
    return "\n".join(
        [
            heading(t("privacy.heading")),
            t("privacy.introduction"),
            *stored,
            t("privacy.sees"),
            t("privacy.forget", button=button("button.forget")),
        ]
    )


def confirm_forget_me() -> str:
    """Ask whether to delete a member's data, and say what that is."""
    goes = [f"- {t(f'forget.me.{what}')}" for what in ("votes", "read", "bookmarks", "dates", "alerts", "sessions")]
    return "\n".join([t("forget.me.ask"), *goes, t("forget.me.for_good")])


def about(stories: Sequence[Story]) -> str:
    """Say who made this."""
    credit = [line for story in stories[:MOST_CREDITS] for line in _credit(story)]
    return "\n".join(
        [
            f"## {NAME} {__version__}",
            t("about.what"),
            t("about.licence"),
            t("about.made_with", libraries=listed(LIBRARIES)),
            bold(t("label", label=t("about.library"))),
            *credit,
            small(t("about.credits")),
        ]
    )


def _credit(story: Story) -> list[str]:
    title = bold(plain(story.title))
    return [f"- {t('story.title_by', title=title, authors=names(story.authors))}", *small_lines(story.credits)]


def rehearsal(owner: str) -> str:
    """Welcome to the rehearsal, with what is worth trying; `owner` is the member the page begins as."""
    tries = ("rehearsal.next", "rehearsal.vote", "rehearsal.session", "rehearsal.settings", "rehearsal.import")
    numbered = [f"{number}. {t(each)}" for number, each in enumerate(tries, 1)]
    what = f"{t('rehearsal.what')} {t('rehearsal.owner', owner=bold(owner))}"
    return "\n".join([heading(t("rehearsal.heading")), what, t("rehearsal.try"), *numbered])
