"""Discord's own events and threads, as the pretend Discord keeps them."""

import re
from datetime import UTC, datetime
from typing import Any

from tests.wire.judge import Json
from tests.wire.limits.places import CHANNEL, EVENT, THREAD
from tests.wire.payloads import channel_of
from tests.wire.rest import Answer, route
from tests.wire.world import BOT, SCHEDULED, Channel, World, Wrong

CANCELLED = 4
OVER = {2, 3, CANCELLED}
"""The states of an event that has begun or does not come any more."""


def is_ahead(event: Json) -> bool:
    """Whether an event is still to come."""
    return event["status"] == SCHEDULED and datetime.fromisoformat(event["scheduled_start_time"]) > datetime.now(UTC)


@route("POST", "/guilds/{}/scheduled-events")
def make_event(world: World, body: Json, _query: Json, guild: str) -> Answer:
    """Make an event."""
    world.judge(EVENT, body)
    _require_ahead(body)
    nothing = dict.fromkeys(("channel_id", "entity_id", "creator"))
    made = {**nothing, **body, "id": str(world.number()), "guild_id": guild, "creator_id": str(BOT), "status": 1}
    world.events[int(made["id"])] = made
    world.tell(int(guild), "GUILD_SCHEDULED_EVENT_CREATE", made)
    return 200, made


@route("GET", "/guilds/{}/scheduled-events")
def see_events(world: World, _body: Json, _query: Json, guild: str) -> Answer:
    """Return the events of a server that are not over."""
    return 200, world.events_of(int(guild))


@route("GET", "/guilds/{}/scheduled-events/{}")
def see_event(world: World, _body: Json, _query: Json, _guild: str, event: str) -> Answer:
    """Return an event."""
    return 200, world.event(int(event))


@route("PATCH", "/guilds/{}/scheduled-events/{}")
def edit_event(world: World, body: Json, _query: Json, _guild: str, event: str) -> Answer:
    """Change an event that is still to come."""
    found = world.event(int(event))
    if found["status"] in OVER:
        raise Wrong(400, 180000, "Cannot update a finished event")
    world.judge(EVENT, {**found, **body})
    _require_ahead({**found, **body})
    found |= body
    world.tell(int(found["guild_id"]), "GUILD_SCHEDULED_EVENT_UPDATE", dict(found))
    return 200, found


@route("DELETE", "/guilds/{}/scheduled-events/{}")
def delete_event(world: World, _body: Json, _query: Json, _guild: str, event: str) -> Answer:
    """Delete an event."""
    found = world.event(int(event))
    del world.events[int(event)]
    world.tell(int(found["guild_id"]), "GUILD_SCHEDULED_EVENT_DELETE", found)
    return 204, None


def _require_ahead(event: Json) -> None:
    if datetime.fromisoformat(event["scheduled_start_time"]) <= datetime.now(UTC):
        raise Wrong(400, 50035, "Invalid Form Body: an event begins in the future")


# ---- threads


@route("POST", "/channels/{}/messages/{}/threads")
def open_thread(world: World, body: Json, _query: Json, channel: str, message: str) -> Answer:
    """Open the thread under a message, which has the message's number."""
    parent = world.allowed(int(channel), "threads")
    world.judge(THREAD, body)
    if parent.parent:
        raise Wrong(400, 50024, "Cannot execute action on this channel type")
    number = int(world.find(parent, int(message))["id"])
    if number in world.channels:
        raise Wrong(400, 160004, "A thread has already been created for this message")
    thread = world.channels[number] = Channel(number, parent.guild, parent=parent.id, name=body["name"])
    world.tell(parent.guild, "THREAD_CREATE", {**channel_of(thread), "newly_created": True})
    return 201, channel_of(thread)


@route("PATCH", "/channels/{}")
def edit_channel(world: World, body: Json, _query: Json, channel: str) -> Answer:
    """Rename a channel, or archive a thread or open it again."""
    found = world.allowed(int(channel))
    world.judge(CHANNEL, body)
    found.name = body.get("name", found.name)
    found.archived = body.get("archived", found.archived)
    world.tell(found.guild, "THREAD_UPDATE" if found.parent else "CHANNEL_UPDATE", channel_of(found))
    return 200, channel_of(found)


def outline(world: World, guild: int) -> list[dict[str, Any]]:
    """Return what matters of a server's events that are still to come: their number, channel and beginning."""
    return [
        {
            "id": int(event["id"]),
            "channel": int(re.findall(r"\d+", event["entity_metadata"]["location"])[-1]),
            "at": datetime.fromisoformat(event["scheduled_start_time"]).timestamp(),
        }
        for event in world.events_of(guild)
        if is_ahead(event)
    ]
