from pathlib import Path

from tests.wire.abuse import abuse_run


async def test_votes_are_answered_in_time_while_somebody_imports_and_draws_without_end(tmp_path: Path) -> None:
    seen = await abuse_run(files=3, pictures=9, kib=256, folder=tmp_path)
    assert seen.mistakes() == [], seen.summary()
    assert seen.answers["import taken"] > 0
