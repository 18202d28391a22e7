"""Drafts: stories that members have handed in and look over before they keep them. In memory, and not for long."""

import asyncio
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from hashlib import blake2s
from weakref import WeakValueDictionary

from story.errors import DraftGone
from story.importing.doubts import Doubt, doubts
from story.importing.draft import Draft, to_story
from story.importing.limits import Limits
from story.importing.modes import Meaning, Mode, mode_of, modes, with_mode
from story.model import Story, Vote
from story.services.queries import Clock
from story.workers.queue import Work

MOST_PIECES = 50
"""The most drafts at a time; the oldest make room."""
KEPT_FOR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Upload:
    """A story handed in, under a number that its buttons carry.

    `draft` is what it is made from, None if its format says everything and nothing needs correcting. `doubts` are
    decisions made without being sure; `modes` are the ways to read it, and `mode` is the chosen one.
    """

    number: int
    guild: int
    member: int
    story: Story
    draft: Draft | None
    since: datetime
    doubts: tuple[Doubt, ...] = ()
    modes: tuple[Meaning, ...] = ()
    mode: Mode | None = None


def mark_of(doubt: Doubt) -> str:
    """Return a short mark for a doubt, as a button's custom_id has no room for its key."""
    return blake2s(doubt.key.encode(), digest_size=4).hexdigest()


class Drafts:
    """Holds one draft for each member who has handed in a story.

    What can't be read raises a BrokenStoryError, and a draft that is gone raises DraftGone.
    """

    def __init__(self, clock: Clock, limits: Limits, work: Work) -> None:
        self.limits = limits
        self._clock = clock
        self._pieces: dict[int, Upload] = {}
        self._work = work
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    async def bring(self, guild: int, member: int, name: str, data: bytes) -> Upload:
        """Read a file of a member, in place of what they handed in before."""
        found = await self._work.do(guild, member, _read, name, data, self.limits)
        upload = _upload((secrets.randbelow(10**15), guild, member), self._clock(), found)
        self.put(upload)
        return upload

    def put(self, upload: Upload) -> None:
        """Add a draft; those that are too old, or too many, are dropped."""
        self._pieces.pop(upload.member, None)
        young = [each for each in self._pieces.values() if self._is_young(each)]
        self._pieces = {each.member: each for each in [*young, upload][-MOST_PIECES:]}

    def put_back(self, upload: Upload) -> None:
        """Add a draft again that was taken but not kept, unless its member has handed in another one meanwhile."""
        if upload.member not in self._pieces:
            self.put(upload)

    def upload(self, guild: int, member: int, number: int) -> Upload:
        """Return the draft of that number, if it is that member's and from that server."""
        found = self._pieces.get(member)
        if found is None or (found.number, found.guild) != (number, guild) or not self._is_young(found):
            raise DraftGone
        return found

    def take(self, guild: int, member: int, number: int) -> Upload:
        """As `upload`, and remove it."""
        found = self.upload(guild, member, number)
        del self._pieces[member]
        return found

    async def change(self, upload: Upload, change: Callable[[Draft], Draft]) -> Upload:
        """Correct a draft, if it can still be read afterwards; else nothing changes.

        Changes of one draft wait for each other, and each begins with the result of the one before. `change` can be
        pickled: it is a module's function, or a partial of one.

        Raises:
            DraftGone: it was kept or discarded meanwhile, or nothing in it can be corrected.
        """
        async with self._locks.setdefault(upload.number, asyncio.Lock()):
            now = self.upload(upload.guild, upload.member, upload.number)
            if now.draft is None:
                raise DraftGone
            found = await self._work.do(now.guild, now.member, _changed, now.draft, change, self.limits)
            self.upload(upload.guild, upload.member, upload.number)  # it may have been kept meanwhile
            changed = _upload((now.number, now.guild, now.member), now.since, found)
            self.put(changed)
        return changed

    async def read_as(self, upload: Upload, mode: Mode) -> Upload:
        """Choose how a draft is read: one of its `modes`.

        Raises:
            DraftGone: it was kept or discarded meanwhile.
        """
        if upload.draft:
            return await self.change(upload, partial(with_mode, mode=mode))
        now = self.upload(upload.guild, upload.member, upload.number)
        vote = Vote.FOLLOW if mode is Mode.FOLLOW else Vote.ORDER
        changed = replace(now, story=replace(now.story, vote=vote), mode=mode)
        self.put(changed)
        return changed

    def _is_young(self, upload: Upload) -> bool:
        return self._clock() - upload.since < KEPT_FOR


_Found = tuple[Story, Draft | None, tuple[Doubt, ...], tuple[Meaning, ...], Mode | None]

"""A story, and what was found out about it away from the event loop, since that takes long."""


def _upload(whose: tuple[int, int, int], since: datetime, found: _Found) -> Upload:
    story, draft, asked, ways, mode = found
    return Upload(*whose, story, draft, since, asked, ways, mode)


def _read(name: str, data: bytes, limits: Limits) -> _Found:
    from story.importing.read import read_story_file  # noqa: PLC0415 - the readers hold lxml, and few bots need them

    found = read_story_file(name, data, limits)
    return _of_story(found) if isinstance(found, Story) else _of_draft(found, limits)


def _changed(draft: Draft, change: Callable[[Draft], Draft], limits: Limits) -> _Found:
    return _of_draft(change(draft), limits)


def _of_draft(draft: Draft, limits: Limits) -> _Found:
    story = to_story(_without_notes(draft), draft.title, limits=limits)
    return story, draft, doubts(draft), modes(draft), mode_of(draft)


def _without_notes(draft: Draft) -> Draft:
    """Return a draft without its notes: members read none, not even in the credits at the end."""
    return replace(draft, parts=tuple(replace(part, text="") if part.is_note else part for part in draft.parts))


def _of_story(story: Story) -> _Found:
    if not story.in_turns:
        return story, None, (), (), None
    told = len(story.scenes)
    found = Meaning(Mode.FOLLOW, told, told - 1), Meaning(Mode.IN_ORDER, told, 0)
    return story, None, (), found, Mode.FOLLOW if story.voted is Vote.FOLLOW else Mode.IN_ORDER
