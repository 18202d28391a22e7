"""The workbench: stories that were handed in and are looked over before they are kept. In memory, and not for long."""

import asyncio
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from weakref import WeakValueDictionary

from story.errors import DraftGone
from story.importing.draft import Draft, to_story
from story.importing.limits import Limits
from story.model import Story
from story.services.queries import Clock

MOST_PIECES = 50
"""Stories on the workbench at a time; the oldest make room."""
KEPT_FOR = timedelta(hours=1)
AT_ONCE = 2
"""Files that are read at a time."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A story on the workbench, under a number that its buttons carry.

    `draft` is what it is made of, None where its format says it all and nothing is to be put right.
    """

    number: int
    guild: int
    member: int
    story: Story
    draft: Draft | None
    since: datetime


class Drafts:
    """Holds one story for each member who has handed one in.

    What cannot be read raises a BrokenStoryError, and what is not there any more DraftGone.
    """

    def __init__(self, clock: Clock, limits: Limits) -> None:
        self.limits = limits
        self._clock = clock
        self._pieces: dict[int, Upload] = {}
        self._reading = asyncio.Semaphore(AT_ONCE)
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    async def bring(self, guild: int, member: int, name: str, data: bytes) -> Upload:
        """Read a file of that name for a member, in place of what they handed in before."""
        async with self._reading:
            story, draft = await asyncio.to_thread(_read, name, data, self.limits)
        upload = Upload(secrets.randbelow(10**15), guild, member, story, draft, self._clock())
        self.put(upload)
        return upload

    def put(self, upload: Upload) -> None:
        """Lay a story there; those that have been there for too long, or are too many, are dropped."""
        self._pieces.pop(upload.member, None)
        young = [each for each in self._pieces.values() if self._is_young(each)]
        self._pieces = {each.member: each for each in [*young, upload][-MOST_PIECES:]}

    def upload(self, guild: int, member: int, number: int) -> Upload:
        """Return the story of that number, which that member has handed in there."""
        found = self._pieces.get(member)
        if found is None or (found.number, found.guild) != (number, guild) or not self._is_young(found):
            raise DraftGone
        return found

    def take(self, guild: int, member: int, number: int) -> Upload:
        """As `piece`, and it is not there any more."""
        found = self.upload(guild, member, number)
        del self._pieces[member]
        return found

    async def change(self, upload: Upload, change: Callable[[Draft], Draft]) -> Upload:
        """Put a story right, if that leaves one that can be read; else nothing has changed.

        Changes of one story wait for each other, and each begins with what the one before has left.

        Raises:
            DraftGone: it is kept or discarded by now, or nothing in it can be put right.
        """
        async with self._locks.setdefault(upload.number, asyncio.Lock()):
            now = self.upload(upload.guild, upload.member, upload.number)
            if now.draft is None:
                raise DraftGone
            draft = change(now.draft)
            story = await asyncio.to_thread(_to_story, draft, self.limits)
            self.upload(upload.guild, upload.member, upload.number)  # it may have been kept meanwhile
            changed = replace(now, story=story, draft=draft)
            self.put(changed)
        return changed

    def _is_young(self, upload: Upload) -> bool:
        return self._clock() - upload.since < KEPT_FOR


def _read(name: str, data: bytes, limits: Limits) -> tuple[Story, Draft | None]:
    from story.importing.read import read_story_file  # noqa: PLC0415 - the readers hold lxml, and few bots need them

    found = read_story_file(name, data, limits)
    return (found, None) if isinstance(found, Story) else (_to_story(found, limits), found)


def _to_story(draft: Draft, limits: Limits) -> Story:
    return to_story(draft, draft.title, limits=limits)
