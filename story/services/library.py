"""The library: the stories at hand, from the box, from the operator's folders, and from single servers."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path

from story.errors import UnknownStory
from story.importing import BrokenStoryError, Mistake
from story.importing.markdown import read_markdown
from story.model import Story
from story.services.story_json import from_json

BOX = Path(__file__).parents[1] / "library"
"""The stories that come with the bot."""
MOST_OPEN = 100
"""How many of the servers' own stories stay in memory, the last used ones."""

_Stamp = tuple[tuple[str, int, int], ...]
"""Names, times and sizes of files."""


@dataclass(frozen=True, slots=True)
class Title:
    """A story's id and title, which is all it takes to choose it."""

    id: str
    title: str


class Library:
    """Stories by id: those that every server sees, in the order they were added, and each server's own.

    A server's own story is opened from the store when it is first used, which takes milliseconds.
    """

    def __init__(self, stories: Iterable[Story], folders: "Folders | None" = None) -> None:
        self._stories = {story.id: story for story in stories}
        self._folders = folders
        self._guilds: dict[str, int] = {}
        self._own: dict[int, dict[str, str]] = {}
        self._read = lru_cache(MOST_OPEN)(partial(_read, lambda _id: None))

    def __iter__(self) -> Iterator[Story]:
        """Yield the stories that every server sees."""
        return iter(self._stories.values())

    def get(self, story_id: str) -> Story | None:
        """Return the story of that id, whoever sees it, or None if there is none."""
        if story_id in self._guilds:
            return self._read(story_id)
        return self._stories.get(story_id)

    def see(self, guild: int, story_id: str) -> Story | None:
        """Return the story of that id if a server sees it, or None."""
        return self.get(story_id) if self._guilds.get(story_id, guild) == guild else None

    def find(self, guild: int, asked: str) -> Story:
        """Return the story that a server sees under an id or a title, whatever the case.

        Raises:
            UnknownStory: there is none.
        """
        wanted = asked.strip().casefold()
        for each in self.titles(guild):
            if wanted in {each.id.casefold(), each.title.casefold()} and (story := self.get(each.id)):
                return story
        raise UnknownStory(asked)

    def titles(self, guild: int) -> list[Title]:
        """Return what a server sees, its own stories last."""
        return [*(Title(story.id, story.title) for story in self._stories.values()), *self.own(guild)]

    def visible_to(self, guild: int) -> list[Story]:
        """As `titles`, but whole stories; the first call opens all of the server's own."""
        return [story for each in self.titles(guild) if (story := self.get(each.id))]

    # ---- what lies in folders

    @property
    def has_folders(self) -> bool:
        """Whether there are folders that `look_again` looks into."""
        return self._folders is not None

    def look_again(self) -> list[Mistake] | None:
        """Read what has changed in the folders; return every mistake in it, or None if nothing has changed.

        If a story can no longer be read, its last good version stays. Only one thread may call this at a time.

        Raises:
            OSError: a folder cannot be looked into.
        """
        mistakes = self._folders.look() if self._folders else None
        if self._folders and mistakes is not None:
            self._stories = {story.id: story for story in self._folders.stories()}
        return mistakes

    # ---- what servers have brought in

    def own(self, guild: int) -> list[Title]:
        """Return the stories of a server alone, oldest first."""
        return [Title(story_id, title) for story_id, title in self._own.get(guild, {}).items()]

    def stock(self, stories: Iterable[tuple[str, int, str]], text_of: Callable[[str], str | None]) -> None:
        """Add what servers have imported: ids, servers and titles, and what gives the text of an id."""
        self._read = lru_cache(MOST_OPEN)(partial(_read, text_of))
        for story_id, guild, title in stories:
            self.add(guild, Title(story_id, title))

    def ids(self) -> frozenset[str]:
        """Return the ids of all that servers have brought in."""
        return frozenset(self._guilds)

    def renew(self, before: frozenset[str], stories: Sequence[tuple[str, int, str]]) -> None:
        """Take what stands in the database by now, where `before` was there when it was asked.

        What was added or removed here meanwhile stays so.
        """
        for story_id in before.difference(each for each, _, _ in stories).intersection(self._guilds):
            self.remove(self._guilds[story_id], story_id)
        for story_id, guild, title in stories:
            if story_id not in before:
                self.add(guild, Title(story_id, title))

    def add(self, guild: int, story: Title) -> None:
        """Add a story for one server; its text is already stored."""
        self._guilds[story.id] = guild
        self._own.setdefault(guild, {})[story.id] = story.title

    def remove(self, guild: int, story_id: str) -> None:
        """Remove a server's own story."""
        del self._guilds[story_id]
        del self._own[guild][story_id]

    def forget(self, guild: int) -> None:
        """Remove all of a server's own stories."""
        for story_id in self._own.pop(guild, {}):
            del self._guilds[story_id]


def _read(text_of: Callable[[str], str | None], story_id: str) -> Story | None:
    text = text_of(story_id)
    return from_json(text) if text else None


class Folders:
    """The box and the operator's folders, with the last good version of each story in them.

    A folder with a `story.toml` is a story. Any other holds stories side by side: such folders, and single Markdown
    files. Of two stories with the same id, the first counts, and the other is reported.
    """

    def __init__(self, folders: Iterable[Path]) -> None:
        self._folders = (BOX, *folders)
        self._stamps: dict[Path, _Stamp] = {}
        self._good: dict[Path, Story] = {}

    def look(self) -> list[Mistake] | None:
        """Read what has changed since last time; return every mistake in it, or None if nothing has changed."""
        missing = [folder for folder in self._folders if not folder.is_dir()]
        stamps = {path: _stamp(path) for folder in self._folders if folder.is_dir() for path in story_paths(folder)}
        stamps |= dict.fromkeys(missing, ())
        if stamps == self._stamps:
            return None
        changed = {path for path, stamp in stamps.items() if stamp != self._stamps.get(path)}
        self._stamps = stamps
        mistakes = [Mistake(folder, 1, "no such folder") for folder in missing if folder in changed]
        good = {path: story for path, story in self._good.items() if path in stamps}
        for path in stamps:
            if path in changed and path not in missing:
                try:
                    good[path] = read_markdown(path)
                except BrokenStoryError as error:
                    mistakes += error.mistakes
        self._good = {path: good[path] for path in stamps if path in good}
        return mistakes + self._doubles()

    def stories(self) -> list[Story]:
        """Return the stories, one for each id."""
        return list({story.id: story for story in reversed(self._good.values())}.values())[::-1]

    def _doubles(self) -> list[Mistake]:
        seen: set[str] = set()
        mistakes: list[Mistake] = []
        for path, story in self._good.items():
            if story.id in seen:
                mistakes.append(Mistake(path, 1, f"a story with the id {story.id} is already in the library"))
            seen.add(story.id)
        return mistakes


def load_library(folders: Iterable[Path]) -> tuple[Library, list[Mistake]]:
    """Read every story in the box and in the folders; return them, and every mistake in those that can't be read."""
    found = Folders(folders)
    mistakes = found.look() or []
    return Library(found.stories(), found), mistakes


def _stamp(path: Path) -> _Stamp:
    """Return what changes when a story's files do: their names, sizes and times."""
    files = [path, *path.glob("*"), *path.glob("*/*")] if path.is_dir() else [path]
    found = []
    for file in sorted(files):
        with suppress(OSError):  # deleted just now
            state = file.stat()
            found.append((str(file.relative_to(path.parent)), state.st_mtime_ns, state.st_size))
    return tuple(found)


def story_paths(folder: Path) -> list[Path]:
    """Return the paths of the stories in a folder: its own, if it is one, or else those side by side in it."""
    if (folder / "story.toml").exists():
        return [folder]
    return sorted(
        path
        for path in folder.iterdir()
        if (path.is_dir() and (path / "story.toml").exists()) or (path.suffix == ".md" and not path.stem.isupper())
    )
