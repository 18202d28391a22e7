from dataclasses import replace

import pytest

from story.errors import NoReading, NothingRead, PlaceGone, StoryGone, UnknownPov, UnknownScene
from story.rules.presses import Member
from story.rules.settings import Order, Settings
from story.services.container import Services
from story.services.library import Library
from story.store import Store
from tests.builders import Clock, linked, story
from tests.story.room import ANN, CHANNEL, GUILD, OTHER_CHANNEL, begun, edit, held, read_on


async def test_where_fails_for_a_story_that_is_gone(services: Services) -> None:
    turn = await begun(services)
    edit(services)
    with pytest.raises(StoryGone):
        await services.queries.place(GUILD, CHANNEL)
    assert await services.queries.shown(turn.page.reading.id) is None
    assert await services.queries.shown(99) is None


async def test_what_was_heard_is_the_path_with_its_sections(services: Services) -> None:
    turn = await read_on(services, await begun(services), "ben", "cleo")
    _, heard = await services.queries.read_so_far(GUILD, turn.page.reading.id)
    assert [section.text for _, _, section in heard] == [
        "Anna tells scene 1.",
        "Ben tells scene 2.",
        "Cleo tells scene 3.",
    ]


async def test_what_the_story_has_no_more_is_left_out_of_what_was_heard(services: Services) -> None:
    turn = await read_on(services, await begun(services), "ben")
    edit(services, story("A", "A", "ABC", "A"))
    _, heard = await services.queries.read_so_far(GUILD, turn.page.reading.id)
    assert [scene.id for _, scene, _ in heard] == ["scene-1"]


async def test_a_scene_whose_pov_is_gone_is_left_out_of_what_can_be_reread(services: Services) -> None:
    turn = await read_on(services, await begun(services), "ben")
    edit(services, story("A", "A", "ABC", "A"))
    _, so_far = await services.queries.passed(GUILD, turn.page.reading.id)
    assert [each.scene.id for each in so_far] == ["scene-1"]


async def test_a_scene_can_be_reread_through_other_eyes(services: Services) -> None:
    turn = await read_on(services, await begun(services), "ben")
    _, _, at, section = await services.queries.reread(GUILD, turn.page.reading.id, "Scene 2", "Anna")
    assert (at, section.text) == (1, "Anna tells scene 2.")


async def test_the_last_scene_as_it_was_heard_is_reread_by_default(services: Services) -> None:
    turn = await read_on(services, await begun(services), "ben")
    _, _, at, section = await services.queries.reread(GUILD, turn.page.reading.id, None, None)
    assert (at, section.text) == (1, "Ben tells scene 2.")


async def test_a_scene_ahead_cannot_be_reread(services: Services) -> None:
    turn = await read_on(services, await begun(services), "ben")
    with pytest.raises(UnknownScene):
        await services.queries.reread(GUILD, turn.page.reading.id, "scene-3", None)


async def test_a_scene_that_was_taken_back_cannot_be_reread(services: Services) -> None:
    turn = await read_on(services, await begun(services), "ben")
    await services.readings.back(GUILD, CHANNEL, Member(ANN))
    with pytest.raises(UnknownScene):
        await services.queries.reread(GUILD, turn.page.reading.id, "scene-2", None)


async def test_a_pov_that_does_not_tell_the_scene_cannot_be_reread(services: Services) -> None:
    turn = await begun(services)
    with pytest.raises(UnknownPov):
        await services.queries.reread(GUILD, turn.page.reading.id, None, "ben")


async def test_what_was_skipped_can_be_read_once_it_has_been_passed(store: Store, clock: Clock) -> None:
    library = Library([story("A", "B", "A", "B", "A")])
    services = Services.of(store, library, clock, Settings(order=Order.FOLLOW))
    turn = await read_on(services, await begun(services), "anna", "ben")
    reading = turn.page.reading.id
    turn = await read_on(services, turn, "ben")
    _, so_far = await services.queries.passed(GUILD, reading)
    assert [(each.scene.id, each.step is not None) for each in so_far] == [
        ("scene-1", True),
        ("scene-2", True),
        ("scene-3", False),
        ("scene-4", True),
    ]
    _, _, at, section = await services.queries.reread(GUILD, reading, "scene-3", None)
    assert (at, section.text) == (2, "Anna tells scene 3.")
    _, _, at, _ = await services.queries.reread(GUILD, reading, None, None)
    assert at == 3
    with pytest.raises(UnknownScene):
        await services.queries.reread(GUILD, reading, "scene-5", None)


async def test_a_scene_heard_twice_is_there_once_as_it_was_heard_last(store: Store, clock: Clock) -> None:
    library = Library([linked(story("AB", "C"), (2, "1"))])
    services = Services.of(store, library, clock, Settings())
    turn = await read_on(services, await begun(services), "anna", "cleo", "ben")
    _, so_far, at, section = await services.queries.reread(GUILD, turn.page.reading.id, None, None)
    assert [(each.scene.id, each.section.pov.id) for each in so_far] == [("scene-1", "ben"), ("scene-2", "cleo")]
    assert (at, section.pov.id) == (0, "ben")


async def test_a_place_that_is_gone_can_be_looked_at_though_not_read_on_from(services: Services) -> None:
    await begun(services)
    tale = story("A", "AB", "ABC", "A")
    edit(services, replace(tale, scenes=tale.scenes[1:]))
    with pytest.raises(PlaceGone):
        await services.queries.where(GUILD, CHANNEL)
    assert (await services.queries.place(GUILD, CHANNEL)).ballot is None


async def test_a_reading_of_another_server_is_not_found(services: Services) -> None:
    turn = await begun(services)
    for looked_up in (
        services.queries.reading(GUILD + 1, CHANNEL),
        services.queries.where(GUILD + 1, CHANNEL),
        services.queries.read_so_far(GUILD + 1, turn.page.reading.id),
        services.queries.reading(GUILD, OTHER_CHANNEL),
    ):
        with pytest.raises(NoReading):
            await looked_up


async def test_an_earlier_page_is_shown_closed_and_as_it_was(services: Services) -> None:
    turn = await read_on(services, await begun(services), "ben", "cleo")
    earlier = await services.queries.shown(turn.page.reading.id, 2)
    assert earlier
    assert earlier.closed_by
    assert (earlier.step.section_id, earlier.closed_by.n) == (("scene-2", "ben"), 3)
    last = await services.queries.shown(turn.page.reading.id)
    assert last
    assert (last.step.n, last.closed_by) == (3, None)


async def test_a_lobby_that_is_not_known_is_none(services: Services) -> None:
    assert await services.queries.lobby(99) is None
    await services.sessions.open(GUILD, CHANNEL, ANN)
    lobby = await services.queries.lobby((await held(services)).id)
    assert lobby
    assert lobby.host == ANN


async def test_there_is_nothing_to_reread_before_the_first_section(services: Services) -> None:
    turn = await begun(services, "fork")
    with pytest.raises(NothingRead):
        await services.queries.reread(GUILD, turn.page.reading.id, None, None)


async def test_a_step_is_told_to_its_own_server_only(services: Services) -> None:
    turn = await begun(services)
    reading = turn.page.reading
    assert (await services.queries.told(GUILD, reading.id, 1)).step.n == 1
    with pytest.raises(NoReading):
        await services.queries.told(GUILD + 1, reading.id, 1)
