"""Cuts a long text into pieces of about one length, at the ends of paragraphs."""

import re
from bisect import bisect_left
from collections.abc import Iterator

_BLANK = re.compile(r"\n[ \t]*\n\s*")
_SENTENCE = re.compile(r"[.!?…][\"'”’»)\]*_]*\s+|[。！？][」』”]*")
_WORD = re.compile(r"\s+")
_FENCE = re.compile(r"^ {0,3}(?:```|~~~)", re.MULTILINE)


def cut(text: str, length: int) -> list[str]:
    """Return a text as pieces near `length` characters, none of them blank; what is up to half longer stays whole.

    Pieces end where paragraphs do. Only a paragraph that is by itself too long is cut between sentences, or else
    between words; a block of code is never cut.
    """
    text = text.strip()
    pieces = max(1, round(len(text) / length))
    if pieces == 1:
        return [text] if text else []
    places = list(_places(text, length))
    starts = [0]
    for number in range(1, pieces):
        best = _nearest(places, number * len(text) // pieces)
        if best > starts[-1]:
            starts.append(best)
    return [text[a:b].strip() for a, b in zip(starts, [*starts[1:], len(text)], strict=True)]


def _nearest(places: list[int], wanted: int) -> int:
    """Return the place that is nearest to where a cut is wanted, or 0 where there is none."""
    at = bisect_left(places, wanted)
    return min(places[max(at - 1, 0) : at + 1], key=lambda place: abs(place - wanted), default=0)


def _places(text: str, length: int) -> Iterator[int]:
    """Yield where the text may be cut, in order."""
    fences = [found.start() for found in _FENCE.finditer(text)]
    ends = [found.end() for found in _BLANK.finditer(text) if bisect_left(fences, found.end()) % 2 == 0]
    start = 0
    for end in [*ends, len(text)]:
        # A paragraph with a fence has code in it, or ends in the middle of some.
        if end - start > 1.5 * length and bisect_left(fences, start) == bisect_left(fences, end):
            yield from _within(text, start, end, length)
        if end < len(text):
            yield end
        start = end


def _within(text: str, start: int, end: int, length: int) -> Iterator[int]:
    """Yield where a paragraph that is too long may be cut: at its sentences, unless these are too long, too."""
    sentences = [found.end() for found in _SENTENCE.finditer(text, start, end) if found.end() < end]
    for begin, stop in zip([start, *sentences], [*sentences, end], strict=True):
        if stop - begin > 1.5 * length:
            yield from (found.end() for found in _WORD.finditer(text, begin, stop) if found.end() < stop)
        if stop < end:
            yield stop
