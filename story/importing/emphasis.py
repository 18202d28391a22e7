"""Finds the emphasis that writers type in plain text: `*so*`, `**so**`, `_so_`, and nothing else."""

import re
from collections.abc import Iterator

from story.importing.prose import BOLD, ITALIC, Run

LONGEST_STRETCH = 8000
"""How many characters are searched at a time. Longer emphasis does not count."""

_MARKS = re.compile(r"(?<![\w*_\\])(?P<mark>\*{1,3}|_{1,3})(?![\s*_])(?P<inner>[^*_\n]*[^*_\s])(?P=mark)(?![\w*_])")
_STRETCH = re.compile(rf".{{1,{LONGEST_STRETCH}}}(?!\S)|.{{1,{LONGEST_STRETCH}}}", re.DOTALL)
_MEANT = {1: frozenset((ITALIC,)), 2: frozenset((BOLD,)), 3: frozenset((BOLD, ITALIC))}
_NONE: frozenset[str] = frozenset()


def to_runs(text: str) -> tuple[Run, ...]:
    """Return plain text, a paragraph or a line, as runs with their marks."""
    if "*" not in text and "_" not in text:
        return (Run(text),)
    return tuple(run for stretch in _STRETCH.findall(text) for run in _runs(stretch))


def _runs(text: str) -> Iterator[Run]:
    end = 0
    for found in _MARKS.finditer(text):
        if found.start() > end:
            yield Run(text[end : found.start()])
        yield Run(found["inner"], _MEANT[len(found["mark"])])
        end = found.end()
    if end < len(text):
        yield Run(text[end:])
