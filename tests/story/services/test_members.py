from datetime import timedelta

import pytest

from story.errors import NoReading, NotASection, NothingRead
from story.rules.ballot import Member
from story.rules.page import Turn
from story.services.library import Shelf
from story.services.members import Keeper
from story.services.readings import Narrator
from story.store import Store
from tests.builders import NOON, Clock, story

GUILD, CHANNEL = 1, 10
ANN, BOB = 101, 102


@pytest.fixture
def keeper(store: Store, narrator: Narrator, clock: Clock) -> Keeper:
    return Keeper(store, narrator._pages, clock)


async def read(narrator: Narrator, *votes: str) -> int:
    """Have Ann begin and read on through these POVs; return the reading's number."""
    turn = await narrator.start(GUILD, CHANNEL, ANN, "tale")
    await narrator.mark(turn.page, 1000)
    reading = turn.page.reading.id
    for vote in votes:
        n = (await narrator._pages.where(GUILD, CHANNEL)).step.n
        turned = await narrator.press(GUILD, reading, n, Member(ANN), vote)
        if not isinstance(turned, Turn):
            turned = await narrator.press(GUILD, reading, n, Member(ANN))
        assert isinstance(turned, Turn)
        await narrator.mark(turned.page, 1000 + n)
    return reading


async def missed(keeper: Keeper, reading: int, member: int) -> list[str]:
    _, heard = await keeper.missed(GUILD, reading, member)
    return [section.text for _, _, section in heard]


async def test_whoever_was_never_there_has_missed_everything(keeper: Keeper, narrator: Narrator) -> None:
    reading = await read(narrator, "ben")
    assert await missed(keeper, reading, BOB) == ["Anna tells scene 1.", "Ben tells scene 2."]


async def test_whoever_pressed_something_under_a_section_has_not_missed_it(keeper: Keeper, narrator: Narrator) -> None:
    reading = await read(narrator, "ben", "cleo")
    assert await missed(keeper, reading, ANN) == ["Cleo tells scene 3."]


async def test_whoever_has_caught_up_has_missed_what_came_later(keeper: Keeper, narrator: Narrator) -> None:
    reading = await read(narrator, "ben", "cleo")
    await keeper.caught_up(reading, BOB, 2)
    assert await missed(keeper, reading, BOB) == ["Cleo tells scene 3."]


async def test_catching_up_with_something_older_loses_nothing(keeper: Keeper, narrator: Narrator) -> None:
    reading = await read(narrator, "ben", "cleo")
    await keeper.caught_up(reading, BOB, 3)
    await keeper.caught_up(reading, BOB, 1)
    assert await missed(keeper, reading, BOB) == []


async def test_the_sections_since_a_step_are_those_of_the_path(keeper: Keeper, narrator: Narrator) -> None:
    reading = await read(narrator, "ben", "cleo")
    _, heard = await keeper.since(GUILD, reading, 2)
    assert [step.n for step, _, _ in heard] == [2, 3]
    with pytest.raises(NotASection):
        await keeper.since(GUILD, reading, 4)


async def test_a_bookmark_is_kept_and_the_same_again_takes_it_off(keeper: Keeper, narrator: Narrator) -> None:
    await read(narrator, "ben")
    (step, _, _), kept = await keeper.bookmark(GUILD, CHANNEL, BOB)
    assert (step.n, kept) == (2, True)
    assert [each[1][0].n for each in await keeper.bookmarks(GUILD, BOB)] == [2]
    _, kept = await keeper.bookmark(GUILD, CHANNEL, BOB, (2, NOON))
    assert not kept
    assert await keeper.bookmarks(GUILD, BOB) == []


async def test_bookmarks_belong_to_one_member_and_one_server(keeper: Keeper, narrator: Narrator) -> None:
    await read(narrator)
    await keeper.bookmark(GUILD, CHANNEL, BOB)
    assert await keeper.bookmarks(GUILD, ANN) == []
    assert await keeper.bookmarks(GUILD + 1, BOB) == []


async def test_only_a_section_of_the_path_can_be_bookmarked(keeper: Keeper, narrator: Narrator) -> None:
    await read(narrator)
    with pytest.raises(NotASection):
        await keeper.bookmark(GUILD, CHANNEL, BOB, (7, NOON))
    await narrator.back(GUILD, CHANNEL, Member(ANN))
    with pytest.raises(NothingRead):
        await keeper.bookmark(GUILD, CHANNEL, BOB)


async def test_a_bookmark_in_a_story_that_is_gone_is_left_out(keeper: Keeper, narrator: Narrator) -> None:
    await read(narrator)
    await keeper.bookmark(GUILD, CHANNEL, BOB)
    narrator._pages.shelf = Shelf([story("A", story_id="other")])
    assert await keeper.bookmarks(GUILD, BOB) == []
    narrator._pages.shelf = Shelf([story("B")])
    assert await keeper.bookmarks(GUILD, BOB) == []


async def test_a_member_who_is_forgotten_leaves_votes_that_are_nobodys_where_they_are_decided(
    keeper: Keeper, narrator: Narrator, store: Store
) -> None:
    reading = await read(narrator)
    await narrator.press(GUILD, reading, 1, Member(BOB), "ben")
    await narrator.press(GUILD, reading, 1, Member(ANN))
    await keeper.caught_up(reading, BOB, 1)
    await keeper.bookmark(GUILD, CHANNEL, BOB)
    await keeper.forget_member(BOB)
    presses = await store.read.presses(reading, 1)
    assert sorted((press.member < 0, press.pov) for press in presses) == [(False, None), (True, "ben")]
    assert len(await missed(keeper, reading, BOB)) == 2
    assert await keeper.bookmarks(GUILD, BOB) == []


async def test_nobody_votes_twice_by_being_forgotten_in_between(keeper: Keeper, narrator: Narrator) -> None:
    reading = await read(narrator)
    for _ in range(3):
        await narrator.press(GUILD, reading, 1, Member(BOB), "ben")
        await keeper.forget_member(BOB)
    page = await narrator._pages.where(GUILD, CHANNEL)
    assert page.ballot
    assert page.ballot.presses == ()


async def test_a_section_of_an_earlier_reading_cannot_be_bookmarked(keeper: Keeper, narrator: Narrator) -> None:
    await read(narrator)
    with pytest.raises(NotASection):
        await keeper.bookmark(GUILD, CHANNEL, BOB, (1, NOON - timedelta(hours=1)))


async def test_where_nothing_was_read_nothing_was_missed(keeper: Keeper, narrator: Narrator) -> None:
    reading = await read(narrator)
    await narrator.back(GUILD, CHANNEL, Member(ANN))
    with pytest.raises(NothingRead):
        await keeper.missed(GUILD, reading, BOB)


async def test_nobody_waits_for_a_member_who_is_forgotten(keeper: Keeper, narrator: Narrator) -> None:
    reading = await read(narrator)
    await narrator.press(GUILD, reading, 1, Member(BOB), "ben")
    turn = await narrator.press(GUILD, reading, 1, Member(ANN))
    assert isinstance(turn, Turn)
    await keeper.forget_member(BOB)
    assert isinstance(await narrator.press(GUILD, reading, 2, Member(ANN)), Turn)


async def test_who_began_is_forgotten_too(keeper: Keeper, narrator: Narrator) -> None:
    await read(narrator)
    await keeper.forget_member(ANN)
    page = await narrator._pages.where(GUILD, CHANNEL)
    assert page.reading.started_by == 0
    assert page.step.by is None


async def test_a_server_that_is_forgotten_leaves_nothing(keeper: Keeper, narrator: Narrator, store: Store) -> None:
    reading = await read(narrator)
    await narrator.press(GUILD, reading, 1, Member(BOB), "ben")
    await keeper.bookmark(GUILD, CHANNEL, BOB)
    await keeper.forget_guild(GUILD)
    with pytest.raises(NoReading):
        await narrator._pages.where(GUILD, CHANNEL)
    for table in ("reading", "step", "press", "deadline", "bookmark", "caught_up"):
        [(count,)] = await store.read._rows(f"SELECT count(*) FROM {table}")  # noqa: S608
        assert (table, count) == (table, 0)


async def test_a_server_that_removed_the_bot_is_forgotten_after_thirty_days(
    keeper: Keeper, narrator: Narrator, clock: Clock
) -> None:
    await read(narrator)
    await keeper.departed(GUILD)
    clock.move(timedelta(days=29).total_seconds())
    await keeper.forget_departed()
    assert await narrator._pages.where(GUILD, CHANNEL)
    clock.move(timedelta(days=1).total_seconds())
    await keeper.forget_departed()
    with pytest.raises(NoReading):
        await narrator._pages.where(GUILD, CHANNEL)


async def test_a_server_that_takes_the_bot_back_is_not_forgotten(
    keeper: Keeper, narrator: Narrator, clock: Clock
) -> None:
    await read(narrator)
    await keeper.departed(GUILD)
    await keeper.returned(GUILD)
    clock.move(timedelta(days=31).total_seconds())
    await keeper.forget_departed()
    assert await narrator._pages.where(GUILD, CHANNEL)


async def test_what_servers_did_while_the_bot_was_off_is_noticed(
    keeper: Keeper, narrator: Narrator, store: Store, clock: Clock
) -> None:
    await read(narrator)
    await keeper.notice_servers([])
    clock.move(10)
    await keeper.notice_servers([])
    assert await store.read.departed(clock()) == {GUILD}
    await keeper.notice_servers([GUILD])
    assert await store.read.departed(clock()) == set()


async def test_notes_are_kept(keeper: Keeper) -> None:
    assert await keeper.note("commands") is None
    await keeper.keep_note("commands", "1")
    await keeper.keep_note("commands", "2")
    assert await keeper.note("commands") == "2"
