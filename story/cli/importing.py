"""`import`: turns a story in any format into a folder in ours."""

import argparse
from pathlib import Path

from story.authoring.statistics import words_of
from story.cli.findings import shown
from story.cli.loading import Loaded, load
from story.cli.terminal import BAD_STORY, FINE, CannotDoError, Terminal, count
from story.importing.markdown_writer import write_folder
from story.importing.modes import Mode, modes
from story.importing.read import READERS
from story.model import Vote

SUMMARY = "turn a story in any format into a folder of Markdown"
DESCRIPTION = f"""\
Read a story in any format and write it as a folder in our own: a story.toml, and a Markdown file for each scene. Names,
colours and recaps can then be corrected by hand. Writing the same story again gives the same folder.

Formats: {", ".join(READERS)};
and folders of chapters or of Twee files."""
EXAMPLES = """\
examples:
  python -m story import manuscript.txt -o my-stories/the-well
  python -m story check my-stories/the-well"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("file", type=Path, metavar="FILE", help="the story to read")
    parser.add_argument("-o", dest="folder", type=Path, metavar="FOLDER", required=True, help="where to write it")
    parser.add_argument(
        "--read",
        choices=[mode.value for mode in Mode],
        default="",
        metavar="HOW",
        help=f"how to read it: {', '.join(mode.value for mode in Mode)}",
    )


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    """Read the file, and write the folder."""
    folder: Path = options.folder
    loaded = load(options.file, options.read)
    for warning in [*loaded.warnings, *loaded.doubts]:
        terminal.remark(shown(warning, "warning"))
    _refuse(options.file, folder)
    try:
        write_folder(loaded.story, folder)
    except OSError as error:
        raise CannotDoError(f"{folder}: cannot be written: {error.strerror}", BAD_STORY) from None
    story = loaded.story
    told = f"{count(len(story.scenes), 'scene')}, {count(len(story.povs), 'POV')}, {count(words_of(story), 'word')}"
    terminal.say(f"{folder}: {story.title}, {told}")
    terminal.say(_how_it_is_read(loaded))
    return FINE


def _how_it_is_read(loaded: Loaded) -> str:
    """Return in a line what members vote on, and the alternatives."""
    story = loaded.story
    if not story.is_line:
        return "It branches: the votes are on the ways on."
    if len(story.povs) == 1:
        return f"{story.povs[0].name} tells all of it, so there is nothing to vote on."
    read = {
        Vote.FOLLOW: "Members vote whose part comes next; parts can be skipped, and read again.",
        Vote.ORDER: "The scenes come in their order; members vote where several POVs tell one.",
    }[story.vote or Vote.ORDER]
    others = [meaning.mode.value for meaning in modes(loaded.draft)] if loaded.draft else []
    return read + (f" To change that, use --read: {', '.join(others)}." if others else "")


def _refuse(file: Path, folder: Path) -> None:
    """Refuse to write into a folder that is no story, or over the file being read."""
    if folder.exists() and (not folder.is_dir() or file.samefile(folder)):
        raise CannotDoError(f"{folder}: expected another folder, or a new one")
    if folder.exists() and any(folder.iterdir()) and not (folder / "story.toml").exists():
        raise CannotDoError(f"{folder}: has other files in it, and no story; expected a new folder, or a story's")
