"""Texts around a section: the opening, headings, progress, and the end."""

from collections.abc import Iterable

from cogs.ui.texts.errors import why_held
from cogs.ui.texts.facts import bar, path_told, plain, reached, size
from cogs.ui.texts.pieces import (
    bold,
    by,
    fact,
    heading,
    language_name,
    listed,
    small,
    small_lines,
    title_of,
    told_by,
    who,
)
from cogs.ui.texts.speech import current_locale, dot, t
from story.model import Pov, Scene, Section, Story
from story.rules.delivery import DeliveryFailure
from story.rules.page import Page

MOST_BLURBS = 1500
"""The most characters of POVs' blurbs on a card."""


def opening(story: Story) -> str:
    """Introduce a story before its first section."""
    lines = [f"# {plain(story.title)}", small(by(story))]
    if story.blurb:
        lines.append(story.blurb)
    lines += about_to_read(story)
    lines.append(fact(t("story.told_by"), told_by(story)))
    if story.translations:
        lines.append(fact(t("story.also_in"), listed([language_name(each.language) for each in story.translations])))
    lines += told_by_whom(story, story.povs)
    return "\n".join(lines)


def about_to_read(story: Story) -> list[str]:
    """Say what readers may want to know before a story: its rating and content notes."""
    rating = [fact(t("story.rating"), story.rating)] if story.rating else []
    notes = [fact(t("story.content_notes"), listed(story.content_notes))] if story.content_notes else []
    return [*rating, *notes]


def section_head(page: Page, scene: Scene, section: Section, part: int, parts: int) -> str:
    """Head a section, or a part of one."""
    told = [plain(page.story.title), scene_of(page), plain(section.pov.name)]
    if parts > 1:
        told.append(t("section.part", part=part, parts=parts))
    under = small(dot().join(told))
    return f"{heading(plain(scene.title))}\n{under}" if part == 1 else under


def told_by_whom(story: Story, povs: Iterable[Pov]) -> list[str]:
    """Introduce POVs that have a blurb, a line each, as long as a card has room."""
    lines = [f"- {bold(plain(pov.name))}: {pov.blurb}" for pov in story.povs if pov in set(povs) and pov.blurb]
    return lines if sum(map(len, lines)) <= MOST_BLURBS else []


def section_gone() -> str:
    """Say that a section is gone from the story, in place of it."""
    return f"*{t('section.gone')}*"


def scene_of(page: Page) -> str:
    """Say how far the path has come."""
    number = reached(page)
    return scene_numbered(page.story, number) if number else t("scene.before", scene=scene_numbered(page.story, 1))


def scene_numbered(story: Story, number: int) -> str:
    """Name a scene by its number; "of how many" only if the number of scenes is certain."""
    if story.is_line:
        return t("scene.of", number=str(number), total=str(len(story.scenes)))
    return t("scene.number", number=str(number))


def progress(page: Page) -> str:
    """Draw how far the path has come, the number beside it."""
    return small(f"{bar(page)}{scene_of(page)}")


def taken_back(page: Page) -> str:
    """Tell the channel that the last section was taken back."""
    if reached(page):
        return t("page.undone", who=who(page.step.by), scene=scene_of(page))
    return t("page.undone.start", who=who(page.step.by))


def begun(page: Page) -> str:
    """Invite to the first vote of a story whose first scene has several POVs."""
    return t("page.begun", title=title_of(page.story))


def moved() -> str:
    """Say that a page was posted again further down, in place of its vote."""
    return small(t("page.moved"))


def set_aside() -> str:
    """Say that a reading is set aside, in place of its vote."""
    return small(t("page.aside"))


def on_hold() -> str:
    """Say why a reading for adults is on hold, and what to do about it."""
    return f"{bold(t('on_hold'))} {why_held(DeliveryFailure.AGE)}"


def thread_name(page: Page) -> str:
    """Name the thread under a section, without spoilers."""
    return t("thread.name", scene=scene_of(page))


def closing(page: Page, heard: int) -> str:
    """Close a story: its credits, how much of it was heard, and the path."""
    story = page.story
    _, sections, _, _ = size(story)
    then = ", " if current_locale().plain else " → "
    lines = [
        f"# {t('closing.heading', title=plain(story.title))}",
        small(by(story)),
        t("closing.heard", heard=heard, n=sections),
        fact(t("path.ours"), path_told(page, then)),
    ]
    return "\n".join([*lines, *small_lines(story.credits)])


# ---- asking before something that would be missed


def confirm_restart(page: Page) -> str:
    """Ask before a story is begun again."""
    if reached(page):
        return t("story.restart.ask", title=title_of(page.story), scene=scene_of(page))
    return t("story.restart.ask_start", title=title_of(page.story))


def confirm_stop(page: Page) -> str:
    """Ask before a reading is ended."""
    if reached(page):
        return t("story.stop.ask", title=title_of(page.story), scene=scene_of(page))
    return t("story.stop.ask_start", title=title_of(page.story))
