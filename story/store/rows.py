"""Turns rows of the database into what they mean, and instants into numbers."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from story.rules.delivery import DeliveryFailure
from story.rules.serial import Every, Serial
from story.rules.shards import Shards
from story.rules.steps import How, Kind, Reading, State, Step
from story.store.connection import Connection
from story.store.dialect import SQLITE, Dialect

READING = "id, guild, channel, story, started_by, state, gone_at, held"
"""The columns of `reading_of`."""
STEP = (
    "step.n, step.kind, step.at, step.scene, step.pov, step.how, step.votes, step.votes_cast, step.by_member,"
    " step.message, step.chooser, step.reopens, step.begins"
)
"""The columns of `step_of`, but for the failure."""


class Connected:
    """Something that uses one connection, and sees what that sees."""

    def __init__(self, connection: Connection, dialect: Dialect = SQLITE) -> None:
        self._connection = connection
        self._dialect = dialect

    async def _rows(self, sql: str, *values: object) -> list[Any]:
        return list(await self._connection.execute_fetchall(self._dialect.statement(sql), values))


def in_shards(shards: Shards | None) -> str:
    """Return the condition that a row's server belongs to some shards, as `Shards.have` says; any does to None."""
    if shards is None:
        return "TRUE"
    numbers = ", ".join(map(str, sorted(shards.numbers))) or "NULL"
    return f"CASE WHEN guild > 0 THEN (guild >> 22) % {shards.of} ELSE 0 END IN ({numbers})"


def instant(seconds: float) -> datetime:
    """Return the instant of some Unix seconds."""
    return datetime.fromtimestamp(seconds, UTC)


def maybe_instant(seconds: float | None) -> datetime | None:
    """As `instant`, or None for none."""
    return None if seconds is None else instant(seconds)


def seconds(moment: datetime | None) -> float | None:
    """Return an instant as Unix seconds."""
    return moment.timestamp() if moment else None


def reading_of(row: Sequence[Any]) -> Reading:
    """Return a row of the columns READING as a reading."""
    return Reading(row[0], row[1], row[2], row[3], row[4], State(row[5]), maybe_instant(row[6]), bool(row[7]))


def serial_of(row: Sequence[Any]) -> Serial:
    """Return the columns of a serial as one."""
    every, began, zone, year = row
    return Serial(Every(every), instant(began), ZoneInfo(zone), year)


def step_of(row: Sequence[Any]) -> Step:
    """Return a row of the columns STEP, perhaps followed by a delivery's failure, as a step."""
    n, kind, at, scene, pov, how, votes, cast, by, message, chooser, reopens, begins, *failure = row
    return Step(
        n,
        Kind(kind),
        instant(at),
        scene,
        pov,
        How(how) if how else None,
        votes,
        cast,
        by,
        message,
        chooser,
        reopens,
        begins,
        DeliveryFailure(failure[0]) if failure and failure[0] else None,
    )
