"""A vote beside an empty answer: one press after another, and in a burst."""

import itertools
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from statistics import median

from benchmarks.rows import Row, compare, percentile, value
from benchmarks.scale import Run
from benchmarks.setting import STORY, make_setting
from benchmarks.sides import OURS, STOCK, Json, Side, open_side, outcome
from tests.wire.driver import UPDATE, Outcome

NO_UPDATE = 6
"""The kind of an answer that leaves the message as it is: a later one shows what has come in by then."""
IN_TIME = 3.0
"""Seconds that Discord waits for an answer."""


@dataclass(slots=True)
class Card:
    """A message with a ballot, and the members who press its buttons, each another than they pressed before."""

    side: Side
    channel: int
    message: int
    votes: list[str]
    pressed: "itertools.count[int]" = field(default_factory=itertools.count)

    def presses(self, number: int, members: int) -> list[Json]:
        """Return so many presses of so many members, who take turns."""
        made = []
        for i in itertools.islice(self.pressed, number):
            custom_id = self.votes[i // members % len(self.votes)]
            member = 1000 + i % members
            made.append({"channel": self.channel, "member": member, "custom_id": custom_id, "message": self.message})
        return made


@dataclass(slots=True)
class Sample:
    """What rounds of presses on one side took."""

    cpu: list[float] = field(default_factory=list)
    """Milliseconds of the processor a press, in each round."""
    seconds: list[list[float]] = field(default_factory=list)
    """Seconds until each answer, in each round."""
    unanswered: int = 0
    requests: list[float] = field(default_factory=list)
    """Requests a press, in each round."""

    def milliseconds(self, share: float) -> list[float]:
        """Return within how many milliseconds this share of the presses was answered, in each round."""
        return [percentile(seconds, share) * 1000 for seconds in self.seconds]


Way = Callable[[Side, list[Json]], Awaitable[list[Outcome]]]


async def one_by_one(side: Side, presses: list[Json]) -> list[Outcome]:
    """Press, wait for the answer, and press again."""
    return [outcome(await side.wire.ask("press", **press)) for press in presses]


def at_a_time(members: int) -> Way:
    """Return a way to press in which so many press at once."""

    async def burst(side: Side, presses: list[Json]) -> list[Outcome]:
        return [outcome(said) for said in await side.wire.ask("burst", presses=presses, at_a_time=members)]

    return burst


async def vote(run: Run) -> list[Row]:
    """Vote one press after another."""
    ours, stock = await _both(run, run.scale.presses, 10, one_by_one)
    return [
        compare("a vote alone: CPU a press", ours.cpu, stock.cpu, " ms", 0.85),
        compare("a vote alone: half of the answers within", ours.milliseconds(0.5), stock.milliseconds(0.5), " ms"),
        compare("a vote alone: 99 % within", ours.milliseconds(0.99), stock.milliseconds(0.99), " ms"),
    ]


async def burst(run: Run) -> list[Row]:
    """Vote many at a time."""
    scale = run.scale
    ours, stock = await _both(run, scale.burst, scale.members, at_a_time(scale.members))
    name = f"a burst of {scale.burst:,} votes"
    return [
        compare(f"{name}: CPU a press", ours.cpu, stock.cpu, " ms", 0.85),
        compare(f"{name}: half of the answers within", ours.milliseconds(0.5), stock.milliseconds(0.5), " ms"),
        compare(f"{name}: 99 % within", ours.milliseconds(0.99), stock.milliseconds(0.99), " ms", 1.0),
        value(f"{name}: not answered within 3 s, in all rounds", ours.unanswered, at_most=0),
        value(f"{name}: REST calls a vote", median(ours.requests), at_most=1),
    ]


async def _both(run: Run, presses: int, members: int, way: Way) -> tuple[Sample, Sample]:
    async with _cards(run) as (ours, stock):
        samples = Sample(), Sample()
        for card in (ours, stock):
            await _press(card, presses // 3, members, way, Sample())
        for _ in range(run.scale.rounds):
            for card, sample in zip((ours, stock), samples, strict=True):
                await _press(card, presses, members, way, sample)
    return samples


@asynccontextmanager
async def _cards(run: Run) -> AsyncIterator[tuple[Card, Card]]:
    config = make_setting(run.folder)
    async with AsyncExitStack() as stack:
        ours = await stack.enter_async_context(open_side(config, OURS, profile=run.profile))
        await ours.wire.command(ours.wire.channel(1), 1000, "story start", story=STORY)
        stock = await stack.enter_async_context(open_side(config, STOCK))
        await stock.wire.command(stock.wire.channel(1), 1000, "next")
        yield await find_card(ours), await find_card(stock)


async def find_card(side: Side) -> Card:
    """Return the card in the first channel of a side."""
    [message] = await side.wire.ask("outline", channel=side.wire.channel(1))
    votes = [custom_id for _, custom_id, _ in message["buttons"] if custom_id.startswith("vote:")]
    return Card(side, side.wire.channel(1), message["id"], votes)


async def _press(card: Card, number: int, members: int, way: Way, sample: Sample) -> None:
    side, presses = card.side, card.presses(number, members)
    before = await side.cpu()
    await side.wire.ask("forget_counts")
    outcomes = await way(side, presses)
    sample.cpu.append((await side.cpu() - before) / number * 1000)
    sample.requests.append(await side.requests() / number)
    # A refusal would be an answer, too, but a message of its own.
    in_time = [
        each.seconds
        for each in outcomes
        if each.seconds is not None and each.seconds < IN_TIME and each.type in {UPDATE, NO_UPDATE}
    ]
    sample.seconds.append(in_time or [IN_TIME])
    sample.unanswered += number - len(in_time)
