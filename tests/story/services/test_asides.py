"""Several readings a channel, one of them open: set aside, taken up, looked back at, and forgotten."""

from datetime import timedelta

import pytest

from story.errors import (
    ChannelTaken,
    NoReading,
    NoSession,
    NoSuchScene,
    NothingAside,
    NotYours,
    ReadingAside,
    ReadingOver,
)
from story.model import Story
from story.rules.delivery import DeliveryKind
from story.rules.page import Turn
from story.rules.presses import Member
from story.rules.serial import Every, Serial
from story.rules.steps import State
from story.rules.timer import TimerKind
from story.services.container import Services
from story.services.dates import Plan
from story.times.series import Repeat
from story.times.zones import known_zone
from tests.builders import story
from tests.story.room import (
    ANN,
    BOB,
    CHANNEL,
    GUILD,
    OTHER_CHANNEL,
    after,
    ballot_now,
    begun,
    comes_due,
    edit,
    ended,
    page_now,
    post,
    posted,
    press,
    read_on,
    seated,
    shown,
    waiting,
)

HOUR, DAY = 3600, 86_400


async def instead(services: Services, turn: Turn, asked: str = "fork") -> Turn:
    """Set a reading aside for another story, which is posted."""
    return await posted(services, await services.asides.start_instead(GUILD, turn.page.reading.id, Member(ANN), asked))


async def taken_up(services: Services, turn: Turn, instead_of: Turn | None = None, channel: int = CHANNEL) -> None:
    """Go on with a reading that is set aside, in place of another; its page is posted again."""
    other = instead_of.page.reading.id if instead_of else None
    page = await services.asides.take_up(
        GUILD, channel, Member(ANN), turn.page.reading.id, anywhere=channel != CHANNEL, instead_of=other
    )
    await post(services, page)


# ---- setting aside


async def test_a_story_begins_in_place_of_another_that_keeps_its_place_and_votes(services: Services) -> None:
    tale = await begun(services)
    await press(services, tale, BOB, "ben")
    fork = await instead(services, tale)
    assert (await page_now(services)).story.id == "fork"
    with pytest.raises(ReadingAside):
        await press(services, tale, ANN, "anna")
    await taken_up(services, tale, fork)
    assert (await page_now(services)).story.id == "tale"
    assert (await ballot_now(services)).tally == {"ben": 1}


async def test_the_page_of_a_reading_that_is_set_aside_is_shown_so(services: Services) -> None:
    tale = await begun(services)
    await shown(services)
    await services.asides.start_instead(GUILD, tale.page.reading.id, Member(ANN), "fork")
    [card] = await waiting(services, DeliveryKind.CARD)
    assert card.subject == tale.page.reading.id


async def test_only_whoever_began_and_moderators_set_a_reading_aside(services: Services) -> None:
    tale = (await begun(services)).page.reading.id
    for asked in (
        services.asides.may_set_aside(GUILD, tale, Member(BOB)),
        services.asides.start_instead(GUILD, tale, Member(BOB), "fork"),
    ):
        with pytest.raises(NotYours):
            await asked
    assert (await services.asides.may_set_aside(GUILD, tale, Member(BOB, may_manage=True))).id == tale


async def test_what_is_begun_where_something_is_read_says_what_that_is(services: Services) -> None:
    tale = await begun(services)
    with pytest.raises(ChannelTaken) as taken:
        await services.readings.start(GUILD, CHANNEL, BOB, "fork")
    assert taken.value.reading == tale.page.reading.id


async def test_a_session_ends_when_its_reading_is_set_aside(services: Services) -> None:
    tale = await seated(services, ANN, BOB)
    await services.asides.start_instead(GUILD, tale.page.reading.id, Member(ANN), "fork")
    with pytest.raises(NoSession):
        await services.sessions.held(GUILD, CHANNEL)


async def test_the_clock_of_a_reading_that_is_set_aside_stands_still(services: Services) -> None:
    tale = await begun(services)
    await press(services, tale, ANN, "ben")
    await instead(services, tale)
    await comes_due(services, DAY)
    assert await services.store.read.last_n(tale.page.reading.id) == 1


async def test_a_serial_waits_and_goes_on_with_its_next_time(services: Services) -> None:
    tale = await begun(services)
    daily = Serial(Every.DAILY, services.clock() + timedelta(hours=1), known_zone("UTC"))
    await services.readings.set_serial(GUILD, CHANNEL, Member(ANN), daily)
    fork = await instead(services, tale)
    await comes_due(services, 3 * DAY)
    assert await services.store.read.last_n(tale.page.reading.id) == 1
    await taken_up(services, tale, fork)
    assert (await ballot_now(services)).closes_at == services.clock() + timedelta(hours=1)


# ---- dates


async def test_a_date_waits_with_its_reading_and_the_channel_can_have_another(services: Services) -> None:
    tale = await begun(services)
    weekly = await services.dates.make(GUILD, CHANNEL, ANN, Plan("in 2 hours", "UTC", Repeat.WEEKLY))
    await services.dates.event_made(weekly, 8000)
    await shown(services)
    fork = await instead(services, tale)
    assert [each.target for each in await waiting(services, DeliveryKind.EVENT)] == [8000]
    assert await services.queries.dates(GUILD) == []
    assert await services.store.read.places(GUILD) == {GUILD: {CHANNEL}}
    await comes_due(services, 3 * HOUR)
    with pytest.raises(NoSession):
        await services.sessions.held(GUILD, CHANNEL)
    await services.dates.make(GUILD, CHANNEL, ANN, Plan("in 5 hours", "UTC"))
    await taken_up(services, tale, fork)
    [date] = await services.queries.dates(GUILD)
    assert (date.id, date.at) == (weekly.id, weekly.at + timedelta(days=7))


async def test_a_date_that_has_passed_while_it_waited_is_no_more(services: Services) -> None:
    tale = await begun(services)
    await services.dates.make(GUILD, CHANNEL, ANN, Plan("in 2 hours", "UTC"))
    fork = await instead(services, tale)
    after(services, 3 * HOUR)
    await taken_up(services, tale, fork)
    assert await services.queries.dates(GUILD) == []


async def test_a_date_that_waits_makes_room_for_a_newer_one_of_the_channel(services: Services) -> None:
    tale = await begun(services)
    await services.dates.make(GUILD, CHANNEL, ANN, Plan("in 2 hours", "UTC"))
    fork = await instead(services, tale)
    await services.readings.stop(GUILD, fork.page.reading.id, fork.page.step.n, Member(ANN))
    newer = await services.dates.make(GUILD, CHANNEL, ANN, Plan("in 5 hours", "UTC"))
    await taken_up(services, tale)
    assert [each.id for each in await services.queries.dates(GUILD)] == [newer.id]


async def test_a_date_moves_with_its_reading(services: Services) -> None:
    tale = await begun(services)
    await services.dates.make(GUILD, CHANNEL, ANN, Plan("in 2 hours", "UTC"))
    await services.asides.move(GUILD, OTHER_CHANNEL, tale.page.reading.id)
    assert [each.channel for each in await services.queries.dates(GUILD)] == [OTHER_CHANNEL]


# ---- taking up


async def test_what_is_set_aside_is_known_of_its_channel_and_of_the_server(services: Services) -> None:
    tale = await begun(services)
    await instead(services, tale)
    assert [each.id for each in await services.queries.aside(GUILD, CHANNEL)] == [tale.page.reading.id]
    assert await services.queries.aside(GUILD, OTHER_CHANNEL) == []
    assert [each.id for each in await services.queries.aside(GUILD, None)] == [tale.page.reading.id]


async def test_a_reading_is_taken_up_in_another_channel_only_where_that_is_allowed(services: Services) -> None:
    tale = await begun(services)
    await instead(services, tale)
    with pytest.raises(NothingAside):
        await services.asides.take_up(GUILD, OTHER_CHANNEL, Member(ANN), tale.page.reading.id)
    await taken_up(services, tale, channel=OTHER_CHANNEL)
    assert (await page_now(services, OTHER_CHANNEL)).reading.id == tale.page.reading.id


async def test_what_is_not_set_aside_is_not_taken_up(services: Services) -> None:
    tale = await begun(services)
    for guild, reading in ((GUILD, tale.page.reading.id), (GUILD, 99)):
        with pytest.raises(NothingAside):
            await services.asides.take_up(guild, CHANNEL, Member(ANN), reading)
    await instead(services, tale)
    with pytest.raises(NothingAside):
        await services.asides.take_up(GUILD + 1, CHANNEL, Member(ANN), tale.page.reading.id)


async def test_a_reading_is_not_taken_up_where_another_is_read(services: Services) -> None:
    tale = await begun(services)
    await instead(services, tale)
    with pytest.raises(ChannelTaken):
        await services.asides.take_up(GUILD, CHANNEL, Member(ANN), tale.page.reading.id)


async def test_a_finished_reading_makes_room_for_one_that_is_taken_up(services: Services) -> None:
    tale = await begun(services)
    fork = await instead(services, tale)
    turned = await posted(services, await press(services, await read_on(services, fork, "anna"), ANN))
    assert turned.page.at_end
    await taken_up(services, tale)
    assert (await page_now(services)).story.id == "tale"


async def test_where_something_waits_nothing_new_begins_unasked(services: Services) -> None:
    tale = await begun(services)
    fork = await instead(services, tale)
    await services.readings.stop(GUILD, fork.page.reading.id, fork.page.step.n, Member(ANN))
    with pytest.raises(ReadingAside):
        await services.votes.next(GUILD, CHANNEL, Member(ANN))
    with pytest.raises(ReadingAside):
        await services.queries.reading(GUILD, CHANNEL)


async def test_a_session_can_open_where_a_reading_waits(services: Services) -> None:
    tale = await begun(services)
    fork = await instead(services, tale)
    await services.readings.stop(GUILD, fork.page.reading.id, fork.page.step.n, Member(ANN))
    await services.sessions.open(GUILD, CHANNEL, ANN)
    assert (await services.sessions.held(GUILD, CHANNEL)).page is None


async def test_a_removed_story_ends_what_waits_of_it_and_its_date(services: Services) -> None:
    await services.imports.load()
    kept = await services.imports.keep(GUILD, story("A", "B", title="Ours"))
    ours = await begun(services, kept.id)
    await services.dates.make(GUILD, CHANNEL, ANN, Plan("in 2 hours", "UTC"))
    await instead(services, ours)
    await services.imports.remove(GUILD, kept.id, ANN)
    reading = await services.store.read.reading(ours.page.reading.id)
    assert reading
    assert reading.state is State.STOPPED
    assert await services.store.read.date_in(-ours.page.reading.id) is None


async def test_what_waits_in_a_channel_that_is_deleted_is_kept_for_thirty_days(services: Services) -> None:
    tale = await begun(services)
    fork = await instead(services, tale)
    await services.readings.lose_channel(GUILD, CHANNEL)
    lost = await services.queries.movable(GUILD)
    assert [each.id for each in lost] == [tale.page.reading.id, fork.page.reading.id]
    await comes_due(services, 30 * DAY)
    assert await services.queries.movable(GUILD) == []


async def test_the_channel_of_what_waits_is_known(services: Services) -> None:
    tale = await begun(services)
    fork = await instead(services, tale)
    await services.readings.stop(GUILD, fork.page.reading.id, fork.page.step.n, Member(ANN))
    assert await services.store.read.places() == {GUILD: {CHANNEL}}
    await services.readings.lose_channel(GUILD, CHANNEL)
    assert await services.store.read.places() == {}


# ---- beginning at a scene


async def test_a_story_begins_at_a_scene_and_what_comes_before_counts_as_passed(services: Services) -> None:
    page = (await services.readings.start(GUILD, CHANNEL, ANN, "tale", "Scene 4")).page
    assert page.step.scene == "scene-4"
    _, passed = await services.queries.passed(GUILD, page.reading.id)
    assert [(each.scene.id, each.step is None) for each in passed] == [
        ("scene-1", True),
        ("scene-2", True),
        ("scene-3", True),
        ("scene-4", False),
    ]


async def test_who_tells_the_scene_that_a_story_begins_at_is_voted_on(services: Services) -> None:
    turn = await posted(services, await services.readings.start(GUILD, CHANNEL, ANN, "tale", "scene-3"))
    assert turn.page.step.scene is None
    turn = await read_on(services, turn, "cleo")
    assert turn.page.step.section_id == ("scene-3", "cleo")
    back = await services.readings.back(GUILD, CHANNEL, Member(ANN))
    assert back.page.ballot
    assert {option.scene.id for option in back.page.ballot.options} == {"scene-3"}


async def test_a_story_that_is_begun_again_begins_with_its_first_scene(services: Services) -> None:
    turn = await posted(services, await services.readings.start(GUILD, CHANNEL, ANN, "tale", "scene-4"))
    again = await services.readings.restart(GUILD, turn.page.reading.id, 1, Member(ANN))
    assert again.page.step.scene == "scene-1"


async def test_a_story_begins_at_no_scene_that_it_lacks(services: Services) -> None:
    with pytest.raises(NoSuchScene):
        await services.readings.start(GUILD, CHANNEL, ANN, "tale", "scene-9")


async def test_where_an_edit_took_the_scene_away_it_begins_with_the_first(services: Services) -> None:
    await posted(services, await services.readings.start(GUILD, CHANNEL, ANN, "tale", "scene-3"))
    edited: Story = story("A", "AB")
    edit(services, edited)
    assert (await ballot_now(services)).options[0].scene.id == "scene-1"


# ---- looking back


async def test_a_reading_that_is_over_is_looked_back_at_for_ninety_days_and_then_forgotten(
    services: Services,
) -> None:
    turn = await read_on(services, await begun(services), "ben")
    reading = turn.page.reading.id
    await services.readings.stop(GUILD, reading, turn.page.step.n, Member(ANN))
    await comes_due(services, 90 * DAY - 1)
    page, heard = await services.queries.looked_back(GUILD, CHANNEL)
    assert (page.reading.id, [scene.id for _, scene, _ in heard]) == (reading, ["scene-1", "scene-2"])
    await comes_due(services, 2)
    with pytest.raises(NoReading):
        await services.queries.looked_back(GUILD, CHANNEL)
    assert await services.store.read.reading(reading) is None


async def test_a_bookmark_keeps_what_it_marks_and_no_more(services: Services) -> None:
    turn = await begun(services)
    await press(services, turn, BOB, "ben")
    await services.members.bookmark(GUILD, CHANNEL, ANN)
    reading = turn.page.reading.id
    await services.readings.stop(GUILD, reading, 1, Member(ANN))
    await comes_due(services, 90 * DAY)
    assert len(await services.members.bookmarks(GUILD, ANN)) == 1
    assert await services.store.read.read_to(reading, BOB) == 0
    await services.members.forget_member(ANN)
    await comes_due(services, 90 * DAY)
    assert await services.store.read.reading(reading) is None


async def test_the_open_reading_is_looked_back_at_before_those_that_are_over(services: Services) -> None:
    tale = await begun(services)
    fork = await instead(services, tale)
    assert (await services.queries.looked_back(GUILD, CHANNEL))[0].reading.id == fork.page.reading.id
    asked = await services.queries.looked_back(GUILD, CHANNEL, tale.page.reading.id)
    assert asked[0].reading.id == tale.page.reading.id


async def test_nobody_looks_back_at_what_another_channel_has_read(services: Services) -> None:
    tale = await begun(services, channel=OTHER_CHANNEL)
    for channel, reading in ((CHANNEL, tale.page.reading.id), (CHANNEL, None), (OTHER_CHANNEL, 99)):
        with pytest.raises(NoReading) as none:
            await services.queries.looked_back(GUILD, channel, reading)
        assert none.value.elsewhere == (OTHER_CHANNEL,)


async def test_a_finished_reading_that_made_room_is_looked_back_at(services: Services) -> None:
    fork = await ended(services)
    await begun(services)
    page, heard = await services.queries.looked_back(GUILD, CHANNEL, fork.page.reading.id)
    assert (page.at_end, len(heard)) == (True, 2)
    with pytest.raises(ReadingOver):
        await services.queries.read_so_far(GUILD, fork.page.reading.id)


async def test_a_reading_that_is_open_again_is_not_forgotten(services: Services) -> None:
    tale = await begun(services)
    fork = await instead(services, tale)
    await taken_up(services, tale, fork)
    assert await services.store.read.timed(TimerKind.READING) == set()
