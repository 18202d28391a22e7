"""Ways in which Discord, the network or the bot itself fails while something is done."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from fnmatch import fnmatch
from typing import Any

import aiohttp
from simcord.http.client import FakeHTTPClient, FakeWebhookAdapter, _path_of

from tests.cogs.stage import Stage

CALLBACK = "POST /interactions/*/*/callback"
POST = "POST /channels/*/messages"
EDIT = "PATCH /channels/*/messages/*"

Send = Callable[[], Awaitable[Any]]
Trouble = Callable[[Send], Awaitable[Any]]
"""What becomes of a request; it may send it."""


async def cut(_send: Send) -> None:
    """The connection is cut before the request arrives."""
    raise aiohttp.ServerDisconnectedError


async def unheard(send: Send) -> None:
    """The request arrives, and the word of that gets lost."""
    await send()
    raise aiohttp.ServerDisconnectedError


async def deadly(send: Send) -> None:
    """The request arrives, and what had sent it is no more."""
    await send()
    raise asyncio.CancelledError


def slow(seconds: float) -> Trouble:
    """The request arrives so much later."""

    async def arrives(send: Send) -> object:
        await asyncio.sleep(seconds)
        return await send()

    return arrives


@contextmanager
def trouble(where: str, what: Trouble) -> Iterator[list[str]]:
    """Have requests come to something, such as to `POST /channels/*/messages`; yields those to which it came."""
    met: list[str] = []
    clients: tuple[type, ...] = (FakeHTTPClient, FakeWebhookAdapter)
    originals = [(each, each.__dict__["request"]) for each in clients]

    def troubled(request: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
        async def requested(self: object, route: Any, *args: Any, **options: Any) -> object:
            path = f"{route.method} {_path_of(route.url)}"
            if not fnmatch(path, where):
                return await request(self, route, *args, **options)
            met.append(path)
            return await what(lambda: request(self, route, *args, **options))

        return requested

    for each, request in originals:
        setattr(each, "request", troubled(request))  # noqa: B010 - mypy takes no other function for a method
    try:
        yield met
    finally:
        for each, request in originals:
            setattr(each, "request", request)  # noqa: B010 - as above


@asynccontextmanager
async def killed(stage: Stage, where: str, *, arrives: bool = True) -> AsyncIterator[None]:
    """Kill the bot while a request that a member causes within is under way, and start it again."""
    under_way = asyncio.Event()

    async def hang(send: Send) -> None:
        if arrives:
            await send()
        under_way.set()
        await asyncio.Event().wait()

    with trouble(where, hang), stage.at_once():
        yield
        async with asyncio.timeout(10):
            await under_way.wait()
        await stage.kill()
    await stage.restart()


def fail(stage: Stage, where: str, status: int, code: int = 0, times: int | None = 1) -> None:
    """Have Discord refuse requests."""
    method, path = where.split()
    stage.env.inject_error(method, path, status=status, code=code, times=times)


def refuse(stage: Stage, where: str = POST) -> None:
    """Have Discord say that the bot may not, until that is `allowed`."""
    fail(stage, where, 403, 50013, times=None)


def allow(stage: Stage) -> None:
    """Have Discord refuse nothing any more; nobody tells the bot of that."""
    stage.env.backend.faults.clear()


def late(stage: Stage) -> None:
    """Have Discord not wait for the next answer: three seconds are over."""
    fail(stage, CALLBACK, 404, 10062)
