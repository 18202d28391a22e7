"""What becomes of what Discord is to show: done, tried again, or on hold."""

import pytest

from story.rules.delivery import HELD_FOR, DeliveryFailure, DeliveryKind, pause
from story.rules.page import Page
from story.rules.presses import Member
from story.services.container import Services
from story.store import Commit
from tests.builders import Clock
from tests.databases import said_to_database
from tests.story.room import (
    ANN,
    CHANNEL,
    GUILD,
    after,
    begun,
    carried_out,
    comes_due,
    page_now,
    post,
    press,
    read_on,
    shown,
    waiting,
)


@pytest.fixture
def commits(services: Services) -> list[Commit]:
    """What those are told of who carry out deliveries."""
    told: list[Commit] = []
    services.store.subscribe(told.append)
    return told


async def failed(services: Services, failure: DeliveryFailure, times: int = 1) -> None:
    """Have Discord not take the section that waits."""
    for _ in range(times):
        [section] = await waiting(services, DeliveryKind.SECTION)
        await services.deliveries.failed(section, failure)


async def started(services: Services) -> Page:
    """A page that is committed, and has yet to be posted."""
    return (await services.readings.start(GUILD, CHANNEL, ANN, "tale")).page


# ---- written and carried out


async def test_what_is_to_be_shown_is_written_with_what_causes_it(services: Services, commits: list[Commit]) -> None:
    page = await started(services)
    [section] = await waiting(services)
    assert (section.kind, section.subject, section.n, section.channel) == (
        DeliveryKind.SECTION,
        page.reading.id,
        1,
        CHANNEL,
    )
    assert commits[-1].deliveries == (section,)


async def test_what_has_been_shown_is_to_be_shown_no_longer(services: Services) -> None:
    await begun(services)
    assert await waiting(services) == []


async def test_what_is_shown_together_is_written_down_together(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    await started(services)
    await services.deliveries.look_for(GUILD, CHANNEL)
    pending = await waiting(services)
    said = said_to_database(monkeypatch)
    await carried_out(services, *pending)
    assert [statement.split()[1] for statement in said] == ["DELETE"]
    assert await waiting(services) == []


async def test_deliveries_are_pending_in_the_order_they_were_written_in(services: Services) -> None:
    turn = await begun(services)
    await press(services, turn, ANN)
    await services.deliveries.look_for(GUILD, CHANNEL)
    pending = await services.deliveries.pending()
    assert [each.kind for each in pending] == [DeliveryKind.SECTION, DeliveryKind.CLOSED, DeliveryKind.CHANNEL]
    assert [each.id for each in pending] == sorted(each.id for each in pending)


async def test_the_message_that_a_section_stands_as_is_kept(services: Services) -> None:
    page = await started(services)
    assert await services.queries.message_of(page) is None
    await post(services, page)
    assert await services.queries.message_of(page) == 1001


# ---- not taken


@pytest.mark.parametrize("failure", [DeliveryFailure.FORBIDDEN, DeliveryFailure.GONE, DeliveryFailure.REFUSED])
async def test_what_discord_refuses_is_on_hold_with_its_reason_and_tried_again_after_a_day(
    services: Services, clock: Clock, commits: list[Commit], failure: DeliveryFailure
) -> None:
    await started(services)
    await failed(services, failure)
    [held] = await services.queries.failures(GUILD)
    assert (held.failure, held.attempts) == (failure, 1)
    assert (await page_now(services)).step.failure is failure
    assert await services.schedule.next_due() == clock() + HELD_FOR
    await comes_due(services, HELD_FOR.total_seconds())
    assert commits[-1].retried == (held.id,)


async def test_what_could_not_be_reached_is_tried_again_after_a_pause_that_grows(
    services: Services, clock: Clock, commits: list[Commit]
) -> None:
    await started(services)
    for attempts in range(1, 12):
        await failed(services, DeliveryFailure.UNREACHABLE)
        assert await services.schedule.next_due() == clock() + pause(attempts)
        await comes_due(services, pause(attempts).total_seconds())
        assert len(commits[-1].retried) == 1
        assert await services.schedule.next_due() is None


async def test_a_try_that_was_put_off_meanwhile_is_not_made_at_once(services: Services, commits: list[Commit]) -> None:
    await started(services)
    await failed(services, DeliveryFailure.UNREACHABLE)
    after(services, 2)
    [due] = await services.store.read.due(services.clock(), 10)
    await failed(services, DeliveryFailure.UNREACHABLE)
    await services.deliveries.retry(due)
    assert commits[-1].retried == ()


async def test_there_is_no_failure_any_more_once_the_section_is_posted(services: Services) -> None:
    page = await started(services)
    await failed(services, DeliveryFailure.UNREACHABLE)
    await post(services, page)
    assert (await page_now(services)).step.failure is None
    assert await services.queries.failures(GUILD) == []
    assert await services.schedule.next_due() is None


async def test_what_comes_due_under_a_section_is_arranged_once_it_could_be_posted(services: Services) -> None:
    page = await started(services)
    await press_early(services, page)
    await failed(services, DeliveryFailure.FORBIDDEN)
    await comes_due(services, 60)
    assert (await page_now(services)).step.n == 1
    await post(services, page)
    await services.votes.next(GUILD, CHANNEL, Member(ANN), "ben")
    assert (await page_now(services)).deadline


async def press_early(services: Services, page: Page) -> None:
    """Have a vote kept before the page is posted, as a button that came before its mark has it."""
    await services.votes.press(GUILD, page.reading.id, 1, Member(ANN), "ben")


async def test_another_failure_than_a_sections_is_no_failure_of_the_page(services: Services) -> None:
    await begun(services)
    await services.deliveries.look_for(GUILD, CHANNEL)
    [look] = await waiting(services)
    await services.deliveries.failed(look, DeliveryFailure.GONE)
    assert (await page_now(services)).step.failure is None
    assert await services.queries.failures(GUILD + 1) == []


async def test_a_failure_is_told_to_whoever_looks_at_the_page(services: Services) -> None:
    page = await started(services)
    services.queries.cache.remember(page)
    await failed(services, DeliveryFailure.FORBIDDEN)
    shown_now = await services.queries.shown(page.reading.id)
    assert shown_now
    assert shown_now.step.failure is DeliveryFailure.FORBIDDEN


# ---- threads


async def test_each_section_has_a_thread_opened_and_the_one_of_two_before_archived(services: Services) -> None:
    await services.settings.change(GUILD, None, discuss=True)
    turn = await read_on(services, await begun(services), "ben", "cleo")
    threads = await waiting(services, DeliveryKind.THREAD, DeliveryKind.ARCHIVE)
    assert [(each.kind, each.n, each.target) for each in threads] == [
        (DeliveryKind.THREAD, 1, 1001),
        (DeliveryKind.THREAD, 2, 1002),
        (DeliveryKind.THREAD, 3, 1003),
        (DeliveryKind.ARCHIVE, None, 1001),
    ]
    assert turn.page.step.n == 3


async def test_without_the_setting_or_a_section_or_a_server_there_is_no_thread(services: Services) -> None:
    await begun(services)
    await services.settings.change(GUILD, None, discuss=True)
    await begun(services, "fork", 11)
    await services.settings.change(-5, None, discuss=True)
    alone = await services.readings.start(-5, 5, ANN, "tale")
    await post(services, alone.page)
    assert await waiting(services, DeliveryKind.THREAD) == []


async def test_a_section_posted_again_further_down_has_no_second_thread(services: Services) -> None:
    await services.settings.change(GUILD, None, discuss=True)
    turn = await begun(services)
    await shown(services)
    await services.asides.move(GUILD, 12, turn.page.reading.id)
    await post(services, await page_now(services, 12))
    assert await waiting(services, DeliveryKind.THREAD) == []


async def test_a_section_before_whose_thread_was_never_opened_has_none_archived(services: Services) -> None:
    await services.settings.change(GUILD, None, discuss=True)
    turn = await read_on(services, await begun(services), "ben")
    async with services.store.transaction() as tx:
        await tx._rows("UPDATE step SET message = NULL WHERE n = 1")
    await read_on(services, turn, "cleo")
    assert await waiting(services, DeliveryKind.ARCHIVE) == []
