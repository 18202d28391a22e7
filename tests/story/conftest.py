from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from story.rules.settings import Settings
from story.services.library import Library
from story.services.queries import Queries
from story.services.readings import Readings
from story.store import Store, open_store
from tests.builders import Clock, story


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    async with open_store(tmp_path / "readings.db") as opened:
        yield opened


@pytest.fixture
def readings(store: Store, clock: Clock) -> Readings:
    library = Library([story("A", "AB", "ABC", "A"), story("AB", "A", story_id="fork", title="Fork")])
    return Readings(store, Queries(store, library, clock, Settings(story="tale")), clock)
