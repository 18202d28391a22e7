"""Turns plain text into Markdown that says the same: `*emphasis*` survives, nothing else becomes a mark."""

import re

LONGEST_STRETCH = 8000
"""Characters that are turned at a time. Emphasis over more of them is none."""

# Emphasis, by the marks around it; or something that Discord or Markdown would take for a mark of theirs.
_MARKS = re.compile(
    r"(?<![\w*_\\])(?P<mark>\*{1,3}|_{1,3})(?![\s*_])(?P<inner>[^*_\n]*[^*_\s])(?P=mark)(?![\w*_])"
    r"|(?P<escaped>(?<!\w)_|_(?!\w)|[\\*`~|\[]|<(?=[^\s\d])|&(?=\#?\w{1,31};))"
)
_STRETCH = re.compile(rf".{{1,{LONGEST_STRETCH}}}(?!\S)|.{{1,{LONGEST_STRETCH}}}", re.DOTALL)
_AT_LINE_START = re.compile(r"^(?:[+-](?=[\s#])|[#>]|(?P<number>\d{1,9})(?=[.)](?:\s|$)))", re.MULTILINE)


def to_markdown(text: str) -> str:
    """Return plain text, a paragraph or a line, as Markdown."""
    if len(text) > LONGEST_STRETCH:  # as each mark in what is replaced at a time takes some memory
        return "".join(to_markdown(found[0]) for found in _STRETCH.finditer(text))
    return _AT_LINE_START.sub(_line_start, _MARKS.sub(_mark, text))


def _mark(found: re.Match[str]) -> str:
    if found["mark"]:
        stars = "*" * len(found["mark"])
        return f"{stars}{_MARKS.sub(_mark, found['inner'])}{stars}"
    return f"\\{found['escaped']}"


def _line_start(found: re.Match[str]) -> str:
    return f"{found['number']}\\" if found["number"] else f"\\{found[0]}"
