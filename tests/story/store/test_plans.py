"""Every statement that the bot makes finds its rows by an index."""

import inspect
import re
from collections.abc import Awaitable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import aiosqlite
import pytest

from story.rules.delivery import Delivery, DeliveryFailure, DeliveryKind, Direct
from story.rules.presses import Press
from story.rules.rsvp import Coming, Rsvp
from story.rules.serial import Every, Serial
from story.rules.session_date import SessionDate
from story.rules.shards import Shards
from story.rules.steps import Kind, Reading, State, Step
from story.rules.timer import Deadline, Due, Timer, TimerKind
from story.rules.trouble import Trouble, TroubleKind
from story.store import Store, Transaction, open_store
from story.times.series import Repeat
from story.times.zones import known_zone
from tests.builders import NOON

UTC = known_zone("UTC")
EXAMPLES: dict[Any, Any] = {
    int: 1,
    str: "x",
    datetime: NOON,
    Press: Press(1, "ben"),
    Rsvp: Rsvp(1, Coming.GOING),
    Step: Step(2, Kind.STOP, NOON),
    Deadline: Deadline(Due.CLOCK, NOON),
    Serial: Serial(Every.DAILY, NOON, UTC),
    SessionDate: SessionDate(2, 1, 3, NOON, NOON, Repeat.NONE, UTC),
    DeliveryFailure: DeliveryFailure.GONE,
    Delivery: Delivery(DeliveryKind.SECTION, 1, 2, 1, 1),
    Reading: Reading(1, 1, 2, "tale", 3),
    DeliveryKind: DeliveryKind.EVENT,
    State: State.ASIDE,
    Trouble: Trouble(TroubleKind.MESSAGES, 1, 2, "forbidden"),
    TroubleKind: TroubleKind.MESSAGES,
    float: 1.0,
    Direct: Direct.TURN,
    Timer: Timer(TimerKind.DATE, 1, 1, NOON),
    TimerKind: TimerKind.DATE,
    ZoneInfo: UTC,
    bool: True,
    Sequence[int]: [1],
    tuple[str, str]: ("", ""),
    tuple[int, int]: (1, 1),
    Shards: None,
}
AT_START = {
    *("changed_servers", "channels_in_trouble", "deliveries", "open_readings", "servers", "stories"),
    *("unopened_stories", "unreached"),
}
"""Questions that are asked once, when the bot starts or a story was edited, about every server."""
OF_ONE_ROW = re.compile(r"SCAN (CONSTANT ROW|here|until|began|last|\(subquery)")
"""What a plan goes through that is a row or a few, found by an index before."""
METHODS = [name for name, _ in inspect.getmembers(Transaction, inspect.iscoroutinefunction) if not name.startswith("_")]


def example(annotation: Any) -> Any:
    """A value for a parameter of that type."""
    if annotation in EXAMPLES:
        return EXAMPLES[annotation]
    kinds = [kind for kind in getattr(annotation, "__args__", ()) if kind in EXAMPLES]
    return EXAMPLES[kinds[0]] if kinds else {}


def driver(store: Store) -> aiosqlite.Connection:
    """The connection that writes."""
    assert isinstance(store._writer, aiosqlite.Connection)
    return store._writer


async def statements(connection: aiosqlite.Connection, made: Awaitable[object]) -> list[str]:
    """What something has SQLite do."""
    said: list[str] = []
    await connection.set_trace_callback(said.append)
    await made
    await connection.set_trace_callback(lambda _statement: None)
    return [each for each in said if not each.startswith(("--", "BEGIN", "COMMIT"))]


def called(tx: Transaction, name: str) -> Awaitable[object]:
    """A method, called with an example of everything that it takes."""
    method = getattr(tx, name)
    parameters = inspect.signature(method, eval_str=True).parameters.values()
    named = {each.name: example(each.annotation) for each in parameters if each.kind is each.KEYWORD_ONLY}
    made: Awaitable[object] = method(
        *(example(each.annotation) for each in parameters if each.kind is not each.KEYWORD_ONLY), **named
    )
    return made


async def filled(store: Store) -> None:
    async with store.transaction() as tx:
        reading = await tx.add_reading(1, 2, "tale", 3)
        await tx.append(reading.id, Step(1, Kind.START, NOON))
        await tx.add_session(1, 2, 3, NOON)
        await tx.add_date(SessionDate(3, 1, 3, NOON, NOON, Repeat.NONE, UTC))


async def scans(connection: aiosqlite.Connection, statement: str) -> list[str]:
    """What the plan of a statement goes through from end to end, be it by an index."""
    plan = [row[3] for row in await connection.execute_fetchall(f"EXPLAIN QUERY PLAN {statement}")]
    return [line for line in plan if line.startswith("SCAN") and not OF_ONE_ROW.match(line)]


@pytest.mark.parametrize("name", [name for name in METHODS if name not in AT_START])
async def test_every_statement_finds_its_rows_by_an_index(tmp_path: Path, name: str) -> None:
    async with open_store(tmp_path / "readings.db") as store:
        await filled(store)
        connection = driver(store)
        await connection.execute("BEGIN")
        said = await statements(connection, called(Transaction(connection), name))
        assert said
        for statement in said:
            assert await scans(connection, statement) == [], statement
        await connection.rollback()


async def test_what_is_written_without_a_transaction_finds_its_rows_by_an_index(tmp_path: Path) -> None:
    async with open_store(tmp_path / "readings.db") as store:
        await filled(store)

        async def write() -> None:
            await store.end_delivery(1)
            await store.keep_press(1, 1, Press(4, "ben"))
            await store.settle()

        said = await statements(driver(store), write())
        assert [statement.split()[0] for statement in said] == ["INSERT", "DELETE"]
        for statement in said:
            assert await scans(driver(store), statement) == [], statement
