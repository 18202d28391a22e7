"""Drives the pretend Discord: does what members do, and sees what they see."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import aiohttp
import orjson

from cogs.ui.circles import CIRCLES

MESSAGE, UPDATE = 4, 7
EPHEMERAL = 64

Json = dict[str, Any]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of something that a member did: nothing, or an answer of a kind within so many seconds."""

    id: int
    type: int | None
    message: Json | None
    data: Json | None
    seconds: float | None

    @property
    def answered(self) -> bool:
        """Whether there was an answer at all."""
        return self.type is not None

    @property
    def private(self) -> bool:
        """Whether only the member sees it."""
        return bool(self.message and self.message["flags"] & EPHEMERAL)

    @property
    def text(self) -> str:
        """All the text of the answer."""
        return "\n".join(_texts(self.message["components"] if self.message else []))


def _texts(components: list[Json]) -> list[str]:
    found = []
    for component in components:
        found += [component["content"]] if "content" in component else []
        found += _texts(component.get("components") or [])
    return found


class Wire:
    """A pretend Discord in a process of its own. Whatever is asked of it by name is in `control.py`."""

    def __init__(self, port: int, session: aiohttp.ClientSession) -> None:
        self.api = f"http://127.0.0.1:{port}"
        self._session = session
        self.first = 0

    async def ask(self, what: str, /, **arguments: Any) -> Any:
        """Ask for something of `control.py`.

        Raises:
            ValueError: it is unknown, or cannot be done.
        """
        async with self._session.post(f"{self.api}/control/{what}", data=orjson.dumps(arguments)) as answer:
            said = await answer.read()
            if answer.status != 200:
                raise ValueError(said.decode())
            return orjson.loads(said)

    def channel(self, number: int, guild: int = 0) -> int:
        """Return a channel by its place: number 1 is the first of a server, server 0 the first."""
        return self.first + (guild << 22) + number

    async def command(
        self, channel: int, member: int, name: str, *, manages: bool = False, patience: float = 3.5, **options: Any
    ) -> Outcome:
        """Have a member give a command, such as "story start"."""
        asked = {
            "channel": channel,
            "member": member,
            "name": name,
            "options": options,
            "manages": manages,
            "patience": patience,
        }
        return Outcome(**await self.ask("command", **asked))

    async def press(
        self, channel: int, member: int, custom_id: str, message: int | None = None, *, patience: float = 3.5
    ) -> Outcome:
        """Have a member press a button, by its custom_id, and wait so many seconds for the answer."""
        asked = {"channel": channel, "member": member, "custom_id": custom_id, "message": message, "patience": patience}
        return Outcome(**await self.ask("press", **asked))

    async def press_label(self, channel: int, member: int, label: str) -> Outcome:
        """Have a member press the newest live button whose label begins so.

        Raises:
            LookupError: there is none.
        """
        for message in reversed(await self.ask("outline", channel=channel)):
            for shown, custom_id, disabled in message["buttons"]:
                if shown.lstrip("".join(CIRCLES) + " ").startswith(label) and not disabled:
                    return await self.press(channel, member, custom_id, message["id"])
        raise LookupError(label)

    async def state(self) -> Json:
        """Return how many sessions have begun, been resumed and are connected."""
        state: Json = await self.ask("state")
        return state


async def until(look: Callable[[], Awaitable[T]], what: str, seconds: float = 20) -> T:
    """Look again and again until there is something to see; return it.

    Raises:
        TimeoutError: there was nothing in that time; it says what was waited for.
    """
    give_up = time.monotonic() + seconds
    while time.monotonic() < give_up:
        found = await look()
        if found:
            return found
        await asyncio.sleep(0.01)
    msg = f"waited {seconds} s for {what}"
    raise TimeoutError(msg)
