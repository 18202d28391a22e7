"""A member who tries everything: gives commands, and presses and chooses whatever the answers offer."""

import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.wire.components import walk
from tests.wire.driver import Wire, until
from tests.wire.judge import Json
from tests.wire.limits.answers import ASK
from tests.wire.limits.commands import CHAT, GROUP, SUB_COMMAND
from tests.wire.limits.components import BUTTON, CHANNEL_SELECT, ROLE_SELECT, STRING_SELECT
from tests.wire.limits.messages import EPHEMERAL

MOST = 3
"""How often a kind of button is pressed while it is looked around."""
ENDINGS = {
    *("draft:keep", "draft:discard", "remove", "start", "begin", "instead", "continue", "stop", "restart", "resets"),
    *("forgetme", "forgets", "leave", "turn", "another", "schedule"),
}
"""Kinds that change what there is to look at: they are pressed when their time has come."""
WAIT = 15.0
"""Seconds for an answer; what takes long is drawn and written by processes that have to be started first."""


@dataclass(slots=True)
class Hands:
    """One member in one channel, who may manage the server, by Discord in one language.

    `typed` is what is answered to a modal, by its kind. What was done is in `used`, as command, option and choice, and
    in `pressed`, as custom_ids.
    """

    wire: Wire
    channel: int
    member: int
    locale: str
    typed: dict[str, str]
    used: set[tuple[str, ...]] = field(default_factory=set)
    pressed: set[str] = field(default_factory=set)
    _tried: Counter[str] = field(default_factory=Counter)

    async def give(self, name: str, /, **options: Any) -> list[Json]:
        """Give a command; return the messages that answer it."""
        self.used |= {(name,), *((name, key) for key in options)}
        self.used |= {(name, key, value) for key, value in options.items() if isinstance(value, str)}
        return await self._do("command", name, name=name, options=options)

    async def complete(self, name: str, typing: str, text: str, **options: Any) -> list[Json]:
        """Type in an option of a command, where others are filled in already; return what is suggested."""
        self.used.add((name, typing, "typing"))
        filled = {**options, typing: text}
        said = await self._ask("complete", name=name, options=filled, typing=typing)
        assert said["type"], f"nothing is suggested for {name} {filled}"
        return list(said["data"]["choices"])

    async def menu(self, name: str, message: Json) -> list[Json]:
        """Give a command in the menu of a message."""
        self.used.add((name,))
        return await self._do("menu", name, name=name, message=int(message["id"]))

    async def press(self, messages: Iterable[Json], kind: str) -> list[Json]:
        """Press the first button of a kind, or choose the first value of a select; return the messages that answer it.

        Raises:
            LookupError: there is none.
        """
        message, component = find(messages, kind)
        return await self._use(message, component, next(self._values(component)))

    async def press_id(self, message: Json, custom_id: str) -> list[Json]:
        """Press what stood on a message once."""
        return await self._use(message, {"type": BUTTON, "custom_id": custom_id}, [])

    async def choose(self, message: Json, custom_id: str, *values: str) -> list[Json]:
        """Choose in a select of a message."""
        return await self._use(message, {"type": STRING_SELECT, "custom_id": custom_id}, list(values))

    async def explore(self, messages: Iterable[Json]) -> None:
        """Press and choose all that these messages offer and all that this leads to, but for what ends it."""
        waiting = deque(_found(messages))
        while waiting:
            message, component = waiting.popleft()
            kind = kind_of(component["custom_id"])
            if kind in ENDINGS or self._tried[kind] >= MOST:
                continue
            self._tried[kind] += 1
            for values in self._values(component):
                answers = await self._use(message, component, values)
                waiting.extend(_found(each for each in answers if each["flags"] & EPHEMERAL))

    # ---- within

    def _values(self, component: Json) -> Iterator[list[str]]:
        """Yield what is chosen in a select: its ends, and of one that leads on each value. A button has none."""
        if component["type"] != STRING_SELECT:
            found = {CHANNEL_SELECT: self.channel, ROLE_SELECT: (self.channel >> 22 << 22) + 1}
            yield [str(found[component["type"]])] if component["type"] in found else []
            return
        values = [option["value"] for option in component["options"]]
        least, most = component.get("min_values", 1), component.get("max_values", 1)
        yield values[: max(least, 1)]
        if kind_of(component["custom_id"]) in {"setting", "help"}:
            yield from ([each] for each in values[1:])
        else:
            yield values[-most:]

    async def _use(self, message: Json, component: Json, values: list[str]) -> list[Json]:
        """Press a button, or choose values in a select."""
        custom_id = component["custom_id"]
        self.pressed.add(custom_id)
        how: Json = {"custom_id": custom_id, "message": int(message["id"])}
        if component["type"] == BUTTON:
            return await self._do("press", custom_id, **how)
        return await self._do("choose", custom_id, **how, values=values, kind=component["type"])

    async def _do(self, deed: str, what: str, **how: Any) -> list[Json]:
        """Do something, and answer what is asked about it; return the messages that it comes to."""
        said = await self._ask(deed, **how)
        assert said["type"], f"{what} is not answered: {(await self.wire.ask('judged'))['wrong']}"
        if said["type"] == ASK:
            return await self._submit(said["data"], how.get("message", 0))

        async def told() -> tuple[list[Json]] | None:
            answers = await self.wire.ask("told", interaction=said["id"])
            return None if answers is None else (answers,)

        answers = await until(told, f"what {what} leads to", WAIT)
        return answers[0] if answers else []

    async def _submit(self, modal: Json, message: int) -> list[Json]:
        custom_id = modal["custom_id"]
        self.pressed.add(custom_id)
        value = self.typed[kind_of(custom_id)]
        return await self._do("submit", custom_id, custom_id=custom_id, message=message, value=value)

    async def _ask(self, deed: str, **how: Any) -> Json:
        who = {"channel": self.channel, "member": self.member, "manages": True, "locale": self.locale}
        return dict(await self.wire.ask(deed, **who, patience=WAIT, **how))


def kind_of(custom_id: str) -> str:
    """Return what a custom_id does, without what it does it to."""
    action, *rest = custom_id.split(":")
    if action in {"draft", "change", "ask", "typed"}:
        return f"{action}:{rest[1]}"
    if action == "alert":
        return custom_id
    return f"{action}:{len(rest)}" if action in {"translation", "translate"} else action


def find(messages: Iterable[Json], kind: str) -> tuple[Json, Json]:
    """Return the first button or select of a kind, and its message before it.

    Raises:
        LookupError: there is none.
    """
    offered = list(_found(messages))
    for message, component in offered:
        if kind_of(component["custom_id"]) == kind:
            return message, component
    raise LookupError(kind, [component["custom_id"] for _, component in offered])


def _found(messages: Iterable[Json]) -> Iterator[tuple[Json, Json]]:
    """Yield what can be used in messages, each with its message."""
    for message in messages:
        for component in walk(message["components"]):
            if component.get("custom_id") and not component.get("disabled"):
                yield message, component


def untried(commands: list[Json], used: set[tuple[str, ...]]) -> list[str]:
    """Return the commands, options, choices and suggestions among these that were not used."""
    return sorted(" ".join(each) for each in set(_all_of(commands)) - used)


def _all_of(parts: list[Json], before: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for part in parts:
        name = " ".join([*before, part["name"]])
        options = part.get("options") or []
        if any(each["type"] in {SUB_COMMAND, GROUP} for each in options) and part.get("type", CHAT) in {CHAT, GROUP}:
            yield from _all_of(options, (name,))
            continue
        yield (name,)
        for option in options:
            yield name, option["name"]
            yield from ((name, option["name"], choice["value"]) for choice in option.get("choices") or [])
            if option.get("autocomplete"):
                yield name, option["name"], "typing"


def unpressed(patterns: Iterable[str], pressed: Iterable[str]) -> list[str]:
    """Return the patterns of custom_ids that nothing was pressed of."""
    ids = list(pressed)
    return [pattern for pattern in patterns if not any(re.fullmatch(pattern, each) for each in ids)]
