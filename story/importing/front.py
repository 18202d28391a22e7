"""What stands above the first line of a plain manuscript: its title, who wrote it, and what is said of it."""

import re
from dataclasses import dataclass, field
from itertools import islice

from story.importing.manuscript_lines import LONGEST_HEADING, Survey, is_heading, name_alone, raw_lines

MOST_LINES = 60
"""Lines that are looked at."""

_KEYS = {
    "title": "title",
    "author|authors|by|written by": "authors",
    "rating|rated": "rating",
    "summary|blurb|description": "blurb",
    "warnings?|content warnings?|content notes?|trigger warnings?|cw|tw": "content_notes",
    "fandoms?|pairings?|category|genre|characters?|relationships?|words|word count|status|published|beta": "notes",
}
_KEYED = [(re.compile(rf"({keys})\s*:\s*(\S.*)", re.IGNORECASE), name) for keys, name in _KEYS.items()]
_BY = re.compile(r"(?:written\s+)?by:?\s+(\S.{0,60}[^.,;:!?…\s])", re.IGNORECASE)


@dataclass(slots=True)
class Front:
    """What is said of a manuscript, by what it is; the rest begins at the index `end` of the text, on that line."""

    title: str = ""
    authors: list[str] = field(default_factory=list)
    rating: str = ""
    blurb: str = ""
    content_notes: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    end: int = 0
    line: int = 1


def read_front(text: str, known: Survey) -> Front:
    """Read the lines above the first that is clearly of the story."""
    front = Front()
    lines = [*islice(raw_lines(text), MOST_LINES), "", ""]
    title_at = next((i for i, line in enumerate(lines) if line.strip(" \t*_=~-")), 0)
    for number, line in enumerate(lines[:-2]):
        bare = line.strip().strip("*_=~- ")
        below = lines[number + 1 :]
        if bare and not _keyed(front, bare) and not _by(front, bare):
            if number != title_at or not _is_title(bare, below, known):
                return front
            front.title = bare.strip('#"“” ')
        front.end += len(line) + 1
        front.line += 1
    return front


def _keyed(front: Front, bare: str) -> bool:
    """Take in a line such as `Title: The Well`, if it is one."""
    plain = bare.replace("*", "").replace("_", "")
    for pattern, name in _KEYED:
        if found := pattern.fullmatch(plain):
            value = found[2].strip()
            if name == "notes":
                front.notes.append(plain)
            elif name == "content_notes":
                front.content_notes += filter(None, re.split(r"\s*[,;]\s*", value))
            elif name == "authors":
                front.authors += filter(None, re.split(r"\s*[,&]\s*|\s+and\s+", value))
            elif not getattr(front, name):
                setattr(front, name, value)
            return True
    return False


def _by(front: Front, bare: str) -> bool:
    """Take in a line such as `by Ada`, under a title."""
    found = _BY.fullmatch(bare)
    if found and front.title and not front.authors:
        front.authors += filter(None, re.split(r"\s*[,&]\s*|\s+and\s+", found[1]))
        return True
    return False


def _is_title(bare: str, below: list[str], known: Survey) -> bool:
    """Whether the first line is a title: by what stands below it, or because it is in capitals and apart."""
    following = next((line.strip() for line in below if line.strip()), "")
    if len(bare) > LONGEST_HEADING or is_heading(bare):
        return False
    if _BY.fullmatch(following.strip("*_=~- ")):
        return True
    name = name_alone(bare)
    if bare[-1] in ".!?…,;:\"”’'" or (name and (known.has_again(name) or (bare.isupper() and known.has_others))):
        return False
    apart = not below[0].strip() or is_heading(below[0])
    return is_heading(following) or (bare.isupper() and apart)
