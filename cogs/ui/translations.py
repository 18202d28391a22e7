"""Lays out a section in a language other than the group's: the button to it, and what it opens in private."""

from collections.abc import Sequence
from typing import Any

from discord import ui

from cogs.ui import texts
from cogs.ui.layouts import MOST_OPTIONS, box, choice, lay_out, pack
from cogs.ui.split import MESSAGE, Room, fitted, split
from story.model import Scene, Section, Story
from story.rules.page import Page
from story.rules.steps import Kind

BELOW = Room(500, 2000)
"""Room kept free under a section for the meaning of the ballot's buttons."""


def translated(shown: Page, translation: Story, scene: Scene, section: Section) -> list[ui.LayoutView]:
    """Lay out a page's section, or an earlier one, in another language, in as many messages as it needs."""
    on_page = shown.step.scene == scene.id
    boxes = []
    if on_page and shown.step.kind in {Kind.START, Kind.RESTART}:
        boxes.append(box([ui.TextDisplay(texts.opening(translation))], None))
    head = texts.translated_head(shown, translation, (scene, section), 1, 99)
    room = Room(MESSAGE.chars - BELOW.chars, MESSAGE.bytes - BELOW.bytes).minus(head)
    parts = split(section.text, room, room)
    for number, text in enumerate(parts, 1):
        head = texts.translated_head(shown, translation, (scene, section), number, len(parts))
        items: list[ui.Item[Any]] = [ui.TextDisplay(head), ui.TextDisplay(text)]
        vote = texts.translated_vote(shown, translation, scene) if on_page and number == len(parts) else ""
        if vote:
            items.append(ui.TextDisplay(fitted(vote, BELOW)))
        boxes.append(box(items, section.pov.colour))
    return [lay_out(*group) for group in pack(boxes)]


def choose_language(custom_id: str, translations: Sequence[Story]) -> ui.LayoutView:
    """Ask in which language somebody wants to read."""
    named = [(each.language, texts.language_name(each.language)) for each in translations[:MOST_OPTIONS]]
    select = choice(custom_id, texts.t("placeholder.translation"), named)
    return lay_out(ui.TextDisplay(texts.t("translation.ask")), ui.ActionRow(select))
