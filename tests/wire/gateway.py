"""Discord's gateway: a session for each shard that identifies, kept while its socket is gone so that it can resume."""

import asyncio
import contextlib
import time
from collections import deque
from collections.abc import Coroutine
from typing import Any

import orjson
from aiohttp import WSMsgType, web

from tests.wire.judge import Json
from tests.wire.payloads import guild_create
from tests.wire.world import BOT, World, user

DISPATCH, HEARTBEAT, IDENTIFY, RESUME, RECONNECT, INVALID, HELLO, ACK = 0, 1, 2, 6, 7, 9, 10, 11
HEARTBEAT_MILLISECONDS = 41_250
KEPT = 5000
"""Events that are kept to be sent again after a resume."""


class Session:
    """A shard's session: its events by their numbers, and its socket while it has one."""

    def __init__(self, number: int, shard: tuple[int, int]) -> None:
        self.id = f"session-{number}"
        self.shard = shard
        self.socket: Socket | None = None
        self.silent = False
        self._events: deque[tuple[int, bytes]] = deque(maxlen=KEPT)
        self._last = 0

    @property
    def listens(self) -> bool:
        """Whether it has an open socket."""
        return self.socket is not None and not self.socket.closed

    async def send(self, name: str, data: Any, *, kept: bool = True, times: int = 1) -> None:
        """Send an event, or keep it for when the session is resumed."""
        self._last += 1
        frame = orjson.dumps({"op": DISPATCH, "t": name, "s": self._last, "d": data})
        if kept:
            self._events.append((self._last, frame))
        for _ in range(times):
            await self._put(frame)

    async def replay(self, after: int) -> None:
        """Send the events since one again."""
        for number, frame in list(self._events):
            if number > after:
                await self._put(frame)

    async def _put(self, frame: bytes) -> None:
        if self.socket is not None and not self.socket.closed and not self.silent:
            with contextlib.suppress(ConnectionError):
                await self.socket.send_frame(frame, WSMsgType.TEXT)


class Gateway:
    """All sessions, and what is done to them."""

    def __init__(self, world: World) -> None:
        self.identified = 0
        self.resumed = 0
        self.ready_at = 0.0
        self.too_early = 0
        """How many identifies came before the time that Discord prescribes between two."""
        self.twice = 0
        """How many of the next events are sent twice."""
        self.greets = True
        """Whether a socket that is opened is greeted; if not, nothing more is said on it."""
        self.ungreeted = 0
        self._world = world
        self._sessions: dict[str, Session] = {}
        self._changed = asyncio.Condition()
        self._jobs: set[asyncio.Task[None]] = set()
        self._last_identifies: dict[int, float] = {}

    # ---- for whoever drives it

    def connected(self) -> list[Session]:
        """Return the sessions with an open socket."""
        return [each for each in self._sessions.values() if each.listens]

    async def dispatch(self, guild: int, name: str, data: Any) -> bool:
        """Send an event to the sessions of a server; return whether there is one, connected or to be resumed.

        There are several while a process still has a shard that another has taken over. Only the newest is waited for:
        the other process may be frozen, and take nothing.
        """
        found = [each for each in self._sessions.values() if (guild >> 22) % each.shard[1] == each.shard[0]]
        if not found:
            return False
        *others, newest = found
        for other in others:
            self._do(other.send(name, data))
        times = 2 if self.twice else 1
        self.twice = max(0, self.twice - 1)
        await newest.send(name, data, times=times)
        return True

    async def until(self, identified: int, resumed: int) -> None:
        """Wait until so many sessions have begun and have been resumed, over all time."""
        async with self._changed:
            await self._changed.wait_for(lambda: self.identified >= identified and self.resumed >= resumed)

    async def disturb(self, what: str, *, code: int = 4000, resumable: bool = True) -> None:
        """Do something to every connected session: "op7", "op9", "close" with a code, "cut", "silence" or "speak"."""
        for session in self.connected():
            socket = session.socket
            if socket is None:
                continue
            if what == "op7":
                await socket.send_bytes_text({"op": RECONNECT, "d": None})
            elif what == "op9":
                if not resumable:
                    self._sessions.pop(session.id, None)
                await socket.send_bytes_text({"op": INVALID, "d": resumable})
            elif what == "close":
                await socket.close(code=code)
            elif what == "cut":
                socket.cut()
            else:
                session.silent = what == "silence"

    # ---- the socket

    async def serve(self, request: web.BaseRequest) -> web.StreamResponse:
        """Speak with a shard until it goes."""
        socket = Socket(request)
        await socket.prepare(request)
        if self.greets:
            await socket.send_bytes_text({"op": HELLO, "d": {"heartbeat_interval": HEARTBEAT_MILLISECONDS}})
        else:
            self.ungreeted += 1
        session: Session | None = None
        async for frame in socket:
            if frame.type not in {WSMsgType.TEXT, WSMsgType.BINARY}:
                break
            said = orjson.loads(frame.data)
            if said["op"] == HEARTBEAT:
                if session is None or not session.silent:
                    await socket.send_bytes_text({"op": ACK, "d": None})
            elif said["op"] == IDENTIFY:
                session = await self._identify(socket, said["d"])
            elif said["op"] == RESUME:
                session = await self._resume(socket, said["d"])
        if session and session.socket is socket:
            session.socket = None
        return socket

    async def _identify(self, socket: "Socket", said: Json) -> Session | None:
        """Begin a session, unless another of the same bucket has just begun."""
        number, of = said.get("shard") or (0, 1)
        size, now = self._world.size, time.monotonic()
        bucket = number % size.concurrency
        if now < self._last_identifies.get(bucket, -size.identify_every) + size.identify_every:
            self.too_early += 1
            await socket.send_bytes_text({"op": INVALID, "d": False})
            return None
        self._last_identifies[bucket] = now
        return self._begin(socket, number, of)

    def _begin(self, socket: "Socket", number: int, of: int) -> Session:
        # Whoever identifies anew will not resume what was before; one that still listens is told everything, too.
        for old in [each for each in self._sessions.values() if each.shard[0] == number and not each.listens]:
            del self._sessions[old.id]
        session = Session(self._world.number(), (number, of))
        session.socket = socket
        self._sessions[session.id] = session
        self._do(self._greet(session))
        return session

    def _do(self, work: Coroutine[Any, Any, None]) -> None:
        """Have something done that is not waited for."""
        job = asyncio.create_task(work)
        self._jobs.add(job)
        job.add_done_callback(self._jobs.discard)

    async def _greet(self, session: Session) -> None:
        shard, of = session.shard
        guilds = list(self._world.guild_ids(shard, of))
        ready = {
            "v": 10,
            "user": user(BOT, "storyteller", bot=True),
            "guilds": [{"id": str(guild), "unavailable": True} for guild in guilds],
            "session_id": session.id,
            "resume_gateway_url": self._world.gateway,
            "application": {"id": str(BOT), "flags": 0},
            "shard": [shard, of],
        }
        await session.send("READY", ready)
        for guild in guilds:
            await session.send("GUILD_CREATE", guild_create(self._world, guild), kept=False)
        async with self._changed:
            self.identified += 1
            self._changed.notify_all()

    async def _resume(self, socket: "Socket", said: Json) -> Session | None:
        session = self._sessions.get(said["session_id"])
        if session is None:
            await socket.send_bytes_text({"op": INVALID, "d": False})
            return None
        session.socket, session.silent = socket, False
        await session.replay(said["seq"] or 0)
        await session.send("RESUMED", {}, kept=False)
        async with self._changed:
            self.resumed += 1
            self._changed.notify_all()
        return session


class Socket(web.WebSocketResponse):
    """A socket that speaks orjson, and that can be cut."""

    def __init__(self, request: web.BaseRequest) -> None:
        super().__init__(compress=False, max_msg_size=0)
        self._transport_of = request

    async def send_bytes_text(self, message: Json) -> None:
        """Send a message as a text frame; a socket that is gone is none."""
        with contextlib.suppress(ConnectionError):
            await self.send_frame(orjson.dumps(message), WSMsgType.TEXT)

    def cut(self) -> None:
        """Break the connection without a word."""
        if self._transport_of.transport:
            self._transport_of.transport.abort()
