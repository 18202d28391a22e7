"""What is suggested while a member types."""

from collections.abc import Iterable

from discord import app_commands

from story.services.library import Title
from story.times.zones import zones_like

Choice = app_commands.Choice[str]
MOST = 25
"""Choices that Discord shows for an option."""


def matching(named: Iterable[tuple[str, str]], typed: str) -> list[Choice]:
    """Suggest values by their names: those that have in them what was typed."""
    wanted = typed.strip().casefold()
    return [Choice(name=name, value=value) for name, value in named if wanted in name.casefold()][:MOST]


def stories(titles: Iterable[Title], typed: str) -> list[Choice]:
    """Suggest stories by title and id."""
    wanted = typed.strip().casefold()
    found = [each for each in titles if wanted in each.title.casefold() or wanted in each.id]
    return [Choice(name=each.title[:100], value=each.id) for each in found[:MOST]]


def zones(typed: str) -> list[Choice]:
    """Suggest time zones by name and city."""
    return [Choice(name=name, value=name) for name in zones_like(typed, MOST)]
