"""Our bot, which keeps count of its calls of the database's driver in a file beside its settings."""

import argparse
import itertools
import os
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from aiosqlite.core import Connection

from tests.wire.bot import connect, run


def calls_of(config: Path) -> int:
    """Return how many calls the bot of a setting has made."""
    return int(_file(config).read_text(encoding="utf-8"))


def _file(config: Path) -> Path:
    return config.with_suffix(".calls")


def _count(config: Path) -> None:
    made = itertools.count(1)
    file = os.open(_file(config), os.O_WRONLY | os.O_CREAT)
    execute: Callable[..., Awaitable[Any]] = Connection._execute  # noqa: SLF001 - what every call goes through

    async def counted(self: Connection, *args: Any, **kwargs: Any) -> Any:
        os.pwrite(file, f"{next(made):12}".encode(), 0)
        return await execute(self, *args, **kwargs)

    Connection._execute = counted  # type: ignore[method-assign] # noqa: SLF001 - as above


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--api", required=True)
    parser.add_argument("--config", required=True, type=Path)
    options = parser.parse_args()
    connect(options.api)
    _count(options.config)
    run(options.config)
