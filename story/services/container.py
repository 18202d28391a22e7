"""The services of one store, put together in one place."""

from dataclasses import dataclass
from typing import Self

from story.importing.limits import LIMITS, Limits
from story.rules.settings import Settings
from story.rules.timer import TimerKind
from story.services.asides import Asides
from story.services.dates import Dates
from story.services.deliveries import Deliveries
from story.services.directs import Directs
from story.services.drafts import Drafts
from story.services.imports import Imports
from story.services.library import Library
from story.services.members import Members
from story.services.queries import Clock, Queries
from story.services.readings import Readings
from story.services.rsvps import Rsvps
from story.services.schedule import Schedule
from story.services.sessions import Sessions
from story.services.settings import SettingsService
from story.services.troubles import Troubles
from story.services.turns import Turns
from story.services.vitals import VitalsService
from story.services.votes import Votes
from story.store import Store


@dataclass(frozen=True, slots=True)
class Services:
    """What looks things up in one store, what changes what stands there, and the clock that all go by."""

    store: Store
    queries: Queries
    readings: Readings
    asides: Asides
    votes: Votes
    members: Members
    sessions: Sessions
    dates: Dates
    rsvps: Rsvps
    directs: Directs
    settings: SettingsService
    imports: Imports
    drafts: Drafts
    vitals: VitalsService
    deliveries: Deliveries
    troubles: Troubles
    schedule: Schedule
    clock: Clock

    @classmethod
    def of(cls, store: Store, library: Library, clock: Clock, defaults: Settings, limits: Limits = LIMITS) -> Self:
        """Put them together; the defaults hold where a server has set nothing else, the limits for its stories."""
        queries = Queries(store, library, clock, defaults)
        turns = Turns(queries, clock)
        readings = Readings(store, queries, turns, clock)
        troubles = Troubles(store, queries, turns, clock)
        votes = Votes(store, queries, turns, troubles, clock)
        directs = Directs(store, clock)
        members = Members(store, queries, directs, clock)
        sessions = Sessions(store, queries, turns, clock)
        dates = Dates(store, sessions, clock)
        deliveries = Deliveries(store, queries, turns, troubles, clock)
        handlers = {
            TimerKind.BALLOT: votes.close,
            TimerKind.REMINDER: dates.remind,
            TimerKind.DATE: dates.come,
            TimerKind.SESSION: sessions.end_forgotten,
            TimerKind.DELIVERY: deliveries.retry,
            TimerKind.READING: readings.forget,
            TimerKind.DEPARTURE: members.forget_departed,
        }
        return cls(
            store,
            queries,
            readings,
            Asides(store, queries, turns, dates, clock),
            votes,
            members,
            sessions,
            dates,
            Rsvps(store, clock),
            directs,
            SettingsService(store, queries, turns),
            Imports(store, queries, turns, clock),
            Drafts(clock, limits),
            VitalsService(store, clock),
            deliveries,
            troubles,
            Schedule(store, clock, handlers),
            clock,
        )
