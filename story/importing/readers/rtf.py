"""Rich text (.rtf): its words and paragraphs, by way of striprtf; emphasis is lost."""

import re
from pathlib import Path

from striprtf.striprtf import rtf_to_text

from story.importing import BrokenStoryError, Mistake
from story.importing.block import Manuscript
from story.importing.draft import Draft
from story.importing.limits import Limits
from story.importing.readers.office import Said, written
from story.importing.readers.plain_text import text_blocks

_BEGINS = b"{\\rtf"
_HEAD = 200_000
"""Characters in which a document says what it is."""
_INFO = re.compile(r"\{\\info\b")
_SAID = re.compile(
    r"\{\\(?P<key>title|author)\b ?(?P<said>(?:[^{}\\]|\\.|\{(?:[^{}\\]|\\.){0,500}\}){0,500})\}", re.DOTALL
)
_CODE_PAGE = re.compile(r"\\ansicpg\d{1,5}")


def manuscript(data: bytes, file: Path, limits: Limits) -> Manuscript:
    """Return the blocks of an .rtf.

    Raises:
        BrokenStoryError: it is none.
    """
    if not data.lstrip().startswith(_BEGINS):
        raise BrokenStoryError([Mistake(file, 1, r"not rich text: expected it to begin with {\rtf")])
    source = data.decode("latin-1")
    try:
        text, said = _text(source), _said(source[:_HEAD])
    except Exception as error:  # noqa: BLE001 - striprtf raises whatever its conversions do on a damaged file
        raise BrokenStoryError([Mistake(file, 1, f"damaged rich text: {type(error).__name__}")]) from None
    text = text.replace("\0", "").replace("\r\n", "\n")
    limits.check_text(text, file)
    draft = Draft(said.title or file.stem.replace("_", " "), said.authors, (), language="", file=file)
    lost = Mistake(file, 1, "emphasis is lost: save it as .docx or .odt to keep italics and bold")
    return Manuscript(text_blocks(text), draft, warnings=[lost])


def _text(source: str) -> str:
    return str(rtf_to_text(source, errors="replace"))  # type: ignore[no-untyped-call] # it has no types


def _said(head: str) -> Said:
    """Return the title and the author that a document says in its properties."""
    info = _INFO.search(head)
    if info is None:
        return Said()
    page = _CODE_PAGE.search(head)
    begins = "{\\rtf1\\ansi" + (page[0] if page else "") + " "
    found = {each["key"]: _text(begins + each["said"] + "}") for each in _SAID.finditer(head, info.end())}
    return written(found.get("title", ""), found.get("author", ""))
