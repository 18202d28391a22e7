"""What the tests of readers ask of a draft."""

from itertools import groupby

import pytest

from story.importing import BrokenStoryError
from story.importing.draft import Draft
from story.importing.limits import LIMITS, Limits
from story.importing.read import read_story_file


def read(name: str, data: bytes | str, limits: Limits = LIMITS) -> Draft:
    """The draft that a file is read as."""
    found = read_story_file(name, data.encode() if isinstance(data, str) else data, limits)
    assert isinstance(found, Draft)
    return found


def told(draft: Draft) -> list[tuple[str, str, str]]:
    """The parts that are read out, each as POV, heading and text."""
    return [(part.pov, part.heading, part.text) for part in draft.prose]


def voices(draft: Draft) -> list[str]:
    """Who tells it, in the order that they are heard; "" for the narrator."""
    return [pov for pov, _ in groupby(part.pov for part in draft.prose)]


def notes(draft: Draft) -> list[str]:
    """The texts of the notes."""
    return [part.text for part in draft.parts if part.is_note]


def mistake(name: str, data: bytes | str, limits: Limits = LIMITS) -> str:
    """The first mistake that a file is refused for."""
    with pytest.raises(BrokenStoryError) as broken:
        read(name, data, limits)
    return broken.value.mistakes[0].what
