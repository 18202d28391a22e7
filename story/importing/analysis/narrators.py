"""Decides which names on lines of their own are narrators: those that come again, alternate, or are known."""

from collections import Counter, defaultdict
from typing import NamedTuple

from story.importing.analysis import words
from story.importing.analysis.candidates import ENOUGH_TOLD, OWNS, Candidate, candidates, turns
from story.importing.analysis.capitals import nicely
from story.importing.analysis.evidence import Evidence
from story.importing.analysis.items import Item, What

MUCH_TOLD = 15 * ENOUGH_TOLD
"""Characters of one paragraph between two names with a colon behind, where these are narrators', and no chat's."""
ENOUGH_VOICES = 3
"""Names that come once each, and have nothing but their capitals, where they are narrators'."""
MOST_ON_TOP = 2
"""Paragraphs before the first of these, such as a title and a byline."""


def find_narrators(items: list[Item]) -> None:
    """Decide which lines are narrators, and the names in those that speak of a point of view."""
    found = list(candidates(items))
    views = [item for item in items if item.what is What.POV or item.pov is not None]
    undecided = [each.name for each in found]
    genitives = [item.said if item.what is What.POV else item.pov or "" for item in views if item.genitive]
    lines = {id(each.item) for each in found}  # they are no evidence for themselves
    evidence = Evidence((item for item in items if id(item) not in lines), {*undecided, *genitives})
    for item in views:
        if item.genitive and item.what is What.POV:
            item.said = evidence.nominative(item.said)
        elif item.genitive and item.pov:
            item.pov = evidence.nominative(item.pov)
    known = {(item.said if item.what is What.POV else item.pov or "").casefold() for item in views} - {""}
    groups: defaultdict[tuple[object, ...], list[Candidate]] = defaultdict(list)
    for each in found:
        groups[each.style].append(each)
    titled = sum(item.what is What.CHAPTER and bool(item.rest) and item.pov is None for item in items)
    counts = Counter(each.key for each in found)
    is_play = any(item.what is What.CHAPTER and words.is_of_a_play(item.said) for item in items)
    for group in groups.values():
        others = titled - len(group) if group[0].style[0] == "chapter" else 0
        _decide(group, _Around(known, counts, evidence, is_play), others=others)
    accepted = {each.key for each in found if each.item.what is What.POV or each.item.pov is not None}
    for each in found:  # one set otherwise, by a name that another has shown to be a narrator's
        if each.item.what is What.POV or each.item.pov is not None:
            continue
        if each.key in accepted and each.fresh and each.marked:
            _accept(each, 0.75, "the name tells other parts")
        elif turns(each) and (each.key in accepted or ((known or accepted) and evidence.for_name(each.name))):
            _accept(each, 0.7, "it turns to a name")


class _Around(NamedTuple):
    """What is known of a whole manuscript: narrators, how often each name stands alone, how the prose uses names."""

    known: set[str]
    everywhere: Counter[str]
    evidence: Evidence
    is_play: bool


def _decide(group: list[Candidate], around: _Around, *, others: int) -> None:
    """Decide about lines of one style; `others` are the titles that are no names."""
    known, everywhere, evidence, is_play = around
    every = Counter(each.key for each in group)
    below = [each for each in group if not each.first or every[each.key] > 1] or group  # the first may be the title
    counts = Counter(each.key for each in below)
    recurring = {
        each.key
        for each in group
        if counts[each.key] > 1 or (everywhere[each.key] > 1 and evidence.for_name(each.name))
    }
    titles = group[0].style[0] in {"chapter", "numbered"} or (
        isinstance(group[0].style[0], int) and group[0].style[0] > 0
    )
    spaced = not _is_list(below) if titles else _well_spaced(below, is_play=is_play)
    named = {each.key for each in group if evidence.for_name(each.name)}
    mostly = 2 * len(named & recurring) >= len(recurring) and all(each.item.alone for each in below)
    places = all(evidence.is_place(each.name) for each in group if each.key not in known)
    for each in group:
        if each.key in known:
            if each.marked or each.fresh:
                _accept(each, 0.9, "the name has a point of view elsewhere")
            elif each.item.alone and spaced and each.paragraphs > 1:
                _accept(each, 0.65, "the name has a point of view elsewhere")
        elif places or not spaced or ((each.when or each.small) and not evidence.is_common(each.name)):
            continue
        elif each.key in recurring:
            _decide_recurring(each, counts, evidence, mostly_names=mostly)
        elif (
            recurring
            and len(recurring) + 1 >= len(recurring | named if each.key in named else counts) / 2
            and ((each.fresh and each.marked) or (each.key in named and _is_apart(each)))
            and not evidence.against_name(each.name)
        ):
            _accept(each, 0.65, "it alternates with names that come again")
        elif _is_first_alone(each, every) or not (each.marked and (each.fresh or _are_voices(group, evidence))):
            continue
        elif _is_bare(each, evidence) and _alike(group, evidence, titles=titles) and not others:
            _accept(each, 0.5, "a name where others have their point of view")


def _is_apart(each: Candidate) -> bool:
    return each.fresh or each.marked or each.item.alone


def _decide_recurring(each: Candidate, counts: Counter[str], evidence: Evidence, *, mostly_names: bool) -> None:
    supported = evidence.for_name(each.name)
    if not each.marked and not each.fresh and (len(counts) == 1 or not (supported or mostly_names)):
        return
    if evidence.against_name(each.name) and not supported and not each.key.startswith("the "):
        return
    if len(counts) > 1:
        _accept(each, 0.85 if supported else 0.7, "the name comes again and alternates with others")
    elif supported:
        _accept(each, 0.6, "the name comes again")


def _are_voices(group: list[Candidate], evidence: Evidence) -> bool:
    """Whether names that come once each stand over all that is told, from the top on."""
    once = len({each.key for each in group}) == len(group) >= ENOUGH_VOICES and group[0].paragraphs <= MOST_ON_TOP
    return once and all(each.item.alone and evidence.for_name(each.name) for each in group)


def _is_first_alone(each: Candidate, counts: Counter[str]) -> bool:
    """Whether a name is at the very top, with no other like it and no number before it: it may be the title."""
    return each.first and len(counts) == 1 and each.style[0] != "chapter"


def _is_bare(each: Candidate, evidence: Evidence) -> bool:
    """Whether something speaks for a name that comes only once; one with an article must come again."""
    return not each.key.startswith("the ") and evidence.for_name(each.name)


def _alike(group: list[Candidate], evidence: Evidence, *, titles: bool) -> bool:
    """Whether the lines of a group, none of which comes again, look like names: all if titles, else most."""
    alike = sum(evidence.for_name(each.name) for each in group)
    return alike == len(group) if titles else 2 * alike >= len(group)


def _is_list(group: list[Candidate]) -> bool:
    """Whether most titles stand right under each other, with nothing told between."""
    return 2 * sum(each.spacing == 0 for each in group[1:]) > len(group[1:])


def _well_spaced(group: list[Candidate], *, is_play: bool) -> bool:
    """Whether there is enough text between the lines of a group to rule out a chat or a list."""
    if sum(each.fresh for each in group) * 2 > len(group):
        return True
    # In a play, names are right above what is said, and little is said at a time.
    needed = ENOUGH_TOLD if all(each.item.alone for each in group) else 5 * ENOUGH_TOLD
    after = group[1:]
    brief = sum(each.paragraphs == 1 for each in after)
    needed = MUCH_TOLD if (group[0].style[5] or is_play) and 4 * brief > len(after) else needed
    told = sum(each.spacing for each in after)
    return told >= needed * len(after) and sum(each.spacing < needed for each in after) <= max(1, len(after) // 4)


def _accept(each: Candidate, sure: float, why: str) -> None:
    item = each.item
    if item.what is What.CHAPTER or words.numbered_title(item.look.inner if item.look else ""):
        if item.what is not What.CHAPTER and item.look:
            item.decide(What.CHAPTER, item.look.inner, sure, "a number and a name")
        item.pov, item.sure, item.why = each.name, min(item.sure, sure), why
    else:
        title = item.look.inner if item.look and OWNS.fullmatch(item.look.inner) else each.when
        item.decide(What.POV, each.name, sure, why)
        item.rest = nicely(title)
