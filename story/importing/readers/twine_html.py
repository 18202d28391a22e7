"""A game published from Twine 2: one HTML file with its passages, inside a story format."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

from story.importing import BrokenStoryError, Mistake
from story.importing.draft import Draft
from story.importing.limits import LIMITS, Limits
from story.importing.twee import Passage, Reading
from story.importing.writing import decode

_MARK = re.compile(rb"<tw-storydata\b|<tw-passagedata\b|id=[\"'](?:store-?[aA]rea)[\"']")
_STORY = re.compile(r"<tw-storydata\b([^>]{0,2000})>")
_PASSAGE = re.compile(r"<tw-passagedata\b([^>]{0,5000})>([^<]*)</tw-passagedata>")
_ATTRIBUTE = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")


def is_published(data: bytes) -> bool:
    """Whether an HTML file is a published Twine game."""
    return _MARK.search(data) is not None


def read_published(data: bytes, name: str, limits: Limits = LIMITS) -> Draft:
    """Read a published game as a draft, as if it were Twee.

    Raises:
        BrokenStoryError: with every macro, every link that leads nowhere, and whatever else is wrong.
    """
    file = Path(name)
    text = decode(data, file)
    story = _STORY.search(text)
    found = list(_PASSAGE.finditer(text))
    if not story or not found:
        what = "a game of Twine 1, or one without passages: open it in Twine 2, and choose “Export As Twee”"
        raise BrokenStoryError([Mistake(file, 1, what)])
    if len(found) > limits.sections:
        raise BrokenStoryError([Mistake(file, 1, f"{len(found):,} passages; at most {limits.sections:,} are read")])
    said = _attributes(story[1])
    reading = Reading(file, limits)
    passages: dict[str, Passage] = {}
    start = ""
    for attributes, passage in _passages(found, text, file):
        reading.add(passages, passage)
        if attributes.get("pid") == said.get("startnode"):
            start = passage.name
    draft = reading.read(passages, {"format": said.get("format", ""), **({"start": start} if start else {})})
    return draft.entitled(said.get("name", "") or file.stem)


def _passages(found: list[re.Match[str]], text: str, file: Path) -> Iterator[tuple[dict[str, str], Passage]]:
    line, counted = 1, 0
    for each in found:
        line, counted = line + text.count("\n", counted, each.start()), each.start()
        attributes = _attributes(each[1])
        tags = tuple(attributes.get("tags", "").split())
        # The text begins on the line of its tag, not on the next one.
        yield attributes, Passage(attributes.get("name", "").strip(), tags, line - 1, unescape(each[2]).rstrip(), file)


def _attributes(text: str) -> dict[str, str]:
    return {found[1]: unescape(found[2] or found[3] or "") for found in _ATTRIBUTE.finditer(text)}
