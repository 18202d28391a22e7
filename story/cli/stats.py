"""`stats`: says how long a story is, and how much of it each POV has."""

import argparse
from pathlib import Path

from rich.table import Table
from rich.text import Text

from story.authoring.statistics import minutes, shares, words_of
from story.cli.loading import Loaded, load
from story.cli.tables import named, table
from story.cli.terminal import FINE, Terminal, count, plain
from story.rules.measure import WORDS_A_MINUTE

SUMMARY = "say how long a story is, and how much of it each POV has"
DESCRIPTION = f"""\
Count a story's words, how long it takes to read silently at {WORDS_A_MINUTE} words a minute, and what share of
the words each POV has. A POV's longest silence is the most scenes that can go by, one after another, without it."""
EXAMPLES = """\
examples:
  python -m story stats my-stories/the-well
  python -m story stats well.md > well.txt       plain text, without lines and colours"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("path", type=Path, metavar="PATH", help="a story")


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    """Measure the story at the path."""
    loaded = load(options.path)
    story = loaded.story
    terminal.say(Text(plain(f"{story.title}, by {', '.join(story.authors)}"), style="bold"))
    terminal.say(f"{count(len(story.scenes), 'scene')}, {count(len(list(story.sections())), 'section')}")
    terminal.say(_table_of_words(loaded, terminal))
    terminal.say(_table_of_povs(loaded, terminal))
    return FINE


def _table_of_words(loaded: Loaded, terminal: Terminal) -> Table:
    shortest, longest = loaded.ways.words
    rows = table(terminal, "", "words", "to read")
    rows.add_row("everything", f"{words_of(loaded.story):,}", duration(words_of(loaded.story)))
    rows.add_row(
        "the shortest way", *(("no way ends", "") if shortest is None else (f"{shortest:,}", duration(shortest)))
    )
    rows.add_row("the longest way", *(("goes round", "") if longest is None else (f"{longest:,}", duration(longest))))
    return rows


def _table_of_povs(loaded: Loaded, terminal: Terminal) -> Table:
    rows = table(terminal, "POV", "sections", "words", "share", "longest silence")
    for share in shares(loaded.ways):
        silence = "goes round" if share.silence is None else count(share.silence, "scene")
        rows.add_row(
            named(share.pov),
            f"{share.sections:,}",
            f"{share.words:,}",
            f"{share.of_all:.0%}",
            silence,
        )
    return rows


def duration(words: int) -> str:
    """Return how long so many words take to read, in words."""
    hours, rest = divmod(max(1, round(minutes(words))), 60)
    return f"{hours} h {rest:02} min" if hours else f"{rest} min"
