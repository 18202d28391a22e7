"""A manuscript before it becomes a story: parts as in its file, which can still be corrected by hand."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import accumulate, groupby, islice
from pathlib import Path
from typing import NamedTuple

from story.importing import BrokenStoryError, Mistake
from story.importing.cutting import cut
from story.importing.ids import clipped, one_line, slug, unique_ids, writable
from story.importing.limits import (
    LIMITS,
    LONGEST_BLURB,
    LONGEST_CREDITS,
    LONGEST_LABEL,
    LONGEST_LINE,
    LONGEST_NAME,
    LONGEST_POV_ID,
    LONGEST_SCENE_ID,
    LONGEST_SCENE_TITLE,
    MOST_CHOICES,
    MOST_NAMES,
    MOST_POVS,
    Limits,
)
from story.model import Link, Pov, Scene, Section, Story, Vote
from story.rules.measure import share_of_unspaced

PARAGRAPH = "\n\n"
"""What separates two paragraphs."""
NARRATOR = "Narrator"
"""The name of the POV without one."""
FOLLOW = "follow"
"""The mode in which members vote whose part comes next, the default."""
SAME_MOMENT = "same moment"
"""The mode in which a chapter's parts are one moment."""
GREY = 0x999999
"""The narrator's colour."""
PALETTE = (0x0072B2, 0xE69F00, 0x009E73, 0xCC79A7, 0x56B4E9, 0xD55E00, 0xF0E442)
"""The colours of POVs, in turn: Okabe and Ito's, which stay apart for the colour-blind, without black."""
NEAR = 2500
"""About how many characters a section has, by default."""

WIDTH = 3
"""How many letters take about as long to read as one Chinese, Japanese or Korean character."""

_POSSESSIVE = re.compile(r"(?:(?<=\w)['’]s|(?<=s)['’])$", re.IGNORECASE)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Part:
    """A run of a manuscript in one voice, which becomes a scene, or several if it is long.

    `pov` is the name as written, "" for the narrator. `text` is Markdown. `line` is where it starts in the file, 0 if
    unknown. `heading` is a title that begins here, and covers the following parts without one. A note is not read out.
    The `links` of other parts lead to its `id`; they are as a Scene's.
    """

    pov: str
    text: str
    line: int
    heading: str = ""
    is_note: bool = False
    id: str = ""
    links: tuple[Link, ...] | None = None

    @property
    def is_prose(self) -> bool:
        """Whether there is anything to read out."""
        return not self.is_note and bool(self.text.strip())


class Took(StrEnum):
    """What a line of a manuscript counts as."""

    NARRATOR = "narrator"
    CHAPTER = "chapter"
    TIME = "time"
    NOTE = "note"
    LEFT_OUT = "left out"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class Decision:
    """What a line counts as: an excerpt of it, what it says, how sure that is from 0 to 1, and why.

    `part` is the index in `Draft.parts` of the part that follows; for a note, its own.
    """

    took: Took
    line: int
    excerpt: str
    said: str
    sure: float
    why: str
    part: int


@dataclass(frozen=True, slots=True)
class Draft:
    """A manuscript in parts, with what it says about itself. It need not keep to a story's limits yet.

    `colours` are chosen by hand, by a POV's name as in `povs`. `file` is named by mistakes. `decisions` are those of
    the analysis, `settled` are the keys of settled doubts, and `mode` is how to read the story, "" for the default: see
    `story.importing.doubts` and `story.importing.modes`.
    """

    title: str
    authors: tuple[str, ...]
    parts: tuple[Part, ...]
    rating: str = ""
    content_notes: tuple[str, ...] = ()
    blurb: str = ""
    language: str = "en"
    credits: str = ""
    warnings: tuple[Mistake, ...] = ()
    colours: Mapping[str, int] = field(default_factory=dict)
    decisions: tuple[Decision, ...] = ()
    settled: frozenset[str] = frozenset()
    mode: str = ""
    file: Path = Path("story")

    def entitled(self, title: str) -> "Draft":
        """Return the draft with another title."""
        return replace(self, title=title)

    @property
    def prose(self) -> tuple[Part, ...]:
        """The parts that are read out."""
        return tuple(part for part in self.parts if part.is_prose)


class _Cut(NamedTuple):
    """A part, the pieces it is cut into, and their title."""

    part: Part
    texts: list[str]
    title: str


def povs(draft: Draft) -> tuple[Pov, ...]:
    """Return the POVs of a draft in the order they are first heard, each with an id and a colour."""
    return tuple(_povs(draft).values())


def rename_pov(draft: Draft, old: str, new: str) -> Draft:
    """Return the draft with a POV renamed; its colour stays. A name already in use merges the two."""
    colours = dict(draft.colours)
    if old in colours:
        colours[new] = colours.pop(old)
    return replace(_told_by(draft, old, new), colours=colours)


def merge_povs(draft: Draft, one: str, into: str) -> Draft:
    """Return the draft with one POV merged into another, in the other's colour."""
    colours = {name: colour for name, colour in draft.colours.items() if name != one}
    return replace(_told_by(draft, one, into), colours=colours)


def with_colour(draft: Draft, pov: str, colour: int) -> Draft:
    """Return the draft with a colour, 0xRRGGBB, for a POV."""
    return replace(draft, colours={**draft.colours, pov: colour})


def mark_part(draft: Draft, index: int, *, is_note: bool) -> Draft:
    """Return the draft with a part, by its index in `parts`, marked as a note or as story."""
    part = replace(draft.parts[index], is_note=is_note)
    return replace(draft, parts=(*draft.parts[:index], part, *draft.parts[index + 1 :]))


def to_story(draft: Draft, story_id: str, section_length: int = NEAR, limits: Limits = LIMITS) -> Story:
    """Turn a draft into a story: each part is a scene with one POV, or several if much longer than `section_length`.

    Notes go into the credits. What the draft says about itself is shortened to a story's limits.

    Raises:
        BrokenStoryError: no prose, too many POVs, sections or ways on, or links that lead nowhere.
    """
    cuts = [
        _Cut(part, _pieces(part, section_length), title)
        for part, title in zip(draft.prose, _titles(draft), strict=True)
    ]
    if mistakes := sorted(_mistakes(draft, cuts, limits)):
        raise BrokenStoryError(mistakes)
    pov_of = _povs(draft)
    notes = "\n\n".join(filter(None, [draft.credits, *(part.text.strip() for part in draft.parts if part.is_note)]))
    content_notes = [one_line(note, LONGEST_LINE) for note in draft.content_notes if note.strip()]
    if len(content_notes) > MOST_NAMES:
        content_notes[MOST_NAMES - 1 :] = [f"and {len(content_notes) - MOST_NAMES + 1} more"]
    return Story(
        id=slug(story_id),
        title=one_line(draft.title, LONGEST_LINE) or "Untitled",
        authors=tuple(one_line(name, LONGEST_LINE) for name in draft.authors if name.strip())[:MOST_NAMES]
        or ("Unknown author",),
        povs=tuple(pov_of.values()),
        scenes=tuple(_scenes(_moments(draft, cuts), pov_of)),
        credits=clipped(_writable(notes), LONGEST_CREDITS),
        language=draft.language if _LANGUAGE.fullmatch(draft.language) else "en",
        rating=one_line(draft.rating, LONGEST_NAME),
        content_notes=tuple(content_notes),
        blurb=one_line(draft.blurb, LONGEST_BLURB),
        vote=_vote(draft, len(pov_of)),
    )


def _vote(draft: Draft, told_by: int) -> Vote | None:
    """Return how the story says it is read: nothing if it has one narrator, or branches."""
    if told_by < 2 or any(part.links is not None for part in draft.parts):  # noqa: PLR2004 - a choice needs two
        return None
    return Vote.FOLLOW if draft.mode in {"", FOLLOW} else Vote.ORDER


def scene_lines(draft: Draft, section_length: int = NEAR) -> list[int]:
    """Return the line where each scene of `to_story` begins, 0 if unknown."""
    cuts = [_Cut(part, _pieces(part, section_length), "") for part in draft.prose]
    return [
        moment[0].part.line for moment in _moments(draft, cuts) for _ in range(max(len(cut.texts) for cut in moment))
    ]


def in_moments(parts: Iterable[Part]) -> list[tuple[Part, ...]]:
    """Return parts as moments: a chapter's parts, up to where a POV comes a second time."""
    found: list[list[Part]] = []
    heard: set[str] = set()
    for part in parts:
        if part.heading or _key(part.pov) in heard or len(heard) == MOST_CHOICES or not found:
            found.append([])
            heard = set()
        heard.add(_key(part.pov))
        found[-1].append(part)
    return [tuple(each) for each in found]


def _moments(draft: Draft, cuts: list[_Cut]) -> list[list[_Cut]]:
    """Return the parts that become scenes together: each on its own, unless a chapter's parts are one moment."""
    together = draft.mode == SAME_MOMENT and all(part.links is None for part in draft.parts)
    lengths = [len(each) for each in in_moments(draft.prose)] if together else [1] * len(cuts)
    left = iter(cuts)
    return [list(islice(left, length)) for length in lengths]


def _pieces(part: Part, length: int) -> list[str]:
    """Cut the text of a part; scripts without spaces say as much in fewer characters."""
    text = _writable(part.text)
    return cut(text, round(length / (1 + (WIDTH - 1) * share_of_unspaced(text))))


def _key(pov: str) -> str:
    """Return what all spellings of a POV's name share."""
    return (_name(pov) or NARRATOR).casefold()


def _name(pov: str) -> str:
    return _POSSESSIVE.sub("", one_line(pov, LONGEST_NAME)).strip()


def _told_by(draft: Draft, one: str, another: str) -> Draft:
    wanted = _key(one)
    return replace(
        draft, parts=tuple(replace(part, pov=another) if _key(part.pov) == wanted else part for part in draft.parts)
    )


def _povs(draft: Draft) -> dict[str, Pov]:
    """Return the POVs of a draft, by what all spellings of their names share."""
    names: dict[str, str] = {}
    for part in draft.prose:
        name, key = _name(part.pov) or NARRATOR, _key(part.pov)
        if key not in names or names[key].isupper():
            names[key] = name
    colours = {_key(name): colour for name, colour in draft.colours.items()}
    free = 0
    found: dict[str, Pov] = {}
    for key, name in names.items():
        # No POV's id may be another's name, as POVs go by both.
        taken = {*names, *(pov.id for pov in found.values())} - {key}
        [pov_id] = unique_ids([slug(name)], LONGEST_POV_ID, taken)
        colour = GREY if name == NARRATOR else PALETTE[free % len(PALETTE)]
        free += name != NARRATOR
        found[key] = Pov(pov_id, name, colours.get(key, colour))
    return found


def _writable(text: str) -> str:
    """Return a text fit for a story: with line feeds, and nothing that can't be written to a file."""
    return writable(text).replace("\r\n", "\n").replace("\r", "\n")


def _titles(draft: Draft) -> Iterator[str]:
    """Yield a title for each part of the prose: its own, its chapter's, or its number."""
    chapter, number = "", 0
    for part in draft.parts:
        chapter = one_line(part.heading, LONGEST_SCENE_TITLE - len(" (2000)")) or chapter
        if part.is_prose:
            number += 1
            yield chapter or f"Part {number}"


def _mistakes(draft: Draft, cuts: list[_Cut], limits: Limits) -> Iterator[Mistake]:
    """Yield the reasons why a draft can't become a story."""
    file = draft.file
    if not cuts:
        yield Mistake(file, 1, "no prose: expected paragraphs of a story")
    told_by: dict[str, int] = {}
    known = {part.id for part, _, _ in cuts if part.id}
    for part, _, _ in cuts:
        line = max(part.line, 1)
        told_by.setdefault(_key(part.pov), line)
        if len(part.links or ()) > MOST_CHOICES:
            yield Mistake(file, line, f"{len(part.links or ())} ways on from here; at most {MOST_CHOICES}")
        for link in part.links or ():
            if link.scene not in known:
                yield Mistake(file, line, f"“{link.label}” leads to “{link.scene}”, which has no text to read")
    if len(told_by) > MOST_POVS:
        line = list(told_by.values())[MOST_POVS]
        yield Mistake(
            file, line, f"{len(told_by)} POVs; at most {MOST_POVS}, and this is where the next is first heard"
        )
    sections = sum(len(texts) for _, texts, _ in cuts)
    if sections > limits.sections:
        yield Mistake(file, 1, f"{sections:,} sections; at most {limits.sections:,}")
    yield from limits.too_long((text for _, texts, _ in cuts for text in texts), file)


def _scenes(moments: list[list[_Cut]], pov_of: dict[str, Pov]) -> Iterator[Scene]:
    """Yield a scene for each piece of each moment. Scenes in a row with the same title are numbered."""
    lengths = [max(len(cut.texts) for cut in moment) for moment in moments]
    titles = list(
        _numbered(moment[0].title for moment, length in zip(moments, lengths, strict=True) for _ in range(length))
    )
    ids = unique_ids(map(slug, titles), LONGEST_SCENE_ID)
    firsts = accumulate(lengths, initial=0)
    scene_of = {
        cut.part.id: ids[first] for moment, first in zip(moments, firsts, strict=False) for cut in moment if cut.part.id
    }
    order = {pov.id: place for place, pov in enumerate(pov_of.values())}
    at = 0
    for moment, length in zip(moments, lengths, strict=True):
        for number in range(length):
            told = [Section(pov_of[_key(cut.part.pov)], cut.texts[number]) for cut in moment if number < len(cut.texts)]
            links = _links(moment[0].part, scene_of) if number == length - 1 else None
            yield Scene(ids[at], titles[at], tuple(sorted(told, key=lambda section: order[section.pov.id])), links)
            at += 1


def _numbered(titles: Iterable[str]) -> Iterator[str]:
    for title, run in groupby(titles):
        for number, _ in enumerate(run, 1):
            yield title if number == 1 else f"{title} ({number})"


def _links(part: Part, scene_of: dict[str, str]) -> tuple[Link, ...] | None:
    if part.links is None:
        return None
    return tuple(Link(one_line(link.label, LONGEST_LABEL) or "On", scene_of[link.scene]) for link in part.links)
