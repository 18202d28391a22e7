r"""Our own format: a folder with `story.toml` and a Markdown file a scene, or one Markdown file with front matter.

`# Scene title`, then `## POV name` for each POV that tells the scene. A block quote that begins `Recap:` directly
under a POV's heading is that section's recap; the rest, up to the next heading of either kind, is its text.
In a folder, files named in capitals (README.md, NOTES.md) are the author's own and not read.

A scene goes on to the next one, unless a block quote directly under its title says otherwise:
`> Next: [Open the door](#the-door), [Go home](#going-home)` or `> Next: the end`. In a label, `[`, `]` and `\` have a
backslash before them. A scene's id is its file's name without the number in front, or in a single file its title, in
small letters with hyphens; `# Scene title {#id}` gives it another.

A text that would be read as something else (it has headings of level 1 or 2, begins like a recap, leaves a block of
code open) stands between lines of `~~~ verbatim` and `~~~`, and is taken as it is.
"""

import re
from dataclasses import dataclass, replace
from pathlib import Path

from story.importing import BrokenStoryError, Mistake
from story.importing.blocks import Block, blocks, leading_quote, prose, unquoted
from story.importing.ids import slug, unique_ids
from story.importing.limits import (
    LIMITS,
    LONGEST_SCENE_ID,
    LONGEST_SCENE_TITLE,
    MOST_CHOICES,
    Limits,
)
from story.importing.links import read_ways
from story.importing.metadata import Metadata, line_of, povs_named, read_metadata
from story.importing.positions import Positions, SceneSpots, Spot
from story.importing.writing import decode
from story.model import Pov, Scene, Section, Story, Vote
from story.rules.ballot import match

ID_MARK = re.compile(r"[ \t]*\{#([^{}\s]*)\}$")
"""A scene's id behind its title."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A scene where it stands in its file. Its id is `given` there, or made; `targets` are where its links' are."""

    scene: Scene
    given: bool
    file: Path
    line: int
    targets: tuple[tuple[int, int], ...]
    spots: SceneSpots


def read_markdown(path: Path) -> Story:
    """Read a story from a folder or a single Markdown file.

    Raises:
        BrokenStoryError: with every mistake in it, each with file and line.
    """
    return read_with_positions(path)[0]


def read_with_positions(path: Path) -> tuple[Story, Positions]:
    """As `read_markdown`, and return besides where the parts of the story stand."""
    reader = _Reader()
    story = reader.folder(path) if path.is_dir() else reader.single_file(path, reader.text(path))
    beginning = Spot(path / "story.toml" if path.is_dir() else path)
    spots = zip(story.scenes, reader.scene_spots, strict=True)
    return story, Positions(beginning, reader.pov_spots, {scene.id: spot for scene, spot in spots})


def read_single_file(data: bytes, name: str, limits: Limits = LIMITS) -> Story:
    """Read a story from the bytes of a single Markdown file of that name.

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


class _Reader:
    """Reads one story and gathers what is wrong with it on the way."""

    def __init__(self) -> None:
        self.mistakes: list[Mistake] = []
        self.pov_spots: dict[str, Spot] = {}
        self.scene_spots: list[SceneSpots] = []

    def folder(self, path: Path) -> Story:
        metadata_file = path / "story.toml"
        said = self.text(metadata_file)
        metadata = self._metadata(said, metadata_file, 1)
        povs = metadata.to_povs() if metadata else povs_named(said)
        files = sorted(file for file in path.glob("*.md") if not is_authors_own(file))
        if not files:
            self._mistake(path, 1, "no scenes: expected a Markdown file a scene beside story.toml")
        scenes: list[_Found] = []
        for file in files:
            found = self._scenes(self.text(file), file, 1, povs, without_number(file))
            if len(found) > 1:
                self._mistake(file, 1, f"{len(found)} scenes in one file: expected one `# Scene title`")
            scenes += found
        return self._story(slug(path.name), metadata, scenes)

    def single_file(self, path: Path, text: str) -> Story:
        front = re.match(r"\+\+\+[ \t]*\n(.*?\n)??\+\+\+[ \t]*(?:\n|$)", text, re.DOTALL)
        if not front:
            raise BrokenStoryError([Mistake(path, 1, "expected TOML front matter between two lines of +++")])
        metadata = self._metadata(front[1] or "", path, 2)
        povs = metadata.to_povs() if metadata else povs_named(front[1] or "")
        first_line, text = front[0].count("\n") + 1, text[front.end() :]
        del front  # which holds the whole text
        scenes = self._scenes(text, path, first_line, povs)
        return self._story(slug(path.stem), metadata, scenes)

    def _story(self, story_id: str, metadata: Metadata | None, found: list[_Found]) -> Story:
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

    def _with_unique_ids(self, found: list[_Found]) -> list[Scene]:
        given: set[str] = set()
        for each in found:
            if each.given and each.scene.id in given:
                self._mistake(each.file, each.line, f"a second scene with the id {each.scene.id}")
            given |= {each.scene.id} if each.given else set()
        made = iter(unique_ids((each.scene.id for each in found if not each.given), LONGEST_SCENE_ID, given))
        scenes = [each.scene if each.given else replace(each.scene, id=next(made)) for each in found]
        ids = {scene.id for scene in scenes}
        for each in found:
            for link, (line, column) in zip(each.scene.links or (), each.targets, strict=True):
                if link.scene not in ids:
                    what = f"no scene has the id “{link.scene}”, which “{link.label}” leads to"
                    self._mistake(each.file, line, what, column)
        return scenes

    def _mistake(self, file: Path, line: int, what: str, column: int = 0) -> None:
        self.mistakes.append(Mistake(file, line, what, column))

    def text(self, file: Path) -> str:
        try:
            text = file.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError as error:
            self._mistake(file, 1, f"not UTF-8 text (byte {error.start})")
        except OSError as error:
            self._mistake(file, 1, f"cannot be read: {error.strerror}")
        else:
            if "\0" not in text:
                return text
            self._mistake(file, text.count("\n", 0, text.index("\0")) + 1, "not text: it has a NUL character")
        return ""

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

    def _scenes(self, text: str, file: Path, first_line: int, povs: tuple[Pov, ...], name: str = "") -> list[_Found]:
        """Return the scenes of a text, which go by the name if it has one.

        Without POVs its headings are checked all the same, who tells them not.
        """
        before, *others = blocks(text, first_line)
        if before.first_text:
            self._mistake(file, before.first_text, "text before the first `# Scene title`")
        groups: list[list[Block]] = []
        for block in others:
            if block.level == 1:
                groups.append([block])
            elif groups:
                groups[-1].append(block)
            else:
                self._mistake(file, block.line, f"`## {block.heading}` before the first `# Scene title`")
        if not groups and text.strip():
            self._mistake(file, first_line, "no scene: expected a line `# Scene title`")
        elif not groups and not self.mistakes:
            self._mistake(file, first_line, "empty: expected a line `# Scene title`")
        return [self._scene(head, told, file, povs, name) for head, *told in groups]

    def _scene(self, head: Block, told: list[Block], file: Path, povs: tuple[Pov, ...], name: str) -> _Found:
        mark = ID_MARK.search(head.heading)
        title = head.heading[: mark.start()] if mark else head.heading
        if not title or len(title) > LONGEST_SCENE_TITLE:
            self._mistake(file, head.line, f"a scene's title has 1 to {LONGEST_SCENE_TITLE} characters")
        if mark and not re.fullmatch(rf"[\w-]{{1,{LONGEST_SCENE_ID}}}", mark[1]):
            what = f"a scene's id has 1 to {LONGEST_SCENE_ID} letters, digits and hyphens"
            self._mistake(file, head.line, what)
        if not told:
            self._mistake(file, head.line, f"nobody tells the scene “{title}”: expected `## POV name`")
        if len(told) > MOST_CHOICES:
            self._mistake(file, told[MOST_CHOICES].line, f"more than {MOST_CHOICES} POVs tell this scene")
        ways = read_ways(head)
        for line, what in ways.mistakes:
            self._mistake(file, line, what)
        scene_id = mark[1] if mark else slug(name or title)
        scene = Scene(scene_id, title, self._sections(told, file, povs), ways.links)
        spots = SceneSpots(Spot(file, head.line), ways.places, *_spots(told, file, povs))
        return _Found(scene, bool(mark), file, head.line, ways.places, spots)

    def _sections(self, told: list[Block], file: Path, povs: tuple[Pov, ...]) -> tuple[Section, ...]:
        sections: dict[str, Section] = {}
        for block in told:
            pov = match(povs, block.heading)
            if pov is None:
                if povs:
                    names = ", ".join(pov.name for pov in povs)
                    self._mistake(file, block.line, f"unknown POV “{block.heading}”; the story's POVs are {names}")
            elif pov.id in sections:
                self._mistake(file, block.line, f"{pov.name} tells this scene twice")
            else:
                sections[pov.id] = self._section(block, pov, file)
        return tuple(sections[pov.id] for pov in povs if pov.id in sections)

    def _section(self, block: Block, pov: Pov, file: Path) -> Section:
        recap, lines = _parted(block)
        text = prose(lines)
        if not text.strip():
            self._mistake(file, block.line, f"{pov.name} has nothing to tell here: expected text under the heading")
        return Section(pov, text, recap)


def _parted(block: Block) -> tuple[str, list[str]]:
    """Part the recap in front of a section from the lines under it."""
    if quote := leading_quote(block.lines, "Recap:"):
        begin, end = quote
        return unquoted(block.lines[begin:end]).removeprefix("Recap:").strip(), block.lines[end:]
    return "", block.lines


def _spots(told: list[Block], file: Path, povs: tuple[Pov, ...]) -> tuple[dict[str, Spot], dict[str, Spot]]:
    """Return where the headings of sections stand, and where their texts begin, by POV."""
    headings: dict[str, Spot] = {}
    texts: dict[str, Spot] = {}
    for block in told:
        if pov := match(povs, block.heading):
            headings[pov.id] = Spot(file, block.line)
            texts[pov.id] = Spot(file, _line_of_text(block))
    return headings, texts


def _line_of_text(block: Block) -> int:
    _, lines = _parted(block)
    above = next((i for i, line in enumerate(lines) if line), 0)
    # The text of a verbatim block begins under the line that opens it.
    verbatim = bool(lines) and lines[above].rstrip() != prose(lines).split("\n")[0].rstrip()
    return block.first_line + len(block.lines) - len(lines) + above + verbatim


def is_authors_own(file: Path) -> bool:
    """Whether a file beside the scenes is named in capitals, and so not read. What begins with a number is a scene."""
    return file.stem.isupper() and not file.stem[0].isdigit()


def without_number(file: Path) -> str:
    """Return a scene's file's name without the number in front."""
    return re.sub(r"^[\d\s._-]+", "", file.stem)
