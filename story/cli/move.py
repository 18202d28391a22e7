"""`move-database`: copies the database from SQLite to PostgreSQL or back."""

import argparse
import asyncio

from story.cli.terminal import BAD_STORY, FINE, CannotDoError, Terminal, count
from story.store.database import located, without_password
from story.store.move import MoveError, move

SUMMARY = "copy everything to another database"
DESCRIPTION = """\
Copy everything from one database to another, which must be empty: from SQLite to PostgreSQL, or back. Stop the bot
first. Everything is compared row by row before it is kept, and the old database stays as it is. Afterwards, set the new
one as url in [database] and start the bot: open ballots go on with their votes and buttons."""
EXAMPLES = """\
examples:
  python -m story move-database sqlite:///data/readings.db postgresql://bot:secret@db.example/storyteller
  python -m story move-database postgresql://bot:secret@db.example/storyteller sqlite:///data/readings.db"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("source", metavar="FROM", help="the URL of the database, as in [database]")
    parser.add_argument("target", metavar="TO", help="the URL of the database to copy to")


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    """Copy everything."""
    shown = without_password(options.target)
    try:
        with terminal.progress(f"Moving to {shown}") as done:
            rows = asyncio.run(move(located(options.source), located(options.target), done))
    except MoveError as error:
        raise CannotDoError(str(error), BAD_STORY) from error
    terminal.say(f"{shown}: {count(rows, 'row')} copied, each compared")
    return FINE
