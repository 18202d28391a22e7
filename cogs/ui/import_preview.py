"""Lays out a draft: what it is, and what can be corrected before it is kept."""

from collections.abc import Sequence
from typing import Any

import discord
from discord import ui

from cogs.ui import layouts, texts
from cogs.ui.layouts import MOST_OPTIONS
from story.importing.draft import GREY, PALETTE, Part
from story.model import Pov
from story.services.drafts import Upload, mark_of

LONGEST_OPTION = 100
"""The most characters of a select's option."""


def preview(upload: Upload, lines: Sequence[str], at: int) -> ui.LayoutView:
    """Lay out a page of a draft's preview, with the buttons to keep, discard and correct it.

    `lines` are those of `texts.preview`. The first page asks about doubts, each with a button that settles it, and one
    that leaves them all as they are.
    """
    here = f"draft:{upload.number}"
    buttons = [
        layouts.button(texts.t("button.story.keep"), f"{here}:keep", discord.ButtonStyle.success),
        layouts.button(texts.t("button.story.discard"), f"{here}:discard", discord.ButtonStyle.danger),
    ]
    if upload.draft:
        lone = len(upload.story.povs) == 1
        buttons += [
            layouts.button(texts.t("button.story.rename"), f"{here}:rename:0"),
            layouts.button(texts.t("button.story.merge"), f"{here}:merge:0", disabled=lone),
            layouts.button(texts.t("button.story.colours"), f"{here}:colours:0"),
            layouts.button(texts.t("button.story.notes"), f"{here}:parts:0"),
        ]
    layout = layouts.pages(lines, at, f"{here}:page", *buttons)
    settling = [
        layouts.button(texts.doubt_label(number, doubt), f"{here}:settle:{mark_of(doubt)}")
        for number, doubt in enumerate(upload.doubts, 1)
    ]
    if settling:
        settling.append(layouts.button(texts.t("button.doubts.leave"), f"{here}:leave"))
    above = [*(layouts.rows(settling) if at == 0 else []), *([ui.ActionRow(_modes(upload))] if upload.modes else [])]
    text, *rows = layout.children
    return layouts.lay_out(text, *above, *rows)


def _modes(upload: Upload) -> ui.Select[Any]:
    """Ask how the story is read."""
    options = [
        discord.SelectOption(
            label=texts.mode_label(each.mode),
            value=each.mode.name.lower(),
            description=texts.mode_means(each),
            default=each.mode is upload.mode,
        )
        for each in upload.modes
    ]
    return ui.Select(custom_id=f"draft:{upload.number}:mode", placeholder=texts.t("placeholder.value"), options=options)


def choose_pov(upload: Upload, action: str, at: int) -> ui.LayoutView:
    """Ask which POV is meant, or which two to merge."""
    options = [_pov_option(pov) for pov in upload.story.povs]
    question, done, most = {
        "rename": (texts.t("import.rename"), "renamed", 1),
        "merge": (texts.t("import.merge"), "merged", 2),
        "colours": (texts.t("import.colour"), "colour", 1),
    }[action]
    return _choose(upload, question, options, at, (action, done, most))


def choose_part(upload: Upload, parts: Sequence[Part], at: int) -> ui.LayoutView:
    """Ask which part to mark: story becomes a note, and a note becomes story."""
    options = [
        discord.SelectOption(label=texts.part_label(part)[:LONGEST_OPTION], value=str(index))
        for index, part in enumerate(parts)
    ]
    return _choose(upload, texts.t("import.notes"), options, at, ("parts", f"marked:{at}", 1))


def choose_colour(upload: Upload, pov: Pov) -> ui.LayoutView:
    """Ask for a POV's colour."""
    options = [
        discord.SelectOption(label=texts.colour_name(colour), value=f"{colour:06x}", default=colour == pov.colour)
        for colour in (*PALETTE, GREY)
    ]
    return _choose(upload, texts.colour_of(pov), options, 0, ("colours", f"coloured:{pov.id}", 1))


def _choose(
    upload: Upload, question: str, options: list[discord.SelectOption], at: int, doing: tuple[str, str, int]
) -> ui.LayoutView:
    """Ask for some of the options, a page at a time; `doing` has how to turn the page, how to answer, and how many."""
    turn, done, most = doing
    here = f"draft:{upload.number}"
    first = min(at, (len(options) - 1) // MOST_OPTIONS) * MOST_OPTIONS
    shown = options[first : first + MOST_OPTIONS]
    wanted = min(most, len(shown))
    select: ui.Select[Any] = ui.Select(
        custom_id=f"{here}:{done}",
        placeholder=texts.t("placeholder.value"),
        options=shown,
        min_values=wanted,
        max_values=wanted,
    )
    buttons = [layouts.button(texts.t("button.back"), f"{here}:page:0")]
    if first:
        buttons.append(layouts.button(texts.t("button.page.earlier"), f"{here}:{turn}:{first // MOST_OPTIONS - 1}"))
    if first + MOST_OPTIONS < len(options):
        buttons.append(layouts.button(texts.t("button.page.later"), f"{here}:{turn}:{first // MOST_OPTIONS + 1}"))
    return layouts.lay_out(ui.TextDisplay(question), ui.ActionRow(select), ui.ActionRow(*buttons))


def _pov_option(pov: Pov) -> discord.SelectOption:
    return discord.SelectOption(label=pov.name, value=pov.id)
