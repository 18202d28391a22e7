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
    UnknownStory,
)
from story.rules.delivery import DeliveryKind
from story.rules.page import Pending, Turn
from story.rules.presses import Member
from story.rules.steps import Kind
from story.rules.timer import TimerKind
from story.services.container import Services
from tests.builders import story
from tests.story.room import (
    ANN,
    BOB,
    CAT,
    CHANNEL,
    GUILD,
    OTHER_CHANNEL,
    ballot_now,
    begun,
    edit,
    ended,
    page_now,
    posted,
    press,
    read_on,
    seated,
    shown,
    waiting,
)

# ---- beginning


async def test_a_first_scene_with_one_pov_is_told_at_once(services: Services) -> None:
    page = (await begun(services)).page
    assert (page.step.kind, page.step.section_id) == (Kind.START, ("scene-1", "anna"))
    assert page.ballot
    assert page.ballot.options[0].scene.id == "scene-2"


async def test_a_first_scene_with_several_povs_is_voted_on(services: Services) -> None:
    page = (await begun(services, "Fork")).page
    assert page.step.scene is None
    assert page.telling is None
    assert page.ballot
    assert page.ballot.options[0].scene.id == "scene-1"


async def test_an_unknown_story_is_refused(services: Services) -> None:
    with pytest.raises(UnknownStory):
        await services.readings.start(GUILD, CHANNEL, ANN, "nothing")


async def test_a_channel_that_reads_already_is_refused(services: Services) -> None:
    await begun(services)
    with pytest.raises(ChannelTaken) as taken:
        await services.readings.start(GUILD, CHANNEL, ANN, "fork")
    assert taken.value.title == "A Tale"


async def test_a_channel_that_reads_a_story_gone_from_the_shelf_is_refused_too(services: Services) -> None:
    await begun(services)
    edit(services, story("A", story_id="other"))
    with pytest.raises(ChannelTaken) as taken:
        await services.readings.start(GUILD, CHANNEL, ANN, "other")
    assert taken.value.title == "tale"


async def test_the_default_story_is_begun_once_in_a_server(services: Services) -> None:
    turn = await services.readings.begin(GUILD, CHANNEL, ANN)
    assert turn.page.story.id == "tale"
    with pytest.raises(NoReading) as none:
        await services.readings.begin(GUILD, OTHER_CHANNEL, ANN)
    assert none.value.elsewhere == (CHANNEL,)
    with pytest.raises(ChannelTaken):
        await services.readings.begin(GUILD, CHANNEL, BOB)


# ---- back, restart, stop


async def test_back_opens_the_ballot_before_the_last_section_anew(services: Services) -> None:
    turn = await read_on(services, await begun(services), "ben")
    back = await services.readings.back(GUILD, CHANNEL, Member(ANN))
    assert (back.page.step.kind, back.page.step.n) == (Kind.BACK, turn.page.step.n + 1)
    assert back.page.ballot
    assert (back.page.ballot.options[0].scene.id, list(back.page.ballot.presses)) == ("scene-2", [])


async def test_back_to_before_the_first_section_can_be_read_on_from(services: Services) -> None:
    await begun(services)
    back = await posted(services, await services.readings.back(GUILD, CHANNEL, Member(ANN)))
    again = await press(services, back, ANN)
    assert isinstance(again, Turn)
    assert again.page.step.section_id == ("scene-1", "anna")


async def test_back_with_nothing_behind_is_refused(services: Services) -> None:
    await begun(services, "fork")
    with pytest.raises(NothingRead):
        await services.readings.back(GUILD, CHANNEL, Member(ANN))


async def test_back_from_a_place_that_is_gone_leads_to_one_that_is_there(services: Services) -> None:
    await read_on(services, await begun(services), "ben")
    tale = story("A", "AB", "ABC", "A")
    edited = replace(tale, scenes=(tale.scenes[0], *tale.scenes[2:]))
    edit(services, edited)
    with pytest.raises(PlaceGone):
        await page_now(services)
    back = await services.readings.back(GUILD, CHANNEL, Member(ANN))
    assert back.page.ballot
    assert back.page.ballot.options[0].scene.id == "scene-3"


@pytest.mark.parametrize("what", ["back", "restart", "stop"])
async def test_only_who_began_or_may_manage_messages_may_undo(services: Services, what: str) -> None:
    reading = (await begun(services)).page.reading.id

    async def undo(*, may_manage: bool) -> object:
        if what == "back":
            return await services.readings.back(GUILD, CHANNEL, Member(BOB, may_manage=may_manage))
        call = services.readings.restart if what == "restart" else services.readings.stop
        return await call(GUILD, reading, 1, Member(BOB, may_manage=may_manage))

    with pytest.raises(NotYours) as refused:
        await undo(may_manage=False)
    assert refused.value.started_by == ANN
    await undo(may_manage=True)
    assert await services.store.read.last_n(reading) == 2


async def test_restart_begins_the_path_anew(services: Services) -> None:
    turn = await read_on(services, await begun(services), "ben")
    again = await services.readings.restart(GUILD, turn.page.reading.id, turn.page.step.n, Member(ANN))
    assert again.page.step.kind is Kind.RESTART
    assert len(again.page.place.path) == 1


async def test_restart_of_a_page_that_was_turned_is_refused(services: Services) -> None:
    turn = await begun(services)
    await read_on(services, turn, "ben")
    with pytest.raises(PageTurned):
        await services.readings.restart(GUILD, turn.page.reading.id, 1, Member(ANN))


async def test_anybody_may_begin_again_at_the_end(services: Services) -> None:
    turn = await ended(services)
    assert turn.page.at_end
    again = await services.readings.restart(GUILD, turn.page.reading.id, turn.page.step.n, Member(CAT))
    assert again.page.ballot


async def test_a_stopped_reading_leaves_its_channel_free_and_its_last_page_closed(services: Services) -> None:
    turn = await begun(services)
    reading, last, page = await services.readings.may_stop(GUILD, CHANNEL, Member(ANN))
    assert page
    await services.readings.stop(GUILD, reading.id, last, Member(ANN))
    closed = await services.queries.shown(turn.page.reading.id, 1)
    assert closed
    assert closed.closed_by
    assert closed.closed_by.kind is Kind.STOP
    assert await shown(services) == [DeliveryKind.CLOSED]
    with pytest.raises(NoReading):
        await page_now(services)
    await begun(services)


async def test_a_stopped_reading_has_nothing_due_and_shows_no_ballot(services: Services) -> None:
    turn = await begun(services)
    await press(services, turn, ANN, "ben")
    await services.readings.stop(GUILD, turn.page.reading.id, 1, Member(ANN))
    assert await services.store.read.timer(TimerKind.BALLOT, turn.page.reading.id) is None
    stopped = await services.queries.shown(turn.page.reading.id)
    assert stopped
    assert stopped.ballot is None


async def test_stopping_a_reading_ends_its_session_without_a_closing_card(services: Services) -> None:
    turn = await seated(services, ANN, BOB)
    await shown(services)
    await services.readings.stop(GUILD, turn.page.reading.id, 1, Member(ANN))
    with pytest.raises(NoSession):
        await services.sessions.held(GUILD, CHANNEL)
    assert await services.store.read.timed(TimerKind.SESSION) == set()
    assert DeliveryKind.CLOSING_CARD not in await shown(services)


async def test_at_the_end_of_a_story_a_stop_closes_what_can_still_be_pressed(services: Services) -> None:
    turn = await ended(services)
    await shown(services)
    await services.readings.stop(GUILD, turn.page.reading.id, turn.page.step.n, Member(ANN))
    assert await shown(services) == [DeliveryKind.CLOSED]


async def test_whoever_may_begin_the_story_again_sees_the_page(services: Services) -> None:
    turn = await begun(services)
    page = await services.readings.may_restart(GUILD, turn.page.reading.id, 1, Member(ANN))
    assert page.step.n == 1
    with pytest.raises(NotYours):
        await services.readings.may_restart(GUILD, turn.page.reading.id, 1, Member(BOB))


async def test_back_before_the_section_is_posted_is_told_that_it_is_coming(services: Services) -> None:
    await services.readings.start(GUILD, CHANNEL, ANN, "tale")
    assert isinstance(await services.readings.back(GUILD, CHANNEL, Member(ANN)), Pending)


async def test_stop_on_a_page_that_was_turned_is_refused(services: Services) -> None:
    turn = await begun(services)
    await read_on(services, turn, "ben")
    with pytest.raises(PageTurned):
        await services.readings.stop(GUILD, turn.page.reading.id, 1, Member(ANN))


async def test_a_reading_whose_story_is_gone_can_be_stopped(services: Services) -> None:
    await begun(services)
    edit(services)
    reading, last, page = await services.readings.may_stop(GUILD, CHANNEL, Member(ANN))
    assert page is None
    await services.readings.stop(GUILD, reading.id, last, Member(ANN))
    with pytest.raises(NoReading):
        await page_now(services)


# ---- what holds whatever happens


async def test_a_failure_inside_a_transaction_undoes_all_of_it(services: Services) -> None:
    turn = await begun(services)

    async def fail() -> None:
        async with services.store.transaction() as tx:
            await services.readings._turns.append(tx, turn.page, replace(turn.page.step, n=2))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail()
    assert (await page_now(services)).step.n == 1
    assert await waiting(services) == []


async def test_two_channels_have_a_ballot_each(services: Services) -> None:
    here, there = await begun(services), await begun(services, "fork", OTHER_CHANNEL)
    await press(services, here, ANN, "ben")
    await press(services, there, BOB, "anna")
    tallies = [(await ballot_now(services, channel)).tally for channel in (CHANNEL, OTHER_CHANNEL)]
    assert tallies == [{"ben": 1}, {"anna": 1}]
