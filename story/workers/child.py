"""A worker process: takes calls from standard input, one at a time, and gives back what they return or raise.

Of the bot's environment it gets only where the modules are, so it never knows the token.
"""

import os
import pickle
import sys
from typing import Any, BinaryIO

LENGTH = 8
"""How many bytes before a message say how long it is."""
POLITE = 10
"""By how much a worker gives way to the bot when both want the processor, as `nice` counts."""
MOST_MEMORY = 2 * 1024**3
"""Bytes of address space a worker may have, where the system can enforce that."""


def pack(message: object) -> bytes:
    """Return a message as bytes for a pipe."""
    data = pickle.dumps(message)
    return len(data).to_bytes(LENGTH, "big") + data


def serve(calls: BinaryIO, answers: BinaryIO) -> None:
    """Carry out calls until no more come: a module's function, its arguments and its keywords."""
    while head := calls.read(LENGTH):
        function, arguments = pickle.loads(calls.read(int.from_bytes(head, "big")))  # noqa: S301 - from the bot itself
        answers.write(_answer(function, arguments))
        answers.flush()


def _answer(function: Any, arguments: tuple[Any, ...]) -> bytes:
    """Return whether a call went well, and what it returned or raised."""
    try:
        return pack((True, function(*arguments)))
    except Exception as error:  # noqa: BLE001 - it is raised where the call came from
        try:
            return pack((False, error))
        except Exception:  # noqa: BLE001 - whatever cannot be handed over is named
            return pack((False, RuntimeError(type(error).__name__)))


def main() -> None:
    """Serve, with stray prints kept out of the answers."""
    answers, sys.stdout = sys.stdout.buffer, sys.stderr
    _keep_small()
    serve(sys.stdin.buffer, answers)


def _keep_small() -> None:
    """Give way to the bot, and keep memory within bounds."""
    if sys.platform == "linux":
        import resource  # noqa: PLC0415 - other systems lack it

        os.nice(POLITE)
        _, most = resource.getrlimit(resource.RLIMIT_AS)
        limit = MOST_MEMORY if most == resource.RLIM_INFINITY else min(MOST_MEMORY, most)
        resource.setrlimit(resource.RLIMIT_AS, (limit, most))
