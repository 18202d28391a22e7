from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.hosting.machine import Machine
from tests.wire.driver import Wire
from tests.wire.processes import open_wire


@pytest.fixture
async def wire() -> AsyncIterator[Wire]:
    async with open_wire() as wire:
        yield wire


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)
