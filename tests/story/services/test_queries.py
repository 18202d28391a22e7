import pytest

from story.errors import (
    NoReading,
    NothingRead,
    StoryGone,
    UnknownPov,
    UnknownScene,
)
from story.rules.page import Turn
from story.rules.presses import Member
from story.rules.settings import Order, Settings
from story.services.library import Library
from story.services.queries import Queries
from story.services.readings import Readings
from story.store import Store
from tests.builders import Clock, linked, story
from tests.story.room import ANN, CHANNEL, GUILD, OTHER_CHANNEL, begun, press, read_on, told, with_stories


async def test_a_step_is_untold_until_it_is_marked(readings: Readings) -> None:
    turn = await readings.start(GUILD, CHANNEL, ANN, "tale")
    assert await readings._queries.untold() == [(turn.page.reading.id, 1)]
    await told(readings, turn)
    assert await readings._queries.untold() == []
    assert await readings._queries.message_of(turn.page) == 1001


async def test_an_untold_turn_comes_with_the_page_it_closes(readings: Readings) -> None:
    turn = await begun(readings)
    turned = await press(readings, turn, ANN)
    assert isinstance(turned, Turn)
    again = await readings._queries.turn(turn.page.reading.id, 2)
    assert again.page == turned.page
    assert again.before
    assert again.before.step.message == 1001
    assert again.before.closed_by == turned.page.step


async def test_a_turn_of_a_reading_that_never_was_is_none(readings: Readings) -> None:
    with pytest.raises(NoReading):
        await readings._queries.turn(99, 1)


async def test_where_fails_for_a_story_that_is_gone(readings: Readings) -> None:
    await begun(readings)
    with pytest.raises(StoryGone):
        await with_stories(readings)._queries.place(GUILD, CHANNEL)


async def test_what_was_heard_is_the_path_with_its_sections(readings: Readings) -> None:
    turn = await read_on(readings, await begun(readings), "ben", "cleo")
    _, heard = await readings._queries.read_so_far(GUILD, turn.page.reading.id)
    assert [section.text for _, _, section in heard] == [
        "Anna tells scene 1.",
        "Ben tells scene 2.",
        "Cleo tells scene 3.",
    ]


async def test_what_the_story_has_no_more_is_left_out_of_what_was_heard(readings: Readings) -> None:
    turn = await read_on(readings, await begun(readings), "ben")
    with_stories(readings, story("A", "A", "ABC", "A"))
    _, heard = await readings._queries.read_so_far(GUILD, turn.page.reading.id)
    assert [scene.id for _, scene, _ in heard] == ["scene-1"]


async def test_a_scene_whose_pov_is_gone_is_left_out_of_what_can_be_reread(readings: Readings) -> None:
    turn = await read_on(readings, await begun(readings), "ben")
    with_stories(readings, story("A", "A", "ABC", "A"))
    _, so_far = await readings._queries.passed(GUILD, turn.page.reading.id)
    assert [each.scene.id for each in so_far] == ["scene-1"]


async def test_a_scene_can_be_reread_through_other_eyes(readings: Readings) -> None:
    turn = await read_on(readings, await begun(readings), "ben")
    _, _, at, section = await readings._queries.reread(GUILD, turn.page.reading.id, "Scene 2", "Anna")
    assert (at, section.text) == (1, "Anna tells scene 2.")


async def test_the_last_scene_as_it_was_heard_is_reread_by_default(readings: Readings) -> None:
    turn = await read_on(readings, await begun(readings), "ben")
    _, _, at, section = await readings._queries.reread(GUILD, turn.page.reading.id, None, None)
    assert (at, section.text) == (1, "Ben tells scene 2.")


async def test_a_scene_ahead_cannot_be_reread(readings: Readings) -> None:
    turn = await read_on(readings, await begun(readings), "ben")
    with pytest.raises(UnknownScene):
        await readings._queries.reread(GUILD, turn.page.reading.id, "scene-3", None)


async def test_a_scene_that_was_taken_back_cannot_be_reread(readings: Readings) -> None:
    turn = await read_on(readings, await begun(readings), "ben")
    await readings.back(GUILD, CHANNEL, Member(ANN))
    with pytest.raises(UnknownScene):
        await readings._queries.reread(GUILD, turn.page.reading.id, "scene-2", None)


async def test_a_pov_that_does_not_tell_the_scene_cannot_be_reread(readings: Readings) -> None:
    turn = await begun(readings)
    with pytest.raises(UnknownPov):
        await readings._queries.reread(GUILD, turn.page.reading.id, None, "ben")


async def test_what_was_skipped_can_be_read_once_it_has_been_passed(store: Store, clock: Clock) -> None:
    library = Library([story("A", "B", "A", "B", "A")])
    readings = Readings(store, Queries(store, library, clock, Settings(order=Order.FOLLOW)), clock)
    turn = await read_on(readings, await begun(readings), "anna", "ben")
    reading = turn.page.reading.id
    turn = await read_on(readings, turn, "ben")
    _, so_far = await readings._queries.passed(GUILD, reading)
    assert [(each.scene.id, each.step is not None) for each in so_far] == [
        ("scene-1", True),
        ("scene-2", True),
        ("scene-3", False),
        ("scene-4", True),
    ]
    _, _, at, section = await readings._queries.reread(GUILD, reading, "scene-3", None)
    assert (at, section.text) == (2, "Anna tells scene 3.")
    _, _, at, _ = await readings._queries.reread(GUILD, reading, None, None)
    assert at == 3
    with pytest.raises(UnknownScene):
        await readings._queries.reread(GUILD, reading, "scene-5", None)


async def test_a_scene_heard_twice_is_there_once_as_it_was_heard_last(store: Store, clock: Clock) -> None:
    library = Library([linked(story("AB", "C"), (2, "1"))])
    readings = Readings(store, Queries(store, library, clock, Settings()), clock)
    turn = await read_on(readings, await begun(readings), "anna", "cleo", "ben")
    _, so_far, at, section = await readings._queries.reread(GUILD, turn.page.reading.id, None, None)
    assert [(each.scene.id, each.section.pov.id) for each in so_far] == [("scene-1", "ben"), ("scene-2", "cleo")]
    assert (at, section.pov.id) == (0, "ben")


async def test_there_is_nothing_to_reread_before_the_first_section(readings: Readings) -> None:
    turn = await begun(readings, "fork")
    with pytest.raises(NothingRead):
        await readings._queries.reread(GUILD, turn.page.reading.id, None, None)


async def test_of_very_many_readings_the_last_pages_are_remembered(
    readings: Readings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("story.services.queries.MOST_REMEMBERED", 1)
    one, other = await begun(readings), await begun(readings, "fork", OTHER_CHANNEL)
    for turn in (one, other):
        await readings.press(GUILD, turn.page.reading.id, 1, Member(ANN), "ben")
    assert readings._queries.remembered(one.page.reading.id) is None
    assert readings._queries.remembered(other.page.reading.id)
