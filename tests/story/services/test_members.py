from datetime import timedelta

import pytest

from story.errors import NoReading, NotASection, NothingRead
from story.rules.page import Turn
from story.rules.presses import Member
from story.services.library import Library
from story.services.members import Members
from story.services.readings import Readings
from story.store import Store
from tests.builders import NOON, Clock, story

GUILD, CHANNEL = 1, 10
ANN, BOB = 101, 102


@pytest.fixture
def members(store: Store, readings: Readings, clock: Clock) -> Members:
    return Members(store, readings._queries, clock)


async def read(readings: Readings, *votes: str) -> int:
    """Have Ann begin and read on through these POVs; return the reading's number."""
    turn = await readings.start(GUILD, CHANNEL, ANN, "tale")
    await readings.mark(turn.page, 1000)
    reading = turn.page.reading.id
    for vote in votes:
        n = (await readings._queries.where(GUILD, CHANNEL)).step.n
        turned = await readings.press(GUILD, reading, n, Member(ANN), vote)
        if not isinstance(turned, Turn):
            turned = await readings.press(GUILD, reading, n, Member(ANN))
        assert isinstance(turned, Turn)
        await readings.mark(turned.page, 1000 + n)
    return reading


async def missed(members: Members, reading: int, member: int) -> list[str]:
    _, heard = await members.missed(GUILD, reading, member)
    return [section.text for _, _, section in heard]


async def test_whoever_was_never_there_has_missed_everything(members: Members, readings: Readings) -> None:
    reading = await read(readings, "ben")
    assert await missed(members, reading, BOB) == ["Anna tells scene 1.", "Ben tells scene 2."]


async def test_whoever_pressed_something_under_a_section_has_not_missed_it(
    members: Members, readings: Readings
) -> None:
    reading = await read(readings, "ben", "cleo")
    assert await missed(members, reading, ANN) == ["Cleo tells scene 3."]


async def test_whoever_has_caught_up_has_missed_what_came_later(members: Members, readings: Readings) -> None:
    reading = await read(readings, "ben", "cleo")
    await members.caught_up(reading, BOB, 2)
    assert await missed(members, reading, BOB) == ["Cleo tells scene 3."]


async def test_catching_up_with_something_older_loses_nothing(members: Members, readings: Readings) -> None:
    reading = await read(readings, "ben", "cleo")
    await members.caught_up(reading, BOB, 3)
    await members.caught_up(reading, BOB, 1)
    assert await missed(members, reading, BOB) == []


async def test_the_sections_since_a_step_are_those_of_the_path(members: Members, readings: Readings) -> None:
    reading = await read(readings, "ben", "cleo")
    _, heard = await members.since(GUILD, reading, 2)
    assert [step.n for step, _, _ in heard] == [2, 3]
    with pytest.raises(NotASection):
        await members.since(GUILD, reading, 4)


async def test_a_bookmark_is_kept_and_the_same_again_takes_it_off(members: Members, readings: Readings) -> None:
    await read(readings, "ben")
    (step, _, _), kept = await members.bookmark(GUILD, CHANNEL, BOB)
    assert (step.n, kept) == (2, True)
    assert [each[1][0].n for each in await members.bookmarks(GUILD, BOB)] == [2]
    _, kept = await members.bookmark(GUILD, CHANNEL, BOB, (2, NOON))
    assert not kept
    assert await members.bookmarks(GUILD, BOB) == []


async def test_bookmarks_belong_to_one_member_and_one_server(members: Members, readings: Readings) -> None:
    await read(readings)
    await members.bookmark(GUILD, CHANNEL, BOB)
    assert await members.bookmarks(GUILD, ANN) == []
    assert await members.bookmarks(GUILD + 1, BOB) == []


async def test_only_a_section_of_the_path_can_be_bookmarked(members: Members, readings: Readings) -> None:
    await read(readings)
    with pytest.raises(NotASection):
        await members.bookmark(GUILD, CHANNEL, BOB, (7, NOON))
    await readings.back(GUILD, CHANNEL, Member(ANN))
    with pytest.raises(NothingRead):
        await members.bookmark(GUILD, CHANNEL, BOB)


async def test_a_bookmark_in_a_story_that_is_gone_is_left_out(members: Members, readings: Readings) -> None:
    await read(readings)
    await members.bookmark(GUILD, CHANNEL, BOB)
    readings._queries.library = Library([story("A", story_id="other")])
    assert await members.bookmarks(GUILD, BOB) == []
    readings._queries.library = Library([story("B")])
    assert await members.bookmarks(GUILD, BOB) == []


async def test_a_member_who_is_forgotten_leaves_votes_that_are_nobodys_where_they_are_decided(
    members: Members, readings: Readings, store: Store
) -> None:
    reading = await read(readings)
    await readings.press(GUILD, reading, 1, Member(BOB), "ben")
    await readings.press(GUILD, reading, 1, Member(ANN))
    await members.caught_up(reading, BOB, 1)
    await members.bookmark(GUILD, CHANNEL, BOB)
    await members.forget_member(BOB)
    presses = await store.read.presses(reading, 1)
    assert sorted((press.member < 0, press.pov) for press in presses) == [(False, None), (True, "ben")]
    assert len(await missed(members, reading, BOB)) == 2
    assert await members.bookmarks(GUILD, BOB) == []


async def test_nobody_votes_twice_by_being_forgotten_in_between(members: Members, readings: Readings) -> None:
    reading = await read(readings)
    for _ in range(3):
        await readings.press(GUILD, reading, 1, Member(BOB), "ben")
        await members.forget_member(BOB)
    page = await readings._queries.where(GUILD, CHANNEL)
    assert page.ballot
    assert page.ballot.presses == ()


async def test_a_section_of_an_earlier_reading_cannot_be_bookmarked(members: Members, readings: Readings) -> None:
    await read(readings)
    with pytest.raises(NotASection):
        await members.bookmark(GUILD, CHANNEL, BOB, (1, NOON - timedelta(hours=1)))


async def test_where_nothing_was_read_nothing_was_missed(members: Members, readings: Readings) -> None:
    reading = await read(readings)
    await readings.back(GUILD, CHANNEL, Member(ANN))
    with pytest.raises(NothingRead):
        await members.missed(GUILD, reading, BOB)


async def test_nobody_waits_for_a_member_who_is_forgotten(members: Members, readings: Readings) -> None:
    reading = await read(readings)
    await readings.press(GUILD, reading, 1, Member(BOB), "ben")
    turn = await readings.press(GUILD, reading, 1, Member(ANN))
    assert isinstance(turn, Turn)
    await members.forget_member(BOB)
    assert isinstance(await readings.press(GUILD, reading, 2, Member(ANN)), Turn)


async def test_who_began_is_forgotten_too(members: Members, readings: Readings) -> None:
    await read(readings)
    await members.forget_member(ANN)
    page = await readings._queries.where(GUILD, CHANNEL)
    assert page.reading.started_by == 0
    assert page.step.by is None


async def test_a_server_that_is_forgotten_leaves_nothing(members: Members, readings: Readings, store: Store) -> None:
    reading = await read(readings)
    await readings.press(GUILD, reading, 1, Member(BOB), "ben")
    await members.bookmark(GUILD, CHANNEL, BOB)
    await members.forget_guild(GUILD)
    with pytest.raises(NoReading):
        await readings._queries.where(GUILD, CHANNEL)
    for table in ("reading", "step", "press", "deadline", "bookmark", "caught_up"):
        [(count,)] = await store.read._rows(f"SELECT count(*) FROM {table}")  # noqa: S608
        assert (table, count) == (table, 0)


async def test_a_server_that_removed_the_bot_is_forgotten_after_thirty_days(
    members: Members, readings: Readings, clock: Clock
) -> None:
    await read(readings)
    await members.departed(GUILD)
    clock.move(timedelta(days=29).total_seconds())
    await members.forget_departed()
    assert await readings._queries.where(GUILD, CHANNEL)
    clock.move(timedelta(days=1).total_seconds())
    await members.forget_departed()
    with pytest.raises(NoReading):
        await readings._queries.where(GUILD, CHANNEL)


async def test_a_server_that_takes_the_bot_back_is_not_forgotten(
    members: Members, readings: Readings, clock: Clock
) -> None:
    await read(readings)
    await members.departed(GUILD)
    await members.returned(GUILD)
    clock.move(timedelta(days=31).total_seconds())
    await members.forget_departed()
    assert await readings._queries.where(GUILD, CHANNEL)


async def test_what_servers_did_while_the_bot_was_off_is_noticed(
    members: Members, readings: Readings, store: Store, clock: Clock
) -> None:
    await read(readings)
    await members.notice_servers([])
    clock.move(10)
    await members.notice_servers([])
    assert await store.read.departed(clock()) == {GUILD}
    await members.notice_servers([GUILD])
    assert await store.read.departed(clock()) == set()


async def test_notes_are_kept(members: Members) -> None:
    assert await members.note("commands") is None
    await members.keep_note("commands", "1")
    await members.keep_note("commands", "2")
    assert await members.note("commands") == "2"
