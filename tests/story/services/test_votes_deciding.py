"""Who decides and who turns the page, as the settings have it."""

from datetime import timedelta

import pytest

from story.errors import NotYourChoice
from story.model import Story
from story.rules.page import Pressed, Turn
from story.rules.presses import Member
from story.rules.serial import Every, make_serial
from story.rules.settings import Turner
from story.rules.steps import How
from story.services.container import Services
from tests.builders import Clock, story
from tests.story.room import (
    ANN,
    BOB,
    CAT,
    CHANNEL,
    GUILD,
    after,
    ballot_now,
    ballot_of,
    begun,
    comes_due,
    page_now,
    post,
    press,
    seated,
)


@pytest.fixture
def stories() -> list[Story]:
    return [story(*["AB"] * 9)]


async def set_to(services: Services, **wanted: object) -> None:
    await services.settings.change(GUILD, None, **wanted)


async def press_next(services: Services, turn: Turn, *members: int) -> None:
    for member in members:
        await press(services, turn, member)


async def grace_over(services: Services) -> Turn:
    """Have the page turn after the grace, and the next posted."""
    await comes_due(services, 5)
    page = await page_now(services)
    await post(services, page)
    return Turn(page, None)


# ---- the first press


async def test_with_first_the_first_press_of_a_name_turns_the_page(services: Services) -> None:
    await set_to(services, decide="first")
    turned = await press(services, await begun(services), BOB, "ben")
    assert isinstance(turned, Turn)
    assert (turned.page.step.pov, turned.page.step.how, turned.page.step.chooser) == ("ben", How.VOTES, BOB)


async def test_with_first_next_by_anybody_goes_on_whoever_tells_it(services: Services) -> None:
    await set_to(services, decide="first")
    turned = await press(services, await begun(services), BOB)
    assert isinstance(turned, Turn)
    assert (turned.page.step.how, turned.page.step.chooser) == (How.ORDER, None)


async def test_with_first_in_a_session_the_others_are_told_who_was_first_and_the_page_waits_for_the_readers(
    services: Services,
) -> None:
    await set_to(services, decide="first")
    turn = await seated(services, ANN, BOB)
    assert isinstance(await press(services, turn, BOB, "ben"), Pressed)
    with pytest.raises(NotYourChoice) as refused:
        await press(services, turn, ANN, "anna")
    assert (refused.value.chooser, refused.value.chosen) == (BOB, True)
    await press_next(services, turn, ANN)
    assert (await ballot_now(services)).turns_at
    assert (await grace_over(services)).page.step.pov == "ben"


async def test_with_first_in_a_session_where_nobody_chooses_the_page_turns_all_the_same(services: Services) -> None:
    await set_to(services, decide="first")
    turn = await seated(services, ANN, BOB)
    await press_next(services, turn, ANN, BOB)
    assert (await grace_over(services)).page.step.how is How.ORDER


# ---- the host


async def test_with_host_whoever_began_the_reading_chooses_and_that_turns_the_page(services: Services) -> None:
    await set_to(services, decide="host")
    turn = await begun(services)
    with pytest.raises(NotYourChoice) as refused:
        await press(services, turn, BOB, "anna")
    assert (refused.value.chooser, refused.value.chosen) == (ANN, False)
    turned = await press(services, turn, ANN, "ben")
    assert isinstance(turned, Turn)
    assert (turned.page.step.pov, turned.page.step.chooser) == ("ben", ANN)


async def test_with_host_a_clock_goes_on_without_a_host_who_does_not_come(services: Services) -> None:
    await set_to(services, decide="host")
    turn = await begun(services)
    waiting = await press(services, turn, BOB)
    assert isinstance(waiting, Pressed)
    await comes_due(services, 60)
    step = (await page_now(services)).step
    assert (step.how, step.votes, step.chooser) == (How.ORDER, 0, ANN)


async def test_where_the_host_has_been_forgotten_anybody_chooses(services: Services) -> None:
    await set_to(services, decide="host")
    turn = await begun(services)
    await services.members.forget_member(ANN)
    assert isinstance(await press(services, turn, BOB, "ben"), Turn)


async def test_with_host_in_a_session_its_host_chooses_and_the_others_only_read(services: Services) -> None:
    await set_to(services, decide="host")
    turn = await seated(services, ANN, BOB)
    await press(services, turn, ANN, "ben")
    await press_next(services, turn, BOB)
    assert (await ballot_now(services)).turns_at
    assert (await grace_over(services)).page.step.chooser == ANN


async def test_with_host_a_host_who_has_chosen_and_rests_keeps_the_choice(services: Services) -> None:
    await set_to(services, decide="host")
    turn = await seated(services, ANN, BOB)
    await press(services, turn, ANN, "ben")
    after(services, 170)
    assert (await ballot_now(services)).chooser == ANN
    after(services, 30)
    assert (await ballot_now(services)).chooser == ANN


async def test_with_host_the_choice_passes_on_from_a_host_who_is_away(services: Services) -> None:
    await set_to(services, decide="host")
    turn = await seated(services, ANN, BOB)
    after(services, 170)
    await press_next(services, turn, BOB)
    after(services, 30)
    assert (await ballot_now(services)).chooser == BOB
    await press(services, turn, BOB, "ben")
    assert (await ballot_now(services)).complete


# ---- in turn


async def test_with_turns_each_reader_chooses_in_turn(services: Services) -> None:
    await set_to(services, decide="turns")
    turn = await seated(services, ANN, BOB, CAT)
    choosers = []
    for _ in range(4):
        choosers.append((await ballot_now(services)).chooser)
        await press(services, turn, choosers[-1] or 0, "ben")
        await press_next(services, turn, ANN, BOB, CAT)
        turn = await grace_over(services)
    assert choosers == [ANN, BOB, CAT, ANN]


async def test_with_turns_the_others_are_told_whose_turn_it_is(services: Services) -> None:
    await set_to(services, decide="turns")
    turn = await seated(services, ANN, BOB)
    with pytest.raises(NotYourChoice) as refused:
        await press(services, turn, BOB, "anna")
    assert refused.value.chooser == ANN


async def test_with_turns_who_is_away_is_skipped_and_has_the_next_turn_when_back(services: Services) -> None:
    await set_to(services, decide="turns")
    turn = await seated(services, ANN, BOB)
    after(services, 170)
    await press_next(services, turn, BOB)
    after(services, 30)
    assert (await ballot_now(services)).chooser == BOB
    await press(services, turn, BOB, "ben")
    turn = await grace_over(services)
    assert ballot_of(turn.page).chooser == BOB
    await press_next(services, turn, ANN)
    assert (await ballot_now(services)).chooser == ANN


async def test_with_turns_a_turn_that_is_let_pass_is_over_all_the_same(services: Services) -> None:
    await set_to(services, decide="turns")
    turn = await seated(services, ANN, BOB)
    await press_next(services, turn, ANN, BOB)
    turned = await grace_over(services)
    assert (turned.page.step.chooser, turned.page.step.votes) == (ANN, 0)
    assert ballot_of(turned.page).chooser == BOB


async def test_with_turns_and_nobody_there_it_is_nobodys_turn(services: Services) -> None:
    await set_to(services, decide="turns")
    await seated(services, ANN)
    after(services, 1000)
    assert (await ballot_now(services)).chooser is None


async def test_with_turns_and_no_session_the_votes_decide(services: Services) -> None:
    await set_to(services, decide="turns")
    turn = await begun(services)
    for member in (BOB, CAT):
        await press(services, turn, member, "ben")
    turned = await press(services, turn, ANN)
    assert isinstance(turned, Turn)
    assert (turned.page.step.votes, turned.page.step.chooser) == (2, None)


# ---- a vote's options


async def test_the_time_for_the_votes_is_what_is_set(services: Services, clock: Clock) -> None:
    await set_to(services, seconds="300")
    pressed = await press(services, await begun(services), ANN, "ben")
    assert isinstance(pressed, Pressed)
    assert ballot_of(pressed.page).closes_at == clock() + timedelta(minutes=5)


async def test_votes_are_hidden_where_that_is_set_and_votes_decide(services: Services) -> None:
    await begun(services)
    hidden = []
    for wanted in ({"hidden": False}, {"hidden": True}, {"decide": "first"}):
        await set_to(services, **wanted)
        hidden.append((await ballot_now(services)).hides_votes)
    assert hidden == [False, True, False]


async def test_a_vote_that_is_not_to_close_early_stays_open_when_all_have_answered(services: Services) -> None:
    await set_to(services, early="false")
    turn = await begun(services)
    await press(services, turn, ANN, "ben")
    assert isinstance(await press(services, turn, ANN), Pressed)


async def test_until_its_quorum_is_met_the_clock_is_started_again_twice_and_then_the_leader_wins(
    services: Services, clock: Clock
) -> None:
    await set_to(services, quorum="3")
    turn = await begun(services)
    await press(services, turn, ANN, "ben")
    for restarts in (1, 2):
        await comes_due(services, 60)
        again = await ballot_now(services)
        assert (again.restarts, again.closes_at) == (restarts, clock() + timedelta(seconds=60))
        pressed = await press(services, turn, ANN)
        assert isinstance(pressed, Pressed)
        assert ballot_of(pressed.page).restarts == restarts
    await comes_due(services, 60)
    assert (await page_now(services)).step.pov == "ben"


async def test_a_vote_does_not_close_early_before_its_quorum_is_met(services: Services) -> None:
    await set_to(services, quorum="2")
    turn = await begun(services)
    assert isinstance(await press(services, turn, ANN), Pressed)
    assert isinstance(await press(services, turn, BOB), Turn)


# ---- who turns the page


async def test_pages_turned_by_the_host_turn_at_their_next_and_not_when_all_have_answered(services: Services) -> None:
    await set_to(services, turner="host")
    turn = await begun(services)
    assert isinstance(await press(services, turn, BOB, "ben"), Pressed)
    assert isinstance(await press(services, turn, BOB), Pressed)
    assert await services.schedule.next_due() is None
    assert isinstance(await press(services, turn, ANN, "ben"), Pressed)
    turned = await press(services, turn, ANN)
    assert isinstance(turned, Turn)
    assert turned.page.step.pov == "ben"


async def test_a_moderator_turns_the_hosts_page_too(services: Services) -> None:
    await set_to(services, turner="host")
    turn = await begun(services)
    moderator = Member(BOB, may_manage=True)
    assert isinstance(await services.votes.press(GUILD, turn.page.reading.id, 1, moderator), Turn)


async def test_pages_turned_by_a_role_turn_for_its_members(services: Services) -> None:
    await set_to(services, turner="role", role="77")
    turn = await begun(services)
    assert isinstance(await press(services, turn, ANN), Pressed)
    reader = Member(BOB, roles=frozenset({77}))
    assert isinstance(await services.votes.press(GUILD, turn.page.reading.id, 1, reader), Turn)


async def test_in_a_session_a_page_turned_by_the_host_waits_for_them_when_all_are_ready(services: Services) -> None:
    await set_to(services, turner="host")
    turn = await seated(services, ANN, BOB)
    for member in (ANN, BOB):
        await press(services, turn, member, "ben")
    assert (await ballot_now(services)).turns_at is None
    assert isinstance(await press(services, turn, ANN), Turn)


async def test_a_page_turned_by_the_host_stays_while_the_session_pauses(services: Services) -> None:
    await set_to(services, turner="host")
    turn = await seated(services, ANN, BOB)
    await services.sessions.pause(GUILD, CHANNEL, Member(ANN), paused=True)
    assert isinstance(await press(services, turn, ANN), Pressed)


async def test_pages_turned_by_readers_turn_in_a_session_only(services: Services) -> None:
    await set_to(services, turner="readers")
    turn = await begun(services)
    await press(services, turn, BOB, "ben")
    assert await services.schedule.next_due() is None
    assert isinstance(await press(services, turn, BOB), Pressed)


async def test_pages_turned_by_readers_turn_when_those_who_read_together_have_answered(services: Services) -> None:
    await set_to(services, turner="readers")
    turn = await seated(services, ANN, BOB)
    await press(services, turn, BOB, "ben")
    assert (await ballot_now(services)).turns_at is None
    await press_next(services, turn, ANN)
    assert (await grace_over(services)).page.step.pov == "ben"


async def test_who_may_turn_the_page_is_told_by_the_setting(services: Services) -> None:
    await seated(services, ANN, BOB)
    may = {}
    for turner in Turner:
        await set_to(services, turner=turner, role=77)
        shown = await ballot_now(services)
        may[turner] = [shown.may_turn(Member(who)) for who in (ANN, BOB, CAT)]
    assert may == {
        Turner.EVERYONE: [True, True, True],
        Turner.READERS: [True, True, False],
        Turner.HOST: [True, False, False],
        Turner.ROLE: [False, False, False],
    }


async def test_a_serial_comes_when_it_is_due_whoever_turns_the_page(services: Services) -> None:
    await set_to(services, turner="host")
    turn = await begun(services)
    serial = make_serial(Every.DAILY, "18:00", "UTC", services.clock())
    await services.readings.set_serial(GUILD, CHANNEL, Member(ANN), serial)
    assert isinstance(await press(services, turn, ANN), Pressed)
