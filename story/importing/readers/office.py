"""What office documents say about themselves in their core properties."""

import re
from typing import NamedTuple

from lxml import etree

from story.importing import BrokenStoryError
from story.importing.readers.archive import Archive

ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)
_DC = "{http://purl.org/dc/elements/1.1/}"
_NO_TITLE = re.compile(r"untitled.*|microsoft word.*|document\d*|word document", re.IGNORECASE)
_NO_AUTHOR = re.compile(
    r"(?:microsoft )?(?:office )?user|python-docx|un-named|admin(?:istrator)?|owner|author", re.IGNORECASE
)


class Said(NamedTuple):
    """Title and authors, if the document has any that a person wrote."""

    title: str = ""
    authors: tuple[str, ...] = ()


def said_in(archive: Archive, name: str) -> Said:
    """Return what a document's core properties say; nothing if they can't be read."""
    if name not in archive:
        return Said()
    try:
        root = etree.fromstring(archive.read(name), etree.XMLParser(resolve_entities=False, no_network=True))
    except (etree.XMLSyntaxError, BrokenStoryError):
        return Said()
    return written(*(root.findtext(f".//{_DC}{key}") or "" for key in ("title", "creator")))


def written(title: str, author: str) -> Said:
    """Return a title and an author as far as a person wrote them, and no program."""
    title, author = (" ".join(each.split()) for each in (title, author))
    return Said(
        "" if _NO_TITLE.fullmatch(title) else title,
        () if not author or _NO_AUTHOR.fullmatch(author) else (author,),
    )
