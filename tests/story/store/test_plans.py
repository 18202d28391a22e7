"""Every statement that the bot makes finds its rows by an index."""

import inspect
import re
from datetime import datetime
from pathlib import Path
from typing import Any

import aiosqlite
import pytest

from story.rules.delivery import DeliveryFailure
from story.rules.presses import Press
from story.rules.serial import Serial
from story.rules.session import Deadline, Due
from story.rules.session_date import SessionDate
from story.rules.steps import Kind, Step
from story.store import Store, Transaction, open_store
from story.times.phrases import Repeat
from story.times.zones import known_zone
from tests.builders import NOON

UTC = known_zone("UTC")
EXAMPLES: dict[Any, Any] = {
    int: 1,
    str: "x",
    datetime: NOON,
    Press: Press(1, "ben"),
    Step: Step(2, Kind.STOP, NOON),
    Deadline: Deadline(Due.CLOCK, NOON),
    Serial: Serial(Repeat.DAILY, NOON, UTC),
    SessionDate: SessionDate(2, 1, 3, NOON, NOON, Repeat.NONE, UTC),
    DeliveryFailure: DeliveryFailure.GONE,
    bool: True,
}
AT_START = {"changed_servers", "servers", "stories"}
"""Questions that are asked once, when the bot starts, about every server."""
METHODS = [name for name, _ in inspect.getmembers(Transaction, inspect.iscoroutinefunction) if not name.startswith("_")]


def example(annotation: Any) -> Any:
    """A value for a parameter of that type."""
    if annotation in EXAMPLES:
        return EXAMPLES[annotation]
    kinds = [kind for kind in getattr(annotation, "__args__", ()) if kind in EXAMPLES]
    return EXAMPLES[kinds[0]] if kinds else {}


async def statements(tx: Transaction, connection: aiosqlite.Connection, name: str) -> list[str]:
    """What a method has SQLite do."""
    said: list[str] = []
    await connection.set_trace_callback(said.append)
    method = getattr(tx, name)
    parameters = inspect.signature(method, eval_str=True).parameters.values()
    named = {each.name: example(each.annotation) for each in parameters if each.kind is each.KEYWORD_ONLY}
    await method(*(example(each.annotation) for each in parameters if each.kind is not each.KEYWORD_ONLY), **named)
    await connection.set_trace_callback(lambda _statement: None)
    return [each for each in said if not each.startswith("--")]


async def filled(store: Store) -> None:
    async with store.transaction() as tx:
        await tx.add_reading(1, 2, "tale", 3)
        await tx.append(1, Step(1, Kind.START, NOON))
        await tx.add_session(1, 2, 3)


@pytest.mark.parametrize("name", [name for name in METHODS if name not in AT_START])
async def test_every_statement_finds_its_rows_by_an_index(tmp_path: Path, name: str) -> None:
    async with open_store(tmp_path / "readings.db") as store:
        await filled(store)
        connection = store._writer
        await connection.execute("BEGIN")
        said = await statements(Transaction(connection), connection, name)
        assert said
        for statement in said:
            plan = [row[3] for row in await connection.execute_fetchall(f"EXPLAIN QUERY PLAN {statement}")]
            scans = [line for line in plan if re.match(r"SCAN (?!CONSTANT)", line) and "INDEX" not in line]
            assert scans == [], statement
        await connection.rollback()
