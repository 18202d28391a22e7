"""Discord's REST, as much of it as the bot uses: each route with what it does."""

import re
import time
from collections.abc import Callable
from typing import Any

from tests.wire.judge import Json
from tests.wire.limits import answers
from tests.wire.limits.answers import DEFER, MESSAGE, UPDATE
from tests.wire.limits.commands import commands
from tests.wire.limits.messages import EPHEMERAL
from tests.wire.payloads import channel_of
from tests.wire.world import BOT, Interaction, World, Wrong, user

Answer = tuple[int, Any]
Handler = Callable[..., Answer]
ROUTES: list[tuple[str, re.Pattern[str], str, Handler]] = []


def route(method: str, path: str) -> Callable[[Handler], Handler]:
    """Have requests to a path, with {} for each part that is handed on, answered by a function.

    It is called with the world, the body, the query and the parts.
    """

    def add(handler: Handler) -> Handler:
        pattern = re.compile(path.replace("{}", "([^/]+)"))
        ROUTES.append((method, pattern, f"{method} {path}", handler))
        return handler

    return add


def find_route(method: str, path: str) -> tuple[str, Handler, tuple[str, ...]]:
    """Return the name of a route, what answers it and the parts of the path.

    Raises:
        Wrong: there is none.
    """
    for known, pattern, name, handler in ROUTES:
        if known == method and (found := pattern.fullmatch(path)):
            return name, handler, found.groups()
    raise Wrong(404, 0, f"404: Not Found: {method} {path}")


# ---- interactions: first, since there are most of them


@route("POST", "/interactions/{}/{}/callback")
def answer(world: World, body: Json, query: Json, _number: str, token: str) -> Answer:
    """Take the answer to an interaction."""
    found = world.unanswered(token)
    world.judge(answers.answer(found.kind), body)
    kind, data = body["type"], body.get("data") or {}
    message = None
    if kind == MESSAGE:
        message = world.post_answer(found, data)
    elif kind == UPDATE and found.message is not None:
        message = world.edit(world.shown(found.message, world.channel(found.channel)), data)
    found.type = kind
    found.original = int(message["id"]) if message else found.message
    if not found.answer.done():
        taken = {"type": kind, "message": message, "data": None if message else data}
        found.answer.set_result({**taken, "seconds": time.monotonic() - found.born})
    if query.get("with_response") not in {"1", "true"}:
        return 204, None
    return 200, _callback(found, message)


def _callback(found: Interaction, message: Json | None) -> Json:
    said: Json = {
        "interaction": {
            "id": str(found.id),
            "type": found.kind,
            "response_message_id": str(found.original) if found.original else None,
            "response_message_loading": found.type == DEFER,
            "response_message_ephemeral": bool(message and message["flags"] & EPHEMERAL),
        }
    }
    if message:
        said["resource"] = {"type": found.type, "message": message}
    return said


@route("POST", "/webhooks/{}/{}")
def follow_up(world: World, body: Json, _query: Json, _application: str, token: str) -> Answer:
    """Post another answer."""
    found = world.answered(token)
    message = world.post_answer(found, body)
    if found.type == DEFER and found.original is None:
        found.original = int(message["id"])
    found.followups.append(message)
    return 200, message


@route("GET", "/webhooks/{}/{}/messages/@original")
def see_original(world: World, _body: Json, _query: Json, _application: str, token: str) -> Answer:
    """Return the first answer."""
    return 200, _original(world, world.answered(token))


@route("PATCH", "/webhooks/{}/{}/messages/@original")
def edit_original(world: World, body: Json, _query: Json, _application: str, token: str) -> Answer:
    """Change the first answer."""
    found = world.answered(token)
    if found.original is None:
        message = world.post_answer(found, body)
        found.original = int(message["id"])
    else:
        message = world.edit(_original(world, found), body)
    found.edits += 1
    return 200, message


@route("DELETE", "/webhooks/{}/{}/messages/@original")
def delete_original(world: World, _body: Json, _query: Json, _application: str, token: str) -> Answer:
    """Delete the first answer."""
    found = world.answered(token)
    number = int(_original(world, found)["id"])
    world.private.pop(number, None)
    world.channel(found.channel).messages.pop(number, None)
    return 204, None


def _original(world: World, found: Interaction) -> Json:
    if found.original is None:
        raise Wrong(404, 10008, "Unknown Message")
    return world.shown(found.original, world.channel(found.channel))


# ---- messages


@route("PATCH", "/channels/{}/messages/{}")
def edit(world: World, body: Json, _query: Json, channel: str, message: str) -> Answer:
    """Change a message."""
    return 200, world.edit(world.find(world.allowed(int(channel)), int(message)), body)


@route("POST", "/channels/{}/messages")
def post(world: World, body: Json, _query: Json, channel: str) -> Answer:
    """Post a message."""
    return 200, world.post(world.allowed(int(channel), "send"), body)


@route("GET", "/channels/{}/messages")
def history(world: World, _body: Json, query: Json, channel: str) -> Answer:
    """Return messages."""
    found = world.allowed(int(channel), "history")
    after, before = int(query.get("after", 0)), int(query.get("before", 1 << 63))
    return 200, world.history(found, after=after, before=before, limit=int(query.get("limit", 50)))


@route("GET", "/channels/{}/messages/{}")
def see(world: World, _body: Json, _query: Json, channel: str, message: str) -> Answer:
    """Return a message."""
    return 200, world.find(world.allowed(int(channel), "history"), int(message))


@route("DELETE", "/channels/{}/messages/{}")
def delete(world: World, _body: Json, _query: Json, channel: str, message: str) -> Answer:
    """Delete a message."""
    found = world.allowed(int(channel))
    del found.messages[int(world.find(found, int(message))["id"])]
    return 204, None


@route("GET", "/channels/{}")
def see_channel(world: World, _body: Json, _query: Json, channel: str) -> Answer:
    """Return a channel."""
    found = world.allowed(int(channel))
    return 200, channel_of(found)


# ---- the bot itself


@route("GET", "/users/@me")
def me(_world: World, _body: Json, _query: Json) -> Answer:
    """Return the bot."""
    return 200, user(BOT, "storyteller", bot=True)


@route("GET", "/oauth2/applications/@me")
def application(_world: World, _body: Json, _query: Json) -> Answer:
    """Return the bot's application."""
    flags = {"bot_public": True, "bot_require_code_grant": False, "flags": 0}
    owner = user(BOT + 1, "owner")
    named = {"id": str(BOT), "name": "Storyteller", "description": "", "icon": None, "verify_key": "0" * 64}
    return 200, {**named, **flags, "owner": owner, "team": None}


@route("GET", "/gateway/bot")
def gateway(world: World, _body: Json, _query: Json) -> Answer:
    """Return where the gateway is, and how many shards it wants."""
    starts = {"total": 1000, "remaining": 999, "reset_after": 0, "max_concurrency": world.size.concurrency}
    return 200, {"url": world.gateway, "shards": world.size.shards, "session_start_limit": starts}


@route("PUT", "/applications/{}/commands")
def keep_commands(world: World, body: Any, _query: Json, application_id: str) -> Answer:
    """Keep the commands for everywhere."""
    world.judge(commands, body)
    world.commands = [
        {"description": "", **command, "id": str(number), "application_id": application_id, "version": "1"}
        for number, command in enumerate(body, BOT + 100)
    ]
    return 200, world.commands


@route("PUT", "/applications/{}/guilds/{}/commands")
def keep_guild_commands(world: World, body: Any, query: Json, application_id: str, _guild: str) -> Answer:
    """Keep the commands for one server; here they are for all."""
    return keep_commands(world, body, query, application_id)
