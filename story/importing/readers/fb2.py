"""FictionBook (.fb2): XML sections, with a description in front and notes in a body of their own."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree

from story.importing import BrokenStoryError, Mistake
from story.importing.block import Block, Kind, Manuscript, Role
from story.importing.draft import PARAGRAPH, Draft
from story.importing.limits import Limits
from story.importing.prose import BOLD, ITALIC, STRIKE, Run, escape
from story.importing.readers.office import ENTITY

_MARKS = {"emphasis": frozenset((ITALIC,)), "strong": frozenset((BOLD,)), "strikethrough": frozenset((STRIKE,))}
_QUOTED = {"epigraph", "cite"}
_BINARY = "{*}binary"
_DEEPEST = 60


def manuscript(data: bytes, file: Path, limits: Limits) -> Manuscript:
    """Return the blocks of an .fb2.

    Raises:
        BrokenStoryError: it is no FictionBook, or declares entities.
    """
    if ENTITY.search(data):
        raise BrokenStoryError([Mistake(file, 1, "declares an entity: expected none")])
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, remove_comments=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None or _name(root) != "FictionBook":
        raise BrokenStoryError([Mistake(file, 1, "not a FictionBook: expected <FictionBook>")])
    blocks = [block for body in root.iterfind("{*}body") for block in _blocks(body, _is_notes(body), 0)]
    limits.check_text("".join(run.text for block in blocks for run in block.runs), file)
    info = root.find(".//{*}title-info")
    return Manuscript(blocks, _said(info, file), titled=info is not None)


def _said(info: Any, file: Path) -> Draft:
    if info is None:
        return Draft(file.stem, (), (), language="", file=file)
    authors = [
        " ".join(
            filter(None, (_text(author.find(f"{{*}}{part}")) for part in ("first-name", "middle-name", "last-name")))
        )
        or _text(author.find("{*}nickname"))
        for author in info.iterfind("{*}author")
    ]
    return Draft(
        title=_text(info.find("{*}book-title")) or file.stem,
        authors=tuple(filter(None, authors)),
        parts=(),
        blurb=escape(_text(info.find("{*}annotation"))),
        language=_text(info.find("{*}lang")),
        file=file,
    )


def _is_notes(body: Any) -> bool:
    return body.get("name") in {"notes", "comments", "footnotes"}


def _blocks(element: Any, is_note: bool, depth: int, quoted: bool = False) -> Iterator[Block]:  # noqa: FBT001, FBT002 - of one walk
    """Yield the blocks of a section and of those in it."""
    role = Role.NOTE if is_note else Role.BODY
    before = number = ""
    for child in element:
        name, line = _name(child), child.sourceline or 1
        if name == "title":
            words = " · ".join(filter(None, (_text(each) for each in child))) or _text(child)
            if is_note:
                number = f"[{words}] "
            elif words and not depth:
                yield Block(Kind.TEXT, "", line, (Run(words),), role=Role.TITLE)
            elif words:
                yield Block(Kind.HEADING, "", line, (Run(words),), level=min(3, max(1, depth)))
        elif name in {"p", "v", "subtitle", "text-author"}:
            runs = (*([Run(number)] if number else []), *_runs(child, frozenset()))
            number = ""
            if any(run.text.strip() for run in runs):
                glue = "\n" if name == before == "v" else PARAGRAPH
                yield Block(Kind.TEXT, "", line, runs, quoted=quoted, role=role, glue=glue)
        elif name not in {"empty-line", "image"} and depth < _DEEPEST:
            yield from _blocks(child, is_note, depth + (name == "section"), quoted or name in _QUOTED)
        before = name


def _runs(element: Any, marks: frozenset[str]) -> Iterator[Run]:
    """Yield the runs of a paragraph; a note's mark stays apart from the word before."""
    if element.text:
        yield Run(element.text.replace("\n", " "), marks)
    for child in element:
        name = _name(child)
        if name == "a" and child.get("type") == "note":
            yield Run(f" [{_text(child).strip('[]{}')}]", marks)
        else:
            yield from _runs(child, marks | _MARKS.get(name, frozenset()))
        if child.tail:
            yield Run(child.tail.replace("\n", " "), marks)


def _text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def _name(element: Any) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""
