"""The lines of a manuscript that may be more than prose: what they look like, and what is decided of them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum, auto
from functools import lru_cache
from typing import NamedTuple

from story.importing.analysis import words
from story.importing.analysis.numbers import LINES_KEPT
from story.importing.analysis.view import view_behind, view_in
from story.importing.block import PARAGRAPH, Block, Kind, Role
from story.importing.prose import BOLD, ITALIC, UNDERLINE, Run

LONGEST_HEADING = 80
"""Characters of a line that may be a heading."""
MOST_LINES = 3
"""Lines of a heading that has time and place under a name."""
_ENDS = ".!?…,;:\"“”„«»'’—–"
MOST_WORDS = 6
"""Words of a name or a title right above its text."""

_SIGNS = r"[^\w()\[\]{}\"“”„'‘’«»‹›「」『』【】《》¿¡!?.,;…&@%$€£:]|_"
_AROUND = re.compile(rf"^(?:{_SIGNS})+|(?:{_SIGNS})+$")
_LETTERS_AROUND = re.compile(r"(?P<o>[oO0xX]{2,}|[xX](?=\W))[\W_]+(?P<inner>\S.*\S)[\W_]+(?P=o)")
_BRACKETS = {"(": ")", "[": "]", "{": "}", "<": ">", "【": "】", "《": "》", "『": "』", "「": "」"}
_NO_SIGNS = re.compile(r"[\w\"“”„'‘’«»‹›]|^[.…!?,;:\s]{1,4}$|^[!?]+$|^\W*:\W*[()DP]$")
_LETTERED = re.compile(r"(?:[oO0xX]|(?![\"“”„'‘’«»!?,])[\W_])+")
_DASHES = "-–—―"
_SAYS = re.compile(r"[^\W_]")
_SOFT_HYPHEN = "\xad"
_INVISIBLE = re.compile("[\u200b\u200c\u200e\u200f\u2060\ufeff\xad]")


class What(IntEnum):
    """What a line is decided to be."""

    PROSE = auto()
    BREAK = auto()
    POV = auto()
    CHAPTER = auto()
    TIME = auto()
    NOTE = auto()
    LEFT_OUT = auto()


class Look(NamedTuple):
    """What a short line looks like: the text without ornaments, and without brackets; and what sets it apart."""

    bare: str
    inner: str
    ornate: bool = False
    bracketed: bool = False
    capitals: bool = False
    bold: bool = False
    italic: bool = False
    colon: bool = False

    @property
    def marked(self) -> bool:
        """Whether anything but its place sets the line apart."""
        return self.ornate or self.bracketed or self.capitals or self.bold or self.italic or self.colon


@dataclass(slots=True)
class Item:
    """A block, or a line of one, with what it is decided to be, how sure that is from 0 to 1, and why.

    `said` is what a heading says: a chapter's title, a POV's name, a time. `pov` is who tells a chapter, if its title
    says so, and `rest` what its title says besides its number, or what a POV's line says besides the
    name. `alone` says that nothing is glued to it.
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
        """Say what the line is."""
        self.what, self.said, self.sure, self.why = what, said, sure, why

    @property
    def is_picture(self) -> bool:
        """Whether this is the words that stand for a picture."""
        return self.block.picture

    @property
    def is_prose(self) -> bool:
        """Whether this is a paragraph of the story, as far as is known."""
        return self.what is What.PROSE and self.block.role is not Role.NOTE


def items(blocks: Iterable[Block]) -> list[Item]:
    """Return the lines and paragraphs of blocks, each with what it clearly is by itself."""
    found: list[Item] = []
    for block in map(_without_soft_hyphens, blocks):
        for each in _parted(block):
            plain = each.plain
            item = Item(each, plain, _look(each, plain))
            _sight(item)
            if each.glue != PARAGRAPH and found and item.is_prose and found[-1].is_prose:
                item.alone = found[-1].alone = False
            found.append(item)
    return found


@lru_cache(maxsize=LINES_KEPT)
def look_of(text: str) -> Look:
    """Return what a line without marks looks like."""
    text = _INVISIBLE.sub("", text).strip()
    bare = _AROUND.sub("", text).strip()
    ornate = bare != text and not (text[:1] in _DASHES and text.endswith(bare))
    if lettered := _LETTERS_AROUND.fullmatch(bare):
        bare, ornate = _AROUND.sub("", lettered["inner"]).strip(), True
    inner, bracketed = bare, False
    while len(inner) > 1 and _BRACKETS.get(inner[0]) == inner[-1] and inner[0] not in inner[1:]:
        inner, bracketed = _AROUND.sub("", inner[1:-1].strip()).strip(), True
    colon = inner.endswith((":", "："))
    return Look(
        bare,
        inner.rstrip(":：").strip(),
        ornate,
        bracketed,
        capitals=inner.isupper() and (len(inner) > 1),
        colon=colon,
    )


@lru_cache(maxsize=LINES_KEPT)
def is_break(text: str) -> bool:
    """Whether a line is nothing but signs, or letters that stand for such."""
    text = _INVISIBLE.sub("", text).strip()
    if not text or not _NO_SIGNS.search(text.replace("_", "-")):
        return bool(text)
    if len(text) > LONGEST_HEADING or not _LETTERED.fullmatch(text):
        return False
    return words.is_lettered(re.sub(r"[\W_]", "", text))


def stands_alone(line: str, *, first: bool) -> bool:
    """Whether a line within a paragraph is surely, or as its first line maybe, something of its own."""
    if not line[:1].isalnum() and is_break(line):
        return True
    if len(line) > LONGEST_HEADING or not line or is_break(line):
        return bool(line) and len(line) <= LONGEST_HEADING
    look = look_of(line)
    if not look.inner:
        return False
    if words.is_break_word(look.inner) or view_in(look.bare) or words.chapter_title(look.inner) is not None:
        return True
    if words.KEYED.match(look.inner) or (
        (byline := words.BYLINE.fullmatch(look.inner)) and byline["names"][0].isupper()
    ):
        return True
    return (
        first
        and (look.capitals or look.ornate)
        and not re.search(r"[.,!?…\"“”]$", look.inner)
        and len(look.inner.split()) <= MOST_WORDS
    )


def _without_soft_hyphens(block: Block) -> Block:
    """Return a block without the places where words may be parted, which Discord shows as signs."""
    if not any(_SOFT_HYPHEN in run.text for run in block.runs):
        return block
    return block._replace(runs=tuple(run._replace(text=run.text.replace(_SOFT_HYPHEN, "")) for run in block.runs))


def _parted(block: Block) -> Iterator[Block]:
    """Part a block where lines within it stand for themselves."""
    if not block.runs or block.role is not Role.BODY or not any("\n" in run.text for run in block.runs):
        yield block
        return
    glue, gathered = block.glue, list[Run]()
    first = True
    lines = list(_lines(block.runs))
    if _is_dated_heading(["".join(run.text for run in runs).strip() for runs, _ in lines]):
        yield from (block._replace(runs=tuple(runs), glue=PARAGRAPH) for runs, _ in lines)
        return
    for runs, ends_paragraph in lines:
        text = "".join(run.text for run in runs).strip()
        bold = bool(text) and all(BOLD in run.marks for run in runs if run.text.strip())
        alone = stands_alone(text, first=first) or (first and bold and len(text) <= LONGEST_HEADING)
        if alone and gathered:
            yield block._replace(runs=tuple(gathered), glue=glue)
            glue, gathered = "\n", []
        gathered += [*([Run("\n")] if gathered else []), *runs]
        first = alone
        if (alone or ends_paragraph) and text:
            yield block._replace(runs=tuple(gathered), glue=glue)
            glue, gathered = (PARAGRAPH if ends_paragraph else "\n"), []
            first = True if ends_paragraph else first
    if any(run.text.strip() for run in gathered):
        yield block._replace(runs=tuple(gathered), glue=glue)


def _is_dated_heading(lines: list[str]) -> bool:
    """Whether lines are a heading with when and where under it, such as `Mara` above `The quay, Tuesday night`."""
    if not 1 < len(lines) <= MOST_LINES or any(len(line) > LONGEST_HEADING // 2 or line[-1] in _ENDS for line in lines):
        return False
    return not words.has_time(lines[0]) and any(words.has_time(line) and line[0].isupper() for line in lines[1:])


def _lines(runs: tuple[Run, ...]) -> Iterator[tuple[list[Run], bool]]:
    """Yield the lines of a block, and whether a blank line follows."""
    line: list[Run] = []
    pending: list[Run] | None = None
    for run in runs:
        first, *others = run.text.split("\n")
        line.append(run._replace(text=first))
        for other in others:
            if "".join(each.text for each in line).strip():
                if pending is not None:
                    yield pending, False
                pending = line
            elif pending is not None:
                yield pending, True
                pending = None
            line = [run._replace(text=other)]
    if pending is not None:
        yield pending, False
    if "".join(each.text for each in line).strip():
        yield line, False


def _look(block: Block, text: str) -> Look | None:
    if not text or len(text) > LONGEST_HEADING * 2:
        return None
    marks = [run.marks for run in block.runs if run.text.strip()]
    bold = bool(marks) and all(BOLD in each or UNDERLINE in each for each in marks)
    italic = bool(marks) and all(ITALIC in each for each in marks)
    look = look_of(text)
    return look._replace(bold=bold, italic=italic) if bold or italic else look


def _sight(item: Item) -> None:  # noqa: PLR0911 - one for each thing that a line can be by itself
    """Decide what a line says by its own words, whatever stands around it."""
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
        elif look is not None and not _INVISIBLE.sub("", item.plain).strip():
            item.decide(What.LEFT_OUT, "", 1, "blank")
        return None
    if is_break(item.plain):
        return item.decide(What.BREAK, "", 1, "letters as an ornament")
    if len(look.inner) <= LONGEST_HEADING and look.inner and not block.bullet:
        _sight_words(item, look)
    return None


def _sight_words(item: Item, look: Look) -> None:
    """Decide what a line is that says what it is in words."""
    if words.is_break_word(look.inner):
        return item.decide(What.BREAK, "", 0.9, "says that the scene breaks")
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
