"""Keeps other users of the machine from reading the database: stories and readers are nobody else's business."""

import os
from contextlib import suppress
from pathlib import Path

FILE, FOLDER = 0o600, 0o700


def make_folder(folder: Path) -> None:
    """Make a folder for its owner alone; an existing one stays as it is.

    Raises:
        OSError: it can't be made.
    """
    folder.mkdir(mode=FOLDER, parents=True, exist_ok=True)


def make_private(file: Path) -> None:
    """Make a file, new or existing, for its owner alone; SQLite gives its log the same permissions.

    If that fails, whoever opens the file will say so.
    """
    with suppress(OSError):
        os.close(os.open(file, os.O_CREAT | os.O_RDWR, FILE))
        file.chmod(FILE)
