"""The same on PostgreSQL and on SQLite: two of our bots, the latter where the stock bot stands."""

from benchmarks.commands import Stocked, begin_new, was_posted
from benchmarks.presses import at_a_time, was_counted
from benchmarks.rows import Row, compare, value
from benchmarks.sample import Sample
from benchmarks.scale import Run
from benchmarks.setting import make_setting
from benchmarks.sides import OURS, open_side
from tests.postgres import INSTALLED, serve
from tests.wire.driver import Outcome

BURST = "a vote in a burst"


async def postgres(run: Run) -> list[Row]:
    """Vote and turn pages on both; on PostgreSQL as it comes, so that a commit is on the disk. Without it, no rows."""
    if not INSTALLED:
        return []
    with serve(safe=True) as server:
        theirs = make_setting(run.folder / "sqlite", run.scale.scenes)
        mine = make_setting(run.folder / "postgres", run.scale.scenes, server.address())
        places = run.scale.places
        async with open_side(mine, OURS, guilds=places) as here, open_side(theirs, OURS, guilds=places) as there:
            return await _measure(run, (await begin_new(here, 1, places), await begin_new(there, 1, places)))


async def _measure(run: Run, both: tuple[Stocked, Stocked]) -> list[Row]:
    scale = run.scale
    asked = {"a vote": was_counted, BURST: was_counted, "/next": was_posted}
    samples = {what: (Sample(good), Sample(good)) for what, good in asked.items()}
    for _ in range(scale.rounds):
        for what, pair in samples.items():
            for stocked, sample in zip(both, pair, strict=True):
                await sample.take(stocked.places.side, _ask(run, stocked, what))
    lost = sum(each.unanswered for pair in samples.values() for each in pair)
    name = "PostgreSQL beside SQLite"
    rows = []
    for what, (mine, theirs) in samples.items():
        rows += [
            compare(f"{name}: CPU of {what}", mine.cpu, theirs.cpu, " ms"),
            compare(f"{name}: half answered within, {what}", mine.milliseconds(0.5), theirs.milliseconds(0.5), " ms"),
        ]
    return [*rows, value(f"{name}: not answered within 3 s", lost, at_most=0)]


async def _ask(run: Run, stocked: Stocked, what: str) -> list[Outcome]:
    if what == BURST:
        members = run.scale.members
        return await at_a_time(members)(stocked.card.side, stocked.card.presses(run.scale.burst, members))
    return await stocked.ask(what, run.scale.requests)
