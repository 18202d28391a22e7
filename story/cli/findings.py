"""Shows mistakes in a story's files: file, line, column, and a caret under the place."""

from functools import cache
from pathlib import Path

from rich.cells import cell_len
from rich.text import Text

from story.cli.terminal import plain
from story.importing import BrokenStoryError, Mistake
from story.importing.writing import decode

WIDEST = 100
"""How many columns of a line of source are shown; prose has its paragraphs on one line."""
BEFORE = 40
"""How many columns are shown before the place, if a line is cut."""
ZIP = b"PK\3\4"
"""How an EPUB begins, which has no lines to show."""
STYLES = {"error": "bold red", "warning": "bold yellow"}


def shown(mistake: Mistake, severity: str) -> Text:
    """Return a mistake with its line of source, if there is one. `severity` is one of STYLES."""
    line = _line(mistake.file, mistake.line)
    column = mistake.column or len(line) - len(line.lstrip()) + 1
    text = Text(plain(f"{mistake.file}:{mistake.line}:{column}: "), style="bold")
    text.append(severity, STYLES[severity])
    text.append(plain(f": {mistake.what}"), "not bold")
    if line.strip():
        source, caret = _window(line, column)
        margin = f"{mistake.line:>6} | "
        text.append(f"\n{margin}{source}\n", "not bold")
        text.append(" " * (len(margin) - 2) + "| " + " " * caret, "not bold")
        text.append("^", STYLES[severity])
    return text


def _window(line: str, column: int) -> tuple[str, int]:
    """Return the visible part of a line, and how far into it the place is, in columns of a terminal."""
    start = 0 if len(line) <= WIDEST else max(0, min(column - 1 - BEFORE, len(line) - WIDEST))
    head, end = ("…" if start else ""), start + WIDEST
    tail = "…" if end < len(line) else ""
    source = plain(line.replace("\t", " "))
    return f"{head}{source[start:end]}{tail}", cell_len(head + source[start : column - 1])


def _line(file: Path, number: int) -> str:
    lines = _lines(file)
    return lines[number - 1] if number <= len(lines) else ""


@cache
def _lines(file: Path) -> list[str]:
    """Return the lines of a file as its reader counts them; none if it is no text."""
    try:
        data = file.read_bytes()
        return [] if data.startswith(ZIP) else decode(data, file).split("\n")
    except (OSError, BrokenStoryError):
        return []
