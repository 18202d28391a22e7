"""Translations of a story in our own format: a folder beside its scenes, named after a language's tag, such as `de/`.

It has scenes in the same form, as many as are translated, in files of the same names or with the same ids. POVs go by
the translation's names for them, or by their ids. Its own `story.toml`, which is optional, has what differs: `title`,
`credits`, `content_notes`, `blurb`, and `name` and `blurb` in the tables of POVs.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from babel import Locale, UnknownLocaleError

from story.importing import BrokenStoryError, Mistake
from story.importing.metadata import TranslatedMetadata, doubled_names, line_of, read_toml
from story.importing.positions import Positions, Spot
from story.importing.scenes import Found, SceneReader, scene_files
from story.model import Pov, Scene, Story


def translations_in(folder: Path) -> list[str]:
    """Return the names of the language folders in a story's folder."""
    return sorted(
        each.name
        for each in folder.iterdir()
        if each.is_dir() and _is_language(each.name) and (scene_files(each) or (each / "story.toml").exists())
    )


def read_translations(
    folder: Path, story: Story, files: Mapping[str, str]
) -> tuple[tuple[Story, ...], dict[str, Positions]]:
    """Return the translations in a story's folder, and their positions, by their languages.

    `files` are the ids of the story's scenes by the names of their files.

    Raises:
        BrokenStoryError: with every mistake in them, each with file and line.
    """
    readers = [_Translation(story, folder / language, files) for language in translations_in(folder)]
    translations = tuple(reader.read() for reader in readers)
    if mistakes := sorted(mistake for reader in readers for mistake in reader.mistakes):
        raise BrokenStoryError(mistakes)
    return translations, {reader.language: reader.positions for reader in readers}


def _is_language(name: str) -> bool:
    """Whether a folder's name is the tag of a language, in a tag's upper and lower case."""
    if not name[:2].islower():
        return False
    try:
        Locale.parse(name, sep="-")
    except (UnknownLocaleError, ValueError):
        return False
    return True


class _Translation(SceneReader):
    """Reads one translation."""

    def __init__(self, story: Story, folder: Path, files: Mapping[str, str]) -> None:
        super().__init__()
        self._files = files
        self.language = folder.name
        self.positions = Positions(Spot(folder))
        self._story = story
        self._folder = folder

    def read(self) -> Story:
        story, folder = self._story, self._folder
        if self.language == story.language:
            self.mistake(
                folder, 1, f"the story itself is in this language: story.toml says language = “{self.language}”"
            )
        said = self._said()
        povs = tuple(_called(pov, said) for pov in story.povs)
        found = self._scenes_of(povs)
        self.positions = Positions(Spot(folder), {}, {each.scene.id: each.spots for each in found})
        scenes = {each.scene.id: each.scene for each in found}
        return replace(
            story,
            language=self.language,
            povs=povs,
            scenes=tuple(scenes[scene.id] for scene in story.scenes if scene.id in scenes),
            title=said.title or story.title,
            credits=story.credits if said.credits is None else said.credits.strip(),
            blurb=story.blurb if said.blurb is None else said.blurb,
            content_notes=story.content_notes if said.content_notes is None else tuple(said.content_notes),
            translations=(),
        )

    def _said(self) -> TranslatedMetadata:
        file = self._folder / "story.toml"
        text = self.text(file) if file.exists() else ""
        try:
            said = read_toml(TranslatedMetadata, text, file)
        except BrokenStoryError as error:
            self.mistakes += error.mistakes
            return TranslatedMetadata()
        for pov_id in said.povs:
            if self._story.pov(pov_id) is None:
                line = line_of(text, ("povs", pov_id, "name"))
                self.mistake(file, line, f"the story has no POV with the id {pov_id}")
        names = {pov.id: _called(pov, said).name for pov in self._story.povs}
        self.mistakes += doubled_names(names, text, file)
        return said

    def _scenes_of(self, povs: tuple[Pov, ...]) -> list[Found]:
        found: dict[str, Found] = {}
        for each in map(self._of_story, self.in_folder(self._folder, povs)):
            scene = self._story.scene(each.scene.id)
            if scene is None:
                self._wrong(each, f"the story has no scene with the id {each.scene.id}")
            elif each.scene.id in found:
                self._wrong(each, f"a second scene with the id {each.scene.id}")
            else:
                self.mistakes += self._unlike(each, scene)
                links, date = each.scene.links, each.scene.date or scene.date
                found[scene.id] = replace(each, scene=replace(each.scene, links=links, date=date))
        return list(found.values())

    def _of_story(self, each: Found) -> Found:
        """Return a scene with the id that its file's name has in the story, if it gives itself none."""
        made = each.scene.id if each.given else self._files.get(each.file.name, each.scene.id)
        return replace(each, scene=replace(each.scene, id=made))

    def _unlike(self, each: Found, scene: Scene) -> Iterator[Mistake]:
        """Yield the ways in which a translated scene differs from the story's."""
        for section in each.scene.sections:
            if scene.told_by(section.pov.id) is None:
                spot = each.spots.sections[section.pov.id]
                yield Mistake(spot.file, spot.line, f"{section.pov.name} does not tell this scene in the story")
        if _targets(each.scene) != _targets(scene):
            what = f"leads elsewhere than in the story: expected {_ways(scene)}"
            yield Mistake(each.file, each.line, what)
        if each.scene.date not in {None, scene.date}:
            yield Mistake(each.file, each.line, "another date than in the story")

    def _wrong(self, each: Found, what: str) -> None:
        self.mistake(each.file, each.line, what)


def _called(pov: Pov, said: TranslatedMetadata) -> Pov:
    """Return a POV with its name in a translation."""
    there = said.povs.get(pov.id)
    if there is None:
        return pov
    return replace(pov, name=there.name or pov.name, blurb=pov.blurb if there.blurb is None else there.blurb)


def _targets(scene: Scene) -> tuple[str, ...] | None:
    return None if scene.links is None else tuple(link.scene for link in scene.links)


def _ways(scene: Scene) -> str:
    """Return the links a scene needs to lead where it does in the story."""
    if scene.links is None:
        return "no `> Next:`"
    return "`> Next: " + (", ".join(f"[…](#{link.scene})" for link in scene.links) or "the end") + "`"
