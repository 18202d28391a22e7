"""Rich text (.rtf): its words and paragraphs, by way of striprtf; emphasis is lost."""

from pathlib import Path

from striprtf.striprtf import rtf_to_text

from story.importing import BrokenStoryError, Mistake
from story.importing.block import Manuscript
from story.importing.draft import Draft
from story.importing.limits import Limits
from story.importing.readers.plain_text import text_blocks

_BEGINS = b"{\\rtf"


def manuscript(data: bytes, file: Path, limits: Limits) -> Manuscript:
    """Return the blocks of an .rtf.

    Raises:
        BrokenStoryError: it is none.
    """
    if not data.lstrip().startswith(_BEGINS):
        raise BrokenStoryError([Mistake(file, 1, r"not rich text: expected it to begin with {\rtf")])
    try:
        text = str(rtf_to_text(data.decode("latin-1"), errors="replace"))  # type: ignore[no-untyped-call] # it has no types
    except Exception as error:  # noqa: BLE001 - striprtf raises whatever its conversions do on a damaged file
        raise BrokenStoryError([Mistake(file, 1, f"damaged rich text: {type(error).__name__}")]) from None
    text = text.replace("\0", "").replace("\r\n", "\n")
    limits.check_text(text, file)
    draft = Draft(file.stem.replace("_", " "), (), (), language="", file=file)
    lost = Mistake(file, 1, "emphasis is lost: save it as .docx or .odt to keep italics and bold")
    return Manuscript(text_blocks(text), draft, warnings=[lost])
