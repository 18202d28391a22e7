"""Prose on its way to Discord: runs of text with their marks, written as the Markdown that Discord shows."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby, takewhile
from typing import NamedTuple

LONGEST_ADDRESS = 512
"""The most characters of a link's address; longer ones lose their link."""

# In the order they are opened in, so that two runs with the same marks nest in the same way.
UNDERLINE, STRIKE, BOLD, ITALIC = MARKS = ("__", "~~", "**", "*")

_ADDRESS = re.compile(r"(https?://[^\s<>]+)", re.IGNORECASE)
_SPECIAL = re.compile(r"[\\*_`<~|\]]")
_BRACKET = re.compile(r"[\[\]]")
_LINE_START = re.compile(r"(?:#{1,6}|-#|\+|-+)(?=\s|$)|>|\d{1,9}(?=[.)](?:\s|$))")
# What pings anywhere: Discord reads it even after a backslash.
_MENTION = re.compile(r"@(?=everyone|here|[!&]?\d{15})")
_NOTHING = "\N{ZERO WIDTH SPACE}"


class Run(NamedTuple):
    r"""A stretch of text as readers see it, with its marks (of MARKS) and the address it links to, if any.

    `text` is not escaped. A line break is a `\n`, and two of them separate paragraphs.
    """

    text: str
    marks: frozenset[str] = frozenset()
    address: str = ""


def plain(runs: Iterable[Run]) -> str:
    """Return the text of runs in one line, without any mark."""
    text = "".join([run.text for run in runs])
    line = " ".join(text.split())
    return text if line == text else line  # the same string twice takes its memory once


def to_markdown(runs: Sequence[Run]) -> str:
    """Write runs as Markdown, empty if they have no text.

    Marks never begin or end at a space, and whatever only looks like Markdown or a mention is escaped.
    """
    if len(runs) == 1 and not runs[0].marks and not runs[0].address and "\n" not in runs[0].text:
        return escape(one_spaced(runs[0].text).strip())  # most paragraphs are like this
    out: list[str] = []
    open_marks: tuple[str, ...] = ()
    gap = "\n"  # a text begins as a line does
    for text, marks, address in _pieces(runs):
        core = text.strip()
        if not core:
            gap += text
            continue
        gap = _shortest(gap + text[: len(text) - len(text.lstrip())])
        wanted = _openings(marks, address)
        same = _shared(open_marks, wanted) if open_marks and wanted and gap != "\n\n" else 0
        closed, opened = open_marks[same:], wanted[same:]
        out += reversed(closed)
        if out:
            out.append(gap or (_NOTHING if closed and opened else ""))
        out += (mark if mark in MARKS else "[" for mark in opened)
        core = escape(core, starts_line="\n" in gap and not opened)
        out.append(_BRACKET.sub(r"\\\g<0>", core) if address else core)
        open_marks, gap = wanted, text[len(text.rstrip()) :]
    return "".join([*out, *reversed(open_marks)])


def escape(text: str, *, starts_line: bool = True) -> str:
    """Return text that Discord shows literally, without Markdown and mentions; addresses stay links.

    `starts_line` says whether it begins a line.
    """
    if "://" in text:
        pieces = _ADDRESS.split(text)
        pieces[::2] = [_SPECIAL.sub(_escape_special, piece) for piece in pieces[::2]]
        text = "".join(pieces)
    else:
        text = _SPECIAL.sub(_escape_special, text)
    text = _MENTION.sub("@" + _NOTHING, text)
    first, *rest = text.split("\n")
    return "\n".join([_escape_start(first) if starts_line else first, *map(_escape_start, rest)])


def one_spaced(text: str) -> str:
    """Return text with runs of spaces as single spaces."""
    while "  " in text:
        text = text.replace("  ", " ")
    return text


def safe_address(address: str) -> str:
    """Return a web address fit for a link, or "" if it is none or longer than LONGEST_ADDRESS."""
    if len(address) > LONGEST_ADDRESS:
        return ""
    address = re.sub(r"[\s()<>\\\"]", lambda found: f"%{ord(found[0]):02X}", address.strip())
    return address if _ADDRESS.fullmatch(address) else ""


def _escape_special(found: re.Match[str]) -> str:
    """Put a backslash before a sign, unless it only means something in pairs and is alone."""
    sign, text, at = found[0], found.string, found.start()
    following = text[at + 1 : at + 2]
    if (sign in "~|" and following != sign and text[max(at - 1, 0) : at] != sign) or (sign == "]" and following != "("):
        return sign
    return f"\\{sign}"


def _escape_start(line: str) -> str:
    found = _LINE_START.match(line)
    if not found:
        return line
    return f"{found[0]}\\{line[found.end() :]}" if found[0].isdecimal() else f"\\{line}"


def _pieces(runs: Sequence[Run]) -> Iterator[Run]:
    """Split marked runs between paragraphs, and keep no more space between lines than Discord shows.

    Discord shows no link whose words are an address, so such words lose their link.
    """
    for address, linked in groupby(runs, key=_address):
        group = list(linked)
        shown = "" if address and _ADDRESS.search("".join(run.text for run in group)) else address
        for run, marks, _ in group:
            text = one_spaced(run)
            paragraphs = _paragraphs(text) if "\n" in text else [text]
            if not marks and not shown:
                paragraphs = ["\n\n".join(paragraphs)]
            for number, paragraph in enumerate(paragraphs):
                if number:
                    yield Run("\n\n")
                yield Run(paragraph, marks, shown)


def _address(run: Run) -> str:
    return run.address


def _paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a text, without spaces at the ends of its lines."""
    first, *rest = text.split("\n")
    lines = "\n".join([first.rstrip(), *(line.strip() for line in rest[:-1]), *(line.lstrip() for line in rest[-1:])])
    return re.split(r"\n{2,}", lines)


@lru_cache(maxsize=64)
def _openings(marks: frozenset[str], address: str) -> tuple[str, ...]:
    """Return what closes marks and a link, from the outermost in; except for a link, that also opens them."""
    return (*([f"]({address})"] if address else []), *(mark for mark in MARKS if mark in marks))


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    """Return how many marks two runs share, from the outermost in."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _shortest(gap: str) -> str:
    """Return the white space between words as one space, one line break or one empty line."""
    if "\n" in gap:
        return "\n\n" if gap.count("\n") > 1 else "\n"
    return " " if gap else ""
