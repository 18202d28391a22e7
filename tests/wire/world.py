"""What the pretend Discord knows: servers, channels, messages and interactions. It outlives the bot."""

import asyncio
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.wire.components import number_components
from tests.wire.judge import Json, Rule, told
from tests.wire.limits.messages import ANSWERED, EPHEMERAL, POSTED

BOT = 4_194_304_000_000_001
"""The bot's number, as a user and as an application."""
EPOCH = 1_420_070_400_000
"""When Discord's numbers begin, in unix milliseconds."""
FIRST_GUILD = 200_000_000_000 << 22
ANSWER_WITHIN = 3.0
"""Seconds within which an interaction is to be answered."""
TOKEN_LASTS = 900.0
"""Seconds for which an interaction's token is good."""
NONCES_LAST = 300.0
"""Seconds for which a nonce is kept."""
SCHEDULED = 1
"""The state of an event that is still to come."""
ALL = (1 << 53) - 1
NEEDS = {"view": 1 << 10, "send": 1 << 11, "history": 1 << 16, "threads": 1 << 35, "create_events": 1 << 44}
"""What a channel can deny the bot, and Discord's bit for it."""


class Wrong(Exception):  # noqa: N818 - Discord's answer, not a fault of the server
    """A request that Discord refuses: the status, its own code, what it says, and what is wrong where in the body."""

    def __init__(self, status: int, code: int, message: str, errors: Json | None = None) -> None:
        super().__init__(message)
        self.status, self.code, self.message, self.errors = status, code, message, errors


@dataclass(slots=True)
class Channel:
    """A text channel, or with a `parent` a thread; `denied` are the keys of NEEDS that the bot lacks there.

    `slow` is how many seconds each request to it takes; `restricted` says that Discord's age restriction is on.
    """

    id: int
    guild: int
    denied: set[str] = field(default_factory=set)
    deleted: bool = False
    parent: int = 0
    archived: bool = False
    name: str = ""
    slow: float = 0.0
    restricted: bool = False
    messages: dict[int, Json] = field(default_factory=dict)
    nonces: dict[str, tuple[float, int]] = field(default_factory=dict)


@dataclass(slots=True)
class Interaction:
    """Something that a member did; `answer` is what the bot said within the time, or None once that is past."""

    id: int
    token: str
    kind: int
    channel: int
    by: Json
    message: int | None
    born: float
    answer: asyncio.Future[Json | None]
    type: int | None = None
    original: int | None = None
    followups: list[Json] = field(default_factory=list)
    locale: str = "en-US"
    edits: int = 0
    """How often the first answer has been changed."""


@dataclass(slots=True)
class Size:
    """How many servers there are, each with so many channels and roles, on how many shards.

    Of the shards so many may identify at once, and others once `identify_every` seconds have passed; Discord's is 5.
    """

    guilds: int = 1
    channels: int = 8
    roles: int = 3
    shards: int = 1
    concurrency: int = 16
    identify_every: float = 0.0


class World:
    """Everything that is kept. Channels are made when they are first asked for, so that 10,000 servers cost nothing."""

    def __init__(self, size: Size) -> None:
        self.size = size
        self.gateway = ""
        self.commands: list[Json] = []
        self.channels: dict[int, Channel] = {}
        self.private: dict[int, Json] = {}
        self.events: dict[int, Json] = {}
        self.directs: dict[int, int] = {}
        """The channels that members are written to in, by their numbers."""
        self.news: list[tuple[int, str, Json]] = []
        """What the bot has yet to hear: the server, the event's name and what it says."""
        self.interactions: dict[str, Interaction] = {}
        self.slow = 0.0
        """How many seconds requests take that belong to no channel, such as those of events."""
        self.files: dict[str, bytes] = {}
        """What members have uploaded, by its address."""
        self.judged = False
        """Whether the body of the request that is answered has been judged."""
        self.breaches: list[str] = []
        """What was wrong with bodies."""
        self._last = 0

    # ---- numbers

    def number(self) -> int:
        """Return a number that is greater than all before, and says the time."""
        self._last = max(self._last + 1, (int(time.time() * 1000) - EPOCH) << 22)
        return self._last

    def guild_ids(self, shard: int = 0, of: int = 1) -> Iterator[int]:
        """Yield the servers of a shard."""
        for i in range(self.size.guilds):
            guild = FIRST_GUILD + (i << 22)
            if (guild >> 22) % of == shard:
                yield guild

    def channel(self, number: int) -> Channel:
        """Return a channel that may be deleted.

        Raises:
            Wrong: there never was one of that number.
        """
        found = self.channels.get(number)
        if found is None:
            guild = number >> 22 << 22
            i = (guild - FIRST_GUILD) >> 22
            if not (0 <= i < self.size.guilds and 1 <= number - guild <= self.size.channels):
                raise Wrong(404, 10003, "Unknown Channel")
            found = self.channels[number] = Channel(number, guild)
        return found

    def allowed(self, number: int, *needs: str) -> Channel:
        """Return a channel in which the bot may do these things, of NEEDS.

        Raises:
            Wrong: it may not, or the channel is not there.
        """
        channel = self.channel(number)
        if channel.deleted:
            raise Wrong(404, 10003, "Unknown Channel")
        if "view" in channel.denied:
            raise Wrong(403, 50001, "Missing Access")
        if "direct" in channel.denied and "send" in needs:
            raise Wrong(403, 50007, "Cannot send messages to this user")
        if channel.denied.intersection(needs):
            raise Wrong(403, 50013, "Missing Permissions")
        return channel

    def slowness(self, route: str, parts: tuple[str, ...]) -> float:
        """Return how many seconds a request to a route takes: by its channel, or its interaction's."""
        if "/channels/{}" in route:
            found = self.channels.get(int(parts[0]))
        elif "/callback" in route and parts[1] in self.interactions:
            found = self.channels.get(self.interactions[parts[1]].channel)
        else:
            return self.slow
        return found.slow if found else 0.0

    def tell(self, guild: int, name: str, data: Json) -> None:
        """Have the bot hear of something, once the request that caused it is done."""
        self.news.append((guild, name, data))

    def threads(self, guild: int) -> list[Channel]:
        """Return the open threads of a server."""
        return [each for each in self.channels.values() if each.parent and each.guild == guild and not each.archived]

    # ---- events

    def events_of(self, guild: int) -> list[Json]:
        """Return the events of a server."""
        return [event for event in self.events.values() if event["guild_id"] == str(guild)]

    def event(self, number: int) -> Json:
        """Return an event.

        Raises:
            Wrong: it is not there.
        """
        try:
            return self.events[number]
        except KeyError:
            raise Wrong(404, 10070, "Unknown Guild Scheduled Event") from None

    # ---- bodies

    def judge(self, rule: Rule, body: Any) -> None:
        """Hold a body to a rule.

        Raises:
            Wrong: it does not keep to it.
        """
        self.judged = True
        breaches = list(rule(body, ()))
        if breaches:
            self.breaches += map(str, breaches)
            raise Wrong(400, 50035, "Invalid Form Body", told(breaches))

    # ---- messages

    def post(self, channel: Channel, payload: Json) -> Json:
        """Post a message of the bot, or return the one that its nonce was used for.

        Raises:
            Wrong: it is not as messages are.
        """
        self.judge(POSTED, payload)
        return self.keep(channel, payload)

    def keep(self, channel: Channel, payload: Json, *, private: bool = False) -> Json:
        """Keep a new message, whoever wrote it, or return the one that its nonce was used for."""
        nonce = payload.get("nonce") if payload.get("enforce_nonce") else None
        now = time.monotonic()
        if nonce is not None:
            since, number = channel.nonces.get(str(nonce), (-NONCES_LAST, 0))
            if now < since + NONCES_LAST and number in channel.messages:
                return channel.messages[number]
        attachments = self._attached(payload.get("attachments") or [], [])
        message = _message(self.number(), channel, payload) | {"attachments": attachments}
        if private:
            message["flags"] |= EPHEMERAL
            self.private[int(message["id"])] = message
        else:
            channel.messages[int(message["id"])] = message
        if nonce is not None:
            channel.nonces[str(nonce)] = now, int(message["id"])
        return message

    def post_answer(self, found: Interaction, payload: Json) -> Json:
        """Post an answer to an interaction, which says who was answered."""
        self.judge(ANSWERED, payload)
        private = bool((payload.get("flags") or 0) & EPHEMERAL)
        message = self.keep(self.channel(found.channel), payload, private=private)
        message["interaction_metadata"] = {
            "id": str(found.id),
            "type": found.kind,
            "user": found.by,
            "authorizing_integration_owners": {},
        }
        return message

    def edit(self, message: Json, payload: Json) -> Json:
        """Change a message; what is not said of it stays as it is.

        Raises:
            Wrong: it would not be as messages are.
        """
        stands = {key: message[key] for key in ("content", "components", "attachments", "flags")}
        changed = {**stands, **payload, "flags": stands["flags"] | (payload.get("flags") or 0)}
        changed["attachments"] = self._attached(changed["attachments"] or [], stands["attachments"])
        self.judge(ANSWERED, changed)
        changed["components"] = number_components(changed["components"] or [])
        message |= {key: changed[key] for key in stands} | {"edited_timestamp": _iso()}
        return message

    def _attached(self, described: list[Json], standing: list[Json]) -> list[Json]:
        """Describe attachments as Discord does: those that stand there already by their numbers, the others anew."""
        known = {each["id"]: each for each in standing}
        made = []
        for each in described:
            number = str(each["id"]) if str(each["id"]) in known else str(self.number())
            url = f"https://cdn.discordapp.com/{number}"
            made.append({"size": 1, "url": url, "proxy_url": url, **known.get(number, {}), **each, "id": number})
        return made

    def find(self, channel: Channel, number: int) -> Json:
        """Return a message of a channel.

        Raises:
            Wrong: it is not there.
        """
        try:
            return channel.messages[number]
        except KeyError:
            raise Wrong(404, 10008, "Unknown Message") from None

    def history(self, channel: Channel, *, after: int, before: int, limit: int) -> list[Json]:
        """Return messages between two numbers, newest first: the oldest of them if only `after` is given."""
        found = [number for number in channel.messages if after < number < before]
        chosen = found[:limit] if after and before == 1 << 63 else found[-limit:]
        return [channel.messages[number] for number in reversed(chosen)]

    def shown(self, number: int, channel: Channel) -> Json:
        """Return a message as a member sees it, private or not."""
        return self.private.get(number) or self.find(channel, number)

    # ---- interactions

    def interaction(self, kind: int, channel: int, by: Json, message: int | None) -> Interaction:
        """Note something that a user does now."""
        number = self.number()
        token = f"wire-{number}-{'t' * 40}"
        answer = asyncio.get_running_loop().create_future()
        made = Interaction(number, token, kind, channel, by, message, time.monotonic(), answer)
        self.interactions[token] = made
        return made

    def unanswered(self, token: str) -> Interaction:
        """Return an interaction that can still be answered.

        Raises:
            Wrong: it is unknown, over its time, or answered.
        """
        found = self.interactions.get(token)
        if found is None or (found.type is None and time.monotonic() > found.born + ANSWER_WITHIN):
            raise Wrong(404, 10062, "Unknown interaction")
        if found.type is not None:
            raise Wrong(400, 40060, "Interaction has already been acknowledged.")
        return found

    def answered(self, token: str) -> Interaction:
        """Return an interaction that has been answered, and whose token is still good.

        Raises:
            Wrong: it is not, or not any more.
        """
        found = self.interactions.get(token)
        if found is None or found.type is None or time.monotonic() > found.born + TOKEN_LASTS:
            raise Wrong(404, 10015, "Unknown Webhook")
        return found

    def abandon(self) -> None:
        """Give up the interactions that nobody is there to answer."""
        for waiting in self.interactions.values():
            if not waiting.answer.done():
                waiting.answer.set_result(None)


def _message(number: int, channel: Channel, payload: Json) -> Json:
    return {
        "id": str(number),
        "channel_id": str(channel.id),
        "type": 0,
        "author": user(BOT, "storyteller", bot=True),
        "content": payload.get("content") or "",
        "timestamp": _iso(),
        "edited_timestamp": None,
        "tts": False,
        "mention_everyone": False,
        "mentions": [],
        "mention_roles": [],
        "embeds": [],
        "pinned": False,
        "flags": payload.get("flags") or 0,
        "components": number_components(payload.get("components") or []),
    }


def user(number: int, name: str, *, bot: bool = False) -> Json:
    """Return a user as Discord describes one."""
    return {
        "id": str(number),
        "username": name,
        "global_name": name.title(),
        "discriminator": "0",
        "avatar": None,
        "bot": bot,
        "public_flags": 0,
    }


def _iso() -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%S.000000+00:00", time.gmtime())
