"""Who carries out what members ask, put together in one place."""

from dataclasses import dataclass
from typing import Self

from story.importing.limits import LIMITS, Limits
from story.rules.settings import Settings
from story.services.dates import Dates
from story.services.drafts import Drafts
from story.services.imports import Imports
from story.services.library import Library
from story.services.members import Members
from story.services.queries import Clock, Queries
from story.services.readings import Readings
from story.services.sessions import Sessions
from story.services.settings import SettingsService
from story.services.vitals import VitalsService
from story.store import Store


@dataclass(frozen=True, slots=True)
class Services:
    """What looks things up in one store, who changes what stands there, and the clock that they go by."""

    queries: Queries
    readings: Readings
    members: Members
    sessions: Sessions
    dates: Dates
    settings: SettingsService
    imports: Imports
    drafts: Drafts
    vitals: VitalsService
    clock: Clock

    @classmethod
    def of(cls, store: Store, library: Library, clock: Clock, defaults: Settings, limits: Limits = LIMITS) -> Self:
        """Put them together; the defaults hold where a server has set nothing else, the limits for its stories."""
        queries = Queries(store, library, clock, defaults)
        readings = Readings(store, queries, clock)
        return cls(
            queries,
            readings,
            Members(store, queries, clock),
            Sessions(store, queries, readings, clock),
            Dates(store, clock),
            SettingsService(store, queries, readings),
            Imports(store, queries, clock),
            Drafts(clock, limits),
            VitalsService(store, queries, clock),
            clock,
        )
