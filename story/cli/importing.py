"""`import`: a story in any format becomes a folder in ours."""

import argparse
from pathlib import Path

from story.authoring.statistics import words_of
from story.cli.findings import shown
from story.cli.loading import load
from story.cli.terminal import BAD_STORY, FINE, CannotDoError, Terminal, count
from story.importing.markdown_writer import write_folder
from story.importing.read import READERS

SUMMARY = "turn a story in any format into a folder of Markdown"
DESCRIPTION = f"""\
Read a story in any format and write it as a folder in our own: a story.toml, and a Markdown file for each scene. Names,
colours and recaps can then be put right by hand. Writing the same story again gives the same folder.

Formats: {", ".join(READERS)}, and folders."""
EXAMPLES = """\
examples:
  python -m story import manuscript.txt -o my-stories/the-well
  python -m story check my-stories/the-well"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.add_argument("file", type=Path, metavar="FILE", help="the story to read")
    parser.add_argument("-o", dest="folder", type=Path, metavar="FOLDER", required=True, help="where to write it")


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    """Read the file, and write the folder."""
    folder: Path = options.folder
    loaded = load(options.file)
    for warning in loaded.warnings:
        terminal.remark(shown(warning, "warning"))
    _refuse(options.file, folder)
    try:
        write_folder(loaded.story, folder)
    except OSError as error:
        raise CannotDoError(f"{folder}: cannot be written: {error.strerror}", BAD_STORY) from None
    story = loaded.story
    told = f"{count(len(story.scenes), 'scene')}, {count(len(story.povs), 'POV')}, {count(words_of(story), 'word')}"
    terminal.say(f"{folder}: {story.title}, {told}")
    return FINE


def _refuse(file: Path, folder: Path) -> None:
    """Refuse to write among what is no story, and over what is being read."""
    if folder.exists() and (not folder.is_dir() or file.samefile(folder)):
        raise CannotDoError(f"{folder}: expected another folder, or a new one")
    if folder.exists() and any(folder.iterdir()) and not (folder / "story.toml").exists():
        raise CannotDoError(f"{folder}: has other files in it, and no story; expected a new folder, or a story's")
