r"""Our own format: a folder with `story.toml` and a Markdown file a scene, or one Markdown file with front matter.

`# Scene title`, then `## POV name` for each POV that tells the scene. A block quote that begins `Recap:` directly under
a POV's heading is that section's recap; the rest, up to the next heading of either kind, is its text. In a folder,
files named in capitals (README.md, NOTES.md) are the author's own and not read. A folder `de/` beside the scenes has a
German translation: see `story.importing.translations`.

A scene goes on to the next one unless a block quote directly under its title says otherwise: `> Next: [Open the
door](#the-door), [Go home](#going-home)` or `> Next: the end`. In a label, `[`, `]` and `\` have a backslash before
them. A scene's id is its file's name without the number in front, or in a single file its title, in small letters with
hyphens; `# Scene title {#id}` gives it another. `> Date: 3 May 1897`, there too, is its day.

A text that would be read as something else (it has headings of level 1 or 2, begins like a recap, leaves a block of
code open) stands between lines of `~~~ verbatim` and `~~~`, and is taken as it is.
"""

import re
from dataclasses import replace
from pathlib import Path

from story.importing import BrokenStoryError, Mistake
from story.importing.ids import slug, unique_ids
from story.importing.limits import LIMITS, LONGEST_SCENE_ID, Limits
from story.importing.metadata import Metadata, line_of, povs_named, read_metadata
from story.importing.positions import Positions, SceneSpots, Spot
from story.importing.scenes import Found, SceneReader, scene_files
from story.importing.translations import read_translations
from story.importing.writing import decode
from story.model import Scene, Story, Vote


def read_markdown(path: Path) -> Story:
    """Read a story from a folder or a single Markdown file.

    Raises:
        BrokenStoryError: with every mistake in it, each with file and line.
    """
    return read_with_positions(path)[0]


def read_with_positions(path: Path) -> tuple[Story, Positions]:
    """As `read_markdown`, and also return the positions of the story's parts."""
    reader = _Reader()
    story = reader.folder(path) if path.is_dir() else reader.single_file(path, reader.text(path))
    beginning = Spot(path / "story.toml" if path.is_dir() else path)
    spots = zip(story.scenes, reader.scene_spots, strict=True)
    found = {scene.id: spot for scene, spot in spots}
    return story, Positions(beginning, reader.pov_spots, found, reader.translations)


def read_single_file(data: bytes, name: str, limits: Limits = LIMITS) -> Story:
    """Read a story from the bytes of a single Markdown file.

    Raises:
        BrokenStoryError: with every mistake in it, each with file and line.
    """
    file = Path(name)
    if (lines := data.count(b"\n")) > limits.lines:
        raise BrokenStoryError([Mistake(file, 1, f"{lines:,} lines; at most {limits.lines:,}")])
    story = _Reader().single_file(file, decode(data, file))
    if (sections := len(list(story.sections()))) > limits.sections:
        raise BrokenStoryError([Mistake(file, 1, f"{sections:,} sections; at most {limits.sections:,}")])
    if too_long := list(limits.too_long((section.text for section in story.sections()), file)):
        raise BrokenStoryError(too_long)
    return story


class _Reader(SceneReader):
    """Reads one story."""

    def __init__(self) -> None:
        super().__init__()
        self.translations: dict[str, Positions] = {}
        self.pov_spots: dict[str, Spot] = {}
        self.scene_spots: list[SceneSpots] = []

    def folder(self, path: Path) -> Story:
        metadata_file = path / "story.toml"
        said = self.text(metadata_file)
        metadata = self._metadata(said, metadata_file, 1)
        povs = metadata.to_povs() if metadata else povs_named(said)
        if not scene_files(path):
            self.mistake(path, 1, "no scenes: expected a Markdown file a scene beside story.toml")
        story = self._story(slug(path.name), metadata, self.in_folder(path, povs))
        files = {spots.heading.file.name: scene.id for scene, spots in zip(story.scenes, self.scene_spots, strict=True)}
        translations, self.translations = read_translations(path, story, files)
        return replace(story, translations=translations)

    def single_file(self, path: Path, text: str) -> Story:
        front = re.match(r"\+\+\+[ \t]*\n(.*?\n)??\+\+\+[ \t]*(?:\n|$)", text, re.DOTALL)
        if not front:
            raise BrokenStoryError([Mistake(path, 1, "expected TOML front matter between two lines of +++")])
        metadata = self._metadata(front[1] or "", path, 2)
        povs = metadata.to_povs() if metadata else povs_named(front[1] or "")
        first_line, text = front[0].count("\n") + 1, text[front.end() :]
        del front  # which holds the whole text
        scenes = self.scenes(text, path, first_line, povs)
        return self._story(slug(path.stem), metadata, scenes)

    def _story(self, story_id: str, metadata: Metadata | None, found: list[Found]) -> Story:
        scenes = self._with_unique_ids(found)
        self.scene_spots = [each.spots for each in found]
        if self.mistakes or metadata is None:
            raise BrokenStoryError(sorted(self.mistakes))
        return Story(
            id=story_id,
            title=metadata.title,
            authors=tuple(metadata.authors),
            povs=metadata.to_povs(),
            scenes=tuple(scenes),
            credits=metadata.credits.strip(),
            language=metadata.language,
            rating=metadata.rating,
            content_notes=tuple(metadata.content_notes),
            blurb=metadata.blurb,
            vote=Vote(metadata.vote) if metadata.vote else None,
        )

    def _with_unique_ids(self, found: list[Found]) -> list[Scene]:
        given: set[str] = set()
        for each in found:
            if each.given and each.scene.id in given:
                self.mistake(each.file, each.line, f"a second scene with the id {each.scene.id}")
            given |= {each.scene.id} if each.given else set()
        made = iter(unique_ids((each.scene.id for each in found if not each.given), LONGEST_SCENE_ID, given))
        scenes = [each.scene if each.given else replace(each.scene, id=next(made)) for each in found]
        ids = {scene.id for scene in scenes}
        for each in found:
            for link, (line, column) in zip(each.scene.links or (), each.targets, strict=True):
                if link.scene not in ids:
                    what = f"no scene has the id “{link.scene}”, which “{link.label}” leads to"
                    self.mistake(each.file, line, what, column)
        return scenes

    def _metadata(self, text: str, file: Path, first_line: int) -> Metadata | None:
        if self.mistakes:
            return None
        try:
            metadata = read_metadata(text, file, first_line)
        except BrokenStoryError as error:
            self.mistakes += error.mistakes
            return None
        for pov in metadata.povs:
            self.pov_spots[pov] = Spot(file, first_line + line_of(text, ("povs", pov, "name")) - 1)
        return metadata
