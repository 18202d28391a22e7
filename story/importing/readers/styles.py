"""Emphasis from a page's style sheet: Google Docs and Word put it into classes, not tags."""

import re
from functools import lru_cache
from typing import NamedTuple

from story.importing.prose import BOLD, ITALIC, STRIKE, UNDERLINE

LARGEST_SHEET = 256 * 1024
"""How many characters of style sheets are read."""
MOST_RULES = 2000
"""How many classes are remembered."""

_RULE = re.compile(r"\.(?P<name>[\w-]{1,60})\s*\{(?P<says>[^{}]{0,2000})\}")
_SAYS: tuple[tuple[re.Pattern[str], frozenset[str], frozenset[str]], ...] = tuple(
    (re.compile(pattern), frozenset(marks), frozenset(unmarked))
    for pattern, marks, unmarked in (
        (r"font-style\s*:\s*(?:italic|oblique)", {ITALIC}, ()),
        (r"font-style\s*:\s*normal", (), {ITALIC}),
        (r"font-weight\s*:\s*(?:bold|[6-9]00)", {BOLD}, ()),
        (r"font-weight\s*:\s*(?:normal|[34]00)", (), {BOLD}),
        (r"text-decoration[\w-]*\s*:[^;]*line-through", {STRIKE}, ()),
        (r"text-decoration[\w-]*\s*:[^;]*underline", {UNDERLINE}, ()),
    )
)
_KEEPS = re.compile(r"white-space\s*:\s*(?:pre|break-spaces)")
_RAISED = re.compile(r"vertical-align\s*:\s*super")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden")


class Said(NamedTuple):
    """What a style says: marks that it sets or removes, and whether spaces stay, text is raised, or hidden."""

    marks: frozenset[str] = frozenset()
    unmarked: frozenset[str] = frozenset()
    keeps_space: bool = False
    raised: bool = False
    hidden: bool = False


class Styles:
    """The classes of a page."""

    def __init__(self) -> None:
        self.known: dict[str, str] = {}
        self._text: list[str] = []
        self._left = LARGEST_SHEET

    def begin(self) -> None:
        """Begin a style sheet."""
        self._text = []

    def data(self, text: str) -> None:
        """Take some of its text."""
        text = text[: self._left]
        self._left -= len(text)
        self._text.append(text)
        sheet = "".join(self._text)
        if "}" in text:
            for found in _RULE.finditer(sheet):
                if len(self.known) < MOST_RULES:
                    self.known[found["name"]] = found["says"]
            self._text = [sheet[sheet.rfind("}") :]]

    def of(self, classes: str, style: str) -> Said:
        """Return what an element's classes and style say."""
        rules = [self.known[name] for name in classes.split() if name in self.known]
        return _said(";".join([*rules, style]))


@lru_cache(maxsize=512)
def _said(says: str) -> Said:
    marks, unmarked = frozenset[str](), frozenset[str]()
    for pattern, sets, takes in _SAYS:
        if pattern.search(says):
            marks, unmarked = marks | sets, unmarked | takes
    return Said(
        marks, unmarked - marks, bool(_KEEPS.search(says)), bool(_RAISED.search(says)), bool(_HIDDEN.search(says))
    )
