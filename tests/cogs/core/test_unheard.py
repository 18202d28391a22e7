"""What is written without this bot being told of it: by another, or by a commit that was lost on its way back."""

import pytest

from story.errors import NotKeptError
from story.model import Story
from story.rules.presses import Member
from story.rules.settings import Settings
from story.services.container import Services
from story.services.library import Library
from story.store import Commit, open_store
from story.store.database import Where
from tests.cogs.stage import TIME_IS_UP, Stage, Time, shown


async def begin_unheard(stage: Stage, database: Where, stories: list[Story], time: Time) -> None:
    """Begin a reading, without the bot being told."""
    async with open_store(database) as other:
        services = Services.of(other, Library(stories), time, Settings(story="tale"))
        await services.readings.start(stage.server.id, stage.channel.id, stage.ann.id, "tale")


async def look_again(stage: Stage) -> None:
    stage.bot.services.store._tell(Commit(None, again=True))
    await stage.env.settle()


async def test_what_nobody_was_told_of_is_shown_once_when_it_is_looked_for(
    stage: Stage, database: Where, stories: list[Story], time: Time
) -> None:
    await begin_unheard(stage, database, stories, time)
    assert stage.messages() == []
    await look_again(stage)
    await look_again(stage)
    assert ["Anna tells scene 1." in shown(message) for message in stage.messages()] == [True]


async def test_what_cannot_be_looked_for_is_looked_for_again(
    stage: Stage, database: Where, stories: list[Story], time: Time, monkeypatch: pytest.MonkeyPatch
) -> None:
    await begin_unheard(stage, database, stories, time)
    monkeypatch.setattr("cogs.core.publisher.STORE_PAUSE", 0.0)
    look, looks = stage.bot.services.deliveries.pending, 0

    async def fail_once() -> object:
        nonlocal looks
        looks += 1
        if looks == 1:
            raise NotKeptError("gone")  # noqa: EM101 - as a driver would say it
        return await look()

    monkeypatch.setattr(stage.bot.services.deliveries, "pending", fail_once)
    await look_again(stage)
    assert "Anna tells scene 1." in shown(stage.last())


async def test_a_ballot_that_began_without_the_bot_being_told_is_closed_by_the_clock(
    stage: Stage, database: Where, stories: list[Story], time: Time
) -> None:
    await stage.next()
    [reading] = await stage.queries.readings(stage.server.id)
    async with open_store(database) as other:
        services = Services.of(other, Library(stories), time, Settings(seconds=60, story="tale"))
        await services.votes.press(stage.server.id, reading.id, 1, Member(stage.bob.id), "ben")
    await look_again(stage)
    await stage.env.advance_time(TIME_IS_UP)
    assert "Ben tells scene 2." in shown(stage.last())
