"""Our bot with a profiler: writes what it spent its time on to the file that the environment names, once it is ended."""

import argparse
import cProfile
import os
from pathlib import Path

from tests.wire.bot import connect, run

FILE = "STORYTELLER_PROFILE"

if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--api", required=True)
    parser.add_argument("--config", required=True, type=Path)
    options = parser.parse_args()
    connect(options.api)
    profiler = cProfile.Profile()
    profiler.runcall(run, options.config)
    profiler.dump_stats(os.environ[FILE])
