"""Gives stories back: to their owners whole, to others only what they have passed."""

from dataclasses import replace

from story.errors import NothingRead
from story.model import Scene, Story
from story.rules.presses import Member
from story.services.queries import Queries
from story.store import Store


class Exports:
    """Decides how much of a story somebody gets."""

    def __init__(self, store: Store, queries: Queries) -> None:
        self._store = store
        self._queries = queries

    async def of(self, guild: int, channel: int, asked: str, member: Member, *, manages: bool) -> tuple[Story, bool]:
        """Return a story by id or title, and whether it is whole.

        Whoever `manages` the server or imported it gets all of it; others get the scenes passed in a channel.

        Raises:
            UnknownStory: there is no such story.
            NothingRead: the channel has passed no scene of it.
        """
        story = self._queries.library.find(guild, asked)
        if manages or await self._store.read.imported_by(story.id) == member.id:
            return story, True
        seen = await self._store.read.scenes_told(guild, channel, story.id)
        reading = await self._store.read.reading_in(channel)
        if reading and (reading.guild, reading.story) == (guild, story.id):
            _, so_far = await self._queries.passed(guild, reading.id)
            seen |= {each.scene.id for each in so_far}
        if not seen.intersection(scene.id for scene in story.scenes):
            raise NothingRead
        return _only(story, seen), False


def _only(story: Story, seen: set[str]) -> Story:
    """Return a story with only these scenes, and the ways on between them."""
    scenes = tuple(_between(scene, seen) for scene in story.scenes if scene.id in seen)
    return replace(story, scenes=scenes)


def _between(scene: Scene, seen: set[str]) -> Scene:
    if scene.links is None:
        return scene
    return replace(scene, links=tuple(link for link in scene.links if link.scene in seen))
