"""The shelf: the stories at hand, from the box and from the operator's folders."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from story.errors import UnknownStory
from story.formats import BrokenStoryError, Mistake
from story.formats.markdown import read_markdown
from story.model import Story

BOX = Path(__file__).parent / "library"
"""The stories that come with the bot."""


class Shelf:
    """Stories by id, in the order they were put there."""

    def __init__(self, stories: Iterable[Story]) -> None:
        self._stories = {story.id: story for story in stories}

    def __iter__(self) -> Iterator[Story]:
        return iter(self._stories.values())

    def get(self, story_id: str) -> Story | None:
        """Return the story of that id, or None if it is not here."""
        return self._stories.get(story_id)

    def find(self, asked: str) -> Story:
        """Return the story that goes by an id or a title, in whatever case.

        Raises:
            UnknownStory: there is none.
        """
        wanted = asked.strip().casefold()
        for story in self._stories.values():
            if wanted in {story.id.casefold(), story.title.casefold()}:
                return story
        raise UnknownStory(asked)


def load_shelf(folders: Iterable[Path]) -> tuple[Shelf, list[Mistake]]:
    """Read every story in the box and in the folders, and every mistake in those that cannot be read.

    A folder is a story itself, if it has a `story.toml`, or holds stories side by side: such folders, and single
    Markdown files. Of two stories with one id the first is kept, and the other is reported.
    """
    stories: dict[str, Story] = {}
    mistakes: list[Mistake] = []
    for folder in (BOX, *folders):
        if not folder.is_dir():
            mistakes.append(Mistake(folder, 1, "no such folder"))
            continue
        for path in story_paths(folder):
            try:
                story = read_markdown(path)
            except BrokenStoryError as error:
                mistakes += error.mistakes
                continue
            if story.id in stories:
                mistakes.append(Mistake(path, 1, f"a story with the id {story.id} is on the shelf already"))
            else:
                stories[story.id] = story
    return Shelf(stories.values()), mistakes


def story_paths(folder: Path) -> list[Path]:
    """Return the paths of the stories in a folder: of itself, if it is one, or of those that lie side by side in it."""
    if (folder / "story.toml").exists():
        return [folder]
    return sorted(
        path
        for path in folder.iterdir()
        if (path.is_dir() and (path / "story.toml").exists()) or (path.suffix == ".md" and not path.stem.isupper())
    )
