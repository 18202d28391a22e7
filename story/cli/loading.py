"""Finds the stories at a path, and reads them."""

from dataclasses import dataclass, replace
from pathlib import Path

from story.authoring.doubts import in_words
from story.cli.terminal import CannotDoError
from story.importing import Mistake
from story.importing.doubts import doubts
from story.importing.draft import Draft, scene_lines, to_story
from story.importing.ids import slug
from story.importing.limits import NO_LIMITS
from story.importing.markdown import read_with_positions
from story.importing.positions import Positions, SceneSpots, Spot
from story.importing.read import read_story_file, read_story_folder
from story.importing.readers.any_markdown import is_own
from story.model import Story
from story.rules.links import Ways
from story.services.library import story_paths


@dataclass(frozen=True, slots=True)
class Loaded:
    """A story, its ways, the positions of its parts in its files, and the reader's remarks.

    `draft` is what it was made from, None if its format says everything.
    """

    story: Story
    ways: Ways
    positions: Positions
    warnings: tuple[Mistake, ...] = ()
    draft: Draft | None = None

    @property
    def doubts(self) -> list[Mistake]:
        """The decisions that reading it was not sure about."""
        if self.draft is None:
            return []
        return [Mistake(self.draft.file, max(doubt.line, 1), in_words(doubt)) for doubt in doubts(self.draft)]


def load(path: Path, mode: str = "") -> Loaded:
    """Read the one story at a path, in any format; `mode` is how to read a draft, "" for the default.

    Raises:
        CannotDoError: there is nothing there, or it can't be opened.
        BrokenStoryError: with every mistake in it.
    """
    if _is_own(there(path)):
        story, positions = read_with_positions(path)
        return Loaded(story, Ways(story), positions)
    try:
        found = (
            read_story_folder(path, NO_LIMITS)
            if path.is_dir()
            else read_story_file(str(path), path.read_bytes(), NO_LIMITS)
        )
    except OSError as error:
        raise CannotDoError(f"{path}: cannot be read: {error.strerror}") from None
    if not isinstance(found, Draft):
        return Loaded(found, Ways(found), Positions(Spot(path)))
    found = replace(found, mode=mode)
    story = to_story(found, slug(path.stem), limits=NO_LIMITS)
    lines = zip(story.scenes, scene_lines(found), strict=True)
    spots = {scene.id: SceneSpots(Spot(path, max(line, 1))) for scene, line in lines}
    return Loaded(story, Ways(story), Positions(Spot(path), {}, spots), found.warnings, found)


def _is_own(path: Path) -> bool:
    """Whether a path is in our own format, which knows where everything is."""
    if path.is_dir():
        return (path / "story.toml").exists()
    if path.suffix.lower() not in {".md", ".markdown"}:
        return False
    try:
        return is_own(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError):
        return False


def find(path: Path) -> list[Path]:
    """Return the paths of the stories at a path: itself, or in a folder of stories all of them.

    Raises:
        CannotDoError: there is nothing there, or no story in it.
    """
    if not there(path).is_dir():
        return [path]
    found = story_paths(path)
    if not found:
        raise CannotDoError(f"{path}: no story in this folder; expected a story.toml, or stories")
    return found


def there(path: Path) -> Path:
    """Return the path, if it exists.

    Raises:
        CannotDoError: it does not.
    """
    if not path.exists():
        raise CannotDoError(f"{path}: no such file or folder")
    return path
