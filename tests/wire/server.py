"""The server: `python -m tests.wire.server` prints its port as its first line, and serves until it is ended."""

import argparse
import asyncio
import contextlib
import importlib
import os
import sys
import time
from collections import Counter, defaultdict
from dataclasses import fields
from typing import Any

import orjson
from aiohttp import web

from tests.wire.control import Control
from tests.wire.gateway import Gateway
from tests.wire.limits.messages import LARGEST_FILE
from tests.wire.mischief import Fault, Mischief
from tests.wire.rates import Limited, Rates
from tests.wire.rest import Answer, Handler, find_route
from tests.wire.world import Size, World, Wrong

for each in ("directs", "events"):
    importlib.import_module(f"tests.wire.{each}")  # adds its routes
API = "/api/v10"
NEVER = 300.0
"""Seconds after which an answer that never comes is a broken connection."""
LARGEST = 2**26
"""Bytes of a request: files, and what members upload."""


class Server:
    """Answers the bot at /api/v10 and /gateway, and whoever drives it at /control."""

    def __init__(self, size: Size) -> None:
        self.world = World(size)
        self.gateway = Gateway(self.world)
        self.mischief = Mischief()
        self.rates = Rates()
        self.requests: dict[str, list[float]] = defaultdict(list)
        """When requests came, by their route."""
        self.refused: dict[str, int] = defaultdict(int)
        """How many answers were errors, by route and status."""
        self.judged: Counter[str] = Counter()
        """How many bodies were judged, by the route that they came by."""
        self.control = Control(self)
        self.port = 0

    async def answer(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer whatever comes."""
        path = request.path
        if path.startswith(API):
            with contextlib.suppress(ConnectionError):
                return await self._rest(request, path.removeprefix(API))
            return web.Response()  # nobody is there to take it
        if path.startswith("/cdn/"):
            return web.Response(body=self.world.files[path.removeprefix("/cdn/")])
        if path.startswith("/gateway"):
            return await self.gateway.serve(request)
        return await self.control.answer(request, path.removeprefix("/control/"))

    async def _rest(self, request: web.BaseRequest, path: str) -> web.StreamResponse:
        method = request.method
        fault = self.mischief.pick(f"{method} {path}")
        name = f"{method} {path}"
        try:
            body = await _body(request)
            name, handler, parts = find_route(method, path)
            self.requests[name].append(time.monotonic())
            headers = self.rates.take(name, parts)
            if fault and not fault.works:
                return await self._fail(request, name, fault)
            slow = self.world.slowness(name, parts)
            await asyncio.sleep(slow / 2)
            if request.transport is None:
                return (
                    web.Response()
                )  # whoever asked is gone, and a bot that came after may have asked for something newer
            status, said = self._handle(name, handler, body, request.query, *parts)
            await self._spread_news()
            await asyncio.sleep(slow / 2)
        except Limited as limited:
            self.refused[f"{name} 429"] += 1
            return _too_many(limited.retry_after, everywhere=limited.everywhere)
        except Wrong as wrong:
            self.refused[f"{name} {wrong.status}"] += 1
            errors = {"errors": wrong.errors} if wrong.errors else {}
            return _json(wrong.status, {"message": wrong.message, "code": wrong.code, **errors})
        if fault:
            return await self._fail(request, name, fault, _json(status, said, headers))
        return _json(status, said, headers)

    def _handle(self, name: str, handler: Handler, body: Any, query: Any, *parts: str) -> Answer:
        """Have a request handled; one that takes a body without judging it is wrong itself."""
        self.world.judged = False
        try:
            answer = handler(self.world, body, query, *parts)
        finally:
            self.judged[name] += self.world.judged
        if body and not self.world.judged:
            self.world.breaches.append(f"{name} takes bodies that nobody judges")
        return answer

    async def _spread_news(self) -> None:
        news, self.world.news = self.world.news, []
        for guild, name, data in news:
            await self.gateway.dispatch(guild, name, data)

    async def _fail(
        self, request: web.BaseRequest, name: str, fault: Fault, done: web.Response | None = None
    ) -> web.StreamResponse:
        if fault.kind in {"late", "never"} and done:
            await asyncio.sleep(fault.seconds if fault.kind == "late" else NEVER)
        if fault.kind == "late" and done:
            return done
        if fault.kind in {"never", "cut"}:
            if request.transport:
                request.transport.abort()
            return web.Response()
        status = int(fault.kind)
        self.refused[f"{name} {status}"] += 1
        if status == web.HTTPTooManyRequests.status_code:
            return _too_many(fault.seconds, everywhere=False, code=fault.code)
        if fault.code:
            return _json(status, {"message": "Refused", "code": fault.code})
        said = {
            403: {"message": "Missing Permissions", "code": 50013},
            404: {"message": "Unknown interaction", "code": 10062}
            if "/interactions/" in name
            else {"message": "Unknown Channel", "code": 10003},
        }
        if status in said:
            return _json(status, said[status])
        return web.Response(status=status, text="upstream connect error", content_type="text/plain")


async def _body(request: web.BaseRequest) -> Any:
    if request.content_type == "multipart/form-data":
        fields = await request.post()
        for name, value in fields.items():
            if (
                name.startswith("files")
                and isinstance(value, web.FileField)
                and value.file.seek(0, os.SEEK_END) > LARGEST_FILE
            ):
                raise Wrong(413, 40005, "Request entity too large")
        return orjson.loads(str(fields["payload_json"]))
    raw = await request.read()
    return orjson.loads(raw) if raw else {}


def _json(status: int, said: object, headers: dict[str, str] | None = None) -> web.Response:
    if said is None:
        return web.Response(status=status)
    body = orjson.dumps(said)
    # The type must have no charset: discord.py compares it as a whole.
    return web.Response(status=status, body=body, headers={"Content-Type": "application/json", **(headers or {})})


def _too_many(retry_after: float, *, everywhere: bool, code: int = 0) -> web.Response:
    said = {"message": "You are being rate limited.", "retry_after": retry_after, "global": everywhere, "code": code}
    headers = {"Via": "1.1 google", "Retry-After": str(int(retry_after) + 1), "X-RateLimit-Scope": "shared"}
    return _json(429, said, headers)


def _request(message: Any, payload: Any, protocol: Any, writer: Any, task: Any) -> web.BaseRequest:
    loop = asyncio.get_running_loop()
    return web.BaseRequest(message, payload, protocol, writer, task, loop, client_max_size=LARGEST)


async def serve(server: Server, port: int) -> web.ServerRunner:
    """Begin to serve on a port of 127.0.0.1, or on any free one for 0; `server.port` says which."""
    runner = web.ServerRunner(
        web.Server(server.answer, request_factory=_request, access_log=None), shutdown_timeout=0.1
    )
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    server.port = runner.addresses[0][1]
    server.world.gateway = f"ws://127.0.0.1:{server.port}/gateway"
    return runner


async def _main(size: Size, port: int) -> None:
    server = Server(size)
    runner = await serve(server, port)
    print(server.port, flush=True)  # noqa: T201 - what whoever started it waits for
    try:
        # It ends with whoever started it, who holds the other end of its input.
        await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    finally:
        await runner.cleanup()


if __name__ == "__main__":
    import uvloop

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    for size in fields(Size):
        parser.add_argument(f"--{size.name}", type=type(size.default), default=size.default)
    options = vars(parser.parse_args())
    chosen = options.pop("port")
    uvloop.run(_main(Size(**options), chosen))
