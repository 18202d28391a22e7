"""The blocks that every kind of manuscript becomes: paragraphs, headings and breaks, in order."""

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
    """What a format's markup says a block is."""

    BODY = auto()
    TITLE = auto()
    """The story's title."""
    NARRATOR = auto()
    """Whose point of view follows."""
    NOTE = auto()
    """Something about the story, not in it."""


class Block(NamedTuple):
    """A paragraph, an item of a list, a heading of a level from 1 to 6, a rule, or the beginning of a page.

    `zone` is the format reader's name for where the block is; `line` counts from 1. `glue` is what separates this from
    the block before, if both are prose. `label` is a note's mark. `picture` says that the text describes a picture.
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
    """What a reader makes of a file: its blocks, and what the file says about itself, as a draft without parts.

    The blocks may be an iterator, good for one pass. `titled` says that the file knows its title for certain, so the
    text is not searched for one.
    """

    blocks: Iterable[Block]
    said: Draft
    titled: bool = False
    warnings: list[Mistake] = field(default_factory=list)
