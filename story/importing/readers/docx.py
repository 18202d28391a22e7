"""Word's .docx: headings, emphasis and footnotes, by way of mammoth's HTML."""

import warnings
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import mammoth

from story.importing import BrokenStoryError, Mistake
from story.importing.block import Block, Manuscript, Role
from story.importing.draft import Draft
from story.importing.limits import Limits
from story.importing.readers.archive import Archive
from story.importing.readers.html import with_role
from story.importing.readers.lean import TooManyRunsError, lean
from story.importing.readers.markup import Element, Markup
from story.importing.readers.matter import zone_of as zone_of_matter
from story.importing.readers.office import ENTITY, said_in

_TEXT = "word/document.xml"
_STYLES = """
p[style-name='Title'] => p.title:fresh
p[style-name='Subtitle'] => p:fresh
u => u
strike => s
p[style-name='Horizontal Line'] => hr
"""
_LARGEST_TIMES = 8
"""How many times as long as the longest readable text its XML may be."""
_LETTERS = 12
"""How many characters each element of a text has on average, at least: one takes mammoth 1.7 KiB of memory."""


def manuscript(data: bytes, file: Path, limits: Limits) -> Manuscript:
    """Return the blocks of a .docx.

    Raises:
        BrokenStoryError: it is none, is locked, or its content is too large.
    """
    archive = Archive(data, file, limits, "not a Word document")
    if _TEXT not in archive:
        raise BrokenStoryError([Mistake(file, 1, f"not a Word document: expected {_TEXT} in it")])
    files: dict[str, bytes] = {}
    for name in archive:
        if name.endswith((".xml", ".rels")):
            content = files[name] = archive.read(name)
            if ENTITY.search(content):
                raise BrokenStoryError([Mistake(file / name, 1, "declares an entity: expected none")])
            if len(content) > limits.characters * _LARGEST_TIMES:
                raise BrokenStoryError([Mistake(file / name, 1, f"too large: {len(content):,} bytes")])
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            html = mammoth.convert_to_html(
                _made_lean(files, limits),
                style_map=_STYLES,
                include_embedded_style_map=False,
                convert_image=mammoth.images.img_element(lambda _: {"src": ""}),
            ).value
    except TooManyRunsError:
        raise BrokenStoryError([Mistake(file / _TEXT, 1, "mostly marks: expected prose")]) from None
    except Exception as error:  # noqa: BLE001 - mammoth raises whatever its parsers do on a damaged file
        raise BrokenStoryError([Mistake(file, 1, f"a damaged Word document: {type(error).__name__}")]) from None
    markup = Markup(_zone_of)
    blocks = [_block(block) for block in markup.blocks(html.encode(), file)]
    said = said_in(archive, "docProps/core.xml")
    draft = Draft(said.title or file.stem, said.authors, (), language="", file=file)
    return Manuscript(blocks, draft, titled=False, warnings=markup.warnings)


def _made_lean(files: Mapping[str, bytes], limits: Limits) -> BytesIO:
    """Return the document with its text in a form that takes a fraction of the memory to read."""
    made = BytesIO()
    with ZipFile(made, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, lean(content, limits.characters // _LETTERS) if name == _TEXT else content)
    return made


def _zone_of(around: str, element: Element) -> str:
    return "title" if "title" in element.classes else zone_of_matter(around, element)


def _block(block: Block) -> Block:
    """Return a block without a footnote's arrow back."""
    block = with_role(block)
    if block.role is Role.NOTE and block.runs and block.runs[-1].text.endswith("↑"):
        *others, last = block.runs
        return block._replace(runs=(*others, last._replace(text=last.text.removesuffix("↑"))))
    return block
