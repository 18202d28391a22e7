"""A PostgreSQL of the tests' own: made in a temporary folder, and gone with them.

It writes nothing safely, since nobody pulls the plug. Tests are run on it where it is installed; with the variable
POSTGRES_TESTS, `required` fails where it is not, and `all` runs every test of the commands on it, too, and not a few.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import asyncpg
import pytest

from story.store.dialect import POSTGRES

ASKED = os.environ.get("POSTGRES_TESTS", "")
SETTINGS = "-c listen_addresses=''"
UNSAFE = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c autovacuum=off -c shared_buffers=16MB"
END_OTHERS = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"""
UNPRIVILEGED = "nobody"
"""Who runs it where the tests are run by root, which PostgreSQL refuses to be run by."""


def program(name: str) -> str | None:
    """Where a program of PostgreSQL's is; Debian has most of them on nobody's path."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]))
    return shutil.which(name) or (str(found[-1]) if found else None)


INSTALLED = program("initdb") is not None
needs_postgres = pytest.mark.skipif(not INSTALLED and not ASKED, reason="PostgreSQL is not installed")


@dataclass(frozen=True)
class Server:
    """A server in a folder; unless it is `safe`, a power cut would cost it everything."""

    folder: Path
    safe: bool = False

    def run(self, name: str, *arguments: str) -> None:
        """Run a program of PostgreSQL's."""
        path = program(name)
        assert path
        user = UNPRIVILEGED if os.getuid() == 0 else None
        subprocess.run(  # noqa: S603 - our own arguments
            [path, *arguments],
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd="/",
            user=user,
        )

    def start(self) -> None:
        options = f"{SETTINGS} {'' if self.safe else UNSAFE} -k {self.folder}"
        log = str(self.folder / "log")
        self.run("pg_ctl", "start", "-w", "-D", str(self.folder / "data"), "-l", log, "-o", options)

    def stop(self, how: str = "fast") -> None:
        self.run("pg_ctl", "stop", "-w", "-D", str(self.folder / "data"), "-m", how)

    def address(self, database: str = "postgres") -> str:
        return f"postgresql://storyteller@/{database}?host={self.folder}"


@contextmanager
def serve(*, safe: bool = False) -> Iterator[Server]:
    """Run a server for as long as this lasts."""
    with tempfile.TemporaryDirectory(prefix="pg-", ignore_cleanup_errors=True) as name:
        server = Server(Path(name), safe)
        if os.getuid() == 0:
            shutil.chown(name, UNPRIVILEGED)
        data = str(server.folder / "data")
        server.run("initdb", "-D", data, "-U", "storyteller", "-A", "trust", "-N", "-E", "UTF8", "--locale=C")
        server.start()
        try:
            yield server
        finally:
            server.stop("immediate")


async def emptied(address: str) -> str:
    """Empty a database, whoever may still have it open, and return its address."""
    connection = await asyncpg.connect(address)
    try:
        await connection.execute(END_OTHERS)
        if tables := [name for (name,) in await connection.fetch(POSTGRES.TABLES)]:
            await connection.execute(f"TRUNCATE {', '.join(tables)} RESTART IDENTITY")
    finally:
        await connection.close()
    return address


async def end_others(address: str) -> None:
    """Have the server end everybody's sessions, as when it is shut down."""
    connection = await asyncpg.connect(address)
    await connection.execute(END_OTHERS)
    await connection.close()
