"""Sessions: who is in them, who is host, and how pages turn."""

from datetime import timedelta

import pytest

from story.errors import NoSession, NotHost, NotInSession, SessionBegun
from story.model import Story
from story.rules.delivery import DeliveryKind, Notice
from story.rules.page import Pressed
from story.rules.presses import Member
from story.services.container import Services
from tests.builders import Clock, story
from tests.story.room import (
    ANN,
    BOB,
    CAT,
    CHANNEL,
    GUILD,
    OTHER_CHANNEL,
    after,
    ballot_now,
    begun,
    comes_due,
    ended,
    held,
    page_now,
    post,
    press,
    seated,
    shown,
    waiting,
)


@pytest.fixture
def stories() -> list[Story]:
    return [story(*["AB"] * 9), story("AB", "A", story_id="fork", title="Fork")]


# ---- the lobby


async def test_whoever_opens_a_lobby_is_its_host_and_in_it(services: Services) -> None:
    await services.sessions.open(GUILD, CHANNEL, ANN)
    lobby = await services.sessions.held(GUILD, CHANNEL)
    assert (lobby.host, [each.member for each in lobby.session.readers], lobby.page) == (ANN, [ANN], None)
    assert await shown(services) == [DeliveryKind.LOBBY]


async def test_a_lobby_that_is_open_already_is_posted_again(services: Services) -> None:
    await services.sessions.open(GUILD, CHANNEL, ANN)
    first = await held(services)
    await services.sessions.open(GUILD, CHANNEL, BOB)
    again = await held(services)
    assert (again.id, again.host, again.has(BOB)) == (first.id, ANN, False)
    assert await shown(services) == [DeliveryKind.LOBBY, DeliveryKind.LOBBY]


async def test_the_lobbys_card_is_kept_with_its_session(services: Services) -> None:
    await services.sessions.open(GUILD, CHANNEL, ANN)
    [lobby] = await waiting(services)
    await services.deliveries.posted_lobby(lobby, 500)
    assert (await held(services)).message == 500
    await services.sessions.join(GUILD, lobby.subject, BOB)
    assert [each.target for each in await waiting(services, DeliveryKind.LOBBY_CARD)] == [500]


async def test_members_join_and_leave_a_lobby(services: Services) -> None:
    await services.sessions.open(GUILD, CHANNEL, ANN)
    session = await held(services)
    after(services, 1)
    await services.sessions.join(GUILD, session.id, BOB)
    await services.sessions.join(GUILD, session.id, BOB)
    assert [each.member for each in (await held(services)).readers] == [ANN, BOB]
    await services.sessions.leave(GUILD, session.id, ANN)
    assert [each.member for each in (await held(services)).readers] == [BOB]
    with pytest.raises(NotInSession):
        await services.sessions.leave(GUILD, session.id, CAT)


async def test_a_session_that_never_was_or_is_another_servers_is_refused(services: Services) -> None:
    await services.sessions.open(GUILD, CHANNEL, ANN)
    session = await held(services)
    for guild, which in ((GUILD, 99), (GUILD + 1, session.id)):
        with pytest.raises(NoSession):
            await services.sessions.join(guild, which, BOB)
    with pytest.raises(NoSession):
        await services.sessions.held(GUILD + 1, CHANNEL)
    with pytest.raises(NoSession):
        await services.sessions.held(GUILD, OTHER_CHANNEL)


async def test_whoever_joined_first_may_begin_for_a_host_who_is_not_here(services: Services) -> None:
    await services.sessions.open(GUILD, CHANNEL, ANN)
    session = await held(services)
    await services.sessions.join(GUILD, session.id, BOB)
    with pytest.raises(NotHost) as refused:
        await services.sessions.begin(GUILD, session.id, Member(BOB))
    assert refused.value.host == ANN
    after(services, 600)
    await services.sessions.join(GUILD, session.id, BOB)
    assert (await services.sessions.held(GUILD, CHANNEL)).host == BOB
    assert await services.sessions.begin(GUILD, session.id, Member(BOB))


async def test_a_lobby_that_its_host_has_left_alone_is_begun_by_whoever_joins_next(services: Services) -> None:
    await services.sessions.open(GUILD, CHANNEL, ANN)
    session = await held(services)
    await services.sessions.leave(GUILD, session.id, ANN)
    await services.sessions.join(GUILD, session.id, BOB)
    assert (await services.sessions.held(GUILD, CHANNEL)).host == BOB
    assert await services.sessions.begin(GUILD, session.id, Member(BOB))


async def test_begin_starts_the_servers_story_where_nothing_is_read(services: Services) -> None:
    await services.sessions.open(GUILD, CHANNEL, ANN)
    session = await held(services)
    assert await services.sessions.begin(GUILD, session.id, Member(ANN))
    assert (await page_now(services)).story.id == "tale"
    assert await shown(services) == [DeliveryKind.LOBBY, DeliveryKind.LOBBY_CARD, DeliveryKind.SECTION]
    with pytest.raises(SessionBegun):
        await services.sessions.begin(GUILD, session.id, Member(ANN))


async def test_begin_posts_the_page_of_what_is_read_again_further_down(services: Services) -> None:
    await begun(services, "fork")
    await services.sessions.open(GUILD, CHANNEL, ANN)
    await shown(services)
    assert await services.sessions.begin(GUILD, (await held(services)).id, Member(ANN))
    assert [(each.kind, each.n, each.target) for each in await waiting(services)] == [
        (DeliveryKind.LOBBY_CARD, None, None),
        (DeliveryKind.SECTION, 1, 1001),
        (DeliveryKind.MOVED, 1, 1001),
    ]


async def test_begin_at_the_end_of_a_story_says_that_there_is_nothing_to_read(services: Services) -> None:
    await ended(services)
    await services.sessions.open(GUILD, CHANNEL, ANN)
    assert not await services.sessions.begin(GUILD, (await held(services)).id, Member(ANN))


# ---- reading together


async def test_the_page_turns_a_grace_after_everybody_has_answered(services: Services, clock: Clock) -> None:
    turn = await seated(services, ANN, BOB)
    await press(services, turn, ANN, "ben")
    assert (await ballot_now(services)).waited_for == (BOB,)
    await press(services, turn, BOB)
    assert (await ballot_now(services)).turns_at == clock() + timedelta(seconds=5)
    await comes_due(services, 4)
    assert (await page_now(services)).step.n == 1
    await comes_due(services, 1)
    assert ((await page_now(services)).step.n, (await page_now(services)).step.pov) == (2, "ben")


async def test_a_vote_taken_back_within_the_grace_keeps_the_page(services: Services) -> None:
    turn = await seated(services, ANN)
    await press(services, turn, ANN, "ben")
    await press(services, turn, ANN, "ben")
    await comes_due(services, 5)
    assert (await page_now(services)).step.n == 1


async def test_whoever_presses_something_has_joined(services: Services) -> None:
    turn = await seated(services, ANN)
    await press(services, turn, BOB, "ben")
    assert (await held(services)).has(BOB)
    assert (await ballot_now(services)).waited_for == (ANN,)


async def test_nobody_waits_for_who_has_done_nothing_for_three_minutes_and_the_card_says_so(services: Services) -> None:
    turn = await seated(services, ANN, BOB)
    after(services, 100)
    await press(services, turn, ANN, "ben")
    await shown(services)
    await comes_due(services, 80)
    ballot = await ballot_now(services)
    assert ballot.attendance
    assert (ballot.attendance.away, ballot.turns_at is not None) == ((BOB,), True)
    assert await shown(services) == [DeliveryKind.CARD]
    await comes_due(services, 5)
    assert (await page_now(services)).step.n == 2


async def test_who_was_away_when_the_page_turned_stays_so_until_they_press(services: Services) -> None:
    turn = await seated(services, ANN, BOB)
    after(services, 100)
    await press(services, turn, ANN)
    await comes_due(services, 80)
    await comes_due(services, 5)
    page = await page_now(services)
    assert (await ballot_now(services)).waited_for == (ANN,)
    await post(services, page)
    await services.votes.press(GUILD, page.reading.id, page.step.n, Member(BOB), "ben")
    ballot = await ballot_now(services)
    assert ballot.attendance
    assert ballot.attendance.away == ()


async def test_who_leaves_is_waited_for_no_longer(services: Services) -> None:
    turn = await seated(services, ANN, BOB)
    await press(services, turn, ANN)
    await services.sessions.leave(GUILD, (await held(services)).id, BOB)
    await comes_due(services, 5)
    assert (await page_now(services)).step.n == 2


async def test_the_page_stays_while_the_session_pauses_and_turns_after_it_is_resumed(services: Services) -> None:
    turn = await seated(services, ANN)
    await services.sessions.pause(GUILD, CHANNEL, Member(ANN), paused=True)
    assert isinstance(await press(services, turn, ANN), Pressed)
    await comes_due(services, 3600)
    assert (await page_now(services)).step.n == 1
    await shown(services)
    await services.sessions.pause(GUILD, CHANNEL, Member(ANN), paused=False)
    assert [each.data.get("notice") for each in await waiting(services)] == [Notice.RESUMED, None, None]
    assert await shown(services) == [DeliveryKind.NOTICE, DeliveryKind.LOBBY_CARD, DeliveryKind.CARD]
    await comes_due(services, 5)
    assert (await page_now(services)).step.n == 2


async def test_a_host_hands_over_to_another_reader(services: Services) -> None:
    await seated(services, ANN, BOB)
    await shown(services)
    await services.sessions.hand_over(GUILD, CHANNEL, Member(ANN), BOB)
    assert (await held(services)).host == BOB
    assert (await waiting(services))[0].data == {"notice": Notice.HOST, "host": BOB}
    with pytest.raises(NotInSession) as refused:
        await services.sessions.hand_over(GUILD, CHANNEL, Member(BOB), CAT)
    assert not refused.value.yourself


async def test_only_the_host_and_who_may_manage_messages_pause_and_stop(services: Services) -> None:
    await seated(services, ANN, BOB)
    with pytest.raises(NotHost):
        await services.sessions.stop(GUILD, CHANNEL, Member(BOB))
    with pytest.raises(NotHost):
        await services.sessions.pause(GUILD, CHANNEL, Member(BOB), paused=True)
    await services.sessions.stop(GUILD, CHANNEL, Member(CAT, may_manage=True))
    with pytest.raises(NoSession):
        await services.sessions.stop(GUILD, CHANNEL, Member(ANN))


async def test_the_first_of_those_who_are_there_may_stop_for_a_host_who_is_away(services: Services) -> None:
    turn = await seated(services, ANN, BOB)
    after(services, 170)
    await press(services, turn, BOB)
    after(services, 30)
    await services.sessions.stop(GUILD, CHANNEL, Member(BOB))
    with pytest.raises(NoSession):
        await services.sessions.held(GUILD, CHANNEL)
