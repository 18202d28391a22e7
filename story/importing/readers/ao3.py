"""Works downloaded from the Archive of Our Own: one HTML file, or an EPUB made from it.

A work is a preface with tags, title, byline, summary and notes, then the chapters, then an afterword with notes. In an
EPUB these are spread over several files, and most of the preface's classes are gone. So blocks are told apart by what
both have: the story is in `div.userstuff`, and what is about it in `blockquote.userstuff` under a label.
"""

import re
from dataclasses import replace
from enum import StrEnum, auto

from story.importing import Mistake
from story.importing.block import Block, Kind, Manuscript, Role
from story.importing.draft import Draft
from story.importing.prose import Run, escape
from story.importing.readers import markup
from story.importing.readers.markup import Element

RATINGS = {"General Audiences", "Teen And Up Audiences", "Mature", "Explicit", "Not Rated"}
"""The ratings of the Archive."""

LOWEST = 4
"""The highest level of headings within a chapter."""

_WORK = re.compile(rb"""<div\b[^>]{0,200}\bid=["'](?:preface|chapters|afterword)["']""")
_NO_WARNING = "no archive warnings apply"
# By the Archive's names for languages: those with the most works.
_LANGUAGES = {
    "english": "en",
    "deutsch": "de",
    "español": "es",
    "français": "fr",
    "italiano": "it",
    "nederlands": "nl",
    "polski": "pl",
    "português brasileiro": "pt-BR",
    "português europeu": "pt-PT",
    "русский": "ru",
    "українська": "uk",
    "türkçe": "tr",
    "čeština": "cs",
    "magyar": "hu",
    "suomi": "fi",
    "svenska": "sv",
    "bahasa indonesia": "id",
    "tiếng việt": "vi",
    "日本語": "ja",
    "한국어": "ko",
    "中文-普通话 國語": "zh",
}


class Zone(StrEnum):
    """What a block of a work is."""

    REST = auto()
    TITLE = auto()
    BYLINE = auto()
    TAG = auto()
    TAGGED = auto()
    ORIGIN = auto()
    LABEL = auto()
    NOTE = auto()
    FOOTNOTE = markup.NOTE
    CHAPTER = auto()
    STORY = auto()


_BY_CLASS = {"byline": Zone.BYLINE, "message": Zone.ORIGIN, "heading": Zone.CHAPTER}
_BY_NAME = {"dt": Zone.TAG, "dd": Zone.TAGGED, "h1": Zone.TITLE, "li": Zone.ORIGIN, "p": Zone.LABEL}


def is_work(html: bytes) -> bool:
    """Whether a file is a work from the Archive, or a piece of one."""
    return (b"userstuff" in html or b"toc-heading" in html) and _WORK.search(html) is not None


def zone_of(around: str, element: Element) -> str:
    """Return the zone that an element is in."""
    if around not in {"", Zone.REST}:
        return around
    # An EPUB numbers its classes where one class of the Archive came out in different looks.
    kinds = {each.rstrip("0123456789") for each in element.classes}
    if "userstuff" in kinds and element.its_id != "chapters":
        return Zone.NOTE if element.name == "blockquote" else Zone.STORY
    by_class = (zone for kind, zone in _BY_CLASS.items() if kind in kinds)
    return next(by_class, _BY_NAME.get(element.name, Zone.REST))


class Work:
    """Gathers a work, block by block."""

    def __init__(self) -> None:
        self._blocks: list[Block] = []
        self._said: dict[Zone, str] = {}
        self._tags: dict[str, str] = {}
        self._summary: list[str] = []
        self._origin: list[str] = []
        self._label = self._tag = ""

    def add(self, block: Block) -> None:
        """Take the next block."""
        match block.zone:
            case Zone.STORY:
                # A heading within a chapter begins none, unless it says so.
                self._blocks.append(block._replace(level=max(block.level, LOWEST)) if block.level else block)
            case Zone.CHAPTER:
                runs = (Run(block.plain),)
                self._blocks.append(block._replace(kind=Kind.HEADING, runs=runs, level=2, role=Role.BODY))
            case Zone.NOTE if self._label == "Summary":
                self._summary.append(block.plain)
            case Zone.NOTE | Zone.FOOTNOTE:
                self._blocks.append(block._replace(role=Role.NOTE, label=self._label))
            case Zone.LABEL:
                self._label = block.plain.rstrip(":")
            case Zone.TAG:
                self._tag = block.plain.rstrip(":").removesuffix("s").casefold()
            case Zone.TAGGED:
                self._tags.setdefault(self._tag, block.plain)
            case Zone.ORIGIN if not self._blocks:
                self._origin.append(block.text)
            case Zone.TITLE | Zone.BYLINE:
                self._said.setdefault(Zone(block.zone), block.plain)
            case _:  # links between chapters and notes, and what is meant for visitors of the Archive's page
                pass

    def manuscript(self, known: Draft, warnings: list[Mistake]) -> Manuscript:
        """Return the work as a manuscript; what it does not say about itself is as in the given draft."""
        byline = self._said.get(Zone.BYLINE, "").removeprefix("by ")
        tagged = self._tags.get("archive warning", "").split(", ")
        said = replace(
            known,
            title=self._said.get(Zone.TITLE, known.title),
            authors=tuple(filter(None, byline.split(", "))) or known.authors,
            rating=self._tags.get("rating", known.rating),
            content_notes=tuple(each for each in tagged if each and each.casefold() != _NO_WARNING),
            blurb=escape(" ".join(self._summary)) or known.blurb,
            language=known.language or _LANGUAGES.get(self._tags.get("language", "").casefold(), ""),
            credits="\n\n".join(self._origin),
        )
        return Manuscript(self._blocks, said, titled=True, warnings=warnings)
