"""HTML: a work from the Archive of Our Own, or any other page with headings and paragraphs."""

import re
from html import unescape
from pathlib import Path

from story.importing.ao3 import Work, is_work
from story.importing.ao3 import zone_of as zone_of_work
from story.importing.chapters import Chapters
from story.importing.draft import Draft
from story.importing.limits import LIMITS, Limits
from story.importing.markup import Block, Kind, Markup
from story.importing.writing import decode

LOWEST_CHAPTER = 3
"""The lowest level of a heading that begins a chapter; lower ones stay in the text."""

_HEAD = 20_000
_TITLE = re.compile(r"<title[^>]{0,100}>([^<]{1,300})", re.IGNORECASE)
_AUTHOR = re.compile(r"<meta\s{1,9}name=[\"']author[\"']\s{1,9}content=[\"']([^\"'<>]{1,300})", re.IGNORECASE)
_LANGUAGE = re.compile(r"<html[^>]{0,300}\blang=[\"']([A-Za-z-]{2,20})", re.IGNORECASE)


def read_html(data: bytes, name: str, limits: Limits = LIMITS) -> Draft:  # noqa: ARG001 - called as all readers are
    """Read an HTML file as a draft.

    Raises:
        BrokenStoryError: it is no text, declares entities, is mostly tags, or has no prose in it.
    """
    file = Path(name)
    text = decode(data, file)
    html = text.encode()
    if is_work(html):
        work, markup = Work(), Markup(zone_of_work)
        for block in markup.blocks(html, file):
            work.add(block)
        return work.draft(Draft(file.stem, (), (), language="", file=file), markup.warnings)
    return _page(html, text[:_HEAD], file)


def add_heading_or_prose(chapters: Chapters, block: Block, title: str) -> None:
    """Take the next block of a book with that title, in which headings begin chapters."""
    if block.kind is Kind.HEADING and block.level <= LOWEST_CHAPTER:
        chapters.heading(block, title)
    else:
        chapters.add(block)


def _page(html: bytes, head: str, file: Path) -> Draft:
    title = _said(_TITLE, head) or file.stem
    chapters, markup = Chapters(), Markup(lambda *_: "")
    for block in markup.blocks(html, file):
        add_heading_or_prose(chapters, block, title)
    return Draft(
        title=title,
        authors=tuple(filter(None, [_said(_AUTHOR, head)])),
        parts=chapters.finished(file),
        language=_said(_LANGUAGE, head) or "en",
        warnings=tuple(markup.warnings),
        file=file,
    )


def _said(where: re.Pattern[str], head: str) -> str:
    found = where.search(head)
    return " ".join(unescape(found[1]).split()) if found else ""
