from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.wire.driver import Wire
from tests.wire.processes import Bot, open_bot, open_wire
from tests.wire.setting import make_setting


@pytest.fixture
async def wire() -> AsyncIterator[Wire]:
    async with open_wire() as wire:
        yield wire


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return make_setting(tmp_path, vote_seconds=3600)


@pytest.fixture
async def bot(wire: Wire, config: Path) -> AsyncIterator[Bot]:
    async with open_bot(wire, config) as bot:
        yield bot
