"""The blocks that every kind of manuscript is turned into: paragraphs, headings and breaks, in order."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import IntEnum, auto
from typing import NamedTuple

from story.importing import Mistake
from story.importing.draft import PARAGRAPH, Draft
from story.importing.prose import Run, plain, to_markdown


class Kind(IntEnum):
    """What a block is."""

    TEXT = auto()
    ITEM = auto()
    HEADING = auto()
    RULE = auto()
    PAGE = auto()
    """Where a new document or page begins."""


class Role(IntEnum):
    """What a reader knows of a block from the markup of its format."""

    BODY = auto()
    TITLE = auto()
    """The title of the whole."""
    NARRATOR = auto()
    """Whose point of view follows."""
    NOTE = auto()
    """Said about the story, not in it."""


class Block(NamedTuple):
    """A paragraph, an item of a list, a heading of a level from 1 to 6, a rule, or the beginning of a page.

    `zone` is what the reader of the format calls the place that it stands in; `line` is counted from 1. `glue` is what
    stands between this and the block before, where both are prose. `label` is what a note is called.
    `picture` says that the text is what describes a picture.
    """

    kind: Kind
    zone: str
    line: int
    runs: tuple[Run, ...] = ()
    level: int = 0
    bullet: str = ""
    quoted: bool = False
    role: Role = Role.BODY
    label: str = ""
    glue: str = PARAGRAPH
    picture: bool = False

    @property
    def plain(self) -> str:
        """The text in one line, without marks."""
        return plain(self.runs)

    @property
    def text(self) -> str:
        """The text as Markdown, with the marks of a list and a quotation."""
        text = self.bullet + to_markdown(self.runs)
        return re.sub("^", "> ", text, flags=re.MULTILINE) if self.quoted else text


@dataclass(frozen=True, slots=True)
class Manuscript:
    """What a reader makes of a file: its blocks, and as a draft without parts what the file says of itself.

    The blocks may come as they are read, once. `titled` says that the file knows its title for certain, so that none is
    looked for in the text.
    """

    blocks: Iterable[Block]
    said: Draft
    titled: bool = False
    warnings: list[Mistake] = field(default_factory=list)
