"""What is wrong in a server is told once, and is over when it is."""

from dataclasses import replace

from story.rules.delivery import Delivery, DeliveryFailure, DeliveryKind
from story.rules.timer import Timer, TimerKind
from story.rules.trouble import TroubleKind, Why
from story.services.container import Services
from tests.builders import story
from tests.story.room import ANN, CHANNEL, GUILD, OTHER_CHANNEL, begun, comes_due, edit, page_now, waiting

LOG = 99


async def lines(services: Services) -> list[tuple[str, str]]:
    """What the log channel is told, by what is wrong and why."""
    found = await waiting(services, DeliveryKind.LOG)
    assert {each.channel for each in found} <= {LOG}
    return [(each.data["trouble"], each.data["why"]) for each in found]


async def with_log(services: Services) -> None:
    await services.settings.change(GUILD, None, log=LOG)


async def refused(services: Services, kind: DeliveryKind, channel: int = CHANNEL) -> Delivery:
    """Have Discord refuse a delivery; return it as it is then."""
    async with services.store.transaction() as tx:
        await tx.deliver(services.clock(), Delivery(kind, GUILD, channel, 1))
    delivery = next(each for each in await waiting(services, kind) if each.channel == channel and not each.attempts)
    await services.deliveries.failed(delivery, DeliveryFailure.FORBIDDEN)
    return replace(delivery, attempts=1, failure=DeliveryFailure.FORBIDDEN)


async def test_each_track_of_a_channel_is_told_of_once(services: Services) -> None:
    await with_log(services)
    for kind in (DeliveryKind.NOTICE, DeliveryKind.NOTICE, DeliveryKind.THREAD, DeliveryKind.EVENT):
        await refused(services, kind)
    await refused(services, DeliveryKind.NOTICE, OTHER_CHANNEL)
    assert await lines(services) == [
        ("messages", "forbidden"),
        ("threads", "forbidden"),
        ("events", "forbidden"),
        ("messages", "forbidden"),
    ]


async def test_what_discord_takes_after_all_is_over(services: Services) -> None:
    await with_log(services)
    await services.deliveries.done(await refused(services, DeliveryKind.NOTICE))
    await refused(services, DeliveryKind.NOTICE)
    assert len(await lines(services)) == 2


async def test_what_passes_by_waiting_is_not_told(services: Services) -> None:
    await with_log(services)
    await begun(services)
    async with services.store.transaction() as tx:
        await tx.deliver(services.clock(), Delivery(DeliveryKind.NOTICE, GUILD, CHANNEL, 1))
    [notice] = await waiting(services, DeliveryKind.NOTICE)
    await services.deliveries.failed(notice, DeliveryFailure.UNREACHABLE)
    assert await lines(services) == []
    await services.deliveries.done(replace(notice, failure=DeliveryFailure.UNREACHABLE))


async def test_the_log_channel_is_not_told_of_itself(services: Services) -> None:
    await with_log(services)
    await refused(services, DeliveryKind.NOTICE)
    [line] = await waiting(services, DeliveryKind.LOG)
    await services.deliveries.failed(line, DeliveryFailure.FORBIDDEN)
    assert len(await waiting(services, DeliveryKind.LOG)) == 1
    status = await services.troubles.status(GUILD)
    assert [(each.channel, each.why) for each in status.troubles] == [(CHANNEL, "forbidden"), (LOG, "forbidden")]
    await services.deliveries.done(replace(line, attempts=1, failure=DeliveryFailure.FORBIDDEN))


async def test_without_a_log_channel_nothing_is_told(services: Services) -> None:
    await refused(services, DeliveryKind.NOTICE)
    assert await lines(services) == []


async def test_direct_messages_have_no_log(services: Services) -> None:
    async with services.store.transaction() as tx:
        await tx.deliver(services.clock(), Delivery(DeliveryKind.NOTICE, -CHANNEL, CHANNEL, 1))
    [notice] = await waiting(services, DeliveryKind.NOTICE)
    await services.deliveries.failed(notice, DeliveryFailure.FORBIDDEN)
    async with services.store.transaction() as tx:
        assert await tx.channels_in_trouble(TroubleKind.MESSAGES) == set()


async def test_a_reading_that_cannot_go_on_is_told_once_for_each_place(services: Services) -> None:
    await with_log(services)
    turn = await begun(services)
    edit(services, story("A", "AB", "ABC", "A"), story("AB", story_id="fork"))
    await services.troubles.look_over()
    assert await lines(services) == []
    edit(services)
    for _ in range(2):
        await services.troubles.look_over()
    assert await lines(services) == [("story", "gone")]
    assert (await services.troubles.of(turn.page.reading)).why is Why.GONE  # type: ignore[union-attr] # it is there


async def test_what_is_held_is_not_taken_for_mended(services: Services) -> None:
    await with_log(services)
    await services.readings.start(GUILD, CHANNEL, ANN, "tale")
    [section] = await waiting(services, DeliveryKind.SECTION)
    await services.deliveries.failed(section, DeliveryFailure.FORBIDDEN)
    edit(services)
    await services.troubles.look_over()
    edit(services, story("A", "AB", "ABC", "A"))
    await services.troubles.look_over()
    async with services.store.transaction() as tx:
        assert await tx.channels_in_trouble(TroubleKind.STORY) == {CHANNEL}


async def test_a_channel_that_is_gone_is_in_no_trouble_and_is_no_log_channel(services: Services) -> None:
    await services.settings.change(GUILD, None, log=CHANNEL, home=CHANNEL)
    await refused(services, DeliveryKind.NOTICE)
    await services.readings.lose_channel(GUILD, CHANNEL)
    settings = await services.queries.settings(GUILD)
    assert (settings.log, settings.home) == (None, None)
    async with services.store.transaction() as tx:
        assert await tx.channels_in_trouble(TroubleKind.MESSAGES) == set()


async def test_the_status_has_every_reading_with_its_page(services: Services) -> None:
    await begun(services)
    status = await services.troubles.status(GUILD)
    assert [(reading.channel, page) for reading, page in status.readings] == [(CHANNEL, await page_now(services))]
    assert (status.troubles, status.log) == ((), None)


async def due(services: Services, reading: int) -> None:
    """Have the ballot of a reading be due."""
    async with services.store.transaction() as tx:
        await tx.set_timer(Timer(TimerKind.BALLOT, reading, GUILD, services.clock()))
    await comes_due(services)


async def test_a_ballot_that_is_due_under_a_page_on_hold_is_told_with_that_page_alone(services: Services) -> None:
    await with_log(services)
    turn = await services.readings.start(GUILD, CHANNEL, ANN, "tale")
    [section] = await waiting(services, DeliveryKind.SECTION)
    await services.deliveries.failed(section, DeliveryFailure.FORBIDDEN)
    await due(services, turn.page.reading.id)
    assert await lines(services) == [("messages", "forbidden")]


async def test_a_reading_that_is_gone_when_it_is_due_troubles_nobody(services: Services) -> None:
    await with_log(services)
    await due(services, 999)
    assert await lines(services) == []


async def test_a_reading_whose_channel_is_not_age_restricted_any_more_is_told_once(services: Services) -> None:
    await with_log(services)
    reading = (await begun(services)).page.reading
    await services.readings.hold(reading.id, held=True)
    await services.troubles.look_over()
    async with services.store.transaction() as tx:
        await tx.deliver(services.clock(), Delivery(DeliveryKind.SECTION, GUILD, CHANNEL, reading.id, 2))
    [section] = await waiting(services, DeliveryKind.SECTION)
    await services.deliveries.failed(section, DeliveryFailure.AGE)
    assert await lines(services) == [("story", "age")]
    found = (await services.troubles.status(GUILD)).troubles
    assert {each.why for each in found} == {"age"}
    await services.readings.hold(reading.id, held=False)
    await services.readings.hold(reading.id, held=True)
    assert len(await lines(services)) == 2
