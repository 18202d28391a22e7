from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from story.rules.settings import Settings
from story.services.library import Shelf
from story.services.queries import Pages
from story.services.readings import Narrator
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
def narrator(store: Store, clock: Clock) -> Narrator:
    shelf = Shelf([story("A", "AB", "ABC", "A"), story("AB", "A", story_id="fork", title="Fork")])
    return Narrator(store, Pages(store, shelf, clock, Settings(story="tale")), clock)
