"""Finds the stories at a path, and reads them."""

from dataclasses import dataclass
from pathlib import Path

from story.cli.terminal import CannotDoError
from story.formats.markdown import read_with_positions
from story.formats.positions import Positions
from story.model import Story
from story.shelf import story_paths
from story.ways import Ways


@dataclass(frozen=True, slots=True)
class Loaded:
    """A story that has been read, its ways, and where in its files its parts stand."""

    story: Story
    ways: Ways
    positions: Positions


def load(path: Path) -> Loaded:
    """Read the one story at a path.

    Raises:
        CannotDoError: there is nothing there.
        BrokenStoryError: with every mistake in it.
    """
    story, positions = read_with_positions(_there(path))
    return Loaded(story, Ways(story), positions)


def find(path: Path) -> list[Path]:
    """Return the paths of the stories at a path: of itself, or in a folder of stories of all that it holds.

    Raises:
        CannotDoError: there is nothing there, or no story in it.
    """
    if not _there(path).is_dir():
        return [path]
    found = story_paths(path)
    if not found:
        raise CannotDoError(f"{path}: no story in this folder; expected a story.toml, or stories")
    return found


def _there(path: Path) -> Path:
    if not path.exists():
        raise CannotDoError(f"{path}: no such file or folder")
    return path
