"""Decides which names on lines of their own are narrators: those that come again, alternate, or are known."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from story.importing.analysis import words
from story.importing.analysis.evidence import Evidence
from story.importing.analysis.items import Item, What
from story.importing.analysis.view import nicely
from story.importing.block import Kind, Role

LONGEST_NAME_ALONE = 40
ENOUGH_TOLD = 40
"""The fewest characters between two narrators."""
MUCH_TOLD = 15 * ENOUGH_TOLD
"""The same if a colon follows the name, as in plays and chats."""

_WORD = r"[^\W\d_][\w.'’-]*"
_NAME = re.compile(
    rf"(?:the\s+)?{_WORD}(?:\s+(?:(?:and|und|et|e|y|of|the|de|la|von|van|da|do)\s+|&\s+)?{_WORD}){{0,3}}|{_WORD}(?:\s*[/&+]\s*{_WORD}){{1,3}}"
    r"|\(?[yY]/[nN]\)?",
    re.IGNORECASE,
)
_POSSESSIVE = re.compile(r"(?:['’`]s|(?<=[sxz])['’`])$", re.IGNORECASE)
_OWNS = re.compile(
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
_NO_NAME = re.compile(
    r"(?:an?|my|your|his|her|our|their|its|from|end|fin|finis|tbc|a\.?n|notes?|warnings?|yes|no|oh|ah|hello|hi|hey|stop|run|help|why|what|who|when"
    r"|where|how|nothing|silence|please|sorry|ok(?:ay)?|wait|boom|bang|crash|click|knock|beep|good|bye|goodbye|thanks?|title|summary|dedication|preface|contents"
    r"|index|cover|copyright|rating|genre|about|acknowledge?ments?|appendix|glossary|map|bibliography|illustrations?|i|you|he|she|it|we|they|me|him|them|this|that|these|those"
    r"|in|on|at|by|for|with|into|and|but|or|not|if|so|because|then|there|here|is|was|are|were|do|did|let|lets|let['’]s|der|die|das|ein|eine|ja|nein|und|aber"
    r"|oui|non|les?|une?|des|et|mais|s[ií]|los|las|el|un[ao]?|pero|sim|não|mas|menu|home|next|previous|share|like|login|search)(?:\b.*)?|.*\bend",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[.!?…,;\"“”„«»]$")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line that may name a narrator; `fresh` says that only headings are between it and the last break.

    `style` is how it looks, which those of one kind share. `spacing` is how many characters came since the one before.
    `when` is the time it also says.
    """

    item: Item
    name: str
    style: tuple[object, ...]
    marked: bool
    fresh: bool
    first: bool
    spacing: int
    when: str = ""

    @property
    def key(self) -> str:
        """What all spellings of the name share."""
        return self.name.casefold()


def find_narrators(items: list[Item]) -> None:
    """Decide which lines are narrators, and the names in those that speak of a point of view."""
    candidates = list(_candidates(items))
    views = [item for item in items if item.what is What.POV or item.pov is not None]
    undecided = [each.name for each in candidates]
    genitives = [item.said if item.what is What.POV else item.pov or "" for item in views if item.genitive]
    lines = {id(each.item) for each in candidates}  # they are no evidence for themselves
    evidence = Evidence((item for item in items if id(item) not in lines), {*undecided, *genitives})
    for item in views:
        if item.genitive and item.what is What.POV:
            item.said = evidence.nominative(item.said)
        elif item.genitive and item.pov:
            item.pov = evidence.nominative(item.pov)
    known = {(item.said if item.what is What.POV else item.pov or "").casefold() for item in views} - {""}
    groups: defaultdict[tuple[object, ...], list[Candidate]] = defaultdict(list)
    for each in candidates:
        groups[each.style].append(each)
    titled = sum(item.what is What.CHAPTER and bool(item.rest) and item.pov is None for item in items)
    counts = Counter(each.key for each in candidates)
    for group in groups.values():
        _decide(group, known, counts, evidence, others=titled - len(group) if group[0].style[0] == "chapter" else 0)
    accepted = {each.key for each in candidates if each.item.what is What.POV or each.item.pov is not None}
    for each in candidates:  # one set otherwise, by a name that another has shown to be a narrator's
        if each.item.what is What.POV or each.item.pov is not None:
            continue
        if each.key in accepted and each.fresh and each.marked:
            _accept(each, 0.75, "the name tells other parts")
        elif _turns_to_somebody(each) and (
            each.key in accepted or ((known or accepted) and evidence.for_name(each.name))
        ):
            _accept(each, 0.7, "it turns to a name")


def name_in(text: str) -> str | None:
    """Return a line as a name, or None if it can't be one."""
    bare = _REMARK.sub("", text.strip()).strip("()[]{} :")
    if bare.islower():
        return None
    if owns := _OWNS.fullmatch(bare):
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


def _candidates(items: list[Item]) -> Iterator[Candidate]:
    fresh, first, told = True, True, 0
    last_at: dict[tuple[object, ...], int] = {}
    for item, following in zip_longest(items, items[1:]):
        may_be = item.what in {What.PROSE, What.CHAPTER, What.TIME}
        candidate = _candidate(item, fresh=fresh) if may_be and (fresh or not _signs(item, following)) else None
        if candidate:
            name, style, marked, when = candidate
            spacing = told - last_at[style] if style in last_at else ENOUGH_TOLD
            last_at[style] = told
            yield Candidate(item, name, style, marked, _is_fresh(item, fresh=fresh), first, spacing, when)
        if item.what in {What.BREAK, What.CHAPTER, What.POV} or item.block.kind is Kind.HEADING:
            fresh = True
        elif item.what is What.PROSE:
            fresh = False
            told += len(item.plain) if not candidate else 0
        first = first and item.what in {What.BREAK, What.LEFT_OUT, What.NOTE}


def _candidate(item: Item, *, fresh: bool) -> tuple[str, tuple[object, ...], bool, str] | None:
    look = item.look
    if look is None or not look.inner or item.block.role is not Role.BODY or item.block.bullet or item.block.quoted:
        return None
    if item.what is What.CHAPTER:
        name = name_in(item.rest) if item.rest and item.pov is None else None
        return (name, ("chapter",), True, "") if name else None
    if not item.alone and not (look.marked or fresh):
        return None
    if _SENTENCE.search(look.inner) or item.plain.lstrip()[:1] in "\"“”„«»'‘" or (look.bracketed and item.is_picture):
        return None
    counted = _COUNTED.fullmatch(look.inner) if item.block.level else None
    numbered = counted["rest"] if counted else words.numbered_title(look.inner)
    dated = _WHEN.fullmatch(look.inner)
    when = dated["when"] if dated and words.has_time(dated["when"]) else ""
    name = name_in(dated["name"] if dated and when else numbered or look.inner)
    if not name or (item.what is What.TIME and not when and not _TURN.fullmatch(look.inner)):
        return None
    level = item.block.level
    ornate = look.ornate or look.bracketed
    style = (
        ("numbered",)
        if numbered
        else (level, look.capitals, look.bold, look.italic, ornate, look.colon, bool(when), item.what)
    )
    return name, style, look.marked or level > 0 or numbered is not None or bool(when), when


def _signs(item: Item, following: Item | None) -> bool:
    """Whether a name signs the text above it, as under a letter."""
    if item.what is What.CHAPTER or item.block.level or following is None:
        return False
    return following.what is What.BREAK or _GREETING.fullmatch(following.plain) is not None


def _is_fresh(item: Item, *, fresh: bool) -> bool:
    """Whether something new begins with a line, judging by what is before it or by the line itself."""
    return fresh or item.what is What.CHAPTER or item.block.level > 0 or (item.look is not None and item.look.ornate)


def _turns_to_somebody(each: Candidate) -> bool:
    """Whether a line says that the story turns to somebody."""
    turn = _TURN.fullmatch(each.item.look.inner) if each.item.look else None
    return turn is not None and not turn[0].casefold().startswith("with ")


def _decide(
    group: list[Candidate], known: set[str], everywhere: Counter[str], evidence: Evidence, *, others: int
) -> None:
    """Decide about lines of one style; `everywhere` counts names of all styles, `others` titles that are no names."""
    counts = Counter(each.key for each in group)
    recurring = {
        each.key
        for each in group
        if counts[each.key] > 1 or (everywhere[each.key] > 1 and evidence.for_name(each.name))
    }
    titles = group[0].style[0] in {"chapter", "numbered"} or (
        isinstance(group[0].style[0], int) and group[0].style[0] > 0
    )
    spaced = titles or _well_spaced(group)
    places = all(evidence.is_place(each.name) for each in group if each.key not in known)
    for each in group:
        if each.key in known:
            if each.marked or each.fresh:
                _accept(each, 0.9, "the name has a point of view elsewhere")
        elif places or not spaced or (each.when and not evidence.is_common(each.name)):
            continue
        elif each.key in recurring:
            _decide_recurring(each, counts, evidence)
        elif (
            recurring
            and len(recurring) + 1 >= len(counts) / 2
            and ((each.fresh and each.marked) or (evidence.for_name(each.name) and _is_apart(each)))
            and not evidence.against_name(each.name)
        ):
            _accept(each, 0.65, "it alternates with names that come again")
        elif _is_first_alone(each, counts) or not (each.marked and each.fresh):
            continue
        elif _is_bare(each, evidence) and _alike(group, evidence, titles=titles) and not others:
            _accept(each, 0.5, "a name where others have their point of view")


def _is_apart(each: Candidate) -> bool:
    return each.fresh or each.marked or each.item.alone


def _decide_recurring(each: Candidate, counts: Counter[str], evidence: Evidence) -> None:
    supported = evidence.for_name(each.name)
    if not each.marked and not each.fresh and (len(counts) == 1 or not supported):
        return
    if evidence.against_name(each.name) and not supported and not each.key.startswith("the "):
        return
    if len(counts) > 1:
        _accept(each, 0.85 if supported else 0.7, "the name comes again and alternates with others")
    elif supported:
        _accept(each, 0.6, "the name comes again")


def _is_first_alone(each: Candidate, counts: Counter[str]) -> bool:
    """Whether a name is at the very top, with no other like it: it may be the title."""
    return each.first and len(counts) == 1


def _is_bare(each: Candidate, evidence: Evidence) -> bool:
    """Whether something speaks for a name that comes only once; one with an article must come again."""
    return not each.key.startswith("the ") and evidence.for_name(each.name)


def _alike(group: list[Candidate], evidence: Evidence, *, titles: bool) -> bool:
    """Whether the lines of a group, none of which comes again, look like names: all if titles, else most."""
    alike = sum(evidence.for_name(each.name) for each in group)
    return alike == len(group) if titles else 2 * alike >= len(group)


def _well_spaced(group: list[Candidate]) -> bool:
    """Whether there is enough text between the lines of a group to rule out a chat or a list."""
    if sum(each.fresh for each in group) * 2 > len(group):
        return True
    # In a play, names are right above what is said, and little is said at a time.
    needed = ENOUGH_TOLD if all(each.item.alone for each in group) else 5 * ENOUGH_TOLD
    needed = MUCH_TOLD if group[0].style[5] else needed
    after = group[1:]
    told = sum(each.spacing for each in after)
    return told >= needed * len(after) and sum(each.spacing < needed for each in after) <= max(1, len(after) // 4)


def _accept(each: Candidate, sure: float, why: str) -> None:
    item = each.item
    if item.what is What.CHAPTER or words.numbered_title(item.look.inner if item.look else ""):
        if item.what is not What.CHAPTER and item.look:
            item.decide(What.CHAPTER, item.look.inner, sure, "a number and a name")
        item.pov, item.sure, item.why = each.name, min(item.sure, sure), why
    else:
        title = item.look.inner if item.look and _OWNS.fullmatch(item.look.inner) else each.when
        item.decide(What.POV, each.name, sure, why)
        item.rest = nicely(title)
