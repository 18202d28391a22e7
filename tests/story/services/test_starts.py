from datetime import timedelta

from story.services.container import Services
from story.services.starts import FREE, LONGEST
from tests.builders import Clock


async def test_a_few_starts_in_a_row_need_no_pause(services: Services) -> None:
    for times in range(1, FREE + 1):
        assert await services.starts.note() == (times, timedelta())


async def test_a_bot_that_is_ended_again_and_again_starts_less_and_less_often(services: Services, clock: Clock) -> None:
    pauses = []
    for _ in range(FREE + 6):
        _, pause = await services.starts.note()
        pauses.append(pause.total_seconds())
    assert pauses[FREE:] == [1, 2, 4, 8, 16, 32]


async def test_what_starts_without_an_end_keeps_to_what_discord_allows_a_day(services: Services, clock: Clock) -> None:
    began, starts = clock.time, 0
    while clock.time < began + timedelta(days=1):
        _, pause = await services.starts.note()
        assert pause <= LONGEST
        clock.move(pause.total_seconds() + 1)
        starts += 1
    assert starts < 500


async def test_an_hour_later_nothing_is_held_against_it(services: Services, clock: Clock) -> None:
    for _ in range(FREE * 2):
        await services.starts.note()
    clock.move(3600)
    assert await services.starts.note() == (1, timedelta())
