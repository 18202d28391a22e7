"""Who carries out what members ask, put together in one place."""

from dataclasses import dataclass
from typing import Self

from story.diary import Diary
from story.keeper import Keeper
from story.narrator import Narrator
from story.pages import Clock, Pages
from story.shelf import Shelf
from story.store import Store
from story.usher import Usher


@dataclass(frozen=True, slots=True)
class Staff:
    """What looks things up in one store, who changes what stands there, and the clock that they go by."""

    pages: Pages
    narrator: Narrator
    keeper: Keeper
    usher: Usher
    diary: Diary
    clock: Clock

    @classmethod
    def of(cls, store: Store, shelf: Shelf, clock: Clock, *, vote_seconds: int, default_story: str) -> Self:
        """Put them together; ballots are open for so long, and a new server begins with that story."""
        pages = Pages(store, shelf, clock)
        narrator = Narrator(store, pages, clock, vote_seconds=vote_seconds, default_story=default_story)
        return cls(
            pages,
            narrator,
            Keeper(store, pages, clock),
            Usher(store, pages, narrator, clock),
            Diary(store, clock),
            clock,
        )
