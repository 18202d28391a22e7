"""Our own format: a folder with `story.toml` and a Markdown file a scene, or one Markdown file with front matter.

`# Scene title`, then `## POV name` for each POV that tells the scene. A block quote that begins `Recap:` directly
under a POV's heading is that section's recap; the rest, up to the next heading of either kind, is its text.
In a folder, files named in capitals (README.md, NOTES.md) are the author's own and not read.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from story.ballot import match
from story.formats import BrokenStoryError, Mistake
from story.formats.metadata import Metadata, line_of, read_metadata
from story.formats.positions import Positions, SceneSpots, Spot
from story.model import Pov, Scene, Section, Story

MOST_POVS = 20
"""POVs that can tell one scene: their buttons and `Next` fill the five rows of five that a message has room for
within its 40 components, with an opening card above them."""
LONGEST_TITLE = 200
"""Characters of a scene's title."""
LONGEST_ID = 40
"""Characters of a scene's id, so that a button's custom_id (100) has room for it and a POV's."""

# `text` above a line of dashes is a paragraph and a rule to whoever writes prose, not a heading.
_MARKDOWN = MarkdownIt("commonmark").disable("lheading")


@dataclass(frozen=True, slots=True)
class _Part:
    """What stands between one heading and the next; `line` is the heading's, from 1."""

    level: int
    heading: str
    line: int
    lines: list[str]


def read_markdown(path: Path) -> Story:
    """Read a story from a folder or a single Markdown file.

    Raises:
        BrokenStoryError: with every mistake in it, each with file and line.
    """
    return read_with_positions(path)[0]


def read_with_positions(path: Path) -> tuple[Story, Positions]:
    """As `read_markdown`, and return besides where the parts of the story stand."""
    reader = _Reader()
    story = reader.folder(path) if path.is_dir() else reader.single_file(path)
    beginning = next(iter(reader.pov_spots.values()))
    return story, Positions.of(Spot(beginning.file), reader.pov_spots, story.scenes, reader.scene_spots)


def slug(title: str) -> str:
    """Return a title as an id: letters, digits and hyphens of any script, at most LONGEST_ID of them."""
    return re.sub(r"[\W_]+", "-", title.casefold()).strip("-")[:LONGEST_ID].rstrip("-") or "untitled"


class _Reader:
    """Reads one story and gathers what is wrong with it on the way."""

    def __init__(self) -> None:
        self.mistakes: list[Mistake] = []
        self.pov_spots: dict[str, Spot] = {}
        self.scene_spots: list[SceneSpots] = []

    def folder(self, path: Path) -> Story:
        metadata_file = path / "story.toml"
        metadata = self._metadata(self._text(metadata_file), metadata_file, 1)
        files = sorted(file for file in path.glob("*.md") if not file.stem.isupper())
        if not files:
            self._mistake(path, 1, "no scenes: expected a Markdown file a scene beside story.toml")
        scenes: list[Scene] = []
        for file in files:
            found = self._scenes(self._text(file), file, 1, metadata)
            if len(found) > 1:
                self._mistake(file, 1, f"{len(found)} scenes in one file: expected one `# Scene title`")
            stem = re.sub(r"^[\d\s._-]+", "", file.stem)
            scenes += [Scene(slug(stem or scene.title), scene.title, scene.sections) for scene in found]
        return self._story(slug(path.name), metadata, scenes)

    def single_file(self, path: Path) -> Story:
        text = self._text(path)
        front = re.match(r"\+\+\+[ \t]*\n(.*?\n)??\+\+\+[ \t]*(?:\n|$)", text, re.DOTALL)
        if not front:
            raise BrokenStoryError([Mistake(path, 1, "expected TOML front matter between two lines of +++")])
        metadata = self._metadata(front[1] or "", path, 2)
        scenes = self._scenes(text[front.end() :], path, front[0].count("\n") + 1, metadata)
        return self._story(slug(path.stem), metadata, scenes)

    def _story(self, story_id: str, metadata: Metadata | None, scenes: list[Scene]) -> Story:
        if self.mistakes or metadata is None:
            raise BrokenStoryError(sorted(self.mistakes))
        return Story(
            id=story_id,
            title=metadata.title,
            authors=tuple(metadata.authors),
            povs=metadata.to_povs(),
            scenes=tuple(_with_unique_ids(scenes)),
            credits=metadata.credits.strip(),
            language=metadata.language,
            rating=metadata.rating,
            content_notes=tuple(metadata.content_notes),
            blurb=metadata.blurb,
        )

    def _mistake(self, file: Path, line: int, what: str) -> None:
        self.mistakes.append(Mistake(file, line, what))

    def _text(self, file: Path) -> str:
        try:
            return file.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError as error:
            self._mistake(file, 1, f"not UTF-8 text (byte {error.start})")
        except OSError as error:
            self._mistake(file, 1, f"cannot be read: {error.strerror}")
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

    def _scenes(self, text: str, file: Path, first_line: int, metadata: Metadata | None) -> list[Scene]:
        """Return the scenes of a text. Without metadata its headings are checked all the same, its POVs not."""
        parts = list(_parts(text, first_line))
        before = parts.pop(0)
        if _first_text(before):
            self._mistake(file, _first_text(before), "text before the first `# Scene title`")
        groups: list[list[_Part]] = []
        for part in parts:
            if part.level == 1:
                groups.append([part])
            elif groups:
                groups[-1].append(part)
            else:
                self._mistake(file, part.line, f"`## {part.heading}` before the first `# Scene title`")
        if not groups and text.strip():
            self._mistake(file, first_line, "no scene: expected a line `# Scene title`")
        elif not groups and not self.mistakes:
            self._mistake(file, first_line, "empty: expected a line `# Scene title`")
        povs = metadata.to_povs() if metadata else ()
        return [self._scene(head, sections, file, povs) for head, *sections in groups]

    def _scene(self, head: _Part, parts: list[_Part], file: Path, povs: tuple[Pov, ...]) -> Scene:
        if not head.heading or len(head.heading) > LONGEST_TITLE:
            self._mistake(file, head.line, f"a scene's title has 1 to {LONGEST_TITLE} characters")
        if _first_text(head):
            self._mistake(file, _first_text(head), "text between the scene's title and the first `## POV name`")
        if not parts:
            self._mistake(file, head.line, f"nobody tells the scene “{head.heading}”: expected `## POV name`")
        if len(parts) > MOST_POVS:
            self._mistake(file, parts[MOST_POVS].line, f"more than {MOST_POVS} POVs tell this scene")
        told: dict[str, Section] = {}
        spots = SceneSpots(Spot(file, head.line), {}, {})
        self.scene_spots.append(spots)
        for part in parts:
            pov = match(povs, part.heading)
            if pov is None:
                if povs:
                    names = ", ".join(pov.name for pov in povs)
                    self._mistake(file, part.line, f"unknown POV “{part.heading}”; the story's POVs are {names}")
            elif pov.id in told:
                self._mistake(file, part.line, f"{pov.name} tells this scene twice")
            else:
                told[pov.id] = self._section(part, pov, file)
                spots.sections[pov.id] = Spot(file, part.line)
                spots.texts[pov.id] = Spot(file, _line_of_text(part))
        return Scene(slug(head.heading), head.heading, tuple(told[pov.id] for pov in povs if pov.id in told))

    def _section(self, part: _Part, pov: Pov, file: Path) -> Section:
        recap, lines = _take_recap(part.lines)
        text = "\n".join(lines).strip("\n").rstrip()
        if not text.strip():
            self._mistake(file, part.line, f"{pov.name} has nothing to tell here: expected text under the heading")
        return Section(pov, text, recap)


def _parts(text: str, first_line: int) -> Iterator[_Part]:
    """Cut a text at its headings of level 1 and 2; the first part is what stands before any, at level 0."""
    lines = text.split("\n")  # as the parser counts them: splitlines() parts at more than that
    level, heading, start = 0, "", 0
    for opening, inline in _headings(_MARKDOWN.parse(text)):
        begin, end = opening.map or (0, 0)
        yield _Part(level, heading, first_line + max(start - 1, 0), lines[start:begin])
        level, heading, start = int(opening.tag[1]), inline.content.strip(), end
    yield _Part(level, heading, first_line + max(start - 1, 0), lines[start:])


def _headings(tokens: list[Token]) -> Iterator[tuple[Token, Token]]:
    for token, following in pairwise(tokens):
        if token.type == "heading_open" and token.tag in {"h1", "h2"} and token.level == 0:
            yield token, following


def _first_text(part: _Part) -> int:
    """Return the line of the first text under a heading, or 0 where there is none."""
    under = part.line + (part.level > 0)
    return next((under + i for i, line in enumerate(part.lines) if line.strip()), 0)


def _line_of_text(part: _Part) -> int:
    """Return the line where the text of a section begins, under its heading and its recap."""
    _, lines = _take_recap(part.lines)
    above = next((i for i, line in enumerate(lines) if line), 0)
    return part.line + 1 + len(part.lines) - len(lines) + above


def _take_recap(lines: list[str]) -> tuple[str, list[str]]:
    """Part a leading `> Recap: …` from the text under it."""
    tokens = _MARKDOWN.parse("\n".join(lines))
    if tokens and tokens[0].type == "blockquote_open" and tokens[0].map:
        begin, end = tokens[0].map
        # The parser counts lines right under a quotation to it, with or without a `>`; here they are the text.
        end = next((i for i in range(begin, end) if not lines[i].lstrip().startswith(">")), end)
        quote = " ".join(line.lstrip().removeprefix(">").strip() for line in lines[begin:end]).strip()
        if quote.startswith("Recap:"):
            return quote.removeprefix("Recap:").strip(), lines[end:]
    return "", lines


def _with_unique_ids(scenes: list[Scene]) -> Iterator[Scene]:
    seen: set[str] = set()
    for scene in scenes:
        unique, count = scene.id, 1
        while unique in seen:
            count += 1
            unique = f"{scene.id[: LONGEST_ID - len(str(count)) - 1]}-{count}"
        seen.add(unique)
        yield Scene(unique, scene.title, scene.sections)
