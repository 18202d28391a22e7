from collections.abc import AsyncIterator

import pytest

from story.model import Story
from story.rules.settings import Settings
from story.services.container import Services
from story.services.library import Library
from story.store import Store, open_store
from story.store.database import Where
from tests.builders import Clock, story


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def store(database: Where) -> AsyncIterator[Store]:
    async with open_store(database) as opened:
        yield opened


@pytest.fixture
def stories() -> list[Story]:
    """What is in the library."""
    return [story("A", "AB", "ABC", "A"), story("AB", "A", story_id="fork", title="Fork")]


@pytest.fixture
def services(store: Store, clock: Clock, stories: list[Story]) -> Services:
    return Services.of(store, Library(stories), clock, Settings(story="tale"))
