"""Puts the blocks of a book together as parts: cut at chapters, breaks and changes of POV."""

import re

from story.formats.draft import Part
from story.formats.headings import pov_of
from story.formats.markup import Block, Kind
from story.formats.prose import escape

# Marks without words, such as `* * *`, and the letters that stand for such marks, such as `oOo`.
_BREAK = re.compile(r"[\s*~_=#+•·∙●○◦◆◇■□★☆✦✧❀❁❦❧♥♡⁂⁎∞☙†‡§¤<>|/\\-]*(?:(?:oOo|o0o|xXx|X X X|x x x)[\s*~_=#+-]*)?")
_NUMBER = re.compile(r"(?:chapter +)?(?:\d{1,4}|[ivxlc]{1,9}) *[:.–—-] *", re.IGNORECASE)
_ENDS_OPEN = re.compile(r"[.:!?…—–-]$")


class Chapters:
    """Gathers parts while a book is read; `parts` are those that are finished.

    A part without a heading of a POV goes on with the one before it, across chapters, too.
    """

    def __init__(self) -> None:
        self.parts: list[Part] = []
        self._pov = self._title = ""
        self._texts: list[str] = []
        self._line = 0
        self._label: str | None = None  # of the note that is being gathered; None where it is prose
        self._last = Kind.TEXT

    def chapter(self, title: str) -> None:
        """Begin a chapter; its title may say who tells it. A title right under another one is the rest of it."""
        self.cut()
        self._pov = pov_of(_NUMBER.sub("", title)) or self._pov
        between = " " if _ENDS_OPEN.search(self._title) else ": "
        self._title = f"{self._title}{between}{title}" if self._title else title

    def heading(self, block: Block, title: str) -> None:
        """Take a heading of a book with that title: the beginning of a chapter, or of a POV, or the title again."""
        words = block.plain
        if pov_of(words):
            self.add(block)
        elif words.casefold() != title.casefold():
            self.chapter(words)

    def add(self, block: Block) -> None:
        """Go on with the story: with prose, or with what parts it."""
        if self._label is not None:
            self.cut()
        words = block.plain
        if _BREAK.fullmatch(words):  # as a rule does, which has no words
            self.cut()
        elif pov := pov_of(words):
            self.cut()
            self._pov = pov
        else:
            self._append(block)

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
            self.parts.append(Part("", f"{label}: {text}" if label else text, self._line, is_note=True))
        elif text:
            self.parts.append(Part(self._pov, text, self._line, escape(self._title, starts_line=False)))
            self._title = ""

    def _append(self, block: Block) -> None:
        if self._texts:
            self._texts.append("\n" if block.kind is self._last is Kind.ITEM else "\n\n")
        else:
            self._line = block.line
        self._texts.append(f"### {block.text}" if block.kind is Kind.HEADING else block.text)
        self._last = block.kind
