"""Reads a story's file, or a folder of chapters, in any format."""

from collections.abc import Callable, Mapping
from pathlib import Path, PurePosixPath

from story.importing import BrokenStoryError, Mistake
from story.importing.analysis import analyse
from story.importing.draft import Draft
from story.importing.limits import LIMITS, Limits
from story.importing.readers import any_markdown, bundle, docx, fb2, html, odt, plain_text, rtf
from story.importing.readers.any_markdown import read_any_markdown
from story.importing.readers.epub import read_epub
from story.importing.readers.twine_html import is_published, read_published
from story.importing.twee import read_twee, read_twee_files
from story.model import Story

Reader = Callable[[bytes, str, Limits], Draft | Story]

PROSE: dict[str, bundle.Reader] = {
    **dict.fromkeys((".md", ".markdown"), any_markdown.manuscript),
    **dict.fromkeys((".txt", ".text"), plain_text.manuscript),
    **dict.fromkeys((".html", ".htm", ".xhtml"), html.manuscript),
    ".docx": docx.manuscript,
    ".odt": odt.manuscript,
    ".rtf": rtf.manuscript,
    ".fb2": fb2.manuscript,
}
"""The readers of files of prose, or of one chapter, by file ending."""
_TWEE = (".twee", ".tw", ".twee3")

REFUSED = {
    ".pdf": "a PDF has pages and no paragraphs: bring what it was made from, such as .docx, .odt or .epub",
    ".doc": "Word’s old format: open it and save it as .docx",
    ".pages": "Apple Pages: export it as Word (.docx) or EPUB",
    ".gdoc": "a link to Google Docs, not the text: there choose “File”, “Download”, “Web page (.html, zipped)”",
    **dict.fromkeys(
        (".mobi", ".azw", ".azw3", ".kfx", ".prc", ".lit"),
        "a Kindle’s format: bring the story as .epub, which Calibre converts it to, where it has no copy protection",
    ),
    **dict.fromkeys(
        (".acsm",), "a ticket for a book with copy protection (DRM): ask where you got it for a copy without"
    ),
    ".ink": "an ink script is a program: bring a Twine story without macros, or prose",
    ".json": "data, not prose: from Twine choose “Export As Twee”",
    ".twine": "Twine’s own file: there choose “Export As Twee”",
    ".tex": "LaTeX: convert it to .docx or .md, such as with Pandoc",
}
"""What is refused, by file ending, and what to do instead."""
_MAGIC = {b"%PDF": ".pdf", b"\xd0\xcf\x11\xe0": ".doc"}


def _zip(data: bytes, name: str, limits: Limits) -> Draft | Story:
    files = bundle.in_archive(data, Path(name), limits)
    if "META-INF/container.xml" in files:
        return read_epub(data, name, limits)
    return _read_files(files, Path(name), limits)


def _prose(data: bytes, name: str, limits: Limits) -> Draft | Story:
    file = Path(name)
    suffix = file.suffix.lower()
    if suffix in {".html", ".htm"} and is_published(data):
        return read_published(data, name, limits)
    return analyse(PROSE[suffix](data, file, limits), limits)


READERS: dict[str, Reader] = {
    **dict.fromkeys(PROSE, _prose),
    **dict.fromkeys((".md", ".markdown"), read_any_markdown),
    ".epub": read_epub,
    ".zip": _zip,
    **dict.fromkeys(_TWEE, read_twee),
}
"""The readers of files, by file ending."""


def read_story_file(name: str, data: bytes, limits: Limits = LIMITS) -> Draft | Story:
    """Read a file: as a Story if its format says everything, else as a Draft for somebody to look over.

    Raises:
        BrokenStoryError: with every mistake in it, or if it is too large or of an unknown format.
    """
    file = Path(name)
    suffix = next((ending for magic, ending in _MAGIC.items() if data.startswith(magic)), file.suffix.lower())
    if suffix in REFUSED or data[60:68] == b"BOOKMOBI":
        raise BrokenStoryError([Mistake(file, 1, REFUSED.get(suffix, REFUSED[".mobi"]))])
    reader = READERS.get(suffix)
    if reader is None:
        known = ", ".join(READERS)
        raise BrokenStoryError([Mistake(file, 1, f"a format that cannot be read; expected a name ending in {known}")])
    if len(data) > limits.bytes:
        what = f"too large: {len(data):,} bytes; at most {limits.bytes:,} are read"
        raise BrokenStoryError([Mistake(file, 1, what)])
    return reader(data, name, limits)


def read_story_folder(folder: Path, limits: Limits = LIMITS) -> Draft | Story:
    """Read a folder of chapters, or of Twee files, as a draft.

    Raises:
        BrokenStoryError: there is nothing readable in it.
        OSError: it can't be listed.
    """
    return _read_files(bundle.in_folder(folder), folder, limits)


def _read_files(files: Mapping[str, bytes], file: Path, limits: Limits) -> Draft | Story:
    """Read files that belong together: Twee files as one story, a single file on its own, others as chapters."""
    if twee := bundle.readable(files, dict.fromkeys(_TWEE)):
        return read_twee_files({file / name: files[name] for name in twee}, file, limits)
    whole = bundle.readable(files, READERS)
    if len(whole) == 1:
        name = PurePosixPath(whole[0])
        return read_story_file(str(file / name), files[whole[0]], limits)
    return analyse(bundle.manuscript(files, file, limits, PROSE), limits)
