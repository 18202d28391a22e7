"""Who carries out what members ask, put together in one place."""

from dataclasses import dataclass
from typing import Self

from story.importing.limits import LIMITS, Limits
from story.rules.settings import Settings
from story.services.dates import Diary
from story.services.drafts import Workbench
from story.services.imports import Librarian
from story.services.library import Shelf
from story.services.members import Keeper
from story.services.queries import Clock, Pages
from story.services.readings import Narrator
from story.services.sessions import Usher
from story.services.settings import Steward
from story.store import Store


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
