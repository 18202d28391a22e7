"""Checks that what a button belongs to is in the channel where it was pressed."""

from story.errors import NoReading, NoSession, ReadingElsewhere
from story.services.queries import Queries
from story.services.standing import require_open
from story.store import Store


class Whereabouts:
    """Keeps readings and sessions to their channel: a button can be forged, or date from before a move."""

    def __init__(self, store: Store, queries: Queries) -> None:
        self._store = store
        self._queries = queries

    async def require_reading(self, guild: int, channel: int, reading_id: int) -> None:
        """Require that a reading, if it exists, is in a channel of a server.

        Raises:
            NoReading: it belongs to another server.
            ReadingElsewhere, ReadingOver, ReadingAside: it belongs to another channel, which is named if it is open
            there.
        """
        page = self._queries.cache.page(reading_id)
        reading = page.reading if page else await self._store.read.reading(reading_id)
        if reading is None or (reading.guild, reading.channel) == (guild, channel):
            return
        if reading.guild != guild:
            raise NoReading
        require_open(reading)
        raise ReadingElsewhere(reading.channel)

    async def require_session(self, guild: int, channel: int, session_id: int) -> None:
        """Require that a session, if it exists, is in a channel of a server.

        Raises:
            NoSession: it belongs to another.
        """
        session = await self._store.read.session(session_id)
        if session and (session.guild, session.channel) != (guild, channel):
            raise NoSession
