"""What stands in Discord: messages and events, as what carries deliveries out has shown them."""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from types import SimpleNamespace
from typing import Any

import discord
from discord import ui

from cogs.ui import layouts
from story.rules.delivery import Delivery
from tests.cogs.core.interleaving.gates import Gates
from tests.story.room import GUILD

ME = 7
Layout = Callable[[], Awaitable[ui.LayoutView | None]]


@dataclass(eq=False)
class Event:
    """One of Discord's own events."""

    screen: "Screen"
    id: int
    start_time: datetime
    location: str
    status: discord.EventStatus = discord.EventStatus.scheduled
    creator_id: int = ME
    guild_id: int = GUILD

    async def edit(self, *, start_time: datetime, **_: Any) -> None:
        await self.screen.gates.wait()
        self.start_time = start_time

    async def delete(self) -> None:
        await self.screen.gates.wait()
        self.screen.events.pop(self.id, None)


class Screen:
    """A server of Discord's with all its messages and events; each request to it has a gate."""

    def __init__(self, gates: Gates) -> None:
        self.gates = gates
        self.messages: dict[int, list[dict[str, Any]]] = {}
        self.parts: dict[tuple[int, int], int] = {}
        self.events: dict[int, Event] = {}
        self._numbers = count(1)
        self._tried: set[int] = set()

    def way(self, delivery: Delivery) -> "Way":
        """The way of the next attempt at a delivery."""
        fresh = delivery.id not in self._tried
        self._tried.add(delivery.id)
        return Way(self, delivery, fresh=fresh)

    def pressable(self, begins: str) -> list[str]:
        """The custom_ids of the buttons that can be pressed and begin so, one of each message."""
        shown = (
            next((each for each in _pressable(message) if each.startswith(begins)), None)
            for message in self.messages.values()
        )
        return sorted(filter(None, shown))

    # ---- what is asked of a guild of discord.py's

    async def create_scheduled_event(self, *, start_time: datetime, location: str, **_: Any) -> Event:
        await self.gates.wait()
        event = Event(self, next(self._numbers), start_time, location)
        self.events[event.id] = event
        return event

    async def fetch_scheduled_event(self, number: int, **_: Any) -> Event:
        await self.gates.wait()
        if number not in self.events:
            gone: Any = SimpleNamespace(status=404, reason="Not Found")
            raise discord.NotFound(gone, {"code": 10070, "message": "Unknown Guild Scheduled Event"})
        return self.events[number]

    async def fetch_scheduled_events(self, **_: Any) -> list[Event]:
        await self.gates.wait()
        return list(self.events.values())


class Way:
    """The way of one attempt at one delivery, as `cogs.core.way` has it."""

    limiter = nullcontext()

    def __init__(self, screen: Screen, delivery: Delivery, *, fresh: bool) -> None:
        self.fresh = fresh
        self.client = SimpleNamespace(get_guild=lambda _number: screen, user=SimpleNamespace(id=ME))
        self._screen = screen
        self._delivery = delivery

    async def post(self, layout: ui.LayoutView, *, part: int = 0, **_: Any) -> int:
        await self._screen.gates.wait()
        number = self._screen.parts.setdefault((self._delivery.id, part), 1 + len(self._screen.messages))
        self._screen.messages.setdefault(number, layouts.components(layout))
        return number

    async def edit(self, message: int, layout: Layout) -> None:
        newest = await layout()
        await self._screen.gates.wait()
        if newest is not None:
            self._screen.messages[message] = layouts.components(newest)

    async def standing(self, *_: Any) -> dict[int, int]:
        await self._screen.gates.wait()
        mine = self._screen.parts.items()
        return {part: message for (delivery, part), message in mine if delivery == self._delivery.id}


def _pressable(components: list[dict[str, Any]]) -> Iterator[str]:
    for each in components:
        if "custom_id" in each and not each.get("disabled"):
            yield each["custom_id"]
        yield from _pressable(each.get("components", []))
