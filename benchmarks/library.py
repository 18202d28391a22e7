"""A library of long stories: how long it takes to load, and how much memory, beside the text itself."""

import asyncio
import os
import sys
import time
from pathlib import Path
from statistics import median

import orjson

from benchmarks.rows import Row, value
from benchmarks.scale import Run
from benchmarks.setting import POVS, SENTENCES, prose
from story.importing import BrokenStoryError
from story.services.library import load_library
from tests.wire.processes import ROOT, Bot

SCENES = 25
"""Scenes in a story, each in a file of its own."""
TOLD_BY = POVS[:2]
A_WORD = sum(len(sentence) + 1 for sentence in SENTENCES) / sum(len(sentence.split()) for sentence in SENTENCES)
"""Characters of a word and the space after it."""
MIB = 2**20


async def library(run: Run) -> list[Row]:
    """Load a library of many long stories, in a process of its own."""
    scale = run.scale
    size = sum(_write(run.folder / f"story-{number}", scale.words, number) for number in range(scale.stories))
    took = [await _load(run.folder) for _ in range(scale.rounds)]
    seconds, memory = median(each[0] for each in took), median(each[1] for each in took)
    name = f"{scale.stories} stories of {scale.words:,} words"
    return [
        value(f"{name}: loaded within", seconds, " s", 2),
        Row(
            f"{name}: memory beside their text",
            f"{memory / MIB:,.0f} MiB for {size / MIB:,.0f}",
            memory / size,
            at_most=2,
        ),
    ]


def _write(folder: Path, words: int, seed: int) -> int:
    """Write a story; return the bytes of its text."""
    folder.mkdir()
    povs = "".join(f'[povs.{pov}]\nname = "{pov.title()}"\ncolour = "#336699"\n' for pov in POVS)
    (folder / "story.toml").write_text(f'title = "Story {seed}"\nauthors = ["An Author"]\n{povs}', encoding="utf-8")
    size, number = 0, words // SCENES // len(TOLD_BY)
    for scene in range(SCENES):
        told = "\n".join(f"## {pov.title()}\n\n{_words(number, seed * 1000 + scene)}\n" for pov in TOLD_BY)
        text = f"# Scene {scene}\n\n{told}"
        (folder / f"{scene:02}.md").write_text(text, encoding="utf-8")
        size += len(text.encode())
    return size


def _words(number: int, seed: int) -> str:
    """Return prose of about so many words."""
    return prose(round(number * A_WORD), seed)


async def _load(folder: Path) -> tuple[float, int]:
    """Have a process load the library; return the seconds that it took, and the bytes of memory."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, *("-m", "benchmarks.library", str(folder)), cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    said, _ = await process.communicate()
    seconds, memory = orjson.loads(said)
    return seconds, memory


def measure(folder: Path) -> tuple[float, int]:
    """Load the library in this process; return the seconds that it took, and the bytes of memory."""
    me = Bot(os.getpid())
    before, began = me.memory(), time.perf_counter()
    stories, mistakes = load_library([folder])
    seconds, memory = time.perf_counter() - began, me.memory() - before
    if mistakes:
        raise BrokenStoryError(mistakes)
    del stories
    return seconds, memory


if __name__ == "__main__":
    print(orjson.dumps(measure(Path(sys.argv[1]))).decode())  # noqa: T201 - the answer
