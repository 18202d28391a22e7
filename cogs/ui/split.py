"""Splits prose that is longer than a message, so that spoilers stay hidden and formatting stays whole."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from cogs.ui.spans import Row, blocks, covers, emphasis


@dataclass(frozen=True, slots=True)
class Room:
    """How much text fits: in characters, and in bytes of UTF-8."""

    chars: int
    bytes: int

    def holds(self, text: str) -> bool:
        """Whether the text fits."""
        return len(text) <= self.chars and len(text.encode()) <= self.bytes

    def within(self, other: "Room") -> bool:
        """Whether another room is no smaller."""
        return self.chars <= other.chars and self.bytes <= other.bytes

    def minus(self, text: str) -> "Room":
        """Return the room that is left beside a text."""
        return Room(self.chars - len(text), self.bytes - len(text.encode()))

    def plus(self, text: str) -> "Room":
        """Return the room that there is without a text that took some of it."""
        return Room(self.chars + len(text), self.bytes + len(text.encode()))


MESSAGE = Room(4000, 10_000)
"""The room of a Components V2 message: 4,000 characters, and 10,170 bytes by discord-api-docs issue 8554."""
LEAST = Room(4, 16)
"""The smallest room that any text can be split into."""
ELLIPSIS = "…"
CLOSERS = " " * 40
"""Room for what closes a part in the middle of a span; with less than three times that, nothing is closed."""
NEAR = 100
"""How many characters around a cut are checked, so that no empty pair of marks is left."""
MOST_KEPT = 64
"""How many texts' parts are remembered."""

_LINE, _WORD = re.compile(r"\n+"), re.compile(r"\s+")
# Where a text may be split, best first: at the end of each match.
_PLACES = (
    re.compile(r"\n[ \t]*\n\s*"),
    re.compile(r"\n(?=[ \t]*(?:[-*+>|]|\d{1,9}[.)]))"),  # a row, an item, a line of a quote
    re.compile(r"[.!?…][\"'”’»)\]*_]*\s+|[。！？][」』”]*"),
    _WORD,
)
_QUOTE = re.compile(r"(?:>>> |> ?)+")
_TO_THE_END = re.compile(r"^>>> ", re.MULTILINE)
_JOINERS = {"\u200d", "\ufe0f", "\ufe0e"}


def split(text: str, first: Room, rest: Room) -> list[str]:
    """Split a text so that the first part fits into `first` and each other one into `rest`.

    It splits between paragraphs if possible, else between items and rows, else between sentences, else between words,
    and within Markdown only if that is too long for a part. Such a span is closed in one part and opened again in the
    next: spoilers stay hidden, and quotes, code and emphasis stay what they are. Except for these marks, the parts
    joined are the text again.

    Raises:
        ValueError: a room holds less than 4 characters or 16 bytes, so that some text would not fit at all.
    """
    if not (LEAST.within(first) and LEAST.within(rest)):
        raise ValueError(f"no room for text: {first}, {rest}")
    return [text] if first.holds(text) else list(_split(text, first, rest))


def fitted(text: str, room: Room) -> str:
    """Return a text that fits into a room: as it is, or as much of it as there is room for, and an ellipsis."""
    if room.holds(text):
        return text
    left = room.minus(ELLIPSIS)
    return split(text, left, left)[0].rstrip() + ELLIPSIS if LEAST.within(left) else ELLIPSIS


@lru_cache(MOST_KEPT)
def _split(text: str, first: Room, rest: Room) -> tuple[str, ...]:
    roomy = min(first.chars, rest.chars) >= 3 * len(CLOSERS) and min(first.bytes, rest.bytes) >= 3 * len(CLOSERS)
    return tuple(_Splitter(text, mends=roomy).parts(first, rest))


class _Splitter:
    """A text being split; if it `mends`, spans that are open at a cut are closed and opened again."""

    def __init__(self, text: str, *, mends: bool) -> None:
        self._text = text
        self._mends = mends
        self._covers = Row(covers(text))
        self._emphasis = Row(emphasis(text))
        self._blocks = Row(blocks(text))
        quotes = (found.start() for found in _TO_THE_END.finditer(text))
        self._quoted_from = next((at for at in quotes if self._covers.at(at) is None), len(text))

    def parts(self, first: Room, rest: Room) -> Iterator[str]:
        """Yield the parts."""
        begin, opened, room = 0, "", first
        while len(self._text) - begin > room.chars or not room.minus(opened).holds(self._text[begin:]):
            most = begin + self._most(begin, room.minus(opened + CLOSERS) if self._mends else room)
            cut = self._cut(begin, most)
            closer, opener = self._open_at(cut) if self._mends else ("", "")
            yield opened + _ended(self._text[begin:cut], closer)
            quote = _QUOTE.match(self._text, cut) if opener else None
            begin, opened, room = (quote.end() if quote else cut), (quote[0] if quote else "") + opener, rest
        yield opened + self._text[begin:]

    def _most(self, begin: int, room: Room) -> int:
        """Return how many characters of the text fit."""
        head = self._text[begin : begin + room.chars]
        return len(head.encode()[: room.bytes].decode(errors="ignore"))

    def _cut(self, begin: int, most: int) -> int:
        """Return the best place to split the text after `begin` and up to `most`."""
        window, room = self._text[begin : most + 1], most - begin
        for rows in ((self._covers, self._emphasis, self._blocks), (self._covers,), ()):
            for pattern in (_LINE, *_PLACES) if self._in_code(most) else _PLACES:
                ends = [begin + found.end() for found in pattern.finditer(window)]
                for end in reversed(ends):
                    if end <= most and self._may_part(end) and not any(row.keeps(end, room) for row in rows):
                        return end
        return self._anywhere(begin, most)

    def _may_part(self, place: int) -> bool:
        """Whether the marks around a place leave something on both sides: an empty spoiler is none."""
        if not self._mends:
            return True
        span = self._covers.at(place)
        if span is None:
            return True
        before = self._text[max(span.begin + len(span.opener), place - NEAR) : place]
        after = self._text[place : min(span.end - len(span.closer), place + NEAR)]
        return bool(before.strip() and after.strip()) and "|" not in (before[-1], after[0])

    def _anywhere(self, begin: int, most: int) -> int:
        """Return the last place up to `most` that splits no letter from its accents, and no emoji."""
        text = self._text
        for cut in range(most, begin, -1):
            following, before = text[cut : cut + 1], text[cut - 1]
            joined = following and (unicodedata.combining(following) or following in _JOINERS)
            if not joined and before != "\u200d" and self._may_part(cut):
                return cut
        return most

    def _open_at(self, cut: int) -> tuple[str, str]:
        """Return what closes the part before a cut, and what opens the one after it."""
        inner = self._covers.at(cut) or self._emphasis.at(cut)
        line = self._text.rfind("\n", 0, cut) + 1
        quote = ">>> " if self._quoted_from < cut else ""
        if not quote and line < cut and self._text.startswith(">", line) and not self._in_code(line):
            quote = "> "
        return (inner.closer, quote + inner.opener) if inner else ("", quote)

    def _in_code(self, place: int) -> bool:
        span = self._covers.at(place)
        return span is not None and span.opener.startswith("`")


def _ended(part: str, closer: str) -> str:
    """Return a part with what closes it, before its last spaces."""
    body = part.rstrip() if closer and closer[0] != "\n" else part
    return body + closer + part[len(body) :] if closer else part
