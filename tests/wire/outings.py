"""Dates that members set, move and cancel, here and in Discord; and whether each came, and came once."""

import asyncio
import random
import re
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.wire.bot import REMINDER
from tests.wire.driver import Wire
from tests.wire.ledger import reading_of

Json = dict[str, Any]
AHEAD = 9.0, 12.0
"""Seconds until a date that is set: long enough for its reminder to come by itself."""
LEFT_ALONE = AHEAD[0] - REMINDER.total_seconds() - 1
"""Seconds before a reminder within which nobody may have touched a date that must come."""
BUSY, CALM = (0.5, 4.0), (6.0, 30.0)
"""Seconds between two things that are done about a date: in some channels it hardly ever comes, in others mostly."""
COMES_WITHIN = 8.0
"""Seconds within which a lobby opens once its time has come, however often the bot is killed."""
REMINDED = re.compile(r"We're reading together <t:(\d+):R>")
TOO_NEAR = 4.0
"""Seconds before an event within which nobody touches it in Discord: it may begin before the bot hears of it."""
ACTS = {"move": 3, "cancel": 2, "move in Discord": 2, "delete in Discord": 1}


@dataclass(slots=True)
class Outing:
    """The dates of one channel, where nothing else is done: by whom they are set, and what is known of them."""

    wire: Wire
    file: Path
    channel: int
    host: int
    random: random.Random
    between: tuple[float, float] = CALM
    done: Counter[str] = field(default_factory=Counter)
    _next_act: float = 0.0
    _touched: list[float] = field(default_factory=list)
    _seen: dict[float, tuple[float, float]] = field(default_factory=dict)
    """By each time that the date was to come: since when until when the database is known to have said so."""

    async def act(self, gone: asyncio.Event) -> None:
        """See to the date again and again until the bot is gone."""
        while not gone.is_set():
            self.look()
            if time.time() > self._next_act:
                await self._touch()
                self._next_act = time.time() + self.random.uniform(*self.between)
            await asyncio.sleep(0.05)

    def look(self) -> None:
        """Note when the date is to come."""
        for _, at, _ in self._dates():
            since, _ = self._seen.get(at, (time.time(), 0.0))
            self._seen[at] = since, time.time()

    async def _touch(self) -> None:
        self._touched.append(time.time())
        when = f"in {self.random.uniform(*AHEAD):.1f} seconds"
        found = self._dates()
        what = self.random.choices(list(ACTS), list(ACTS.values()))[0] if found else "schedule"
        event = found[0][2] if found and found[0][1] > time.time() + TOO_NEAR else None
        if what == "schedule":
            repeat = self.random.choice(["none", "daily"])
            await self.wire.command(self.channel, self.host, "session schedule", when=when, repeat=repeat)
        elif what == "move":
            await self.wire.command(self.channel, self.host, "session move", when=when)
        elif what == "cancel":
            await self.wire.command(self.channel, self.host, "session cancel")
        elif event is not None:
            try:
                await self._touch_event(what, event)
            except ValueError:
                what = "no event"  # the bot has deleted it at this moment
        self._touched.append(time.time())
        self.done[what] += 1

    async def _touch_event(self, what: str, event: int) -> None:
        if what == "delete in Discord":
            await self.wire.ask("delete_event", event=event)
        else:
            await self.wire.ask("move_event", event=event, by=round(self.random.uniform(2, 4), 1))

    def _dates(self) -> list[tuple[int, float, int | None]]:
        with reading_of(self.file) as connection:
            sql = "SELECT id, at, event FROM session_date WHERE channel = ?"
            try:
                return connection.execute(sql, (self.channel,)).fetchall()
            except Exception:  # noqa: BLE001 - the first bot was killed before it made the tables
                return []

    # ---- what came of it

    async def breaches(self, guild: int) -> list[str]:
        """Return what was not shown once that should be, and what stands there that should not."""
        self.look()
        messages = await self.wire.ask("outline", channel=self.channel)
        found = [*self._of_reminders(messages), *self._of_lobbies(messages)]
        events = [each for each in await self.wire.ask("events", guild=guild) if each["channel"] == self.channel]
        return [f"channel {self.channel}: {what}" for what in [*found, *self._of_events(events)]]

    def _of_reminders(self, messages: list[Json]) -> Iterator[str]:
        said = Counter(int(at) for each in messages for text in each["texts"] for at in REMINDED.findall(text))
        yield from (f"the reminder of {at} stands there {times} times" for at, times in said.items() if times > 1)
        for at in self._must_have_come(time.time() + REMINDER.total_seconds() / 2):
            if int(at) not in said:
                yield f"the reminder of {at} never came"

    def _of_lobbies(self, messages: list[Json]) -> Iterator[str]:
        marked = {each["id"] for each in messages}
        with reading_of(self.file) as connection:
            sql = "SELECT id, opened_at, message FROM session WHERE channel = ?"
            sessions = connection.execute(sql, (self.channel,)).fetchall()
        for number, _, message in sessions:
            if message not in marked:
                yield f"the lobby of session {number} is marked as {message}, which does not stand there"
        lobbies = sum(map(is_lobby, messages))
        if lobbies != len(sessions):
            yield f"{lobbies} lobbies stand there of {len(sessions)} sessions"
        for at in self._must_have_come(time.time()):
            opened = sum(at <= opened_at < at + COMES_WITHIN for _, opened_at, _ in sessions)
            if opened != 1:
                yield f"{opened} lobbies opened for the date of {at}"

    def _of_events(self, events: list[Json]) -> Iterator[str]:
        soon = time.time() + 0.5
        dates = {event: at for _, at, event in self._dates()}
        for event in events:
            if event["at"] > soon and abs(dates.get(event["id"], 0.0) - event["at"]) > 0.01:
                yield f"the event {event['id']} of {event['at']} is that of no date: {dates}"
        for number, at in dates.items():
            if at > soon and number not in {each["id"] for each in events}:
                yield f"the date of {at} has no event in Discord; it knows of {number}"

    def _must_have_come(self, by: float) -> list[float]:
        """Return the times of dates that nobody touched for so long that they must have come by an instant."""
        due = []
        for at, (since, until) in self._seen.items():
            reminded = at - REMINDER.total_seconds()
            alone = reminded - LEFT_ALONE
            touched = any(alone < when < at + 1 for when in self._touched)
            if since < reminded - 0.2 and until > at - REMINDER.total_seconds() and not touched and at < by:
                due.append(at)
        return due

    @property
    def came(self) -> int:
        """How many dates have come that nobody touched."""
        return len(self._must_have_come(time.time()))


def is_lobby(message: Json) -> bool:
    """Whether a message is the card of a session."""
    return any(text.startswith("## Reading together") for text in message["texts"])
