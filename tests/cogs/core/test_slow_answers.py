"""What takes longer than Discord waits for an answer: the member is told that it takes longer, and then where it is."""

import asyncio
from types import SimpleNamespace
from typing import Any, cast

import discord
import pytest

from cogs.core import publisher
from cogs.core.lanes import Job
from cogs.core.publisher import Publisher
from story.errors import NotDelivered
from story.rules.delivery import Delivery, DeliveryFailure, DeliveryKind

SECTION = Delivery(DeliveryKind.SECTION, 1, 10, 1, 1, id=1)


class Asked:
    """An interaction whose answers are written down: in the pretend Discord no time passes while a member waits."""

    def __init__(self, kind: discord.InteractionType, channel: int = 10) -> None:
        self.type, self.channel_id = kind, channel
        self.said: list[str] = []
        self.deferred = asyncio.Event()
        self.response = SimpleNamespace(is_done=self.deferred.is_set, defer=self._defer, type=None)
        self.followup = SimpleNamespace(send=self._send)

    async def _defer(self, **_: object) -> None:
        if self.type is COMMAND:
            self.response.type = discord.InteractionResponseType.deferred_channel_message
        self.deferred.set()
        self.said.append("deferred")

    async def _send(self, view: Any, **_: object) -> None:
        self.said.append(view.children[0].content)


async def answered(asked: Asked, tried: int | DeliveryFailure | None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have a delivery that is the answer tried once the member has been told that it takes longer."""
    monkeypatch.setattr(publisher, "ANSWER_WITHIN", 0)
    job = Job(SECTION, fresh=True)
    answering = asyncio.create_task(Publisher._answered(cast("Any", None), cast("Any", asked), job))
    await asked.deferred.wait()
    job.tried.set_result(tried)
    await answering


COMMAND, PRESS = discord.InteractionType.application_command, discord.InteractionType.component


async def test_who_asked_by_a_command_is_told_where_it_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = Asked(COMMAND)
    await answered(asked, 77, monkeypatch)
    deferred, told = asked.said
    assert deferred == "deferred"
    assert "/10/77" in told


async def test_who_pressed_a_button_sees_it_below(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = Asked(PRESS)
    await answered(asked, 77, monkeypatch)
    assert asked.said == ["deferred"]


async def test_who_asked_for_what_others_have_overtaken_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = Asked(COMMAND)
    await answered(asked, None, monkeypatch)
    assert asked.said == ["deferred", "Things have changed here in the meantime. Look at the newest message."]


async def test_what_cannot_be_shown_is_told_after_all(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(NotDelivered):
        await answered(Asked(COMMAND), DeliveryFailure.FORBIDDEN, monkeypatch)
