"""Abuse: `python -m tests.wire.abuse [--files N] [--pictures N] [--kib N]`.

One member imports large files, opens hostile ones, and asks for pictures and transcripts, as many as there are, all at
once and again and again; another member of the same server goes on voting. Every vote is to be answered within half a
second, but for one in a hundred, and whatever was asked for is to be answered with something.
"""

import argparse
import asyncio
import random
import statistics
import sys
import tempfile
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.wire.driver import Outcome, Wire, until
from tests.wire.processes import open_bot, open_wire
from tests.wire.setting import make_setting

VOTER, ABUSER = 101, 666
NO_LATER = 0.5
"""Seconds within which votes are answered."""
ONE_IN = 100
"""So many votes may be later, one of them."""
BETWEEN_VOTES = 0.02
AT_ONCE = 25
"""Commands that the abuser has under way."""
LONGEST = 300.0
"""Seconds that the abuser waits for one thing."""
GLANCE = 0.1
WAITS = "then it's your turn"
"""What is said to whoever waits."""
CALM = 3.0
"""Seconds of votes without abuse before it, to compare with."""


def large(kib: int, number: int) -> str:
    """Return a manuscript of so many KiB, with POVs, emphasis, talk and notes in it."""
    line = "The *rain* had stopped, “by then,” said Ben, and nobody **had said** a word.[^1] "
    chapter = f"# Chapter {number}\n\n## {('Anna', 'Ben')[number % 2]}\n\n" + "\n\n".join([line * 12] * 20) + "\n\n"
    return (chapter * (kib * 1024 // len(chapter.encode()) + 1))[: kib * 1024]


HOSTILE: dict[str, Callable[[int], str]] = {
    "nested.md": lambda kib: "\n".join("> " * (n % 40) + f"- {'*' * (n % 60)}a" for n in range(kib * 10)),
    "ticks.md": lambda kib: " ".join("`" * (n % 80) for n in range(kib * 20)),
    "links.md": lambda kib: "[" * (kib * 500) + "](" * (kib * 100),
    "stars.txt": lambda kib: "*_~|" * (kib * 250),
    "tags.html": lambda kib: "<div><p><b><i>" * (kib * 70),
    "entities.fb2": lambda kib: (
        '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><FictionBook>' + "&a;" * (kib * 300)
    ),
    "colons.txt": lambda kib: "\n".join(f"{'A' * (n % 30)}:" for n in range(kib * 50)),
    "macros.twee": lambda kib: ":: Start\n" + "<<if $x>>[[a->b]]" * (kib * 60),
}
"""Files that try the readers, by their names, of about so many KiB."""


@dataclass
class Seen:
    """What was seen: how long votes took while all was calm and under abuse, and what the abuser was answered."""

    calm: list[float] = field(default_factory=list)
    votes: list[float] = field(default_factory=list)
    unanswered: int = 0
    answers: Counter[str] = field(default_factory=Counter)
    memory: int = 0

    @property
    def p99(self) -> float:
        """Within how many seconds ninety-nine of a hundred votes were answered."""
        return sorted(self.votes)[-(len(self.votes) // ONE_IN) - 1]

    def mistakes(self) -> list[str]:
        """Say what was not as it should be."""
        late = [f"a vote took {self.p99:.2f} s (p99)"] if self.p99 > NO_LATER else []
        silent = [what for what in self.answers if what.endswith("unanswered")]
        return [*late, *([f"{self.unanswered} votes were not answered"] if self.unanswered else []), *silent]

    def summary(self) -> str:
        """Say it in lines."""
        calm, median = statistics.median(self.calm), statistics.median(self.votes)
        asked = ", ".join(f"{what} {times}" for what, times in sorted(self.answers.items()))
        return "\n".join(
            [
                f"{len(self.votes)} votes under abuse: p99 {self.p99:.3f} s, slowest {max(self.votes):.3f} s",
                f"the median of them: {median:.3f} s; without abuse {calm:.3f} s",
                f"the abuser: {asked}",
                f"the bot's memory afterwards: {self.memory / 2**20:.0f} MiB",
            ]
        )


class Abuser:
    """The member who means harm, in a channel that has something to draw."""

    def __init__(self, wire: Wire, channel: int, seen: Seen) -> None:
        self._wire = wire
        self._channel = channel
        self._seen = seen
        self._gate = asyncio.Semaphore(AT_ONCE)

    async def bring(self, name: str, text: str) -> None:
        """Import a file."""
        await self._ask("import", "library import", file={"file": name, "text": text})

    async def draw(self) -> None:
        """Ask for a picture."""
        await self._ask("path", "path")

    async def write_down(self, form: str) -> None:
        """Ask for a transcript."""
        await self._ask("transcript", "transcript", **{"as": form})

    async def _ask(self, what: str, name: str, **options: object) -> None:
        async with self._gate:
            said = await self._wire.command(self._channel, ABUSER, name, manages=True, patience=30, **options)
            await self._finish(what, said)

    async def _finish(self, what: str, said: Outcome) -> None:
        """Count how something was answered: at once with a refusal, or later with what was asked for or a refusal."""
        if not said.answered:
            self._seen.answers[f"{what} unanswered"] += 1
        elif said.message:
            self._seen.answers[f"{what} refused at once"] += 1
        else:
            await until(lambda: self._told(said.id), f"what was asked for by {what}", LONGEST)
            self._seen.answers[f"{what} taken"] += 1

    async def _told(self, interaction: int) -> bool:
        """Whether the abuser has been told more than how much comes before."""
        told = await self._wire.ask("followups", interaction=interaction)
        await asyncio.sleep(GLANCE)
        return bool(told) and WAITS not in str(told[-1])


@dataclass(frozen=True, slots=True)
class Page:
    """A page to vote under: its channel and message, and its reading and step as in a custom_id."""

    channel: int
    message: int
    here: str


async def _votes(wire: Wire, page: Page, times: list[float], seen: Seen) -> None:
    """Vote for one after the other until cancelled."""
    voted = 0
    while True:
        vote = f"vote:{page.here}:{('anna', 'ben')[voted % 2]}"
        said = await wire.press(page.channel, VOTER, vote, page.message, patience=10)
        voted += 1
        if said.seconds is None:
            seen.unanswered += 1
        else:
            times.append(said.seconds)
        await asyncio.sleep(BETWEEN_VOTES)


async def _for(seconds: Awaitable[object], votes: Awaitable[None]) -> None:
    """Have votes go on as long as something else."""
    voting = asyncio.ensure_future(votes)
    await seconds
    voting.cancel()
    await asyncio.gather(voting, return_exceptions=True)


async def abuse_run(files: int, pictures: int, kib: int, folder: Path) -> Seen:
    """Carry out a run: so many files of so many KiB, and so many pictures and transcripts of each kind."""
    seen = Seen()
    config = make_setting(folder, vote_seconds=3600)
    async with open_wire() as wire, open_bot(wire, config) as bot:
        channel, elsewhere = wire.channel(1), wire.channel(2)
        for each in (channel, elsewhere):
            await wire.command(each, VOTER, "story start", story="wire")
            await wire.press_label(each, VOTER, "Next")
        [*_, last] = await wire.ask("outline", channel=channel)
        [vote, *_] = [custom_id for _, custom_id, _ in last["buttons"] if custom_id.startswith("vote:")]
        page = Page(channel, last["id"], ":".join(vote.split(":")[1:3]))
        abuser = Abuser(wire, elsewhere, seen)
        harm = [
            *(abuser.bring(f"story-{n}.md", large(kib, n)) for n in range(files)),
            *(abuser.bring(name, make(kib)) for name, make in HOSTILE.items()),
            *(abuser.draw() for _ in range(pictures)),
            *(abuser.write_down(("md", "html", "epub")[n % 3]) for n in range(pictures)),
        ]
        random.Random(1).shuffle(harm)  # noqa: S311 - it is no secret
        await _for(asyncio.sleep(CALM), _votes(wire, page, seen.calm, seen))
        await _for(asyncio.gather(*harm), _votes(wire, page, seen.votes, seen))
        seen.memory = bot.memory()
        assert bot.alive
    return seen


def main() -> int:
    """Run from the command line; return 1 if anything was not as it should be."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=20)
    parser.add_argument("--pictures", type=int, default=100)
    parser.add_argument("--kib", type=int, default=2048)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        seen = asyncio.run(abuse_run(options.files, options.pictures, options.kib, Path(folder)))
    print(seen.summary())  # noqa: T201 - for whoever typed the command
    print("\n".join(seen.mistakes()) or "no vote was late")  # noqa: T201 - as above
    return 1 if seen.mistakes() else 0


if __name__ == "__main__":
    sys.exit(main())
