"""`check`: every error and every warning in a story, with the place."""

import argparse
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from story.authoring.lint import misdated, proofread
from story.cli.findings import shown
from story.cli.loading import Loaded, find, load
from story.cli.terminal import BAD_STORY, FINE, Terminal, count
from story.importing import BrokenStoryError, Mistake

SUMMARY = "list mistakes and warnings, with file, line and column"
DESCRIPTION = """\
List what is wrong with stories, with file, line and column.

A story with errors can't be read, except for dates that go backwards: those only keep a serial from going by
them. Warnings are worth a look: scenes that no way leads to, ways that never end, POVs that tell nothing,
missing recaps, sections that take more than one message (3,000 characters are about what one holds), labels
over the 80 characters of a button, Markdown that Discord does not show, and what a translation leaves out.

The exit code is 0 if there are no errors, 1 if there are, and 2 if the command itself is wrong."""
EXAMPLES = """\
examples:
  python -m story check my-stories/the-well
  python -m story check my-stories              every story in a folder
  python -m story check well.md letters.md"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="a story, or a folder of stories")


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    """Check the stories at the paths."""
    paths = [found for path in options.paths for found in find(path)]
    errors = warnings = 0
    for path in paths:
        try:
            loaded = load(path)
        except BrokenStoryError as error:
            errors += _said(error.mistakes, "error", terminal)
        else:
            errors += _said(misdated(loaded.story, loaded.positions), "error", terminal)
            warnings += _said(_warnings(loaded, terminal), "warning", terminal)
            _sum_up(path, loaded, terminal)
    total = f"{count(errors, 'error')}, {count(warnings, 'warning')}"
    terminal.say(f"{count(len(paths), 'story', 'stories')} checked: {total}")
    return BAD_STORY if errors else FINE


def _said(mistakes: Sequence[Mistake], kind: str, terminal: Terminal) -> int:
    """Print mistakes of a kind; return how many they are."""
    for mistake in mistakes:
        terminal.say(shown(mistake, kind))
    return len(mistakes)


def _warnings(loaded: Loaded, terminal: Terminal) -> list[Mistake]:
    """Return the warnings about a story."""
    watched = partial(terminal.watched, what=f"Looking over {loaded.story.title}")
    return sorted([*loaded.warnings, *loaded.doubts, *proofread(loaded.ways, loaded.positions, watched)])


def _sum_up(path: Path, loaded: Loaded, terminal: Terminal) -> None:
    """Print how much is translated, and where a story with branches ends."""
    for each in loaded.story.translations:
        scenes = f"{len(each.scenes)} of {count(len(loaded.story.scenes), 'scene')}"
        terminal.say(f"{path}: in “{each.language}”, {scenes} are translated")
    if loaded.ways.branching:
        ends = ", ".join(f"“{scene.title}”" for scene in loaded.ways.endings)
        terminal.say(f"{path}: this story ends with {ends or 'no scene at all'}")
