"""The lines that may name who tells what follows: names that stand alone, however they are set."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from story.importing.analysis import words
from story.importing.analysis.capitals import nicely
from story.importing.analysis.items import Item, What
from story.importing.block import Kind, Role

LONGEST_NAME_ALONE = 40
ENOUGH_TOLD = 40
"""The fewest characters between two narrators."""

_WORD = r"[^\W\d_][\w.'’-]*"
_NAME = re.compile(
    rf"(?:the\s+)?{_WORD}(?:\s+(?:(?:and|und|et|e|y|of|the|de|la|von|van|da|do)\s+|&\s+)?{_WORD}){{0,3}}|{_WORD}(?:\s*[/&+]\s*{_WORD}){{1,3}}"
    r"|\(?[yY]/[nN]\)?",
    re.IGNORECASE,
)
_POSSESSIVE = re.compile(r"(?:['’`]s|(?<=[sxz])['’`])$", re.IGNORECASE)
OWNS = re.compile(
    r"(?P<name>\S.*?)(?:['’`]s|(?<=[sS])['’`])\s+(?:diar(?:y|ies)|journal|story|side|turn|version|account|tale|log|letter|reply|part|chapter|voice|thoughts|narration)",
    re.IGNORECASE,
)
_INNER_POSSESSIVE = re.compile(r"\w['’`]s\s+\w", re.IGNORECASE)
_TURN = re.compile(
    r"(?:(?:and )?(?:now )?(?:switch(?:es|ing)?(?: back)? to|back (?:to|with)|over to|meanwhile,? (?:with|in))|with)"
    r" (?P<name>\S.*)",
    re.IGNORECASE,
)
_GREETING = re.compile(
    r"(?:my )?(?:dear(?:est)?|liebe[rs]?|sehr geehrte[rs]?|ch(?:er|ère)|mon cher|ma chère|querid[oa]|car[oa])\s.{1,50}",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"\d{1,3}\s+(?P<rest>[^\W\d].*)")
_REMARK = re.compile(r"(?<=\w)\s+[(\[][^()\[\]]{1,40}[)\]]$")
_WHEN = re.compile(r"(?P<name>\S.*?)(?:,|\s*[|/·]+|\s+[–—-]+)\s+(?P<when>\S.*)")
_WHEN_BEFORE = re.compile(r"(?P<when>\S.*?)(?:\s*[|/·]+|\s+[–—-]+)\s+(?P<name>\S.*)")
_NO_NAME = re.compile(
    r"(?:an?|my|your|his|her|our|their|its|from|end|fin|finis|tbc|a\.?n|notes?|warnings?|yes|no|oh|ah|hello|hi|hey|stop|run|help|why|what|who|when"
    r"|where|how|nothing|silence|please|sorry|ok(?:ay)?|wait|boom|bang|crash|click|knock|beep|good|bye|goodbye|thanks?|title|summary|dedication|preface|contents"
    r"|index|cover|copyright|rating|genre|about|acknowledge?ments?|appendix|glossary|map|bibliography|illustrations?|i|you|he|she|it|we|they|me|him|them|this|that|these|those"
    r"|in|on|at|by|for|with|into|and|but|or|not|if|so|because|then|there|here|is|was|are|were|do|did|let|lets|let['’]s|der|die|das|ein|eine|ja|nein|und|aber"
    r"|oui|non|les?|une?|des|et|mais|s[ií]|los|las|el|un[ao]?|pero|sim|não|mas|menu|home|next|previous|share|like|login|search)(?:\b.*)?|.*\bend",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[.!?…。！？,;\"“”„«»]$")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line that may name a narrator; `fresh` says that only headings are between it and the last break.

    `style` is how it looks, which those of one kind share. `spacing` is how many characters came since the one before,
    in so many `paragraphs`. `when` is the time it also says; `small` says that it is
    written in small letters.
    """

    item: Item
    name: str
    style: tuple[object, ...]
    marked: bool
    fresh: bool
    first: bool
    spacing: int
    paragraphs: int
    when: str = ""
    small: bool = False

    @property
    def key(self) -> str:
        """What all spellings of the name share."""
        return self.name.casefold()


def name_in(text: str) -> str | None:
    """Return a line as a name, or None if it can't be one."""
    bare = _REMARK.sub("", text.strip()).strip("()[]{} :")
    if bare.islower():
        return None
    if owns := OWNS.fullmatch(bare):
        bare = owns["name"]
    elif _INNER_POSSESSIVE.search(bare):
        return None
    elif turn := _TURN.fullmatch(bare):
        bare = turn["name"]
    name = _POSSESSIVE.sub("", bare)
    if len(bare) > LONGEST_NAME_ALONE or not _NAME.fullmatch(name) or _NO_NAME.fullmatch(name):
        return None
    if words.has_time(name) or words.PERSONS.fullmatch(name) or words.CONTENTS.fullmatch(name):
        return None
    parts = name.split()
    small = {"and", "und", "et", "e", "y", "of", "the", "de", "la", "von", "van", "da", "do", "&"}
    if any(part[0].islower() and part not in small for part in parts) or parts[0][0].islower() or name[-1] in ".'’":
        return None
    return nicely(name)


def candidates(items: list[Item]) -> Iterator[Candidate]:
    """Yield the lines that may name a narrator, in their order."""
    fresh, first, titled, greeted = True, True, False, False
    told = paragraphs = 0
    last_at: dict[tuple[object, ...], tuple[int, int]] = {}
    for item, following, next_but_one in zip_longest(items, items[1:], items[2:]):
        may_be = item.what in {What.PROSE, What.CHAPTER, What.TIME}
        candidate = (
            _candidate(item, fresh=fresh) if may_be and (fresh or not _signs(item, following, next_but_one)) else None
        )
        if candidate and greeted and not candidate[2]:  # it signs the letter
            candidate, greeted = None, False
        if candidate:
            name, style, marked, when, small = candidate
            told_before, before = last_at.get(style, (told - ENOUGH_TOLD, 0))
            last_at[style] = told, paragraphs
            spacing, between = told - told_before, paragraphs - before
            fresh_here = _is_fresh(item, fresh=fresh)
            yield Candidate(item, name, style, marked, fresh_here, first, spacing, between, when, small)
        if item.what in {What.BREAK, What.CHAPTER, What.POV} or item.block.kind is Kind.HEADING:
            fresh, greeted = True, False
        elif item.what is What.PROSE:
            fresh = fresh and titled and _may_be_title(item)
            told += len(item.plain) if not candidate else 0
            paragraphs += not candidate
            greeted = greeted or _GREETING.fullmatch(item.plain) is not None
        titled = item.what is What.CHAPTER
        first = first and item.what in {What.BREAK, What.LEFT_OUT, What.NOTE}


def _candidate(item: Item, *, fresh: bool) -> tuple[str, tuple[object, ...], bool, str, bool] | None:
    look = item.look
    if look is None or not look.inner or item.block.role is not Role.BODY or item.block.bullet or item.block.quoted:
        return None
    if item.what is What.CHAPTER:
        name = name_in(item.rest) if item.rest and item.pov is None else None
        return (name, ("chapter",), True, "", False) if name else None
    if not item.alone and not (look.marked or fresh):
        return None
    if _SENTENCE.search(look.inner) or item.plain.lstrip()[:1] in "\"“”„«»'‘" or (look.bracketed and item.is_picture):
        return None
    counted = _COUNTED.fullmatch(look.inner) if item.block.level or item.plain.startswith("#") else None
    numbered = counted["rest"] if counted else words.numbered_title(look.inner)
    said, when = _parted(look.inner)
    small = look.inner.islower() and (look.ornate or look.bold)
    name = name_in(look.inner.title() if small else said if when else numbered or look.inner)
    if not name or (item.what is What.TIME and not when and not _TURN.fullmatch(look.inner)):
        return None
    level = item.block.level
    ornate = look.ornate or look.bracketed
    style = (
        ("numbered",)
        if numbered
        else (level, look.capitals, look.bold, look.italic, ornate, look.colon, bool(when), item.what)
    )
    return name, style, look.marked or level > 0 or numbered is not None or bool(when), when, small


def _parted(inner: str) -> tuple[str, str]:
    """Return a name and the time beside it, before or behind; the line and "" if there is no such time."""
    for pattern in (_WHEN, _WHEN_BEFORE):
        if (found := pattern.fullmatch(inner)) and words.has_time(found["when"]) and not words.has_time(found["name"]):
            return found["name"], found["when"]
    return inner, ""


def _may_be_title(item: Item) -> bool:
    """Whether a line right under a chapter's number may be its title."""
    look = item.look
    return look is not None and len(item.plain) <= LONGEST_NAME_ALONE and _SENTENCE.search(look.inner) is None


def _signs(item: Item, following: Item | None, next_but_one: Item | None) -> bool:
    """Whether a name signs the text above it, as under a letter."""
    if item.what is What.CHAPTER or item.block.level or following is None:
        return False
    begins = next_but_one if following.what is What.TIME and next_but_one else following
    return following.what is What.BREAK or _GREETING.fullmatch(begins.plain) is not None


def _is_fresh(item: Item, *, fresh: bool) -> bool:
    """Whether something new begins with a line, judging by what is before it or by the line itself."""
    return fresh or item.what is What.CHAPTER or item.block.level > 0 or (item.look is not None and item.look.ornate)


def turns(each: Candidate) -> bool:
    """Whether a line says that the story turns to somebody."""
    turn = _TURN.fullmatch(each.item.look.inner) if each.item.look else None
    return turn is not None and not turn[0].casefold().startswith("with ")
