"""How the time that a manuscript takes grows with its length: measured against itself, in the same run."""

import time

import pytest

from tests.story.importing.files import GATE, LAMP
from tests.story.importing.reading import read

TIMES = 3
"""How often each is measured; the quickest counts, since whatever else the machine does only makes it slower."""


def seconds(text: str) -> float:
    """The processor's time that a text takes to read, in seconds."""
    taken = []
    for _ in range(TIMES):
        begun = time.process_time()
        read("a.txt", text)
        taken.append(time.process_time() - begun)
    return min(taken)


@pytest.mark.parametrize(
    "piece",
    ["a\n", "A\n\n", "Yes.\n\n", f"{LAMP}\n\n{GATE}\n\n", f"MARA\n\n{LAMP}\n\n", f"{LAMP}\n\n12\n\n", "1. Mara\n\n"],
)
def test_twice_as_much_takes_about_twice_as_long(piece: str) -> None:
    opening = f"{LAMP}\n\n{GATE}\n\n"
    assert seconds(opening + piece * 2000) < 3 * seconds(opening + piece * 1000)
