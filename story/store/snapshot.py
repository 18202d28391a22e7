"""Every query of the database; each uses an index."""

from story.store.dates import DateReads
from story.store.directs import DirectReads
from story.store.members import MemberReads
from story.store.page import PageReads
from story.store.readings import ReadingReads
from story.store.servers import ServerReads
from story.store.sessions import SessionReads
from story.store.timers import TimerReads
from story.store.troubles import TroubleReads


class Snapshot(
    PageReads, ReadingReads, SessionReads, DateReads, TimerReads, MemberReads, DirectReads, TroubleReads, ServerReads
):
    """Queries over one connection, which see what that sees."""
