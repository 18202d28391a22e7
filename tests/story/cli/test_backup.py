from pathlib import Path

from story.store import open_store
from tests.story.cli.conftest import Run


async def test_a_backup_is_made_while_the_bot_runs(run: Run, tmp_path: Path) -> None:
    database, copy = tmp_path / "readings.db", tmp_path / "copies" / "monday.db"
    async with open_store(database) as store:
        async with store.transaction() as tx:
            reading = await tx.add_reading(1, 2, "tale", 3)
        ran = run("backup", copy, "--database", database)
    assert ran.code == 0
    assert ran.out.startswith(f"{copy}: a checked copy of {database}, ")
    async with open_store(copy) as restored:
        assert await restored.read.reading_in(2) == reading


def test_a_database_that_is_not_there_is_one_line(run: Run, tmp_path: Path) -> None:
    ran = run("backup", tmp_path / "copy.db", "--database", tmp_path / "readings.db")
    assert (ran.code, ran.out, ran.err) == (1, "", f"{tmp_path / 'readings.db'}: no such database\n")
