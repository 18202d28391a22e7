"""Whatever members do, and whenever the bot is stopped: the path is one of the story's."""

import asyncio
import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from story.errors import Refusal
from story.model import Story
from story.rules.options import options
from story.rules.page import Turn
from story.rules.presses import Member
from story.rules.settings import Order, Settings
from story.services.library import Library
from story.services.queries import Queries
from story.services.readings import Readings
from story.services.settings import SettingsService
from story.store import open_store
from tests.builders import Clock, linked, story

GUILD, CHANNEL, ANN = 1, 10, 101
FORKS = linked(story("A", "AB", "C", "B", "AB", "C"), (1, "23"), (2, "43"), (3, "25"), (4, ""), (5, "66"))
"""A story whose ways part, meet again, go round and have two ends."""
TALES = [
    story("A", "AB", "ABC", "A", "BC"),
    story("AB", "A", "C", "ABC"),
    story("A"),
    story("A", "B", "A", "C", "C", "B", "A"),
    FORKS,
]
MEMBERS = st.integers(101, 103)
ACTIONS = st.one_of(
    st.tuples(st.just("next"), MEMBERS),
    st.tuples(st.just("vote"), MEMBERS, st.sampled_from(["anna", "ben", "cleo", "to 2 · ben", "to 3", "to 5 · Anna"])),
    st.tuples(st.just("stale"), MEMBERS),
    st.tuples(st.just("back"), MEMBERS),
    st.tuples(st.just("restart"), MEMBERS),
    st.tuples(st.just("wait")),
    st.tuples(st.just("off and on")),
    st.tuples(st.just("order"), st.just(ANN), st.sampled_from(Order)),
)


@given(st.sampled_from(TALES), st.lists(ACTIONS, max_size=25))
@settings(max_examples=60)
def test_any_sequence_of_actions_leaves_a_path_that_is_one_of_the_storys(tale: Story, actions: list[object]) -> None:
    asyncio.run(carry_out(tale, actions))


async def carry_out(tale: Story, actions: list[object]) -> None:
    clock = Clock()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "readings.db"
        library = Library([tale])
        left = list(actions)
        begun = False
        while left or not begun:
            async with open_store(file) as store:
                readings = Readings(store, Queries(store, library, clock, Settings(story="tale")), clock)
                if not begun:
                    turn = await readings.start(GUILD, CHANNEL, ANN, "tale")
                    await readings.mark(turn.page, 1)
                    begun = True
                while left:
                    action = left.pop(0)
                    if action == ("off and on",):
                        break
                    await act(readings, clock, *action)  # type: ignore[misc]
                    await assert_path(readings, tale)


async def act(readings: Readings, clock: Clock, what: str, member: int = 0, pov: str | None = None) -> None:
    page = await readings._queries.place(GUILD, CHANNEL)
    reading, n = page.reading.id, page.step.n
    turns: list[object] = []
    try:
        match what:
            case "next":
                turns.append(await readings.next(GUILD, CHANNEL, Member(member)))
            case "vote" | "stale":
                turns.append(await readings.press(GUILD, reading, n - (what == "stale"), Member(member), pov))
            case "back":
                turns.append(await readings.back(GUILD, CHANNEL, Member(member, may_manage=member == ANN)))
            case "restart":
                turns.append(await readings.restart(GUILD, reading, n, Member(member, may_manage=member == ANN)))
            case "order":
                await SettingsService(readings._store, readings._queries, readings).change(GUILD, reading, "order", pov)
            case "wait":
                clock.move(61)
                turns += [await readings.close(*due) for due in await readings._queries.due()]
    except Refusal:
        assert (await readings._queries.place(GUILD, CHANNEL)).step == page.step
    for turn in turns:
        if isinstance(turn, Turn):
            await readings.mark(turn.page, 1)
            assert turn.page.step.n == n + 1


async def assert_path(readings: Readings, tale: Story) -> None:
    """Each section of the path was an option after those before it, in one order of the scenes or the other."""
    here = (await readings._queries.where(GUILD, CHANNEL)).place
    for number, step in enumerate(here.path):
        before = replace(here, path=here.path[:number])
        offered = [option for order in Order for option in options(tale, before, order)]
        assert step.section_id in {(option.scene.id, option.pov.id) for option in offered}
