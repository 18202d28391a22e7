"""Our bot with a profiler: once it is ended, writes where its time went to `build/`."""

import argparse
import cProfile
from pathlib import Path

from tests.wire.bot import run
from tests.wire.connect import connect
from tests.wire.processes import ROOT

if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--api", required=True)
    parser.add_argument("--config", required=True, type=Path)
    options = parser.parse_args()
    connect(options.api)
    profiler = cProfile.Profile()
    profiler.runcall(run, options.config)
    folder = ROOT / "build"
    folder.mkdir(exist_ok=True)
    profiler.dump_stats(folder / f"{options.config.parent.name}.prof")
