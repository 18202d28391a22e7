"""Files that the bot may not write to: said in one line that names the file, and no matter once that is mended."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from story.store import UnusableDatabaseError, open_store
from tests.story.store.as_nobody import NOBODY, write

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")

ROOT = Path(__file__).parents[3]
KILLED = """
import os, sqlite3, sys
connection = sqlite3.connect(sys.argv[1])
connection.execute("DELETE FROM note")
connection.commit()
os._exit(0)
"""
"""A program that leaves SQLite's log behind."""


@pytest.fixture
def file() -> Iterator[Path]:
    """A database with its log, as a bot that was killed has left them; nobody may write to all of it."""
    with TemporaryDirectory() as name:  # not pytest's own, which others may not look into
        file = Path(name) / "readings.db"
        asyncio.run(write(file))
        subprocess.run([sys.executable, "-c", KILLED, file], check=True)  # noqa: S603 - our own program
        for path in (file.parent, *file.parent.iterdir()):
            if os.geteuid() == 0:
                os.chown(path, NOBODY, NOBODY)
        yield file


def written(file: Path) -> str:
    """What comes of writing to a database as a user who is not root."""
    command = [sys.executable, "-m", "tests.story.store.as_nobody", str(file)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603 - our own program
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.parametrize("ending", ["", "-wal", "-shm"])
def test_a_file_that_may_not_be_written_to_is_named_and_no_matter_once_it_may(file: Path, ending: str) -> None:
    closed = file.with_name(file.name + ending)
    closed.chmod(0o400)
    assert written(file) == (
        f"UnusableDatabaseError: {file}: cannot be used as the database, since {closed} may not be written to;"
        " give it to the user that the bot runs as"
    )
    closed.chmod(0o600)
    assert written(file) == "kept"


def test_a_folder_that_may_not_be_written_to_is_named_and_no_matter_once_it_may(file: Path) -> None:
    for ending in ("-wal", "-shm"):
        file.with_name(file.name + ending).unlink()
    file.parent.chmod(0o500)
    assert f"since {file.parent} may not be written to" in written(file)
    file.parent.chmod(0o700)
    assert written(file) == "kept"


async def test_what_the_system_does_not_let_be_written_is_refused_before_it_is_opened(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda path, _mode: not str(path).endswith("-shm"))
    with pytest.raises(UnusableDatabaseError, match=r"readings\.db-shm may not be written to"):
        async with open_store(file):
            pass
