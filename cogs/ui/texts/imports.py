"""Texts about stories that servers import: the preview, mistakes, and removal."""

from collections import Counter
from collections.abc import Sequence

from cogs.ui.texts.facts import excerpt, plain
from cogs.ui.texts.pieces import (
    begins,
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
from story.importing.doubts import Doubt, Step
from story.importing.draft import Draft, Part
from story.importing.modes import Meaning, Mode
from story.model import Pov, Story, Vote

MOST_MISTAKES = 10
"""How many mistakes of a file are shown."""
MOST_CHANNELS = 20
"""How many channels are named where a story is read."""
LONGEST_EXCERPT = 50
"""The most characters of a part's beginning in a menu: it fits beside the longest name."""


def preview(story: Story, draft: Draft | None, doubts: Sequence[Doubt] = ()) -> list[str]:
    """Describe a story before it is kept, in lines; `draft` is what it was made from, with notes and warnings."""
    told = Counter(section.pov.name for section in story.sections())
    shares = [t("import.share", pov=plain(name), n=n) for name, n in told.items()]
    return [
        heading(t("import.ask")),
        t("story.title_by", title=title_of(story), authors=names(story.authors)),
        *([fact(t("story.rating"), plain(story.rating))] if story.rating else []),
        *([fact(t("story.content_notes"), names(story.content_notes))] if story.content_notes else []),
        fact(t("story.length.label"), length(story)),
        fact(t("story.told_by"), listed(shares)),
        fact(t("import.reads"), _reads(story)),
        *(_doubts(draft, doubts) if draft and doubts else []),
        *(_left_out(draft) if draft else []),
        bold(t("label", label=t("import.scenes"))),
        *scenes_in_short(story),
        small(t("import.not_yet", button=button("button.story.keep"))),
    ]


def _reads(story: Story) -> str:
    """Say what members vote on in a story."""
    if not story.is_line:
        return t("import.reads.branches")
    if story.in_turns:
        return t("import.reads.follow" if story.voted is Vote.FOLLOW else "import.reads.order")
    return t("import.reads.moment" if any(len(scene.povs) > 1 for scene in story.scenes) else "import.reads.alone")


def mode_label(mode: Mode) -> str:
    """Name a way in which a story can be read."""
    return t(f"import.mode.{mode.name.lower()}")


def mode_means(meaning: Meaning) -> str:
    """Say what a way to read a story means for it."""
    votes = t("count.votes", n=meaning.votes) if meaning.votes else t("import.mode.no_votes")
    return t("import.mode.means", scenes=t("count.scenes", n=meaning.scenes), votes=votes)


def _doubts(draft: Draft, found: Sequence[Doubt]) -> list[str]:
    """Ask about the doubts, each with the number of its button."""
    return [
        bold(t("label", label=t("import.doubts"))),
        *(f"{number}. {_doubt(draft, doubt)}" for number, doubt in enumerate(found, 1)),
    ]


def _doubt(draft: Draft, doubt: Doubt) -> str:
    about = begins(draft.parts[doubt.part].text if doubt.step is Step.STORY else doubt.about)
    asked = t(f"import.doubt.{doubt.step.name.lower()}", about=about, into=begins(doubt.into))
    return t("import.doubt.line", what=asked, line=doubt.line) if doubt.line else asked


def doubt_label(number: int, doubt: Doubt) -> str:
    """Label the button that settles a doubt with what it does."""
    return f"{number}. {t(f'button.doubt.{doubt.step.name.lower()}')}"


def _left_out(draft: Draft) -> list[str]:
    """Return the warnings, and the notes that are not read out, a line each."""
    warnings = [(each.line, plain(each.what)) for each in draft.warnings]
    notes = [(part.line, begins(part.text)) for part in draft.parts if part.is_note]
    return [
        *(small(t("import.warning" if n else "import.warning.no_line", line=n, what=what)) for n, what in warnings),
        *(small(t("import.note" if n else "import.note.no_line", line=n, text=text)) for n, text in notes),
    ]


def part_label(part: Part) -> str:
    """Label a part of a manuscript: whether it is a note or story, whose, and how it begins."""
    text = excerpt(part.text, LONGEST_EXCERPT)
    if part.is_note:
        return t("import.part.note", text=text)
    return t("import.part.story", pov=part.pov or t("import.narrator"), text=text)


def colour_of(pov: Pov) -> str:
    """Ask for a POV's colour."""
    return t("import.colour.pick", pov=plain(pov.name))


def colour_name(colour: int) -> str:
    """Name one of the colours that a POV can have."""
    return t(f"colour.{colour:06x}")


def too_large(size: int, most: int) -> str:
    """Say that a file is too large; sizes are in bytes."""
    return t("import.too_large", size=-(-size // 1024), most=-(-most // 1024))


def broken(mistakes: Sequence[Mistake]) -> str:
    """Say why a file can't be read: its first mistakes, each with its line."""
    more = len(mistakes) - MOST_MISTAKES
    lines = [f"- {_mistake(each)}" for each in mistakes[:MOST_MISTAKES]]
    return "\n".join([t("import.broken"), *lines, *([f"- {t('list.and_more', n=more)}"] if more > 0 else [])])


def _mistake(mistake: Mistake) -> str:
    """Say what is wrong, on which line, and in which file of a book."""
    within, what = "/".join(mistake.file.parts[1:]), plain(mistake.what)
    if within:
        return t("import.mistake.in_file", file=quoted(within), line=mistake.line, what=what)
    return t("import.mistake", line=mistake.line, what=what)


def story_kept(story: Story) -> str:
    """Confirm that a story is kept."""
    return t("import.kept", title=title_of(story))


def confirm_remove(story: Story, channels: Sequence[int]) -> str:
    """Ask before a story is removed, which ends its readings in these channels."""
    where = listed([channel(each) for each in channels], MOST_CHANNELS)
    read = t("import.remove.read", channels=where) if channels else t("import.remove.unread")
    return " ".join([t("import.remove", title=title_of(story)), read, t("import.remove.then")])


def story_removed(story: Story) -> str:
    """Confirm that a story is removed."""
    return t("import.removed", title=title_of(story))


def exported(story: Story, *, whole: bool = True) -> str:
    """Say that the file is a story: all of it, or the scenes the channel has passed."""
    return t("import.exported" if whole else "import.exported.passed", title=title_of(story))
