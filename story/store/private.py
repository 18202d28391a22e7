"""Keeps the database from other users of the machine: what a story says, and who reads it, is nobody else's."""

import os
from contextlib import suppress
from pathlib import Path

FILE, FOLDER = 0o600, 0o700


def make_folder(folder: Path) -> None:
    """Make a folder for its owner alone; one that is there stays as it is.

    Raises:
        OSError: it cannot be made.
    """
    folder.mkdir(mode=FOLDER, parents=True, exist_ok=True)


def make_private(file: Path) -> None:
    """Make a file for its owner alone, or one that is there; SQLite gives its log the same permissions.

    What cannot be made or changed is left to whoever opens it.
    """
    with suppress(OSError):
        os.close(os.open(file, os.O_CREAT | os.O_RDWR, FILE))
        file.chmod(FILE)
