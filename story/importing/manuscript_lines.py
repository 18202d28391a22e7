"""What the lines of a plain manuscript are: prose, breaks, or headings of one kind or another.

Everything here goes through the text line by line, so that a file of very many lines needs no more memory than others.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum, auto
from itertools import chain, pairwise
from typing import NamedTuple


class Kind(Enum):
    """What a line is."""

    PROSE = auto()
    BREAK = auto()
    POV = auto()
    CHAPTER = auto()
    TIME = auto()


class Line(NamedTuple):
    """A line that is not blank; `number` counts from 1, `apart` says that there is none right before it.

    Of a heading, `text` is what it says: the POV's name, the chapter's title.
    """

    kind: Kind
    text: str
    number: int
    apart: bool = True
    indented: bool = False


@dataclass(slots=True)
class Survey:
    """What has to be known of the whole text before a line can be told: names in headings, how paragraphs are set."""

    names: set[str] = field(default_factory=set)
    after_breaks: Counter[str] = field(default_factory=Counter)
    lengths: Counter[int] = field(default_factory=Counter)
    apart: int = 0

    def has_again(self, name: str) -> bool:
        """Whether the name stands alone after breaks more than once."""
        return self.after_breaks[name.casefold()] > 1

    @property
    def has_others(self) -> bool:
        """Whether names stand alone after breaks, and not only at the very beginning."""
        return self.after_breaks.total() > 1

    @property
    def joiner(self) -> str:
        """What stands between lines that follow each other directly.

        A space where paragraphs are wrapped to a width; a line end where they are set apart by blank lines, so that
        these lines are a letter's or a poem's; else each line is a paragraph.
        """
        together = self.lengths.total()
        widest = max(self.lengths, default=0)
        full = sum(count for length, count in self.lengths.items() if length >= 0.7 * widest)
        if together and 40 <= widest <= 120 and full >= 0.8 * together:  # noqa: PLR2004 - widths of a page
            return " "
        return "\n" if together < self.apart else "\n\n"


class _Place(NamedTuple):
    """Where a line is: first of all, fresh from a break, apart from what is before it, alone as nothing follows."""

    first: bool
    fresh: bool
    apart: bool
    alone: bool

    @property
    def lone(self) -> bool:
        """Whether nothing is right before and right after the line."""
        return self.apart and self.alone


LONGEST_HEADING = 80
"""Characters of a line that may be a heading."""
MOST_NAMES = 1000
"""Names that are remembered; no story has as many."""

_END = re.compile(r"(?:the )?end|finis|fin", re.IGNORECASE)
_BREAKS = "-*_=~#—–•⁂"
_AROUND = f"{_BREAKS}<> \t"

_COUNTED = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen"
    r"|(?:twen|thir|for|fif|six|seven|eigh|nine)ty(?:[ -]\w+)?"
)
_CHAPTER = re.compile(
    r"(?:(?:chapter|part|book|act|scene|episode|kapitel|chapitre|cap[ií]tulo|capitolo|глава)"
    rf"\s+(?:\d{{1,4}}|[IVXLC]{{1,8}}|{_COUNTED})|prologue|epilogue|interlude)(?:\s*[:.–—-]\s*\S.*|\s*[:.]?)",
    re.IGNORECASE,
)
_ROMAN = r"(?=[IVXL])(?:XL|L?X{0,3})(?:IX|IV|V?I{0,3})"
_NUMBER = re.compile(rf"(?!I$){_ROMAN}\.?|\d{{1,3}}\.?")
_NUMBERED = re.compile(rf"{_ROMAN}\.\s+[^\W\d_a-z].*[^.!?,;:…\"'”’\s]")

_UNIT = "(?:second|minute|hour|day|night|week|fortnight|month|year|decade)s?"
_DAY = "(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_MONTH = "(?:january|february|march|april|may|june|july|august|september|october|november|december)"
_TIME_WORD = re.compile(
    rf"\b(?:{_UNIT}|{_DAY}|{_MONTH}|later|earlier|meanwhile|ago|before|after|now|then|today|tomorrow|yesterday|morning"
    "|afternoon|evening|tonight|noon|midnight|dawn|dusk|sunset|sunrise|spring|summer|autumn|winter|christmas"
    r"|flashback|present|past|future|[ap]\.?m|\d{4}|\d+[:.]\d\d)\b",
    re.IGNORECASE,
)
_TIME = re.compile(
    rf"(?:meanwhile(?:, \S.*)?|(?:\w+ ){{1,3}}{_UNIT} (?:later|earlier|ago|before|after)|(?:later|earlier) that \w+"
    rf"|(?:the )?(?:next|following|same|previous) (?:morning|evening|{_UNIT}|{_DAY})|{_DAY}"
    rf"|(?:\d\d? )?{_MONTH} \d{{1,4}}(?:, \d{{4}})?)[.:…]*",
    re.IGNORECASE,
)

_TITLE = re.compile(r"[\w\s'’:,&-]{2,}")
_VIEW = r"(?:p\.?o\.?v\.?|point\s+of\s+view)"
_VIEW_BEHIND = re.compile(rf"(?P<name>\S.*?)\s+{_VIEW}\s*:?", re.IGNORECASE)
_VIEW_IN_FRONT = re.compile(rf"{_VIEW}(?:\s+of\s+|\s*[:–—-]\s*|\s+)(?P<name>\S.*)", re.IGNORECASE)
_POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])$", re.IGNORECASE)
_NAME = re.compile(
    r"[^\W\d_][\w.'’-]*(?:\s+(?:(?:and|of|the|de|von|van)\s+|&\s+)?[^\W\d_][\w.'’-]*){0,3}", re.IGNORECASE
)
_BETWEEN = {"and", "of", "the", "de", "von", "van", "&"}
_NO_NAME = re.compile(
    r"(?:the|an?|my|your|his|her|our|their|its|from|end|fin|finis|tbc|a\.?n|notes?|warnings?)\b.*|.*\bend",
    re.IGNORECASE,
)
_NARRATORS = {"third person", "3rd person", "normal", "no one", "nobody", "omniscient", "narrator", "author"}
"""What writers call the POV that is nobody's."""


def raw_lines(text: str, start: int = 0) -> Iterator[str]:
    """Yield the lines of a text one at a time, from an index on."""
    while (end := text.find("\n", start)) >= 0:
        yield text[start:end]
        start = end + 1
    yield text[start:]


def survey(text: str) -> Survey:
    """Look through a text for what `told_lines` has to know."""
    found = Survey()
    after_break, length, together = True, 0, False
    for raw in raw_lines(text):
        line = raw.strip()
        if not line:
            together = False
            continue
        heading = is_heading(line)
        if heading:
            if (name := _view(line.strip(_AROUND))) and len(found.names) < MOST_NAMES:
                found.names.add(name.casefold())
        else:
            found.lengths.update([length] if together else [])
            found.apart += not together
            if after_break and len(found.after_breaks) < MOST_NAMES and (name := name_alone(line)):
                found.after_breaks[name.casefold()] += 1
        after_break, together, length = heading, not heading, len(line)
    return found


def pov_named(line: str) -> str | None:
    """Return the POV in a heading that speaks of one, "" for nobody's, or None if the line is no such heading."""
    bare = line.strip(_AROUND)
    return _view(bare) if len(bare) <= LONGEST_HEADING else None


def is_heading(line: str) -> bool:
    """Whether a line is a break or a heading by itself, whatever stands around it."""
    bare = line.strip(_AROUND)
    if not line.strip() or len(bare) > LONGEST_HEADING:
        return False
    return not bare or _view(bare) is not None or bool(_CHAPTER.fullmatch(bare))


def told_lines(text: str, known: Survey, start: int = 0, first_line: int = 1) -> Iterator[Line]:
    """Yield every line that is not blank, and what it is, from an index of the text on that is on that line."""
    before: Kind | None = None
    fresh, apart = True, True  # nothing but headings since the last break; a blank line or a heading before this one
    for number, (raw, following) in enumerate(pairwise(chain(raw_lines(text, start), [""])), first_line):
        line = raw.strip()
        if not line:
            apart = True
            continue
        kind, said = _told(line, known, _Place(before is None, fresh, apart, not following.strip()))
        yield Line(kind, said, number, apart, raw[0].isspace())
        before = kind
        fresh = kind is Kind.BREAK or kind is Kind.CHAPTER or (fresh and kind is Kind.TIME)
        apart = kind is not Kind.PROSE


def _told(line: str, known: Survey, place: _Place) -> tuple[Kind, str]:  # noqa: PLR0911 - one for each form of heading
    """Return what a line is, and what it says."""
    bare = line.strip(_AROUND)
    if not bare or (place.apart and _END.fullmatch(bare)):
        return Kind.BREAK, ""
    if len(bare) > LONGEST_HEADING:
        return Kind.PROSE, line
    if (name := _view(bare)) is not None:
        return Kind.POV, name
    title = line.strip("#=~-–—•⁂ \t").rstrip(".:") if {"*", "_"} & set(bare) else bare.rstrip(".:")
    if _CHAPTER.fullmatch(bare) or (place.lone and (_NUMBER.fullmatch(bare) or _NUMBERED.fullmatch(bare))):
        return Kind.CHAPTER, title
    inner, capitals = bare.strip("()[] "), bare.isupper()
    if (capitals and _is_time(inner)) or (place.lone and inner[:1].isupper() and _TIME.fullmatch(inner)):
        return Kind.TIME, inner
    marked = capitals or line[0] in "([" or line[-1] == ":"
    if (
        place.apart
        and (marked or place.fresh)
        and (name := name_alone(line))
        and _is_pov(name, known, place, marked=marked)
    ):
        return Kind.POV, name
    is_title = capitals and place.fresh and not place.first and place.alone and _TITLE.fullmatch(bare)
    if is_title or (place.lone and line[0] == "#"):
        return Kind.CHAPTER, title
    return Kind.PROSE, line


def _is_time(capitals: str) -> bool:
    return bool(_TIME_WORD.search(capitals)) and not re.search(r"[\"“”!?]", capitals)


def _is_pov(name: str, known: Survey, place: _Place, *, marked: bool) -> bool:
    """Whether a name that stands alone is the heading of a part; `marked` as such by capitals, brackets or a colon."""
    if name.casefold() in known.names:
        return marked or place.fresh
    return place.fresh and (known.has_again(name) or (marked and (not place.first or known.has_others)))


def _view(bare: str) -> str | None:
    """Return the name in a heading that speaks of a POV, "" for nobody's, or None if the line is no such heading."""
    small = bare.lower()
    if "pov" not in small and "view" not in small and "p.o" not in small:
        return None
    found = _VIEW_IN_FRONT.fullmatch(bare) or _VIEW_BEHIND.fullmatch(bare)
    if not found:
        return None
    name = _POSSESSIVE.sub("", found["name"].strip("()[] "))
    if name.casefold() in _NARRATORS:
        return ""
    # In small letters only a single word before the short form is a name: much depends on one's point of view.
    words = [word for word in name.split() if word not in _BETWEEN]
    written = all(word[0].isupper() for word in words) or (len(words) == 1 and "view" not in small)
    is_name = _NAME.fullmatch(name) and not _NO_NAME.fullmatch(name) and written
    return nicely(name) if is_name else None


def name_alone(line: str) -> str | None:
    """Return the name that a line is, or None: one to three words, perhaps in brackets or with a colon."""
    bare = line.strip(_AROUND).strip("()[] ").removesuffix(":")
    name = _POSSESSIVE.sub("", bare)
    if len(bare) > 40 or not _NAME.fullmatch(name) or _NO_NAME.fullmatch(name) or _TIME_WORD.search(name):  # noqa: PLR2004 - as a POV's name
        return None
    words = name.split()
    return nicely(name) if len(words) <= 3 and words[0][0].isupper() and name[-1] not in ".'’" else None  # noqa: PLR2004 - as documented


def nicely(name: str) -> str:
    """Return a name in capitals as one writes it: `O’BRIEN` as `O’Brien`. Initials stay."""
    return name.title() if name.isupper() and len(name) > 2 else name  # noqa: PLR2004 - initials
