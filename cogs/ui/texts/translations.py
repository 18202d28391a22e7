"""Texts around a section in a language other than the group's."""

from collections.abc import Iterator, Sequence

from cogs.ui.texts.facts import plain, shortened
from cogs.ui.texts.pages import scene_of
from cogs.ui.texts.pieces import fact, heading, language_name, listed, small
from cogs.ui.texts.speech import current_locale, dot, t
from story.model import Scene, Section, Story
from story.rules.options import Option
from story.rules.page import Page

MOST_LANGUAGES = 3
"""How many languages a button names; an ellipsis stands for the rest."""


def translations_label(translations: Sequence[Story]) -> str:
    """Name the languages of a section, each in its own words, for whoever reads only that one."""
    names = ", ".join(language_name(each.language) for each in translations[:MOST_LANGUAGES])
    more = ", …" if len(translations) > MOST_LANGUAGES else ""
    return f"{'' if current_locale().plain else '🌐 '}{shortened(names, 70)}{more}"


def translated_head(page: Page, translation: Story, heard: tuple[Scene, Section], part: int, parts: int) -> str:
    """Head a section in another language, or a part of one."""
    scene, section = heard
    told = [plain(translation.title), *([scene_of(page)] if page.step.scene == scene.id else [])]
    told.append(plain(section.pov.name))
    if parts > 1:
        told.append(t("section.part", part=part, parts=parts))
    under = small(dot().join(told))
    return f"{heading(plain(scene.title))}\n{under}" if part == 1 else under


def translated_vote(page: Page, translation: Story, scene: Scene) -> str:
    """Say what the open ballot's buttons mean, if another language has other labels."""
    options = page.ballot.options if page.ballot and page.closed_by is None else ()
    meant = [f"{said} ({label})" for label, said in _translated(options, translation, scene) if said != label]
    return small(fact(t("translation.vote"), listed([plain(each) for each in meant]))) if meant else ""


def _translated(options: Sequence[Option], translation: Story, scene: Scene) -> Iterator[tuple[str, str]]:
    """Yield the labels of a ballot's options, in the story and in the translation."""
    ways = {link.scene: link.label for link in scene.links or ()}
    for option in options:
        pov = translation.pov(option.pov.id) or option.pov
        if not option.is_way:
            yield option.label, pov.name
        elif option.scene.id in ways:
            several = len(option.scene.sections) > 1
            yield option.label, f"{ways[option.scene.id]} · {pov.name}" if several else ways[option.scene.id]
