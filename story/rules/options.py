"""What can be voted for: the options at a place in a story, and the scenes passed on the way."""

from collections.abc import Iterator
from dataclasses import dataclass

from story.errors import PlaceGone
from story.model import Pov, Scene, Story, Vote
from story.rules.links import Way, ways_on
from story.rules.settings import Order
from story.rules.steps import Place, Step


@dataclass(frozen=True, slots=True)
class Option:
    """A way to go on: a scene as a POV tells it.

    Buttons carry its `id`, of at most 65 characters: the POV's where the story just goes on; at a branch the scene's,
    followed by `/` and the POV's where several tell it. `label` is the POV's name, or at a branch the link's label.
    `skipped` is how many scenes are skipped on the way there.
    """

    id: str
    label: str
    scene: Scene
    pov: Pov
    skipped: int = 0

    @property
    def is_way(self) -> bool:
        """Whether it says where it leads, and not just who tells it."""
        return self.label != self.pov.name


def options(story: Story, place: Place, order: Order = Order.STORY) -> tuple[Option, ...]:
    """Return the options for going on, in the story's order: none at an end, one where there is no choice.

    Of several links to one scene, the first is an option. A story that says it is followed begins with its first scene.

    Raises:
        PlaceGone: the story was edited and no longer has the scene that was read last.
    """
    ways = _ways_from(story, place)
    if len(ways) > 1:
        return tuple(option for way in ways for option in _at_branch(way))
    follows = order is Order.FOLLOW or (order is Order.STORY and story.voted is Vote.FOLLOW and bool(place.path))
    return tuple(
        option for way in ways for option in ((_followed(story, way.scene) if follows else []) or _told(way.scene))
    )


def passed(story: Story, path: tuple[Step, ...]) -> Iterator[tuple[Scene, Step | None]]:
    """Yield the scenes of a path: those heard, with their steps, and those skipped in between.

    Scenes that the story no longer has are left out. Scenes that are still ahead do not count as skipped.
    """
    last = story.scene(path[-1].section_id[0]) if path else None
    ahead = {scene.id for scene in line(story, last)} if last else set()
    before: Scene | None = None
    for step in path:
        scene = story.scene(step.section_id[0])
        if scene is None:
            continue
        ways = ways_on(story, before) if before else (Way("", story.scenes[0]),)
        if len(ways) == 1:
            yield from ((each, None) for each in _between(story, ways[0].scene, scene) if each.id not in ahead)
        yield scene, step
        before = scene


def _ways_from(story: Story, place: Place) -> list[Way]:
    if not place.path:
        return [Way("", story.scene(place.began.begins or "") or story.scenes[0])]
    scene_id, _ = place.path[-1].section_id
    scene = story.scene(scene_id)
    if scene is None:
        raise PlaceGone(story.title, scene_id)
    found: dict[str, Way] = {}
    for way in ways_on(story, scene):
        found.setdefault(way.scene.id, way)
    return list(found.values())


def _told(scene: Scene) -> Iterator[Option]:
    return (Option(pov.id, pov.name, scene, pov) for pov in scene.povs)


def _at_branch(way: Way) -> Iterator[Option]:
    scene, label = way.scene, way.label
    if len(scene.povs) == 1:
        yield Option(scene.id, label, scene, scene.povs[0])
    else:
        yield from (Option(f"{scene.id}/{pov.id}", f"{label} · {pov.name}", scene, pov) for pov in scene.povs)


def _followed(story: Story, scene: Scene) -> list[Option]:
    """Return the next part of each POV from a scene on; nothing if any scene ahead has several POVs."""
    scenes = list(line(story, scene))
    if ways_on(story, scenes[-1]) or any(len(each.sections) > 1 for each in scenes):
        return []
    found: dict[str, Option] = {}
    for skipped, each in enumerate(scenes):
        pov = each.sections[0].pov
        if pov.id not in found:
            found[pov.id] = Option(pov.id, pov.name, each, pov, skipped)
    return list(found.values())


def line(story: Story, scene: Scene) -> Iterator[Scene]:
    """Yield a scene and what follows it, up to the next choice or end, no scene twice."""
    if story.is_line:  # known without going through it
        yield from story.scenes[story.position(scene.id) :]
        return
    met: set[str] = set()
    while scene.id not in met:
        met.add(scene.id)
        yield scene
        ways = ways_on(story, scene)
        if len(ways) == 1:
            scene = ways[0].scene


def _between(story: Story, start: Scene, end: Scene) -> list[Scene]:
    """Return the scenes from one up to another; none if the one does not lead to the other."""
    found: list[Scene] = []
    for scene in line(story, start):
        if scene.id == end.id:
            return found
        found.append(scene)
    return []
