"""An evening from its date to its end, whatever goes wrong on the way: each thing about it is shown once."""

import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from tests.wire.driver import Wire, until
from tests.wire.ledger import reading_of
from tests.wire.outings import REMINDED, is_lobby

Json = dict[str, Any]
HOST = 104
AHEAD = 8.0
"""Seconds until the date."""
COMES = 40.0
"""Seconds within which each step of the evening is over with all that goes wrong."""
AGAIN = 3.5
"""Seconds after which the host tries again what nothing has come of."""


class Evening:
    """A date, its reminder, its lobby, a session with threads under its sections, and its end, in one channel."""

    def __init__(self, wire: Wire, file: Path, channel: int) -> None:
        self._wire = wire
        self._file = file
        self._channel = channel

    async def run(self, faults: list[Json], seed: int) -> str:
        """Go through it with faults; return what was not shown once."""
        await self._wire.ask("faults", faults=faults, seed=seed)
        try:
            await self._ask("session schedule", "SELECT 1 FROM session_date", when=f"in {AHEAD} seconds", repeat="none")
            await until(self._has_lobby, "the lobby", COMES)
            await self._press("begin", "SELECT 1 FROM session WHERE began_at IS NOT NULL")
            await self._ask("session stop", "SELECT 1 FROM session WHERE ended_at IS NOT NULL")
            await until(self._nothing_left, "everything to be shown", COMES)
        finally:
            await self._wire.ask("faults", faults=[])
        return await self._wrong()

    async def _ask(self, name: str, done: str, **options: str) -> None:
        give_up = time.monotonic() + COMES
        while not self._row(done):
            given: Json = {"channel": self._channel, "member": HOST, "name": name, "options": options}
            await self._wire.ask("command", **given, patience=AGAIN)
            _require_time(give_up, name)

    async def _press(self, action: str, done: str) -> None:
        give_up = time.monotonic() + COMES
        while not self._row(done):
            [(number,)] = self._rows("SELECT id FROM session WHERE channel = ?")
            with suppress(ValueError):  # it may just have been done, and the button be gone
                await self._wire.press(self._channel, HOST, f"{action}:{number}", patience=AGAIN)
            _require_time(give_up, action)

    async def _has_lobby(self) -> bool:
        return bool(self._row("SELECT 1 FROM session WHERE message IS NOT NULL"))

    async def _nothing_left(self) -> bool:
        return not self._row("SELECT 1 FROM delivery")

    def _row(self, sql: str) -> bool:
        joined = "AND" if "WHERE" in sql else "WHERE"
        return bool(self._rows(f"{sql} {joined} channel = ?"))

    def _rows(self, sql: str) -> list[tuple[Any, ...]]:
        with reading_of(self._file) as connection:
            return connection.execute(sql, (self._channel,)).fetchall()

    async def _wrong(self) -> str:
        messages = await self._wire.ask("outline", channel=self._channel)
        lines = [text for message in messages for text in message["texts"]]
        shown = {
            "reminders": sum(bool(REMINDED.search(line)) for line in lines),
            "lobbies": sum(map(is_lobby, messages)),
            "closing cards": sum("The session is over" in line for line in lines),
            "cards of the date": sum(
                line.startswith(("It's time!", "**We're reading together: <t:")) for line in lines
            ),
            "events": await self._wire.ask("events_made", channel=self._channel),
        }
        return ", ".join(f"{number} {what}" for what, number in shown.items() if number != 1)


def _require_time(give_up: float, what: str) -> None:
    if time.monotonic() > give_up:
        msg = f"nothing came of {what}"
        raise TimeoutError(msg)
