import asyncio
from datetime import timedelta

import pytest

from story.errors import NoReading, NotASection, NothingRead
from story.rules.page import Turn
from story.rules.presses import Member
from story.services.container import Services
from tests.builders import NOON, story
from tests.story.room import ANN, BOB, CHANNEL, GUILD, ballot_now, begun, edit, page_now, read_on


async def read(services: Services, *votes: str) -> int:
    """Have Ann begin and read on through these POVs; return the reading's number."""
    return (await read_on(services, await begun(services), *votes)).page.reading.id


async def missed(services: Services, reading: int, member: int) -> list[str]:
    _, heard = await services.members.missed(GUILD, reading, member)
    return [section.text for _, _, section in heard]


async def test_whoever_was_never_there_has_missed_everything(services: Services) -> None:
    reading = await read(services, "ben")
    assert await missed(services, reading, BOB) == ["Anna tells scene 1."]  # the page that is open spoils nothing


async def test_whoever_pressed_something_under_a_section_has_not_missed_it(services: Services) -> None:
    reading = await read(services, "ben", "cleo")
    assert await missed(services, reading, ANN) == []


async def test_whoever_has_caught_up_has_missed_what_came_later(services: Services) -> None:
    reading = await read(services, "ben", "cleo")
    await services.members.caught_up(reading, BOB, 1)
    assert await missed(services, reading, BOB) == ["Ben tells scene 2."]


async def test_catching_up_with_something_older_loses_nothing(services: Services) -> None:
    reading = await read(services, "ben", "cleo")
    await services.members.caught_up(reading, BOB, 3)
    await services.members.caught_up(reading, BOB, 1)
    assert await missed(services, reading, BOB) == []


async def test_whoever_catches_up_with_a_reading_that_is_forgotten_meanwhile_leaves_nothing(services: Services) -> None:
    reading = await read(services)
    await services.members.forget_guild(GUILD)
    await services.members.caught_up(reading, BOB, 1)
    assert await services.store.read.read_to(reading, BOB) == 0


async def test_a_bookmark_in_a_reading_that_is_forgotten_meanwhile_is_refused(services: Services) -> None:
    await read(services)
    done = await asyncio.gather(
        services.members.forget_guild(GUILD),
        services.members.bookmark(GUILD, CHANNEL, BOB),
        return_exceptions=True,
    )
    assert isinstance(done[1], NoReading)


async def test_the_sections_since_a_step_are_those_of_the_path(services: Services) -> None:
    reading = await read(services, "ben", "cleo")
    _, heard = await services.members.since(GUILD, reading, 2)
    assert [step.n for step, _, _ in heard] == [2]
    with pytest.raises(NotASection):
        await services.members.since(GUILD, reading, 3)


async def test_a_bookmark_is_kept_and_the_same_again_takes_it_off(services: Services) -> None:
    await read(services, "ben")
    (step, _, _), kept = await services.members.bookmark(GUILD, CHANNEL, BOB)
    assert (step.n, kept) == (2, True)
    assert [each[1][0].n for each in await services.members.bookmarks(GUILD, BOB)] == [2]
    _, kept = await services.members.bookmark(GUILD, CHANNEL, BOB, (2, NOON))
    assert not kept
    assert await services.members.bookmarks(GUILD, BOB) == []


async def test_bookmarks_belong_to_one_member_and_one_server(services: Services) -> None:
    await read(services)
    await services.members.bookmark(GUILD, CHANNEL, BOB)
    assert await services.members.bookmarks(GUILD, ANN) == []
    assert await services.members.bookmarks(GUILD + 1, BOB) == []


async def test_only_a_section_of_the_path_can_be_bookmarked(services: Services) -> None:
    await read(services)
    with pytest.raises(NotASection):
        await services.members.bookmark(GUILD, CHANNEL, BOB, (7, NOON))
    await services.readings.back(GUILD, CHANNEL, Member(ANN))
    with pytest.raises(NothingRead):
        await services.members.bookmark(GUILD, CHANNEL, BOB)


async def test_a_bookmark_in_a_story_that_is_gone_is_left_out(services: Services) -> None:
    await read(services)
    await services.members.bookmark(GUILD, CHANNEL, BOB)
    edit(services, story("A", story_id="other"))
    assert await services.members.bookmarks(GUILD, BOB) == []
    edit(services, story("B"))
    assert await services.members.bookmarks(GUILD, BOB) == []


async def test_a_member_who_is_forgotten_leaves_votes_that_are_nobodys_where_they_are_decided(
    services: Services,
) -> None:
    reading = await read(services)
    await services.votes.press(GUILD, reading, 1, Member(BOB), "ben")
    await services.votes.press(GUILD, reading, 1, Member(ANN))
    await services.members.caught_up(reading, BOB, 1)
    await services.members.bookmark(GUILD, CHANNEL, BOB)
    await services.members.forget_member(BOB)
    gathered = await services.store.read.gather(reading, 1)
    assert gathered
    assert sorted((press.member < 0, press.pov) for press in gathered.presses) == [(False, None), (True, "ben")]
    assert len(await missed(services, reading, BOB)) == 1
    assert await services.members.bookmarks(GUILD, BOB) == []


async def test_nobody_votes_twice_by_being_forgotten_in_between(services: Services) -> None:
    reading = await read(services)
    for _ in range(3):
        await services.votes.press(GUILD, reading, 1, Member(BOB), "ben")
        await services.members.forget_member(BOB)
    assert list((await ballot_now(services)).presses) == []


async def test_a_section_of_an_earlier_reading_cannot_be_bookmarked(services: Services) -> None:
    await read(services)
    with pytest.raises(NotASection):
        await services.members.bookmark(GUILD, CHANNEL, BOB, (1, NOON - timedelta(hours=1)))


async def test_where_nothing_was_read_nothing_was_missed(services: Services) -> None:
    reading = await read(services)
    await services.readings.back(GUILD, CHANNEL, Member(ANN))
    with pytest.raises(NothingRead):
        await services.members.missed(GUILD, reading, BOB)


async def test_nobody_waits_for_a_member_who_is_forgotten(services: Services) -> None:
    reading = await read(services)
    await services.votes.press(GUILD, reading, 1, Member(BOB), "ben")
    turn = await services.votes.press(GUILD, reading, 1, Member(ANN))
    assert isinstance(turn, Turn)
    await services.members.forget_member(BOB)
    assert isinstance(await services.votes.press(GUILD, reading, 2, Member(ANN)), Turn)


async def test_who_began_is_forgotten_too(services: Services) -> None:
    await read(services)
    await services.members.forget_member(ANN)
    page = await page_now(services)
    assert page.reading.started_by == 0
    assert page.step.by is None


async def test_notes_are_kept(services: Services) -> None:
    assert await services.members.note("commands") is None
    await services.members.keep_note("commands", "1")
    await services.members.keep_note("commands", "2")
    assert await services.members.note("commands") == "2"
