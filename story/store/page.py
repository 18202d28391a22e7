"""Gathers all that a page of a reading needs, in one statement."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from story.rules.presses import Press
from story.rules.serial import Serial
from story.rules.session import Reader, Session
from story.rules.steps import Reading, Step
from story.rules.timer import Deadline, Due
from story.store.dialect import MAX_INTEGER, Dialect
from story.store.rows import READING, STEP, Connected, instant, maybe_instant, reading_of, serial_of, step_of

Changes = dict[str, Any]
"""Settings that differ from the defaults, by their names."""

SESSION = "id, guild, channel, host, began_at, began_with, paused, opened_at, ended_at, ended_with, message"
"""The columns of `session_of`."""
_BY_ID = "id = ?1"
_BY_CHANNEL = "channel = ?1 AND state = 'open'"
_WITH = f"""
WITH here AS (SELECT {READING} FROM reading WHERE {{which}}),
until AS (SELECT max(n) AS n FROM step WHERE reading = (SELECT id FROM here) AND n <= ?2),
began AS (
    SELECT max(n) AS n FROM step
    WHERE reading = (SELECT id FROM here) AND n <= (SELECT n FROM until) AND kind IN ('start', 'restart')
),
last AS (SELECT * FROM step WHERE reading = (SELECT id FROM here) AND n = (SELECT n FROM until))
"""
_FAILURE = """(SELECT failure FROM delivery WHERE kind = 'section' AND subject = step.reading AND delivery.n = step.n
    ORDER BY id DESC LIMIT 1)"""
# Under a BACK, whoever pressed under the step that it reopens also counts.
_PARTS = (
    ("reading", READING, "FROM here"),
    (
        "step",
        f"{STEP}, {_FAILURE}",
        """FROM step
            WHERE reading = (SELECT id FROM here) AND n >= (SELECT n FROM began) AND n <= (SELECT n FROM until) + 1""",
    ),
    (
        "press",
        "n, member, pov, ready",
        "FROM press WHERE reading = (SELECT id FROM here) AND n = (SELECT n FROM until)",
    ),
    (
        "known",
        "member",
        """FROM press WHERE reading = (SELECT id FROM here) AND member > 0
            AND n IN ((SELECT n - 1 FROM last), (SELECT reopens FROM last), (SELECT reopens - 1 FROM last))""",
    ),
    (
        "timer",
        "detail, at, restarts",
        "FROM timer WHERE kind = 'ballot' AND subject = (SELECT id FROM here) AND n = (SELECT n FROM until)",
    ),
    ("serial", "every, began, zone, year", "FROM serial WHERE reading = (SELECT id FROM here)"),
    ("server", "changes", "FROM server_settings WHERE guild = (SELECT guild FROM here)"),
    ("own", "changes", "FROM reading_settings WHERE reading = (SELECT id FROM here)"),
    ("session", SESSION, "FROM session WHERE channel = (SELECT channel FROM here) AND ended_at IS NULL"),
    (
        "reader",
        "member, active_at, away, joined_at, lacks",
        """FROM session_reader WHERE gone = 0
            AND session = (SELECT id FROM session WHERE channel = (SELECT channel FROM here) AND ended_at IS NULL)""",
    ),
)


@lru_cache
def _gather(dialect: Dialect, which: str) -> str:
    """Return the query for all that the last step up to `?2` of a reading needs."""
    return _WITH.format(which=which) + dialect.union(_PARTS)


@dataclass(slots=True)
class Gathered:
    """What a page is made of; `after` is the step after the one asked for, once there is one."""

    reading: Reading
    steps: list[Step] = field(default_factory=list)
    after: Step | None = None
    presses: list[Press] = field(default_factory=list)
    known: set[int] = field(default_factory=set)
    deadline: Deadline | None = None
    serial: Serial | None = None
    server: Changes = field(default_factory=dict)
    own: Changes = field(default_factory=dict)
    session: Session | None = None


class PageReads(Connected):
    """Reads whole pages."""

    async def gather(self, reading_id: int, until: int | None = None) -> Gathered | None:
        """Return what the page of step `until` is made of, by default the last; None if there is no such reading."""
        return await self._gathered(_BY_ID, reading_id, until)

    async def gather_in(self, channel: int) -> Gathered | None:
        """As `gather`, for the last step of a channel's reading."""
        return await self._gathered(_BY_CHANNEL, channel, None)

    async def _gathered(self, which: str, value: int, until: int | None) -> Gathered | None:
        rows = await self._rows(_gather(self._dialect, which), value, until or MAX_INTEGER - 1)
        return _gathered(self._dialect.apart(rows), until)


def session_of(row: Sequence[Any], readers: Sequence[Reader]) -> Session:
    """Return a row of the columns SESSION as a session."""
    number, guild, channel, host, began_at, began_with, paused, opened_at, ended_at, ended_with, message = row
    return Session(
        number,
        guild,
        channel,
        host,
        tuple(readers),
        maybe_instant(began_at),
        began_with or 0,
        bool(paused),
        instant(opened_at),
        maybe_instant(ended_at),
        ended_with or 0,
        message,
    )


def reader_of(member: int, active_at: float, away: int, lacks: int | None) -> Reader:
    """Return columns of a session's reader as one."""
    return Reader(member, instant(active_at), bool(away), lacks)


def _gathered(rows: Sequence[Sequence[Any]], until: int | None) -> Gathered | None:  # noqa: C901, PLR0912 - a table
    reading = next((row for row in rows if row[0] == "reading"), None)
    if reading is None:
        return None
    found = Gathered(reading_of(reading[1:9]))
    session: Sequence[Any] = ()
    readers: list[tuple[float, int, Reader]] = []
    for row in rows:
        match row[0]:
            case "step":
                found.steps.append(step_of(row[1:]))
            case "press":
                found.presses.append(Press(row[2], row[3], bool(row[4])))
            case "known":
                found.known.add(row[1])
            case "timer":
                found.deadline = Deadline(Due(row[1]), instant(row[2]), row[3])
            case "serial":
                found.serial = serial_of(row[1:5])
            case "server":
                found.server = json.loads(row[1])
            case "own":
                found.own = json.loads(row[1])
            case "session":
                session = row[1:12]
            case "reader":
                readers.append((row[4], row[1], reader_of(row[1], row[2], row[3], row[5])))
            case _:
                pass
    found.steps.sort(key=lambda step: step.n)
    if until is not None and found.steps[-1].n > until:
        found.after = found.steps.pop()
    if session:
        found.session = session_of(session, [reader for _, _, reader in sorted(readers, key=lambda each: each[:2])])
    return found
