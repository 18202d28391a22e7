"""A reading that is begun on one database goes on from another, in the middle of a ballot."""

from pathlib import Path

import pytest

from story.store.database import Where
from story.store.move import move
from tests.cogs.stage import TIME_IS_UP, Stage, labels, shown
from tests.postgres import Server, emptied, needs_postgres


@pytest.fixture
async def elsewhere(request: pytest.FixtureRequest, database: Where, tmp_path: Path) -> Where:
    """An empty database of the other kind."""
    if isinstance(database, str):
        return tmp_path / "elsewhere.db"
    server: Server = request.getfixturevalue("postgres")
    return await emptied(server.address())


@needs_postgres
async def test_a_ballot_goes_on_with_its_votes_buttons_and_clock(
    stage: Stage, database: Where, elsewhere: Where
) -> None:
    await stage.next()
    await stage.press(stage.ann, "Ben")
    await stage.press(stage.bob, "Ben")
    asked = stage.last()
    await stage.env.advance_time(30)
    await stage.kill()
    await move(database, elsewhere, lambda *_: None)
    stage.database = elsewhere
    await stage.restart()
    await stage.click(stage.cat, asked, "Anna")
    assert labels(stage.last()) == ["Anna · 1", "Ben · 2", "Next"]
    await stage.env.advance_time(TIME_IS_UP - 30)
    assert "Ben wins with 2 of 3 votes." in shown(stage.messages()[0])
    assert "Ben tells scene 2." in shown(stage.last())
    await stage.press(stage.ann, "Cleo")
    assert "Cleo · 1" in labels(stage.last())
