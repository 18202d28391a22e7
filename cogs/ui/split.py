"""Splits prose that is longer than a message."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Room:
    """How much text fits: characters, and bytes of UTF-8."""

    chars: int
    bytes: int

    def holds(self, text: str) -> bool:
        """Whether the text fits."""
        return len(text) <= self.chars and len(text.encode()) <= self.bytes

    def minus(self, text: str) -> "Room":
        """Return the room that is left beside a text."""
        return Room(self.chars - len(text), self.bytes - len(text.encode()))


MESSAGE = Room(4000, 10_000)
"""Text in a message of Components V2: 4,000 characters, and 10,170 bytes by discord-api-docs issue 8554."""

# What must not be torn apart: Discord's Markdown, which knows no reference links and no HTML.
_WHOLE = re.compile(
    r"```.*?```"  # a block of code
    r"|\\."  # an escaped character
    r"|(?P<ticks>`+)(?:(?!\n\n).)+?(?<!`)(?P=ticks)(?!`)"  # code in a line
    r"|!?\[[^\]\n]*\]\([^)\n]*\)"  # a link
    r"|<[^>\s]+>"  # a mention, an emoji, a timestamp, an address
    r"|(?P<mark>\|\||~~|\*{1,3}|_{1,3})(?=\S)(?:(?!\n\n).)*?(?:(?!\n\n).)(?P=mark)",  # spoiler, strike, emphasis
    re.DOTALL,
)
_WORD = re.compile(r"\s+")
# Where a text may be parted, best first: each match's end is such a place.
_PLACES = (
    re.compile(r"\n[ \t]*\n\s*"),
    re.compile(r"[.!?…][\"'”’»)\]*_]*\s+|[。！？][」』”]*"),
    _WORD,
)
_JOINERS = {"\u200d", "\ufe0f", "\ufe0e"}


def split(text: str, first: Room, rest: Room) -> list[str]:
    """Part a text so that the first part fits into `first` and each other into `rest`.

    It is parted between paragraphs where possible, else between sentences, else between words, and never within
    Markdown, unless one span of Markdown or one word is by itself too long. Joined, the parts are the text again.

    Raises:
        ValueError: a room holds less than 4 characters or 16 bytes, so that some text would not fit at all.
    """
    if min(first.chars, rest.chars) < 4 or min(first.bytes, rest.bytes) < 16:  # noqa: PLR2004 - as documented
        raise ValueError(f"no room for text: {first}, {rest}")
    parts: list[str] = []
    room = first
    while not room.holds(text):
        cut = _cut(text, _most(text, room))
        parts.append(text[:cut])
        text, room = text[cut:], rest
    return [*parts, text]


def _most(text: str, room: Room) -> int:
    """Return how many characters of the text fit."""
    head = text[: room.chars]
    return len(head.encode()[: room.bytes].decode(errors="ignore"))


def _cut(text: str, most: int) -> int:
    """Return the best place to part a text within its first `most` characters."""
    window = text[: most + 1]
    spans = list(_spans(text, most))
    for place in _PLACES:
        ends = [m.end() for m in place.finditer(window) if m.end() <= most]
        for end in reversed(ends):
            if not any(begin < end < stop for begin, stop in spans):
                return end
    ends = [m.end() for m in _WORD.finditer(window) if m.end() <= most]
    return ends[-1] if ends else _whole_character(text, most)


def _spans(text: str, most: int) -> Iterator[tuple[int, int]]:
    """Yield what must stay whole and begins within the first `most` characters."""
    for found in _WHOLE.finditer(text, 0, 2 * most):  # what is longer does not fit whole anyway
        if found.start() >= most:
            return
        yield found.span()


def _whole_character(text: str, most: int) -> int:
    """Return the last place up to `most` that does not part a letter from its accents or an emoji's pieces."""
    for cut in range(most, 0, -1):
        following, before = text[cut : cut + 1], text[cut - 1]
        if not (following and (unicodedata.combining(following) or following in _JOINERS)) and before != "\u200d":
            return cut
    return most
