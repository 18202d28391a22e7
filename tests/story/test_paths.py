"""Whatever members do, and whenever the bot is stopped: the path is one of the story's."""

import asyncio
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from story.ballot import Member
from story.errors import Refusal
from story.narrator import Narrator
from story.page import Turn
from story.pages import Pages
from story.settings import Settings
from story.shelf import Shelf
from story.store import open_store
from tests.builders import Clock, story

GUILD, CHANNEL, ANN = 1, 10, 101
TALES = [story("A", "AB", "ABC", "A", "BC"), story("AB", "A", "C", "ABC"), story("A")]
MEMBERS = st.integers(101, 103)
ACTIONS = st.one_of(
    st.tuples(st.just("next"), MEMBERS),
    st.tuples(st.just("vote"), MEMBERS, st.sampled_from(["anna", "ben", "cleo"])),
    st.tuples(st.just("stale"), MEMBERS),
    st.tuples(st.just("back"), MEMBERS),
    st.tuples(st.just("restart"), MEMBERS),
    st.tuples(st.just("wait")),
    st.tuples(st.just("off and on")),
)


@given(st.sampled_from(TALES), st.lists(ACTIONS, max_size=25))
@settings(max_examples=60)
def test_any_sequence_of_actions_leaves_a_path_that_is_one_of_the_storys(tale: object, actions: list[object]) -> None:
    asyncio.run(carry_out(tale, actions))


async def carry_out(tale: object, actions: list[object]) -> None:
    clock = Clock()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "readings.db"
        shelf = Shelf([tale])  # type: ignore[list-item]
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
            case "vote":
                turns.append(await narrator.press(GUILD, reading, n, Member(member), pov))
            case "stale":
                turns.append(await narrator.press(GUILD, reading, n - 1, Member(member)))
            case "back":
                turns.append(await narrator.back(GUILD, CHANNEL, Member(member, may_manage=member == ANN)))
            case "restart":
                turns.append(await narrator.restart(GUILD, reading, n, Member(member, may_manage=member == ANN)))
            case "wait":
                clock.move(61)
                turns += [await narrator.close(*due) for due in await narrator._pages.due()]
    except Refusal:
        assert (await narrator._pages.place(GUILD, CHANNEL)).step == page.step
    for turn in turns:
        if isinstance(turn, Turn):
            await narrator.mark(turn.page, 1)
            assert turn.page.step.n == n + 1


async def assert_path(narrator: Narrator, tale: object) -> None:
    path = (await narrator._pages.where(GUILD, CHANNEL)).place.path
    scenes = tale.scenes[: len(path)]  # type: ignore[attr-defined]
    assert [step.scene for step in path] == [scene.id for scene in scenes]
    assert all(scene.told_by(step.pov) for scene, step in zip(scenes, path, strict=True))
