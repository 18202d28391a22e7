"""Who carries out what members ask, put together in one place."""

from dataclasses import dataclass
from typing import Self

from story.keeper import Keeper
from story.narrator import Clock, Narrator
from story.shelf import Shelf
from story.store import Store
from story.usher import Usher


@dataclass(frozen=True, slots=True)
class Staff:
    """The narrator, the keeper and the usher of one store, and the clock that they go by."""

    narrator: Narrator
    keeper: Keeper
    usher: Usher
    clock: Clock

    @classmethod
    def of(cls, store: Store, shelf: Shelf, clock: Clock, *, vote_seconds: int, default_story: str) -> Self:
        """Put them together; ballots are open for so long, and a new server begins with that story."""
        narrator = Narrator(store, shelf, clock, vote_seconds=vote_seconds, default_story=default_story)
        return cls(narrator, Keeper(store, narrator, clock), Usher(store, narrator, clock), clock)
