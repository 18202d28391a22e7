"""Everything that reads a story from files: a Story comes out, or every mistake in them."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing that is wrong in a story's file. `line` and `column` count from 1; column 0 is unknown."""

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
    """A story can't be read; `mistakes` is everything that is wrong with it, in order."""

    def __init__(self, mistakes: list[Mistake]) -> None:
        super().__init__("\n".join(map(str, mistakes)))
        self.mistakes = tuple(mistakes)

    def __reduce__(self) -> tuple[type["BrokenStoryError"], tuple[list[Mistake]]]:
        """Return how to rebuild it when it comes from another process."""
        return BrokenStoryError, (list(self.mistakes),)
