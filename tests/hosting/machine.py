"""A machine of somebody's: a folder that stands for its root, on which documented lines are run."""

import asyncio
import os
import re
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from tests.wire.driver import MESSAGE, Wire, until
from tests.wire.processes import ROOT, TOKEN, Bot

ANN = 101
COMES_UP = 60.0
OF_A_PROJECT = shutil.ignore_patterns(".*", "build", "data", "tests", "__pycache__", "config.toml")
PATHS = re.compile(r"(?<![\w./])/(?=(?:opt|etc|var|app|build|data)\b)")
"""Where a path begins that belongs to the machine, rather than to this one."""
NOT_OURS = re.compile(r"STORYTELLER_|DISCORD_TOKEN|PYTHON|COV_|COVERAGE|VIRTUAL_ENV|PYTEST")
PYTHON = Path(sys.executable).resolve()
"""The Python that is installed, and not the environment that the tests run in."""


def lines_of(page: str, language: str = "sh") -> list[str]:
    """Return the lines of a page's blocks in a language, in their order."""
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    blocks = re.findall(rf"^```{language}\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    return [line for block in blocks for line in block.splitlines() if line and not line.startswith("#")]


class Machine:
    """The folder, and a shell on it, whose `python`, `python3` and `pip` are those of a Python that has nothing yet."""

    def __init__(self, root: Path) -> None:
        self.root = root
        subprocess.run([PYTHON, "-m", "venv", root / "python"], check=True)  # noqa: S603 - a Python of ours
        self.environment = {name: value for name, value in os.environ.items() if not NOT_OURS.match(name)}
        self.environment["PATH"] = f"{root / 'python' / 'bin'}:{self.environment['PATH']}"

    def path(self, path: str) -> Path:
        """Return where an absolute path of the machine is."""
        return self.root / path.lstrip("/")

    def here(self, text: str) -> str:
        """Put the folder before the machine's paths in a text."""
        return PATHS.sub(f"{self.root}/", text)

    def lay(self, path: str) -> Path:
        """Put the project into a folder of the machine, as whoever has fetched it has it there."""
        return Path(shutil.copytree(ROOT, self.path(path), ignore=OF_A_PROJECT, dirs_exist_ok=True))

    def run(self, script: str, folder: Path, **environment: str) -> None:
        """Run lines in a shell that stops at the first that fails.

        Raises:
            AssertionError: one has failed, with what it said.
        """
        command = ["sh", "-euc", self.here(script)]
        done = subprocess.run(  # noqa: S603 - documented lines are what is tested
            command, cwd=folder, env={**self.environment, **environment}, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{script}\n{done.stdout}{done.stderr}"

    def stand_in(self, program: str) -> Path:
        """Have a program do nothing on this machine; return the file that says with what words it was called."""
        called = self.root / f"{program}.called"
        stub = self.root / "python" / "bin" / program
        stub.write_text(f'#!/bin/sh\necho "$*" >> "{called}"\n', encoding="utf-8")
        stub.chmod(0o755)
        return called

    @asynccontextmanager
    async def started(
        self, wire: Wire, command: str, folder: Path, environment: Mapping[str, str] = {}
    ) -> AsyncIterator[Bot]:
        """Start the bot by a command on the pretend Discord, and wait until `/next` is answered there."""
        hook = {
            "PYTHONPATH": str(Path(__file__).parent / "hook"),
            "WIRE_CONNECT": str(ROOT / "tests" / "wire" / "connect.py"),
            "WIRE_API": wire.api,
        }
        log = self.root / "bot.log"
        with log.open("wb") as opened:
            process = await asyncio.create_subprocess_exec(
                *("sh", "-euc", f"exec {self.here(command)}"),
                cwd=folder,
                env={**self.environment, "DISCORD_TOKEN": TOKEN, **environment, **hook},
                stdin=asyncio.subprocess.DEVNULL,
                stderr=opened,
            )
        try:
            await until(lambda: _answers(wire, process, log), "/next to be answered", COMES_UP)
            yield Bot(process.pid, process)
        finally:
            if process.returncode is None:
                process.kill()
            await process.wait()


async def _answers(wire: Wire, process: asyncio.subprocess.Process, log: Path) -> bool:
    assert process.returncode is None, _read(log)
    if not (await wire.state())["connected"]:
        return False
    outcome = await wire.command(wire.channel(1), ANN, "next")
    return outcome.type == MESSAGE


def _read(log: Path) -> str:
    return log.read_text(encoding="utf-8")
