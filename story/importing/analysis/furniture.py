"""Leaves out what stands around the text of each page: its number, a running head, a site's buttons."""

import re
from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise

from story.importing.analysis.items import Item, What
from story.importing.block import Kind

ON_TOP = 2
"""Lines at the top that may be a title and a byline."""
FEWEST_PAGES = 3
"""Lines that differ in nothing but a number that grows, at least."""

_PAGE = r"(?:page|pg\.?|p\.|seite|s\.|página|pagina|pág\.?|strona|str\.|стр\.?|страница)\s*"
_OF = r"(?:\s*(?:/|of|von|de|di|van|z|из|sur)\s*\d{1,4})?"
_BARE = re.compile(rf"(?P<word>{_PAGE})?(?P<number>\d{{1,4}}){_OF}", re.IGNORECASE)
_HEAD = re.compile(
    rf"(?P<before>[^\d]*\S\s*[|/•·–—-]\s*(?:{_PAGE})?)(?P<number>\d{{1,4}}){_OF}"
    rf"|(?P<leading>(?:{_PAGE})?\d{{1,4}})(?P<behind>\s*[|/•·–—]\s*\S[^\d]*)",
    re.IGNORECASE,
)
_BUTTON = (
    r"(?:(?:next|previous|prev|first|last)(?: (?:chapter|part|page))?|back"
    r"(?: to (?:the )?(?:top|start|beginning|contents"
    r"|table of contents|index|story))|table of contents|index|home|continue reading|read more)"
)
_BUTTONS = re.compile(
    rf"(?!(?:next|previous|first|last|index|home)$){_BUTTON}(?:\s*[|/·•–—→←«»<>-]+\s*{_BUTTON})*", re.IGNORECASE
)
_COUNT = re.compile(
    r"(?:(?:total )?word ?count|words|wörter)\s*:?\s*~?\d[\d,. ]*|~?\d[\d,. ]* (?:words|wörter)", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_]{3,}")
_A_PAGE = "page"
_ENDS = re.compile(r"[.!?…:;]['\"”’»)]*$")


def leave_out_pages(items: list[Item], names: Iterable[str]) -> None:
    """Leave out the furniture of pages, and join a sentence that a page's end has parted.

    `names` are the title and the authors, as far as the file knows them.
    """
    names = {name.casefold() for name in (*names, *_on_top(items))}
    pages = _pages(items, names)
    for page in pages:
        items[page].decide(What.LEFT_OUT, "", 0.9, "the number of a page")
        for item in items[max(page - 1, ON_TOP) : page + 2]:
            if item.is_prose and item.plain.casefold() in names:
                item.decide(What.LEFT_OUT, "", 0.8, "the head of a page")
    for item in items:
        if item.is_prose and item.look and (_BUTTONS.fullmatch(item.look.inner) or _COUNT.fullmatch(item.look.inner)):
            item.decide(What.LEFT_OUT, "", 0.9, "what a site has around a chapter")
    if pages:
        _join(items)


def _on_top(items: list[Item]) -> list[str]:
    """Return the lines at the top that may be a title and a byline."""
    top = [item for item in items[:ON_TOP] if item.is_prose and item.look and not _HEAD.fullmatch(item.plain)]
    return [re.sub(r"^by ", "", item.plain, flags=re.IGNORECASE) for item in top]


def _pages(items: list[Item], names: set[str]) -> list[int]:
    """Return where lines stand that differ in nothing but a number that grows from one chapter to the next."""
    found: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for place, item in enumerate(items):
        if not item.is_prose or not item.look or not item.alone or item.block.level or not item.look.inner:
            continue
        if bare := _BARE.fullmatch(item.look.inner):
            found[_A_PAGE if bare["word"] else ""].append((place, int(bare["number"])))
        elif head := _HEAD.fullmatch(item.look.inner):
            number = head["number"] or re.sub(r"\D", "", head["leading"])
            found[(head["before"] or head["behind"]).casefold()].append((place, int(number)))
    return sorted(
        place
        for words, each in found.items()
        if len(each) >= FEWEST_PAGES
        and all(one < other for (_, one), (_, other) in pairwise(each))
        and (_is_head(words, names) if words else _are_pages(items, [place for place, _ in each]))
        for place, _ in each
    )


def _are_pages(items: list[Item], places: list[int]) -> bool:
    """Whether numbers alone run on through chapters, under whose headings they do not stand."""
    chapters = [place for place, item in enumerate(items) if item.what is What.CHAPTER]
    within = [place for place in chapters if places[0] < place < places[-1]]
    numbers = set(places)
    return bool(within) and not any(place + 1 in numbers for place in chapters)


def _is_head(words: str, names: set[str]) -> bool:
    """Whether the words beside a number are a page's, or of the title or an author."""
    said = set(_WORD.findall(words))
    return words == _A_PAGE or any(said & set(_WORD.findall(name)) for name in names)


def _join(items: list[Item]) -> None:
    """Join a sentence that a page's end has parted."""
    for before, item in pairwise([each for each in items if each.what is not What.LEFT_OUT]):
        parted = before.is_prose and item.is_prose and before.block.kind is item.block.kind is Kind.TEXT
        if parted and item.plain[:1].islower() and not _ENDS.search(before.plain):
            item.block = item.block._replace(glue=" ")
