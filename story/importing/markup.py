"""HTML and XHTML as a stream of blocks: paragraphs, headings and breaks, one after the other.

No tree is built, so that a file takes little more memory than its text, and time in proportion to it. Nothing is
fetched, and no entity but HTML's own means anything.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from enum import Enum, auto
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from story.importing import BrokenStoryError, Mistake
from story.importing.prose import BOLD, ITALIC, STRIKE, UNDERLINE, Run, one_spaced, plain, safe_address, to_markdown

MOST_PICTURES_NAMED = 20
"""Pictures that are warned of one by one."""

MOST_TAGS = 50_000
"""Tags of all files of a story: five times those of a long novel, and read in about a second."""

LONGEST_BLOCK = 20_000
"""Characters of a block, about: what is longer is parted, and so takes little memory at a time."""

_LONGEST_SHORT = 200
_COST = 20  # of a piece of text, in characters
_MARKS = {
    **dict.fromkeys(("em", "i", "cite", "dfn", "var"), frozenset((ITALIC,))),
    **dict.fromkeys(("strong", "b"), frozenset((BOLD,))),
    **dict.fromkeys(("u", "ins"), frozenset((UNDERLINE,))),
    **dict.fromkeys(("s", "strike", "del"), frozenset((STRIKE,))),
}
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LISTS = frozenset(("ul", "ol"))
_BLOCKS = (_HEADINGS.keys() | _LISTS).union(
    ("html", "body", "main", "header", "footer", "section", "article", "aside", "address", "center", "div", "p"),
    ("li", "dl", "dt", "dd", "blockquote", "pre", "hr", "figure", "figcaption", "details", "summary"),
    ("table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th"),
)
_UNSHOWN = frozenset(("img", "svg", "math", "video", "audio", "iframe", "object", "embed", "canvas"))
_DROPPED = _UNSHOWN.union(("head", "title", "script", "style", "template", "noscript", "nav", "select", "textarea"))
_DEEPEST_LIST = 3
_PIECE = 16 * 1024
_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)


class Kind(Enum):
    """What a block is."""

    TEXT = auto()
    ITEM = auto()
    HEADING = auto()
    RULE = auto()


class Block(NamedTuple):
    """A paragraph, an item of a list, a heading of a level from 1 to 6, or a rule.

    `zone` is what the reader of the format calls the place that it stands in; `line` is counted from 1.
    """

    kind: Kind
    zone: str
    line: int
    runs: tuple[Run, ...] = ()
    level: int = 0
    bullet: str = ""
    quoted: bool = False

    @property
    def is_short(self) -> bool:
        """Whether this may be a heading, by its length."""
        return sum(len(run.text) for run in self.runs) <= _LONGEST_SHORT

    @property
    def plain(self) -> str:
        """The text in one line, without marks."""
        return plain(self.runs)

    @property
    def text(self) -> str:
        """The text as Markdown, with the marks of a list and a quotation."""
        text = self.bullet + to_markdown(self.runs)
        return re.sub("^", "> ", text, flags=re.MULTILINE) if self.quoted else text


ZoneOf = Callable[[str, str, str, str], str]
"""Says which zone an element is in, by the zone around it, its name, its id and its classes."""


class _Inside(NamedTuple):
    """What an element says of the text in it, and in the elements in it."""

    zone: str = ""
    marks: frozenset[str] = frozenset()
    address: str = ""
    level: int = 0
    quoted: bool = False
    dropped: bool = False
    keeps_space: bool = False


class Markup:
    """Reads the HTML files of one story: follows their tags, and makes blocks of the text between them.

    `warnings` are about what Discord cannot show.
    """

    def __init__(self, zone_of: ZoneOf) -> None:
        self.warnings: list[Mistake] = []
        self._zone_of = zone_of
        self._tags = self._pictures = 0
        self._begin_file(Path())

    def _begin_file(self, file: Path) -> None:
        self._file = file
        self._line = self._tag_line = self._first_line = 1
        self._open = [_Inside()]
        self._lists: list[int] = []  # the next number in each list that is open, 0 where its items have none
        self._blocks: list[Block] = []
        self._runs: list[tuple[list[str], frozenset[str], str]] = []
        self._length = 0
        self._bullet = ""

    def blocks(self, data: bytes, file: Path) -> Iterator[Block]:
        """Yield the blocks of a file in UTF-8 that say something.

        Raises:
            BrokenStoryError: it declares entities of its own, or the files have more than MOST_TAGS tags.
        """
        if entity := _ENTITY.search(data):
            line = data.count(b"\n", 0, entity.start()) + 1
            raise BrokenStoryError([Mistake(file, line, "declares an entity: expected none but those of HTML")])
        self._begin_file(file)
        # The types ask for every method that a target may have.
        parser = etree.HTMLParser(target=self, encoding="utf-8", no_network=True)  # type: ignore[call-overload]
        pieces = BytesIO(data)
        while piece := pieces.readline(_PIECE):
            parser.feed(piece)
            yield from self._taken()
            self._line += piece.endswith(b"\n")
        with suppress(etree.XMLSyntaxError):  # there was not one element in it
            parser.close()
        yield from self._taken()

    def _taken(self) -> list[Block]:
        blocks, self._blocks = self._blocks, []
        return blocks

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Begin an element; lxml calls this, as the next three."""
        self._tags += 1
        if self._tags > MOST_TAGS:
            raise BrokenStoryError([Mistake(self._file, self._line, f"more than {MOST_TAGS:,} tags: expected prose")])
        inside = self._open[-1]
        if inside.dropped:
            pass
        elif tag in _BLOCKS:
            self._flush()
            inside = self._begin_block(inside, tag, attributes)
        else:
            inside = self._begin_inline(inside, tag, attributes)
        self._open.append(inside)
        self._tag_line = self._line

    def end(self, tag: str) -> None:
        """End the element that began last."""
        if tag in _BLOCKS and not self._open[-1].dropped:
            self._flush()
            if tag in _LISTS:
                self._lists.pop()
            elif tag == "li":
                self._bullet = ""
        self._open.pop()
        self._tag_line = self._line

    def data(self, text: str) -> None:
        """Take in some of the text in it."""
        inside = self._open[-1]
        if inside.dropped:
            return
        if not inside.keeps_space:
            text = one_spaced(text.replace("\n", " ").replace("\t", " ").replace("\r", " ").replace("\f", " "))
        for start in range(0, len(text), LONGEST_BLOCK):
            self._say(text[start : start + LONGEST_BLOCK])

    def close(self) -> None:
        """End the file."""
        self._flush()

    def _begin_inline(self, inside: _Inside, tag: str, attributes: Mapping[str, str]) -> _Inside:
        if tag in _MARKS:
            return inside._replace(marks=inside.marks | _MARKS[tag])
        if tag == "a":
            return inside._replace(address=safe_address(attributes.get("href", "")))
        if tag == "br":
            self._say("\n")
        elif tag in _UNSHOWN:
            self._picture(tag, " ".join(attributes.get("alt", "").split()))
        return inside._replace(dropped=True) if tag in _DROPPED else inside

    def _begin_block(self, inside: _Inside, tag: str, attributes: Mapping[str, str]) -> _Inside:
        zone = self._zone_of(inside.zone, tag, attributes.get("id", ""), attributes.get("class", ""))
        if tag == "hr":
            self._blocks.append(Block(Kind.RULE, inside.zone, self._line))
        elif tag in _LISTS:
            self._lists.append(int(tag == "ol"))
        elif tag == "li":
            self._bullet = self._next_bullet()
        elif tag in _HEADINGS:
            inside = inside._replace(level=_HEADINGS[tag])
        elif tag == "pre":
            inside = inside._replace(keeps_space=True)
        elif tag == "blockquote" and zone == inside.zone:
            inside = inside._replace(quoted=True)
        return inside if zone == inside.zone else inside._replace(zone=zone)

    def _next_bullet(self) -> str:
        if not self._lists or not self._lists[-1]:
            return "  " * (len(self._lists[:_DEEPEST_LIST]) - 1) + "- "
        self._lists[-1] += 1
        return "  " * (len(self._lists[:_DEEPEST_LIST]) - 1) + f"{self._lists[-1] - 1}. "

    def _picture(self, tag: str, words: str) -> None:
        """Let the words that describe a picture stand for it, and warn that Discord shows no more of it."""
        if words:
            self._say(f"[{words}]")
        self._pictures += 1
        if self._pictures <= MOST_PICTURES_NAMED:
            shown = "its description stands for it" if words else "it is left out"
            self.warnings.append(Mistake(self._file, self._line, f"<{tag}> cannot be shown in a section: {shown}"))

    def _say(self, text: str) -> None:
        inside = self._open[-1]
        self._length += len(text) + _COST
        if self._length > LONGEST_BLOCK:
            self._flush()
            self._length = len(text)
        if not self._runs:
            self._first_line = self._tag_line  # what comes of a text may come with a later line
        if not self._runs or self._runs[-1][1:] != (inside.marks, inside.address):
            self._runs.append(([], inside.marks, inside.address))
        self._runs[-1][0].append(text)

    def _flush(self) -> None:
        """Make a block of what has been said since the last one, if it says anything."""
        runs = tuple(Run("".join(words), marks, address) for words, marks, address in self._runs)
        self._runs, self._length = [], 0
        if any(run.text.strip() for run in runs):
            inside = self._open[-1]
            kind = Kind.HEADING if inside.level else Kind.ITEM if self._bullet else Kind.TEXT
            bullet, self._bullet = self._bullet, ""
            self._blocks.append(Block(kind, inside.zone, self._first_line, runs, inside.level, bullet, inside.quoted))
