"""What whoever drives the pretend Discord can ask of it: things that members do, what is shown, faults, counts."""

import asyncio
import itertools
import time
from dataclasses import asdict
from datetime import datetime, timedelta

import orjson
from aiohttp import web

from tests.wire.components import walk
from tests.wire.deeds import Deeds
from tests.wire.directs import direct
from tests.wire.events import outline
from tests.wire.judge import Json
from tests.wire.limits.components import BUTTON, TEXT_DISPLAY
from tests.wire.payloads import channel_of, member, role
from tests.wire.world import FIRST_GUILD, Channel, Wrong


class Control(Deeds):
    """Answers POST /control/{what}, with the arguments as JSON."""

    async def answer(self, request: web.BaseRequest, what: str) -> web.Response:
        """Carry out what is asked; one that is unknown or wrong is answered with 400 and the reason."""
        raw = await request.read()
        arguments = orjson.loads(raw) if raw else {}
        handler = getattr(self, f"do_{what}", None)
        if handler is None:
            return web.Response(status=404, text=f"no {what}")
        try:
            said = await handler(**arguments)
        except (Wrong, ValueError, TypeError, LookupError) as wrong:
            return web.Response(status=400, text=repr(wrong))
        return web.Response(body=orjson.dumps(said), content_type="application/json")

    # ---- what is shown

    async def do_messages(self, channel: int, after: int = 0) -> list[Json]:
        """Return the messages of a channel, oldest first."""
        place = self._world.channel(channel)
        return [message for number, message in place.messages.items() if number > after]

    async def do_outline(self, channel: int, after: int = 0, last: int = 1 << 63) -> list[Json]:
        """Return what matters of the messages of a channel, oldest first: ids of containers, texts, buttons."""
        messages = self._world.channel(channel).messages
        newest = list(itertools.islice(reversed(messages.values()), min(last, len(messages))))
        return [_outline(message) for message in reversed(newest) if int(message["id"]) > after]

    # ---- the places

    async def do_chat(self, channel: int, times: int = 1) -> None:
        """Have somebody else write in a channel."""
        place = self._world.channel(channel)
        for _ in range(times):
            message = self._world.keep(place, {"content": "chat"})
            message["author"] = member(1, "chatter")["user"]

    async def do_deny(self, channel: int, needs: list[str], tell: bool = True) -> None:  # noqa: FBT001, FBT002 - from JSON
        """Take permissions from the bot in a channel, and give it all others; with `tell` it hears of it."""
        place = self._world.channel(channel)
        place.denied = set(needs)
        if tell:
            await self._gateway.dispatch(place.guild, "CHANNEL_UPDATE", channel_of(place))

    async def do_restrict(self, channel: int, on: bool, tell: bool = True) -> None:  # noqa: FBT001, FBT002 - from JSON
        """Turn the age restriction of a channel on or off; with `tell` the bot hears of it."""
        place = self._world.channel(channel)
        place.restricted = on
        if tell:
            await self._gateway.dispatch(place.guild, "CHANNEL_UPDATE", channel_of(place))

    async def do_delete_channel(self, channel: int, tell: bool = True) -> None:  # noqa: FBT001, FBT002 - from JSON
        """Delete a channel; with `tell` the bot hears of it."""
        place: Channel = self._world.channel(channel)
        place.deleted = True
        if tell:
            await self._gateway.dispatch(
                place.guild, "THREAD_DELETE" if place.parent else "CHANNEL_DELETE", channel_of(place)
            )

    async def do_slow(self, seconds: float, channel: int | None = None) -> None:
        """Have each request to a channel take so long, or without one each that belongs to no channel."""
        if channel is None:
            self._world.slow = seconds
        else:
            self._world.channel(channel).slow = seconds

    async def do_change_role(self, guild: int) -> None:
        """Tell the bot that a role has changed."""
        await self._gateway.dispatch(guild, "GUILD_ROLE_UPDATE", {"guild_id": str(guild), "role": role(guild, 0)})

    # ---- in private

    async def do_directs(self, member: int) -> list[Json]:
        """Return what matters of the messages that a member was written in private, oldest first."""
        return [_outline(message) for message in direct(self._world, member).messages.values()]

    async def do_direct_channel(self, member: int) -> int:
        """Return the channel that a member is written to in."""
        return direct(self._world, member).id

    async def do_close_directs(self, member: int) -> None:
        """Have a member take no messages from the bot."""
        direct(self._world, member).denied = {"direct"}

    # ---- events

    async def do_events(self, guild: int) -> list[Json]:
        """Return what matters of the events of a server that are still to come."""
        return outline(self._world, guild)

    async def do_events_made(self, channel: int) -> int:
        """Return how many events there are for a channel, those that have begun counted."""
        return sum(str(channel) in event["entity_metadata"]["location"] for event in self._world.events.values())

    async def do_move_event(self, event: int, by: float) -> None:
        """Have a member move an event by so many seconds."""
        found = self._world.event(event)
        for what in ("scheduled_start_time", "scheduled_end_time"):
            found[what] = (datetime.fromisoformat(found[what]) + timedelta(seconds=by)).isoformat()
        await self._gateway.dispatch(int(found["guild_id"]), "GUILD_SCHEDULED_EVENT_UPDATE", dict(found))

    async def do_delete_event(self, event: int) -> None:
        """Have a member delete an event."""
        found = self._world.event(event)
        del self._world.events[event]
        await self._gateway.dispatch(int(found["guild_id"]), "GUILD_SCHEDULED_EVENT_DELETE", found)

    async def do_threads(self, guild: int) -> list[Json]:
        """Return the threads of a server: their numbers, and whether they are archived."""
        threads = [each for each in self._world.channels.values() if each.parent and each.guild == guild]
        return [{"id": each.id, "parent": each.parent, "archived": each.archived} for each in threads]

    async def do_size(self) -> Json:
        """Return how large this Discord is, and its first server."""
        return {**asdict(self._world.size), "first": FIRST_GUILD}

    # ---- faults

    async def do_faults(self, faults: list[Json], seed: int = 0) -> dict[str, int]:
        """Have these faults from now on, instead of those before; return how often those came."""
        made = self._server.mischief.made
        self._server.mischief.set(faults, seed)
        return made

    async def do_disturb(self, what: str, code: int = 4000, resumable: bool = True) -> None:  # noqa: FBT001, FBT002 - JSON
        """Do something to the gateway's sockets."""
        await self._gateway.disturb(what, code=code, resumable=resumable)

    async def do_greet(self, greets: bool) -> None:  # noqa: FBT001 - JSON
        """Have the gateway greet sockets from now on, or leave them waiting."""
        self._gateway.greets = greets

    async def do_twice(self, times: int) -> None:
        """Send the next events twice."""
        self._gateway.twice = times

    async def do_rates(self, a_channel: int, a_second: int) -> None:
        """Limit the requests."""
        self._server.rates.set(a_channel, a_second)

    # ---- counts

    async def do_counts(self) -> Json:
        """Return how many requests came, by route, and how many were refused, by route and status."""
        return {
            "requests": {name: len(times) for name, times in self._server.requests.items()},
            "refused": dict(self._server.refused),
        }

    async def do_commands(self) -> list[Json]:
        """Return the commands that the bot has told."""
        return self._world.commands

    async def do_judged(self) -> Json:
        """Return how many bodies were judged, by route, and what was wrong with any."""
        return {"bodies": dict(self._server.judged), "wrong": self._world.breaches}

    async def do_times(self, route: str) -> list[float]:
        """Return how many seconds ago requests to a route came."""
        now = time.monotonic()
        return [now - then for then in self._server.requests.get(route, [])]

    async def do_forget_counts(self) -> None:
        """Count anew."""
        self._server.requests.clear()
        self._server.refused.clear()

    async def do_state(self) -> Json:
        """Return how many sessions have begun, have been resumed and are connected, and what was refused."""
        gateway = self._gateway
        return {
            "identified": gateway.identified,
            "resumed": gateway.resumed,
            "connected": len(gateway.connected()),
            "ungreeted": gateway.ungreeted,
            "too_early": gateway.too_early,
        }

    async def do_until(self, identified: int = 0, resumed: int = 0, patience: float = 15.0) -> bool:
        """Wait until so many sessions have begun and been resumed; return whether they have."""
        try:
            async with asyncio.timeout(patience):
                await self._gateway.until(identified, resumed)
        except TimeoutError:
            return False
        return True


def _outline(message: Json) -> Json:
    found = list(walk(message["components"]))
    return {
        "id": int(message["id"]),
        "bot": message["author"]["bot"],
        "marks": [each["id"] for each in message["components"]],
        "texts": [each["content"] for each in found if each["type"] == TEXT_DISPLAY],
        "buttons": [
            [each["label"], each["custom_id"], bool(each.get("disabled"))] for each in found if each["type"] == BUTTON
        ],
    }
