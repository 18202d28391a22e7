"""The fault matrix: `python -m tests.wire.faults [--seed S] [--rate R] [--only KIND…]`.

The same script of actions, with each fault at a rate of one in ten, must end in the same channel as without, message
for message; and an evening, from its date to its end, must have everything about it shown once.
"""

import argparse
import asyncio
import contextlib
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.wire.driver import Wire, until
from tests.wire.evening import Evening
from tests.wire.ledger import reading_of
from tests.wire.processes import open_bot, open_wire
from tests.wire.setting import POVS, TOLD_BY, database, make_setting

Json = dict[str, Any]
ANN, BOB, CAT = 101, 102, 103
MESSAGES = r" /channels/\d+/messages"
FAULTS: dict[str, list[Json]] = {
    "429": [{"kind": "429", "seconds": 0.2}],
    "500": [{"kind": "500"}],
    "500 after the work": [{"kind": "500", "after": True}],
    "502": [{"kind": "502"}],
    # What the bot shows anew is let through: a page that cannot be edited stays as it is, and that is no mistake.
    # Half of the answers come too late, so that the pages are posted by the bot itself.
    "403": [
        {"kind": "403", "route": f"(POST|GET){MESSAGES}", "rate": 0.1},
        {"kind": "404", "route": "/callback", "rate": 0.5},
    ],
    # Of interactions only: a channel that is unknown is gone, and what was read there waits to be moved.
    "404": [{"kind": "404", "route": "/callback"}],
    "late": [{"kind": "late", "seconds": 0.4}],
    "never": [{"kind": "never"}],
    "cut": [{"kind": "cut"}],
    "all at once": [{"kind": kind, "seconds": 0.2} for kind in ("429", "500", "502", "late", "never", "cut")],
}
HELD = {"403"}
"""Faults after which somebody has to do something, so that there is no evening with them."""
GATEWAY = ("op7", "op9", "op9 for good", "close", "cut socket", "silence", "twice")
"""What goes wrong on the gateway, at the same rate of the actions."""
NOTHING = "nothing"
GLANCE = 0.3
"""Seconds that a member looks for an answer: what has come of a press, the database knows."""
PATIENCE = 3.2
"""Seconds after which a member who sees nothing happen tries again."""
LONGEST = 20.0
"""Seconds that one action may take with all that goes wrong."""


@dataclass(frozen=True, slots=True)
class Action:
    """A press on the last page, or /back where there is no `button`; and what the database has once it is done."""

    member: int
    button: str
    n: int
    turns: bool


def script(scenes: int) -> Iterator[Action]:
    """Yield what is done: votes and Next through the scenes, and once a step back."""
    n = 1
    backs = 1
    scene = 1
    while scene < scenes:
        names = [name.lower() for name in POVS if name[0] in TOLD_BY[scene]]
        votes = [f"vote:{names[-1]}", f"vote:{names[0]}"] if len(names) > 1 else ["next", "next"]
        for member, button in zip((BOB, CAT), votes, strict=True):
            yield Action(member, button, n, turns=False)
        # Whoever has pressed under the page before is waited for, so that all three press each time.
        yield Action(ANN, "next", n, turns=True)
        n += 1
        scene += 1
        if scene == 4 and backs:
            backs -= 1
            yield Action(ANN, "", n, turns=True)
            n += 1
            scene -= 1


@dataclass
class Play:
    """The script carried out in one channel."""

    wire: Wire
    file: Path
    channel: int
    gateway: str = ""
    every: int = 10
    reading: int = 0
    disturbed: int = 0
    """How often something went wrong."""

    async def run(self, scenes: int, faults: list[Json], seed: int) -> None:
        """Begin a reading, and carry out the script while things go wrong."""
        begun = await self.wire.command(self.channel, ANN, "story start", story="wire")
        assert begun.answered
        (self.reading,) = self._row("SELECT id FROM reading WHERE channel = ?", self.channel)
        await self.wire.ask("faults", faults=faults, seed=seed)
        try:
            for number, action in enumerate(script(scenes), seed):
                await self._disturb(number)
                await self._carry_out(action)
        finally:
            self.disturbed += sum((await self.wire.ask("faults", faults=[])).values())

    async def _carry_out(self, action: Action) -> None:
        """Do it; again only if nothing has come of it: a vote is taken back by another press."""
        give_up = time.monotonic() + LONGEST
        while not self._done(action):
            await self._act(action)
            with contextlib.suppress(TimeoutError):
                await until(lambda: self._is_done(action), "something to come of it", PATIENCE)
            if time.monotonic() > give_up:
                msg = f"nothing came of {action}"
                raise TimeoutError(msg)
        while action.turns and not self._posted(action.n + 1):
            if time.monotonic() > give_up:
                msg = f"{action} was not posted"
                raise TimeoutError(msg)
            if self._held(action.n + 1):
                # Somebody presses the page that is there: that has the next one posted, or is told that it has been.
                await self._press(CAT, "next", action.n)
            await asyncio.sleep(0.01)

    async def _act(self, action: Action) -> None:
        if action.button:
            await self._press(action.member, action.button, action.n)
        else:
            await self.wire.command(self.channel, action.member, "back")

    async def _press(self, member: int, button: str, n: int) -> None:
        action, _, pov = button.partition(":")
        custom_id = f"{action}:{self.reading}:{n}" + (f":{pov}" if pov else "")
        try:
            await self.wire.press(self.channel, member, custom_id, patience=GLANCE)
        except ValueError:
            return  # the page has no such button, such as the first after a step back

    async def _is_done(self, action: Action) -> bool:
        return self._done(action)

    def _done(self, action: Action) -> bool:
        if action.turns:
            return self._row("SELECT max(n) FROM step WHERE reading = ?", self.reading) == (action.n + 1,)
        sql = "SELECT pov, ready FROM press WHERE reading = ? AND n = ? AND member = ?"
        pov, ready = self._row(sql, self.reading, action.n, action.member) or (None, 0)
        return bool(ready) if action.button == "next" else pov == action.button.partition(":")[2]

    def _posted(self, n: int) -> bool:
        return self._row("SELECT message FROM step WHERE reading = ? AND n = ?", self.reading, n) != (None,)

    def _held(self, n: int) -> bool:
        """Whether Discord has refused a page, which is tried again once somebody acts."""
        sql = "SELECT failure FROM delivery WHERE kind = 'section' AND subject = ? AND n = ?"
        return self._row(sql, self.reading, n) not in {(), (None,)}

    def _row(self, sql: str, *values: object) -> tuple[Any, ...]:
        with reading_of(self.file) as connection:
            return connection.execute(sql, values).fetchone() or ()

    async def _disturb(self, number: int) -> None:
        if not self.gateway or number % self.every:
            return
        self.disturbed += 1
        if self.gateway == "twice":
            await self.wire.ask("twice", times=1)
            return
        before = await self.wire.state()
        what, _, for_good = self.gateway.partition(" ")
        await self.wire.ask("disturb", what=what, resumable=for_good != "for good")
        if what == "silence":
            await asyncio.sleep(0.1)
            await self.wire.ask("disturb", what="cut")
        if for_good == "for good":
            await self.wire.ask("until", identified=before["identified"] + 1)
        else:
            await self.wire.ask("until", resumed=before["resumed"] + 1)


async def shown(wire: Wire, channel: int) -> list[Json]:
    """Return what members see in a channel, without what differs from one time to the next."""
    return [
        {
            "marks": message["marks"],
            "texts": [re.sub(r"<t:\d+:R>|/channels/[\d/]+", "…", text) for text in message["texts"]],
            "buttons": [
                (label, re.sub(r":\d+", ":", custom_id, count=1), disabled)
                for label, custom_id, disabled in message["buttons"]
            ],
        }
        for message in await wire.ask("outline", channel=channel)
    ]


def difference(expected: list[Json], found: list[Json]) -> str:
    """Say where two channels begin to differ, or nothing."""
    for number, (one, other) in enumerate(zip(expected, found, strict=False)):
        if one != other:
            return f"message {number}: expected {one}, found {other}"
    return "" if len(expected) == len(found) else f"expected {len(expected)} messages, found {len(found)}"


async def matrix(kinds: list[str], seed: int, rate: float, scenes: int, folder: Path) -> dict[str, str]:
    """Carry out the script without faults, then with each kind; return by kind where the channel differs."""
    config = make_setting(folder, vote_seconds=3600)
    found: dict[str, str] = {}
    times = 0
    async with open_wire(channels=2 * len(kinds) + 2) as wire, open_bot(wire, config, quick=True):
        expected: list[Json] = []
        for number, kind in enumerate([NOTHING, *kinds], 1):
            began = time.monotonic()
            faults = [{"rate": rate / len(FAULTS[kind]), **fault} for fault in FAULTS.get(kind, [])]
            gateway = kind if kind in GATEWAY else ""
            play = Play(wire, database(config), wire.channel(number), gateway, max(1, round(1 / rate)))
            try:
                await play.run(scenes, faults, seed)
                found[kind] = await _compare(wire, play.channel, expected)
                if kind not in HELD and not gateway:
                    evening = Evening(wire, database(config), wire.channel(len(kinds) + 1 + number))
                    found[kind] = found[kind] or await evening.run(faults, seed)
            except TimeoutError as error:
                found[kind] = str(error)
            if kind == NOTHING:
                expected = await shown(wire, play.channel)
            times += play.disturbed
            took = time.monotonic() - began
            print(f"{kind}: {found[kind] or 'the same'}, {play.disturbed} times in {took:.1f} s", flush=True)  # noqa: T201 - a command's output
    print(f"{times} faults of {len(kinds)} kinds")  # noqa: T201 - as above
    return found


async def _compare(wire: Wire, channel: int, expected: list[Json]) -> str:
    """Return where a channel differs once all has come to rest."""

    async def same() -> bool:
        return not expected or not difference(expected, await shown(wire, channel))

    try:
        await until(same, "the channel to be the same", 15)
    except TimeoutError:
        return difference(expected, await shown(wire, channel))
    return ""


def main() -> int:
    """Run from the command line; return 1 if a channel came out differently."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rate", type=float, default=0.1)
    parser.add_argument("--scenes", type=int, default=len(TOLD_BY))
    parser.add_argument("--only", nargs="*", choices=[*FAULTS, *GATEWAY], default=[*FAULTS, *GATEWAY])
    parser.add_argument("--keep", type=Path, help="a folder for the database and the bot's log, kept afterwards")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        found = asyncio.run(matrix(options.only, options.seed, options.rate, options.scenes, folder))
    return 1 if any(found.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
