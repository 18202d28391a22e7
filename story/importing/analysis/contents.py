"""Finds tables of contents: under such a heading, or headings in a row that come again further on."""

import re
from collections.abc import Iterator
from itertools import takewhile

from story.importing.analysis import words
from story.importing.analysis.items import Item, What
from story.importing.analysis.looks import LONGEST_HEADING
from story.importing.block import Kind

_DOTS = re.compile(r"(?:\s*[.…·_]{2,}\s*|\s{2,}|\t)\d{0,4}$|\s+\d{1,4}$")
_FILLED = frozenset(".…·_ \t")
_BETWEEN_WORDS = re.compile(r"[\W_]+")
_UNNUMBERED = re.compile(r"^(?:(?:chapter )?(?:\d{1,3}|[ivxlc]+) )?")
_COLUMNS = {"chapter", "page", "chapter page", "kapitel", "seite", "kapitel seite", "chapitre page"}
_ENDS = re.compile(r"[.!?…。！？,;:\"“”’']$")


def leave_out_contents(items: list[Item]) -> None:
    """Leave out tables of contents: under such a heading, or headings in a row that come again further on."""
    short = {place: entry for place, item in enumerate(items) if (entry := _entry(item))}
    again = {entry: place for place, entry in short.items()}
    bare = {_UNNUMBERED.sub("", entry): place for entry, place in again.items()}
    place = 0
    while place < len(items):
        item = items[place]
        titled = (
            place in short
            and item.look is not None
            and bool(words.CONTENTS.fullmatch(item.look.inner))
            and (item.block.level > 0 or item.what is What.PROSE)
        )
        run = list(_run(items, place + titled, short, again, titled=titled)) or (
            _listed(items, place + 1, bare) if titled else []
        )
        if (titled and run) or len(run) > 2:  # noqa: PLR2004 - fewer may be the parts and chapters of one book
            for each in ([item] if titled else []) + run:
                each.decide(What.LEFT_OUT, "", 0.9, "a list of contents")
        place += max(1, len(run))


def _run(
    items: list[Item], start: int, short: dict[int, str], again: dict[str, int], *, titled: bool
) -> Iterator[Item]:
    """Yield the lines in a row that come again after the row; under such a heading, any list."""
    seen: set[str] = set()
    for place in range(start, len(items)):
        item = items[place]
        if item.what is What.LEFT_OUT or item.block.kind in {Kind.RULE, Kind.PAGE}:
            continue
        if titled and item.block.bullet:
            yield item
            continue
        entry = short.get(place)
        if not entry or entry in seen or again[entry] <= place:
            return
        seen.add(entry)
        yield item


def _listed(items: list[Item], start: int, told: dict[str, int]) -> list[Item]:
    """Return the paragraphs under such a heading if most of their lines come again, apart from numbers."""
    places = takewhile(lambda place: _comes_again(items[place], place, told), range(start, len(items)))
    return [items[place] for place in places]


def _comes_again(item: Item, place: int, told: dict[str, int]) -> bool:
    entries = [
        _entry_of(_without_page(line)) for run in item.block.runs for line in run.text.split("\n") if line.strip()
    ]
    found = sum(entry in _COLUMNS or told.get(_UNNUMBERED.sub("", entry), 0) > place for entry in entries)
    return item.what not in {What.CHAPTER, What.POV} and 2 * found > len(entries)


def _entry(item: Item) -> str:
    """Return a line as both the table of contents and the chapter have it; "" if it is no such line."""
    if not item.look or not item.look.inner or item.what is What.LEFT_OUT:
        return ""
    said = _without_page(item.plain)
    if len(said) > LONGEST_HEADING or _ENDS.search(said.rstrip(".") if item.what is What.CHAPTER else said):
        return ""
    return _entry_of(said)


def _entry_of(said: str) -> str:
    return _BETWEEN_WORDS.sub(" ", said).strip().casefold()


def _without_page(line: str) -> str:
    """Return a line without the number of a page behind it, and the dots before that."""
    if words.chapter_title(line) == "":  # its number is the chapter's
        return line
    return _DOTS.sub("", line) if line[-1:].isdecimal() or line[-1:] in _FILLED else line
