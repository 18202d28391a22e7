"""Tables for a terminal; elsewhere they are plain text."""

from rich import box
from rich.table import Table
from rich.text import Text

from story.cli.terminal import Terminal, plain
from story.model import Pov


def table(terminal: Terminal, first: str, *others: str) -> Table:
    """Return an empty table, with names in the first column and numbers in the others."""
    looked_at = terminal.out.is_terminal
    empty = Table(box=box.SIMPLE_HEAD if looked_at else None, pad_edge=looked_at)
    empty.add_column(first, no_wrap=True)
    for other in others:
        empty.add_column(other, justify="right")
    return empty


def named(pov: Pov) -> Text:
    """Return a POV's name beside its colour."""
    return Text.assemble(("● ", f"#{pov.colour:06x}"), plain(pov.name))
