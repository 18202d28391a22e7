"""Makes parts out of the decisions, cut at chapters, breaks and changes of POV."""

from dataclasses import replace
from pathlib import Path

from story.importing import BrokenStoryError, Mistake
from story.importing.analysis.chapters import kind_of
from story.importing.analysis.items import Item, What
from story.importing.block import Kind
from story.importing.draft import PARAGRAPH, Decision, Part, Took
from story.importing.ids import clipped
from story.importing.limits import Limits
from story.importing.prose import escape, one_spaced

LONGEST_EXCERPT = 60
SURELY = 0.999

_TOOK = {
    What.POV: Took.NARRATOR,
    What.CHAPTER: Took.CHAPTER,
    What.TIME: Took.TIME,
    What.NOTE: Took.NOTE,
    What.LEFT_OUT: Took.LEFT_OUT,
}


class Gathering:
    """The parts so far, and the one under way.

    A part without a POV's heading goes on with the POV before, across chapters too.
    """

    def __init__(self, file: Path, limits: Limits) -> None:
        self.decisions: list[Decision] = []
        self.warnings: list[Mistake] = []
        self._file, self._limits = file, limits
        self._parts: list[Part] = []
        self._pov = ""
        self._general: str | None = None
        self._headings: list[str] = []
        self._texts: list[str] = []
        self._line = 0
        self._is_note = False
        self._label = ""
        self._last_kind = Kind.TEXT
        self._times: list[Item] = []
        self._holds_note = False  # the heading that waits for its text has a note under it

    def take(self, item: Item) -> None:
        """Take in the next line or paragraph."""
        if item.what is not What.NOTE and self._is_note and item.what is not What.LEFT_OUT:
            self._cut()
        match item.what:
            case What.NOTE:
                self._take_note(item)
            case What.PROSE:
                self._write_times()
                self._write(item)
            case What.TIME:
                self._times.append(item)
            case What.BREAK:
                self._cut()
            case What.POV:
                self._cut()
                self._told_by(item.said, general=item.general)
                if item.rest:
                    self._times.append(item)
            case What.CHAPTER:
                self._cut()
                self._begin_chapter(item)
            case _:  # left out
                pass
        self._record(item)

    def finished(self) -> tuple[Part, ...]:
        """Return all parts.

        Raises:
            BrokenStoryError: none of them has prose.
        """
        if self._is_note:
            self._cut()
        self._write_times()
        if self._headings and not self._texts and self._parts and not self._holds_note:
            self._texts.append(escape(" · ".join(self._headings)))
            self._line = self._line or 1
            self._headings = []
        self._cut()
        if all(part.is_note for part in self._parts):
            raise BrokenStoryError([Mistake(self._file, 1, "no prose: expected paragraphs of a story")])
        if self._general is None:
            return tuple(self._parts)
        return tuple(part if part.pov or part.is_note else replace(part, pov=self._general) for part in self._parts)

    def _told_by(self, pov: str, *, general: bool) -> None:
        """Go on with a POV. What is nobody's is one POV, named as the file first names it."""
        if general:
            self._general = self._general or pov
            pov = self._general
        self._pov = pov

    def _begin_chapter(self, item: Item) -> None:
        if self._headings and kind_of(self._headings[-1]) == kind_of(item.said) != "":
            empty = self._headings.pop()
            self.warnings.append(Mistake(self._file, item.block.line, f"“{empty}” is left out: it has no text"))
        self._headings.append(item.said)
        self._holds_note = False
        if item.pov is not None:
            self._told_by(item.pov, general=item.general)

    def _take_note(self, item: Item) -> None:
        if not self._is_note or item.block.label != self._label:
            self._cut()
        self._is_note, self._label, self._holds_note = True, item.block.label, True
        self._write(item)
        if not item.block.label and item.sure < SURELY:
            self.warnings.append(Mistake(self._file, item.block.line, f"taken for a note: “{excerpt(item.plain)}”"))

    def _write_times(self) -> None:
        for item in self._times:
            said = item.rest if item.what is What.POV else item.said
            self._add(f"**{escape(one_spaced(said))}**", PARAGRAPH, item)
        self._times.clear()

    def _write(self, item: Item) -> None:
        block = item.block
        glue = "\n" if block.kind is self._last_kind is Kind.ITEM and self._texts else block.glue
        self._add(f"### {block.text}" if block.kind is Kind.HEADING else block.text, glue, item)
        self._last_kind = block.kind

    def _add(self, text: str, glue: str, item: Item) -> None:
        if self._texts:
            self._texts.append(glue)
        else:
            self._line = item.block.line
        self._texts.append(text)
        self._last_kind = Kind.TEXT

    def _cut(self) -> None:
        """End the part under way, if it has text; a time at its end belongs to the next."""
        text, is_note, label = "".join(self._texts), self._is_note, self._label
        self._texts, self._is_note, self._label = [], False, ""
        if not text:
            return
        if is_note:
            self._parts.append(Part("", f"{label}: {text}" if label else text, self._line, is_note=True))
        else:
            heading = escape(" · ".join(self._headings), starts_line=False)
            self._headings = []
            self._parts.append(Part(self._pov, text, self._line, heading))
        if len(self._parts) > self._limits.sections:
            what = f"more than {self._limits.sections:,} parts between breaks"
            raise BrokenStoryError([Mistake(self._file, self._line, what)])

    def _record(self, item: Item) -> None:
        """Record a decision, if there was one."""
        if item.what is What.PROSE or item.what is What.BREAK:
            return
        took = _TOOK[item.what]
        if item.sure < SURELY and item.block.runs:
            part = len(self._parts)
            said = item.pov if item.what is What.CHAPTER and item.pov else item.said
            took = Took.NARRATOR if item.what is What.CHAPTER and item.pov else took
            self.decisions.append(Decision(took, item.block.line, excerpt(item.plain), said, item.sure, item.why, part))


def excerpt(text: str) -> str:
    """Return the beginning of a text in one line, cut at a word."""
    return clipped(" ".join(text[: 4 * LONGEST_EXCERPT].split()), LONGEST_EXCERPT)
