"""Where in its files the parts of a story stand."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from story.model import Scene


@dataclass(frozen=True, slots=True)
class Spot:
    """A line of a file, counted from 1."""

    file: Path
    line: int = 1


@dataclass(frozen=True, slots=True)
class SceneSpots:
    """Where a scene stands: its heading, and by POV its sections' headings and the first lines of their texts.

    From there on a section's text stands in its file line for line.
    """

    heading: Spot
    sections: dict[str, Spot]
    texts: dict[str, Spot]


@dataclass(frozen=True)
class Positions:
    """Where the POVs and scenes of a story stand, by their ids; what is not known stands at the beginning."""

    beginning: Spot
    povs: Mapping[str, Spot] = field(default_factory=dict)
    scenes: Mapping[str, SceneSpots] = field(default_factory=dict)

    @classmethod
    def of(
        cls, beginning: Spot, povs: Mapping[str, Spot], scenes: Iterable[Scene], spots: Iterable[SceneSpots]
    ) -> "Positions":
        """Put together scenes and where they stand, in the same order."""
        return cls(beginning, povs, {scene.id: spot for scene, spot in zip(scenes, spots, strict=True)})

    def pov(self, pov: str) -> Spot:
        """Return where a POV is declared."""
        return self.povs.get(pov, self.beginning)

    def scene(self, scene: str) -> Spot:
        """Return where the heading of a scene stands."""
        found = self.scenes.get(scene)
        return found.heading if found else self.beginning

    def section(self, scene: str, pov: str) -> Spot:
        """Return where the heading of a section stands."""
        found = self.scenes.get(scene)
        return found.sections[pov] if found else self.beginning

    def text(self, scene: str, pov: str) -> Spot | None:
        """Return where the text of a section begins, or None if that is not known."""
        found = self.scenes.get(scene)
        return found.texts[pov] if found else None
