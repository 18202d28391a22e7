"""Everything that members can do is done on the wire, and every body that comes of it is one that Discord takes."""

from pathlib import Path

import pytest

from cogs.core.scheduler import Scheduler
from story.store import open_store
from tests.cogs.stage import Time, storyteller
from tests.wire.hands import unpressed
from tests.wire.sweep import SWEEPS, sweep_run


@pytest.fixture
async def patterns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The custom_ids that the bot knows, as patterns."""

    async def rest(_scheduler: Scheduler) -> None:
        """Wait for no server: there is none."""

    monkeypatch.setattr(Scheduler, "cog_load", rest)
    async with open_store(tmp_path / "patterns.db") as store:
        bot = storyteller(store, [], Time())
        await bot.add_commands()
        return [pattern.pattern for pattern, _, _ in bot.presses._handlers]


@pytest.mark.parametrize("locale", SWEEPS)
async def test_all_that_members_can_do_sends_discord_what_it_takes(
    tmp_path: Path, locale: str, patterns: list[str]
) -> None:
    swept = await sweep_run(locale, tmp_path)
    assert swept.untried == ()
    assert unpressed(patterns, swept.pressed) == []
    assert swept.bodies.total() > 500
