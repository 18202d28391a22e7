"""Calls that a worker is given in the tests: it finds them by their module."""

from pathlib import Path
from typing import NoReturn

from story.importing import BrokenStoryError, Mistake

FILE = Path("tale.md")


class OddError(Exception):
    """An error that cannot be pickled."""

    def __reduce__(self) -> NoReturn:
        raise TypeError


def refuse() -> None:
    raise BrokenStoryError([Mistake(FILE, 3, "no")])


def raise_odd() -> None:
    raise OddError
