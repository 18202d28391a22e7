"""Whatever members do, and whenever the bot is stopped: the path is one of the story's."""

import asyncio
import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from story.errors import Refusal
from story.model import Story
from story.rules.delivery import DeliveryKind
from story.rules.options import options
from story.rules.presses import Member
from story.rules.settings import Order, Settings
from story.services.container import Services
from story.services.library import Library
from story.store import open_store
from tests.builders import Clock, linked, story
from tests.story.room import shown

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
                services = Services.of(store, library, clock, Settings(story="tale"))
                if not begun:
                    await services.readings.start(GUILD, CHANNEL, ANN, "tale")
                    begun = True
                await show_all(services)
                while left:
                    action = left.pop(0)
                    if action == ("off and on",):
                        break
                    await act(services, clock, *action)  # type: ignore[misc] # hypothesis gives a tuple of any length
                    await assert_path(services, tale)


async def show_all(services: Services) -> None:
    """Have posted and shown whatever is to be, as the publisher does."""
    for each in await services.deliveries.pending():
        if each.kind is DeliveryKind.SECTION:
            page = await services.queries.shown(each.subject, each.n)
            assert page
            await services.deliveries.posted_section(each, page, 1000 + page.step.n)
    await shown(services)


async def act(services: Services, clock: Clock, what: str, member: int = 0, pov: str | None = None) -> None:
    page = await services.queries.place(GUILD, CHANNEL)
    reading, n = page.reading.id, page.step.n
    try:
        match what:
            case "next":
                await services.votes.next(GUILD, CHANNEL, Member(member))
            case "vote" | "stale":
                await services.votes.press(GUILD, reading, n - (what == "stale"), Member(member), pov)
            case "back":
                await services.readings.back(GUILD, CHANNEL, Member(member, may_manage=member == ANN))
            case "restart":
                await services.readings.restart(GUILD, reading, n, Member(member, may_manage=member == ANN))
            case "order":
                await services.settings.change(GUILD, reading, order=pov)
            case "wait":
                clock.move(61)
                await services.schedule.carry_out_due()
    except Refusal:
        assert (await services.queries.place(GUILD, CHANNEL)).step == page.step
    assert (await services.queries.place(GUILD, CHANNEL)).step.n - n in {0, 1}
    await show_all(services)


async def assert_path(services: Services, tale: Story) -> None:
    """Each section of the path was an option after those before it, in one order of the scenes or the other."""
    here = (await services.queries.where(GUILD, CHANNEL)).place
    for number, step in enumerate(here.path):
        before = replace(here, path=here.path[:number])
        offered = [option for order in Order for option in options(tale, before, order)]
        assert step.section_id in {(option.scene.id, option.pov.id) for option in offered}
