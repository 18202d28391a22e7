"""Suggestions while a member types."""

from collections.abc import Iterable

from discord import app_commands

from cogs.ui import texts
from story.rules.steps import Reading
from story.services.library import Title
from story.services.queries import Queries
from story.times.zones import zones_like

Choice = app_commands.Choice[str]
MOST, LONGEST = 25, 100
"""How many choices Discord shows for an option, and how many characters each has."""


def matching(named: Iterable[tuple[str, str]], typed: str) -> list[Choice]:
    """Suggest values whose names contain what was typed, each with as much of its name as Discord shows."""
    wanted = typed.strip().casefold()
    return [Choice(name=name[:LONGEST], value=value) for name, value in named if wanted in name.casefold()][:MOST]


def stories(titles: Iterable[Title], typed: str) -> list[Choice]:
    """Suggest stories by title and id."""
    wanted = typed.strip().casefold()
    found = [each for each in titles if wanted in each.title.casefold() or wanted in each.id]
    return [Choice(name=each.title[:LONGEST], value=each.id) for each in found[:MOST]]


async def readings(queries: Queries, guild: int, found: Iterable[Reading], typed: str) -> list[Choice]:
    """Suggest readings by their story's title, each with its place."""
    titles = {each.id: each.title for each in queries.library.titles(guild)}
    wanted = typed.strip().casefold()
    choices: list[Choice] = []
    for reading in found:
        title = titles.get(reading.story)
        if wanted in (title or "").casefold() and len(choices) < MOST:
            name = texts.reading_choice(title, reading, await queries.shown(reading.id))
            choices.append(Choice(name=name, value=str(reading.id)))
    return choices


async def read_here(queries: Queries, guild: int, channel: int, typed: str) -> list[Choice]:
    """Suggest a channel's readings that one can look back at."""
    return await readings(queries, guild, await queries.remembered(guild, channel), typed)


def number(chosen: str | None) -> int | None:
    """Return the number of the reading that was chosen, or one that no reading has."""
    return int(chosen) if chosen and chosen.isdecimal() else None if chosen is None else 0


def zones(typed: str) -> list[Choice]:
    """Suggest time zones by name and city."""
    return [Choice(name=name, value=name) for name in zones_like(typed, MOST)]
