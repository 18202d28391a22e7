"""Who carries out what members ask, put together in one place."""

from dataclasses import dataclass
from typing import Self

from story.diary import Diary
from story.formats.limits import LIMITS, Limits
from story.keeper import Keeper
from story.librarian import Librarian
from story.narrator import Narrator
from story.pages import Clock, Pages
from story.settings import Settings
from story.shelf import Shelf
from story.steward import Steward
from story.store import Store
from story.usher import Usher
from story.workbench import Workbench


@dataclass(frozen=True, slots=True)
class Staff:
    """What looks things up in one store, who changes what stands there, and the clock that they go by."""

    pages: Pages
    narrator: Narrator
    keeper: Keeper
    usher: Usher
    diary: Diary
    steward: Steward
    librarian: Librarian
    workbench: Workbench
    clock: Clock

    @classmethod
    def of(cls, store: Store, shelf: Shelf, clock: Clock, defaults: Settings, limits: Limits = LIMITS) -> Self:
        """Put them together; the defaults hold where a server has set nothing else, the limits for its stories."""
        pages = Pages(store, shelf, clock, defaults)
        narrator = Narrator(store, pages, clock)
        return cls(
            pages,
            narrator,
            Keeper(store, pages, clock),
            Usher(store, pages, narrator, clock),
            Diary(store, clock),
            Steward(store, pages, narrator),
            Librarian(store, pages, clock),
            Workbench(clock, limits),
            clock,
        )
