"""Puts the services of a store together."""

from dataclasses import dataclass
from typing import Self

from story.importing.limits import LIMITS, Limits
from story.rules.settings import Settings
from story.rules.timer import TimerKind
from story.services.alerts import Alerts
from story.services.asides import Asides
from story.services.dates import Dates
from story.services.deliveries import Deliveries
from story.services.directs import Directs
from story.services.drafts import Drafts
from story.services.exports import Exports
from story.services.imports import Imports
from story.services.library import Library
from story.services.members import Members
from story.services.queries import Clock, Queries
from story.services.readings import Readings
from story.services.rsvps import Rsvps
from story.services.schedule import Schedule
from story.services.sessions import Sessions
from story.services.settings import SettingsService
from story.services.starts import Starts
from story.services.troubles import Troubles
from story.services.turns import Turns
from story.services.vitals import VitalsService
from story.services.votes import Votes
from story.services.whereabouts import Whereabouts
from story.store import Store
from story.workers.processes import Workers
from story.workers.queue import Work


@dataclass(frozen=True, slots=True)
class Services:
    """The queries and services of one store, and the clock they all use."""

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
    alerts: Alerts
    settings: SettingsService
    imports: Imports
    exports: Exports
    whereabouts: Whereabouts
    drafts: Drafts
    vitals: VitalsService
    deliveries: Deliveries
    troubles: Troubles
    schedule: Schedule
    starts: Starts
    work: Work
    clock: Clock

    @classmethod
    def of(  # noqa: PLR0913 - all that they stand on
        cls,
        store: Store,
        library: Library,
        clock: Clock,
        defaults: Settings,
        limits: Limits = LIMITS,
        *,
        workers: Workers | None = None,
    ) -> Self:
        """Put them together; `defaults` hold unless a server sets something else, and `limits` are for its stories.

        `workers` do long work; without them, threads do.
        """
        work = Work(workers)
        queries = Queries(store, library, clock, defaults)
        turns = Turns(queries, clock)
        troubles = Troubles(store, queries, turns, clock)
        readings = Readings(store, queries, turns, troubles, clock)
        votes = Votes(store, queries, turns, troubles, clock)
        directs, alerts = Directs(store, clock), Alerts(store, queries, clock)
        members = Members(store, queries, directs, clock)
        sessions = Sessions(store, queries, turns, clock)
        dates = Dates(store, sessions, clock)
        deliveries = Deliveries(store, queries, turns, troubles, clock)
        handlers = {
            TimerKind.BALLOT: votes.close,
            TimerKind.CLOSING: alerts.warn,
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
            Rsvps(store, queries, clock),
            directs,
            alerts,
            SettingsService(store, queries, turns),
            Imports(store, queries, turns, clock, limits=limits, work=work),
            Exports(store, queries),
            Whereabouts(store, queries),
            Drafts(clock, limits, work),
            VitalsService(store, clock),
            deliveries,
            troubles,
            Schedule(store, clock, handlers),
            Starts(store, clock),
            work,
            clock,
        )
