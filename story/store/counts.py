"""What a store has written since it was opened."""

from dataclasses import dataclass


@dataclass(slots=True)
class Counts:
    """Commits, and the votes and pages in them; they only grow."""

    commits: int = 0
    votes: int = 0
    pages: int = 0

    def add(self, *, votes: int, pages: int) -> None:
        """Count a commit and what it has brought."""
        self.commits += 1
        self.votes += votes
        self.pages += pages
