"""How much a story may hold, and how much of a file is read."""

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from story.importing import BrokenStoryError, Mistake

# The lengths below keep an opening card, a closing card and a heading within one message of 4,000 characters
# whatever is in them, and the ids of a scene and a POV within a button's custom_id of 100.
LONGEST_LINE = 100
"""The most characters of a story's title, an author's name, a content note."""
LONGEST_NAME = 40
"""The most characters of a POV's name, and of a rating."""
LONGEST_BLURB = 200
LONGEST_CREDITS = 800
LONGEST_SCENE_TITLE = 200
LONGEST_LABEL = 200
"""The most characters of a way's label. A button shows the first 80."""
LONGEST_SCENE_ID = 40
LONGEST_POV_ID = 24

MOST_NAMES = 10
"""The most authors of a story, and content notes."""
MOST_POVS = 100
MOST_CHOICES = 20
"""The most POVs of one scene, or ways on from it: with `Next`, their buttons fill the five rows of five that fit into a
message of 40 components under an opening card."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What is too large: a file of more bytes, a story of more sections, a text of more lines or characters.

    So is a section of more characters, which would be forty messages in one go; and so are more stories than a server,
    or a member in all servers, may keep.

    400,000 words have about 2.4 million characters; their markup, which counts in bytes, may be as much again.
    """

    bytes: int = 8 * 1024 * 1024
    sections: int = 5000
    lines: int = 120_000
    characters: int = 4_000_000
    section: int = 150_000
    of_server: int = 50
    of_member: int = 25

    def check_text(self, text: str, file: Path) -> None:
        """Refuse a text with too many lines or characters.

        Raises:
            BrokenStoryError: it has.
        """
        if (lines := text.count("\n")) > self.lines:
            raise BrokenStoryError([Mistake(file, 1, f"{lines:,} lines; at most {self.lines:,}")])
        if len(text) > self.characters:
            raise BrokenStoryError([Mistake(file, 1, f"{len(text):,} characters; at most {self.characters:,}")])

    def too_long(self, sections: Iterable[str], file: Path) -> Iterator[Mistake]:
        """Yield the mistakes of sections that are too long."""
        if (longest := max(map(len, sections), default=0)) > self.section:
            what = f"a section of {longest:,} characters; at most {self.section:,}: part it into scenes"
            yield Mistake(file, 1, what)

    def check_blocks(self, blocks: Iterable[Any], file: Path) -> None:
        """Refuse blocks with too many characters in their runs.

        Raises:
            BrokenStoryError: they have.
        """
        if (length := sum(len(run.text) for block in blocks for run in block.runs)) > self.characters:
            raise BrokenStoryError([Mistake(file, 1, f"{length:,} characters; at most {self.characters:,}")])


LIMITS = Limits()
"""The default limits."""
NO_LIMITS = Limits(sys.maxsize, sys.maxsize, sys.maxsize, sys.maxsize, sys.maxsize)
"""The limits of the command line, and of what was accepted before."""
