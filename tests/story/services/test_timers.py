"""What came due and was set to another time before it was carried out."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from story.rules.presses import Member
from story.rules.settings import Settings
from story.rules.timer import Timer, TimerKind
from story.services.container import Services
from story.services.dates import Plan
from story.services.library import Library
from story.store import open_store

GUILD, CHANNEL, HOST = 1, 2, 3


async def test_a_date_that_is_moved_while_it_comes_due_keeps_its_new_timers(tmp_path: Path) -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    async with open_store(tmp_path / "dates.db") as store:
        services = Services.of(store, Library([]), lambda: now, Settings())
        await services.dates.make(GUILD, CHANNEL, HOST, Plan("in 1 hour", "UTC"))
        now += timedelta(hours=2)
        reminder, date = await store.read.due(now, 10)
        await services.dates.move(GUILD, CHANNEL, Member(HOST), "in 5 hours")
        await services.dates.remind(reminder)
        await services.dates.come(date)
        [moved] = await store.read.dates_of(GUILD)
        assert await store.read.timer(TimerKind.REMINDER, moved.id) == moved.remind_at
        assert await store.read.timer(TimerKind.DATE, moved.id) == moved.at


async def test_a_delivery_whose_next_try_was_put_off_is_not_tried_before(tmp_path: Path) -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    async with open_store(tmp_path / "deliveries.db") as store:
        services = Services.of(store, Library([]), lambda: now, Settings())
        later = Timer(TimerKind.DELIVERY, 1, GUILD, now + timedelta(hours=1))
        async with store.transaction() as tx:
            await tx.set_timer(later)
        await services.deliveries.retry(Timer(TimerKind.DELIVERY, 1, GUILD, now))
        assert await store.read.timer(TimerKind.DELIVERY, 1) == later.at
