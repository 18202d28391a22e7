"""Finds headings, leading block quotes and verbatim blocks in Markdown of our own format."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from markdown_it.rules_block import StateBlock, paragraph

from story.importing.nesting import parser

VERBATIM = "verbatim"
"""The word after the opening `~~~` of a block that holds a section's text exactly as it is."""

# `text` above a line of dashes is a paragraph and a rule to whoever writes prose, not a heading. What is inside of a
# line does not matter here, and takes most of the time.
# Lists and quotations do not matter inside, and deep ones would take long to parse.
_MARKDOWN = parser(4).disable(["lheading", "inline"])


def _quiet_paragraph(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - the parser's way
    """Parse a paragraph and keep nothing of it: a book has so many that they would take most of the memory."""
    known = len(state.tokens)
    found = paragraph(state, start, end, silent)
    del state.tokens[known:]
    return found


# Fences, HTML, indented headings, and what the parser would replace.
_NOT_PROSE = ("```", "~~~", "<", "\r", "\0")
_INDENTED_HEADING = re.compile(r"^[ \t]+#", re.MULTILINE)
_HEADING = re.compile(r"(#{1,2})(?![^ \t])[ \t]*(.*?)(?:(?:^|(?<=[ \t]))#+)?[ \t]*")

_MARKDOWN.block.ruler.at("paragraph", _quiet_paragraph)


@dataclass(frozen=True, slots=True)
class Block:
    """A heading with the lines under it, up to the next one; `line` is the heading's, counted from 1."""

    level: int
    heading: str
    line: int
    lines: list[str]

    @property
    def first_line(self) -> int:
        """The line of the first of `lines`."""
        return self.line + (self.level > 0)

    @property
    def first_text(self) -> int:
        """The line of the first text under the heading, or 0 if there is none."""
        return next((self.first_line + i for i, line in enumerate(self.lines) if line.strip()), 0)


def blocks(text: str, first_line: int) -> Iterator[Block]:
    """Cut a text at its headings of level 1 and 2; the first block, at level 0, is what comes before any."""
    lines = text.split("\n")  # as the parser counts them: splitlines() splits at more than that
    level, heading, start = 0, "", 0
    for next_level, next_heading, begin in _headings_of_prose(lines) if _is_prose(text) else _headings(text):
        yield Block(level, heading, first_line + max(start - 1, 0), lines[start:begin])
        level, heading, start = next_level, next_heading, begin + 1
    yield Block(level, heading, first_line + max(start - 1, 0), lines[start:])


def _headings(text: str) -> Iterator[tuple[int, str, int]]:
    """Return level, text and line of each heading, as the parser finds them."""
    for token, following in pairwise(_MARKDOWN.parse(text)):
        if token.type == "heading_open" and token.tag in {"h1", "h2"} and token.level == 0:
            yield int(token.tag[1]), following.content.strip(), (token.map or [0])[0]


def _is_prose(text: str) -> bool:
    """Whether a text has nothing that a line beginning with `#` could be inside of."""
    if any(mark in text for mark in _NOT_PROSE):
        return False
    return not ((" #" in text or "\t#" in text) and _INDENTED_HEADING.search(text))


def _headings_of_prose(lines: list[str]) -> Iterator[tuple[int, str, int]]:
    """As `_headings`, for prose, with which a book is read many times faster."""
    for number, line in enumerate(lines):
        if line.startswith("#") and (found := _HEADING.fullmatch(line)):
            yield len(found[1]), found[2].strip(), number


def leading_quote(lines: list[str], word: str) -> tuple[int, int] | None:
    """Return where a leading block quote with a word at its start is: its first line, and the one after it."""
    if not _begins_with(lines, ">"):
        return None
    opening = _MARKDOWN.parse("\n".join(_first_paragraph(lines)))[0]
    if opening.type != "blockquote_open" or not opening.map:
        return None
    begin, end = opening.map
    # To the parser, lines right under a quotation belong to it even without a `>`; here they are the text.
    end = next((i for i in range(begin, end) if not lines[i].lstrip().startswith(">")), end)
    return (begin, end) if unquoted(lines[begin:end]).startswith(word) else None


def _first_paragraph(lines: list[str]) -> list[str]:
    """Return lines up to the first blank one after some text: a block quote does not go on beyond that."""
    begin = next(i for i, line in enumerate(lines) if line.strip())
    end = next((i for i, line in enumerate(lines[begin:], begin) if not line.strip()), len(lines))
    return lines[:end]


def unquoted(lines: list[str]) -> str:
    """Return the lines of a block quote as a single one."""
    return " ".join(line.lstrip().removeprefix(">").strip() for line in lines).strip()


def prose(lines: list[str]) -> str:
    """Return lines as a section's text: without blank lines around it, or the content of its verbatim block."""
    text = "\n".join(lines).strip("\n").rstrip()
    if _begins_with(lines, "~~~"):
        fence = _MARKDOWN.parse(text)[0]
        inner = text.split("\n")
        if fence.map == [0, len(inner)] and fence.info.strip() == VERBATIM and inner[-1] == fence.markup:
            return "\n".join(inner[1:-1])
    return text


def written_prose(text: str) -> str:
    """Return what `prose` reads as this text: the text itself, or a verbatim block of it."""
    first, *others = blocks(f"{text}\n\n# End", 1)
    if len(others) == 1 and prose(first.lines) == text and not leading_quote(first.lines, "Recap:"):
        return text
    fence = "~" * max(3, *(len(run) + 1 for run in re.findall("~+", text)), 0)
    return f"{fence} {VERBATIM}\n{text}\n{fence}"


def _begins_with(lines: list[str], mark: str) -> bool:
    return next((line.lstrip().startswith(mark) for line in lines if line.strip()), False)
