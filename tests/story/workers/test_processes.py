import asyncio
import os
import time

import pytest

from story.importing import BrokenStoryError, Mistake
from story.workers.processes import Processes, WorkerLostError
from tests.story.workers import calls


async def test_a_call_is_carried_out_in_another_process_and_the_next_in_the_same() -> None:
    async with Processes() as workers:
        first = await workers.run(os.getpid)
        assert first != os.getpid()
        assert await workers.run(os.getpid) == first


async def test_what_a_call_raises_is_raised_as_it_was() -> None:
    async with Processes() as workers:
        with pytest.raises(BrokenStoryError) as raised:
            await workers.run(calls.refuse)
        assert raised.value.mistakes == (Mistake(calls.FILE, 3, "no"),)
        assert str(raised.value) == "tale.md:3: no"


async def test_an_error_that_cannot_be_handed_over_is_named() -> None:
    async with Processes() as workers:
        with pytest.raises(RuntimeError, match="OddError"):
            await workers.run(calls.raise_odd)


async def test_a_call_that_is_cancelled_ends_with_its_process() -> None:
    async with Processes() as workers:
        pid = await workers.run(os.getpid)
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.1):
                await workers.run(time.sleep, 60)
        assert await workers.run(os.getpid) != pid


async def test_a_worker_that_ends_without_an_answer_is_no_end_of_the_others() -> None:
    async with Processes() as workers:
        with pytest.raises(WorkerLostError):
            await workers.run(os._exit, 1)
        assert await workers.run(len, "four") == 4


async def test_a_worker_with_nothing_to_do_is_ended() -> None:
    async with Processes(idle=0) as workers:
        await workers.run(len, "")
        [dropping] = workers._ending.values()
        while not dropping.cancelled() and workers._free:  # noqa: ASYNC110 - a timer has no event
            await asyncio.sleep(0)
        assert workers._ending == {}


async def test_two_calls_at_a_time_are_in_two_processes() -> None:
    async with Processes() as workers:
        pids = await asyncio.gather(workers.run(os.getpid), workers.run(os.getpid))
        assert len(set(pids)) == 2


async def test_a_worker_knows_no_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "secret")
    async with Processes() as workers:
        assert await workers.run(os.getenv, "DISCORD_TOKEN") is None


async def test_what_it_prints_is_no_answer() -> None:
    async with Processes() as workers:
        await workers.run(print, "hello")
        assert await workers.run(len, "four") == 4
