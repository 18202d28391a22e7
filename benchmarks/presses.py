"""A vote beside an empty answer: one press after another, and in a burst."""

import itertools
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import orjson

from benchmarks.database import count_voters
from benchmarks.rows import Row, compare, value
from benchmarks.sample import Sample
from benchmarks.scale import Run
from benchmarks.setting import STORY, database
from benchmarks.sides import Side, Sides
from tests.wire.components import walk
from tests.wire.driver import UPDATE, Json, Outcome

NO_UPDATE = 6
"""The kind of an answer that leaves the message as it is: a later one shows what has come in by then."""
STARTER, VOTER = 999, 1000
"""Who begins readings and turns pages, and the first of those who vote; as the one does not vote, no ballot closes."""
Way = Callable[[Side, list[Json]], Awaitable[list[Outcome]]]


def was_counted(outcome: Outcome) -> bool:
    """Whether a press was answered as one that is counted; a refusal would be a message of its own."""
    return outcome.type in {UPDATE, NO_UPDATE}


@dataclass(slots=True)
class Card:
    """A message with a ballot, whose buttons are pressed: by each member another than they pressed before."""

    side: Side
    channel: int
    message: int
    size: int
    votes: list[str]
    pressed: "itertools.count[int]" = field(default_factory=itertools.count)

    def presses(self, number: int, members: int = 1) -> list[Json]:
        """Return so many presses of so many members, who take turns."""
        made = []
        for i in itertools.islice(self.pressed, number):
            custom_id = self.votes[i // members % len(self.votes)]
            member = VOTER + i % members
            made.append({"channel": self.channel, "member": member, "custom_id": custom_id, "message": self.message})
        return made


async def find_card(side: Side, channel: int) -> Card:
    """Return the last message of a channel that has a ballot."""
    for message in reversed(await side.wire.ask("messages", channel=channel)):
        ids = [component.get("custom_id") or "" for component in walk(message["components"])]
        if votes := [custom_id for custom_id in ids if custom_id.startswith("vote:")]:
            break
    return Card(side, channel, int(message["id"]), len(orjson.dumps(message["components"])), votes)


async def begin(side: Side, channel: int) -> None:
    """Begin a reading, and turn its first page, which has an opening above its section."""
    await side.wire.command(channel, STARTER, "story start", story=STORY)
    await side.wire.command(channel, STARTER, "next")


async def one_by_one(side: Side, presses: list[Json]) -> list[Outcome]:
    """Press, wait for the answer, and press again."""
    return [Outcome(**await side.wire.ask("press", **press)) for press in presses]


def at_a_time(members: int) -> Way:
    """Return a way to press in which so many press at once."""

    async def burst(side: Side, presses: list[Json]) -> list[Outcome]:
        return [Outcome(**said) for said in await side.wire.ask("burst", presses=presses, at_a_time=members)]

    return burst


async def vote(run: Run, sides: Sides) -> list[Row]:
    """Vote one press after another."""
    cards = await _begin_both(sides, 1)
    ours, stock = await _press_in_turn(run, cards, run.scale.presses, 10, one_by_one)
    sizes = [float(card.size) for card in cards]
    return [
        compare("the card that is answered with: JSON", sizes[:1], sizes[1:], " B"),
        compare("a vote alone: CPU a press", ours.cpu, stock.cpu, " ms", 1.15),
        compare("a vote alone: half of the answers within", ours.milliseconds(0.5), stock.milliseconds(0.5), " ms"),
        compare("a vote alone: 99 % of the answers within", ours.milliseconds(0.99), stock.milliseconds(0.99), " ms"),
    ]


async def burst(run: Run, sides: Sides) -> list[Row]:
    """Vote many at a time."""
    scale = run.scale
    cards = await _begin_both(sides, 2)
    way = at_a_time(scale.members)
    ours, stock = await _press_in_turn(run, cards, scale.burst, scale.members, way)
    voters = count_voters(database(run.folder), cards[0].channel, VOTER)
    name = f"a burst of {scale.burst:,} votes"
    return [
        compare(f"{name}: CPU a press", ours.cpu, stock.cpu, " ms", 0.75),
        compare(f"{name}: half of the answers within", ours.milliseconds(0.5), stock.milliseconds(0.5), " ms"),
        compare(f"{name}: 99 % of the answers within", ours.milliseconds(0.99), stock.milliseconds(0.99), " ms", 1),
        value(f"{name}: not answered within 3 s", ours.unanswered, at_most=0),
        value(f"{name}: members whose vote is not in the database", scale.members - voters, at_most=0),
        value(f"{name}: REST calls a vote", max(ours.calls), at_most=1),
    ]


async def crowd(run: Run, sides: Sides) -> list[Row]:
    """Vote under a ballot that many members have answered, and under one that few have; both of our bot."""
    scale, side = run.scale, sides.ours
    cards = []
    for number in (3, 4):
        await begin(side, side.wire.channel(number))
        cards.append(await find_card(side, side.wire.channel(number)))
    await at_a_time(scale.members)(side, cards[0].presses(scale.crowd, scale.crowd))
    many, few = await _press_in_turn(run, cards, scale.burst // 2, scale.members, at_a_time(scale.members))
    name = f"votes among {scale.crowd:,} members, beside {scale.members:,}"
    return [
        compare(f"{name}: CPU a press", many.cpu, few.cpu, " ms", 1.1),
        value(f"{name}: not answered within 3 s", many.unanswered + few.unanswered, at_most=0),
    ]


async def _begin_both(sides: Sides, number: int) -> list[Card]:
    """Have a card to press in a channel of both sides."""
    ours, stock = [side.wire.channel(number) for side in sides]
    await begin(sides.ours, ours)
    await sides.stock.wire.command(stock, STARTER, "next")
    return [await find_card(sides.ours, ours), await find_card(sides.stock, stock)]


async def _press_in_turn(run: Run, cards: list[Card], number: int, members: int, way: Way) -> tuple[Sample, Sample]:
    """Press on both sides by turns, after a little to warm up."""
    ours, stock = Sample(was_counted), Sample(was_counted)
    for card in cards:
        await way(card.side, card.presses(number // 3, members))
    for _ in range(run.scale.rounds):
        for card, sample in zip(cards, (ours, stock), strict=True):
            await sample.take(card.side, way(card.side, card.presses(number, members)))
    return ours, stock
