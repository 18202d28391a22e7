"""`python -m story`: checks, plays, maps, measures and imports stories, and backs up and moves the database."""

import argparse
import sys
from typing import Protocol

from story.cli import backup, check, importing, move, play, stats
from story.cli import map as map_  # the command goes by this name
from story.cli.findings import shown
from story.cli.terminal import BAD_STORY, CannotDoError, Terminal
from story.importing import BrokenStoryError

INTERRUPTED = 130
"""Exit code after Ctrl-C, as shells have it."""


class Command(Protocol):
    """What a command's module has."""

    SUMMARY: str
    DESCRIPTION: str
    EXAMPLES: str

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Add the command's arguments."""

    def run(self, options: argparse.Namespace, terminal: Terminal) -> int:
        """Run it and return the exit code."""


COMMANDS: dict[str, Command] = {
    "check": check,
    "play": play,
    "map": map_,
    "stats": stats,
    "import": importing,
    "backup": backup,
    "move-database": move,
}


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return the exit code."""
    options = _parse(arguments)
    terminal = Terminal.here()
    try:
        return COMMANDS[options.command].run(options, terminal)
    except CannotDoError as error:
        terminal.remark(str(error))
        return error.code
    except BrokenStoryError as error:
        for mistake in error.mistakes:
            terminal.remark(shown(mistake, "error"))
        return BAD_STORY
    except KeyboardInterrupt:
        return INTERRUPTED


def _parse(arguments: list[str] | None) -> argparse.Namespace:
    plain = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(
        prog="python -m story",
        description="Check, play, map, measure and import stories, and back up what was read. Needs no Discord.",
        epilog="python -m story COMMAND --help explains a command, with examples.",
        formatter_class=plain,
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, command in COMMANDS.items():
        command.arguments(
            commands.add_parser(
                name,
                help=command.SUMMARY,
                description=command.DESCRIPTION,
                epilog=command.EXAMPLES,
                formatter_class=plain,
            )
        )
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
