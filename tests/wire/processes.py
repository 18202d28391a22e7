"""The pretend Discord and the bot on it, as processes that are started and ended."""

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import orjson

from tests.wire.driver import Wire, until

ROOT = Path(__file__).parents[2]
TOKEN = "on.the.wire"  # noqa: S105 - nobody else takes it
TICKS = os.sysconf("SC_CLK_TCK")


@asynccontextmanager
async def open_wire(**sizes: float) -> AsyncIterator[Wire]:
    """Start a pretend Discord of a `Size`; it ends with the block, or with this process.

    Whatever is done in the block, the bot must not have sent a body that Discord would refuse.
    """
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "tests.wire.server"),
        *(word for key, value in sizes.items() for word in (f"--{key}", str(value))),
        cwd=ROOT,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    try:
        port = int(await process.stdout.readline())
        connector = aiohttp.TCPConnector(limit=0)
        timeout = aiohttp.ClientTimeout(total=None)
        async with aiohttp.ClientSession(connector=connector, timeout=timeout) as session:
            wire = Wire(port, session)
            wire.first = (await wire.ask("size"))["first"]
            yield wire
            wrong = (await wire.ask("judged"))["wrong"]
            assert not wrong, f"Discord would refuse: {wrong}"
    finally:
        await _end(process)


async def _end(process: asyncio.subprocess.Process) -> None:
    if process.returncode is None:
        process.kill()
    await process.wait()
    # The loop may be gone before the pipes are, which would be warned of.
    transport = process._transport  # type: ignore[attr-defined] # it has no public way to be closed
    transport.close()


class Bot:
    """A bot as a process, by its number."""

    def __init__(self, pid: int, process: asyncio.subprocess.Process | None = None) -> None:
        self.pid = pid
        self._process = process

    def cpu(self) -> float:
        """Return how many seconds of the processor it has used, as the operating system counts them."""
        fields = Path(f"/proc/{self.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def memory(self) -> int:
        """Return how many bytes of memory it holds."""
        return int(Path(f"/proc/{self.pid}/statm").read_text(encoding="utf-8").split()[1]) * os.sysconf("SC_PAGE_SIZE")

    @property
    def alive(self) -> bool:
        """Whether it still runs."""
        if self._process is not None:
            return self._process.returncode is None
        try:
            state = Path(f"/proc/{self.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
        except (FileNotFoundError, ProcessLookupError):
            return False
        return state != "Z"

    def signal(self, number: int) -> None:
        """Send it a signal; if it is gone, it needs none."""
        try:
            os.kill(self.pid, number)
        except ProcessLookupError:
            return

    async def wait(self) -> int | None:
        """Wait until it has ended; return its exit code where this process has started it itself."""
        if self._process is not None:
            return await self._process.wait()
        await until(self._gone, "the bot to be gone")
        return None

    async def gone_within(self, seconds: float) -> bool:
        """Wait until it has ended, but not longer than that; return whether it has."""
        with contextlib.suppress(TimeoutError):
            await until(self._gone, "the bot to be gone", seconds)
        return not self.alive

    async def _gone(self) -> bool:
        return not self.alive

    async def kill(self) -> None:
        """Kill it without a word, and wait until it is gone."""
        self.signal(signal.SIGKILL)
        await self.wait()


@asynccontextmanager
async def open_bot(
    wire: Wire, config: Path, *, module: str = "tests.wire.bot", hasty: bool = True, quick: bool = False
) -> AsyncIterator[Bot]:
    """Start the bot as a process, and wait until it has identified; it is killed at the end if it still runs."""
    before = (await wire.state())["identified"]
    flags = [*(["--hasty"] if hasty else []), *(["--quick"] if quick else [])]
    async with _started(wire, config, module, *flags) as process:
        here = asyncio.create_task(wire.ask("until", identified=before + 1, patience=60))
        gone = asyncio.create_task(process.wait())
        await asyncio.wait([here, gone], return_when=asyncio.FIRST_COMPLETED)
        gone.cancel()
        if not here.done() or not here.result():
            here.cancel()
            msg = f"the bot did not come up: {config.with_suffix('.log').read_text(encoding='utf-8')[-3000:]}"
            raise RuntimeError(msg)
        yield Bot(process.pid, process)


@asynccontextmanager
async def open_stand_by(wire: Wire, config: Path) -> AsyncIterator[Bot]:
    """Start a bot that stands by, and wait for nothing; it is killed at the end if it still runs."""
    async with _started(wire, config, "tests.wire.bot", "--hasty", "--stand-by") as process:
        yield Bot(process.pid, process)


@asynccontextmanager
async def open_sharing(wire: Wire, config: Path, shards: int | str) -> AsyncIterator[Bot]:
    """Start a bot that shares so many shards with others, or "auto", and wait for nothing; it is killed at the end."""
    async with _started(wire, config, "tests.wire.bot", "--hasty", "--shards", str(shards)) as process:
        yield Bot(process.pid, process)


@asynccontextmanager
async def _started(wire: Wire, config: Path, module: str, *flags: str) -> AsyncIterator[asyncio.subprocess.Process]:
    command = [sys.executable, "-m", module, "--api", wire.api, "--config", str(config), *flags]
    with config.with_suffix(".log").open("ab") as log:
        process = await asyncio.create_subprocess_exec(
            *command,
            cwd=ROOT,
            env={**os.environ, "DISCORD_TOKEN": TOKEN},
            stdin=asyncio.subprocess.DEVNULL,
            stderr=log,
        )
    try:
        yield process
    finally:
        await _end(process)


QUICKLY = ("--hasty", "--quick")
"""Flags under which a bot is ready at once, and dates and serials come round in seconds."""


class Nursery:
    """Starts bots in processes that need not import everything anew."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._born: list[Bot] = []

    @property
    def pid(self) -> int:
        """The number of the process that bears them; they have its limits."""
        return self._process.pid

    async def bear(self, kill_at: str = "") -> Bot:
        """Start a bot, to be killed at a named point if one is given; it has yet to identify."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(orjson.dumps({"WIRE_KILL_AT": kill_at}) + b"\n")
        self._born.append(Bot(int(await self._process.stdout.readline())))
        return self._born[-1]

    def kill_all(self) -> None:
        """Kill the bots that still run: they hold the pipes open that the end waits for."""
        for bot in self._born:
            if bot.alive:
                bot.signal(signal.SIGKILL)


@asynccontextmanager
async def open_nursery(wire: Wire, config: Path, *flags: str) -> AsyncIterator[Nursery]:
    """Make ready to start bots quickly, with flags of `tests.wire.bot`; those that still run at the end are killed."""
    with config.with_suffix(".log").open("ab") as log:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *(
                "-m",
                "tests.wire.bot",
                "--api",
                wire.api,
                "--config",
                str(config),
                "--nursery",
                *flags,
            ),
            cwd=ROOT,
            env={**os.environ, "DISCORD_TOKEN": TOKEN},
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=log,
        )
    nursery = Nursery(process)
    try:
        yield nursery
    finally:
        nursery.kill_all()
        await _end(process)
