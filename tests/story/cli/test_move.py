import asyncio
from pathlib import Path

from story.store import open_store
from tests.postgres import Server, emptied, needs_postgres
from tests.story.cli.conftest import Run


async def fill(file: Path) -> None:
    async with open_store(file) as store, store.transaction() as tx:
        await tx.add_reading(1, 2, "tale", 3)


@needs_postgres
def test_everything_is_carried_over_and_the_password_is_not_shown(run: Run, tmp_path: Path, postgres: Server) -> None:
    asyncio.run(fill(tmp_path / "readings.db"))
    address = asyncio.run(emptied(postgres.address())).replace("storyteller@", "storyteller:secret@")
    ran = run("move-database", f"sqlite:///{tmp_path / 'readings.db'}", address)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == f"{postgres.address()}: 1 row copied, each compared\n"


def test_a_database_that_is_not_there_is_one_line(run: Run, tmp_path: Path) -> None:
    ran = run("move-database", f"sqlite:///{tmp_path / 'from.db'}", f"sqlite:///{tmp_path / 'to.db'}")
    assert (ran.code, ran.out, ran.err) == (1, "", f"{tmp_path / 'from.db'}: no such database\n")
