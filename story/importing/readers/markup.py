"""HTML and XHTML as a stream of blocks: paragraphs, headings and breaks.

It builds no tree, so a file takes little more memory than its text, and time in proportion. It fetches nothing, and
knows no entities but HTML's own.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from story.importing import BrokenStoryError, Mistake
from story.importing.block import Block, Kind
from story.importing.draft import PARAGRAPH
from story.importing.prose import BOLD, ITALIC, STRIKE, UNDERLINE, Run, one_spaced, safe_address
from story.importing.readers.styles import Styles

MOST_PICTURES_NAMED = 20
"""How many pictures get a warning each."""

MOST_TAGS = 50_000
"""The most tags for each MEASURE bytes of a file: twice as many as in prose, read in about a second."""
MEASURE = 1024 * 1024

LONGEST_BLOCK = 20_000
"""About how many characters a block has: a longer one is split, and so takes little memory at a time."""

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
    ("table", "caption", "thead", "tbody", "tfoot", "tr"),
)
_UNSHOWN = frozenset(("img", "svg", "math", "video", "audio", "iframe", "object", "embed", "canvas"))
_DROPPED = _UNSHOWN.union(("head", "title", "script", "style", "template", "noscript", "nav", "select", "textarea"))
_CELLS = frozenset(("td", "th"))
_DEEPEST_LIST = 3
_PIECE = 16 * 1024
_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)
_COMMENT = re.compile(r"cmnt(?P<mark>_ref)?\d{1,4}")  # as Google Docs calls a comment, and its mark in the text
_NOTE_MARK = re.compile(r"\d{1,3}|[*†‡§¶]{1,3}|[a-z]")


class Element(NamedTuple):
    """An element, by what decides its zone: its name, id, classes, and the kinds its author gives it.

    `kinds` are those of `epub:type`, and of `role` without `doc-`.
    """

    name: str
    its_id: str = ""
    classes: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()


ZoneOf = Callable[[str, Element], str]
"""Returns the zone of an element, given the zone around it; DROPPED leaves it out."""
DROPPED = "dropped"
NOTE = "footnote"
"""The zone of footnotes."""


class _Inside(NamedTuple):
    """What an element says about the text in it, at any depth."""

    zone: str = ""
    marks: frozenset[str] = frozenset()
    address: str = ""
    level: int = 0
    quoted: bool = False
    dropped: bool = False
    keeps_space: bool = False
    raised: bool = False
    is_style: bool = False


class Markup:
    """Reads the HTML files of a story: follows their tags, and makes blocks of the text between them.

    `warnings` are about what Discord can't show.
    """

    def __init__(self, zone_of: ZoneOf) -> None:
        self.warnings: list[Mistake] = []
        self._zone_of = zone_of
        self._tags = self._pictures = self._allowed = 0
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
        self._glue = PARAGRAPH
        self._pictured = False
        self._notes: set[str] = set()  # the ids that footnote marks lead to
        self._styles = Styles()

    def blocks(self, data: bytes, file: Path) -> Iterator[Block]:
        """Yield the blocks of a UTF-8 file that are not empty.

        Raises:
            BrokenStoryError: it declares entities of its own, or is mostly tags.
        """
        if entity := _ENTITY.search(data):
            line = data.count(b"\n", 0, entity.start()) + 1
            raise BrokenStoryError([Mistake(file, line, "declares an entity: expected none but those of HTML")])
        self._begin_file(file)
        self._allowed += max(MOST_TAGS // 10, MOST_TAGS * len(data) // MEASURE)
        # The types want every method that a target may have.
        parser = etree.HTMLParser(target=self, encoding="utf-8", no_network=True)  # type: ignore[call-overload] # lxml's stubs lack `target`
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
        """Begin an element; lxml calls this, and the next three."""
        self._tags += 1
        if self._tags > max(self._allowed, MOST_TAGS):
            raise BrokenStoryError(
                [Mistake(self._file, self._line, f"more than {MOST_TAGS:,} tags a megabyte: expected prose")]
            )
        inside = self._open[-1]
        if tag == "style":
            self._styles.begin()
            inside = inside._replace(dropped=True, is_style=True)
        elif inside.dropped:
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
        if inside.is_style:
            self._styles.data(text)
        if inside.dropped:
            return
        if inside.raised:
            text = self._raised(text)
        if not inside.keeps_space:
            text = one_spaced(text.replace("\n", " ").replace("\t", " ").replace("\r", " ").replace("\f", " "))
        for start in range(0, len(text), LONGEST_BLOCK):
            self._say(text[start : start + LONGEST_BLOCK])

    def close(self) -> None:
        """End the file."""
        self._flush()

    def _begin_inline(  # noqa: C901 - one for each element
        self, inside: _Inside, tag: str, attributes: Mapping[str, str]
    ) -> _Inside:
        if tag == "br" or (tag in _CELLS and self._runs):
            self._say("\n" if tag == "br" else " ")
        elif tag in _UNSHOWN:
            self._picture(tag, " ".join(attributes.get("alt", "").split()))
        if tag in _DROPPED:
            return inside._replace(dropped=True)
        if attributes:
            if (classes := attributes.get("class")) and self._zone_of(
                inside.zone, Element(tag, attributes.get("id", ""), frozenset(classes.split()))
            ) == DROPPED:
                return inside._replace(dropped=True)
            inside = self._styled(inside, attributes)
            its_id = attributes.get("id") or attributes.get("name", "")
            if its_id in self._notes and not self._runs:
                self._open[-1] = self._open[-1]._replace(zone=NOTE)
                inside = inside._replace(zone=NOTE)
            kinds = attributes.get("epub:type", "").split()
            if "pagebreak" in kinds or "backlink" in kinds or attributes.get("role") == "doc-backlink":
                return inside._replace(dropped=True)
            if "noteref" in kinds:
                inside = inside._replace(raised=True)
        if tag in _MARKS:
            return inside._replace(marks=inside.marks | _MARKS[tag])
        if tag == "sup":
            return inside._replace(raised=True)
        return self._begin_link(inside, attributes) if tag == "a" else inside

    def _begin_link(self, inside: _Inside, attributes: Mapping[str, str]) -> _Inside:
        href = attributes.get("href", "")
        if comment := _COMMENT.fullmatch(attributes.get("id", "")):
            if not comment["mark"]:
                self._open[-1] = self._open[-1]._replace(dropped=True)
            return inside._replace(dropped=True)
        if inside.raised and "#" in href:
            self._notes.add(href.rpartition("#")[2])
        return inside._replace(address=safe_address(href))

    def _begin_block(self, inside: _Inside, tag: str, attributes: Mapping[str, str]) -> _Inside:
        its_id = attributes.get("id", "")
        kinds = frozenset(
            (attributes.get("epub:type", "") + " " + attributes.get("role", "").replace("doc-", "")).split()
        )
        element = Element(tag, its_id, frozenset(attributes.get("class", "").split()), kinds)
        zone = NOTE if its_id in self._notes else self._zone_of(inside.zone, element)
        if attributes:
            inside = self._styled(inside, attributes)
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
        return inside._replace(zone=zone, dropped=inside.dropped or zone == DROPPED)

    def _styled(self, inside: _Inside, attributes: Mapping[str, str]) -> _Inside:
        """Apply what an element's style says about its text."""
        classes, style = attributes.get("class", ""), attributes.get("style", "")
        if not style and not (classes and self._styles.known):
            return inside
        said = self._styles.of(classes, style)
        marks = (inside.marks | said.marks) - said.unmarked
        return inside._replace(
            marks=marks,
            keeps_space=inside.keeps_space or said.keeps_space,
            raised=inside.raised or said.raised,
            dropped=inside.dropped or said.hidden,
        )

    def _raised(self, text: str) -> str:
        """Return the mark of a footnote apart from the word before; other raised letters stay as they are."""
        mark = text.strip().strip("[]() ")
        if not _NOTE_MARK.fullmatch(mark) or (self._runs and self._runs[-1][0][-1][-1:].isdecimal()):
            return text
        return f" [{mark}]" if self._runs else f"[{mark}] "

    def _next_bullet(self) -> str:
        if not self._lists or not self._lists[-1]:
            return "  " * (len(self._lists[:_DEEPEST_LIST]) - 1) + "- "
        self._lists[-1] += 1
        return "  " * (len(self._lists[:_DEEPEST_LIST]) - 1) + f"{self._lists[-1] - 1}. "

    def _picture(self, tag: str, words: str) -> None:
        """Put a picture's description in its place, and warn that Discord shows no more of it."""
        if words:
            lone = not self._runs
            self._say(f"[{words}]")
            self._pictured = lone
        self._pictures += 1
        if self._pictures <= MOST_PICTURES_NAMED:
            shown = "its description stands for it" if words else "it is left out"
            self.warnings.append(Mistake(self._file, self._line, f"<{tag}> cannot be shown in a section: {shown}"))

    def _say(self, text: str) -> None:
        inside = self._open[-1]
        self._pictured = self._pictured and text.isspace()
        self._length += len(text) + _COST
        if self._length > LONGEST_BLOCK:
            said = self._runs[-1][0][-1] if self._runs else ""
            self._flush()
            self._glue = _between(said, text) if said else PARAGRAPH
            self._length = len(text)
        if not self._runs:
            self._first_line = self._tag_line  # a text's block may come with a later line
        if not self._runs or self._runs[-1][1:] != (inside.marks, inside.address):
            self._runs.append(([], inside.marks, inside.address))
        self._runs[-1][0].append(text)

    def _flush(self) -> None:
        """Make a block of the text since the last one, if there is any."""
        if not self._runs:
            return
        runs = tuple(Run("".join(words), marks, address) for words, marks, address in self._runs)
        glue, pictured = self._glue, self._pictured
        self._runs, self._length, self._glue, self._pictured = [], 0, PARAGRAPH, False
        if any(run.text.strip() for run in runs):
            inside = self._open[-1]
            kind = Kind.HEADING if inside.level else Kind.ITEM if self._bullet else Kind.TEXT
            bullet, self._bullet = self._bullet, ""
            place = (kind, inside.zone, self._first_line)
            self._blocks.append(Block(*place, runs, inside.level, bullet, inside.quoted, glue=glue, picture=pictured))


def _between(one: str, other: str) -> str:
    """Return what separates two pieces of a block that is split for its length."""
    space = one[len(one.rstrip()) :] + other[: len(other) - len(other.lstrip())]
    return "\n" * min(space.count("\n"), 2) or (" " if space else "")
