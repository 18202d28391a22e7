"""Reads scenes in our own format: `# Scene title`, then `## POV name` for each POV that tells the scene."""

import re
from dataclasses import dataclass, replace
from pathlib import Path

from story.importing import Mistake
from story.importing.blocks import Block, blocks, leading_quote, prose, unquoted
from story.importing.ids import slug
from story.importing.limits import LONGEST_SCENE_ID, LONGEST_SCENE_TITLE, MOST_CHOICES
from story.importing.links import read_ways
from story.importing.positions import SceneSpots, Spot
from story.importing.scene_dates import read_date
from story.model import Pov, Scene, Section
from story.rules.ballot import match

ID_MARK = re.compile(r"[ \t]*\{#([^{}\s]*)\}$")
"""A scene's id after its title."""


@dataclass(frozen=True, slots=True)
class Found:
    """A scene with its position in its file. Its id is `given` there, or made; `targets` are its links' positions."""

    scene: Scene
    given: bool
    file: Path
    line: int
    targets: tuple[tuple[int, int], ...]
    spots: SceneSpots


class SceneReader:
    """Reads scenes, and gathers the mistakes in them."""

    def __init__(self) -> None:
        self.mistakes: list[Mistake] = []

    def mistake(self, file: Path, line: int, what: str, column: int = 0) -> None:
        """Note a mistake."""
        self.mistakes.append(Mistake(file, line, what, column))

    def text(self, file: Path) -> str:
        """Return the text of a file, or nothing if it has none."""
        try:
            text = file.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError as error:
            self.mistake(file, 1, f"not UTF-8 text (byte {error.start})")
        except OSError as error:
            self.mistake(file, 1, f"cannot be read: {error.strerror}")
        else:
            if "\0" not in text:
                return text
            self.mistake(file, text.count("\n", 0, text.index("\0")) + 1, "not text: it has a NUL character")
        return ""

    def in_folder(self, folder: Path, povs: tuple[Pov, ...]) -> list[Found]:
        """Return the scenes of a folder, one for each file, in the order of the files' names."""
        found: list[Found] = []
        for file in scene_files(folder):
            scenes = self.scenes(self.text(file), file, 1, povs, without_number(file))
            if len(scenes) > 1:
                self.mistake(file, 1, f"{len(scenes)} scenes in one file: expected one `# Scene title`")
            found += scenes
        return found

    def scenes(self, text: str, file: Path, first_line: int, povs: tuple[Pov, ...], name: str = "") -> list[Found]:
        """Return the scenes of a text; with a file name, that gives their id.

        Without POVs it checks the headings, but not who tells them.
        """
        before, *others = blocks(text, first_line)
        if before.first_text:
            self.mistake(file, before.first_text, "text before the first `# Scene title`")
        groups: list[list[Block]] = []
        for block in others:
            if block.level == 1:
                groups.append([block])
            elif groups:
                groups[-1].append(block)
            else:
                self.mistake(file, block.line, f"`## {block.heading}` before the first `# Scene title`")
        if not groups and text.strip():
            self.mistake(file, first_line, "no scene: expected a line `# Scene title`")
        elif not groups and not self.mistakes:
            self.mistake(file, first_line, "empty: expected a line `# Scene title`")
        return [self._scene(head, told, file, povs, name) for head, *told in groups]

    def _scene(self, head: Block, told: list[Block], file: Path, povs: tuple[Pov, ...], name: str) -> Found:
        mark = ID_MARK.search(head.heading)
        title = head.heading[: mark.start()] if mark else head.heading
        if not title or len(title) > LONGEST_SCENE_TITLE:
            self.mistake(file, head.line, f"a scene's title has 1 to {LONGEST_SCENE_TITLE} characters")
        if mark and not re.fullmatch(rf"[\w-]{{1,{LONGEST_SCENE_ID}}}", mark[1]):
            what = f"a scene's id has 1 to {LONGEST_SCENE_ID} letters, digits and hyphens"
            self.mistake(file, head.line, what)
        if not told:
            self.mistake(file, head.line, f"nobody tells the scene “{title}”: expected `## POV name`")
        if len(told) > MOST_CHOICES:
            self.mistake(file, told[MOST_CHOICES].line, f"more than {MOST_CHOICES} POVs tell this scene")
        date = read_date(head)
        ways = read_ways(replace(head, lines=date.others))
        for line, what in (*date.mistakes, *ways.mistakes):
            self.mistake(file, line, what)
        scene_id = mark[1] if mark else slug(name or title)
        scene = Scene(scene_id, title, self._sections(told, file, povs), ways.links, date.date)
        spots = SceneSpots(Spot(file, head.line), ways.places, *_spots(told, file, povs))
        return Found(scene, bool(mark), file, head.line, ways.places, spots)

    def _sections(self, told: list[Block], file: Path, povs: tuple[Pov, ...]) -> tuple[Section, ...]:
        sections: dict[str, Section] = {}
        for block in told:
            pov = match(povs, block.heading)
            if pov is None:
                if povs:
                    names = ", ".join(pov.name for pov in povs)
                    self.mistake(file, block.line, f"unknown POV “{block.heading}”; the story's POVs are {names}")
            elif pov.id in sections:
                self.mistake(file, block.line, f"{pov.name} tells this scene twice")
            else:
                sections[pov.id] = self._section(block, pov, file)
        return tuple(sections[pov.id] for pov in povs if pov.id in sections)

    def _section(self, block: Block, pov: Pov, file: Path) -> Section:
        recap, lines = _parted(block)
        text = prose(lines)
        if not text.strip():
            self.mistake(file, block.line, f"{pov.name} has nothing to tell here: expected text under the heading")
        return Section(pov, text, recap)


def scene_files(folder: Path) -> list[Path]:
    """Return a folder's files with scenes, in the order of their names."""
    return sorted(file for file in folder.glob("*.md") if not is_authors_own(file))


def _parted(block: Block) -> tuple[str, list[str]]:
    """Split the recap in front of a section from the lines under it."""
    if quote := leading_quote(block.lines, "Recap:"):
        begin, end = quote
        return unquoted(block.lines[begin:end]).removeprefix("Recap:").strip(), block.lines[end:]
    return "", block.lines


def _spots(told: list[Block], file: Path, povs: tuple[Pov, ...]) -> tuple[dict[str, Spot], dict[str, Spot]]:
    """Return where the headings of sections are, and where their texts begin, by POV."""
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
    """Whether a file beside the scenes is not read, as it is named in capitals without a number in front."""
    return file.stem.isupper() and not file.stem[0].isdigit()


def without_number(file: Path) -> str:
    """Return the name of a scene's file without the number in front."""
    return re.sub(r"^[\d\s._-]+", "", file.stem)
