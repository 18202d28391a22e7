"""What members do on the pretend Discord: commands, presses, choices, typed lines; and what became of each."""

import asyncio
from typing import TYPE_CHECKING, Any

from tests.wire.components import walk
from tests.wire.invocations import chosen, command, menu, pressed, typed
from tests.wire.judge import Json
from tests.wire.limits.answers import AUTOCOMPLETE, COMMAND, COMPONENT, DEFER, DEFER_UPDATE, SUBMIT
from tests.wire.limits.components import STRING_SELECT
from tests.wire.payloads import interaction_create, member
from tests.wire.world import Interaction, Wrong

if TYPE_CHECKING:
    from tests.wire.server import Server


class Deeds:
    """Each can be asked for by its name, without the `do_` before it.

    `how` is `manages`, whether the member may manage the server; `locale`, the language of their Discord; and
    `patience`, how many seconds they wait for the answer.
    """

    def __init__(self, server: "Server") -> None:
        self._server = server
        self._world = server.world
        self._gateway = server.gateway

    @property
    def _api(self) -> str:
        return f"http://127.0.0.1:{self._server.port}"

    async def do_command(self, channel: int, member: int, name: str, options: Json, **how: Any) -> Json:
        """Have a member give a command; return what became of it."""
        return await self._act(COMMAND, channel, member, command(self._world, name, options, self._api), None, **how)

    async def do_complete(self, channel: int, member: int, name: str, options: Json, typing: str, **how: Any) -> Json:
        """Have a member type in an option of a command; return what they are offered."""
        data = command(self._world, name, options, typing=typing)
        return await self._act(AUTOCOMPLETE, channel, member, data, None, **how)

    async def do_menu(self, channel: int, member: int, name: str, message: int, **how: Any) -> Json:
        """Have a member give a command in the menu of a message; return what became of it."""
        shown = self._world.shown(message, self._world.channel(channel))
        return await self._act(COMMAND, channel, member, menu(self._world, name, shown), None, **how)

    async def do_choose(  # noqa: PLR0913 - what Discord tells of it
        self,
        channel: int,
        member: int,
        custom_id: str,
        message: int,
        values: list[str],
        *,
        kind: int = STRING_SELECT,
        **how: Any,
    ) -> Json:
        """Have a member choose in a select on a message, whether or not it has that select; return what became of it.

        Private panels are rewritten with each choice, so that the one wanted may not be there yet.
        """
        shown = self._world.shown(message, self._world.channel(channel))
        data = chosen(self._world, kind, custom_id, values)
        return await self._act(COMPONENT, channel, member, data, shown, **how)

    async def do_press(self, channel: int, member: int, custom_id: str, message: int | None = None, **how: Any) -> Json:
        """Have a member press a button on a message, or the newest that has it; return what became of it."""
        shown = self._find(channel, custom_id, message)
        return await self._act(COMPONENT, channel, member, pressed(custom_id), shown, **how)

    async def do_submit(self, channel: int, member: int, custom_id: str, message: int, value: str, **how: Any) -> Json:
        """Have a member answer a modal that a message has led to; return what became of it."""
        shown = self._world.shown(message, self._world.channel(channel))
        return await self._act(SUBMIT, channel, member, typed(custom_id, value), shown, **how)

    async def do_burst(self, presses: list[Json], at_a_time: int) -> list[Json]:
        """Press buttons, so many at a time; return what became of each, in order."""
        gate = asyncio.Semaphore(at_a_time)

        async def press(arguments: Json) -> Json:
            async with gate:
                became = await self.do_press(**arguments)
                return {**became, "message": None}

        return list(await asyncio.gather(*map(press, presses)))

    async def do_abandon(self) -> None:
        """Give up what has not been answered: the bot is gone."""
        self._world.abandon()

    async def do_followups(self, interaction: int) -> list[Json]:
        """Return what was said after the first answer."""
        return self._of(interaction).followups

    async def do_told(self, interaction: int) -> list[Json] | None:
        """Return the messages that answer an interaction as they are now, or None where the answer is still to come."""
        found = self._of(interaction)
        if found.type in {DEFER, DEFER_UPDATE} and not found.followups and not found.edits:
            return None
        here = self._world.channel(found.channel)
        first = [self._world.shown(found.original, here)] if found.original else []
        return [*first, *(each for each in found.followups if each not in first)]

    def _of(self, interaction: int) -> Interaction:
        return next(each for each in self._world.interactions.values() if each.id == interaction)

    async def _act(  # noqa: PLR0913 - what Discord tells of something a member does
        self,
        kind: int,
        channel: int,
        by: int,
        data: Json,
        shown: Json | None,
        *,
        manages: bool = False,
        locale: str = "en-US",
        patience: float = 3.5,
    ) -> Json:
        place = self._world.channel(channel)
        if place.deleted:
            raise Wrong(404, 10003, "nobody is in a channel that is gone")
        who = member(by, f"member {by}", manages=manages)
        made = self._world.interaction(kind, channel, who["user"], int(shown["id"]) if shown else None)
        made.locale = locale
        event = interaction_create(made, place, who, data, shown)
        sent = await self._gateway.dispatch(place.guild, "INTERACTION_CREATE", event)
        if not sent:
            made.answer.set_result(None)
        return await self._outcome(made, patience)

    async def _outcome(self, made: Interaction, patience: float) -> Json:
        await asyncio.wait([made.answer], timeout=patience)
        said = made.answer.result() if made.answer.done() else None
        return {"id": made.id, "type": None, "message": None, "data": None, "seconds": None, **(said or {})}

    def _find(self, channel: int, custom_id: str, message: int | None) -> Json:
        place = self._world.channel(channel)
        if message is not None:
            return self._world.shown(message, place)
        for shown in reversed(place.messages.values()):
            if any(each.get("custom_id") == custom_id for each in walk(shown["components"])):
                return shown
        raise Wrong(404, 10008, f"no message has {custom_id}")
