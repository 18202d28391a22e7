"""EPUB: a work from the Archive of Our Own, or any other book by its spine and its headings."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path

from story.importing import BrokenStoryError
from story.importing.analysis import analyse
from story.importing.analysis.front import says_rights
from story.importing.block import Block, Kind, Manuscript, Role
from story.importing.draft import Draft
from story.importing.limits import LIMITS, Limits
from story.importing.prose import escape
from story.importing.readers.ao3 import RATINGS, Work, is_work
from story.importing.readers.ao3 import zone_of as zone_of_work
from story.importing.readers.archive import Archive, TooMuchError
from story.importing.readers.html import with_role
from story.importing.readers.markup import Markup
from story.importing.readers.matter import zone_of as zone_of_matter
from story.importing.readers.package import Document, Package, read_package
from story.importing.writing import decode

_LONGEST_TITLE_PAGE = 10
# By a document's name, without spaces and numbers: what is left out, and what is about the story.
_LEFT_OUT = re.compile(r"(?:book)?cover(?:page|image)?|(?:half)?title(?:page)?|(?:tableof)?contents|toc|nav")
_ABOUT = re.compile(
    r"(?:(?:un)?copyright|endnotes?|footnotes?|rearnotes|dedication|acknowledge?ments?|colophon|imprint|foreword|preface|afterword|introduction)(?:page)?"
    r"|(?:about(?:the)?|noteonthe|notefromthe)authors?|authors?notes?|also(?:by|available).{0,40}|thanks"
)


def read_epub(data: bytes, name: str, limits: Limits = LIMITS) -> Draft:
    """Read an EPUB as a draft.

    Raises:
        BrokenStoryError: it is no EPUB, locked or damaged, too large, leads out of itself, or has no prose.
    """
    archive = Archive(data, Path(name), limits)
    package = read_package(archive)
    documents = list(_documents(archive, package))
    if not documents:
        raise BrokenStoryError(list(package.warnings))
    # A cover may come before the first page of a work.
    is_archives = any(is_work(html) for _, html in documents[:2])
    manuscript = (_work if is_archives else _book)(archive, package, documents)
    return analyse(replace(manuscript, warnings=[*package.warnings, *manuscript.warnings]), limits)


def _documents(archive: Archive, package: Package) -> Iterator[tuple[Document, bytes]]:
    """Yield the documents of a book; an unreadable one is left out with a warning, if there are others."""
    for document in package.documents:
        try:
            html = decode(archive.read(document.path), archive.file / document.path).encode()
        except TooMuchError:
            raise
        except BrokenStoryError as error:
            package.warnings.extend(error.mistakes)
        else:
            yield document, html


def _work(archive: Archive, package: Package, documents: list[tuple[Document, bytes]]) -> Manuscript:
    work, markup = Work(), Markup(zone_of_work)
    for document, html in documents:
        for block in markup.blocks(html, archive.file / document.path):
            work.add(block)
    return work.manuscript(_said(archive, package), markup.warnings)


def _book(archive: Archive, package: Package, documents: list[tuple[Document, bytes]]) -> Manuscript:
    markup, said = Markup(zone_of_matter), _said(archive, package)
    blocks: list[Block] = []
    for document, html in documents:
        found = markup.blocks(html, archive.file / document.path)
        first = list(islice(found, _LONGEST_TITLE_PAGE + 1))
        kinds = [*document.kinds, *(block.plain for block in first[:1] if block.kind is Kind.HEADING)]
        if _is(_LEFT_OUT, kinds) or _is_title_page(first, said):
            continue
        about = _is(_ABOUT, kinds) or sum(says_rights(block.plain) for block in first) > 1
        blocks.append(Block(Kind.PAGE, "", 1))
        blocks += (block._replace(role=Role.NOTE) if about else with_role(block) for block in chain(first, found))
    return Manuscript(blocks, said, titled=bool(package.title), warnings=markup.warnings)


def _said(archive: Archive, package: Package) -> Draft:
    """Return what the package says about the book, as a draft without parts."""
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


def _is(kind: re.Pattern[str], names: Iterable[str]) -> bool:
    return any(kind.fullmatch(re.sub(r"[\W\d_]+", "", name.casefold())) for name in names)


def _is_title_page(blocks: list[Block], said: Draft) -> bool:
    """Whether a document says only the title and the authors."""
    words = " ".join(block.plain for block in blocks[:_LONGEST_TITLE_PAGE]).casefold()
    for known in (said.title, *said.authors):
        words = words.replace(known.casefold(), " ", 1)
    return len(blocks) <= _LONGEST_TITLE_PAGE and not words.replace("by", "", 1).strip()
