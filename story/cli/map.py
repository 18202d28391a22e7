"""`map`: draws the scenes, POVs and ways of a story, or puts them in words."""

import argparse
from pathlib import Path

from story.authoring.map.png import to_png
from story.authoring.map.svg import to_svg
from story.authoring.map.words import describe
from story.cli.loading import load
from story.cli.terminal import BAD_STORY, FINE, CannotDoError, Terminal
from story.rules.links import Ways

SUMMARY = "draw the scenes, POVs and ways of a story, or describe them in words"
DESCRIPTION = """\
Draw the map of a story: a column for each scene, a lane for each POV in its colour and with its letter, and lines for
the ways on. The file's ending chooses the form: .svg or .png for a picture, .txt for words, which screen readers
read well. Without -o, it prints the words."""
EXAMPLES = """\
examples:
  python -m story map my-stories/the-well
  python -m story map my-stories/the-well -o well.svg
  python -m story map my-stories/the-well -o well.png"""


def _words(ways: Ways) -> bytes:
    return describe(ways).encode()


FORMS = {".svg": to_svg, ".png": to_png, ".txt": _words}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("path", type=Path, metavar="PATH", help="a story")
    parser.add_argument("-o", dest="file", type=Path, metavar="FILE", help="write it there: .svg, .png or .txt")


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    """Map the story at the path."""
    file: Path | None = options.file
    form = FORMS.get(file.suffix.lower()) if file else None
    if file and not form:
        raise CannotDoError(f"{file}: expected a name that ends in {', '.join(FORMS)}")
    ways = load(options.path).ways
    if not file or not form:
        terminal.say(describe(ways).rstrip())
        return FINE
    try:
        file.write_bytes(form(ways))
    except OSError as error:
        raise CannotDoError(f"{file}: cannot be written: {error.strerror}", BAD_STORY) from None
    terminal.say(f"{file}: the map of {ways.story.title}")
    return FINE
