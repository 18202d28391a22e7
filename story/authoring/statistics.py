"""Measures a story: its words, and how much of it each POV has."""

from dataclasses import dataclass

from story.model import Pov, Story
from story.rules.links import Ways
from story.rules.measure import WORDS_A_MINUTE, words


@dataclass(frozen=True, slots=True)
class Share:
    """A POV's share of a story: its sections and words, and its part of all words, from 0 to 1.

    `silence` is the most scenes that can follow one another without it; None if they can go round for ever.
    """

    pov: Pov
    sections: int
    words: int
    of_all: float
    silence: int | None


def words_of(story: Story) -> int:
    """Return how many words all sections have together."""
    return sum(words(section.text) for section in story.sections())


def minutes(count: int) -> float:
    """Return how long so many words take to read silently."""
    return count / WORDS_A_MINUTE


def shares(ways: Ways) -> list[Share]:
    """Return the share of each POV, in the story's order."""
    story = ways.story
    everything = words_of(story)
    found = []
    for pov in story.povs:
        own = [words(section.text) for section in story.sections() if section.pov == pov]
        silent = {s.id: 1 for s in story.scenes if s.id in ways.reachable and not s.told_by(pov.id)}
        found.append(Share(pov, len(own), sum(own), sum(own) / max(1, everything), ways.longest(silent)))
    return found
