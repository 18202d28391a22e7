"""Looks things up: the pages of readings, what was heard, and what is planned. Changes nothing."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from story.errors import (
    NoReading,
    NothingRead,
    PageTurned,
    PlaceGone,
    ReadingAside,
    Refusal,
    StoryGone,
    UnknownPov,
)
from story.model import Section, Story
from story.rules.ballot import match
from story.rules.delivery import Delivery
from story.rules.options import options, passed
from story.rules.page import Ended, Heard, Lobby, Page, Passed, ballot_under, heard_by, section_of
from story.rules.presses import Presses
from story.rules.session import Session
from story.rules.session_date import SessionDate
from story.rules.settings import Decide, Order, Settings
from story.rules.steps import Reading, State, follow
from story.services.library import Library
from story.services.page_cache import PageCache
from story.services.standing import find_scene, last_heard, require_open
from story.store import Gathered, Snapshot, Store

Clock = Callable[[], datetime]
"""Returns the present instant, aware of its time zone."""


LOOKED_BACK_FOR = timedelta(days=90)
"""How long one can look back at a reading that is over; then it is forgotten."""
ALONE = {"decide": Decide.FIRST}
"""The settings that differ where one member reads alone: their press decides."""


def is_private(guild: int) -> bool:
    """Whether a server's number stands for a member's direct messages with the bot.

    Those have no server, and go by minus the number of their channel.
    """
    return guild < 0


class Queries:
    """Looks up where the readings stand.

    Members, channels, servers and messages go by Discord's numbers. What can't be found raises a Refusal. Methods with
    `q` read within a transaction.
    """

    def __init__(self, store: Store, library: Library, clock: Clock, defaults: Settings) -> None:
        self.library = library
        self._store = store
        self._clock = clock
        self._defaults = defaults
        self.cache = PageCache(store, library)

    # ---- settings

    async def settings(self, guild: int, reading_id: int | None = None) -> Settings:
        """Return the settings of a server, or of one reading in it."""
        return self.settings_from(guild, *await self._store.read.changes(guild, reading_id))

    async def is_quiet(self, guild: int) -> bool:
        """Whether a server wants posts that notify nobody."""
        return (await self.settings(guild)).quiet

    async def settings_of_all(self) -> dict[int, Settings]:
        """Return the settings of the servers that have changed any."""
        changed = await self._store.read.changed_servers()
        return {guild: self._defaults.with_changes(changes) for guild, changes in changed.items()}

    async def first_story(self, guild: int) -> Story:
        """Return the story that a server begins with unless it asks for another."""
        settings = await self.settings(guild)
        return self.library.see(guild, settings.story) or self.library.find(guild, self._defaults.story)

    # ---- what is read

    async def reading(self, guild: int, channel: int) -> Reading:
        """Return what is being read in a channel."""
        reading = await self._store.read.reading_in(channel)
        if reading is None or reading.guild != guild:
            raise await self._none_in(self._store.read, guild, channel)
        return reading

    async def readings(self, guild: int) -> list[Reading]:
        """Return what is being read in a server, without readings whose story is gone."""
        return [each for each in await self._store.read.readings_of(guild) if self.library.get(each.story)]

    async def where(self, guild: int, channel: int) -> Page:
        """Return the last page of what is being read in a channel."""
        return await self.page_in(self._store.read, guild, channel)

    async def place(self, guild: int, channel: int) -> Page:
        """As `where`, even if the story was edited so that the reading can't go on."""
        return await self.page_in(self._store.read, guild, channel, lenient=True)

    async def read_so_far(self, guild: int, reading_id: int) -> tuple[Page, list[Heard]]:
        """Return the last page of a reading, and the sections heard up to it that the story still has."""
        page = await self.last_page(self._store.read, guild, reading_id, lenient=True)
        return page, heard_by(page)

    async def remembered(self, guild: int, channel: int) -> list[Reading]:
        """Return the channel's readings that one can look back at: the open one, then the latest first."""
        found = await self._store.read.readings_by_channel(channel, self._clock() - LOOKED_BACK_FOR)
        return sorted((each for each in found if each.guild == guild), key=lambda each: each.state is not State.OPEN)

    async def looked_back(self, guild: int, channel: int, reading_id: int | None = None) -> tuple[Page, list[Heard]]:
        """As `read_so_far`, of a channel's reading: by default the open one, or else the latest.

        Raises:
            NoReading: there is nothing to look back at, or not that reading.
        """
        found = [each for each in await self.remembered(guild, channel) if reading_id in {None, each.id}]
        if not found:
            raise NoReading(tuple(other.channel for other in await self._store.read.readings_of(guild)))
        page = await self.page_of(self._store.read, found[0].id, lenient=True)
        return page, heard_by(page)

    async def reread(
        self, guild: int, reading_id: int, scene: str | None, pov: str | None
    ) -> tuple[Page, list[Passed], int, Section]:
        """Find a section of a scene that was read or skipped, in any of its POVs.

        The scene goes by id or title, by default the last one read. The POV goes by id or name, by default the one
        heard. Returns the last page, the scenes passed, the scene's index in them, and the section.
        """
        page, so_far = await self.passed(guild, reading_id)
        if not so_far:
            raise NothingRead
        at = last_heard(so_far) if scene is None else find_scene(so_far, scene)
        found, section = so_far[at].scene, so_far[at].section
        if pov is not None:
            told = match(found.povs, pov)
            section_by = found.told_by(told.id) if told else None
            if section_by is None:
                raise UnknownPov(pov, tuple(p.name for p in found.povs))
            section = section_by
        return page, so_far, at, section

    async def told(self, guild: int, reading_id: int, n: int) -> Page:
        """Return the page of a step of a server's reading, whatever the reading's state.

        Raises:
            NoReading, StoryGone: there is no such reading, or its story is gone.
        """
        page = await self.page_of(self._store.read, reading_id, n, lenient=True)
        if page.reading.guild != guild:
            raise NoReading
        return page

    async def passed(self, guild: int, reading_id: int) -> tuple[Page, list[Passed]]:
        """Return the last page of a reading and the scenes it has passed, heard or skipped, each once."""
        page, _ = await self.read_so_far(guild, reading_id)
        found: dict[str, Passed] = {}
        for scene, step in passed(page.story, page.place.path):
            section = scene.told_by(step.pov or "") if step else scene.sections[0]
            if section and (step or scene.id not in found):
                found[scene.id] = Passed(scene, section, step)
        return page, list(found.values())

    # ---- what is shown

    async def shown(self, reading_id: int, n: int | None = None) -> Page | None:
        """Return the page of a step as it is now, by default the last; None if the reading or story is gone.

        `closed_by` is set if another step follows, or the reading was stopped.
        """
        if n is not None and (closed := self.cache.take_closed(reading_id, n)):
            return closed
        remembered = self.cache.page(reading_id)
        if remembered and n in {None, remembered.step.n}:
            return remembered
        try:
            return await self.page_of(self._store.read, reading_id, n, lenient=True)
        except (NoReading, StoryGone):
            return None

    async def message_of(self, page: Page) -> int | None:
        """Return the message that now shows a page's step, or None if it is not posted."""
        return await self._store.read.message_of(page.reading.id, page.step.n)

    async def lobby(self, session_id: int) -> Lobby | None:
        """Return a session with what it reads, even if it has ended, or None if there is none."""
        session = await self._store.read.session(session_id)
        return await self.lobby_of(self._store.read, session) if session else None

    async def lobby_of(self, q: Snapshot, session: Session) -> Lobby:
        """Return a session with what it reads or will read."""
        host = session.host_at(self._clock())
        page, story = await self.to_read(q, session.guild, session.channel)
        return Lobby(session, page, host, story)

    async def to_read(self, q: Snapshot, guild: int, channel: int) -> tuple[Page | None, Story | None]:
        """Return the last page of a channel's reading, and the story that is read there or will be."""
        try:
            page = await self.page_in(q, guild, channel, lenient=True)
        except (NoReading, ReadingAside):
            changes, _ = await q.changes(guild, None)
            return None, self.library.see(guild, self.settings_from(guild, changes).story)
        except StoryGone:
            return None, None
        return page, page.story

    async def ended(self, session_id: int) -> Ended | None:
        """Return what a session was, or None if it is unknown or has not ended."""
        session = await self._store.read.session(session_id)
        if session is None or session.began_at is None or session.ended_at is None:
            return None
        page = (await self.lobby_of(self._store.read, session)).page
        path = page.place.path if page else ()
        steps = [step for step in path if session.began_with < step.n <= session.ended_with]
        heard = tuple((step, *told) for step in steps if page and (told := section_of(page.story, step)))
        there = await self._store.read.attended(session.id)
        return Ended(there, page, heard, session.ended_at - session.began_at)

    async def date(self, date_id: int) -> SessionDate | None:
        """Return a date by its number."""
        return await self._store.read.date(date_id)

    async def date_in(self, channel: int) -> SessionDate | None:
        """Return the date of a channel."""
        return await self._store.read.date_in(channel)

    async def dates(self, guild: int) -> list[SessionDate]:
        """Return the dates of a server, the next first."""
        return await self._store.read.dates_of(guild)

    async def movable(self, guild: int) -> list[Reading]:
        """Return the readings of a server that can move to another channel, those of deleted channels first."""
        lost = [each for each in await self._store.read.readings_of(guild, State.ASIDE) if each.gone_at]
        return [*lost, *await self._store.read.readings_of(guild)]

    async def aside(self, guild: int, channel: int | None) -> list[Reading]:
        """Return the readings set aside in a channel, latest first, or with None in the whole server."""
        if channel is None:
            return await self._store.read.readings_of(guild, State.ASIDE)
        return [each for each in await self.remembered(guild, channel) if each.state is State.ASIDE]

    async def failures(self, guild: int) -> list[Delivery]:
        """Return the deliveries of a server that Discord did not take, oldest first."""
        return await self._store.read.failures(guild)

    # ---- within a transaction

    async def page_in(self, q: Snapshot, guild: int, channel: int, *, lenient: bool = False) -> Page:
        """Gather the last page of a channel's reading; if it is `lenient`, a page without a ballot will do.

        Raises:
            NoReading, ReadingAside: nothing is read there, or only set aside.
            StoryGone, PlaceGone: the story, or the place in it, is gone.
        """
        found = await q.gather_in(channel)
        if found is None or found.reading.guild != guild:
            raise await self._none_in(q, guild, channel)
        return self._page(found, lenient=lenient)

    async def page_of(self, q: Snapshot, reading_id: int, n: int | None = None, *, lenient: bool = False) -> Page:
        """As `page_in`, by the reading's number and from any server; of step `n` if that is given."""
        found = await q.gather(reading_id, n)
        if found is None:
            raise NoReading
        return self._page(found, lenient=lenient)

    async def last_page(
        self, q: Snapshot, guild: int, reading_id: int, n: int | None = None, *, lenient: bool = False
    ) -> Page:
        """Gather the last page of a server's open reading; it must be that of step `n`, if that is given.

        Raises:
            NoReading, ReadingOver, ReadingAside: there is none, or it is not open.
            PageTurned: the last page is another step's.
        """
        found = await q.gather(reading_id)
        if found is None or found.reading.guild != guild:
            raise NoReading
        require_open(found.reading)
        if n is not None and found.steps[-1].n != n:
            raise PageTurned(found.reading.channel, found.steps[-1].message)
        return self._page(found, lenient=lenient)

    async def open_reading(self, q: Snapshot, guild: int, reading_id: int) -> Reading:
        """Return an open reading of a server.

        Raises:
            NoReading, ReadingOver, ReadingAside: there is none, or it is not open.
        """
        reading = await q.reading(reading_id)
        if reading is None or reading.guild != guild:
            raise NoReading
        require_open(reading)
        return reading

    async def _none_in(self, q: Snapshot, guild: int, channel: int) -> Refusal:
        """Return why nothing is read in a channel."""
        found = await q.readings_by_channel(channel, self._clock())
        if any(each.guild == guild and each.state is State.ASIDE and not each.gone_at for each in found):
            return ReadingAside()
        return NoReading(tuple(other.channel for other in await q.readings_of(guild)))

    def settings_from(self, guild: int, *changes: dict[str, Any]) -> Settings:
        """Return the settings after the changes of a server, and of a reading in it."""
        return self._defaults.with_changes(ALONE if is_private(guild) else {}, *changes)

    def _page(self, found: Gathered, *, lenient: bool) -> Page:
        reading = found.reading
        story = self.library.get(reading.story)
        if story is None:
            raise StoryGone(reading.story)
        place = follow(found.steps)
        # By the story's own dates, scenes come as written: nobody follows a POV, and nothing is skipped.
        written = {"order": Order.WRITTEN} if found.serial and found.serial.by_dates else {}
        settings = self.settings_from(reading.guild, found.server, found.own, written)
        page = Page(reading, story, place, None, found.after, settings, found.deadline)
        if reading.state is State.STOPPED:
            return page
        try:
            ways_on = options(story, place, settings.order)
        except PlaceGone:
            if not lenient:
                raise
            ways_on = ()
        if not ways_on:
            return page
        ballot = ballot_under(
            page,
            ways_on,
            self._clock(),
            known=frozenset(found.known),
            session=found.session,
            serial=found.serial,
            presses=Presses(found.presses),
        )
        return replace(page, ballot=ballot.with_deadline(found.deadline))
