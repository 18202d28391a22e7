"""HTML: a work from the Archive of Our Own, a page of another site, or any page with headings and paragraphs."""

import re
from html import unescape
from pathlib import Path

from story.importing.analysis import analyse
from story.importing.block import Block, Manuscript, Role
from story.importing.draft import Draft
from story.importing.limits import LIMITS, Limits
from story.importing.readers.ao3 import Work, is_work
from story.importing.readers.ao3 import zone_of as zone_of_work
from story.importing.readers.markup import NOTE, Element, Markup
from story.importing.readers.matter import zone_of as zone_of_matter
from story.importing.readers.sites import is_site_page, site_of
from story.importing.writing import decode

_HEAD = 20_000
_TITLE = re.compile(r"<title[^>]{0,100}>([^<]{1,300})", re.IGNORECASE)
_AUTHOR = re.compile(r"<meta\s{1,9}name=[\"']author[\"']\s{1,9}content=[\"']([^\"'<>]{1,300})", re.IGNORECASE)
_LANGUAGE = re.compile(r"<html[^>]{0,300}\blang=[\"']([A-Za-z-]{2,20})", re.IGNORECASE)
_TITLE_CLASSES = {"title", "MsoTitle"}
_TITLE_ZONE = "title"
_NO_TITLE = re.compile(r"untitled.*|microsoft word.*|document\d*|.*\.docx?|new page|x", re.IGNORECASE)


def read_html(data: bytes, name: str, limits: Limits = LIMITS) -> Draft:
    """Read an HTML file as a draft.

    Raises:
        BrokenStoryError: it is no text, declares entities, is mostly tags, has no prose, or is a site's page without a
        story.
    """
    return analyse(manuscript(data, Path(name), limits), limits)


def manuscript(data: bytes, file: Path, limits: Limits) -> Manuscript:
    """Return the blocks of an HTML file, and what it says about itself.

    Raises:
        BrokenStoryError: as `read_html`, except if it has no prose.
    """
    text = decode(data, file)
    html = text.encode()
    found = _manuscript(text, html, file)
    limits.check_blocks(found.blocks, file)
    return found


def _manuscript(text: str, html: bytes, file: Path) -> Manuscript:
    if is_work(html) and not is_site_page(text):
        work, markup = Work(), Markup(zone_of_work)
        for block in markup.blocks(html, file):
            work.add(block)
        return work.manuscript(Draft(file.stem, (), (), language="", file=file), markup.warnings)
    if site := site_of(text, file):
        markup = Markup(site.zone_of)
        return site.manuscript(text, markup.blocks(html, file), file, markup.warnings)
    return _page(html, text[:_HEAD], file)


def _page(html: bytes, head: str, file: Path) -> Manuscript:
    title, markup = _said(_TITLE, head), Markup(_zone_of)
    blocks = [with_role(block) for block in markup.blocks(html, file)]
    own = next((block for block in blocks[:10] if block.role is Role.TITLE or block.level == 1), None)
    known = Draft(
        title=file.stem if _NO_TITLE.fullmatch(title or "x") else title,
        authors=tuple(filter(None, [_said(_AUTHOR, head)])),
        parts=(),
        language=_said(_LANGUAGE, head),
        file=file,
    )
    # A title over the page's text goes before its window's title.
    titled = known.title == title and (own is None or own.plain.casefold() == title.casefold())
    return Manuscript(blocks, known, titled, markup.warnings)


def _zone_of(around: str, element: Element) -> str:
    if not around and element.name in {"p", "div"} and not _TITLE_CLASSES.isdisjoint(element.classes):
        return _TITLE_ZONE
    return zone_of_matter(around, element)


def with_role(block: Block) -> Block:
    """Return a block with its zone's role."""
    role = {NOTE: Role.NOTE, _TITLE_ZONE: Role.TITLE}.get(block.zone)
    return block._replace(role=role) if role else block


def _said(where: re.Pattern[str], head: str) -> str:
    found = where.search(head)
    return " ".join(unescape(found[1]).split()) if found else ""
