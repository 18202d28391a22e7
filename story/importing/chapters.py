"""Puts the blocks of a book together as parts: cut at chapters, breaks and changes of POV."""

import re
from pathlib import Path

from story.importing import BrokenStoryError, Mistake
from story.importing.draft import Part
from story.importing.manuscript_lines import LONGEST_HEADING, name_alone, pov_named
from story.importing.markup import Block, Kind
from story.importing.prose import BOLD, escape

# Marks without words, such as `* * *`, and the letters that stand for such marks, such as `oOo`.
_BREAK = re.compile(r"[\s*~_=#+•·∙●○◦◆◇■□★☆✦✧❀❁❦❧♥♡⁂⁎∞☙†‡§¤<>|/\\–—-]*(?:(?:oOo|o0o|xXx|X X X|x x x)[\s*~_=#+-]*)?")
_NUMBER = re.compile(r"(?:chapter +)?(?:\d{1,4}|[ivxlc]{1,9}) *[:.–—-] *", re.IGNORECASE)


class Chapters:
    """Gathers parts while a book is read.

    A part without a heading of a POV goes on with the one before it, across chapters, too.
    """

    def __init__(self) -> None:
        self._parts: list[Part] = []
        self._pov = self._title = ""
        self._names: set[str] = set()
        self._texts: list[str] = []
        self._line = 0
        self._label: str | None = None  # of the note that is being gathered; None where it is prose
        self._last = Kind.TEXT

    def finished(self, file: Path) -> tuple[Part, ...]:
        """Return all parts.

        Raises:
            BrokenStoryError: none of them is prose.
        """
        self.cut()
        if all(part.is_note for part in self._parts):
            raise BrokenStoryError([Mistake(file, 1, "no prose: expected paragraphs of a story")])
        return tuple(self._parts)

    def chapter(self, title: str) -> None:
        """Begin a chapter; its title may say who tells it. A title right under another one is the rest of it."""
        self.cut()
        self._told_by(pov_named(_NUMBER.sub("", title)))
        self._title = f"{self._title} · {title}" if self._title else title

    def heading(self, block: Block, title: str) -> None:
        """Take a heading of a book with that title: the beginning of a chapter, or of a POV, or the title again."""
        words = block.plain
        pov = pov_named(words)
        if pov is not None or words.casefold() in self._names:
            self._told_by(words if pov is None else pov)
        elif words.casefold() != title.casefold():
            self.chapter(words)

    def add(self, block: Block) -> None:
        """Go on with the story: with prose, or with what parts it."""
        if self._label is not None:
            self.cut()
        words = block.plain if block.is_short else "…"
        if _BREAK.fullmatch(words):  # as a rule does, which has no words
            self.cut()
        elif (pov := self._pov_in(block, words)) is not None:
            self._told_by(pov)
        else:
            self._append(block)

    def _told_by(self, pov: str | None) -> None:
        """Go on with that POV, "" for the narrator, or with the one before for None."""
        self.cut()
        if pov is not None:
            self._pov = pov
            self._names |= {pov.casefold()} - {""}

    def _pov_in(self, block: Block, words: str) -> str | None:
        """Return the POV that a paragraph or a heading in the text names, or None.

        A name alone is a heading directly after a break, if it is in capitals, in brackets, or has a colon. One that is
        known for a POV's need only stand out.
        """
        pov = pov_named(words)
        name = name_alone(words) if pov is None and len(words) <= LONGEST_HEADING else None
        if not name:
            return pov
        known = name.casefold() in self._names
        if words.rstrip(":").isupper() or words[0] in "([" or words[-1] == ":":
            return name if known or not self._texts else None
        stands_out = block.kind is Kind.HEADING or all(BOLD in run.marks for run in block.runs if run.text.strip())
        return name if known and stands_out else None

    def note(self, label: str, block: Block) -> None:
        """Keep what is said about the story, and is no part of it."""
        if self._label != label:
            self.cut()
            self._label = label
        if block.runs:
            self._append(block)

    def cut(self) -> None:
        """End the part that is being gathered, if there is any text in it."""
        text, label = "".join(self._texts), self._label
        self._texts, self._label = [], None
        if text and label is not None:
            self._parts.append(Part("", f"{label}: {text}" if label else text, self._line, is_note=True))
        elif text:
            self._parts.append(Part(self._pov, text, self._line, escape(self._title, starts_line=False)))
            self._title = ""

    def _append(self, block: Block) -> None:
        if self._texts:
            self._texts.append("\n" if block.kind is self._last is Kind.ITEM else "\n\n")
        else:
            self._line = block.line
        self._texts.append(f"### {block.text}" if block.kind is Kind.HEADING else block.text)
        self._last = block.kind
