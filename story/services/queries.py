"""Looks things up: the pages of readings, what was heard, and what is due. Changes nothing."""

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime

from story.errors import (
    NoReading,
    NothingRead,
    PageTurned,
    PlaceGone,
    ReadingOver,
    StoryGone,
    UnknownPov,
    UnknownScene,
)
from story.model import Section, Story
from story.rules.ballot import Ballot, match
from story.rules.options import options, passed
from story.rules.page import Heard, Page, Passed, Turn, section_of
from story.rules.session import Attendance, patience
from story.rules.settings import Decide, Settings
from story.rules.steps import Kind, Place, Reading, Step, follow
from story.services.library import Library
from story.store import Snapshot, Store

Clock = Callable[[], datetime]
"""Returns the present instant, aware of its time zone."""


MOST_REMEMBERED = 5000
"""Readings whose last page is remembered."""
ALONE = {"decide": Decide.FIRST}
"""What is different where one member reads alone: their press decides."""


def is_private(guild: int) -> bool:
    """Whether what stands for a server is no server, but a member's direct messages with the bot.

    Those have no number of a server; they go by that of their channel, below zero.
    """
    return guild < 0


class Queries:
    """Looks up what stands where in the readings.

    Members, channels, servers and messages go by Discord's numbers. What cannot be found raises a Refusal. The methods
    that take `q` look into a transaction that is under way.
    """

    def __init__(self, store: Store, library: Library, clock: Clock, defaults: Settings) -> None:
        self.library = library
        self._store = store
        self._clock = clock
        self._defaults = defaults
        self._remembered: dict[int, Page] = {}
        store.on_change = self.forget

    # ---- what is remembered, so that a vote needs no look into the database

    def remembered(self, reading_id: int) -> Page | None:
        """Return the last page of a reading as the last press left it, unless something else may have changed it."""
        page = None if self._store.in_transaction else self._remembered.get(reading_id)
        # An edited story is another one.
        return page if page and self.library.get(page.reading.story) is page.story else None

    def remember(self, page: Page) -> None:
        """Remember a page that was pressed; not in a session, where time changes it, too."""
        if page.ballot is None or page.ballot.attendance:
            return
        self._remembered[page.reading.id] = page
        if len(self._remembered) > MOST_REMEMBERED:
            del self._remembered[next(iter(self._remembered))]

    def forget(self, readings: Collection[int] | None = None) -> None:
        """Forget the pages of readings that have changed, or all of them."""
        if readings is None:
            self._remembered.clear()
            return
        for reading in readings:
            self._remembered.pop(reading, None)

    # ---- settings

    async def settings(self, guild: int, reading_id: int | None = None) -> Settings:
        """Return how a server, or one reading in it, wants to be read to."""
        return await self._settings(self._store.read, guild, reading_id)

    async def _settings(self, q: Snapshot, guild: int, reading_id: int | None) -> Settings:
        changes = await q.changes(guild, reading_id)
        return self._defaults.with_changes(ALONE if is_private(guild) else {}, *changes)

    async def settings_of_all(self) -> dict[int, Settings]:
        """Return how the servers want to be read to that have set anything."""
        changed = await self._store.read.changed_servers()
        return {guild: self._defaults.with_changes(changes) for guild, changes in changed.items()}

    async def first_story(self, guild: int) -> Story:
        """Return the story that a server begins with where it does not say which."""
        settings = await self.settings(guild)
        return self.library.see(guild, settings.story) or self.library.find(guild, self._defaults.story)

    # ---- what is to be done

    async def due(self) -> list[tuple[int, int]]:
        """Return the readings whose ballots are to be closed by now, each with its step."""
        return await self._store.read.due(self._clock())

    async def snagged(self) -> list[tuple[int, int]]:
        """Return the steps that could not be posted and are to be tried again by now."""
        return await self._store.read.snagged(self._clock())

    async def next_deadline(self) -> datetime | None:
        """Return when the next ballot is to be closed, or the next page posted that could not be."""
        return await self._store.read.next_deadline()

    async def untold(self) -> list[tuple[int, int]]:
        """Return the steps that are committed and not known to have been posted, in order."""
        return await self._store.read.untold()

    async def turn(self, reading_id: int, n: int | None = None) -> Turn:
        """Return a step that was committed earlier, the last by default, to be posted now if it is not there."""
        found = await self._store.read.reading(reading_id)
        if found is None:
            raise NoReading
        page = await self.page(self._store.read, found[0], n, lenient=True)
        n = page.step.n
        before = await self.page(self._store.read, found[0], n - 1, lenient=True) if n > 1 else None
        return Turn(page, replace(before, closed_by=page.step) if before else None, again=True)

    async def now(self, page: Page) -> Page:
        """Return a page as it stands now, with what has closed it meanwhile, if anything has."""
        last = (await self._store.read.steps(page.reading.id))[-1]
        if last.n == page.step.n:
            return await self.page(self._store.read, page.reading, lenient=True)
        return (await self.turn(page.reading.id, page.step.n + 1)).before or page

    async def message_of(self, page: Page) -> int | None:
        """Return the message that a page has been posted as by now."""
        steps = await self._store.read.steps(page.reading.id, page.step.n)
        return steps[-1].message if steps else None

    # ---- looking back

    async def reading(self, guild: int, channel: int) -> Reading:
        """Return what is being read in a channel."""
        return await self.in_channel(self._store.read, guild, channel)

    async def readings(self, guild: int) -> list[Reading]:
        """Return what is being read in a server; readings whose story is not on the shelf any more are left out."""
        return [each for each in await self._store.read.readings_of(guild) if self.library.get(each.story)]

    async def where(self, guild: int, channel: int) -> Page:
        """Return the last page of what is being read in a channel."""
        return await self.page(self._store.read, await self.reading(guild, channel))

    async def place(self, guild: int, channel: int) -> Page:
        """As `where`, even if the story has been edited so that the reading cannot go on."""
        return await self.page(self._store.read, await self.reading(guild, channel), lenient=True)

    async def read_so_far(self, guild: int, reading_id: int) -> tuple[Page, list[Heard]]:
        """Return the last page of a reading and what was heard up to it: the sections that the story still has."""
        reading = await self.running(self._store.read, guild, reading_id)
        page = await self.page(self._store.read, reading, lenient=True)
        heard = [(step, section_of(page.story, step)) for step in page.place.path]
        return page, [(step, *told) for step, told in heard if told]

    async def reread(
        self, guild: int, reading_id: int, scene: str | None, pov: str | None
    ) -> tuple[Page, list[Passed], int, Section]:
        """Find a section of a scene that has been read or skipped, in any of its POVs.

        The scene goes by id or title and is the last one read by default; the POV goes by id or name and is by
        default the one heard. Returns the last page, what has been passed, where in that the scene is, and the section.
        """
        page, so_far = await self.passed(guild, reading_id)
        if not so_far:
            raise NothingRead
        at = _last_heard(so_far) if scene is None else _find_scene(so_far, scene)
        found, section = so_far[at].scene, so_far[at].section
        if pov is not None:
            told = match(found.povs, pov)
            section_by = found.told_by(told.id) if told else None
            if section_by is None:
                raise UnknownPov(pov, tuple(p.name for p in found.povs))
            section = section_by
        return page, so_far, at, section

    async def passed(self, guild: int, reading_id: int) -> tuple[Page, list[Passed]]:
        """Return the last page of a reading and the scenes that it has come by, heard or skipped, each once."""
        page, _ = await self.read_so_far(guild, reading_id)
        found: dict[str, Passed] = {}
        for scene, step in passed(page.story, page.place.path):
            section = scene.told_by(step.pov or "") if step else scene.sections[0]
            if section and (step or scene.id not in found):
                found[scene.id] = Passed(scene, section, step)
        return page, list(found.values())

    # ---- within a transaction

    async def page(self, q: Snapshot, reading: Reading, until: int | None = None, *, lenient: bool = False) -> Page:
        """Gather a page, the last by default; `lenient` makes do without a ballot where the place is gone."""
        story = self.library.get(reading.story)
        if story is None:
            raise StoryGone(reading.story)
        place = follow(await q.steps(reading.id, until))
        settings = await self._settings(q, reading.guild, reading.id)
        try:
            ways_on = () if place.over else options(story, place, settings.order)
        except PlaceGone:
            if not lenient:
                raise
            ways_on = ()
        if not ways_on:
            return Page(reading, story, place, None, settings=settings)
        presses = await q.presses(reading.id, place.last.n)
        known = await q.pressed(reading.id, *_just_before(place))
        ballot = Ballot(
            ways_on,
            place,
            presses,
            known,
            attendance=await self._attendance(q, reading, story, place.last),
            serial=await q.serial(reading.id),
            settings=settings,
            host=reading.started_by,
        )
        due = await q.deadline(reading.id, place.last.n)
        return Page(reading, story, place, ballot.with_deadline(due), settings=settings)

    async def _attendance(self, q: Snapshot, reading: Reading, story: Story, step: Step) -> Attendance | None:
        session = await q.session_in(reading.channel)
        if session is None or session.began_at is None:
            return None
        told = section_of(story, step)
        words = len(told[1].text.split()) if told else 0
        return Attendance(session, max(step.at, session.began_at), patience(words), self._clock())

    async def running(self, q: Snapshot, guild: int, reading_id: int) -> Reading:
        """Return a reading of a server that has not been stopped."""
        found = await q.reading(reading_id)
        if found is None or found[0].guild != guild:
            raise NoReading
        reading, stopped = found
        if stopped:
            raise ReadingOver
        return reading

    async def in_channel(self, q: Snapshot, guild: int, channel: int) -> Reading:
        """Return what is being read in a channel."""
        reading = await q.reading_in(channel)
        if reading is None:
            raise NoReading(tuple(other.channel for other in await q.readings_of(guild)))
        return reading

    async def last_page(self, q: Snapshot, guild: int, reading_id: int, n: int, *, lenient: bool = False) -> Page:
        """Gather the last page of a reading, if it is that of step `n`; else the page has been turned."""
        page = await self.page(q, await self.running(q, guild, reading_id), lenient=lenient)
        if page.step.n != n:
            raise PageTurned(page.reading.channel, page.step.message)
        return page


def _just_before(place: Place) -> list[int]:
    """Return the steps whose presses say who is there: the one before, and after a BACK the one that is back, too."""
    n = place.last.n
    if place.last.kind is not Kind.BACK:
        return [n - 1]
    reopened = place.path[-1].n if place.path else place.began.n
    return [n - 1, reopened, reopened - 1]


def _last_heard(so_far: list[Passed]) -> int:
    return max(range(len(so_far)), key=lambda i: step.n if (step := so_far[i].step) else 0)


def _find_scene(so_far: list[Passed], asked: str) -> int:
    wanted = asked.strip().casefold()
    for i, each in enumerate(so_far):
        if wanted in {each.scene.id.casefold(), each.scene.title.casefold()}:
            return i
    raise UnknownScene(asked)
