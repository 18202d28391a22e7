"""The package document of an EPUB: what it says about the book, and the order of its documents."""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote

from lxml import etree

from story.importing import BrokenStoryError, Mistake
from story.importing.readers.archive import Archive, leads_out
from story.importing.writing import decode

LARGEST_PACKAGE = 256 * 1024
"""The most bytes of a package document."""

LOCKED = "is locked by copy protection (DRM): ask where you got it for a copy without it"

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_PROSE = {"application/xhtml+xml", "text/html", "text/x-oeb1-document", ""}
_ENTITY = re.compile(r"<!ENTITY", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Document:
    """A document of the book's spine: its path in the archive, and the words that may say its kind."""

    path: str
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Package:
    """The content of a package document. The description may be HTML."""

    title: str
    authors: tuple[str, ...]
    language: str
    description: str
    subjects: tuple[str, ...]
    documents: tuple[Document, ...]
    warnings: list[Mistake] = field(default_factory=list)


def read_package(archive: Archive) -> Package:
    """Read the package document of an EPUB.

    Raises:
        BrokenStoryError: it is missing or unreadable, none of its documents is readable, or one is locked.
    """
    container = _xml(archive, _CONTAINER)
    path = next((each.get("full-path", "") for each in container.iter("{*}rootfile")), "")
    if not path:
        raise BrokenStoryError([Mistake(archive.file / _CONTAINER, 1, "expected a <rootfile> with a full-path")])
    if leads_out(path):
        raise BrokenStoryError([Mistake(archive.file / _CONTAINER, 1, f"the path {path!r} leads out of the archive")])
    root = _xml(archive, path)
    warnings: list[Mistake] = []
    documents = tuple(_documents(archive, path, root, warnings))
    if not documents and warnings:
        raise BrokenStoryError(sorted(warnings))
    if not documents:
        raise BrokenStoryError([Mistake(archive.file / path, 1, "no documents: expected a <spine> that lists some")])
    return Package(
        title=next(_texts(root, "title"), ""),
        authors=tuple(_texts(root, "creator")),
        language=next(_texts(root, "language"), ""),
        description=next(_texts(root, "description"), ""),
        subjects=tuple(_texts(root, "subject")),
        documents=documents,
        warnings=warnings,
    )


def _documents(archive: Archive, path: str, root: "etree._Element", warnings: list[Mistake]) -> Iterator[Document]:
    """Yield the documents of the spine, each once, without the table of contents; a missing one gives a warning."""
    items = {item.get("id", ""): item for item in root.iter("{*}item")}
    locked = set(_locked(archive))
    guide = {_resolved(path, each.get("href", "")): each.get("type", "") for each in root.iter("{*}reference")}
    locks: list[Mistake] = []
    seen: set[str] = set()
    for reference in root.iter("{*}itemref"):
        line, name = reference.sourceline or 1, reference.get("idref", "")
        item = items.get(name)
        if item is None:
            warnings.append(Mistake(archive.file / path, line, f"the spine lists {name!r}, which is no item"))
            continue
        target = _resolved(path, item.get("href", ""))
        if target in seen or item.get("media-type", "") not in _PROSE or "nav" in item.get("properties", "").split():
            continue
        seen.add(target)
        if leads_out(target):
            warnings.append(Mistake(archive.file / path, item.sourceline or 1, f"{target!r} leads out of the archive"))
        elif target not in archive:
            warnings.append(Mistake(archive.file / path, item.sourceline or 1, f"{target!r} is not in the archive"))
        elif target in locked:
            locks.append(Mistake(archive.file / target, 1, LOCKED))
        else:
            yield Document(target, (guide.get(target, ""), name, posixpath.splitext(posixpath.basename(target))[0]))
    if locks:
        raise BrokenStoryError(sorted(locks))


def _locked(archive: Archive) -> Iterator[str]:
    """Yield the paths of encrypted files; fonts often are, even in readable books."""
    if _ENCRYPTION in archive:
        for reference in _xml(archive, _ENCRYPTION).iter("{*}CipherReference"):
            yield _resolved("", reference.get("URI", ""))


def _resolved(base: str, href: str) -> str:
    """Return the path of a reference in a document."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(base), unquote(href.partition("#")[0])))


def _texts(root: "etree._Element", name: str) -> Iterator[str]:
    for element in root.iter(f"{{http://purl.org/dc/elements/1.1/}}{name}"):
        text = " ".join("".join(element.itertext()).split())
        role = element.get("{http://www.idpf.org/2007/opf}role", "aut")
        if text and role == "aut":
            yield text


def _xml(archive: Archive, path: str) -> "etree._Element":
    data = archive.read(path)
    file = archive.file / path
    if len(data) > LARGEST_PACKAGE:
        raise BrokenStoryError([Mistake(file, 1, f"too large: at most {LARGEST_PACKAGE:,} bytes of it are read")])
    text = decode(data, file)
    if entity := _ENTITY.search(text):
        raise BrokenStoryError(
            [Mistake(file, text.count("\n", 0, entity.start()) + 1, "declares an entity: expected none")]
        )
    parser = etree.XMLParser(encoding="utf-8", resolve_entities=False, no_network=True, remove_comments=True)
    try:
        return etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError as error:
        raise BrokenStoryError([Mistake(file, error.lineno or 1, f"not XML: {error.msg}")]) from None
