"""Plain manuscripts, the way writers paste them: parts between lines of dashes or stars, and headings that say whose.

Headings are `ANNA POV`, `Anna’s Point of View`, `POV: Anna`, `(Anna)`, or the name alone, in capitals or directly after
a break; chapters (`Chapter 3: The Fire`, `III.`) give parts their titles; times (`2 WEEKS LATER`) stay in the prose, in
bold. A part without a heading is told by the POV before it, and before any heading by the narrator.
Author's notes, and thanks at the start or the end, are notes; so that nothing is lost unseen, each is a warning.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from story.importing import BrokenStoryError, Mistake
from story.importing.draft import Draft, Part
from story.importing.front import read_front
from story.importing.ids import one_line
from story.importing.limits import LIMITS, Limits
from story.importing.manuscript_lines import Kind, Line, survey, told_lines
from story.importing.manuscript_notes import Paragraph, with_notes
from story.importing.plain import to_markdown
from story.importing.writing import decode

_CONTROLS = re.compile("[\x01-\x08\x0b\x0e-\x1f\x7f\ufeff]")


def read_manuscript(data: bytes, name: str, limits: Limits = LIMITS) -> Draft:
    """Read a plain manuscript as a draft.

    Raises:
        BrokenStoryError: it is no text, has no words in it, or more parts than `limits` has sections.
    """
    file = Path(name)
    text = _CONTROLS.sub("", decode(data, file).replace("\f", "\n"))
    if (lines := text.count("\n")) > limits.lines:
        raise BrokenStoryError([Mistake(file, 1, f"{lines:,} lines; at most {limits.lines:,}")])
    known = survey(text)
    front = read_front(text, known)
    told = told_lines(text, known, front.end, front.line)
    gathered = _Gathered(file, limits)
    for paragraph in with_notes(_paragraphs(told, known.joiner)):
        gathered.take(paragraph)
    gathered.end_part(last=True)
    if not gathered.parts:
        raise BrokenStoryError([Mistake(file, 1, "no prose: expected paragraphs of a story")])
    return Draft(
        title=front.title or file.stem.replace("_", " ").replace("-", " "),
        authors=tuple(front.authors),
        parts=tuple(gathered.parts),
        rating=front.rating,
        content_notes=tuple(front.content_notes),
        blurb=front.blurb,
        credits="\n".join(front.notes),
        warnings=tuple(gathered.warnings),
        file=file,
    )


def _paragraphs(lines: Iterable[Line], joiner: str) -> Iterator[Paragraph]:
    """Yield the lines with those that belong together as one paragraph."""
    begun: Line | None = None
    texts: list[str] = []
    for line in lines:
        goes_on = begun and line.kind is Kind.PROSE and not line.apart and not (joiner == " " and line.indented)
        if goes_on and joiner != "\n\n":
            texts.append(line.text)
            continue
        if begun:
            yield Paragraph(Kind.PROSE, joiner.join(texts), begun.number)
        begun, texts = (line, [line.text]) if line.kind is Kind.PROSE else (None, [])
        if not begun:
            yield Paragraph(line.kind, line.text, line.number)
    if begun:
        yield Paragraph(Kind.PROSE, joiner.join(texts), begun.number)


@dataclass(slots=True)
class _Gathered:
    """The parts that have been told so far, and the one that is being told."""

    file: Path
    limits: Limits
    parts: list[Part] = field(default_factory=list)
    warnings: list[Mistake] = field(default_factory=list)
    pov: str = ""
    heading: str = ""
    prose: list[str] = field(default_factory=list)
    line: int = 0
    times: list[Paragraph] = field(default_factory=list)

    def take(self, paragraph: Paragraph) -> None:
        """Take in the next paragraph or heading."""
        if paragraph.is_note:
            self.end_part()
            self._add(Part(self.pov, to_markdown(paragraph.text), paragraph.line, is_note=True))
            self.warnings.append(
                Mistake(self.file, paragraph.line, f"taken for a note: “{one_line(paragraph.text, 60)}”")
            )
        elif paragraph.kind is Kind.PROSE:
            self._write_times()
            self._write(to_markdown(paragraph.text), paragraph.line)
        elif paragraph.kind is Kind.TIME:
            self.times.append(paragraph)
        else:
            self.end_part()
            if paragraph.kind is Kind.POV:
                self.pov = paragraph.text
            elif paragraph.kind is Kind.CHAPTER:
                title = to_markdown(paragraph.text)
                self.heading = f"{self.heading} · {title}" if self.heading else title

    def end_part(self, *, last: bool = False) -> None:
        """End the part that is being told. A time that was said last belongs to the next one, if there is one."""
        if last:
            self._write_times()
            if self.heading and not self.prose:
                self._write(self.heading, self.line)
        if self.prose:
            self._add(Part(self.pov, "\n\n".join(self.prose), self.line, self.heading))
            self.prose, self.heading = [], ""

    def _write_times(self) -> None:
        for time in self.times:
            self._write(f"**{to_markdown(time.text)}**", time.line)
        self.times.clear()

    def _write(self, text: str, line: int) -> None:
        self.line = self.line if self.prose else line
        self.prose.append(text)

    def _add(self, part: Part) -> None:
        self.parts.append(part)
        if len(self.parts) > self.limits.sections:
            what = f"more than {self.limits.sections:,} parts between breaks"
            raise BrokenStoryError([Mistake(self.file, part.line, what)])
