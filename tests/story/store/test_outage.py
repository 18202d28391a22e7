"""A database that takes nothing is said once, and once more when it takes something again."""

import logging

import pytest

from story.errors import NotKeptError
from story.rules.presses import Press
from story.rules.steps import Kind
from story.store import Store, open_store, outage
from story.store.database import Where
from tests.builders import step
from tests.databases import taking_nothing

TOOK_NOTHING, TAKES_AGAIN = "the database took nothing", "the database takes changes again"


@pytest.fixture(autouse=True)
def _log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)


def said(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage().partition(",")[0] for record in caplog.records]


async def fail(store: Store, times: int = 1) -> None:
    for _ in range(times):
        with pytest.raises(NotKeptError):
            async with store.transaction() as tx:
                await tx.set_note("key", "value")
        with pytest.raises(NotKeptError):
            await store.keep_press(1, 1, Press(4, "ben"))
        await store.end_delivery(1)
        await store.settle()


async def keep(store: Store) -> None:
    async with store.transaction() as tx:
        await tx.set_note("key", "value")


async def test_it_is_said_once_however_much_is_not_kept_and_once_when_something_is(
    database: Where, caplog: pytest.LogCaptureFixture
) -> None:
    async with open_store(database) as store:
        async with taking_nothing(store):
            await fail(store, 5)
        await keep(store)
        await keep(store)
    assert said(caplog) == [TOOK_NOTHING, TAKES_AGAIN]


async def test_a_vote_that_is_kept_ends_it_too(database: Where, caplog: pytest.LogCaptureFixture) -> None:
    async with open_store(database) as store:
        async with store.transaction() as tx:
            reading = await tx.add_reading(1, 2, "tale", 3)
            await tx.append(reading.id, step(1, Kind.START))
        async with taking_nothing(store):
            await fail(store)
        await store.keep_press(reading.id, 1, Press(4, "ben"))
    assert said(caplog) == [TOOK_NOTHING, TAKES_AGAIN]


async def test_a_transaction_that_has_nothing_to_write_is_no_end_of_it(
    database: Where, caplog: pytest.LogCaptureFixture
) -> None:
    async with open_store(database) as store:
        async with taking_nothing(store):
            await fail(store)
            with pytest.raises(NotKeptError):
                async with store.transaction():
                    pass
        assert said(caplog) == [TOOK_NOTHING]
        async with store.transaction():
            pass
    assert said(caplog) == [TOOK_NOTHING, TAKES_AGAIN]


async def test_of_outages_in_a_row_the_first_is_said_and_later_another(
    database: Where, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_store(database) as store:
        for _ in range(5):
            async with taking_nothing(store):
                await fail(store)
            await keep(store)
        assert said(caplog) == [TOOK_NOTHING, TAKES_AGAIN]
        monkeypatch.setattr(outage, "monotonic", lambda: 1e12)
        async with taking_nothing(store):
            await fail(store)
    assert said(caplog) == [TOOK_NOTHING, TAKES_AGAIN, TOOK_NOTHING]
