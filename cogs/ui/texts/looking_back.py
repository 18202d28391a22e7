"""Looking back: links to pages, recaps, bookmarks, scenes that are read again, and files to keep."""

from collections.abc import Iterable, Iterator, Sequence

from cogs.ui.texts.facts import link, linked, number_of, plain, was_heard
from cogs.ui.texts.pages import scene_numbered
from cogs.ui.texts.pieces import bold, heading, listed, small, title_of
from cogs.ui.texts.speech import dot, t
from story.model import Scene, Section, Story
from story.rules.page import Heard, Page
from story.rules.steps import Reading, Step


def last_section(reading: Reading, step: Step) -> str:
    """Link to the last post."""
    return f"[{t('page.last')}]({link(reading, step.message)})" if step.message else ""


def posted_late(guild: int, channel: int, message: int) -> str:
    """Tell a member where to find what they asked for, after it took long."""
    place = guild if guild > 0 else "@me"
    return f"[{t('posted.late')}](https://discord.com/channels/{place}/{channel}/{message})"


def posted_already(page: Page, message: int) -> str:
    """Tell a member that what they asked for is already in the channel."""
    return f"{t('page.posted')} [{t('page.last')}]({link(page.reading, message)})"


def recap(page: Page, heard: Iterable[Heard]) -> list[str]:
    """Say what happened so far: a heading, and a line a section."""
    return [heading(t("recap.heading", title=plain(page.story.title))), *_recaps(page, heard)]


def missed(page: Page, heard: Sequence[Heard]) -> list[str]:
    """Say what happened while a member was away: a heading, and a line a section."""
    return [heading(t("missed.heading", n=len(heard))), *_recaps(page, heard)]


def _recaps(page: Page, heard: Iterable[Heard]) -> Iterator[str]:
    for step, scene, section in heard:
        number = number_of(page, scene.id, step)
        title = bold(f"{number}. {linked(plain(scene.title), page.reading, step)}")
        yield f"{title}{dot()}{plain(section.pov.name)}: {section.recap or t('recap.none')}"


def bookmarked(heard: Heard, *, kept: bool) -> str:
    """Tell a member whether a section is now bookmarked."""
    _, scene, section = heard
    told = t("bookmark.section", scene=bold(plain(scene.title)), pov=plain(section.pov.name))
    return t("bookmark.set" if kept else "bookmark.removed", section=told)


def bookmarks(found: Iterable[tuple[Reading, Heard]]) -> list[str]:
    """List a member's bookmarks: a heading, and a line each."""
    lines = [
        f"- {t('bookmark.section', scene=bold(linked(plain(scene.title), reading, step)), pov=plain(section.pov.name))}"
        for reading, (step, scene, section) in found
    ]
    return [heading(t("bookmark.heading")), *(lines or [t("bookmark.none")])]


def reread_head(page: Page, scene: Scene, section: Section) -> str:
    """Head a section that is read again, or for the first time if it was skipped."""
    number = number_of(page, scene.id)
    heard = was_heard(page, scene, section)
    how = "reread.skipped" if heard is None else "reread.heard" if heard else "reread.other"
    parts = [
        plain(page.story.title),
        *([scene_numbered(page.story, number)] if number else []),
        t(how, pov=plain(section.pov.name)),
    ]
    return f"{heading(plain(scene.title))}\n{small(dot().join(parts))}"


# ---- files


def byline(story: Story) -> str:
    """Say who wrote a story, for a file without Markdown."""
    return t("story.by", authors=listed(story.authors))


def transcript_of(page: Page, sections: int) -> str:
    """Hand over a file with what was heard."""
    return t("transcript.ready", title=title_of(page.story), n=sections)
