"""Reads a story's file, whatever format it is in."""

from collections.abc import Callable
from pathlib import Path

from story.importing import BrokenStoryError, Mistake
from story.importing.draft import Draft
from story.importing.limits import LIMITS, Limits
from story.importing.readers.epub import read_epub
from story.importing.readers.html import read_html
from story.importing.readers.plain_text import read_plain_text
from story.importing.markdown import read_single_file
from story.importing.twee import read_twee
from story.model import Story

Reader = Callable[[bytes, str, Limits], Draft | Story]

READERS: dict[str, Reader] = {
    ".md": read_single_file,
    ".txt": read_plain_text,
    **dict.fromkeys((".html", ".htm", ".xhtml"), read_html),
    ".epub": read_epub,
    **dict.fromkeys((".twee", ".tw"), read_twee),
}
"""What reads a file, by how its name ends."""


def read_story_file(name: str, data: bytes, limits: Limits = LIMITS) -> Draft | Story:
    """Read a file of that name: a Story where the format says it all, else a Draft to be looked over.

    Raises:
        BrokenStoryError: with every mistake in it, or that it is too large, or of an unknown format.
    """
    file = Path(name)
    reader = READERS.get(file.suffix.lower())
    if reader is None:
        known = ", ".join(READERS)
        raise BrokenStoryError([Mistake(file, 1, f"a format that cannot be read; expected a name ending in {known}")])
    if len(data) > limits.bytes:
        what = f"too large: {len(data):,} bytes; at most {limits.bytes:,} are read"
        raise BrokenStoryError([Mistake(file, 1, what)])
    return reader(data, name, limits)
