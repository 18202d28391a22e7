"""Where work is done: in processes of its own, or in threads.

A thread holds the interpreter's lock, a regular expression never lets go of it, and a thread can't be stopped. So what
members send is read in a process. It starts when needed and ends after a minute without work, so an idle bot pays no
memory for it.
"""

import asyncio
import os
import pickle
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol, Self, TypeVar, cast

from story.workers.child import LENGTH, pack

T = TypeVar("T")
IDLE = 60.0
"""Seconds after which an idle process is ended."""
ROOT = Path(__file__).parents[2]
"""Where our modules are."""
KEPT = ("PATH", "LANG", "LC_ALL", "SYSTEMROOT", "TMPDIR", "TEMP")
"""What a worker gets of the environment: not the token."""


class WorkerLostError(Exception):
    """A worker ended before it answered; it may have run out of memory."""


class Workers(Protocol):
    """Carries out calls elsewhere. A call is a module's function with arguments that can be pickled."""

    async def run(self, function: Callable[..., T], *arguments: Any) -> T:
        """Return what the function returns, or raise what it raises. If this is cancelled, so is the call."""


class Threads:
    """Carries out calls in threads; a cancelled call still runs to its end there."""

    async def run(self, function: Callable[..., T], *arguments: Any) -> T:
        """Return what the function returns."""
        return await asyncio.to_thread(function, *arguments)


class Processes:
    """Carries out calls in processes, one for each call at a time; it is up to the caller to keep these few."""

    def __init__(self, idle: float = IDLE) -> None:
        self._idle = idle
        self._free: list[asyncio.subprocess.Process] = []
        self._ending: dict[int, asyncio.TimerHandle] = {}
        self._ended: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        """End the idle processes; those of cancelled calls end with them."""
        for timer in self._ending.values():
            timer.cancel()
        for process in self._free:
            await _end(process)
        await asyncio.gather(*self._ended)

    async def run(self, function: Callable[..., T], *arguments: Any) -> T:
        """Return what the function returns.

        Raises:
            WorkerLostError: the process ended, killed or out of memory.
        """
        call = pack((function, arguments))
        process = self._free.pop() if self._free else await self._start()
        if timer := self._ending.pop(process.pid, None):
            timer.cancel()
        try:
            went_well, result = await _ask(process, call)
        except BaseException:
            await _end(process)
            raise
        self._free.append(process)
        self._ending[process.pid] = asyncio.get_running_loop().call_later(self._idle, self._drop, process)
        if not went_well:
            raise result
        return result  # type: ignore[no-any-return] # what the function returns

    def _drop(self, process: asyncio.subprocess.Process) -> None:
        self._free.remove(process)
        del self._ending[process.pid]
        ending = asyncio.create_task(_end(process))
        self._ended.add(ending)
        ending.add_done_callback(self._ended.discard)

    async def _start(self) -> asyncio.subprocess.Process:
        environment = {name: os.environ[name] for name in KEPT if name in os.environ}
        environment["PYTHONPATH"] = os.pathsep.join([str(ROOT), *sys.path])
        return await asyncio.create_subprocess_exec(
            sys.executable,
            "-c",
            "from story.workers.child import main; main()",
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env=environment,
            start_new_session=True,  # Ctrl-C is for the bot
        )


async def _ask(process: asyncio.subprocess.Process, call: bytes) -> Any:
    calls, answers = _pipes(process)
    try:
        calls.write(call)
        await calls.drain()
        head = await answers.readexactly(LENGTH)
        data = await answers.readexactly(int.from_bytes(head, "big"))
    except (OSError, asyncio.IncompleteReadError) as error:
        raise WorkerLostError from error
    return pickle.loads(data)  # noqa: S301 - from a process of the bot's own


async def _end(process: asyncio.subprocess.Process) -> None:
    with suppress(ProcessLookupError):
        process.kill()
    calls, _ = _pipes(process)
    calls.close()
    await process.wait()


def _pipes(process: asyncio.subprocess.Process) -> tuple[asyncio.StreamWriter, asyncio.StreamReader]:
    """Return the pipe that calls go in by, and the one that answers come out by."""
    return cast("asyncio.StreamWriter", process.stdin), cast("asyncio.StreamReader", process.stdout)
