"""`backup`: copies the database while the bot runs."""

import argparse
from pathlib import Path

from story.cli.terminal import BAD_STORY, FINE, CannotDoError, Terminal
from story.store.backup import BackupError, back_up

SUMMARY = "copy the database while the bot runs"
DESCRIPTION = """\
Copy the database, with everything committed so far, while the bot runs. The copy is checked before it replaces an older
one of the same name. To restore it, stop the bot, move the old database away with the files beside it that end in -wal
and -shm, and copy it there."""
EXAMPLES = """\
examples:
  python -m story backup backups/monday.db
  python -m story backup backups/monday.db --database /srv/storyteller/readings.db"""
DATABASE = Path("data/readings.db")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("file", type=Path, metavar="FILE", help="where to write the copy")
    parser.add_argument(
        "--database", type=Path, default=DATABASE, metavar="FILE", help=f"the database to copy ({DATABASE})"
    )


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    """Back up the database."""
    try:
        with terminal.progress(f"Copying {options.database}") as done:
            back_up(options.database, options.file, done)
    except BackupError as error:
        raise CannotDoError(str(error), BAD_STORY) from error
    terminal.say(f"{options.file}: a checked copy of {options.database}, {options.file.stat().st_size:,} bytes")
    return FINE
