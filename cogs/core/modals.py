"""Modals that ask for a line of text; the answer comes back by its custom_id, as a press does."""

from collections.abc import Iterator
from typing import Any

import discord
from discord import ui


async def ask_line(
    interaction: discord.Interaction[Any], custom_id: str, title: str, *, longest: int = 100, now: str = ""
) -> None:
    """Ask for one line of text; a handler of `custom_id` in `Components` gets it by `typed_in`.

    Nothing is kept here: the modal can be dismissed, or answered after a restart.
    """
    question = ui.Modal(title=title, custom_id=custom_id, timeout=None)
    line: ui.TextInput[Any] = ui.TextInput(max_length=longest, custom_id="answer", default=now or None)
    question.add_item(ui.Label(text=title, component=line))
    question.stop()  # discord.py keeps no finished one
    await interaction.response.send_modal(question)


def typed_in(interaction: discord.Interaction[Any]) -> str:
    """Return what was typed into a modal."""
    data: Any = interaction.data or {}
    return next(_values(data.get("components", [])), "")


def _values(components: list[dict[str, Any]]) -> Iterator[str]:
    for each in components:
        if "value" in each:
            yield each["value"]
        within = [each["component"]] if "component" in each else each.get("components", [])
        yield from _values(within)
