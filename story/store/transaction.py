"""A change to the database, and what others need to know once it is committed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from story.rules.delivery import Delivery
from story.store.connection import Connection
from story.store.dates import DateWrites
from story.store.dialect import SQLITE, Dialect
from story.store.directs import DirectWrites
from story.store.members import MemberWrites
from story.store.page import Changes
from story.store.readings import ReadingWrites
from story.store.servers import ServerWrites
from story.store.sessions import SessionWrites
from story.store.snapshot import Snapshot
from story.store.timers import TimerWrites
from story.store.troubles import TroubleWrites


@dataclass(frozen=True, slots=True)
class Commit:
    """What a transaction has changed: `readings`, None for any, and `due`, the first instant of the timers it set.

    `deliveries` are new, and those of `retried` are to be tried again. `settings` are the servers' new ones. `again` is
    for no transaction of this store: anything may have been written unnoticed. `elsewhere` says that another process
    may have written what this one has in memory.
    """

    readings: frozenset[int] | None
    deliveries: tuple[Delivery, ...] = ()
    retried: tuple[int, ...] = ()
    due: datetime | None = None
    settings: Mapping[int, Changes] = field(default_factory=dict)
    again: bool = False
    elsewhere: bool = False


class Transaction(
    Snapshot,
    ReadingWrites,
    SessionWrites,
    DateWrites,
    TimerWrites,
    MemberWrites,
    DirectWrites,
    TroubleWrites,
    ServerWrites,
):
    """A transaction under way: all that it writes is kept, or nothing. `votes` and `pages` count those in it.

    `concerns_all` says that other processes have to hear of it, though it may change no story, setting or reading.
    """

    def __init__(self, connection: Connection, dialect: Dialect = SQLITE) -> None:
        super().__init__(connection, dialect)
        self.touched: set[int] | None = set()
        self.delivered: list[Delivery] = []
        self.retried: list[int] = []
        self.earliest: datetime | None = None
        self.settings_set: dict[int, Changes] = {}
        self.stories_changed = self.concerns_all = False
        self.votes = self.pages = 0

    def touch_all(self) -> None:
        """Note that any reading may have changed."""
        self.touched = None

    @property
    def commit(self) -> Commit:
        """What it has changed so far."""
        touched = None if self.touched is None else frozenset(self.touched)
        return Commit(touched, tuple(self.delivered), tuple(self.retried), self.earliest, self.settings_set)
