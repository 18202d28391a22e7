"""Twee 3, Twine's text format: passages become scenes, and the links between them the ways on.

`:: Name [tags] {"metadata": …}` begins a passage. One that is tagged `pov-anna`, or that begins with a heading such as
`ANNA POV`, is told by that POV.
"""

import json
import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, replace
from io import StringIO
from itertools import pairwise
from pathlib import Path
from typing import Any

from story.importing import BrokenStoryError, Mistake
from story.importing.analysis.looks import LONGEST_HEADING, look_of
from story.importing.analysis.view import view_in
from story.importing.draft import Draft, Part
from story.importing.ids import slug, unique_ids
from story.importing.limits import LIMITS, LONGEST_SCENE_ID, Limits
from story.importing.prose import escape
from story.importing.twine import macros, to_line, to_words, without_comments
from story.importing.writing import decode
from story.model import Link

MOST_MISTAKES = 500
"""How many mistakes of a file are named."""
LONGEST_LINE = 20_000
"""The most characters in a line of a passage."""

_START = re.compile(r"^::", re.MULTILINE)
_ESCAPED_START = re.compile(r"^\\::", re.MULTILINE)
_HEADER = re.compile(r"::((?:\\.|[^\\\[\]{}])*+)(?:\[((?:\\.|[^\\\[\]{}])*+)\]\s*+)?(?:\{.*\})?")
_LINK = re.compile(r"\[\[([^\[\]\n]*)\](\[[^\[\]\n]*\])?\]")
_BETWEEN_LINKS = re.compile(r"(?:[\s*>|/,.•·–—-]|\bor\b)*+", re.IGNORECASE)
_POV_TAG = re.compile(r"pov[-_:.](.+)|(.+)[-_:.]pov", re.IGNORECASE)
_NO_PROSE = re.compile(r"script|stylesheet|widget|twine\.\w+", re.IGNORECASE)
_SAID_OF_THE_STORY = {"StoryTitle", "StoryData", "StoryAuthor"}
_NO_PASSAGE = re.compile(
    r"Story(?:Subtitle|Menu|Init|Caption|Banner|Interface|Share|Settings|Includes|DisplayTitle)"
    r"|Passage(?:Header|Footer|Ready|Done)"
)


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage as written; `line` is its header's, and `text` begins on the next one."""

    name: str
    tags: tuple[str, ...]
    line: int
    text: str
    file: Path


@dataclass(frozen=True, slots=True)
class _Scene:
    """A passage that was read: who tells it, its text as Markdown, and its ways on, labels by names."""

    passage: Passage
    pov: str
    text: str
    ways: dict[str, str]


def read_twee(data: bytes, name: str, limits: Limits = LIMITS) -> Draft:
    """Read a Twee file as a draft of the passages that can be reached, the starting one first.

    Raises:
        BrokenStoryError: with every macro, every link that leads nowhere, and whatever else is wrong.
    """
    return read_twee_files({Path(name): data}, Path(name), limits)


def read_twee_files(files: Mapping[Path, bytes], file: Path, limits: Limits = LIMITS) -> Draft:
    """As `read_twee`, for several files of one story."""
    reading = Reading(file, limits)
    passages: dict[str, Passage] = {}
    for each, data in files.items():
        for passage in reading.passages(decode(data, each), each):
            reading.add(passages, passage)
    return reading.read(passages)


class Reading:
    """Reads a story, and gathers the mistakes in it."""

    def __init__(self, file: Path, limits: Limits) -> None:
        self.file, self.limits = file, limits
        self.mistakes: list[Mistake] = []
        self.warnings: list[Mistake] = []
        self.format = ""
        self._macros: dict[str, list[Mistake]] = {}

    def read(self, passages: dict[str, Passage], said: Mapping[str, str] | None = None) -> Draft:
        """Make a draft of the passages, by their names; `said` stands in for a missing StoryData."""
        data = dict(said) if said is not None else self._data(passages.get("StoryData"))
        self.format = str(data.get("format", "")).casefold()
        read = {name: passage for name, passage in passages.items() if self._is_read(passage)}
        scenes = {name: self._scene(passage, read.keys()) for name, passage in read.items()}
        start = self._start(passages.get("StoryData"), data, scenes)
        reached = _reached(start, scenes)
        for name in reached:
            if not scenes[name].text:
                self._mistake(scenes[name].passage, 0, f"“{name}” is empty: expected text")
        self.mistakes += map(_gathered, self._macros.values())
        if self.mistakes:
            raise BrokenStoryError(sorted(self.mistakes))
        for name in scenes.keys() - reached:
            self._warning(scenes[name].passage, f"“{name}” is left out: no passage leads to it")
        title, author = passages.get("StoryTitle"), passages.get("StoryAuthor")
        return Draft(
            title=(title.text.strip() if title else "") or self.file.stem,
            authors=tuple(filter(None, [author.text.strip()])) if author else (),
            parts=tuple(_parts([scenes[start], *(scenes[name] for name in scenes if name in reached - {start})])),
            warnings=tuple(sorted(self.warnings)),
            file=self.file,
        )

    def _mistake(self, passage: Passage, line: int, what: str, column: int = 0) -> None:
        """Note a mistake on a line of a passage, counted from its header."""
        self._add(Mistake(passage.file, passage.line + line, what, column))

    def _add(self, mistake: Mistake) -> None:
        self.mistakes.append(mistake)
        if len(self.mistakes) == MOST_MISTAKES:
            what = f"and perhaps more: these are the first {MOST_MISTAKES}"
            raise BrokenStoryError([*sorted(self.mistakes), replace(mistake, what=what, column=0)])

    def _warning(self, passage: Passage, what: str) -> None:
        self.warnings.append(Mistake(passage.file, passage.line, what))

    def add(self, passages: dict[str, Passage], passage: Passage) -> None:
        """Add a passage to those known by name, unless the name is taken."""
        first = passages.setdefault(passage.name, passage)
        if first is not passage:
            where = f"line {first.line}" if first.file == passage.file else f"line {first.line} of {first.file.name}"
            self._mistake(passage, 0, f"a second passage “{passage.name}”; the first is on {where}")

    def passages(self, text: str, file: Path) -> Iterator[Passage]:
        """Split the text of a file at its headers."""
        count = text.count("\n::") + text.startswith("::")
        if count > self.limits.sections:
            what = f"{count:,} passages; at most {self.limits.sections:,} are read"
            raise BrokenStoryError([Mistake(self.file, 1, what)])
        starts = [found.start() for found in _START.finditer(text)]
        if text[: starts[0] if starts else None].strip():
            self.warnings.append(Mistake(file, 1, "text before the first passage is left out"))
        line, counted = 1, 0
        for start, end in pairwise([*starts, len(text)]):
            line, counted = line + text.count("\n", counted, start), start
            header, _, content = text[start:end].partition("\n")
            found = _HEADER.fullmatch(header.rstrip())
            name = _unescaped(found[1]) if found else ""
            if not found or not name:
                self._add(Mistake(file, line, "not the header of a passage: expected `:: Name [tags]`"))
            else:
                # A line of text that looks like a header has a backslash in front.
                content = _ESCAPED_START.sub("::", content.rstrip())
                yield Passage(name, tuple(_unescaped(found[2] or "").split()), line, content, file)

    def _data(self, passage: Passage | None) -> dict[str, Any]:
        try:
            data = json.loads(passage.text) if passage else {}
        except (ValueError, RecursionError):
            data = None
        if passage and not isinstance(data, dict):
            self._warning(passage, "StoryData is not JSON that can be read: expected { … }")
        return data if isinstance(data, dict) else {}

    def _is_read(self, passage: Passage) -> bool:
        """Whether a passage belongs to the story; it warns of one with text that does not."""
        if passage.name in _SAID_OF_THE_STORY:
            return False
        code = next((tag for tag in passage.tags if _NO_PROSE.fullmatch(tag)), "")
        if code:
            self._warning(passage, f"“{passage.name}” is left out: it is tagged {code}")
        elif _NO_PASSAGE.fullmatch(passage.name):
            self._refuse_macros(passage, passage.text)
            self._warning(passage, f"“{passage.name}” is left out: it is no passage that is gone to")
        return not code and not _NO_PASSAGE.fullmatch(passage.name)

    def _refuse_macros(self, passage: Passage, text: str) -> None:
        for macro in macros(text, self.format):
            what = f"{macro.what} is not carried out: {macro.instead}"
            place = passage.line + 1 + macro.line
            self._macros.setdefault(macro.what, []).append(Mistake(passage.file, place, what, macro.column + 1))

    def _scene(self, passage: Passage, known: Container[str]) -> _Scene:
        """Read a passage; its text leaves out links on lines of their own at the end."""
        text = without_comments(passage.text)
        self._refuse_macros(passage, text)
        pov = next((_pov(tagged) for tag in passage.tags if (tagged := _POV_TAG.fullmatch(tag))), "")
        ways: dict[str, str] = {}
        written = StringIO()
        length = end = 0
        blank = True
        for number, line in enumerate(text.split("\n"), 1):
            words = self._line(passage, line, number)
            for label, target, column in self._links(passage, line, number):
                if target not in known:
                    self._mistake(passage, number, f"no passage “{target}”", column)
                ways.setdefault(target, label)
            if words and not length and len(line) <= LONGEST_HEADING and (view := view_in(_bare(line, self.format))):
                pov = view.name
                continue
            if words or not blank:
                length += written.write(words + "\n")
            blank = not words
            if words and not ("[[" in line and _BETWEEN_LINKS.fullmatch(_LINK.sub(" ", line))):
                end = length
        return _Scene(passage, pov, written.getvalue()[: end or length].strip("\n"), ways)

    def _line(self, passage: Passage, line: str, number: int) -> str:
        """Return a line as Markdown, with the words of its links."""
        if len(line) > LONGEST_LINE:
            self._mistake(passage, number, f"a line of {len(line):,} characters; at most {LONGEST_LINE:,} are read")
            return ""
        if not line or line.isspace():
            return ""
        return to_line(_LINK.sub(self._words, line) if "[[" in line else line, self.format)

    def _links(self, passage: Passage, line: str, number: int) -> Iterator[tuple[str, str, int]]:
        """Yield the label, the target and the column of each link to a passage."""
        if "[[" not in line:
            return
        for found in _LINK.finditer(line):
            label, target = _parted(found[1])
            if found[2]:
                self._mistake(
                    passage, number, f"the setter {found[2]} of SugarCube is not carried out", found.start() + 1
                )
            elif not target:
                self._mistake(passage, number, "a link to no passage: expected [[Name]]", found.start() + 1)
            elif not _is_address(target):
                yield to_words(label, self.format) or target, target, found.start() + 1
        left_open = _LINK.sub(lambda found: " " * len(found[0]), line).find("[[")
        if left_open >= 0:
            self._mistake(passage, number, "a link that does not end: expected [[Name]]", left_open + 1)

    def _words(self, found: re.Match[str]) -> str:
        label, target = _parted(found[1])
        return f"{label} ({target})" if _is_address(target) and label != target else label

    def _start(self, passage: Passage | None, data: dict[str, Any], scenes: dict[str, _Scene]) -> str:
        start = str(data.get("start", "Start"))
        if start in scenes:
            return start
        where = Mistake(passage.file, passage.line, "") if passage and "start" in data else Mistake(self.file, 1, "")
        what = f"no passage “{start}” to begin with: expected one, or another as `start` in StoryData"
        self._add(replace(where, what=what))
        return ""


def _reached(start: str, scenes: dict[str, _Scene]) -> set[str]:
    """Return the names of the scenes that can be reached."""
    ahead = {start} & scenes.keys()
    reached = set(ahead)
    while ahead:
        ahead = ({target for name in ahead for target in scenes[name].ways} & scenes.keys()) - reached
        reached |= ahead
    return reached


def _parts(scenes: list[_Scene]) -> Iterator[Part]:
    names = [scene.passage.name for scene in scenes]
    ids = dict(zip(names, unique_ids(map(slug, names), LONGEST_SCENE_ID), strict=True))
    for scene in scenes:
        links = tuple(Link(label, ids[target]) for target, label in scene.ways.items())
        name = scene.passage.name
        heading = escape(name, starts_line=False)
        yield Part(scene.pov, scene.text, scene.passage.line + 1, heading, id=ids[name], links=links)


def _parted(link: str) -> tuple[str, str]:
    """Return the label and the target of a link, the same if it has only one of them."""
    if "->" in link:
        label, _, target = link.rpartition("->")
    elif "<-" in link:
        target, _, label = link.partition("<-")
    else:
        label, _, target = link.rpartition("|")
    return (label or target).strip(), target.strip()


def _is_address(target: str) -> bool:
    return target.startswith(("http://", "https://"))


def _pov(tag: re.Match[str]) -> str:
    return re.sub(r"[-_]+", " ", tag[1] or tag[2]).strip().title()


def _gathered(places: list[Mistake]) -> Mistake:
    """Return one mistake for all places of a macro: how many they are, and where the first is."""
    first = min(places)
    return first if len(places) == 1 else replace(first, what=f"{first.what} ({len(places):,} times)")


def _bare(line: str, story_format: str) -> str:
    return look_of(to_words(line, story_format)).bare


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text).strip()
