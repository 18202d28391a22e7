"""The forms a story can be brought in: each module takes text and returns a Story, or every mistake in it."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing wrong with a story's file. `line` and `column` are counted from 1; column 0 is unknown."""

    file: Path
    line: int
    what: str
    column: int = 0

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}" if self.column else f"{self.file}:{self.line}"
        return f"{place}: {self.what}"

    def __lt__(self, other: "Mistake") -> bool:
        return self._place < other._place

    @property
    def _place(self) -> tuple[Path, int, int, str]:
        return self.file, self.line, self.column, self.what


class BrokenStoryError(Exception):
    """A story cannot be read; `mistakes` is everything that is wrong with it, in order."""

    def __init__(self, mistakes: list[Mistake]) -> None:
        super().__init__("\n".join(map(str, mistakes)))
        self.mistakes = tuple(mistakes)

    def __reduce__(self) -> tuple[type["BrokenStoryError"], tuple[list[Mistake]]]:
        """Return how it is made again where it comes out of another process."""
        return BrokenStoryError, (list(self.mistakes),)
