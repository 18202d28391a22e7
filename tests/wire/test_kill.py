from pathlib import Path

from tests.wire.kill import kill_run


async def test_nothing_is_lost_and_nothing_doubled_when_the_bot_is_killed(tmp_path: Path) -> None:
    found, summary = await kill_run(seconds=60, seed=5, kills=6, folder=tmp_path)
    assert found == [], summary
    assert "6 kills" in summary
