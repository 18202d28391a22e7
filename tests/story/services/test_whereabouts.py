import pytest

from story.errors import NoReading, NoSession, ReadingElsewhere, ReadingOver
from story.rules.presses import Member
from story.services.container import Services
from tests.story.room import ANN, CHANNEL, GUILD, OTHER_CHANNEL, begun, held


async def test_a_reading_is_where_it_was_begun(services: Services) -> None:
    turn = await begun(services)
    await services.whereabouts.require_reading(GUILD, CHANNEL, turn.page.reading.id)


async def test_a_reading_of_another_channel_is_refused_with_that_channel(services: Services) -> None:
    turn = await begun(services)
    with pytest.raises(ReadingElsewhere) as refused:
        await services.whereabouts.require_reading(GUILD, OTHER_CHANNEL, turn.page.reading.id)
    assert refused.value.channel == CHANNEL


async def test_a_reading_that_has_moved_is_refused_where_it_was(services: Services) -> None:
    turn = await begun(services)
    await services.asides.move(GUILD, OTHER_CHANNEL, turn.page.reading.id)
    await services.whereabouts.require_reading(GUILD, OTHER_CHANNEL, turn.page.reading.id)
    with pytest.raises(ReadingElsewhere):
        await services.whereabouts.require_reading(GUILD, CHANNEL, turn.page.reading.id)


async def test_a_reading_of_another_server_is_none(services: Services) -> None:
    turn = await begun(services)
    with pytest.raises(NoReading):
        await services.whereabouts.require_reading(GUILD + 1, CHANNEL, turn.page.reading.id)


async def test_a_stopped_reading_of_another_channel_is_over(services: Services) -> None:
    turn = await begun(services)
    await services.readings.stop(GUILD, turn.page.reading.id, 1, Member(ANN))
    with pytest.raises(ReadingOver):
        await services.whereabouts.require_reading(GUILD, OTHER_CHANNEL, turn.page.reading.id)


async def test_what_is_not_known_is_left_to_whoever_looks_for_it(services: Services) -> None:
    await services.whereabouts.require_reading(GUILD, CHANNEL, 999)
    await services.whereabouts.require_session(GUILD, CHANNEL, 999)


async def test_a_session_is_its_channels_alone(services: Services) -> None:
    await services.sessions.open(GUILD, CHANNEL, ANN)
    session = await held(services)
    await services.whereabouts.require_session(GUILD, CHANNEL, session.id)
    for guild, channel in ((GUILD, OTHER_CHANNEL), (GUILD + 1, CHANNEL)):
        with pytest.raises(NoSession):
            await services.whereabouts.require_session(guild, channel, session.id)
