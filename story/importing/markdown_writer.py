"""Writes a story in our own format; reading it back gives the same story.

That is true of every story that keeps to `story.model` and to the lengths in `story.importing.limits`.
"""

import re
from collections.abc import Container, Mapping
from pathlib import Path
from typing import Any

import tomli_w

from story.importing.blocks import written_prose
from story.importing.ids import slug
from story.importing.links import written_ways
from story.importing.scene_dates import written_date
from story.importing.scenes import ID_MARK, without_number
from story.importing.translations import translations_in
from story.model import Pov, Scene, Section, Story


def write_markdown(story: Story) -> str:
    """Return a story as a single Markdown file with front matter, named after its id; it leaves out translations."""
    scenes = (_scene(scene, slug(scene.title)) for scene in story.scenes)
    return f"+++\n{_metadata(story)}+++\n\n" + "\n".join(scenes)


def write_folder(story: Story, folder: Path) -> None:
    """Write a story into a folder, to be named after its id: `story.toml`, and a file a scene such as `01-the-door.md`.

    Each translation is a folder in it. Scenes of an earlier version that the story no longer has are deleted: files
    with such names, and no others.

    Raises:
        OSError: the folder can't be written to.
    """
    digits = max(2, len(str(len(story.scenes))))
    names = {scene.id: f"{number:0{digits}}-{slug(scene.id)}.md" for number, scene in enumerate(story.scenes, 1)}
    _write_scenes(story, folder, names, _metadata(story))
    written = {each.language: each for each in story.translations}
    for language in {*written, *translations_in(folder)}:
        if language in written:
            _write_scenes(written[language], folder / language, names, _said_by(written[language], story))
        else:
            _clear(folder / language, set())


def _write_scenes(story: Story, folder: Path, names: Mapping[str, str], metadata: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    files = {folder / names[scene.id]: scene for scene in story.scenes}
    _clear(folder, set(files))
    _write(folder / "story.toml", metadata)
    for file, scene in files.items():
        _write(file, _scene(scene, slug(without_number(file) or scene.title)))


def _clear(folder: Path, files: Container[Path]) -> None:
    """Delete the scenes of an earlier version."""
    for file in folder.iterdir():
        if re.fullmatch(r"\d{2,}-.+\.md", file.name) and file not in files:
            file.unlink()


def _write(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8", newline="\n")


def _metadata(story: Story) -> str:
    table: dict[str, Any] = {
        "title": story.title,
        "authors": list(story.authors),
        "credits": story.credits,
        "language": story.language,
        "rating": story.rating,
        "content_notes": list(story.content_notes),
        "blurb": story.blurb,
        "vote": story.vote.value if story.vote else "",
        "povs": {pov.id: _pov(pov) for pov in story.povs},
    }
    return tomli_w.dumps({key: value for key, value in table.items() if value})


def _said_by(translation: Story, story: Story) -> str:
    """Return what a translation says about the whole that differs from the story."""
    said = {key: getattr(translation, key) for key in ("title", "credits", "blurb")}
    table: dict[str, Any] = {key: value for key, value in said.items() if value != getattr(story, key)}
    if translation.content_notes != story.content_notes:
        table["content_notes"] = list(translation.content_notes)
    pairs = zip(translation.povs, story.povs, strict=True)
    table["povs"] = {pov.id: {"name": pov.name, "blurb": pov.blurb} for pov, other in pairs if pov != other}
    return tomli_w.dumps({key: value for key, value in table.items() if value != {}})


def _pov(pov: Pov) -> dict[str, str]:
    return {"name": pov.name, "colour": f"#{pov.colour:06x}"} | ({"blurb": pov.blurb} if pov.blurb else {})


def _scene(scene: Scene, made_id: str) -> str:
    """Return a scene, with its id if that is not the one its title gives, or the title seems to have one."""
    plain = scene.id == made_id and not ID_MARK.search(scene.title) and not scene.title.endswith("#")
    title = f"# {scene.title}\n" if plain else f"# {scene.title} {{#{scene.id}}}\n"
    day = f"\n{written_date(scene.date)}\n" if scene.date else ""
    ways = f"\n{written_ways(scene.links)}\n" if scene.links is not None else ""
    return title + day + ways + "".join(map(_section, scene.sections))


def _section(section: Section) -> str:
    # A `#` at a heading's end would count as decoration, and an id never ends in one.
    name = section.pov.id if section.pov.name.endswith("#") else section.pov.name
    recap = f"> Recap: {section.recap}\n\n" if section.recap else ""
    return f"\n## {name}\n\n{recap}{written_prose(section.text)}\n"
