"""Plays a story at random, many times, and reports what happened."""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice
from statistics import median

from rich.text import Text

from story.authoring.simulation import tell
from story.cli.loading import Loaded
from story.cli.tables import named, table
from story.cli.terminal import Terminal, count, plain
from story.rules.ballot import Ballot
from story.rules.measure import words as count_words
from story.rules.presses import Press
from story.rules.settings import Order

LONGEST_RUN = 10_000
"""After how many sections a run is given up: the story may go round for ever."""
ME = 1


@dataclass(slots=True)
class Runs:
    """The results of the runs: sections by scene and POV, POVs by id; `sections` and `words` have one number a run."""

    sections: list[int] = field(default_factory=list)
    words: list[int] = field(default_factory=list)
    unended: int = 0
    heard: Counter[tuple[str, str]] = field(default_factory=Counter)
    offered: Counter[str] = field(default_factory=Counter)
    chosen: Counter[str] = field(default_factory=Counter)


def roll(loaded: Loaded, runs: int, seed: int, terminal: Terminal, order: Order = Order.STORY) -> Runs:
    """Play a story so many times; the same seed gives the same runs."""
    chance = random.Random(seed)  # noqa: S311 - nothing here is secret
    words = {section.text: count_words(section.text) for section in loaded.story.sections()}
    found = Runs()

    def vote(ballot: Ballot) -> tuple[Press, ...]:
        return (Press(ME, chance.choice(ballot.options).id),)

    for _ in terminal.watched(range(runs), "Playing"):
        told = list(islice(tell(loaded.story, vote, order), LONGEST_RUN))
        found.sections.append(len(told))
        found.words.append(sum(words[each.section.text] for each in told))
        found.unended += bool(loaded.ways.on_from[told[-1].scene.id])
        for each in told:
            found.heard[each.scene.id, each.section.pov.id] += 1
            offered = {option.pov.id for option in each.ballot.options}
            if len(offered) > 1:
                found.offered.update(offered)
                found.chosen[each.section.pov.id] += 1
    return found


def report(loaded: Loaded, runs: Runs, seed: int, terminal: Terminal) -> None:
    """Report the runs."""
    terminal.say(Text(f"{count(len(runs.sections), 'run')} of {plain(loaded.story.title)}, seed {seed}", style="bold"))
    lengths = table(terminal, "a way through", "shortest", "median", "longest")
    for name, numbers in (("sections", runs.sections), ("words", runs.words)):
        lengths.add_row(name, *_spread(numbers))
    terminal.say(lengths)
    povs = table(terminal, "POV", "sections heard", "offered", "chosen")
    for pov in loaded.story.povs:
        heard = sum(times for (_, publisher), times in runs.heard.items() if publisher == pov.id)
        povs.add_row(named(pov), f"{heard:,}", f"{runs.offered[pov.id]:,}", f"{runs.chosen[pov.id]:,}")
    terminal.say(povs)
    if runs.unended:
        terminal.say(f"{count(runs.unended, 'run')} had no end within {LONGEST_RUN:,} sections")
    every = [(scene, section) for scene in loaded.story.scenes for section in scene.sections]
    missed = [(scene, section) for scene, section in every if not runs.heard[scene.id, section.pov.id]]
    terminal.say(f"{len(every) - len(missed):,} of {count(len(every), 'section')} reached")
    for scene, section in missed:
        terminal.say(f"  never reached: {section.pov.name} in “{scene.title}”")


def _spread(numbers: Sequence[int]) -> tuple[str, str, str]:
    return f"{min(numbers):,}", f"{median(numbers):,.0f}", f"{max(numbers):,}"
