"""Runs the scenarios, or those that are named: `python -m benchmarks [vote burst …]`; `--help` has the rest."""

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

from benchmarks.commands import history, turn
from benchmarks.crowd import deadlines, servers
from benchmarks.presses import burst, vote
from benchmarks.results import write_results
from benchmarks.rows import HEAD, Row
from benchmarks.scale import FULL, QUICK, Run, Scale
from benchmarks.shelf import shelf

SCENARIOS: dict[str, Callable[[Run], Awaitable[list[Row]]]] = {
    "vote": vote,
    "burst": burst,
    "next": turn,
    "servers": servers,
    "deadlines": deadlines,
    "history": history,
    "shelf": shelf,
}


async def measure(names: list[str], scale: Scale, *, profile: bool) -> list[Row]:
    """Run scenarios one after the other; print the rows as they come."""
    say(HEAD)
    return [row for name in names for row in await perform(name, scale, profile=profile)]


async def try_out(names: list[str]) -> list[Row]:
    """Run a little of scenarios all at once, since their times mean nothing."""
    say(HEAD)
    found = await asyncio.gather(*(perform(name, QUICK, profile=False) for name in names))
    return [row for rows in found for row in rows]


async def perform(name: str, scale: Scale, *, profile: bool) -> list[Row]:
    """Run a scenario in a folder of its own, and print its rows."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / name
        place.mkdir()
        rows = await SCENARIOS[name](Run(scale, place, profile))
    say("\n".join(row.line() for row in rows))
    return rows


def say(text: str) -> None:
    """Tell whoever waits."""
    print(text, flush=True)  # noqa: T201 - this is a command


def main() -> int:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="scenario", help=f"{', '.join(SCENARIOS)} (all of them)")
    parser.add_argument("--quick", action="store_true", help="a little of each, all at once, to see that it runs")
    parser.add_argument("--profile", action="store_true", help="profile our bot, into build/SCENARIO.prof")
    parser.add_argument("--results", type=Path, metavar="FOLDER", help="where to write the table and a plot")
    options = parser.parse_args()
    names = options.names or list(SCENARIOS)
    unknown = [name for name in names if name not in SCENARIOS]
    if unknown:
        parser.error(f"unknown: {', '.join(unknown)}; expected some of {', '.join(SCENARIOS)}")
    job = try_out(names) if options.quick else measure(names, FULL, profile=options.profile)
    rows = asyncio.run(job)
    if options.results:
        write_results(options.results, rows)
    return 0


if __name__ == "__main__":
    sys.exit(main())
