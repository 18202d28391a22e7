"""The terminal: how to print to it, and read keys from it."""

import sys
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from time import monotonic
from typing import TypeVar

import readchar
from rich.console import Console, RenderableType
from rich.markup import escape
from rich.progress import Progress

Item = TypeVar("Item")

FINE, BAD_STORY, BAD_REQUEST = 0, 1, 2
"""Exit codes: all is well; a story, or what a command works on, needs fixing; the command line does."""
PATIENCE = 1.0
"""After how many seconds a progress bar appears."""
UNBOUNDED = 10_000
"""How wide a line can be if a program reads it."""


class CannotDoError(Exception):
    """A command can't be carried out; the message says why in one line, `code` is the exit code."""

    def __init__(self, why: str, code: int = BAD_REQUEST) -> None:
        super().__init__(why)
        self.code = code


@dataclass(frozen=True, slots=True)
class Terminal:
    """Where the results of a command go, `out`, and remarks, `err`."""

    out: Console
    err: Console

    @classmethod
    def here(cls) -> "Terminal":
        """Return the program's own terminal."""
        return cls(_console(stderr=False), _console(stderr=True))

    @property
    def has_reader(self) -> bool:
        """Whether somebody sits at it, who can press keys and see the results."""
        return sys.stdin.isatty() and self.out.is_terminal

    def say(self, what: RenderableType = "") -> None:
        """Print a result; a string is made plain, anything else must already be."""
        _print(self.out, what)

    def remark(self, what: RenderableType) -> None:
        """Print a remark, in the same way."""
        _print(self.err, what)

    def answer(self, *, one_key: bool) -> str | None:
        """Wait for a key, or for a line without `one_key` or a person; None if there are no more."""
        if one_key and self.has_reader:
            key = readchar.readchar()
            return None if key in {"", "\x04"} else key.strip()
        line = sys.stdin.readline()
        return line.strip() if line else None

    @contextmanager
    def progress(self, what: str) -> Iterator[Callable[[int, int], None]]:
        """Give a function that takes how much is done, of how much; after PATIENCE a bar shows it."""
        bar = Progress(console=self.err, transient=True, disable=not self.err.is_interactive)
        task = bar.add_task(escape(plain(what)))
        began = monotonic()

        def done(count: int, total: int) -> None:
            bar.update(task, completed=count, total=total)
            if monotonic() - began >= PATIENCE:
                bar.start()

        try:
            yield done
        finally:
            bar.stop()

    def watched(self, items: Sequence[Item], what: str) -> Iterator[Item]:
        """Yield the items, with a progress bar if that takes long."""
        with self.progress(what) as done:
            for count, item in enumerate(items):
                done(count, len(items))
                yield item


def plain(text: str) -> str:
    """Return a text without terminal commands: control characters become `�`."""
    return "".join("�" if _commands(letter) else letter for letter in text)


def count(number: int, one: str, many: str = "") -> str:
    """Return a number of things: "1 scene", "1,200 scenes"; `many` is the plural, if it is not `one` with an s."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


def _commands(letter: str) -> bool:
    # Line ends stay, and so do the joiners, which some scripts and emoji need.
    return letter not in "\n\t\u200c\u200d" and unicodedata.category(letter) in {"Cc", "Cf", "Zl", "Zp"}


def _console(*, stderr: bool) -> Console:
    console = Console(stderr=stderr, markup=False, emoji=False, highlight=False)
    if not console.is_terminal:
        console.width = UNBOUNDED
    return console


def _print(console: Console, what: RenderableType) -> None:
    console.print(plain(what) if isinstance(what, str) else what, soft_wrap=isinstance(what, str))
