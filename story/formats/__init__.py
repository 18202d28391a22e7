"""The forms a story can be brought in: each module takes text and returns a Story, or every mistake in it."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, order=True)
class Mistake:
    """One thing wrong with a story's file. `line` is counted from 1."""

    file: Path
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what}"


class BrokenStoryError(Exception):
    """A story cannot be read; `mistakes` is everything that is wrong with it, in order."""

    def __init__(self, mistakes: list[Mistake]) -> None:
        super().__init__("\n".join(map(str, mistakes)))
        self.mistakes = tuple(mistakes)
