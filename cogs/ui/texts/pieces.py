"""Pieces of texts: Markdown around words, members, lists, labels and their values."""

import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache

from babel import Locale
from discord.utils import format_dt

from cogs.ui.texts.facts import excerpt, plain, shortened, size, unit_of
from cogs.ui.texts.speech import catalogue, dot, t
from story.model import Story

NAME = "Storyteller"
"""The bot's name."""
MOST_NAMES = 24
"""How many POVs an opening card names."""
MOST_READERS = 40
"""How many members a session's card names."""

# ---- Markdown, which no translator sees


def bold(text: str) -> str:
    """Set a text in bold."""
    return f"**{text}**"


def heading(text: str) -> str:
    """Head a card."""
    return f"## {text}"


def small(text: str) -> str:
    """Set a line in small print."""
    return f"-# {text}"


def small_lines(text: str) -> list[str]:
    """Return the lines of a text in small print."""
    return [small(line) for line in text.splitlines() if line.strip()]


def title_of(story: Story) -> str:
    """Return a story's title for use in a sentence."""
    return bold(plain(story.title))


def quoted(text: str) -> str:
    """Return what a member typed for use in an answer: one line, no Markdown, nothing invisible, not long."""
    seen = "".join(each for each in text if each.isspace() or not unicodedata.category(each).startswith("C"))
    return plain(" ".join(seen.split())[:60])


def begins(text: str) -> str:
    """Return how a text begins, for use in an answer."""
    return plain(excerpt(text, 60))


def fact(label: str, value: str) -> str:
    """Say something under a label: "Rating: Teen"."""
    return f"{bold(t('label', label=label))} {value}"


def button(key: str) -> str:
    """Name a button in a sentence."""
    return bold(t(key))


def permission(name: str) -> str:
    """Name a permission in a sentence, as Discord calls it."""
    return bold(t(f"permission.{name}"))


# ---- members, channels and moments


def who(member: int | None) -> str:
    """Name a member, or "somebody" if they were forgotten."""
    return f"<@{member}>" if member else t("member.somebody")


def members(ids: Sequence[int]) -> str:
    """Name members, up to as many as a card has room for."""
    return listed([f"<@{each}>" for each in ids], MOST_READERS)


def channel(number: int) -> str:
    """Name a channel."""
    return f"<#{number}>"


def role(number: int | None) -> str:
    """Name a role."""
    return f"<@&{number}>"


def relative(when: datetime) -> str:
    """Return a moment relative to now, as Discord writes it in the reader's language: "in 5 minutes"."""
    return format_dt(when, "R")


def date(when: datetime) -> str:
    """Return a moment written out, as Discord does in the reader's language and time zone."""
    return format_dt(when, "F")


# ---- lists and measures


def listed(items: Sequence[str], most: int = 1000) -> str:
    """Join items into a list; beyond so many, the rest are counted."""
    more = len(items) - most
    return catalogue().listed([*items[:most], *([t("list.more", n=more)] if more > 0 else [])])


def names(all_names: Iterable[str]) -> str:
    """List names."""
    return listed([plain(name) for name in all_names])


def choices(labels: Sequence[str]) -> str:
    """Name the choices, as many as an answer has room for."""
    return listed([plain(shortened(label)) for label in labels], MOST_NAMES)


def told_by(story: Story) -> str:
    """Name the POVs of a story, as many as an opening card has room for."""
    povs = [plain(pov.name) for pov in story.povs]
    return catalogue().listed(povs if len(povs) <= MOST_NAMES else [*povs[:MOST_NAMES], t("story.others")])


@cache
def language_name(tag: str) -> str:
    """Return a language's own name, with a capital letter as in a list: "Deutsch"."""
    locale = Locale.parse(tag, sep="-")
    name = locale.get_display_name(locale) or tag
    return name[0].upper() + name[1:]


def duration(seconds: int) -> str:
    """Say a length of time: "2 minutes"."""
    return catalogue().length_of_time(*unit_of(seconds))


def length(story: Story) -> str:
    """Say how long a story is."""
    scenes, sections, words, minutes = size(story)
    return t(
        "story.length",
        scenes=t("count.scenes", n=scenes),
        sections=t("count.sections", n=sections),
        words=t("count.words", n=words),
        minutes=catalogue().length_of_time(minutes, "minute"),
    )


def by(story: Story) -> str:
    """Say who wrote a story."""
    return t("story.by", authors=names(story.authors))


def scenes_in_short(story: Story) -> list[str]:
    """Return a line for each scene: its number, its title, who tells it, and its first words."""
    return [
        f"{bold(f'{number}. {plain(scene.title)}')}{dot()}{names(pov.name for pov in scene.povs)}:"
        f" {begins(scene.sections[0].text)}"
        for number, scene in enumerate(story.scenes, 1)
    ]
