import pytest

from story.errors import NothingRead
from story.model import Link
from story.rules.presses import Member
from story.services.container import Services
from tests.builders import linked, story
from tests.story.room import ANN, BOB, CAT, CHANNEL, GUILD, OTHER_CHANNEL, begun, edit, read_on

OWN = story("A", "AB", "A", story_id="own", title="Our Own")


async def test_whoever_only_reads_gets_the_scenes_that_were_passed(services: Services) -> None:
    await read_on(services, await begun(services), "ben")
    passed, whole = await services.exports.of(GUILD, CHANNEL, "tale", Member(ANN), manages=False)
    assert not whole
    assert [scene.id for scene in passed.scenes] == ["scene-1", "scene-2"]


async def test_what_another_channel_has_passed_is_not_given(services: Services) -> None:
    await read_on(services, await begun(services), "ben")
    with pytest.raises(NothingRead):
        await services.exports.of(GUILD, OTHER_CHANNEL, "tale", Member(ANN), manages=False)


async def test_what_was_read_stays_to_be_had_after_the_reading_was_stopped(services: Services) -> None:
    turn = await begun(services)
    await services.readings.stop(GUILD, turn.page.reading.id, 1, Member(ANN))
    passed, _ = await services.exports.of(GUILD, CHANNEL, "tale", Member(BOB), manages=False)
    assert [scene.id for scene in passed.scenes] == ["scene-1"]


async def test_whoever_manages_the_server_gets_it_whole(services: Services) -> None:
    found, whole = await services.exports.of(GUILD, CHANNEL, "tale", Member(CAT), manages=True)
    assert whole
    assert found is services.queries.library.get("tale")


async def test_whoever_has_brought_it_in_gets_it_whole_and_nobody_else(services: Services) -> None:
    await services.imports.load()
    kept = await services.imports.keep(GUILD, OWN, BOB)
    found, whole = await services.exports.of(GUILD, CHANNEL, kept.id, Member(BOB), manages=False)
    assert (found, whole) == (kept, True)
    with pytest.raises(NothingRead):
        await services.exports.of(GUILD, CHANNEL, kept.id, Member(ANN), manages=False)


async def test_ways_on_to_scenes_that_were_not_passed_are_left_out(services: Services) -> None:
    edit(services, linked(story("A", "A", "A"), (1, "23"), (2, ""), (3, "")))
    await read_on(services, await begun(services), "scene-2")
    passed, _ = await services.exports.of(GUILD, CHANNEL, "tale", Member(ANN), manages=False)
    assert [scene.id for scene in passed.scenes] == ["scene-1", "scene-2"]
    assert passed.scenes[0].links == (Link("to 2", "scene-2"),)
