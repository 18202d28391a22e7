"""EPUB: a work from the Archive of Our Own, or any other book, by its spine and its headings."""

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path

from story.importing.ao3 import RATINGS, Work, is_work
from story.importing.ao3 import zone_of as zone_of_work
from story.importing.archive import Archive
from story.importing.chapters import Chapters
from story.importing.draft import Draft
from story.importing.html import add_heading_or_prose
from story.importing.limits import LIMITS, Limits
from story.importing.markup import Block, Kind, Markup
from story.importing.package import Document, Package, read_package
from story.importing.prose import escape
from story.importing.writing import decode

_LONGEST_TITLE_PAGE = 10
# By what a document is called, without spaces and numbers: what is left out, and what is said about the story.
_LEFT_OUT = re.compile(r"(?:book)?cover(?:page|image)?|(?:half)?title(?:page)?|(?:tableof)?contents|toc|nav")
_ABOUT = re.compile(
    r"(?:copyright|dedication|acknowledge?ments?|colophon|imprint|foreword|preface|afterword|introduction)(?:page)?"
    r"|(?:about(?:the)?|noteonthe|notefromthe)authors?|authors?notes?|also(?:by|available).{0,40}|thanks"
)


def read_epub(data: bytes, name: str, limits: Limits = LIMITS) -> Draft:
    """Read an EPUB as a draft.

    Raises:
        BrokenStoryError: it is no EPUB, locked, or damaged; it unpacks to too much, leads out of itself, or has
            no prose in it.
    """
    archive = Archive(data, Path(name), limits)
    package = read_package(archive)
    # A cover may come before the first page of a work.
    if any(is_work(_html(archive, document)) for document in package.documents[:2]):
        return _work(archive, package)
    return _book(archive, package)


def _work(archive: Archive, package: Package) -> Draft:
    work, markup = Work(), Markup(zone_of_work)
    for document in package.documents:
        for block in markup.blocks(_html(archive, document), archive.file / document.path):
            work.add(block)
    return work.draft(_said(archive, package), markup.warnings)


def _book(archive: Archive, package: Package) -> Draft:
    chapters, markup, said = Chapters(), Markup(lambda *_: ""), _said(archive, package)
    for document in package.documents:
        chapters.cut()
        blocks = markup.blocks(_html(archive, document), archive.file / document.path)
        first = list(islice(blocks, _LONGEST_TITLE_PAGE + 1))
        kinds = [*document.kinds, *(block.plain for block in first[:1] if block.kind is Kind.HEADING)]
        if _is(_LEFT_OUT, kinds) or _is_title_page(first, said):
            continue
        about = _is(_ABOUT, kinds)
        for block in chain(first, blocks):
            if about:
                chapters.note("", block)
            else:
                add_heading_or_prose(chapters, block, said.title)
    return replace(said, parts=chapters.finished(archive.file), warnings=tuple(markup.warnings))


def _said(archive: Archive, package: Package) -> Draft:
    """Return what the package says of the book, as a draft without parts."""
    blurb = Markup(lambda *_: "").blocks(package.description.encode(), archive.file)
    return Draft(
        title=package.title or archive.file.stem,
        authors=package.authors,
        parts=(),
        rating=next((subject for subject in package.subjects if subject in RATINGS), ""),
        blurb=escape(" ".join(block.plain for block in blurb)),
        language=package.language,
        file=archive.file,
    )


def _html(archive: Archive, document: Document) -> bytes:
    return decode(archive.read(document.path), archive.file / document.path).encode()


def _is(kind: re.Pattern[str], names: Iterable[str]) -> bool:
    return any(kind.fullmatch(re.sub(r"[\W\d_]+", "", name.casefold())) for name in names)


def _is_title_page(blocks: list[Block], said: Draft) -> bool:
    """Return whether a document says nothing but the title and the authors."""
    words = " ".join(block.plain for block in blocks[:_LONGEST_TITLE_PAGE]).casefold()
    for known in (said.title, *said.authors):
        words = words.replace(known.casefold(), " ", 1)
    return len(blocks) <= _LONGEST_TITLE_PAGE and not words.replace("by", "", 1).strip()
