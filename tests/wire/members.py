"""Members who do whatever comes to their minds, by a seed."""

import asyncio
import random
import re
from dataclasses import dataclass, field
from typing import Any

from tests.wire.components import walk
from tests.wire.driver import UPDATE, Outcome, Wire
from tests.wire.ledger import Ballots

Json = dict[str, Any]
LOOKED_AT = 6
"""Messages that a member presses buttons on: the newest."""
CHANGES = {
    "decide": ("vote", "host", "first"),
    "hidden": ("true", "false"),
    "early": ("true", "false"),
    "discuss": ("true", "false"),
    "plain": ("true", "false"),
    "quiet": ("true", "false"),
    "quorum": ("0", "2"),
}
"""What is set, and to what."""
COMMANDS = {
    "next": 6,
    "back": 6,
    "where": 3,
    "recap": 1,
    "pov": 1,
    "session start": 4,
    "session pause": 1,
    "session resume": 3,
    "session stop": 2,
    "restart": 1,
    "settings": 2,
    "serial": 0.5,
}
"""Commands and how often they come to a member's mind."""
PRESS = 0.75
"""How often it is a button instead."""
PAUSE = 0.02
"""Seconds between two things that a member does, at the most."""


@dataclass(slots=True)
class Member:
    """A member in a channel; the ballots are where the answers to votes are written down."""

    wire: Wire
    channel: int
    number: int
    manages: bool
    ballots: Ballots
    random: random.Random
    patience: float = 3.5
    """Seconds after which something is taken to be unanswered."""
    done: dict[str, int] = field(default_factory=dict)

    async def act(self, gone: asyncio.Event) -> None:
        """Do one thing after the other until the bot is gone."""
        while not gone.is_set():
            await self.act_once()
            await asyncio.sleep(self.random.uniform(0, PAUSE))

    async def act_once(self) -> None:
        """Do one thing."""
        if self.random.random() < PRESS:
            messages = await self.wire.ask("outline", channel=self.channel, last=LOOKED_AT)
            buttons = [
                (custom_id, message["id"])
                for message in messages
                for _, custom_id, disabled in message["buttons"]
                if not disabled
            ]
            if buttons:
                await self.press(*self.random.choice(buttons))
                return
        name = self.random.choices(list(COMMANDS), list(COMMANDS.values()))[0]
        given: dict[str, Any] = (
            {"every": self.random.choice(["daily", "off"]), "at": "20:00"} if name == "serial" else {}
        )
        outcome = await self.wire.command(
            self.channel, self.number, name, manages=self.manages, patience=self.patience, **given
        )
        self._count(name, outcome)
        if name == "restart":
            await self._confirm(outcome)
        elif name == "settings" and outcome.private and outcome.message:
            await self._set(int(outcome.message["id"]))

    async def press(self, custom_id: str, message: int) -> None:
        """Press a button, and write down what it came to."""
        outcome = await self.wire.press(self.channel, self.number, custom_id, message, patience=self.patience)
        action = custom_id.partition(":")[0]
        self._count(action, outcome)
        if found := re.fullmatch(r"(vote|next):(\d+):(\d+)(?::(.+))?", custom_id):
            kind, reading, n, pov = found.groups()
            key = int(reading), int(n), self.number
            if kind == "vote":
                before = self.ballots.povs[key]
                self.ballots.voted(key, pov, counted=_shows_vote(outcome, custom_id, taken_back=before == {pov}))
            elif outcome.type == UPDATE:
                self.ballots.ready.add(key)
        elif action == "again":
            await self._confirm(outcome)

    async def _confirm(self, outcome: Outcome) -> None:
        """Press the first button of a private question."""
        if outcome.private and outcome.message:
            rows = [row for row in outcome.message["components"] if row["type"] == 1]
            if rows:
                await self.press(rows[0]["components"][0]["custom_id"], int(outcome.message["id"]))

    async def _set(self, panel: int) -> None:
        """Choose a value in the private panel, for the server."""
        name = self.random.choice(list(CHANGES))
        asked = {"custom_id": f"change:0:{name}", "message": panel, "values": [self.random.choice(CHANGES[name])]}
        who = {"channel": self.channel, "member": self.number, "manages": self.manages, "patience": self.patience}
        said = await self.wire.ask("choose", **who, **asked)
        self._count(f"set {name}", Outcome(**said))

    def _count(self, what: str, outcome: Outcome) -> None:
        self.done[what] = self.done.get(what, 0) + 1
        if not outcome.answered:
            self.done["unanswered"] = self.done.get("unanswered", 0) + 1


def _shows_vote(outcome: Outcome, custom_id: str, *, taken_back: bool) -> bool:
    """Whether an answer shows that a vote counted: with it on the button; one `taken_back` may have been the only one.

    An answer with the next page says no such thing: somebody else may have turned it.
    """
    if outcome.type != UPDATE or outcome.message is None:
        return False
    # A button that cannot be pressed is that of a ballot which is over.
    buttons = [each for each in walk(outcome.message["components"]) if each.get("custom_id") == custom_id]
    labels = [each["label"] for each in buttons if not each.get("disabled")]
    return any(taken_back or re.search(r" · [1-9]", label) for label in labels)
