"""The short form of the kill run of several processes."""

from pathlib import Path

from tests.postgres import needs_postgres
from tests.wire.kill_several import HASTY, KINDS, kill_several


@needs_postgres
async def test_nothing_is_lost_doubled_or_silent_when_processes_are_killed_and_frozen_and_the_server_is_restarted(
    tmp_path: Path,
) -> None:
    found, summary = await kill_several(HASTY, 3, tmp_path, seconds=60, seed=5, kills=3)
    assert found == [], summary
    assert all(kind in summary for kind in list(KINDS)[:3])
