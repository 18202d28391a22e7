"""What a story is: a work with its POVs and an ordered list of scenes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property


class Vote(StrEnum):
    """What members vote on between the scenes of a story without branches."""

    FOLLOW = "follow"
    """Whose part comes next; parts can be skipped, and read again."""
    ORDER = "order"
    """Nothing: the scenes come in their order. Where several POVs tell one, members vote on which."""


@dataclass(frozen=True, slots=True)
class Pov:
    """A point of view that a story can be told from; `colour` is 0xRRGGBB."""

    id: str
    name: str
    colour: int
    blurb: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One scene told by one POV: what is posted at a time. `text` is Markdown, `recap` may be empty."""

    pov: Pov
    text: str
    recap: str = ""


@dataclass(frozen=True, slots=True)
class SceneDate:
    """The day on which a scene happens; `year` may be unknown."""

    day: int
    month: int
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A way on from a scene: the label to choose it by, and the id of the scene it leads to."""

    label: str
    scene: str


@dataclass(frozen=True, slots=True)
class Scene:
    """A moment of the story, told by one or more POVs, in the story's order of POVs.

    `links` are the ways on: None goes on to the next scene of the story, and an empty tuple ends it here. A scene
    without a `date` happens on the day of the one before it.
    """

    id: str
    title: str
    sections: tuple[Section, ...]
    links: tuple[Link, ...] | None = None
    date: SceneDate | None = None

    @property
    def povs(self) -> tuple[Pov, ...]:
        """The POVs that tell this scene, in the story's order."""
        return tuple(section.pov for section in self.sections)

    def told_by(self, pov_id: str) -> Section | None:
        """Return this scene as the POV tells it, or None if it does not."""
        return next((section for section in self.sections if section.pov.id == pov_id), None)


@dataclass(frozen=True)
class Story:
    """A whole work. Its scenes have unique ids, by which a reading keeps its place.

    Whatever reads a file into a story makes sure of this: a section's text is not blank; titles, names, labels and
    recaps are single lines with no spaces around them; lines end in line feeds, and there is no NUL. Ids are letters,
    digits, `_` and `-`; the story's own is as `story.importing.ids.slug` makes it. No two POVs share an id or a name,
    whatever the case, and links lead to scenes of the story. `vote` is what the story says members vote on, if
    anything; `voted` is what they do vote on.

    `translations` are the story in other languages, each a story of the same id without translations of its own. A
    translation has those scenes and sections that are translated, with the same ids and links.
    """

    id: str
    title: str
    authors: tuple[str, ...]
    povs: tuple[Pov, ...]
    scenes: tuple[Scene, ...]
    credits: str = ""
    language: str = "en"
    rating: str = ""
    content_notes: tuple[str, ...] = ()
    blurb: str = ""
    vote: Vote | None = None
    translations: tuple["Story", ...] = ()

    def position(self, scene_id: str) -> int | None:
        """Return the position of a scene in the story, counted from 0, or None if it has no such scene."""
        return self._positions.get(scene_id)

    def scene(self, scene_id: str) -> Scene | None:
        """Return the scene of that id, or None if the story has no such scene."""
        position = self._positions.get(scene_id)
        return None if position is None else self.scenes[position]

    @cached_property
    def _positions(self) -> Mapping[str, int]:
        return {scene.id: position for position, scene in enumerate(self.scenes)}

    @cached_property
    def is_line(self) -> bool:
        """Whether each scene leads to the one after it, and nowhere else."""
        onward = [*((scene.id,) for scene in self.scenes[1:]), ()]
        return all(
            scene.links is None or tuple(link.scene for link in scene.links) == to
            for scene, to in zip(self.scenes, onward, strict=True)
        )

    @cached_property
    def in_turns(self) -> bool:
        """Whether it has no branches, and each scene has one POV, but not always the same."""
        tellers = {scene.povs for scene in self.scenes}
        return self.is_line and len(tellers) > 1 and all(len(povs) == 1 for povs in tellers)

    @property
    def voted(self) -> Vote:
        """What members vote on: what the story says, or else whose part comes next, if its POVs take turns."""
        return self.vote or (Vote.FOLLOW if self.in_turns else Vote.ORDER)

    def pov(self, pov_id: str) -> Pov | None:
        """Return the POV of that id, or None if the story has no such POV."""
        return next((pov for pov in self.povs if pov.id == pov_id), None)

    def translated(self, scene_id: str, pov_id: str) -> tuple["Story", ...]:
        """Return the translations that have a scene told by that POV."""
        return tuple(each for each in self.translations if (scene := each.scene(scene_id)) and scene.told_by(pov_id))

    def in_language(self, language: str) -> "Story":
        """Return the story in a language, with what is not translated as it is; without a translation, itself."""
        translation = next((each for each in self.translations if each.language == language), None)
        if translation is None:
            return self
        return replace(translation, scenes=tuple(_told_by(scene, translation.scene(scene.id)) for scene in self.scenes))

    def sections(self) -> Iterator[Section]:
        """Yield every section, scene by scene."""
        for scene in self.scenes:
            yield from scene.sections


def _told_by(scene: Scene, translated: Scene | None) -> Scene:
    """Return a scene as its translation tells it; what that leaves out is the scene's own."""
    if translated is None:
        return scene
    sections = [(section, translated.told_by(section.pov.id)) for section in scene.sections]
    told = (replace(there, recap=there.recap or section.recap) if there else section for section, there in sections)
    return replace(translated, sections=tuple(told))
