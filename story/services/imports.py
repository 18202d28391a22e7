"""The stories that servers import: kept and removed."""

import asyncio
import logging
import secrets
from dataclasses import replace

from story.errors import LibraryFull, NotOwnStory, TooManyOfYours, UnknownStory
from story.importing import BrokenStoryError
from story.importing.ids import slug
from story.importing.limits import LONGEST_SCENE_ID, NO_LIMITS, Limits
from story.importing.markdown import read_single_file
from story.importing.markdown_writer import write_markdown
from story.model import Story
from story.rules.page import Page
from story.rules.steps import Reading, State
from story.services.library import Title
from story.services.queries import Clock, Queries
from story.services.story_json import to_json
from story.services.turns import Turns
from story.store import Snapshot, Store
from story.workers.queue import Work

SUFFIX = 4
"""How many random bytes follow the title in a story's id, so that no two ids are the same."""

log = logging.getLogger(__name__)


class Imports:
    """Keeps stories for single servers, and removes them. What can't be done raises a Refusal."""

    def __init__(  # noqa: PLR0913 - all that it stands on
        self, store: Store, queries: Queries, turns: Turns, clock: Clock, *, limits: Limits, work: Work
    ) -> None:
        self._store = store
        self._queries = queries
        self._turns = turns
        self._clock = clock
        self._limits = limits
        self._work = work

    async def load(self) -> None:
        """Put the servers' own stories into the library. Call it once, before anything else."""
        for story_id in await self._store.read.unopened_stories():
            await self._look_at(story_id)
        self._queries.library.stock(await self._store.read.stories(), self._store.story_text)

    async def renew(self) -> None:
        """Put on the shelf what other processes have brought in, and take away what they have removed."""
        await self._store.look_at_stories()
        before = self._queries.library.ids()
        self._queries.library.renew(before, await self._store.read.stories())

    async def keep(self, guild: int, story: Story, by: int = 0) -> Story:
        """Keep a story for a server; return it with its new id.

        `by` is the member who imports it, 0 for nobody.

        Raises:
            LibraryFull, TooManyOfYours: the server, or the member, has as many as they may.
        """
        library = self._queries.library
        kept = replace(story, id=_new_id(story.title))
        texts = await self._work.do(guild, by, _texts, kept)
        async with self._store.transaction() as tx:
            if len(library.own(guild)) >= self._limits.of_server:
                raise LibraryFull(self._limits.of_server)
            if by and await tx.stories_of(by) >= self._limits.of_member:
                raise TooManyOfYours(self._limits.of_member)
            await tx.add_story(kept.id, (guild, by), kept.title, texts, self._clock())
        library.add(guild, Title(kept.id, kept.title))
        return kept

    async def would_end(self, guild: int, asked: str) -> tuple[Story, list[Reading]]:
        """Return a story of the server's own, by id or title, and the readings that end if it is removed.

        Raises:
            UnknownStory, NotOwnStory: there is none, or every server sees it.
        """
        story = self._own(guild, asked)
        return story, await _readings_of(self._store.read, guild, story)

    async def remove(self, guild: int, asked: str, member: int) -> Story:
        """Stop the readings of a story of the server's own and delete it; return it.

        Raises:
            UnknownStory, NotOwnStory: there is none, or every server sees it, or somebody has just removed it.
        """
        story = self._own(guild, asked)
        closed: list[Page | None] = []
        async with self._store.transaction() as tx:
            if not await tx.remove_story(story.id):
                raise UnknownStory(asked)
            for reading in await _readings_of(tx, guild, story):
                page = await self._queries.page_of(tx, reading.id, lenient=True)
                closed.append(await self._turns.stop(tx, page, page.step.n, member))
        for each in filter(None, closed):
            self._queries.cache.remember_closed(each)  # the story's text is gone, and this shows it a last time
        self._queries.library.remove(guild, story.id)
        return story

    async def _look_at(self, story_id: str) -> None:
        """Read a story that an earlier version stored as Markdown alone, once and away from the event loop."""
        text = await self._store.read.story_markdown(story_id)
        try:
            story = await asyncio.to_thread(read_single_file, text.encode(), f"{story_id}.md", NO_LIMITS)
        except BrokenStoryError as error:
            log.error("a server's story can no longer be read: %s", error)  # noqa: TRY400 - foreseen
            return
        opens_from = await asyncio.to_thread(to_json, story)
        async with self._store.transaction() as tx:
            await tx.set_opened(story_id, opens_from)

    def _own(self, guild: int, asked: str) -> Story:
        library = self._queries.library
        story = library.find(guild, asked)
        if story.id not in {each.id for each in library.own(guild)}:
            raise NotOwnStory(story.title)
        return story


def _texts(story: Story) -> tuple[str, str]:
    """Return what is stored of a story: its Markdown, and the JSON it opens from."""
    return write_markdown(story), to_json(story)


def _new_id(title: str) -> str:
    """Return an id that no other story has, random enough that none ever will."""
    suffix = f"-{secrets.token_hex(SUFFIX)}"
    return slug(slug(title)[: LONGEST_SCENE_ID - len(suffix)] + suffix)


async def _readings_of(q: Snapshot, guild: int, story: Story) -> list[Reading]:
    found = [*await q.readings_of(guild), *await q.readings_of(guild, State.ASIDE)]
    return [reading for reading in found if reading.story == story.id]
