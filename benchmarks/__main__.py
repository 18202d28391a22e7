"""Runs the scenarios, or those that are named: `python -m benchmarks [vote burst …]`; `--help` has the rest."""

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

from benchmarks.calls import calls
from benchmarks.commands import history, turn
from benchmarks.crowd import dates, deadlines, servers
from benchmarks.idle import idle
from benchmarks.library import library
from benchmarks.postgres import postgres
from benchmarks.presses import burst, crowd, vote
from benchmarks.processes import processes
from benchmarks.results import write_results
from benchmarks.rows import HEAD, Row
from benchmarks.scale import FULL, QUICK, Run, Scale
from benchmarks.setting import make_setting
from benchmarks.sides import OURS, STOCK, Sides, open_side

BESIDE: dict[str, Callable[[Run, Sides], Awaitable[list[Row]]]] = {
    "vote": vote,
    "burst": burst,
    "crowd": crowd,
    "next": turn,
}
"""Scenarios for a bot of ours and a stock one, which they share."""
APART: dict[str, Callable[[Run], Awaitable[list[Row]]]] = {
    "idle": idle,
    "servers": servers,
    "deadlines": deadlines,
    "dates": dates,
    "calls": calls,
    "history": history,
    "library": library,
    "postgres": postgres,
    "processes": processes,
}
"""Scenarios that start bots themselves."""


async def measure(names: list[str], scale: Scale, *, profile: bool, at_once: bool) -> list[Row]:
    """Run scenarios; print the rows as they come, but return them in the order that they always have."""
    say(HEAD)
    beside = [name for name in BESIDE if name in names]
    jobs = [perform(partial(run_beside, beside), "beside", scale, profile=profile)] if beside else []
    jobs += [perform(run, name, scale, profile=profile) for name, run in APART.items() if name in names]
    found = await asyncio.gather(*jobs) if at_once else [await job for job in jobs]
    return [row for rows in found for row in rows]


async def run_beside(names: list[str], run: Run) -> list[Row]:
    """Run scenarios for both sides one after the other, each in channels of its own."""
    config, channels = make_setting(run.folder, run.scale.scenes), run.scale.places + 4
    async with (
        open_side(config, OURS, profile=run.profile, channels=channels) as ours,
        open_side(config, STOCK, channels=channels) as stock,
    ):
        return [row for name in names for row in await BESIDE[name](run, Sides(ours, stock))]


async def perform(job: Callable[[Run], Awaitable[list[Row]]], name: str, scale: Scale, *, profile: bool) -> list[Row]:
    """Run what belongs together in a folder of its own, and print its rows."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / name
        place.mkdir()
        rows = await job(Run(scale, place, profile))
    say("\n".join(row.line() for row in rows))
    return rows


def say(text: str) -> None:
    """Tell whoever waits."""
    print(text, flush=True)  # noqa: T201 - this is a command


def main() -> int:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    every = [*BESIDE, *APART]
    parser.add_argument(
        "names", nargs="*", metavar="scenario", help=f"some of {', '.join(every)}; all if none is named"
    )
    parser.add_argument("--quick", action="store_true", help="a little of each, all at once, to see that it runs")
    parser.add_argument("--profile", action="store_true", help="profile our bot, into a file in build/")
    parser.add_argument("--results", type=Path, metavar="FOLDER", help="where to write the table and a plot")
    options = parser.parse_args()
    unknown = set(options.names).difference(every)
    if unknown:
        parser.error(f"unknown: {', '.join(sorted(unknown))}; expected some of {', '.join(every)}")
    scale = QUICK if options.quick else FULL
    rows = asyncio.run(measure(options.names or every, scale, profile=options.profile, at_once=options.quick))
    if options.results:
        write_results(options.results, rows)
    return 0


if __name__ == "__main__":
    sys.exit(main())
