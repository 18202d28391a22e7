"""`check`: every error and every warning in a story, with the place."""

import argparse
from functools import partial
from pathlib import Path

from story.authoring.lint import proofread
from story.cli.findings import shown
from story.cli.loading import find, load
from story.cli.terminal import BAD_STORY, FINE, Terminal, count
from story.importing import BrokenStoryError

SUMMARY = "say what is wrong with stories, with file, line and column"
DESCRIPTION = """\
Look stories over and say what is wrong with them, with file, line and column.

Errors keep a story from being read. Warnings are worth a look: scenes that no way leads to, ways that never
end, POVs that tell nothing, missing recaps, sections that take more than one message (3,000 characters are
about what one holds), labels over the 80 characters of a button, Markdown that Discord does not show, dates
that go backwards, and what a translation leaves out.

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
            found = _warnings(path, terminal)
        except BrokenStoryError as error:
            errors += len(error.mistakes)
            for mistake in error.mistakes:
                terminal.say(shown(mistake, "error"))
        else:
            warnings += found
    total = f"{count(errors, 'error')}, {count(warnings, 'warning')}"
    terminal.say(f"{count(len(paths), 'story', 'stories')} looked over: {total}")
    return BAD_STORY if errors else FINE


def _warnings(path: Path, terminal: Terminal) -> int:
    """Print the warnings about a story; return how many they are."""
    loaded = load(path)
    what = f"Looking over {loaded.story.title}"
    found = [
        *loaded.warnings,
        *loaded.doubts,
        *proofread(loaded.ways, loaded.positions, partial(terminal.watched, what=what)),
    ]
    for mistake in sorted(found):
        terminal.say(shown(mistake, "warning"))
    for each in loaded.story.translations:
        scenes = f"{len(each.scenes)} of {count(len(loaded.story.scenes), 'scene')}"
        terminal.say(f"{path}: in “{each.language}”, {scenes} are translated")
    if loaded.ways.branching:
        ends = ", ".join(f"“{scene.title}”" for scene in loaded.ways.endings)
        terminal.say(f"{path}: this story ends with {ends or 'no scene at all'}")
    return len(found)
