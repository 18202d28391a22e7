"""Where the parts of a story are in its files."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Spot:
    """A line of a file, counting from 1."""

    file: Path
    line: int = 1


@dataclass(frozen=True, slots=True)
class SceneSpots:
    """Where a scene is: its heading, and by POV its sections' headings and the first lines of their texts.

    From there on, a section's text is in its file line by line. `links` are the lines and columns of its links. If only
    the heading is known, the rest is empty.
    """

    heading: Spot
    links: tuple[tuple[int, int], ...] = ()
    sections: Mapping[str, Spot] = field(default_factory=dict)
    texts: Mapping[str, Spot] = field(default_factory=dict)


@dataclass(frozen=True)
class Positions:
    """Where the POVs and scenes of a story are, by their ids; what is unknown is at the beginning.

    `translations` are those of its translations, by their languages.
    """

    beginning: Spot
    povs: Mapping[str, Spot] = field(default_factory=dict)
    scenes: Mapping[str, SceneSpots] = field(default_factory=dict)
    translations: Mapping[str, "Positions"] = field(default_factory=dict)

    def pov(self, pov: str) -> Spot:
        """Return where a POV is declared."""
        return self.povs.get(pov, self.beginning)

    def scene(self, scene: str) -> Spot:
        """Return where the heading of a scene is."""
        found = self.scenes.get(scene)
        return found.heading if found else self.beginning

    def link(self, scene: str, number: int) -> tuple[Spot, int]:
        """Return where a scene's link is, by its index, and the link's column, 0 if unknown."""
        found = self.scenes.get(scene)
        if not found or not found.links:
            return self.scene(scene), 0
        line, column = found.links[number]
        return Spot(found.heading.file, line), column

    def section(self, scene: str, pov: str) -> Spot:
        """Return where the heading of a section is."""
        found = self.scenes.get(scene)
        return found.sections.get(pov, found.heading) if found else self.beginning

    def text(self, scene: str, pov: str) -> Spot | None:
        """Return where the text of a section begins, or None if unknown."""
        found = self.scenes.get(scene)
        return found.texts.get(pov) if found else None
