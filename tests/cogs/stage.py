"""A pretend server with the bot in it, and a few words to act there and to see what members see."""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import AsyncExitStack, contextmanager
from datetime import UTC, datetime
from typing import Any, Self

import discord
import simcord
from discord import app_commands
from simcord import ChannelHandle, InteractionResult, MemberActor, ResponseMessage, UserHandle
from simcord.backend import serializers

from cogs.client import Storyteller
from cogs.core.publisher import Publisher
from cogs.core.responses import Refused
from cogs.ui.circles import CIRCLES
from story.errors import Refusal
from story.importing import BrokenStoryError
from story.model import Story
from story.rules.settings import Settings
from story.services.container import Services
from story.services.library import Library
from story.services.queries import Queries
from story.services.readings import Readings
from story.store import Store, open_store
from story.store.database import Where

Speaks = Callable[[MemberActor, str], None]
"""Has a member use Discord in another language than English."""
VOTE_SECONDS = 60
TIME_IS_UP = VOTE_SECONDS + 1
FORESEEN = (Refusal, Refused, BrokenStoryError, app_commands.TransformerError, discord.Forbidden)
"""What the bot puts into words for a member; anything else that it raised fails a test."""


class Time:
    """The bot's clock: the pretend Discord's, once there is one."""

    def __init__(self) -> None:
        self.source: Callable[[], datetime] = lambda: datetime(2026, 1, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.source()


def storyteller(store: Store, stories: Iterable[Story], time: Time) -> Storyteller:
    """The bot that is tested, as bot.py makes it."""
    services = Services.of(store, Library(stories), time, Settings(seconds=VOTE_SECONDS, story="tale"))
    return Storyteller(services, shard_count=1)


class Stage:
    """A server with one channel, its moderator Mod and the readers Ann, Bob and Cat, who may do nothing special."""

    def __init__(self, env: simcord.Env, database: Where, stories: list[Story], time: Time) -> None:
        self.env = env
        self.server = env.create_guild("Readers")
        self.channel = self.server.create_text_channel("story")
        moderators = self.server.create_role("Moderators", permissions=discord.Permissions(manage_messages=True))
        self.ann, self.bob, self.cat = (self.join(name) for name in ("Ann", "Bob", "Cat"))
        self.mod = self.server.add_member(env.create_user("mod"), roles=[moderators])
        self.database = database
        self._stories = stories
        self._time = time
        self._stack = AsyncExitStack()
        self._is_dead = False

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._stack.aclose()
        originals = (getattr(error, "original", error) for error in self.env.errors)
        unforeseen = [error for error in originals if not isinstance(error, FORESEEN)]
        assert not unforeseen, unforeseen

    @property
    def bot(self) -> Storyteller:
        assert isinstance(self.env.bot, Storyteller)
        return self.env.bot

    @property
    def readings(self) -> Readings:
        return self.bot.services.readings

    @property
    def queries(self) -> Queries:
        return self.bot.services.queries

    @property
    def publisher(self) -> Publisher:
        return self.bot.publisher

    async def restrict(self, channel: ChannelHandle | None = None, *, on: bool = True, told: bool = True) -> None:
        """Turn a channel's age restriction on or off, and have Discord tell."""
        number = (channel or self.channel).id
        backend: Any = self.env.backend
        others: frozenset[int] = getattr(backend, "age_restricted", frozenset()) - {number}
        backend.age_restricted = others | {number} if on else others
        if told:
            backend.announce_channel_update(number)
        await self.env.settle()

    async def restrict_server(self, level: discord.NSFWLevel) -> None:
        """Have the whole server be age-restricted, or not any more, and Discord tell."""
        backend: Any = self.env.backend
        backend.nsfw_level = level.value
        backend.emit("GUILD_UPDATE", serializers.guild_create_payload(backend, backend.guilds[self.server.id]))
        await self.env.settle()

    def join(self, name: str) -> MemberActor:
        """Have somebody come into the server."""
        return self.server.add_member(self.env.create_user(name.lower(), global_name=name))

    async def restart(self, *stories: Story, after: float = 0) -> None:
        """Stop the bot and start it again on the same database, so many seconds later, perhaps with another library."""
        if not self._is_dead:
            await self.env.settle()
            await self.kill()
        self._is_dead = False
        self.env.backend.advance_clock(after)
        store = await self._stack.enter_async_context(open_store(self.database))
        await self.env.restart_bot(storyteller(store, stories or self._stories, self._time))
        await self.env.settle()

    async def kill(self) -> None:
        """End the bot as it stands, until `restart`."""
        await self.env._detach_bot()
        self._is_dead = True

    def look_away(self) -> None:
        """Forget what the bot has raised so far, where a test has made Discord fail."""
        self.env._errors.clear()

    async def next(self, member: MemberActor | None = None, channel: ChannelHandle | None = None) -> InteractionResult:
        return await (member or self.ann).slash(channel or self.channel, "next")

    async def press(self, member: MemberActor, label: str, channel: ChannelHandle | None = None) -> InteractionResult:
        """Press the newest button whose label begins so."""
        for message in reversed(self.messages(channel)):
            if any(each.startswith(label) for each in labels(message)):
                return await self.click(member, message, label)
        raise AssertionError(f"no button {label!r} in {[shown(message) for message in self.messages(channel)]}")

    async def click(
        self, member: MemberActor | UserHandle, message: ResponseMessage | InteractionResult | None, label: str
    ) -> InteractionResult:
        """Press the button of a message whose label begins so, apart from the circle before it."""
        shown = message.response if isinstance(message, InteractionResult) else message
        assert shown
        found = [each for each in buttons(shown) if plain(each["label"]).startswith(label) and not each.get("disabled")]
        assert found, f"no button {label!r} in {labels(shown)}"
        return await member.click(shown, custom_id=found[0]["custom_id"])

    def messages(self, channel: ChannelHandle | None = None) -> list[ResponseMessage]:
        """What everyone sees in a channel."""
        stored = self.env.backend.messages.get((channel or self.channel).id, {})
        found = [ResponseMessage(self.env, message) for message in stored.values()]
        return [message for message in found if not message.ephemeral]

    def last(self, channel: ChannelHandle | None = None) -> ResponseMessage:
        return self.messages(channel)[-1]

    def requests(self) -> "Requests":
        return Requests(self.env)

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """Let what members do within arrive at the bot in one instant."""
        settle = self.env._settle_internal

        async def later(**_: object) -> None:
            pass

        self.env._settle_internal = later  # type: ignore[method-assign] # simcord has no public way to wait differently
        try:
            yield
        finally:
            self.env._settle_internal = settle  # type: ignore[method-assign] # simcord has no public way to wait differently


class Requests:
    """The REST calls that the bot has made since this was made."""

    def __init__(self, env: simcord.Env) -> None:
        self._env = env
        self._before = len(env.http_requests)

    def made(self) -> list[str]:
        """Method and path of each, with ids and tokens left out."""
        calls = self._env.http_requests[self._before :]
        return [f"{call.method} {re.sub(r'/[0-9]+|/[^/]{25,}', '', call.path)}" for call in calls]


def shown(message: ResponseMessage | InteractionResult | None) -> str:
    """All the text of a message, the labels of its buttons in brackets."""
    if isinstance(message, InteractionResult):
        message = message.response
    assert message is not None
    return "\n".join(_texts(message.components))


def private(result: InteractionResult) -> str:
    """The text of an answer, which must be for the member alone."""
    answers = [answer for answer in (result.response, *result.followups) if answer is not None]
    assert answers, "the member was not answered"
    assert answers[-1].ephemeral, shown(answers[-1])
    return shown(answers[-1])


def buttons(message: ResponseMessage | InteractionResult | None) -> list[dict[str, Any]]:
    if isinstance(message, InteractionResult):
        message = message.response
    assert message is not None
    return [
        component
        for component in _walk(message.components)
        if component.get("type") == discord.ComponentType.button.value
    ]


def labels(message: ResponseMessage | InteractionResult | None, *, disabled: bool = False) -> list[str]:
    """The labels of the buttons that can be pressed, or of those that cannot."""
    return [plain(button["label"]) for button in buttons(message) if bool(button.get("disabled")) is disabled]


def plain(label: str) -> str:
    """A label without the circle before it."""
    return label[2:] if label[:1] in CIRCLES else label


def _walk(components: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for component in components:
        yield component
        yield from _walk(component.get("components", []))


def _texts(components: list[dict[str, Any]]) -> Iterator[str]:
    for component in _walk(components):
        if "content" in component:
            yield component["content"]
        elif "label" in component:
            yield f"[{plain(component['label'])}]"
