"""Where work is done: in processes of its own, or in a thread where there are none.

A thread holds the interpreter's lock, and a regular expression never lets go of it; nor can a thread be ended. So what
members send is read in a process. There is none until it is needed, and none any more once nothing has been for a
minute: an idle bot pays for it with no memory.
"""

import asyncio
import os
import pickle
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol, Self, TypeVar

from story.workers.child import LENGTH, pack

T = TypeVar("T")
IDLE = 60.0
"""Seconds after which a process that has nothing to do is ended."""
ROOT = Path(__file__).parents[2]
"""Where the modules of ours are."""
KEPT = ("PATH", "LANG", "LC_ALL", "SYSTEMROOT", "TMPDIR", "TEMP")
"""What a worker knows of the environment: not the token."""


class WorkerLostError(Exception):
    """A worker has ended before it answered: it may have run out of memory."""


class Workers(Protocol):
    """Carries out calls elsewhere. A call is a function of a module, and arguments that can be pickled."""

    async def run(self, function: Callable[..., T], *arguments: Any) -> T:
        """Return what the function returns, or raise what it raises. If this is cancelled, so is the call."""


class Threads:
    """Carries out calls in threads of this process; one that is cancelled goes on there all the same."""

    async def run(self, function: Callable[..., T], *arguments: Any) -> T:
        """Return what the function returns."""
        return await asyncio.to_thread(function, *arguments)


class Processes:
    """Carries out calls in processes, as many as there are calls at a time: whoever asks keeps these few."""

    def __init__(self, idle: float = IDLE) -> None:
        self._idle = idle
        self._free: list[asyncio.subprocess.Process] = []
        self._ending: dict[int, asyncio.TimerHandle] = {}
        self._ended: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        """End the processes that have nothing to do; those of calls that are cancelled end with them."""
        for timer in self._ending.values():
            timer.cancel()
        for process in self._free:
            await _end(process)
        await asyncio.gather(*self._ended)

    async def run(self, function: Callable[..., T], *arguments: Any) -> T:
        """Return what the function returns.

        Raises:
            WorkerLostError: the process has ended, killed or for lack of memory.
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
            "-m",
            "story.workers.child",
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env=environment,
            start_new_session=True,  # Ctrl-C is for the bot
        )


async def _ask(process: asyncio.subprocess.Process, call: bytes) -> Any:
    if process.stdin is None or process.stdout is None:
        raise WorkerLostError
    try:
        process.stdin.write(call)
        await process.stdin.drain()
        head = await process.stdout.readexactly(LENGTH)
        data = await process.stdout.readexactly(int.from_bytes(head, "big"))
    except (OSError, asyncio.IncompleteReadError) as error:
        raise WorkerLostError from error
    return pickle.loads(data)  # noqa: S301 - from a process of the bot's own


async def _end(process: asyncio.subprocess.Process) -> None:
    with suppress(ProcessLookupError):
        process.kill()
    if process.stdin:
        process.stdin.close()
    await process.wait()
