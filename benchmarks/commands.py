"""Commands: a page turned beside an empty answer, and whether a long history makes anything dearer."""

import itertools
from dataclasses import dataclass, field

from benchmarks.database import add_history
from benchmarks.presses import STARTER, Card, begin, find_card, one_by_one, was_counted
from benchmarks.rows import Row, compare, value
from benchmarks.sample import Sample
from benchmarks.scale import Run
from benchmarks.setting import SECTION, database, make_setting
from benchmarks.sides import OURS, Side, Sides, open_side
from tests.wire.driver import MESSAGE, Outcome

HELD = 400
"""Servers that a history is spread over, and a channel of each that it has nothing of."""


def was_posted(outcome: Outcome) -> bool:
    """Whether a command was answered with a message that everybody sees."""
    return outcome.type == MESSAGE and not outcome.private


def was_told(outcome: Outcome) -> bool:
    """Whether a command was answered with a message for the member alone."""
    return outcome.type == MESSAGE and outcome.private


@dataclass(slots=True)
class Places:
    """Channels of a side in which commands are given in turn."""

    side: Side
    channels: list[int]
    given: "itertools.count[int]" = field(default_factory=itertools.count)

    async def begin(self) -> None:
        """Begin a reading in each."""
        for channel in self.channels:
            await begin(self.side, channel)

    async def give(self, name: str, number: int) -> list[Outcome]:
        """Give a command so many times, each when the last has been answered."""
        channels = [self.channels[i % len(self.channels)] for i in itertools.islice(self.given, number)]
        return [await self.side.wire.command(channel, STARTER, name) for channel in channels]


async def turn(run: Run, sides: Sides) -> list[Row]:
    """Give `/next`, which turns the page, beside a command that only posts as much."""
    first = 5  # votes have the channels before
    both = [Places(side, [side.wire.channel(first + i) for i in range(run.scale.places)]) for side in sides]
    await both[0].begin()
    mine, theirs = Sample(was_posted), Sample(was_posted)
    for places in both:
        await places.give("next", run.scale.commands // 3)
    for _ in range(run.scale.rounds):
        for places, sample in zip(both, (mine, theirs), strict=True):
            await sample.take(places.side, places.give("next", run.scale.commands))
    name = f"/next, {SECTION:,} characters"
    return [
        compare(f"{name}: CPU a page", mine.cpu, theirs.cpu, " ms", 3.5),
        compare(f"{name}: 99 % of the answers within", mine.milliseconds(0.99), theirs.milliseconds(0.99), " ms"),
        value(f"{name}: not posted within 3 s", mine.unanswered, at_most=0),
    ]


@dataclass(frozen=True, slots=True)
class Stocked:
    """A bot with a database, new readings in it, and a ballot of one of them that only gets votes."""

    places: Places
    card: Card

    async def ask(self, what: str, number: int) -> list[Outcome]:
        """Vote, or give a command, so many times."""
        if what == "a vote":
            return await one_by_one(self.places.side, self.card.presses(number))
        return await self.places.give(what.removeprefix("/"), number)


async def begin_new(side: Side, channel: int, guilds: int) -> Stocked:
    """Begin readings in a channel of so many servers."""
    first, *others = [side.wire.channel(channel, guild) for guild in range(guilds)]
    places = Places(side, others)
    await places.begin()
    await Places(side, [first]).begin()
    return Stocked(places, await find_card(side, first))


async def history(run: Run) -> list[Row]:
    """Ask the same of two of our bots: one has a long history, and the other, where the stock bot stands, has none."""
    scale = run.scale
    guilds, channels = min(HELD, scale.readings // 2), scale.channels
    (run.folder / "old").mkdir()
    (run.folder / "new").mkdir()
    old_config, new_config = (make_setting(run.folder / age, scale.scenes) for age in ("old", "new"))
    await add_history(database(run.folder / "old"), scale.readings, scale.steps, guilds, channels - 1)
    asked = {"/next": was_posted, "a vote": was_counted, "/where": was_told}
    samples = {what: (Sample(good), Sample(good)) for what, good in asked.items()}
    async with (
        open_side(old_config, OURS, profile=run.profile, guilds=guilds, channels=channels) as old,
        open_side(new_config, OURS, guilds=guilds, channels=channels) as new,
    ):
        both = await begin_new(old, channels, scale.places), await begin_new(new, channels, scale.places)
        for what in samples:
            for stocked in both:
                await stocked.ask(what, scale.requests // 3)
        for _ in range(scale.rounds):
            for what, pair in samples.items():
                for stocked, sample in zip(both, pair, strict=True):
                    await sample.take(stocked.places.side, stocked.ask(what, scale.requests))
    name = f"{scale.readings * scale.steps:,} steps in {scale.readings:,} readings, beside none"
    rows = [
        compare(f"{name}: CPU of {what}", mine.cpu, theirs.cpu, " ms", 1.1) for what, (mine, theirs) in samples.items()
    ]
    lost = sum(each.unanswered for pair in samples.values() for each in pair)
    return [*rows, value(f"{name}: not answered within 3 s", lost, at_most=0)]
