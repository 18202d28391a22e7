import asyncio
from dataclasses import replace

import pytest

from story.errors import (
    ChannelTaken,
    NoReading,
    NoSession,
    NothingRead,
    NotYours,
    PageTurned,
    PlaceGone,
    ReadingOver,
    StoryGone,
    TheEnd,
    UnknownPov,
    UnknownStory,
)
from story.rules.page import Pressed, Turn
from story.rules.presses import Member
from story.rules.steps import How, Kind
from story.services.readings import Readings
from story.store import Store
from tests.builders import Clock, story
from tests.story.room import (
    ANN,
    BOB,
    CAT,
    CHANNEL,
    GUILD,
    OTHER_CHANNEL,
    begun,
    ended,
    press,
    read_on,
    told,
    with_stories,
)

# ---- beginning


async def test_a_first_scene_with_one_pov_is_told_at_once(readings: Readings) -> None:
    page = (await begun(readings)).page
    assert (page.step.kind, page.step.section_id) == (Kind.START, ("scene-1", "anna"))
    assert page.ballot
    assert page.ballot.options[0].scene.id == "scene-2"


async def test_a_first_scene_with_several_povs_is_voted_on(readings: Readings) -> None:
    page = (await begun(readings, "Fork")).page
    assert page.step.scene is None
    assert page.telling is None
    assert page.ballot
    assert page.ballot.options[0].scene.id == "scene-1"


async def test_an_unknown_story_is_refused(readings: Readings) -> None:
    with pytest.raises(UnknownStory):
        await readings.start(GUILD, CHANNEL, ANN, "nothing")


async def test_a_channel_that_reads_already_is_refused(readings: Readings) -> None:
    await begun(readings)
    with pytest.raises(ChannelTaken) as taken:
        await readings.start(GUILD, CHANNEL, ANN, "fork")
    assert taken.value.title == "A Tale"


async def test_a_channel_that_reads_a_story_gone_from_the_shelf_is_refused_too(readings: Readings) -> None:
    await begun(readings)
    with pytest.raises(ChannelTaken) as taken:
        await with_stories(readings, story("A", story_id="other")).start(GUILD, CHANNEL, ANN, "other")
    assert taken.value.title == "tale"


async def test_the_default_story_is_begun_once_in_a_server(readings: Readings) -> None:
    turn = await readings.begin(GUILD, CHANNEL, ANN)
    assert turn.page.story.id == "tale"
    with pytest.raises(NoReading) as none:
        await readings.begin(GUILD, OTHER_CHANNEL, ANN)
    assert none.value.elsewhere == (CHANNEL,)
    with pytest.raises(ChannelTaken):
        await readings.begin(GUILD, CHANNEL, BOB)


# ---- pressing


async def test_the_first_vote_of_a_reading_starts_the_clock_and_waits_for_a_next(
    readings: Readings, clock: Clock
) -> None:
    pressed = await press(readings, await begun(readings), ANN, "ben")
    assert isinstance(pressed, Pressed)
    assert pressed.page.ballot
    assert pressed.page.ballot.closes_at
    assert (pressed.page.ballot.closes_at - clock()).total_seconds() == 60


async def test_a_later_press_does_not_move_the_deadline(readings: Readings, clock: Clock) -> None:
    turn = await begun(readings)
    first = await press(readings, turn, ANN, "ben")
    clock.move(30)
    second = await press(readings, turn, BOB, "anna")
    assert first.page.ballot
    assert second.page.ballot
    assert first.page.ballot.closes_at == second.page.ballot.closes_at


async def test_a_vote_pressed_again_is_taken_back(readings: Readings) -> None:
    turn = await begun(readings)
    await press(readings, turn, ANN, "ben")
    pressed = await press(readings, turn, ANN, "ben")
    assert isinstance(pressed, Pressed)
    assert pressed.press.pov is None


async def test_a_vote_can_be_moved(readings: Readings) -> None:
    turn = await begun(readings)
    await press(readings, turn, ANN, "ben")
    pressed = await press(readings, turn, ANN, "Anna")
    assert pressed.page.ballot
    assert pressed.page.ballot.tally == {"anna": 1}


async def test_next_keeps_the_vote_and_turns_the_page_where_nobody_else_is_there(readings: Readings) -> None:
    turn = await begun(readings)
    await press(readings, turn, ANN, "ben")
    turned = await press(readings, turn, ANN)
    assert isinstance(turned, Turn)
    assert (turned.page.step.pov, turned.page.step.how, turned.page.step.votes) == ("ben", How.VOTES, 1)
    assert turned.before
    assert turned.before.closed_by == turned.page.step


async def test_the_page_waits_for_a_reader_of_the_page_before(readings: Readings) -> None:
    turn = await begun(readings)
    await press(readings, turn, BOB, "ben")
    second = await told(readings, await press(readings, turn, ANN))
    assert isinstance(await press(readings, second, ANN), Pressed)
    assert isinstance(await press(readings, second, BOB, "cleo"), Turn)


async def test_an_unknown_pov_is_refused_with_the_ones_there_are(readings: Readings) -> None:
    with pytest.raises(UnknownPov) as unknown:
        await press(readings, await begun(readings), ANN, "cleo")
    assert unknown.value.names == ("Anna", "Ben")


async def test_a_press_on_an_older_page_is_told_that_it_has_been_turned(readings: Readings) -> None:
    turn = await begun(readings)
    await told(readings, await press(readings, turn, ANN))
    with pytest.raises(PageTurned) as turned:
        await press(readings, turn, ANN)
    assert turned.value.message == 1002


async def test_fifty_racing_presses_turn_one_page(readings: Readings) -> None:
    turn = await begun(readings)
    results = await asyncio.gather(*(press(readings, turn, m) for m in range(50)), return_exceptions=True)
    turns = [result for result in results if isinstance(result, Turn)]
    assert [result.again for result in turns].count(False) == 1
    assert {result.page.step.n for result in turns} == {2}
    assert len(turns) == 50


async def test_fifty_racing_votes_are_all_counted(readings: Readings) -> None:
    turn = await begun(readings)
    await asyncio.gather(*(press(readings, turn, m, "ben" if m % 2 else "anna") for m in range(50)))
    page = await readings._queries.where(GUILD, CHANNEL)
    assert page.ballot
    assert page.ballot.tally == {"anna": 25, "ben": 25}


async def test_a_press_from_another_server_finds_no_reading(readings: Readings) -> None:
    turn = await begun(readings)
    with pytest.raises(NoReading):
        await readings.press(GUILD + 1, turn.page.reading.id, turn.page.step.n, Member(ANN))


async def test_a_press_on_a_stopped_reading_is_told_that_it_is_over(readings: Readings) -> None:
    turn = await begun(readings)
    await readings.stop(GUILD, turn.page.reading.id, 1, Member(ANN))
    with pytest.raises(ReadingOver):
        await press(readings, turn, ANN)


async def test_done_reading_is_for_sessions_only(readings: Readings) -> None:
    turn = await begun(readings)
    with pytest.raises(NoSession):
        await readings.done(GUILD, turn.page.reading.id, 1, Member(ANN))


async def test_nothing_can_be_pressed_at_the_end(readings: Readings) -> None:
    with pytest.raises(TheEnd):
        await press(readings, await ended(readings), ANN)


async def test_after_back_whoever_was_there_is_waited_for(readings: Readings) -> None:
    turn = await begun(readings)
    await press(readings, turn, BOB, "ben")
    await told(readings, await press(readings, turn, ANN))
    back = await told(readings, await readings.back(GUILD, CHANNEL, Member(ANN)))
    assert isinstance(await press(readings, back, ANN), Pressed)


async def test_after_back_to_before_the_first_section_whoever_was_there_is_waited_for(readings: Readings) -> None:
    turn = await begun(readings, "fork")
    await press(readings, turn, BOB, "ben")
    await told(readings, await press(readings, turn, ANN))
    back = await told(readings, await readings.back(GUILD, CHANNEL, Member(ANN)))
    assert isinstance(await press(readings, back, ANN), Pressed)


async def test_a_vote_for_the_only_pov_turns_the_page_as_a_next_would(readings: Readings) -> None:
    turn = await read_on(readings, await begun(readings), "ben", "cleo")
    assert isinstance(await press(readings, turn, BOB, "anna"), Turn)


async def test_a_press_on_a_page_whose_successor_is_not_posted_has_that_posted(readings: Readings) -> None:
    turn = await begun(readings)
    await press(readings, turn, ANN)
    late = await press(readings, turn, BOB, "ben")
    assert isinstance(late, Turn)
    assert (late.again, late.page.step.n) == (True, 2)


async def test_a_page_knows_what_has_closed_it_meanwhile(readings: Readings) -> None:
    turn = await begun(readings)
    assert (await readings._queries.now(turn.page)).closed_by is None
    turned = await press(readings, turn, ANN)
    assert isinstance(turned, Turn)
    assert (await readings._queries.now(turn.page)).closed_by == turned.page.step


# ---- next


async def test_next_presses_next_on_the_last_page(readings: Readings) -> None:
    await begun(readings)
    turned = await readings.next(GUILD, CHANNEL, Member(ANN))
    assert isinstance(turned, Turn)
    assert turned.page.step.n == 2


async def test_next_has_a_section_posted_that_was_committed_only(readings: Readings) -> None:
    await readings.start(GUILD, CHANNEL, ANN, "tale")
    turn = await readings.next(GUILD, CHANNEL, Member(BOB))
    assert isinstance(turn, Turn)
    assert (turn.again, turn.page.step.n, turn.before) == (True, 1, None)


async def test_next_elsewhere_says_where_the_reading_is(readings: Readings) -> None:
    await begun(readings)
    with pytest.raises(NoReading) as none:
        await readings.next(GUILD, OTHER_CHANNEL, Member(ANN))
    assert none.value.elsewhere == (CHANNEL,)


# ---- closing by the clock


async def test_a_ballot_is_due_when_its_time_is_up(readings: Readings, clock: Clock) -> None:
    turn = await begun(readings)
    await press(readings, turn, ANN, "ben")
    clock.move(59)
    assert await readings._queries.due() == []
    assert await readings.close(turn.page.reading.id, 1) is None
    clock.move(1)
    assert await readings._queries.due() == [(turn.page.reading.id, 1)]
    closed = await readings.close(turn.page.reading.id, 1)
    assert isinstance(closed, Turn)
    assert (closed.page.step.pov, closed.page.step.by) == ("ben", None)
    assert await readings._queries.next_deadline() is None


async def test_the_next_deadline_is_the_earliest(readings: Readings, clock: Clock) -> None:
    await press(readings, await begun(readings), ANN, "ben")
    first = await readings._queries.next_deadline()
    clock.move(5)
    await press(readings, await begun(readings, "fork", OTHER_CHANNEL), ANN, "ben")
    assert await readings._queries.next_deadline() == first


async def test_a_ballot_that_was_closed_meanwhile_is_not_closed_again(readings: Readings, clock: Clock) -> None:
    turn = await begun(readings)
    await press(readings, turn, ANN, "ben")
    clock.move(60)
    await press(readings, turn, ANN)
    assert await readings.close(turn.page.reading.id, 1) is None


async def test_a_ballot_of_an_edited_story_that_cannot_be_closed_is_not_due_for_ever(
    readings: Readings, clock: Clock
) -> None:
    turn = await begun(readings)
    await press(readings, turn, ANN, "ben")
    clock.move(60)
    with pytest.raises(StoryGone):
        await with_stories(readings).close(turn.page.reading.id, 1)
    assert await readings._queries.due() == []


async def test_a_ballot_whose_next_scene_is_not_there_any_more_cannot_be_closed(
    readings: Readings, clock: Clock
) -> None:
    turn = await begun(readings)
    await press(readings, turn, ANN, "ben")
    clock.move(60)
    with pytest.raises(TheEnd):
        await with_stories(readings, story("A")).close(turn.page.reading.id, 1)
    assert await readings._queries.due() == []


async def test_a_press_for_a_next_scene_that_is_not_there_any_more_is_the_end(readings: Readings) -> None:
    turn = await begun(readings)
    with pytest.raises(TheEnd):
        await press(with_stories(readings, story("A")), turn, ANN)


async def test_closing_what_was_never_begun_is_nothing(readings: Readings) -> None:
    assert await readings.close(99, 1) is None


# ---- back, restart, stop


async def test_back_opens_the_ballot_before_the_last_section_anew(readings: Readings) -> None:
    turn = await read_on(readings, await begun(readings), "ben")
    back = await readings.back(GUILD, CHANNEL, Member(ANN))
    assert (back.page.step.kind, back.page.step.n) == (Kind.BACK, turn.page.step.n + 1)
    assert back.page.ballot
    assert (back.page.ballot.options[0].scene.id, back.page.ballot.presses) == ("scene-2", ())


async def test_back_to_before_the_first_section_can_be_read_on_from(readings: Readings) -> None:
    await begun(readings)
    back = await told(readings, await readings.back(GUILD, CHANNEL, Member(ANN)))
    again = await press(readings, back, ANN)
    assert isinstance(again, Turn)
    assert again.page.step.section_id == ("scene-1", "anna")


async def test_back_with_nothing_behind_is_refused(readings: Readings) -> None:
    await begun(readings, "fork")
    with pytest.raises(NothingRead):
        await readings.back(GUILD, CHANNEL, Member(ANN))


async def test_back_from_a_place_that_is_gone_leads_to_one_that_is_there(readings: Readings) -> None:
    await read_on(readings, await begun(readings), "ben")
    tale = story("A", "AB", "ABC", "A")
    edited = replace(tale, scenes=(tale.scenes[0], *tale.scenes[2:]))
    with pytest.raises(PlaceGone):
        await with_stories(readings, edited)._queries.where(GUILD, CHANNEL)
    back = await readings.back(GUILD, CHANNEL, Member(ANN))
    assert back.page.ballot
    assert back.page.ballot.options[0].scene.id == "scene-3"


@pytest.mark.parametrize("what", ["back", "restart", "stop"])
async def test_only_who_began_or_may_manage_messages_may_undo(readings: Readings, what: str) -> None:
    reading = (await begun(readings)).page.reading.id

    async def undo(*, may_manage: bool) -> object:
        if what == "back":
            return await readings.back(GUILD, CHANNEL, Member(BOB, may_manage=may_manage))
        call = readings.restart if what == "restart" else readings.stop
        return await call(GUILD, reading, 1, Member(BOB, may_manage=may_manage))

    with pytest.raises(NotYours) as refused:
        await undo(may_manage=False)
    assert refused.value.started_by == ANN
    assert await undo(may_manage=True)


async def test_restart_begins_the_path_anew(readings: Readings) -> None:
    turn = await read_on(readings, await begun(readings), "ben")
    again = await readings.restart(GUILD, turn.page.reading.id, turn.page.step.n, Member(ANN))
    assert again.page.step.kind is Kind.RESTART
    assert len(again.page.place.path) == 1


async def test_restart_of_a_page_that_was_turned_is_refused(readings: Readings) -> None:
    turn = await begun(readings)
    await read_on(readings, turn, "ben")
    with pytest.raises(PageTurned):
        await readings.restart(GUILD, turn.page.reading.id, 1, Member(ANN))


async def test_anybody_may_begin_again_at_the_end(readings: Readings) -> None:
    turn = await ended(readings)
    assert turn.page.at_end
    again = await readings.restart(GUILD, turn.page.reading.id, turn.page.step.n, Member(CAT))
    assert again.page.ballot


async def test_a_stopped_reading_leaves_its_channel_free(readings: Readings) -> None:
    await begun(readings)
    reading, last, page = await readings.may_stop(GUILD, CHANNEL, Member(ANN))
    closed = await readings.stop(GUILD, reading.id, last.n, Member(ANN))
    assert page
    assert closed
    assert closed.closed_by
    assert closed.closed_by.kind is Kind.STOP
    with pytest.raises(NoReading):
        await readings._queries.where(GUILD, CHANNEL)
    await begun(readings)


async def test_stop_on_a_page_that_was_turned_is_refused(readings: Readings) -> None:
    turn = await begun(readings)
    await read_on(readings, turn, "ben")
    with pytest.raises(PageTurned):
        await readings.stop(GUILD, turn.page.reading.id, 1, Member(ANN))


async def test_a_reading_whose_story_is_gone_can_be_stopped(readings: Readings) -> None:
    await begun(readings)
    with_stories(readings)
    reading, last, page = await readings.may_stop(GUILD, CHANNEL, Member(ANN))
    assert page is None
    assert await readings.stop(GUILD, reading.id, last.n, Member(ANN)) is None
    with pytest.raises(NoReading):
        await readings._queries.where(GUILD, CHANNEL)


async def test_a_deleted_channel_ends_its_reading_only(readings: Readings) -> None:
    await begun(readings)
    await begun(readings, "fork", OTHER_CHANNEL)
    await readings.forget_channel(CHANNEL)
    await readings.forget_channel(999)
    with pytest.raises(NoReading) as none:
        await readings._queries.where(GUILD, CHANNEL)
    assert none.value.elsewhere == (OTHER_CHANNEL,)


# ---- what holds whatever happens


async def test_a_failure_inside_a_transaction_undoes_all_of_it(readings: Readings, store: Store) -> None:
    turn = await begun(readings)

    async def fail() -> None:
        async with store.transaction() as tx:
            await tx.append(turn.page.reading.id, replace(turn.page.step, n=2))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail()
    assert (await readings._queries.where(GUILD, CHANNEL)).step.n == 1


async def test_two_channels_have_a_ballot_each(readings: Readings) -> None:
    here, there = await begun(readings), await begun(readings, "fork", OTHER_CHANNEL)
    await press(readings, here, ANN, "ben")
    await press(readings, there, BOB, "anna")
    assert [(await readings._queries.where(GUILD, c)).ballot.tally for c in (CHANNEL, OTHER_CHANNEL)] == [  # type: ignore[union-attr]
        {"ben": 1},
        {"anna": 1},
    ]
