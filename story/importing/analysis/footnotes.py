"""Decides which paragraphs are footnotes: those that begin with a mark that follows an earlier word."""

import re
from collections.abc import Iterable

from story.importing.analysis.items import Item, What

_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_MARK = r"\[(?:\d{1,3}|[a-zA-Z*])\]|\(\d{1,3}\)|[*†‡§¶]{1,3}|[⁰¹²³⁴-⁹]{1,3}"
_BEHIND = re.compile(rf"(?<=[\w.,;:!?…\"”’'»)*\]])\s?(?P<mark>{_MARK})(?!\w)")
_BEFORE = re.compile(rf"(?P<mark>{_MARK})\s*(?=[^\W_]|[\"“„«‘'(])")
_NUMBERED = re.compile(r"(?P<mark>\d{1,3})[.):]?\s+\S")
_SAID = re.compile(
    r"\[(?:(?:footnote|note|fu(?:ß|ss)note|fn)\s*)?(?:\d{1,3}|[*†‡])\s*(?:[:.](?!\d)|\])"
    r"|\[(?:footnote|transcriber['’]?s note|illustration)\b|(?:footnote|fu(?:ß|ss)note)\s*\d{1,3}\s*[:.]",
    re.IGNORECASE,
)


def find_footnotes(items: Iterable[Item]) -> None:
    """Decide which paragraphs are footnotes."""
    open_marks: set[str] = set()
    noted = False
    for item in items:
        if item.what is What.NOTE:
            noted = True
        if not item.is_prose or not item.block.runs:
            continue
        text = item.plain
        begins = _BEFORE.match(text) or (_NUMBERED.match(text) if noted else None)
        mark = _plain(begins["mark"]) if begins else ""
        noted = mark in open_marks or _SAID.match(text) is not None
        if noted:
            item.decide(What.NOTE, "", 0.85, "a footnote")
            open_marks.discard(mark)
        else:
            open_marks.update(_plain(found["mark"]) for found in _BEHIND.finditer(text))


def _plain(mark: str) -> str:
    return mark.strip("[]()").translate(_RAISED)
