"""What a store has written since it was opened."""

from dataclasses import dataclass


@dataclass(slots=True)
class Counts:
    """Counts of commits, and of the votes and pages in them; they only grow."""

    commits: int = 0
    votes: int = 0
    pages: int = 0

    def add(self, *, votes: int, pages: int) -> None:
        """Count a commit and what is in it."""
        self.commits += 1
        self.votes += votes
        self.pages += pages
