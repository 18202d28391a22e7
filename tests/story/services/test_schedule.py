"""What is due is carried out one by one, and one that fails holds up nobody."""

from datetime import timedelta

import pytest

from story.errors import NoReading, NotKeptError
from story.rules.shards import Shards, shard_of
from story.rules.timer import Timer, TimerKind
from story.services.container import Services
from story.services.schedule import AFTER_FAILURE, MOST, NOT_KEPT, Schedule
from tests.builders import NOON, Clock
from tests.story.room import GUILD, after


def timers(*subjects: int, kind: TimerKind = TimerKind.DATE) -> list[Timer]:
    return [Timer(kind, subject, GUILD, NOON + timedelta(seconds=subject)) for subject in subjects]


async def set_all(services: Services, *due: Timer) -> None:
    async with services.store.transaction() as tx:
        for timer in due:
            await tx.set_timer(timer)


@pytest.fixture
def carried_out() -> list[int]:
    return []


@pytest.fixture
def schedule(services: Services, clock: Clock, carried_out: list[int]) -> Schedule:
    """A schedule whose dates are noted and taken off, whose readings fail, and whose sessions are refused."""

    async def note(timer: Timer) -> None:
        carried_out.append(timer.subject)
        async with services.store.transaction() as tx:
            await tx.clear_timer(timer.kind, timer.subject)

    async def fail(_timer: Timer) -> None:
        raise RuntimeError

    async def refuse(_timer: Timer) -> None:
        raise NoReading

    handlers = {TimerKind.DATE: note, TimerKind.READING: fail, TimerKind.SESSION: refuse}
    return Schedule(services.store, clock, handlers)


async def test_what_is_due_is_carried_out_longest_due_first(
    services: Services, schedule: Schedule, carried_out: list[int]
) -> None:
    await set_all(services, *timers(3, 1, 2))
    await schedule.carry_out_due()
    assert carried_out == []
    after(services, 2)
    await schedule.carry_out_due()
    assert carried_out == [1, 2]
    assert await schedule.next_due() == NOON + timedelta(seconds=3)


@pytest.mark.parametrize("kind", [TimerKind.READING, TimerKind.SESSION])
async def test_one_that_fails_holds_up_nobody_and_is_put_off_a_minute(  # noqa: PLR0913, PLR0917 - fixtures
    services: Services,
    schedule: Schedule,
    carried_out: list[int],
    kind: TimerKind,
    clock: Clock,
    caplog: pytest.LogCaptureFixture,
) -> None:
    await set_all(services, *timers(1, kind=kind), *timers(2))
    after(services, 10)
    await schedule.carry_out_due()
    assert carried_out == [2]
    assert f"{kind} timer 1 " in caplog.text
    assert await schedule.next_due() == clock() + AFTER_FAILURE


async def test_one_that_the_database_does_not_take_is_tried_again_in_seconds(services: Services, clock: Clock) -> None:
    async def lost(_timer: Timer) -> None:
        raise NotKeptError(why="the connection is lost")

    schedule = Schedule(services.store, clock, {TimerKind.DATE: lost})
    await set_all(services, *timers(0))
    await schedule.carry_out_due()
    assert await schedule.next_due() == clock() + NOT_KEPT


async def test_one_that_fails_and_was_set_to_later_meanwhile_is_not_put_off_too(
    services: Services, clock: Clock
) -> None:
    later = NOON + timedelta(hours=1)

    async def move_and_fail(timer: Timer) -> None:
        await set_all(services, Timer(timer.kind, timer.subject, timer.guild, later))
        raise RuntimeError

    schedule = Schedule(services.store, clock, {TimerKind.DATE: move_and_fail})
    await set_all(services, *timers(0))
    await schedule.carry_out_due()
    assert await schedule.next_due() == later


async def test_of_very_many_the_rest_is_left_for_the_next_look(
    services: Services, schedule: Schedule, carried_out: list[int]
) -> None:
    await set_all(services, *timers(*range(MOST + 1)))
    after(services, 1000)
    await schedule.carry_out_due()
    assert len(carried_out) == MOST
    await schedule.carry_out_due()
    assert len(carried_out) == MOST + 1


async def test_every_kind_of_timer_has_somebody_who_carries_it_out(services: Services) -> None:
    assert set(services.schedule._handlers) == set(TimerKind)


async def test_nothing_is_due_where_nothing_was_begun(services: Services) -> None:
    assert await services.schedule.next_due() is None


async def test_only_what_is_due_in_the_servers_of_some_shards_is_carried_out_if_asked(
    services: Services, clock: Clock, schedule: Schedule, carried_out: list[int]
) -> None:
    await set_all(services, *timers(1))
    after(services, 2)
    number = shard_of(GUILD, 2)
    others = Shards(frozenset({1 - number}), 2)
    await schedule.carry_out_due(others)
    assert (carried_out, await schedule.next_due(others)) == ([], None)
    ours = Shards(frozenset({number}), 2)
    assert await schedule.next_due(ours) == NOON + timedelta(seconds=1)
    await schedule.carry_out_due(ours)
    assert carried_out == [1]
