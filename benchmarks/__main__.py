"""Run the scenarios, or those that are named: `python -m benchmarks [vote burst …] [--quick] [--profile]`."""

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

from benchmarks.presses import burst, vote
from benchmarks.rows import HEAD, Row
from benchmarks.scale import FULL, QUICK, Run, Scale

SCENARIOS: dict[str, Callable[[Run], Awaitable[list[Row]]]] = {"vote": vote, "burst": burst}


async def measure(names: list[str], scale: Scale, *, profile: bool) -> list[Row]:
    """Run scenarios one after the other, each in a folder of its own; print the rows as they come."""
    rows: list[Row] = []
    say(HEAD)
    for name in names:
        with tempfile.TemporaryDirectory() as folder:
            place = Path(folder) / name
            place.mkdir()
            found = await SCENARIOS[name](Run(scale, place, profile))
        say("\n".join(row.line() for row in found))
        rows += found
    return rows


def say(text: str) -> None:
    """Tell whoever waits."""
    print(text, flush=True)  # noqa: T201 - this is a command


def main() -> int:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="scenario", help=f"{', '.join(SCENARIOS)} (all of them)")
    parser.add_argument("--quick", action="store_true", help="a little of each, to see that it runs")
    parser.add_argument("--profile", action="store_true", help="run our bot under cProfile; writes bot-SCENARIO.prof")
    options = parser.parse_args()
    unknown = [name for name in options.names if name not in SCENARIOS]
    if unknown:
        parser.error(f"unknown: {', '.join(unknown)}; expected some of {', '.join(SCENARIOS)}")
    scale = QUICK if options.quick else FULL
    asyncio.run(measure(options.names or list(SCENARIOS), scale, profile=options.profile))
    return 0


if __name__ == "__main__":
    sys.exit(main())
