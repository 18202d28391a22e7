from datetime import timedelta

import pytest

from story.rules.ballot import Member
from story.rules.delivery_failure import LONGEST, Snag, pause
from story.rules.page import Page, Turn
from story.services.readings import Narrator
from tests.builders import Clock
from tests.story.room import ANN, CHANNEL, GUILD, begun, press, told


async def turned(narrator: Narrator) -> Page:
    """Return a page that is committed, and has yet to be posted."""
    turn = await press(narrator, await begun(narrator), ANN)
    assert isinstance(turn, Turn)
    return turn.page


def test_the_pauses_grow_up_to_the_longest() -> None:
    pauses = [pause(tries) for tries in range(1, 100)]
    assert pauses == sorted(pauses)
    assert (pauses[0], pauses[-1]) == (timedelta(seconds=2), LONGEST)


@pytest.mark.parametrize("snag", [Snag.FORBIDDEN, Snag.GONE, Snag.REFUSED])
async def test_what_discord_does_not_take_is_not_tried_again_by_itself(narrator: Narrator, snag: Snag) -> None:
    assert await narrator.hold(await turned(narrator), snag) is None
    assert await narrator._pages.next_deadline() is None
    assert (await narrator._pages.where(GUILD, CHANNEL)).step.snag is snag


async def test_what_could_not_be_reached_is_tried_again_after_a_pause_that_grows(
    narrator: Narrator, clock: Clock
) -> None:
    page = await turned(narrator)
    at = await narrator.hold(page, Snag.UNREACHABLE)
    assert at == clock() + timedelta(seconds=2) == await narrator._pages.next_deadline()
    assert await narrator._pages.snagged() == []
    clock.move(2)
    assert await narrator._pages.snagged() == [(page.reading.id, 2)]
    turn = await narrator.try_again(page.reading.id, 2)
    assert turn
    assert (turn.page.step.n, turn.again) == (2, True)
    assert await narrator._pages.snagged() == []
    assert await narrator.hold(page, Snag.UNREACHABLE) == clock() + timedelta(seconds=4)


async def test_there_is_no_snag_any_more_once_the_page_is_posted(narrator: Narrator, clock: Clock) -> None:
    page = await turned(narrator)
    await narrator.hold(page, Snag.UNREACHABLE)
    await narrator.mark(page, 5)
    clock.move(60)
    assert await narrator._pages.snagged() == []
    assert (await narrator._pages.where(GUILD, CHANNEL)).step.snag is None
    assert await narrator.hold(page, Snag.UNREACHABLE) == clock() + timedelta(seconds=2)


async def test_what_is_posted_superseded_or_over_is_not_tried_again(narrator: Narrator) -> None:
    page = await turned(narrator)
    assert await narrator.try_again(99, 1) is None
    assert await narrator.try_again(page.reading.id, 1) is None
    await narrator.mark(page, 5)
    assert await narrator.try_again(page.reading.id, 2) is None
    await narrator.stop(GUILD, page.reading.id, 2, Member(ANN))
    assert await narrator.try_again(page.reading.id, 3) is None


async def test_nothing_is_due_in_a_reading_whose_page_could_not_be_posted(narrator: Narrator, clock: Clock) -> None:
    turn = await begun(narrator)
    await press(narrator, turn, ANN, "ben")
    await narrator.hold(turn.page, Snag.FORBIDDEN)
    clock.move(60)
    assert await narrator._pages.due() == []
    assert await narrator._pages.next_deadline() is None
    await told(narrator, turn)
    assert await narrator._pages.due() == [(turn.page.reading.id, 1)]
