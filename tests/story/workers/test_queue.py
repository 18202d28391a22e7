import asyncio
import time
from collections.abc import Callable
from typing import Any, TypeVar

import pytest

from story.errors import TooBusy, TooHeavy
from story.workers.processes import Processes
from story.workers.queue import AT_ONCE, MOST, MOST_OF_MEMBER, MOST_OF_SERVER, Work

T = TypeVar("T")


class Held:
    """Workers that hold what they are given until it is let go; what was begun is written down in order."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self._gates: dict[str, asyncio.Event] = {}

    async def run(self, function: Callable[..., T], *arguments: Any) -> T:
        [name] = arguments
        self.begun.append(name)
        await self._gates.setdefault(name, asyncio.Event()).wait()
        return function(name)

    async def let_go(self, name: str) -> None:
        self._gates.setdefault(name, asyncio.Event()).set()
        await a_moment()


async def a_moment() -> None:
    for _ in range(10):
        await asyncio.sleep(0)


class Desk:
    """A queue before workers that hold what they are given."""

    def __init__(self) -> None:
        self.workers = Held()
        self.work = Work(self.workers)
        self.asked: list[asyncio.Task[str]] = []

    async def ask(self, server: int, member: int, name: str) -> None:
        self.asked.append(asyncio.create_task(self.work.do(server, member, str, name)))
        await a_moment()

    async def end(self) -> None:
        for each in self.asked:
            each.cancel()
        await asyncio.gather(*self.asked, return_exceptions=True)


async def test_what_is_asked_for_is_carried_out_in_a_thread_where_there_are_no_workers() -> None:
    assert await Work().do(1, 10, len, "four") == 4
    assert await Work().do_here(1, 10, len, "four") == 4


async def test_of_a_member_and_of_a_server_one_thing_is_worked_on_at_a_time() -> None:
    desk = Desk()
    for server, member, name in ((1, 10, "a"), (1, 11, "b"), (2, 10, "c"), (3, 12, "d"), (4, 13, "e")):
        await desk.ask(server, member, name)
    assert desk.workers.begun == ["a", "d"]
    assert len(desk.workers.begun) == AT_ONCE
    await desk.end()


async def test_whose_server_was_served_least_comes_next_and_within_it_who_was() -> None:
    desk = Desk()
    for server, member, name in (
        (1, 10, "a1"),
        (2, 20, "x"),
        (1, 10, "a2"),
        (1, 10, "a3"),
        (1, 11, "b1"),
        (3, 30, "c"),
    ):
        await desk.ask(server, member, name)
    await desk.workers.let_go("a1")
    await desk.workers.let_go("c")
    assert desk.workers.begun == ["a1", "x", "c", "b1"]
    await desk.workers.let_go("b1")
    assert desk.workers.begun[-1] == "a2"
    await desk.end()


async def test_no_more_of_a_member_waits_than_may() -> None:
    desk = Desk()
    for number in range(MOST_OF_MEMBER):
        await desk.ask(1, 10, str(number))
    with pytest.raises(TooBusy) as refused:
        await desk.work.do(2, 10, str, "one more")
    assert refused.value.yours
    assert desk.work.ahead(1, 11) == MOST_OF_MEMBER
    await desk.end()


async def test_no_more_of_a_server_waits_than_may_and_others_go_on() -> None:
    desk = Desk()
    for number in range(MOST_OF_SERVER):
        await desk.ask(1, number, str(number))
    with pytest.raises(TooBusy) as refused:
        desk.work.ahead(1, 1000)
    assert not refused.value.yours
    assert desk.work.ahead(2, 1000) == 0
    await desk.end()


async def test_no_more_waits_in_all_than_may() -> None:
    desk = Desk()
    for number in range(MOST):
        await desk.ask(number, number, str(number))
    with pytest.raises(TooBusy):
        desk.work.ahead(MOST, MOST)
    await desk.end()


async def test_who_waits_is_told_how_much_comes_before() -> None:
    desk = Desk()
    assert desk.work.ahead(1, 10) == 0
    for name in ("a", "b"):
        await desk.ask(1, 10, name)
    assert desk.work.ahead(1, 10) == 2
    assert desk.work.ahead(1, 11) == 2
    assert desk.work.ahead(2, 12) == 0
    await desk.ask(2, 12, "c")
    assert desk.work.ahead(3, 13) == 1
    await desk.end()


async def test_who_gives_up_waiting_leaves_the_queue() -> None:
    desk = Desk()
    for name in ("a", "b", "c"):
        await desk.ask(1, 10, name)
    desk.asked[1].cancel()
    await a_moment()
    await desk.workers.let_go("a")
    assert desk.workers.begun == ["a", "c"]
    await desk.end()


async def test_who_gives_up_in_the_moment_of_their_turn_leaves_it_to_the_next() -> None:
    desk = Desk()
    for name in ("a", "b", "c"):
        await desk.ask(1, 10, name)
    desk.asked[0].cancel()
    desk.asked[1].cancel()
    await a_moment()
    assert desk.workers.begun == ["a", "c"]
    await desk.end()


async def test_what_takes_too_long_is_ended() -> None:
    async with Processes() as workers:
        work = Work(workers, patience=0.2)
        with pytest.raises(TooHeavy):
            await work.do(1, 10, time.sleep, 60)
        assert work.ahead(1, 10) == 0
