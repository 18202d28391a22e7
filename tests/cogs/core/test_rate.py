import asyncio
import time

from cogs.core.rate import Rate

SOON = 0.1


async def passed(rate: Rate) -> int:
    """How many may pass within a moment."""
    count = 0

    async def go_on() -> None:
        nonlocal count
        while True:
            async with rate:
                count += 1

    going = asyncio.create_task(go_on())
    await asyncio.wait([going], timeout=SOON)
    going.cancel()
    return count


async def test_one_process_has_the_whole_rate() -> None:
    assert 20 <= await passed(Rate(20, lambda: 1)) <= 23


async def test_several_processes_have_a_share_each() -> None:
    assert 10 <= await passed(Rate(20, lambda: 2)) <= 12


async def test_a_share_is_renewed_when_a_process_comes() -> None:
    processes = 1
    rate = Rate(20, lambda: processes)
    await passed(rate)
    processes = 20
    assert await passed(rate) == 1


async def test_many_processes_may_have_less_than_one_a_second_each() -> None:
    rate, began = Rate(20, lambda: 25), time.monotonic()
    for _ in range(2):
        await rate.acquire()
    assert 1.2 < time.monotonic() - began < 1.5
