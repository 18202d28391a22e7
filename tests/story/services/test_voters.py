"""Who may vote: a role, whose members are waited for, and nobody else."""

import pytest

from story.errors import NotAVoter
from story.rules.page import Pressed, Turn
from story.rules.presses import Member
from story.rules.settings import Turner
from story.services.container import Services
from story.services.votes import Counted
from tests.story.room import ANN, BOB, CAT, CHANNEL, GUILD, after, ballot_now, begun, comes_due, held, page_now, post

VOTERS, NARRATORS = 77, 88


async def only_voters_vote(services: Services, **more: object) -> None:
    await services.settings.change(GUILD, None, voters=VOTERS, **more)


async def press(services: Services, turn: Turn, member: int, pov: str | None = None, *, role: int = VOTERS) -> Counted:
    who = Member(member, frozenset({role}))
    return await services.votes.press(GUILD, turn.page.reading.id, turn.page.step.n, who, pov)


async def in_session(services: Services, **members: bool) -> Turn:
    """Have members sit down, with the role that votes or without it, and begin."""
    ids = {"ann": ANN, "bob": BOB, "cat": CAT}
    for name, votes in members.items():
        roles = frozenset({VOTERS} if votes else set())
        if name == "ann":
            await services.sessions.open(GUILD, CHANNEL, ANN, roles)
        else:
            after(services, 1)
            await services.sessions.join(GUILD, (await held(services)).id, ids[name], roles)
    await services.sessions.begin(GUILD, (await held(services)).id, Member(ANN))
    await post(services, await page_now(services))
    return Turn(await page_now(services), None)


@pytest.mark.parametrize("pov", ["ben", None])
async def test_only_members_with_the_role_vote(services: Services, pov: str | None) -> None:
    await only_voters_vote(services)
    turn = await begun(services)
    with pytest.raises(NotAVoter) as refused:
        await press(services, turn, BOB, pov, role=5)
    assert refused.value.role == VOTERS
    with pytest.raises(NotAVoter):
        await services.votes.next(GUILD, CHANNEL, Member(BOB), pov)
    assert not (await ballot_now(services)).presses.has(BOB)
    assert isinstance(await press(services, turn, ANN, "ben"), Pressed)


async def test_a_vote_is_refused_also_where_the_page_is_remembered(services: Services) -> None:
    await only_voters_vote(services)
    turn = await begun(services)
    await press(services, turn, ANN, "ben")
    with pytest.raises(NotAVoter):
        await press(services, turn, BOB, "anna", role=5)
    assert (await ballot_now(services)).tally == {"ben": 1}


async def test_moderators_may_vote_without_the_role(services: Services) -> None:
    await only_voters_vote(services)
    turn = await begun(services)
    moderator = Member(BOB, may_manage=True)
    assert isinstance(await services.votes.press(GUILD, turn.page.reading.id, 1, moderator, "ben"), Pressed)


async def test_nobody_waits_for_who_may_not_vote(services: Services) -> None:
    await only_voters_vote(services)
    turn = await begun(services)
    await press(services, turn, ANN, "ben")
    with pytest.raises(NotAVoter):
        await press(services, turn, BOB, role=5)
    assert isinstance(await press(services, turn, ANN), Turn)


async def test_a_session_does_not_wait_for_readers_without_the_role(services: Services) -> None:
    await only_voters_vote(services)
    turn = await in_session(services, ann=True, bob=True, cat=False)
    assert (await ballot_now(services)).waited_for == (ANN, BOB)
    await press(services, turn, ANN, "ben")
    await press(services, turn, BOB, "ben")
    assert (await ballot_now(services)).turns_at


async def test_a_host_without_the_role_is_not_waited_for(services: Services) -> None:
    await only_voters_vote(services)
    await in_session(services, ann=False, bob=True)
    assert (await ballot_now(services)).waited_for == (BOB,)


async def test_a_reader_who_joined_before_the_role_was_set_is_waited_for_until_a_press_shows_it(
    services: Services,
) -> None:
    turn = await in_session(services, ann=True, bob=False)
    await only_voters_vote(services)
    await press(services, turn, ANN, "ben")
    assert (await ballot_now(services)).waited_for == (BOB,)
    with pytest.raises(NotAVoter):
        await press(services, turn, BOB, role=5)
    assert (await ballot_now(services)).turns_at
    await comes_due(services, 5)
    assert (await page_now(services)).step.n == 2


async def test_whoever_is_not_in_the_session_does_not_join_by_a_press_that_is_refused(services: Services) -> None:
    await only_voters_vote(services)
    turn = await in_session(services, ann=True)
    with pytest.raises(NotAVoter):
        await press(services, turn, CAT, role=5)
    assert not (await held(services)).has(CAT)


async def test_another_role_is_another_matter(services: Services) -> None:
    await only_voters_vote(services)
    await in_session(services, ann=True, bob=False)
    await services.settings.change(GUILD, None, voters=None)
    assert (await ballot_now(services)).waited_for == (ANN, BOB)


async def test_turns_go_to_those_who_may_vote(services: Services) -> None:
    await only_voters_vote(services, decide="turns")
    await in_session(services, ann=False, bob=True)
    assert (await ballot_now(services)).chooser == BOB


async def test_the_host_decides_without_the_role(services: Services) -> None:
    await only_voters_vote(services, decide="host")
    turn = await begun(services)
    assert isinstance(await press(services, turn, ANN, "ben", role=5), Turn)


async def test_who_turns_the_page_need_not_vote(services: Services) -> None:
    await only_voters_vote(services, turner=Turner.ROLE, role=NARRATORS)
    turn = await begun(services)
    with pytest.raises(NotAVoter):
        await press(services, turn, BOB, "ben", role=NARRATORS)
    assert isinstance(await press(services, turn, BOB, role=NARRATORS), Turn)
