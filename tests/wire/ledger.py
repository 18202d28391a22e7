"""What members were answered, and whether the database and the channels hold it: nothing lost, nothing doubled."""

import sqlite3
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cogs.ui import texts
from cogs.ui.layouts import FURTHER, PARTS

Json = dict[str, Any]
OF_A_PAGE, OF_A_LOBBY, OF_A_DATE = {"vote", "next"}, {"join", "leave", "begin"}, {"rsvp", "remind"}
"""What the buttons of a page, of a lobby and of a date do."""
LATE = 2.0
"""Seconds after which something that was due is late."""
Key = tuple[int, int, int]
"""A reading, a step of it and a member."""


@dataclass(slots=True)
class Ballots:
    """What each member may have said under each step, by what they were answered.

    Most of the time that is one thing. It is two where the bot was killed before it answered.
    """

    povs: dict[Key, set[str | None]] = field(default_factory=lambda: defaultdict(lambda: {None}))
    ready: set[Key] = field(default_factory=set)

    def voted(self, key: Key, pov: str, *, counted: bool) -> None:
        """Note a press for a POV, which takes back a vote for the same; `counted` where the answer shows that."""
        before = self.povs[key]
        after = {None if said == pov else pov for said in before}
        self.povs[key] = after if counted else before | after

    def breaches(self, database: Path) -> list[str]:
        """Return what the database lacks of what was answered, and take what it says of the rest."""
        found = []
        with reading_of(database) as connection:
            rows = connection.execute("SELECT reading, n, member, pov, ready FROM press").fetchall()
        kept = {(reading, n, member): (pov, bool(ready)) for reading, n, member, pov, ready in rows}
        for key, possible in self.povs.items():
            pov, _ = kept.get(key, (None, False))
            if pov in possible:
                self.povs[key] = {pov}
            else:
                found.append(f"vote {key}: answered as {possible}, and the database has {pov}")
        found += [
            f"next {key}: answered, and not in the database" for key in self.ready if not kept.get(key, (0, 0))[1]
        ]
        return found


@dataclass(slots=True)
class Shelfmark:
    """Up to where a channel has been looked over: the step that was the last then, and its first message."""

    n: int = 1
    message: int = 0


def path_breaches(database: Path, channel: int, messages: list[Json], since: Shelfmark) -> tuple[list[str], Shelfmark]:
    """Compare the steps of a channel's one reading with its messages, as outlined, from a mark on; return a new mark.

    Each step stands there exactly once, in order, with all of its parts, and its last part is the message it is marked
    with. A page that was posted anew further down says so where it stood.
    """
    with reading_of(database) as connection:
        steps = connection.execute(
            "SELECT n, message FROM step JOIN reading ON reading.id = step.reading"
            " WHERE channel = ? AND n >= ? AND kind <> 'stop' ORDER BY n",
            (channel, since.n),
        ).fetchall()
    seen, found = _standing(channel, messages, since)
    for n, marked in steps:
        parts = sorted(part for step, part in seen if step == n)
        if parts != list(range(len(parts))) or not parts:
            found.append(f"channel {channel}: step {n} stands there with parts {parts}")
        elif marked is not None and seen[n, parts[-1]] != marked:
            found.append(f"channel {channel}: step {n} is marked as {marked} and stands as {seen[n, parts[-1]]}")
    found += [f"channel {channel}: step {n} is not marked as posted" for n, marked in steps if marked is None]
    never = {step for step, _ in seen} - {n for n, _ in steps}
    found += [f"channel {channel}: step {n} stands there and was never committed" for n in never]
    if found or not steps:
        return found, since
    last = steps[-1][0]
    return [], Shelfmark(last, seen[last, 0])


def _standing(channel: int, messages: list[Json], since: Shelfmark) -> tuple[dict[tuple[int, int], int], list[str]]:
    """Return which parts of which steps stand in a channel as which messages, and what is wrong with their order."""
    found = []
    seen: dict[tuple[int, int], int] = {}
    order: list[tuple[int, int]] = []
    for message in messages:
        if message["id"] < since.message or any(texts.moved() in text for text in message["texts"]):
            continue
        for part in (divmod(mark, PARTS) for mark in message["marks"]):
            # The ids that Discord gives by itself are below any step's; those of deliveries are above all, and those of
            # more parts than any section has here.
            if since.n <= part[0] < FURTHER // PARTS:
                if part in seen:
                    found.append(f"channel {channel}: step {part[0]} part {part[1]} stands twice")
                seen[part] = message["id"]
                order.append(part)
    if order != sorted(order):
        found.append(f"channel {channel}: out of order: {order}")
    return seen, found


def button_breaches(database: Path, channel: int, messages: list[Json]) -> list[str]:
    """Return which buttons can be pressed in a channel that should not: of pages but the last, of sessions that ended.

    And of dates that are over, or whose card stands elsewhere.

    Only the newest messages, as outlined, are needed: what was closed once is not opened again.
    """
    with reading_of(database) as connection:
        sql = "SELECT reading, max(n), message FROM step JOIN reading ON reading.id = reading WHERE channel = ?"
        last = connection.execute(f"{sql} AND state = 'open' GROUP BY reading", (channel,)).fetchone()
        dates = dict(connection.execute("SELECT id, message FROM session_date").fetchall())
        running = {number for (number,) in connection.execute("SELECT id FROM session WHERE ended_at IS NULL")}
    found = []
    for message in messages:
        for label, custom_id, disabled in message["buttons"]:
            action, *numbers = custom_id.split(":")
            here = f"channel {channel}: {label!r} ({custom_id}) can be pressed on message {message['id']}"
            if disabled:
                continue
            if action in OF_A_PAGE and (*map(int, numbers[:2]), message["id"]) != last:
                found.append(f"{here}; the last page is {last}")
            if action in OF_A_LOBBY and int(numbers[0]) not in running:
                found.append(f"{here}; the session has ended")
            if action in OF_A_DATE and dates.get(int(numbers[0])) != message["id"]:
                found.append(f"{here}; the dates have the cards {dates}")
    return found


def waiting_breaches(database: Path) -> list[str]:
    """Return what is to be shown and is not shown yet, and what has been due for too long."""
    with reading_of(database) as connection:
        waiting = connection.execute("SELECT id, channel, kind, attempts, failure FROM delivery").fetchall()
        due = connection.execute("SELECT kind, subject, at FROM timer WHERE at < ?", (time.time() - LATE,)).fetchall()
    return [f"delivery {each} waits" for each in waiting] + [f"timer {each} is overdue" for each in due]


def integrity_breaches(database: Path) -> list[str]:
    """Return what SQLite finds wrong with the file."""
    with reading_of(database) as connection:
        said = [row[0] for row in connection.execute("PRAGMA integrity_check")]
        said += [str(row) for row in connection.execute("PRAGMA foreign_key_check")]
    return [line for line in said if line != "ok"]


@contextmanager
def reading_of(database: Path) -> Iterator[sqlite3.Connection]:
    """Open a database to look into it."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=5)) as connection:
        yield connection
