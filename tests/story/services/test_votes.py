import asyncio
from collections import Counter

import pytest

from story.errors import NoReading, NoSession, NotHost, NotKeptError, PageTurned, ReadingOver, TheEnd, UnknownPov
from story.rules.delivery import DeliveryKind
from story.rules.page import Pending, Pressed, Turn
from story.rules.presses import Member, Press
from story.rules.steps import How
from story.services.container import Services
from tests.builders import Clock, story
from tests.databases import taking_nothing
from tests.story.room import (
    ANN,
    BOB,
    CAT,
    CHANNEL,
    GUILD,
    OTHER_CHANNEL,
    after,
    ballot_now,
    ballot_of,
    begun,
    edit,
    ended,
    page_now,
    posted,
    press,
    read_on,
    seated,
    waiting,
)

# ---- pressing


async def test_the_first_vote_of_a_reading_starts_the_clock_and_waits_for_a_next(
    services: Services, clock: Clock
) -> None:
    pressed = await press(services, await begun(services), ANN, "ben")
    assert isinstance(pressed, Pressed)
    assert pressed.page.ballot
    assert pressed.page.ballot.closes_at
    assert (pressed.page.ballot.closes_at - clock()).total_seconds() == 60


async def test_a_later_press_does_not_move_the_deadline(services: Services) -> None:
    turn = await begun(services)
    first = await press(services, turn, ANN, "ben")
    after(services, 30)
    second = await press(services, turn, BOB, "anna")
    assert first.page.ballot
    assert second.page.ballot
    assert first.page.ballot.closes_at == second.page.ballot.closes_at


async def test_a_vote_pressed_again_is_taken_back(services: Services) -> None:
    turn = await begun(services)
    await press(services, turn, ANN, "ben")
    pressed = await press(services, turn, ANN, "ben")
    assert isinstance(pressed, Pressed)
    assert pressed.press.pov is None


async def test_a_vote_can_be_moved(services: Services) -> None:
    turn = await begun(services)
    await press(services, turn, ANN, "ben")
    pressed = await press(services, turn, ANN, "Anna")
    assert pressed.page.ballot
    assert pressed.page.ballot.tally == {"anna": 1}


async def test_next_keeps_the_vote_and_turns_the_page_where_nobody_else_is_there(services: Services) -> None:
    turn = await begun(services)
    await press(services, turn, ANN, "ben")
    turned = await press(services, turn, ANN)
    assert isinstance(turned, Turn)
    assert (turned.page.step.pov, turned.page.step.how, turned.page.step.votes) == ("ben", How.VOTES, 1)
    assert turned.before
    assert turned.before.closed_by == turned.page.step


async def test_the_page_waits_for_a_reader_of_the_page_before(services: Services) -> None:
    turn = await begun(services)
    await press(services, turn, BOB, "ben")
    second = await posted(services, await press(services, turn, ANN))
    assert isinstance(await press(services, second, ANN), Pressed)
    assert isinstance(await press(services, second, BOB, "cleo"), Turn)


async def test_an_unknown_pov_is_refused_with_the_ones_there_are(services: Services) -> None:
    with pytest.raises(UnknownPov) as unknown:
        await press(services, await begun(services), ANN, "cleo")
    assert unknown.value.names == ("Anna", "Ben")


async def test_a_press_on_an_older_page_is_told_that_it_has_been_turned(services: Services) -> None:
    turn = await begun(services)
    await posted(services, await press(services, turn, ANN))
    with pytest.raises(PageTurned) as turned:
        await press(services, turn, ANN)
    assert turned.value.message == 1002


async def test_fifty_racing_presses_turn_one_page(services: Services) -> None:
    turn = await begun(services)
    results = await asyncio.gather(*(press(services, turn, member) for member in range(1, 51)))
    assert Counter(type(result) for result in results) == {Turn: 1, Pending: 49}
    assert {result.page.step.n for result in results} == {2}
    assert [each.n for each in await waiting(services, DeliveryKind.SECTION)] == [2]


async def test_fifty_racing_votes_are_all_counted(services: Services) -> None:
    turn = await begun(services)
    await asyncio.gather(*(press(services, turn, m, "ben" if m % 2 else "anna") for m in range(50)))
    page = await page_now(services)
    assert page.ballot
    assert page.ballot.tally == {"anna": 25, "ben": 25}


async def test_a_press_from_another_server_finds_no_reading(services: Services) -> None:
    turn = await begun(services)
    with pytest.raises(NoReading):
        await services.votes.press(GUILD + 1, turn.page.reading.id, turn.page.step.n, Member(ANN))


async def test_a_press_on_a_stopped_reading_is_told_that_it_is_over(services: Services) -> None:
    turn = await begun(services)
    await services.readings.stop(GUILD, turn.page.reading.id, 1, Member(ANN))
    with pytest.raises(ReadingOver):
        await press(services, turn, ANN)


async def test_nothing_can_be_pressed_at_the_end(services: Services) -> None:
    with pytest.raises(TheEnd):
        await press(services, await ended(services), ANN)


async def test_after_back_whoever_was_there_is_waited_for(services: Services) -> None:
    turn = await begun(services)
    await press(services, turn, BOB, "ben")
    await posted(services, await press(services, turn, ANN))
    back = await posted(services, await services.readings.back(GUILD, CHANNEL, Member(ANN)))
    assert isinstance(await press(services, back, ANN), Pressed)


async def test_after_back_to_before_the_first_section_whoever_was_there_is_waited_for(services: Services) -> None:
    turn = await begun(services, "fork")
    await press(services, turn, BOB, "ben")
    await posted(services, await press(services, turn, ANN))
    back = await posted(services, await services.readings.back(GUILD, CHANNEL, Member(ANN)))
    assert isinstance(await press(services, back, ANN), Pressed)


async def test_a_vote_for_the_only_pov_is_a_next(services: Services) -> None:
    turn = await read_on(services, await begun(services), "ben", "cleo")
    pressed = await press(services, turn, BOB, "anna")
    assert isinstance(pressed, Pressed)
    assert pressed.press.ready
    assert isinstance(await press(services, turn, ANN, "anna"), Turn)


async def test_a_press_on_a_page_whose_successor_is_not_posted_is_told_that_it_is_coming(services: Services) -> None:
    turn = await begun(services)
    await press(services, turn, ANN)
    late = await press(services, turn, BOB, "ben")
    assert isinstance(late, Pending)
    assert late.page.step.n == 2


async def test_a_page_knows_what_has_closed_it(services: Services) -> None:
    turn = await begun(services)
    turned = await press(services, turn, ANN)
    assert isinstance(turned, Turn)
    for _ in range(2):  # as the turn left it, and as the database has it
        closed = await services.queries.shown(turn.page.reading.id, 1)
        assert closed
        assert closed.closed_by == turned.page.step


async def test_a_vote_is_kept_with_who_gave_it(services: Services) -> None:
    turn = await begun(services)
    await press(services, turn, ANN, "ben")
    await press(services, turn, BOB, "anna")
    services.queries.cache._pages.clear()
    assert list((await ballot_now(services)).presses) == [Press(ANN, "ben"), Press(BOB, "anna")]


async def test_a_press_that_says_nothing_new_changes_nothing(services: Services) -> None:
    await services.settings.change(GUILD, None, turner="host")
    turn = await begun(services)
    first, again = await press(services, turn, BOB), await press(services, turn, BOB)
    assert isinstance(first, Pressed)
    assert isinstance(again, Pressed)
    assert (first.changed, again.changed) == (True, False)


async def test_the_same_press_again_while_the_first_is_being_kept_is_answered_as_that_is(services: Services) -> None:
    turn = await read_on(services, await begun(services), "ben")
    await press(services, turn, BOB, "ben")
    async with taking_nothing(services.store):
        twice = [press(services, turn, CAT) for _ in range(2)]
        assert [type(each) for each in await asyncio.gather(*twice, return_exceptions=True)] == [NotKeptError] * 2


async def test_an_edited_story_is_voted_on_as_it_is_now(services: Services) -> None:
    turn = await begun(services)
    await press(services, turn, ANN, "ben")
    edit(services, story("A", "AC", "ABC", "A"))
    with pytest.raises(UnknownPov):
        await press(services, turn, BOB, "ben")
    pressed = await press(services, turn, BOB, "cleo")
    assert ballot_of(pressed.page).tally == {"cleo": 1}


# ---- a session's host goes on


async def test_the_host_of_a_session_goes_on_while_others_still_read(services: Services) -> None:
    turn = await seated(services, ANN, BOB)
    await press(services, turn, BOB, "ben")
    turned = await services.votes.turn(GUILD, turn.page.reading.id, 1, Member(ANN))
    assert isinstance(turned, Turn)
    assert (turned.page.step.pov, turned.page.step.by) == ("ben", ANN)


async def test_a_moderator_goes_on_in_a_session_too(services: Services) -> None:
    turn = await seated(services, ANN)
    assert await services.votes.turn(GUILD, turn.page.reading.id, 1, Member(BOB, may_manage=True))


async def test_nobody_else_goes_on_in_a_session(services: Services) -> None:
    turn = await seated(services, ANN, BOB)
    with pytest.raises(NotHost) as refused:
        await services.votes.turn(GUILD, turn.page.reading.id, 1, Member(BOB))
    assert refused.value.host == ANN


async def test_going_on_without_the_others_is_for_sessions_only(services: Services) -> None:
    turn = await begun(services)
    with pytest.raises(NoSession):
        await services.votes.turn(GUILD, turn.page.reading.id, 1, Member(ANN))


async def test_there_is_no_session_to_go_on_with_at_the_end(services: Services) -> None:
    turn = await ended(services)
    with pytest.raises(NoSession):
        await services.votes.turn(GUILD, turn.page.reading.id, turn.page.step.n, Member(ANN))


# ---- next


async def test_next_presses_next_on_the_last_page(services: Services) -> None:
    await begun(services)
    turned = await services.votes.next(GUILD, CHANNEL, Member(ANN))
    assert isinstance(turned, Turn)
    assert turned.page.step.n == 2


async def test_next_before_the_section_is_posted_is_told_that_it_is_coming(services: Services) -> None:
    await services.readings.start(GUILD, CHANNEL, ANN, "tale")
    pending = await services.votes.next(GUILD, CHANNEL, Member(BOB))
    assert isinstance(pending, Pending)
    assert pending.page.step.n == 1
    assert [each.n for each in await waiting(services, DeliveryKind.SECTION)] == [1]


async def test_next_with_a_name_votes(services: Services) -> None:
    await begun(services)
    voted = await services.votes.next(GUILD, CHANNEL, Member(ANN), "Ben")
    assert isinstance(voted, Pressed)
    assert voted.press == Press(ANN, "ben")


async def test_next_elsewhere_says_where_the_reading_is(services: Services) -> None:
    await begun(services)
    with pytest.raises(NoReading) as none:
        await services.votes.next(GUILD, OTHER_CHANNEL, Member(ANN))
    assert none.value.elsewhere == (CHANNEL,)
