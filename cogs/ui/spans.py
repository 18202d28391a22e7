"""Finds spans of a text that Discord reads as one: what hides or changes its content, and blocks.

Each function goes through the text once, whatever is in it.
"""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text; `opener` and `closer` begin and end it, if it can be split with them."""

    begin: int
    end: int
    opener: str = ""
    closer: str = ""

    def holds(self, place: int) -> bool:
        """Whether a place lies within it, not at an end."""
        return self.begin < place < self.end


class Row:
    """Spans one after another, none within another."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans = list(spans)
        self._begins = [span.begin for span in self._spans]

    def at(self, place: int) -> Span | None:
        """Return the span that a place lies within, or None."""
        last = bisect_left(self._begins, place) - 1
        return self._spans[last] if last >= 0 and self._spans[last].holds(place) else None

    def keeps(self, place: int, room: int) -> bool:
        """Whether a place lies within a span that has enough room to stay whole."""
        span = self.at(place)
        return span is not None and span.end - span.begin <= room


_COVER = re.compile(r"\\.|`+|\|\|", re.DOTALL)
_LANGUAGE = re.compile(r"(?:[\w+.#-]{1,20}\n)?")
_MARK = re.compile(
    r"\\.|\*{1,3}|_{1,3}|~~"  # emphasis, strike
    r"|(?P<whole>!?\[[^\]\n]{0,100}\]\([^)\n]{0,200}\)"  # a link
    r"|<[^>\s]{1,200}>)"  # a mention, an emoji, a timestamp, an address
    r"|(?P<gap>\n[ \t]*\n)",
    re.DOTALL,
)
_LINES = re.compile(
    r"(?:^[ \t]*\|.*(?:\n|\Z))+"  # a table
    r"|(?:^> ?.*(?:\n|\Z))+"  # a quote
    r"|(?:^[ \t]{0,9}(?:[-*+]|\d{1,9}[.)]) .*(?:\n|\Z)(?:^[ \t]+\S.*(?:\n|\Z))*)+",  # a list
    re.MULTILINE,
)


def covers(text: str) -> list[Span]:
    """Return code blocks, inline code and spoilers: what they hide or show verbatim must stay so."""
    runs: dict[int, list[int]] = defaultdict(list)
    for run in re.finditer("`+", text):
        runs[len(run[0])].append(run.start())
    found: list[Span] = []
    place = 0
    while mark := _COVER.search(text, place):
        span = _spoiler(text, mark.start()) if mark[0] == "||" else None
        if mark[0].startswith("`"):
            span = _code(text, mark.start(), mark[0], runs)
        found += [span] if span else []
        place = span.end if span else mark.end()
    return found


def _spoiler(text: str, begin: int) -> Span | None:
    end = text.find("||", begin + 3)
    return Span(begin, end + 2, "||", "||") if end >= 0 else None


def _code(text: str, begin: int, ticks: str, runs: dict[int, list[int]]) -> Span | None:
    if len(ticks) >= 3 and (end := text.find("```", begin + 4)) >= 0:  # noqa: PLR2004 - a fence
        language = _LANGUAGE.match(text, begin + 3)
        opener = f"```{language[0] if language and language[0] else chr(10)}"
        return Span(begin, end + 3, opener, "\n```")
    same = runs[len(ticks)]
    later = bisect_right(same, begin)
    return Span(begin, same[later] + len(ticks), ticks, ticks) if later < len(same) else None


def blocks(text: str) -> Iterator[Span]:
    """Yield quotes, lists and tables, in order."""
    return (Span(*found.span()) for found in _LINES.finditer(text))


def emphasis(text: str) -> Iterator[Span]:
    """Yield emphasis, links and mentions, in order."""
    marks: list[re.Match[str]] = []
    for found in _MARK.finditer(text):
        if found["gap"]:
            yield from _pairs(text, marks)
            marks = []
        else:
            marks.append(found)
    yield from _pairs(text, marks)


def _pairs(text: str, marks: list[re.Match[str]]) -> Iterator[Span]:
    """Yield what lies between two equal marks of a paragraph."""
    partner: dict[int, int] = {}
    last: dict[str, int] = {}
    for at in range(len(marks) - 1, -1, -1):
        if _is_whole(marks[at]):
            continue
        if marks[at][0] in last:
            partner[at] = last[marks[at][0]]
        last[marks[at][0]] = at
    at = 0
    while at < len(marks):
        mark = marks[at]
        if _is_whole(mark):
            yield Span(*mark.span())
        elif at in partner and not text[mark.end() : mark.end() + 1].isspace():
            yield Span(mark.start(), marks[partner[at]].end(), mark[0], mark[0])
            at = partner[at]
        at += 1


def _is_whole(mark: re.Match[str]) -> bool:
    """Whether a mark is a link or an escaped character rather than emphasis."""
    return mark["whole"] is not None or mark[0].startswith("\\")
