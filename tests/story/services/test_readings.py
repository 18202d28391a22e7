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
from story.rules.ballot import Member
from story.rules.page import Pressed, Turn
from story.rules.steps import How, Kind
from story.services.readings import Narrator
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


async def test_a_first_scene_with_one_pov_is_told_at_once(narrator: Narrator) -> None:
    page = (await begun(narrator)).page
    assert (page.step.kind, page.step.section_id) == (Kind.START, ("scene-1", "anna"))
    assert page.ballot
    assert page.ballot.options[0].scene.id == "scene-2"


async def test_a_first_scene_with_several_povs_is_voted_on(narrator: Narrator) -> None:
    page = (await begun(narrator, "Fork")).page
    assert page.step.scene is None
    assert page.telling is None
    assert page.ballot
    assert page.ballot.options[0].scene.id == "scene-1"


async def test_an_unknown_story_is_refused(narrator: Narrator) -> None:
    with pytest.raises(UnknownStory):
        await narrator.start(GUILD, CHANNEL, ANN, "nothing")


async def test_a_channel_that_reads_already_is_refused(narrator: Narrator) -> None:
    await begun(narrator)
    with pytest.raises(ChannelTaken) as taken:
        await narrator.start(GUILD, CHANNEL, ANN, "fork")
    assert taken.value.title == "A Tale"


async def test_a_channel_that_reads_a_story_gone_from_the_shelf_is_refused_too(narrator: Narrator) -> None:
    await begun(narrator)
    with pytest.raises(ChannelTaken) as taken:
        await with_stories(narrator, story("A", story_id="other")).start(GUILD, CHANNEL, ANN, "other")
    assert taken.value.title == "tale"


async def test_the_default_story_is_begun_once_in_a_server(narrator: Narrator) -> None:
    turn = await narrator.begin(GUILD, CHANNEL, ANN)
    assert turn.page.story.id == "tale"
    with pytest.raises(NoReading) as none:
        await narrator.begin(GUILD, OTHER_CHANNEL, ANN)
    assert none.value.elsewhere == (CHANNEL,)
    with pytest.raises(ChannelTaken):
        await narrator.begin(GUILD, CHANNEL, BOB)


# ---- pressing


async def test_the_first_vote_of_a_reading_starts_the_clock_and_waits_for_a_next(
    narrator: Narrator, clock: Clock
) -> None:
    pressed = await press(narrator, await begun(narrator), ANN, "ben")
    assert isinstance(pressed, Pressed)
    assert pressed.page.ballot
    assert pressed.page.ballot.closes_at
    assert (pressed.page.ballot.closes_at - clock()).total_seconds() == 60


async def test_a_later_press_does_not_move_the_deadline(narrator: Narrator, clock: Clock) -> None:
    turn = await begun(narrator)
    first = await press(narrator, turn, ANN, "ben")
    clock.move(30)
    second = await press(narrator, turn, BOB, "anna")
    assert first.page.ballot
    assert second.page.ballot
    assert first.page.ballot.closes_at == second.page.ballot.closes_at


async def test_a_vote_pressed_again_is_taken_back(narrator: Narrator) -> None:
    turn = await begun(narrator)
    await press(narrator, turn, ANN, "ben")
    pressed = await press(narrator, turn, ANN, "ben")
    assert isinstance(pressed, Pressed)
    assert pressed.press.pov is None


async def test_a_vote_can_be_moved(narrator: Narrator) -> None:
    turn = await begun(narrator)
    await press(narrator, turn, ANN, "ben")
    pressed = await press(narrator, turn, ANN, "Anna")
    assert pressed.page.ballot
    assert pressed.page.ballot.tally == {"anna": 1}


async def test_next_keeps_the_vote_and_turns_the_page_where_nobody_else_is_there(narrator: Narrator) -> None:
    turn = await begun(narrator)
    await press(narrator, turn, ANN, "ben")
    turned = await press(narrator, turn, ANN)
    assert isinstance(turned, Turn)
    assert (turned.page.step.pov, turned.page.step.how, turned.page.step.votes) == ("ben", How.VOTES, 1)
    assert turned.before
    assert turned.before.closed_by == turned.page.step


async def test_the_page_waits_for_a_reader_of_the_page_before(narrator: Narrator) -> None:
    turn = await begun(narrator)
    await press(narrator, turn, BOB, "ben")
    second = await told(narrator, await press(narrator, turn, ANN))
    assert isinstance(await press(narrator, second, ANN), Pressed)
    assert isinstance(await press(narrator, second, BOB, "cleo"), Turn)


async def test_an_unknown_pov_is_refused_with_the_ones_there_are(narrator: Narrator) -> None:
    with pytest.raises(UnknownPov) as unknown:
        await press(narrator, await begun(narrator), ANN, "cleo")
    assert unknown.value.names == ("Anna", "Ben")


async def test_a_press_on_an_older_page_is_told_that_it_has_been_turned(narrator: Narrator) -> None:
    turn = await begun(narrator)
    await told(narrator, await press(narrator, turn, ANN))
    with pytest.raises(PageTurned) as turned:
        await press(narrator, turn, ANN)
    assert turned.value.message == 1002


async def test_fifty_racing_presses_turn_one_page(narrator: Narrator) -> None:
    turn = await begun(narrator)
    results = await asyncio.gather(*(press(narrator, turn, m) for m in range(50)), return_exceptions=True)
    turns = [result for result in results if isinstance(result, Turn)]
    assert [result.again for result in turns].count(False) == 1
    assert {result.page.step.n for result in turns} == {2}
    assert len(turns) == 50


async def test_fifty_racing_votes_are_all_counted(narrator: Narrator) -> None:
    turn = await begun(narrator)
    await asyncio.gather(*(press(narrator, turn, m, "ben" if m % 2 else "anna") for m in range(50)))
    page = await narrator._pages.where(GUILD, CHANNEL)
    assert page.ballot
    assert page.ballot.tally == {"anna": 25, "ben": 25}


async def test_a_press_from_another_server_finds_no_reading(narrator: Narrator) -> None:
    turn = await begun(narrator)
    with pytest.raises(NoReading):
        await narrator.press(GUILD + 1, turn.page.reading.id, turn.page.step.n, Member(ANN))


async def test_a_press_on_a_stopped_reading_is_told_that_it_is_over(narrator: Narrator) -> None:
    turn = await begun(narrator)
    await narrator.stop(GUILD, turn.page.reading.id, 1, Member(ANN))
    with pytest.raises(ReadingOver):
        await press(narrator, turn, ANN)


async def test_done_reading_is_for_sessions_only(narrator: Narrator) -> None:
    turn = await begun(narrator)
    with pytest.raises(NoSession):
        await narrator.done(GUILD, turn.page.reading.id, 1, Member(ANN))


async def test_nothing_can_be_pressed_at_the_end(narrator: Narrator) -> None:
    with pytest.raises(TheEnd):
        await press(narrator, await ended(narrator), ANN)


async def test_after_back_whoever_was_there_is_waited_for(narrator: Narrator) -> None:
    turn = await begun(narrator)
    await press(narrator, turn, BOB, "ben")
    await told(narrator, await press(narrator, turn, ANN))
    back = await told(narrator, await narrator.back(GUILD, CHANNEL, Member(ANN)))
    assert isinstance(await press(narrator, back, ANN), Pressed)


async def test_after_back_to_before_the_first_section_whoever_was_there_is_waited_for(narrator: Narrator) -> None:
    turn = await begun(narrator, "fork")
    await press(narrator, turn, BOB, "ben")
    await told(narrator, await press(narrator, turn, ANN))
    back = await told(narrator, await narrator.back(GUILD, CHANNEL, Member(ANN)))
    assert isinstance(await press(narrator, back, ANN), Pressed)


async def test_a_vote_for_the_only_pov_turns_the_page_as_a_next_would(narrator: Narrator) -> None:
    turn = await read_on(narrator, await begun(narrator), "ben", "cleo")
    assert isinstance(await press(narrator, turn, BOB, "anna"), Turn)


async def test_a_press_on_a_page_whose_successor_is_not_posted_has_that_posted(narrator: Narrator) -> None:
    turn = await begun(narrator)
    await press(narrator, turn, ANN)
    late = await press(narrator, turn, BOB, "ben")
    assert isinstance(late, Turn)
    assert (late.again, late.page.step.n) == (True, 2)


async def test_a_page_knows_what_has_closed_it_meanwhile(narrator: Narrator) -> None:
    turn = await begun(narrator)
    assert (await narrator._pages.now(turn.page)).closed_by is None
    turned = await press(narrator, turn, ANN)
    assert isinstance(turned, Turn)
    assert (await narrator._pages.now(turn.page)).closed_by == turned.page.step


# ---- next


async def test_next_presses_next_on_the_last_page(narrator: Narrator) -> None:
    await begun(narrator)
    turned = await narrator.next(GUILD, CHANNEL, Member(ANN))
    assert isinstance(turned, Turn)
    assert turned.page.step.n == 2


async def test_next_has_a_section_posted_that_was_committed_only(narrator: Narrator) -> None:
    await narrator.start(GUILD, CHANNEL, ANN, "tale")
    turn = await narrator.next(GUILD, CHANNEL, Member(BOB))
    assert isinstance(turn, Turn)
    assert (turn.again, turn.page.step.n, turn.before) == (True, 1, None)


async def test_next_elsewhere_says_where_the_reading_is(narrator: Narrator) -> None:
    await begun(narrator)
    with pytest.raises(NoReading) as none:
        await narrator.next(GUILD, OTHER_CHANNEL, Member(ANN))
    assert none.value.elsewhere == (CHANNEL,)


# ---- closing by the clock


async def test_a_ballot_is_due_when_its_time_is_up(narrator: Narrator, clock: Clock) -> None:
    turn = await begun(narrator)
    await press(narrator, turn, ANN, "ben")
    clock.move(59)
    assert await narrator._pages.due() == []
    assert await narrator.close(turn.page.reading.id, 1) is None
    clock.move(1)
    assert await narrator._pages.due() == [(turn.page.reading.id, 1)]
    closed = await narrator.close(turn.page.reading.id, 1)
    assert isinstance(closed, Turn)
    assert (closed.page.step.pov, closed.page.step.by) == ("ben", None)
    assert await narrator._pages.next_deadline() is None


async def test_the_next_deadline_is_the_earliest(narrator: Narrator, clock: Clock) -> None:
    await press(narrator, await begun(narrator), ANN, "ben")
    first = await narrator._pages.next_deadline()
    clock.move(5)
    await press(narrator, await begun(narrator, "fork", OTHER_CHANNEL), ANN, "ben")
    assert await narrator._pages.next_deadline() == first


async def test_a_ballot_that_was_closed_meanwhile_is_not_closed_again(narrator: Narrator, clock: Clock) -> None:
    turn = await begun(narrator)
    await press(narrator, turn, ANN, "ben")
    clock.move(60)
    await press(narrator, turn, ANN)
    assert await narrator.close(turn.page.reading.id, 1) is None


async def test_a_ballot_of_an_edited_story_that_cannot_be_closed_is_not_due_for_ever(
    narrator: Narrator, clock: Clock
) -> None:
    turn = await begun(narrator)
    await press(narrator, turn, ANN, "ben")
    clock.move(60)
    with pytest.raises(StoryGone):
        await with_stories(narrator).close(turn.page.reading.id, 1)
    assert await narrator._pages.due() == []


async def test_a_ballot_whose_next_scene_is_not_there_any_more_cannot_be_closed(
    narrator: Narrator, clock: Clock
) -> None:
    turn = await begun(narrator)
    await press(narrator, turn, ANN, "ben")
    clock.move(60)
    with pytest.raises(TheEnd):
        await with_stories(narrator, story("A")).close(turn.page.reading.id, 1)
    assert await narrator._pages.due() == []


async def test_a_press_for_a_next_scene_that_is_not_there_any_more_is_the_end(narrator: Narrator) -> None:
    turn = await begun(narrator)
    with pytest.raises(TheEnd):
        await press(with_stories(narrator, story("A")), turn, ANN)


async def test_closing_what_was_never_begun_is_nothing(narrator: Narrator) -> None:
    assert await narrator.close(99, 1) is None


# ---- back, restart, stop


async def test_back_opens_the_ballot_before_the_last_section_anew(narrator: Narrator) -> None:
    turn = await read_on(narrator, await begun(narrator), "ben")
    back = await narrator.back(GUILD, CHANNEL, Member(ANN))
    assert (back.page.step.kind, back.page.step.n) == (Kind.BACK, turn.page.step.n + 1)
    assert back.page.ballot
    assert (back.page.ballot.options[0].scene.id, back.page.ballot.presses) == ("scene-2", ())


async def test_back_to_before_the_first_section_can_be_read_on_from(narrator: Narrator) -> None:
    await begun(narrator)
    back = await told(narrator, await narrator.back(GUILD, CHANNEL, Member(ANN)))
    again = await press(narrator, back, ANN)
    assert isinstance(again, Turn)
    assert again.page.step.section_id == ("scene-1", "anna")


async def test_back_with_nothing_behind_is_refused(narrator: Narrator) -> None:
    await begun(narrator, "fork")
    with pytest.raises(NothingRead):
        await narrator.back(GUILD, CHANNEL, Member(ANN))


async def test_back_from_a_place_that_is_gone_leads_to_one_that_is_there(narrator: Narrator) -> None:
    await read_on(narrator, await begun(narrator), "ben")
    tale = story("A", "AB", "ABC", "A")
    edited = replace(tale, scenes=(tale.scenes[0], *tale.scenes[2:]))
    with pytest.raises(PlaceGone):
        await with_stories(narrator, edited)._pages.where(GUILD, CHANNEL)
    back = await narrator.back(GUILD, CHANNEL, Member(ANN))
    assert back.page.ballot
    assert back.page.ballot.options[0].scene.id == "scene-3"


@pytest.mark.parametrize("what", ["back", "restart", "stop"])
async def test_only_who_began_or_may_manage_messages_may_undo(narrator: Narrator, what: str) -> None:
    reading = (await begun(narrator)).page.reading.id

    async def undo(*, may_manage: bool) -> object:
        if what == "back":
            return await narrator.back(GUILD, CHANNEL, Member(BOB, may_manage=may_manage))
        call = narrator.restart if what == "restart" else narrator.stop
        return await call(GUILD, reading, 1, Member(BOB, may_manage=may_manage))

    with pytest.raises(NotYours) as refused:
        await undo(may_manage=False)
    assert refused.value.started_by == ANN
    assert await undo(may_manage=True)


async def test_restart_begins_the_path_anew(narrator: Narrator) -> None:
    turn = await read_on(narrator, await begun(narrator), "ben")
    again = await narrator.restart(GUILD, turn.page.reading.id, turn.page.step.n, Member(ANN))
    assert again.page.step.kind is Kind.RESTART
    assert len(again.page.place.path) == 1


async def test_restart_of_a_page_that_was_turned_is_refused(narrator: Narrator) -> None:
    turn = await begun(narrator)
    await read_on(narrator, turn, "ben")
    with pytest.raises(PageTurned):
        await narrator.restart(GUILD, turn.page.reading.id, 1, Member(ANN))


async def test_anybody_may_begin_again_at_the_end(narrator: Narrator) -> None:
    turn = await ended(narrator)
    assert turn.page.at_end
    again = await narrator.restart(GUILD, turn.page.reading.id, turn.page.step.n, Member(CAT))
    assert again.page.ballot


async def test_a_stopped_reading_leaves_its_channel_free(narrator: Narrator) -> None:
    await begun(narrator)
    reading, last, page = await narrator.may_stop(GUILD, CHANNEL, Member(ANN))
    closed = await narrator.stop(GUILD, reading.id, last.n, Member(ANN))
    assert page
    assert closed
    assert closed.closed_by
    assert closed.closed_by.kind is Kind.STOP
    with pytest.raises(NoReading):
        await narrator._pages.where(GUILD, CHANNEL)
    await begun(narrator)


async def test_stop_on_a_page_that_was_turned_is_refused(narrator: Narrator) -> None:
    turn = await begun(narrator)
    await read_on(narrator, turn, "ben")
    with pytest.raises(PageTurned):
        await narrator.stop(GUILD, turn.page.reading.id, 1, Member(ANN))


async def test_a_reading_whose_story_is_gone_can_be_stopped(narrator: Narrator) -> None:
    await begun(narrator)
    with_stories(narrator)
    reading, last, page = await narrator.may_stop(GUILD, CHANNEL, Member(ANN))
    assert page is None
    assert await narrator.stop(GUILD, reading.id, last.n, Member(ANN)) is None
    with pytest.raises(NoReading):
        await narrator._pages.where(GUILD, CHANNEL)


async def test_a_deleted_channel_ends_its_reading_only(narrator: Narrator) -> None:
    await begun(narrator)
    await begun(narrator, "fork", OTHER_CHANNEL)
    await narrator.forget_channel(CHANNEL)
    await narrator.forget_channel(999)
    with pytest.raises(NoReading) as none:
        await narrator._pages.where(GUILD, CHANNEL)
    assert none.value.elsewhere == (OTHER_CHANNEL,)


# ---- what holds whatever happens


async def test_a_failure_inside_a_transaction_undoes_all_of_it(narrator: Narrator, store: Store) -> None:
    turn = await begun(narrator)

    async def fail() -> None:
        async with store.transaction() as tx:
            await tx.append(turn.page.reading.id, replace(turn.page.step, n=2))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail()
    assert (await narrator._pages.where(GUILD, CHANNEL)).step.n == 1


async def test_two_channels_have_a_ballot_each(narrator: Narrator) -> None:
    here, there = await begun(narrator), await begun(narrator, "fork", OTHER_CHANNEL)
    await press(narrator, here, ANN, "ben")
    await press(narrator, there, BOB, "anna")
    assert [(await narrator._pages.where(GUILD, c)).ballot.tally for c in (CHANNEL, OTHER_CHANNEL)] == [  # type: ignore[union-attr]
        {"ben": 1},
        {"anna": 1},
    ]
