"""Everything is carried over from one database to another, whichever they are, or nothing is."""

import asyncio
from pathlib import Path

import pytest

from story.rules.delivery import Delivery, DeliveryKind
from story.rules.presses import Press
from story.rules.steps import Kind
from story.rules.timer import Deadline, Due
from story.store import Store, Use, open_store
from story.store.database import Where
from story.store.lock import exclusive_use
from story.store.move import MoveError, move
from story.store.whole import Row, Table, Whole
from tests.builders import NOON, step
from tests.databases import pressed, rows_of
from tests.postgres import Server, emptied, needs_postgres

WAYS = [
    pytest.param(("sqlite", "sqlite"), id="sqlite-sqlite"),
    pytest.param(("sqlite", "postgresql"), id="sqlite-postgresql", marks=needs_postgres),
    pytest.param(("postgresql", "sqlite"), id="postgresql-sqlite", marks=needs_postgres),
]


def unwatched(_done: int, _total: int) -> None:
    pass


@pytest.fixture(params=WAYS)
async def places(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Where, Where]:
    """Two empty databases."""
    source, target = request.param
    address = await emptied(request.getfixturevalue("postgres").address()) if "postgresql" in request.param else ""
    return (
        tmp_path / "from.db" if source == "sqlite" else address,
        tmp_path / "to.db" if target == "sqlite" else address,
    )


async def fill(store: Store) -> int:
    """Have something in a store, and a reading whose number was given and is gone; return the other reading's."""
    async with store.transaction() as tx:
        reading = await tx.add_reading(1, 2, "tale", 3)
        await tx.append(reading.id, step(1, Kind.START, "1A", by=3))
        await tx.set_deadline(reading, 1, Deadline(Due.CLOCK, NOON))
        await tx.deliver(NOON, Delivery(DeliveryKind.SECTION, 1, 2, reading.id, 1))
        for number in range(40):
            await tx.press(reading.id, 1, Press(2**62 + number, "ben" if number % 2 else None, ready=True))
            await tx.add_story(f"{number % 7}-ä{number}", (1, 7), "Ä\n'\"", ("x" * 200_000, "{}"), NOON)
            await tx.set_note(f"{'Zz'[number % 2]}{number}", "")
        await tx.add_reading(99, 3, "tale", 3)
        await tx.forget_guild(99)
    return reading.id


async def test_everything_is_there_afterwards(places: tuple[Where, Where]) -> None:
    source, target = places
    async with open_store(source) as store:
        reading = await fill(store)
        before = await rows_of(store)
    told: list[tuple[int, int]] = []
    rows = await move(source, target, lambda done, total: told.append((done, total)))
    assert rows == sum(before.values())
    assert told[-1] == (2 * rows, 2 * rows)
    assert told == sorted(told)
    async with open_store(source) as old, open_store(target) as new:
        assert await rows_of(new) == before
        assert await new.read.gather(reading) == await old.read.gather(reading)
        assert await new.read.deliveries() == await old.read.deliveries()
        assert len(await pressed(new.read, reading)) == 40
        assert new.story_text("0-ä7") == "{}"


async def test_a_number_that_was_given_is_never_given_again(places: tuple[Where, Where]) -> None:
    source, target = places
    async with open_store(source) as store:
        reading = await fill(store)
    await move(source, target, unwatched)
    async with open_store(target) as store, store.transaction() as tx:
        assert (await tx.add_reading(1, 3, "tale", 3)).id == reading + 2


async def test_a_database_that_is_not_empty_is_refused_and_stays_as_it_is(places: tuple[Where, Where]) -> None:
    for place in places:
        async with open_store(place) as store:
            await fill(store)
            before = await rows_of(store)
    with pytest.raises(MoveError, match=r"not empty: it has rows of .*reading"):
        await move(*places, unwatched)
    async with open_store(places[1]) as store:
        assert await rows_of(store) == before


async def test_what_is_not_the_same_afterwards_is_not_kept(
    places: tuple[Where, Where], monkeypatch: pytest.MonkeyPatch
) -> None:
    source, target = places
    async with open_store(source) as store:
        await fill(store)
    insert = Whole.insert

    async def lose_a_vote(self: Whole, table: Table, rows: list[Row]) -> None:
        await insert(self, table, [row for row in rows if table.name != "press" or row[2] % 10])

    monkeypatch.setattr(Whole, "insert", lose_a_vote)
    with pytest.raises(MoveError, match="rows of press are not what they were"):
        await move(source, target, unwatched)
    async with open_store(target) as store:
        assert sum((await rows_of(store)).values()) == 0


async def test_a_database_that_is_in_use_is_refused(tmp_path: Path) -> None:
    async with open_store(tmp_path / "from.db"):
        pass
    with (
        exclusive_use(tmp_path / "from.db"),
        pytest.raises(MoveError, match="another bot is using this database"),
    ):
        await move(tmp_path / "from.db", tmp_path / "to.db", unwatched)


@needs_postgres
async def test_a_database_on_a_server_that_is_in_use_is_refused(tmp_path: Path, postgres: Server) -> None:
    address = await emptied(postgres.address())
    async with open_store(tmp_path / "from.db"), open_store(address, Use.ALONE):
        with pytest.raises(MoveError, match="another bot is using it"):
            await move(tmp_path / "from.db", address, unwatched)


async def test_a_database_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(MoveError, match="no such database"):
        await move(tmp_path / "from.db", tmp_path / "to.db", unwatched)
    assert not (tmp_path / "from.db").exists()


async def test_a_move_to_where_nothing_can_be_written_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with open_store(tmp_path / "from.db") as store:
        await fill(store)
    monkeypatch.setattr("story.store.dialect.Sqlite.values", lambda *_: ("SELECT * FROM there_is_no_such_table", []))
    with pytest.raises(MoveError, match="there_is_no_such_table"):
        await move(tmp_path / "from.db", tmp_path / "to.db", unwatched)


async def test_a_move_that_is_cancelled_keeps_nothing(tmp_path: Path) -> None:
    async with open_store(tmp_path / "from.db") as store:
        await fill(store)

    def stop(_done: int, _total: int) -> None:
        raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        await move(tmp_path / "from.db", tmp_path / "to.db", stop)
    async with open_store(tmp_path / "to.db") as store:
        assert sum((await rows_of(store)).values()) == 0
