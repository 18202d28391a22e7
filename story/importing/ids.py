"""Makes ids and single lines out of any text."""

import re
from collections import Counter
from collections.abc import Iterable

from story.importing.limits import LONGEST_SCENE_ID

# What no text of a story has: NUL, which Markdown does not know, and surrogates, which can't be written.
_UNWRITABLE = re.compile("[\0\ud800-\udfff]")


def slug(title: str) -> str:
    """Return a title as an id: letters, digits and hyphens of any script, at most LONGEST_SCENE_ID of them."""
    return re.sub(r"[\W_]+", "-", title.casefold()).strip("-")[:LONGEST_SCENE_ID].rstrip("-") or "untitled"


def unique_ids(wanted: Iterable[str], longest: int, taken: Iterable[str] = ()) -> list[str]:
    """Return the ids, none too long, with a number after each that is taken or comes again."""
    seen, counts = set(taken), Counter[str]()
    ids: list[str] = []
    for each in wanted:
        unique = each[:longest]
        while unique in seen:
            counts[each] += 1
            number = f"-{counts[each] + 1}"
            unique = each[: longest - len(number)] + number
        seen.add(unique)
        ids.append(unique)
    return ids


def one_line(text: str, longest: int) -> str:
    """Return a text as a single line without spaces around it, cut with an ellipsis if it is too long."""
    return clipped(" ".join(text.split()), longest)


def clipped(text: str, longest: int) -> str:
    """Return a text of at most so many characters: cut at a word's end if possible, with an ellipsis."""
    text = writable(text).strip()
    if len(text) <= longest:
        return text
    head = text[:longest]
    space = head.rfind(" ", longest // 2)
    return head[: space if space > 0 else longest - 1].rstrip() + "…"


def writable(text: str) -> str:
    """Return a text with a replacement character for each that can't be written to a file."""
    return _UNWRITABLE.sub("\ufffd", text)
