"""The fuzz: `python -m tests.story.importing.fuzz [--times N]`.

Has the tests of `test_any_file` make up files again and again, each time others, and says how many were read. One that
is neither a story that can be written down nor refused ends it, and is shown.
"""

import argparse
import sys
from collections import Counter
from pathlib import PurePath

from tests.story.importing import test_any_file

TIMES = 20
"""How often each test makes up its files, if nothing else is asked for."""


def fuzz(times: int) -> Counter[str]:
    """Read files as often as that; return how many of each kind, by the ending of their names."""
    read = Counter[str]()
    becomes = test_any_file.becomes_a_story_or_is_refused

    def counted(name: str, data: bytes) -> None:
        read[PurePath(name).suffix] += 1
        becomes(name, data)

    test_any_file.becomes_a_story_or_is_refused = counted
    try:
        for test in [each for name, each in vars(test_any_file).items() if name.startswith("test_")] * times:
            test()
    finally:
        test_any_file.becomes_a_story_or_is_refused = becomes
    return read


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=TIMES)
    read = fuzz(parser.parse_args().times)
    print(*(f"{files:6,} {ending}" for ending, files in read.most_common()), sep="\n")  # noqa: T201 - for whoever typed it
    print(f"{read.total():6,} files, each a story or refused")  # noqa: T201 - as above
    return 0


if __name__ == "__main__":
    sys.exit(main())
