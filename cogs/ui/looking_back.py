"""Lays out what was told before: what a member has missed, and a section read again."""

from collections.abc import Sequence
from typing import Any

import discord
from discord import ui

from cogs.ui import texts
from cogs.ui.layouts import box, button, lay_out, pages, rows
from cogs.ui.split import MESSAGE, split
from story.model import Pov, Scene, Section
from story.rules.page import Heard, Page, Passed


def missed(shown: Page, heard: Sequence[Heard], at: int) -> ui.LayoutView:
    """Lay out what a member has missed, as recaps, with a button to read all of it."""
    here = f"{shown.reading.id}:{heard[0][0].n}"
    whole = button(texts.t("button.read_whole"), f"whole:{here}:0", discord.ButtonStyle.primary)
    return pages(texts.missed(shown, heard), at, f"missed:{here}", whole)


def missed_whole(shown: Page, heard: Sequence[Heard], part: int) -> tuple[ui.LayoutView, bool]:
    """Lay out a part of the first of some sections, and the way to the next; return whether it was its last part."""
    step, scene, section = heard[0]
    head = texts.reread_head(shown, scene, section)
    text, last = _part_under(head, section, part)
    buttons = []
    if not last:
        target = f"whole:{shown.reading.id}:{step.n}:{part + 1}"
        buttons.append(button(texts.t("button.read_on"), target, discord.ButtonStyle.primary))
    elif len(heard) > 1:
        target = f"whole:{shown.reading.id}:{heard[1][0].n}:0"
        buttons.append(button(texts.t("button.section.next"), target, discord.ButtonStyle.primary))
    buttons += _in_other_languages(shown, scene, section)
    content: list[ui.Item[Any]] = [ui.TextDisplay(head), ui.TextDisplay(text)]
    return lay_out(box([*content, *rows(buttons)], section.pov.colour)), last


def reread(shown: Page, so_far: Sequence[Passed], at: int, section: Section, part: int) -> ui.LayoutView:
    """Lay out a section that is read again, with its scene's other POVs and its neighbours."""
    scene = so_far[at].scene
    head = texts.reread_head(shown, scene, section)
    text, last = _part_under(head, section, part)

    def target(to: Scene, pov: Pov, to_part: int = 0) -> str:
        return f"reread:{shown.reading.id}:{to.id}:{pov.id}:{to_part}"

    def neighbour(label: str, to: Passed) -> ui.Button[Any]:
        return button(label, target(to.scene, to.section.pov))

    eyes = [
        button(
            pov.name,
            target(scene, pov),
            discord.ButtonStyle.primary if pov == section.pov else discord.ButtonStyle.secondary,
            disabled=pov == section.pov,
        )
        for pov in scene.povs
    ]
    onward = []
    if not last:
        onward.append(
            button(texts.t("button.read_on"), target(scene, section.pov, part + 1), discord.ButtonStyle.primary)
        )
    if at > 0:
        onward.append(neighbour(texts.t("button.scene.earlier"), so_far[at - 1]))
    if at + 1 < len(so_far):
        onward.append(neighbour(texts.t("button.scene.later"), so_far[at + 1]))
    onward += _in_other_languages(shown, scene, section)
    content: list[ui.Item[Any]] = [ui.TextDisplay(head), ui.TextDisplay(text)]
    return lay_out(box([*content, *rows(eyes if len(eyes) > 1 else []), *rows(onward)], section.pov.colour))


def _in_other_languages(shown: Page, scene: Scene, section: Section) -> list[ui.Button[Any]]:
    """Return the button that shows a section in other languages, if it is translated."""
    found = shown.story.translated(scene.id, section.pov.id)
    target = f"translation:{shown.reading.id}:{scene.id}:{section.pov.id}"
    return [button(texts.translations_label(found), target)] if found else []


def _part_under(head: str, section: Section, part: int) -> tuple[str, bool]:
    """Return a part of a section that fits into a message under its heading, and whether it is the last."""
    room = MESSAGE.minus(head)
    parts = split(section.text, room, room)
    part = min(part, len(parts) - 1)
    return parts[part], part + 1 == len(parts)
