"""Decides in which paragraphs the author speaks to readers: at the start, at the end and between parts."""

import re
from collections.abc import Iterator
from itertools import dropwhile, takewhile

from story.importing.analysis.footnotes import find_footnotes
from story.importing.analysis.items import Item, What
from story.importing.analysis.talk import (
    END_MARK,
    LONGEST_TALK,
    MARK_ALONE,
    MARKED,
    THANKS,
    TURNS_TO_STORY,
    is_spoken,
    talk,
)
from story.importing.block import Kind, Role

LONGEST_NOTE = 1200
"""The most characters of a note that only its heading marks as one."""
MOST_PARAGRAPHS = 6
"""The most paragraphs of such a note."""

_SURE = 2
_NEAR = 200
_BRIEF = 40
_WEAK = re.compile(r"\W*(?:notes?|warnings?|nota|avis[ou]s?|avertissements?)\s*:", re.IGNORECASE)
_SENTENCE = re.compile(r"[.!?…]['\"”’»)]*$")
_CHATTY = re.compile(
    r"\b(?:lol|haha|hehe|guys|y['’]all|i['’]m|i['’]ve|i['’]ll)\b|[:;]-?[)D(P]|<3|\^\^|\bxd\b", re.IGNORECASE
)


def find_notes(items: list[Item]) -> None:
    """Decide which paragraphs are notes."""
    for item in items:
        if item.what is What.PROSE and item.block.role is Role.NOTE:
            item.decide(What.NOTE, "", 1, "the file has it as a note")
    parts = [part for part in _parts(items) if part]
    for number, part in enumerate(parts):
        others = any(parts[:number]) or len(parts) > number + 1
        _find_marked(part, leaves_prose=others)
    find_footnotes(items)
    told = [part for part in parts if any(item.is_prose for item in part)]
    for number, part in enumerate(told):
        _find_talk(part, first=number == 0, last=number == len(told) - 1, only=len(told) == 1)
    _find_trailing(items)


def _parts(items: list[Item]) -> Iterator[list[Item]]:
    """Yield the paragraphs between breaks and headings."""
    part: list[Item] = []
    for item in items:
        if item.is_prose and item.block.kind is not Kind.HEADING and item.block.runs:
            part.append(item)
        elif item.what is not What.LEFT_OUT:
            yield part
            part = []
    yield part


def _note(item: Item, sure: float, why: str) -> None:
    item.decide(What.NOTE, "", sure, why)


def _find_marked(part: list[Item], *, leaves_prose: bool) -> None:
    """Find notes that say so, and how far they go."""
    at = 0
    while at < len(part):
        text = part[at].plain
        if not MARKED.match(text):
            at += 1
            continue
        _note(part[at], 0.7 if _WEAK.match(text) and not talk(text) else 0.95, "it says that it is a note")
        end = _end_of_note(part, at, leaves_prose=leaves_prose or at > 0)
        for item in part[at + 1 : end]:
            sure = 0.9 if talk(item.plain) or MARKED.match(item.plain) else 0.6
            _note(item, sure, "it goes on with the note before it")
        at = max(end, at + 1)


def _end_of_note(part: list[Item], at: int, *, leaves_prose: bool) -> int:
    """Return where the note ends that begins at an index of a part: at a mark, a bracket, or the story's start."""
    text = part[at].plain
    opened = text.lstrip("*_ ")[:1]
    closing = {"(": ")", "[": "]", "{": "}"}.get(opened, "")
    rest = part[at + 1 : at + 1 + MOST_PARAGRAPHS * 2]
    for number, item in enumerate(rest, at + 1):
        words = item.plain
        if END_MARK.fullmatch(words):
            return number + 1
        if closing and closing not in text and words.rstrip("*_ ").endswith(closing):
            return number + 1
    if closing and text.rstrip("*_ ").endswith(closing):
        return at + 1
    headed = MARK_ALONE.fullmatch(text) is not None
    if headed and at and _is_brief(part[at + 1 :]):
        return len(part)  # a heading at the end of a part: everything below it is the note
    end = at + 1 + (headed and len(part) > at + 1)
    while end < len(part) and _speaks_on(part[end]):
        end += 1
    left = part[end : end + MOST_PARAGRAPHS]
    near = len(part) - at <= MOST_PARAGRAPHS and sum(len(item.plain) for item in part[at:]) <= LONGEST_NOTE
    near = near and not any(MARKED.match(item.plain) for item in left)
    tale = [item for item in left if is_spoken(item.plain)]
    if (
        near
        and leaves_prose
        and not tale
        and all(len(item.plain) <= _BRIEF or talk(item.plain) or _CHATTY.search(item.plain) for item in left)
    ):
        return len(part)
    return end


def _is_brief(rest: list[Item]) -> bool:
    """Whether the rest of a part is as short as a note, and no character speaks in it."""
    brief = len(rest) <= MOST_PARAGRAPHS and sum(len(item.plain) for item in rest) <= LONGEST_NOTE
    return brief and not any(is_spoken(item.plain) for item in rest)


def _speaks_on(item: Item) -> bool:
    words = item.plain
    return (
        len(words) <= LONGEST_TALK
        and not is_spoken(words)
        and bool(MARKED.match(words) or TURNS_TO_STORY.fullmatch(words) or talk(words))
    )


def _find_talk(part: list[Item], *, first: bool, last: bool, only: bool) -> None:
    """Find parts that speak only to readers, and beginnings and ends of parts that do."""
    prose = [item for item in part if item.is_prose]
    short = len(prose) <= MOST_PARAGRAPHS and sum(len(item.plain) for item in prose) <= LONGEST_NOTE
    if short and not only and not any(is_spoken(item.plain) for item in prose):
        scores = [talk(item.plain) for item in prose]
        enough = sum(scores) >= _SURE and sum(map(bool, scores)) * 2 > len(prose)
        thanks = (
            (first or last)
            and len(prose) == 1
            and THANKS.match(prose[0].plain)
            and len(prose[0].plain) <= _NEAR
            and (first or scores[0])
        )
        if enough or thanks:
            sure = 0.9 if sum(scores) > _SURE and (first or last) else 0.75 if enough else 0.5
            for item in prose:
                _note(item, sure, "it speaks to readers, and to nobody in the story")
            return
    _find_edge(prose, needed=_SURE, thanks=first)
    _find_tail(prose)
    _find_edge(prose[::-1], needed=_SURE, thanks=False)


def _find_edge(prose: list[Item], *, needed: int, thanks: bool) -> None:
    """Find notes from one end of a part on."""
    for count, item in enumerate(prose[:-1]):
        words = item.plain
        if not item.is_prose or len(words) > LONGEST_TALK or is_spoken(words) or count == MOST_PARAGRAPHS:
            return
        score = talk(words)
        if score < needed and not (thanks and THANKS.match(words) and len(words) <= _NEAR):
            return
        _note(item, 0.8 if score > _SURE else 0.65, "it speaks to readers, and to nobody in the story")
        needed = 1


def _find_tail(prose: list[Item]) -> None:
    """Find short paragraphs at the end of a part, one of which surely speaks to readers, with their signature."""
    tail: list[tuple[Item, int]] = []
    for item in prose[:0:-1]:
        words, score = item.plain, talk(item.plain)
        brief = len(words) <= _BRIEF and not _SENTENCE.search(words)
        if not item.is_prose or len(words) > _NEAR or is_spoken(words) or not (score or brief):
            break
        tail.append((item, score))
    while tail and not tail[-1][1]:
        tail.pop()
    if 1 < len(tail) <= MOST_PARAGRAPHS and max(score for _, score in tail) >= _SURE:
        for item, score in tail:
            _note(item, 0.8 if score >= _SURE else 0.7, "it stands with what speaks to readers")


def _find_trailing(items: list[Item]) -> None:
    """Find what follows the last note: a few more words, after a break."""
    spoken = [item for item in items if item.what is not What.LEFT_OUT]
    while spoken and spoken[-1].what is What.BREAK:
        spoken.pop()
    trailing = list(takewhile(lambda item: item.is_prose, reversed(spoken)))
    before = list(dropwhile(lambda item: item.what is What.BREAK, spoken[::-1][len(trailing) :]))
    notes = list(takewhile(lambda item: item.what is What.NOTE and item.block.role is not Role.NOTE, before))
    above = before[len(notes) :]
    parted = len(before) < len(spoken) - len(trailing)
    if not notes or not parted or not above or above[0].is_prose or not any(item.is_prose for item in above):
        return
    told = [item.plain for item in trailing]
    if len(told) <= _SURE and sum(map(len, told)) <= _BRIEF and not any(map(is_spoken, told)):
        for item in trailing:
            _note(item, 0.6, "it stands behind the last note")
