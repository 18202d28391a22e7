"""The lines of a manuscript that may be more than prose: how they look, and what is decided about them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum, auto

from story.importing.analysis import words
from story.importing.analysis.looks import INVISIBLE, LONGEST_HEADING, Look, is_break, look_of
from story.importing.analysis.numbers import NUMBER
from story.importing.analysis.parting import parted
from story.importing.analysis.view import view_behind, view_in
from story.importing.block import Block, Kind, Role
from story.importing.draft import PARAGRAPH
from story.importing.prose import BOLD, ITALIC, UNDERLINE

# A chapter's number behind who tells it, as in `Mara | Chapter 1`.
_CHAPTER_BEHIND = re.compile(
    rf"(?P<rest>[^\d|/:]{{2,40}}?)\s*[|/·–—:-]+\s*(?:chapter|ch\.?|part|kapitel|kap\.?|teil|chapitre|partie|cap[ií]tulo|parte|capitolo|глава|rozdział|hoofdstuk)\s+{NUMBER}",
    re.IGNORECASE,
)
_SAYS = re.compile(r"[^\W_]")


class What(IntEnum):
    """What a line turns out to be."""

    PROSE = auto()
    BREAK = auto()
    POV = auto()
    CHAPTER = auto()
    TIME = auto()
    NOTE = auto()
    LEFT_OUT = auto()


@dataclass(slots=True)
class Item:
    """A block, or a line of one, with the decision about it, how sure that is from 0 to 1, and why.

    `said` is what a heading says: a chapter's title, a POV's name, a time. `pov` is who tells a chapter, if its title
    says so. `rest` is what a title says beside its number, or a POV's line beside the name. `alone` says that blank
    lines surround it.
    """

    block: Block
    plain: str = ""
    look: Look | None = None
    what: What = What.PROSE
    said: str = ""
    sure: float = 1.0
    why: str = ""
    pov: str | None = None
    rest: str = ""
    general: bool = False
    genitive: bool = False
    alone: bool = True

    def decide(self, what: What, said: str, sure: float, why: str) -> None:
        """Decide what the line is."""
        self.what, self.said, self.sure, self.why = what, said, sure, why

    @property
    def is_picture(self) -> bool:
        """Whether this is the description of a picture."""
        return self.block.picture

    @property
    def is_prose(self) -> bool:
        """Whether this is a paragraph of the story, as far as is known."""
        return self.what is What.PROSE and self.block.role is not Role.NOTE


def items(blocks: Iterable[Block]) -> list[Item]:
    """Return the lines and paragraphs of blocks, each with what it clearly is on its own."""
    found: list[Item] = []
    for block in blocks:
        for each in parted(block):
            plain = each.plain
            item = Item(each, plain, _look(each, plain))
            _sight(item)
            if each.glue != PARAGRAPH and found and item.is_prose and found[-1].is_prose:
                item.alone = found[-1].alone = False
            found.append(item)
    return found


def _look(block: Block, text: str) -> Look | None:
    if not text or len(text) > LONGEST_HEADING * 2:
        return None
    marks = [run.marks for run in block.runs if run.text.strip()]
    bold = bool(marks) and all(BOLD in each or UNDERLINE in each for each in marks)
    italic = bool(marks) and all(ITALIC in each for each in marks)
    look = look_of(text)
    return look._replace(bold=bold, italic=italic) if bold or italic else look


def _sight(item: Item) -> None:  # noqa: PLR0911 - one for each thing that a line can be by itself
    """Decide what a line is by its own words, whatever surrounds it."""
    block, look = item.block, item.look
    if block.role is Role.NOTE and not block.runs:
        return item.decide(What.LEFT_OUT, "", 1, "a rule within a note")
    if block.kind in {Kind.RULE, Kind.PAGE}:
        return item.decide(What.BREAK, "", 1, "a rule or a new page")
    if block.role is Role.NARRATOR:
        return item.decide(What.POV, item.plain, 1, "the file says who tells it")
    if block.role is not Role.BODY:
        return None
    if look is None or not look.bare:
        if (look is not None or not _SAYS.search(item.plain)) and is_break(item.plain):
            item.decide(What.BREAK, "", 1, "nothing but signs")
        elif look is not None and not INVISIBLE.sub("", item.plain).strip():
            item.decide(What.LEFT_OUT, "", 1, "blank")
        return None
    if is_break(item.plain):
        return item.decide(What.BREAK, "", 1, "letters as an ornament")
    if len(look.inner) <= LONGEST_HEADING and look.inner and not block.bullet and not words.KEYED.match(look.inner):
        _sight_words(item, look)
    return None


def _sight_words(item: Item, look: Look) -> None:
    """Decide about a line that says in words what it is."""
    if words.is_break_word(look.inner):
        return item.decide(What.BREAK, "", 0.9, "says that the scene breaks")
    if swapped := _CHAPTER_BEHIND.fullmatch(look.inner):
        item.rest = swapped["rest"]
        item.decide(What.CHAPTER, look.inner, 0.9, "ends with the number of a chapter")
        if view := view_in(item.rest):
            item.pov, item.general, item.genitive = view.name, view.general, view.genitive
        return None
    if view := view_in(look.bare):
        item.general, item.genitive, item.rest = view.general, view.genitive, view.remark
        return item.decide(What.POV, view.name, 0.95 if view.sure else 0.7, "speaks of a point of view")
    if (rest := words.chapter_title(look.inner)) is not None:
        item.rest = rest
        item.decide(What.CHAPTER, look.inner.rstrip(".:"), 0.95, "says that it is a chapter")
        if view := view_behind(rest):
            item.pov, item.general, item.genitive = view.name, view.general, view.genitive
        return None
    starts = look.inner[:1].isupper() or look.inner[:1].isdigit() or look.bracketed
    plain_time = item.alone and starts and words.is_time(look.inner, capitals=False)
    if plain_time or (look.capitals and words.is_time(look.inner, capitals=True)):
        return item.decide(What.TIME, look.inner, 0.9, "says when it happens")
    return None
