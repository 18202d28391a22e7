"""OpenDocument's .odt: headings, emphasis and notes, read with odfdo."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import odfdo

from story.importing import BrokenStoryError, Mistake
from story.importing.block import Block, Kind, Manuscript, Role
from story.importing.draft import Draft
from story.importing.limits import Limits
from story.importing.prose import BOLD, ITALIC, STRIKE, UNDERLINE, Run
from story.importing.readers.archive import Archive
from story.importing.readers.office import ENTITY, said_in

_STYLED = {
    "fo:font-style": {"italic": ITALIC, "oblique": ITALIC},
    "fo:font-weight": {"bold": BOLD, "700": BOLD},
    "style:text-underline-style": {"solid": UNDERLINE},
    "style:text-line-through-style": {"solid": STRIKE},
}
_TEXTS = {"text:p", "text:h"}
_AROUND = {"text:section", "text:list", "text:list-item", "text:list-header", "text:index-body"}
_LEFT_OUT = {"text:table-of-content", "text:alphabetical-index", "office:annotation", "text:tracked-changes"}
_DEEPEST = 30


def manuscript(data: bytes, file: Path, limits: Limits) -> Manuscript:
    """Return the blocks of an .odt.

    Raises:
        BrokenStoryError: it is none, is locked, or its content is too large.
    """
    archive = Archive(data, file, limits, "not an OpenDocument text")
    for name in ("content.xml", "styles.xml", "meta.xml"):
        if name in archive and ENTITY.search(archive.read(name)):
            raise BrokenStoryError([Mistake(file / name, 1, "declares an entity: expected none")])
    try:
        document = odfdo.Document(BytesIO(data))
        reading = _Reading(document)
        blocks = list(reading.blocks(document.body))
    except Exception as error:  # noqa: BLE001 - odfdo raises whatever its parsers do on a damaged file
        raise BrokenStoryError([Mistake(file, 1, f"a damaged OpenDocument text: {type(error).__name__}")]) from None
    said = said_in(archive, "meta.xml")
    draft = Draft(said.title or file.stem, said.authors, (), language="", file=file)
    return Manuscript([*blocks, *reading.notes], draft)


class _Reading:
    """Follows the elements of a document, and gathers its notes."""

    def __init__(self, document: Any) -> None:
        self.notes: list[Block] = []
        self._document = document
        self._marks: dict[tuple[str, str], frozenset[str]] = {}
        self._line = 0

    def blocks(self, element: Any, depth: int = 0) -> Iterator[Block]:
        """Yield the blocks of an element and of those in it."""
        for child in element.children:
            if child.tag in _TEXTS:
                yield from self._paragraph(child, in_list=depth > 0 and element.tag == "text:list-item")
            elif child.tag not in _LEFT_OUT and depth < _DEEPEST:
                yield from self.blocks(child, depth + 1)

    def _paragraph(self, element: Any, *, in_list: bool) -> Iterator[Block]:
        self._line += 1
        style = element.get_attribute_string("text:style-name") or ""
        runs = tuple(self._runs(element, self._marks_of("paragraph", style)))
        heading = element.tag == "text:h"
        level = min(6, int(element.get_attribute_string("text:outline-level") or 1)) if heading else 0
        parent = self._parent(style)
        role = Role.TITLE if "Title" in (style, parent) else Role.BODY
        if "Horizontal" in parent or "Horizontal" in style:
            yield Block(Kind.RULE, "", self._line)
        elif runs:
            kind = Kind.HEADING if heading else Kind.ITEM if in_list else Kind.TEXT
            yield Block(kind, "", self._line, runs, level, "- " if in_list and not heading else "", role=role)

    def _runs(self, element: Any, marks: frozenset[str]) -> Iterator[Run]:
        """Yield the runs of an element and of those in it."""
        if element.text:
            yield Run(element.text, marks)
        for child in element.children:
            match child.tag:
                case "text:line-break":
                    yield Run("\n", marks)
                case "text:tab" | "text:s":
                    yield Run(" ", marks)
                case "text:note":
                    yield self._note(child)
                case "text:soft-page-break" | "office:annotation" | "draw:frame":
                    pass
                case _:
                    style = child.get_attribute_string("text:style-name") or ""
                    yield from self._runs(child, marks | self._marks_of("text", style))
            if child.tail:
                yield Run(child.tail, marks)

    def _note(self, element: Any) -> Run:
        number = len(self.notes) + 1
        said = [each for body in element.children if body.tag == "text:note-body" for each in body.children]
        words = " ".join("".join(run.text for run in self._runs(each, frozenset())) for each in said)
        self.notes.append(Block(Kind.TEXT, "", self._line, (Run(f"[{number}] {words}"),), role=Role.NOTE))
        return Run(f" [{number}]")

    def _marks_of(self, family: str, name: str) -> frozenset[str]:
        """Return the marks of a style, its own or inherited."""
        if not name:
            return frozenset()
        key = (family, name)
        if key not in self._marks:
            self._marks[key] = frozenset()  # where styles are made from each other in a circle
            style = self._document.get_style(family, name)
            said = (style.get_properties(area="text") or {}) if style else {}
            own = {meant.get(str(said.get(key, "")), "") for key, meant in _STYLED.items()}
            above = self._parent(name, family) if style else ""
            self._marks[key] = frozenset(own - {""}) | (self._marks_of(family, above) if above != "Standard" else set())
        return self._marks[key]

    def _parent(self, name: str, family: str = "paragraph") -> str:
        style = self._document.get_style(family, name) if name else None
        return (style.get_attribute_string("style:parent-style-name") or "") if style else ""
