"""Decides which lines are chapters: headings, numbers that go up, and titles that look like it."""

import re
from collections import defaultdict
from itertools import pairwise

from story.importing.analysis import words
from story.importing.analysis.capitals import nicely
from story.importing.analysis.items import Item, What
from story.importing.analysis.numbers import SPELLED, number_of
from story.importing.block import Kind, Role

LOWEST_CHAPTER = 3
"""The lowest level of a heading that begins a chapter; lower ones stay in the text, unless their words say more."""
MOST_WORDS = 10
"""The most words of a title."""

ENOUGH_SMALL = 3
"""Numbers in small letters, such as `ii`, that are chapters if they are in order."""

_TITLE = re.compile(r"[\w\s'’:,&?!()/.–—-]{2,}")
_ENDS = re.compile(r"[.…。！？,;\"“”„«»]$")


def find_numbers(items: list[Item]) -> None:
    """Decide which numbers, alone or before a title, are chapters: those that go up by one, or start at one."""
    alone: list[tuple[Item, int]] = []
    titles: dict[int, tuple[Item, str]] = {}
    for at, item in enumerate(items):
        if not item.is_prose or item.look is None or not item.look.inner or item.block.bullet or not item.alone:
            continue
        if item.look.bare[:1] in "\"“„«'‘" or _ENDS.search(item.look.bare.rstrip(".")):
            continue
        number = number_of(item.look.inner)
        if number is not None:
            alone.append((item, number))
        elif not _has_lines(item) and (title := words.numbered_title(item.look.inner)):
            titles[at] = item, title
    # A list has one right under the other.
    titled = [each for at, each in titles.items() if each[0].block.level or titles.keys().isdisjoint({at - 1, at + 1})]
    worded = any(item.what is What.CHAPTER for item in items)
    for place, (item, number) in enumerate(alone):
        before = alone[place - 1][1] if place else None
        after = alone[place + 1][1] if place + 1 < len(alone) else None
        written = item.look is not None and (
            item.block.level > 0 or item.look.inner[0].isupper() or item.look.inner[0].isdigit()
        )
        in_order = (
            after == number + 1 or before == number - 1 or (number == 1 and (before is not None or after is not None))
        )
        written = written or (in_order and len(alone) >= ENOUGH_SMALL)
        lonely = before is None and after is None and item.look is not None and _is_lonely_number(item.look.inner)
        if written and (in_order or lonely):
            if worded:
                item.decide(What.BREAK, "", 0.7, "a number within a chapter")
            else:
                said = item.look.inner.rstrip(".:)") if item.look else ""
                item.decide(What.CHAPTER, said, 0.85 if in_order else 0.6, "a number in a line of its own")
    _decide_titled(titled, worded=worded)


def _decide_titled(titled: list[tuple[Item, str]], *, worded: bool) -> None:
    """Decide which numbers before a title are chapters; if others say so in words, a lone one is part of a list."""
    numbers = [number_of(item.look.inner.split()[0]) if item.look else None for item, _ in titled]
    counted = set(numbers)
    for (item, title), number in zip(titled, numbers, strict=True):
        beside = number is not None and not counted.isdisjoint({number - 1, number + 1})
        spelled = item.look is not None and item.look.inner.split()[0].strip(".:)").casefold() in SPELLED
        if (worded or spelled) and not beside and not item.block.level:
            continue
        item.rest = title
        item.decide(What.CHAPTER, item.look.inner if item.look else title, 0.7, "a number and a title")


def _has_lines(item: Item) -> bool:
    return any("\n" in run.text for run in item.block.runs)


def _is_lonely_number(inner: str) -> bool:
    """Whether the only number may be a chapter's: not a year, not `I`, not a word."""
    return inner != "I" and (inner.rstrip(".)").isupper() or (inner.rstrip(".)").isdecimal() and len(inner) < 4))  # noqa: PLR2004 - as a year has


def find_headings(items: list[Item], title: str) -> None:
    """Decide that the remaining headings begin a chapter, except those that repeat the story's title."""
    for item in items:
        level = item.block.level
        if (
            item.what not in {What.PROSE, What.TIME}
            or item.block.role is not Role.BODY
            or item.block.kind is not Kind.HEADING
            or not 0 < level <= LOWEST_CHAPTER
        ):
            continue
        said = item.plain
        if said.casefold() == title.casefold():
            item.decide(What.LEFT_OUT, "", 0.9, "the title again")
        else:
            item.decide(What.CHAPTER, said, 0.9, "a heading")


def find_titles(items: list[Item]) -> None:
    """Decide which lines in capitals or bold are titles: right after a break, or of one style throughout."""
    alike: dict[tuple[int, bool], list[tuple[int, Item, bool]]] = defaultdict(list)
    fresh = chapter = False
    paragraphs = 0
    for place, item in enumerate(items):
        look = item.look
        if item.is_prose and look is not None and _may_be_title(item):
            following = next((each for each in items[place + 1 : place + 9] if each.what is not What.LEFT_OUT), None)
            leads_on = following is not None and following.what is not What.BREAK
            if look.capitals and (fresh or chapter) and leads_on:
                item.decide(
                    What.CHAPTER, nicely(look.inner) if chapter else look.inner, 0.6, "in capitals after a break"
                )
            elif (look.bold or look.capitals) and leads_on:
                alike[item.block.level, look.bold].append((paragraphs, item, fresh or chapter))
        if item.is_prose:
            paragraphs += 1
        chapter = item.what is What.CHAPTER
        fresh = item.what in {What.BREAK, What.CHAPTER, What.POV} or (fresh and item.what in {What.TIME, What.LEFT_OUT})
    _find_titles_below(items)
    for (_, bold), group in alike.items():
        spread = paragraphs / (len(group) + 1)
        enough = len(group) > (1 if bold else 2)
        if enough and spread >= 3 and (group[0][0] == 0 or all(is_fresh for _, _, is_fresh in group)):  # noqa: PLR2004 - paragraphs of a chapter
            for _, item, _ in group:
                said = item.look.inner if item.look else ""
                item.decide(What.CHAPTER, said if bold else nicely(said), 0.6, "a line of its own, set as others are")


def _find_titles_below(items: list[Item]) -> None:
    """Decide that the line under a chapter's number is its title, if most chapters have such a line."""
    below: list[Item] = []
    bare = 0
    shown = [item for item in items if item.what is not What.LEFT_OUT]
    for chapter, item in pairwise(shown):
        if chapter.what is not What.CHAPTER or chapter.rest or chapter.pov is not None:
            continue
        bare += _is_numbered(chapter)
        look = item.look
        if item.is_prose and look and _may_be_title(item) and not look.inner[:1].islower() and _is_numbered(chapter):
            below.append(item)
    if len(below) > 1 and 3 * len(below) >= 2 * bare:
        for item in below:
            item.decide(What.CHAPTER, item.look.inner if item.look else "", 0.7, "a line under a chapter's number")


def _is_numbered(chapter: Item) -> bool:
    return words.chapter_title(chapter.said) == "" or number_of(chapter.said) is not None


def _may_be_title(item: Item) -> bool:
    look = item.look
    if look is None or not item.alone or item.block.bullet or item.block.quoted or item.is_picture:
        return False
    if look.bracketed or look.colon or words.PERSONS.fullmatch(look.inner) or words.CONTENTS.fullmatch(look.inner):
        return False
    return bool(_TITLE.fullmatch(look.inner)) and len(look.inner.split()) <= MOST_WORDS and not _ENDS.search(look.inner)


def kind_of(title: str) -> str:
    """Return what titles of one rank share: `Chapter 1: Fog` and `CHAPTER II` are of one kind."""
    found = words.chapter_title(title)
    if found is None:
        return "number" if number_of(title) is not None else ""
    head = title.casefold().removesuffix(found.casefold())
    return re.split(r"[\W\d]", head.strip())[0]
