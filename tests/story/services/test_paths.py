"""Whatever members do, and whenever the bot is stopped: the path is one of the story's."""

import asyncio
import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from story.errors import Refusal
from story.model import Story
from story.rules.ballot import Member
from story.rules.options import options
from story.rules.page import Turn
from story.rules.settings import Order, Settings
from story.services.library import Shelf
from story.services.queries import Pages
from story.services.readings import Narrator
from story.services.settings import Steward
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
        shelf = Shelf([tale])
        left = list(actions)
        begun = False
        while left or not begun:
            async with open_store(file) as store:
                narrator = Narrator(store, Pages(store, shelf, clock, Settings(story="tale")), clock)
                if not begun:
                    turn = await narrator.start(GUILD, CHANNEL, ANN, "tale")
                    await narrator.mark(turn.page, 1)
                    begun = True
                while left:
                    action = left.pop(0)
                    if action == ("off and on",):
                        break
                    await act(narrator, clock, *action)  # type: ignore[misc]
                    await assert_path(narrator, tale)


async def act(narrator: Narrator, clock: Clock, what: str, member: int = 0, pov: str | None = None) -> None:
    page = await narrator._pages.place(GUILD, CHANNEL)
    reading, n = page.reading.id, page.step.n
    turns: list[object] = []
    try:
        match what:
            case "next":
                turns.append(await narrator.next(GUILD, CHANNEL, Member(member)))
            case "vote" | "stale":
                turns.append(await narrator.press(GUILD, reading, n - (what == "stale"), Member(member), pov))
            case "back":
                turns.append(await narrator.back(GUILD, CHANNEL, Member(member, may_manage=member == ANN)))
            case "restart":
                turns.append(await narrator.restart(GUILD, reading, n, Member(member, may_manage=member == ANN)))
            case "order":
                await Steward(narrator._store, narrator._pages, narrator).change(GUILD, reading, "order", pov)
            case "wait":
                clock.move(61)
                turns += [await narrator.close(*due) for due in await narrator._pages.due()]
    except Refusal:
        assert (await narrator._pages.place(GUILD, CHANNEL)).step == page.step
    for turn in turns:
        if isinstance(turn, Turn):
            await narrator.mark(turn.page, 1)
            assert turn.page.step.n == n + 1


async def assert_path(narrator: Narrator, tale: Story) -> None:
    """Each section of the path was an option after those before it, in one order of the scenes or the other."""
    here = (await narrator._pages.where(GUILD, CHANNEL)).place
    for number, step in enumerate(here.path):
        before = replace(here, path=here.path[:number])
        offered = [option for order in Order for option in options(tale, before, order)]
        assert step.section_id in {(option.scene.id, option.pov.id) for option in offered}
