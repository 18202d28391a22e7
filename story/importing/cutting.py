"""Cuts a long text into pieces of about the same length, at the ends of paragraphs."""

import re
from collections.abc import Iterator

_BLANK_OR_FENCE = re.compile(r"\n(?:[ \t]*\n)+|^ {0,3}(?P<fence>```|~~~)", re.MULTILINE)
_SENTENCE = re.compile(r"[.!?…][\"'”’»)\]*_]{0,9}\s+|[。！？][」』”]{0,9}")
_SPACE = re.compile(r"\s")


def cut(text: str, length: int) -> list[str]:
    """Return a text as pieces of about `length` characters, none blank; a text up to half longer stays whole.

    Pieces end where paragraphs do. A paragraph that is too long for one piece is cut between sentences, or else between
    words; a code block is never cut.
    """
    text = text.strip()
    count = max(1, round(len(text) / length))
    wanted = [number * len(text) // count for number in range(1, count)]
    starts = [0]
    before = 0
    for place in _places(text, length):
        while wanted and place >= wanted[0]:
            best = min(place, before, key=lambda each: abs(each - wanted[0]))
            starts += [best] if best > starts[-1] else []
            del wanted[0]
        before = place
    pieces = (text[begin:end].strip() for begin, end in zip(starts, [*starts[1:], len(text)], strict=True))
    return [piece for piece in pieces if piece]


def _places(text: str, length: int) -> Iterator[int]:
    """Yield the places where the text may be cut, in order, and its end."""
    start, in_code, has_code = 0, False, False
    for found in _BLANK_OR_FENCE.finditer(text):
        if found["fence"]:
            in_code, has_code = not in_code, True
        elif not in_code:
            if not has_code:
                yield from _within(text, start, found.start(), length)
            yield found.end()
            start, has_code = found.end(), False
    if not has_code:
        yield from _within(text, start, len(text), length)
    yield len(text)


def _within(text: str, start: int, end: int, length: int) -> Iterator[int]:
    """Yield where a paragraph may be cut if it is too long: between sentences, unless these are too long too."""
    if end - start <= 1.5 * length:
        return
    for found in _SENTENCE.finditer(text, start, end):
        yield from _between_words(text, start, found.end(), length)
        yield found.end()
        start = found.end()
    yield from _between_words(text, start, end, length)


def _between_words(text: str, start: int, end: int, length: int) -> Iterator[int]:
    """Yield some places between words, not all, if a sentence is too long."""
    if end - start > 1.5 * length:
        step = max(1, length // 10)
        while found := _SPACE.search(text, start + step, end):
            start = found.end()
            yield start
