"""Opens a database and writes to it as a user who may do no more than files allow, and says what comes of that.

Where the tests are run by root, who may do anything, it becomes nobody first.
"""

import asyncio
import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from story.errors import NotKeptError
from story.store import UnusableDatabaseError, open_store

NOBODY = 65534


async def write(file: Path) -> str:
    try:
        async with open_store(file) as store, store.transaction() as tx:
            await tx.set_note("key", "value")
    except (UnusableDatabaseError, NotKeptError) as error:
        return f"{type(error).__name__}: {error}"
    return "kept"


def main(file: Path) -> None:
    with TemporaryDirectory() as folder:
        asyncio.run(write(Path(folder) / "first.db"))  # nobody may not even read the modules that this needs
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    print(asyncio.run(write(file)))  # noqa: T201 - that is its answer


if __name__ == "__main__":
    main(Path(sys.argv[1]))
