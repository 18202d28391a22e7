"""Plain text as writers paste it: paragraphs between blank lines, wrapped to a width, or a line each."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from story.importing.analysis import analyse
from story.importing.analysis.parting import stands_alone
from story.importing.block import Block, Kind, Manuscript
from story.importing.draft import PARAGRAPH, Draft
from story.importing.emphasis import to_runs
from story.importing.limits import LIMITS, Limits
from story.importing.writing import decode

_CONTROLS = re.compile("[\x01-\x08\x0b\x0e-\x1f\x7f\ufeff]")
_HEADING = re.compile(r"(#{1,6})\s+(\S.*?)\s*#*")
_PAGE_WIDTH = range(40, 121)
_FULL = 0.7
_MOSTLY = 0.8
_NEARLY_ALL = 0.95
_LONGEST_VERSE = 72
_ENDS = ".!?…:\"”»'’"
_LOOKED_AT = 5000


def read_plain_text(data: bytes, name: str, limits: Limits = LIMITS) -> Draft:
    """Read a plain manuscript as a draft.

    Raises:
        BrokenStoryError: it is no text, has no words, or more parts than `limits` allows sections.
    """
    return analyse(manuscript(data, Path(name), limits), limits)


def manuscript(data: bytes, file: Path, limits: Limits) -> Manuscript:
    """Return the blocks of a plain text.

    Raises:
        BrokenStoryError: it is no text, or too long.
    """
    text = decode(data, file)
    limits.check_text(text, file)
    title = file.stem.replace("_", " ").replace("-", " ")
    return Manuscript(text_blocks(text), Draft(title, (), (), language="", file=file))


def text_blocks(text: str) -> Iterator[Block]:
    """Yield the paragraphs of a text, and the lines that may be headings."""
    lines = _CONTROLS.sub("", text.replace("\f", "\n")).split("\n")
    joiner = joiner_of(lines)
    begun: list[str] = []
    begun_at, glue, together = 0, PARAGRAPH, False
    for number, raw in enumerate(lines, 1):
        line = raw.strip()
        if not line:
            if begun:
                yield _block(joiner.join(begun), begun_at, glue)
            begun, glue, together = [], PARAGRAPH, False
            continue
        if not begun and glue == PARAGRAPH and not (lines[number] if number < len(lines) else "").strip():
            yield _block(line, number, glue)  # whatever it is, it is a block of its own
            continue
        indented = joiner == " " and raw[0].isspace()
        alone = stands_alone(line, first=not together) or _HEADING.fullmatch(line)
        if begun and (alone or indented or joiner == PARAGRAPH):
            yield _block(joiner.join(begun), begun_at, glue)
            begun, glue = [], PARAGRAPH if indented or joiner == PARAGRAPH else joiner
        if not begun:
            begun_at = number
        begun.append(line)
        together = not alone
        if alone:
            yield _block(line, number, glue)
            begun, glue = [], PARAGRAPH if joiner == PARAGRAPH else joiner
    if begun:
        yield _block(joiner.join(begun), begun_at, glue)


def _block(text: str, line: int, glue: str) -> Block:
    if heading := _HEADING.fullmatch(text):
        return Block(Kind.HEADING, "", line, to_runs(heading[2]), min(len(heading[1]), 3), glue=glue)
    return Block(Kind.TEXT, "", line, to_runs(text), glue=glue)


def joiner_of(lines: Iterable[str]) -> str:
    """Return what joins lines that follow each other directly.

    It is a space if paragraphs are wrapped to a width. It is a line break if blank lines separate paragraphs, so that
    these lines are a letter's, or if they are verse: short, mostly no sentences, or all with a capital. Otherwise each
    line is a paragraph.
    """
    lengths: Counter[int] = Counter()
    apart = length = capital = ended = 0
    together = False
    for raw in islice(lines, _LOOKED_AT):
        line = raw.strip()
        if not line or stands_alone(line, first=False):
            together = False
            continue
        if together:
            lengths[length] += 1
            capital += not line[0].islower()
        else:
            apart += 1
        together, length = True, len(line)
        ended += line[-1] in _ENDS
    count, widest = lengths.total(), max(lengths, default=0)
    full = sum(number for length, number in lengths.items() if length >= _FULL * widest)
    if count and widest in _PAGE_WIDTH and full >= _MOSTLY * count and capital < _NEARLY_ALL * count:
        return " "
    verse = apart > 1 and widest <= _LONGEST_VERSE and ended < (count + apart) / 2
    return "\n" if count < apart or verse else PARAGRAPH
