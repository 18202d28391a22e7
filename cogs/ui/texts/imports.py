"""What is said of stories that servers bring in: their preview, what is wrong with them, and how they go."""

from collections import Counter
from collections.abc import Sequence

from discord.utils import escape_markdown

from cogs.ui.texts.pieces import (
    bold,
    button,
    channel,
    fact,
    heading,
    length,
    listed,
    names,
    quoted,
    scenes_in_short,
    small,
    title_of,
)
from cogs.ui.texts.speech import t
from story.importing import Mistake
from story.importing.draft import Draft, Part
from story.model import Pov, Story

MOST_MISTAKES = 10
"""Mistakes that are shown of a file that is no story."""
MOST_CHANNELS = 20
"""Channels that are named where a story is read."""


def preview(story: Story, draft: Draft | None) -> list[str]:
    """Show a story before it is kept, in lines; `draft` is what it was made of, with its notes and warnings."""
    told = Counter(section.pov.name for section in story.sections())
    shares = [t("import.share", pov=escape_markdown(name), n=n) for name, n in told.items()]
    return [
        heading(t("import.ask")),
        t("story.title_by", title=title_of(story), authors=names(story.authors)),
        *([fact(t("story.rating"), escape_markdown(story.rating))] if story.rating else []),
        fact(t("story.length.label"), length(story)),
        fact(t("story.told_by"), listed(shares)),
        *(_doubts(draft) if draft else []),
        bold(t("label", label=t("import.scenes"))),
        *scenes_in_short(story),
        small(t("import.not_yet", button=button("button.story.keep"))),
    ]


def _doubts(draft: Draft) -> list[str]:
    """Return what to look at twice: the warnings, and what is not read out."""
    warnings = [(each.line, escape_markdown(each.what)) for each in draft.warnings]
    notes = [(part.line, quoted(part.text)) for part in draft.parts if part.is_note]
    return [
        *(small(t("import.warning" if n else "import.warning.no_line", line=n, what=what)) for n, what in warnings),
        *(small(t("import.note" if n else "import.note.no_line", line=n, text=text)) for n, text in notes),
    ]


def part_label(part: Part) -> str:
    """Label a part of a manuscript: whether it is a note or story, whose, and how it begins."""
    text = " ".join(part.text[:200].split())
    if part.is_note:
        return t("import.part.note", text=text)
    return t("import.part.story", pov=part.pov or t("import.narrator"), text=text)


def colour_of(pov: Pov) -> str:
    """Ask for a POV's colour."""
    return t("import.colour.pick", pov=escape_markdown(pov.name))


def colour_name(colour: int) -> str:
    """Name one of the colours that a POV can have."""
    return t(f"colour.{colour:06x}")


def too_large(size: int, most: int) -> str:
    """Say that a file is larger than what is read; sizes are in bytes."""
    return t("import.too_large", size=-(-size // 1024), most=-(-most // 1024))


def broken(mistakes: Sequence[Mistake]) -> str:
    """Say why a file is no story: the first of its mistakes, each with its line."""
    more = len(mistakes) - MOST_MISTAKES
    lines = [f"- {_mistake(each)}" for each in mistakes[:MOST_MISTAKES]]
    return "\n".join([t("import.broken"), *lines, *([f"- {t('list.and_more', n=more)}"] if more > 0 else [])])


def _mistake(mistake: Mistake) -> str:
    """Say what is wrong, on which line, and of a book in which of its files."""
    within, what = "/".join(mistake.file.parts[1:]), escape_markdown(mistake.what)
    if within:
        return t("import.mistake.in_file", file=quoted(within), line=mistake.line, what=what)
    return t("import.mistake", line=mistake.line, what=what)


def story_kept(story: Story) -> str:
    """Confirm that a story is kept."""
    return t("import.kept", title=title_of(story))


def confirm_remove(story: Story, channels: Sequence[int]) -> str:
    """Ask before a story is removed; its readings in these channels would end."""
    where = listed([channel(each) for each in channels], MOST_CHANNELS)
    read = t("import.remove.read", channels=where) if channels else t("import.remove.unread")
    return " ".join([t("import.remove", title=title_of(story)), read, t("import.remove.then")])


def story_removed(story: Story) -> str:
    """Confirm that a story is removed."""
    return t("import.removed", title=title_of(story))


def exported(story: Story) -> str:
    """Hand a story over as a file."""
    return t("import.exported", title=title_of(story))
