"""Who decides and who turns the page, as the settings have it, in a reading with a real store."""

from datetime import timedelta

import pytest

from story.errors import NotATurner, NotYourChoice
from story.rules.ballot import Ballot
from story.rules.page import Page, Pressed, Turn
from story.rules.presses import Member
from story.rules.serial import make_serial
from story.rules.settings import Settings
from story.rules.steps import How
from story.services.container import Services
from story.services.library import Library
from story.services.readings import Readings
from story.services.sessions import Sessions
from story.store import Store
from story.times.phrases import Repeat
from tests.builders import Clock, story
from tests.story.room import ANN, BOB, CAT, CHANNEL, GUILD, begun, press, told


@pytest.fixture
def services(store: Store, clock: Clock) -> Services:
    return Services.of(store, Library([story(*["AB"] * 9)]), clock, Settings(story="tale"))


@pytest.fixture
def readings(services: Services) -> Readings:
    return services.readings


@pytest.fixture
def sessions(services: Services) -> Sessions:
    return services.sessions


async def set_to(services: Services, **settings: object) -> None:
    for name, value in settings.items():
        await services.settings.change(GUILD, None, name, value)


async def seated(services: Services, *members: int) -> Turn:
    """Have members sit down in a session, the first as its host, and begin."""
    lobby = await services.sessions.open(GUILD, CHANNEL, members[0])
    for member in members[1:]:
        services.clock.move(1)  # type: ignore[attr-defined]
        await services.sessions.join(GUILD, lobby.session.id, member)
    return await told(services.readings, await services.sessions.begin(GUILD, lobby.session.id, Member(members[0])))  # type: ignore[arg-type]


async def finish(services: Services, turn: Turn, *members: int) -> Page:
    """Have members say that they have read; return the page then."""
    for member in members:
        await services.readings.done(GUILD, turn.page.reading.id, turn.page.step.n, Member(member))
    return await services.queries.where(GUILD, CHANNEL)


async def grace_over(services: Services, turn: Turn) -> Turn:
    services.clock.move(5)  # type: ignore[attr-defined]
    closed = await services.readings.close(turn.page.reading.id, turn.page.step.n)
    assert isinstance(closed, Turn)
    return await told(services.readings, closed)


def ballot(page: Page) -> Ballot:
    assert page.ballot
    return page.ballot


# ---- the first press


async def test_with_first_the_first_press_of_a_name_turns_the_page(services: Services, readings: Readings) -> None:
    await set_to(services, decide="first")
    turned = await press(readings, await begun(readings), BOB, "ben")
    assert isinstance(turned, Turn)
    assert (turned.page.step.pov, turned.page.step.how, turned.page.step.chooser) == ("ben", How.VOTES, BOB)


async def test_with_first_next_by_anybody_goes_on_whoever_tells_it(services: Services, readings: Readings) -> None:
    await set_to(services, decide="first")
    turned = await press(readings, await begun(readings), BOB)
    assert isinstance(turned, Turn)
    assert (turned.page.step.how, turned.page.step.chooser) == (How.ORDER, None)


async def test_with_first_in_a_session_the_others_are_told_who_was_first_and_the_page_waits_for_the_readers(
    services: Services, readings: Readings
) -> None:
    await set_to(services, decide="first")
    turn = await seated(services, ANN, BOB)
    assert isinstance(await press(readings, turn, BOB, "ben"), Pressed)
    with pytest.raises(NotYourChoice) as refused:
        await press(readings, turn, ANN, "anna")
    assert (refused.value.chooser, refused.value.chosen) == (BOB, True)
    page = await finish(services, turn, ANN, BOB)
    assert ballot(page).turns_at
    assert (await grace_over(services, turn)).page.step.pov == "ben"


async def test_with_first_in_a_session_nobody_is_ready_until_somebody_has_chosen(services: Services) -> None:
    await set_to(services, decide="first")
    turn = await seated(services, ANN, BOB)
    assert ballot(await finish(services, turn, ANN, BOB)).waited_for == {ANN, BOB}


# ---- the host


async def test_with_host_whoever_began_the_reading_chooses_and_that_turns_the_page(
    services: Services, readings: Readings
) -> None:
    await set_to(services, decide="host")
    turn = await begun(readings)
    with pytest.raises(NotYourChoice) as refused:
        await press(readings, turn, BOB, "anna")
    assert (refused.value.chooser, refused.value.chosen) == (ANN, False)
    turned = await press(readings, turn, ANN, "ben")
    assert isinstance(turned, Turn)
    assert (turned.page.step.pov, turned.page.step.chooser) == ("ben", ANN)


async def test_with_host_a_clock_goes_on_without_a_host_who_does_not_come(
    services: Services, readings: Readings, clock: Clock
) -> None:
    await set_to(services, decide="host")
    turn = await begun(readings)
    waiting = await press(readings, turn, BOB)
    assert isinstance(waiting, Pressed)
    clock.move(60)
    closed = await readings.close(turn.page.reading.id, 1)
    assert isinstance(closed, Turn)
    assert (closed.page.step.how, closed.page.step.votes, closed.page.step.chooser) == (How.ORDER, 0, ANN)


async def test_where_the_host_has_been_forgotten_anybody_chooses(services: Services, readings: Readings) -> None:
    await set_to(services, decide="host")
    turn = await begun(readings)
    await services.members.forget_member(ANN)
    assert isinstance(await press(readings, turn, BOB, "ben"), Turn)


async def test_with_host_in_a_session_its_host_chooses_and_the_others_only_read(
    services: Services, readings: Readings
) -> None:
    await set_to(services, decide="host")
    turn = await seated(services, ANN, BOB)
    await press(readings, turn, ANN, "ben")
    assert ballot(await finish(services, turn, ANN, BOB)).turns_at
    assert (await grace_over(services, turn)).page.step.chooser == ANN


async def test_with_host_a_host_who_has_chosen_and_rests_keeps_the_choice(
    services: Services, readings: Readings, clock: Clock
) -> None:
    await set_to(services, decide="host")
    turn = await seated(services, ANN, BOB)
    await press(readings, turn, ANN, "ben")
    await finish(services, turn, ANN)
    clock.move(170)
    await readings.done(GUILD, turn.page.reading.id, 1, Member(BOB))
    assert ballot(await services.queries.where(GUILD, CHANNEL)).chooser == ANN
    clock.move(30)
    assert ballot(await services.queries.where(GUILD, CHANNEL)).chooser == ANN


async def test_with_host_the_choice_passes_on_from_a_host_who_is_away(
    services: Services, readings: Readings, clock: Clock
) -> None:
    await set_to(services, decide="host")
    turn = await seated(services, ANN, BOB)
    clock.move(170)
    await finish(services, turn, BOB)
    clock.move(30)
    assert ballot(await services.queries.where(GUILD, CHANNEL)).chooser == BOB
    await press(readings, turn, BOB, "ben")
    assert ballot(await services.queries.where(GUILD, CHANNEL)).complete


# ---- in turn


async def test_with_turns_each_reader_chooses_in_turn(services: Services, readings: Readings) -> None:
    await set_to(services, decide="turns")
    turn = await seated(services, ANN, BOB, CAT)
    choosers = []
    for _ in range(4):
        choosers.append(ballot(await services.queries.where(GUILD, CHANNEL)).chooser)
        await press(readings, turn, choosers[-1], "ben")  # type: ignore[arg-type]
        await finish(services, turn, ANN, BOB, CAT)
        turn = await grace_over(services, turn)
    assert choosers == [ANN, BOB, CAT, ANN]


async def test_with_turns_the_others_are_told_whose_turn_it_is(services: Services, readings: Readings) -> None:
    await set_to(services, decide="turns")
    turn = await seated(services, ANN, BOB)
    with pytest.raises(NotYourChoice) as refused:
        await press(readings, turn, BOB, "anna")
    assert refused.value.chooser == ANN


async def test_with_turns_who_is_away_is_skipped_and_has_the_next_turn_when_back(
    services: Services, readings: Readings, clock: Clock
) -> None:
    await set_to(services, decide="turns")
    turn = await seated(services, ANN, BOB)
    clock.move(170)
    await finish(services, turn, BOB)
    clock.move(30)
    assert ballot(await services.queries.where(GUILD, CHANNEL)).chooser == BOB
    await press(readings, turn, BOB, "ben")
    turn = await grace_over(services, turn)
    assert ballot(turn.page).chooser == BOB
    assert ballot(await finish(services, turn, ANN)).chooser == ANN


async def test_with_turns_a_turn_that_is_let_pass_is_over_all_the_same(services: Services, readings: Readings) -> None:
    await set_to(services, decide="turns")
    turn = await seated(services, ANN, BOB)
    turned = await told(readings, await press(readings, turn, ANN))
    assert (turned.page.step.chooser, turned.page.step.votes) == (ANN, 0)
    assert ballot(turned.page).chooser == BOB


async def test_with_turns_and_nobody_there_it_is_nobodys_turn(services: Services, clock: Clock) -> None:
    await set_to(services, decide="turns")
    await seated(services, ANN)
    clock.move(1000)
    assert ballot(await services.queries.where(GUILD, CHANNEL)).chooser is None


async def test_with_turns_and_no_session_the_votes_decide(services: Services, readings: Readings) -> None:
    await set_to(services, decide="turns")
    turn = await begun(readings)
    for member in (BOB, CAT):
        await press(readings, turn, member, "ben")
    turned = await press(readings, turn, ANN)
    assert isinstance(turned, Turn)
    assert (turned.page.step.votes, turned.page.step.chooser) == (2, None)


# ---- a vote's options


async def test_the_time_for_the_votes_is_what_is_set(services: Services, readings: Readings, clock: Clock) -> None:
    await set_to(services, seconds="300")
    pressed = await press(readings, await begun(readings), ANN, "ben")
    assert isinstance(pressed, Pressed)
    assert ballot(pressed.page).closes_at == clock() + timedelta(minutes=5)


async def test_a_vote_that_is_not_to_close_early_stays_open_when_all_have_answered(
    services: Services, readings: Readings
) -> None:
    await set_to(services, early="false")
    turn = await begun(readings)
    await press(readings, turn, ANN, "ben")
    assert isinstance(await press(readings, turn, ANN), Pressed)


async def test_until_its_quorum_is_met_the_clock_is_started_again_twice_and_then_the_leader_wins(
    services: Services, readings: Readings, clock: Clock
) -> None:
    await set_to(services, quorum="3")
    turn = await begun(readings)
    await press(readings, turn, ANN, "ben")
    for restarts in (1, 2):
        clock.move(60)
        again = await readings.close(turn.page.reading.id, 1)
        assert isinstance(again, Page)
        assert (ballot(again).restarts, ballot(again).closes_at) == (restarts, clock() + timedelta(seconds=60))
        pressed = await press(readings, turn, ANN)
        assert isinstance(pressed, Pressed)
        assert ballot(pressed.page).restarts == restarts
    clock.move(60)
    closed = await readings.close(turn.page.reading.id, 1)
    assert isinstance(closed, Turn)
    assert closed.page.step.pov == "ben"


async def test_a_vote_does_not_close_early_before_its_quorum_is_met(services: Services, readings: Readings) -> None:
    await set_to(services, quorum="2")
    turn = await begun(readings)
    assert isinstance(await press(readings, turn, ANN), Pressed)
    assert isinstance(await press(readings, turn, BOB), Turn)


# ---- who turns the page


async def test_pages_turned_by_the_host_turn_at_their_next_and_not_when_all_have_answered(
    services: Services, readings: Readings
) -> None:
    await set_to(services, turner="host")
    turn = await begun(readings)
    assert isinstance(await press(readings, turn, BOB, "ben"), Pressed)
    with pytest.raises(NotATurner) as refused:
        await press(readings, turn, BOB)
    assert (refused.value.host, refused.value.role) == (ANN, None)
    assert await services.queries.next_deadline() is None
    turned = await press(readings, turn, ANN)
    assert isinstance(turned, Turn)
    assert turned.page.step.pov == "ben"


async def test_a_moderator_turns_the_hosts_page_too(services: Services, readings: Readings) -> None:
    await set_to(services, turner="host")
    turn = await begun(readings)
    moderator = Member(BOB, may_manage=True)
    assert isinstance(await readings.press(GUILD, turn.page.reading.id, 1, moderator), Turn)


async def test_pages_turned_by_a_role_turn_for_its_members(services: Services, readings: Readings) -> None:
    await set_to(services, turner="role", role="77")
    turn = await begun(readings)
    with pytest.raises(NotATurner) as refused:
        await press(readings, turn, ANN)
    assert refused.value.role == 77
    reader = Member(BOB, roles=frozenset({77}))
    assert isinstance(await readings.press(GUILD, turn.page.reading.id, 1, reader), Turn)


async def test_in_a_session_a_page_turned_by_the_host_waits_for_them_when_all_are_ready(
    services: Services, readings: Readings
) -> None:
    await set_to(services, turner="host")
    turn = await seated(services, ANN, BOB)
    for member in (ANN, BOB):
        await press(readings, turn, member, "ben")
    assert ballot(await finish(services, turn, ANN, BOB)).turns_at is None
    assert isinstance(await press(readings, turn, ANN), Turn)


async def test_pages_turned_by_readers_turn_in_a_session_only(services: Services, readings: Readings) -> None:
    await set_to(services, turner="readers")
    turn = await begun(readings)
    await press(readings, turn, BOB, "ben")
    assert await services.queries.next_deadline() is None
    with pytest.raises(NotATurner) as refused:
        await press(readings, turn, ANN)
    assert (refused.value.host, refused.value.role) == (None, None)


async def test_pages_turned_by_readers_are_for_those_who_have_joined(services: Services, readings: Readings) -> None:
    await set_to(services, turner="readers")
    turn = await seated(services, ANN, BOB)
    with pytest.raises(NotATurner):
        await press(readings, turn, CAT, "ben")
    assert isinstance(await press(readings, turn, BOB, "ben"), Pressed)
    assert isinstance(await press(readings, turn, ANN), Turn)


async def test_a_serial_comes_when_it_is_due_whoever_turns_the_page(services: Services, readings: Readings) -> None:
    await set_to(services, turner="host")
    turn = await begun(readings)
    serial = make_serial(Repeat.DAILY, "18:00", "UTC", services.clock())
    await readings.serialise(GUILD, CHANNEL, Member(ANN), serial)
    assert isinstance(await press(readings, turn, ANN), Pressed)
