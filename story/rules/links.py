"""The ways on from scene to scene, and what follows from them for the story as a whole."""

import heapq
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from graphlib import CycleError, TopologicalSorter

from story.model import Scene, Story
from story.rules.measure import words as count_words


@dataclass(frozen=True, slots=True)
class Way:
    """A way on: the label to choose it by, empty where the story just goes on, and the scene it leads to."""

    label: str
    scene: Scene


def ways_on(story: Story, scene: Scene) -> tuple[Way, ...]:
    """Return the ways on from a scene of a story, in its order; none where the story ends.

    A single way is taken without asking; between several, readers choose. Links to scenes that the story does not have
    are left out.
    """
    if scene.links is not None:
        found = ((link.label, story.scene(link.scene)) for link in scene.links)
        return tuple(Way(label, to) for label, to in found if to)
    position = story.position(scene.id)
    following = () if position is None else story.scenes[position + 1 : position + 2]
    return tuple(Way("", to) for to in following)


@dataclass(frozen=True)
class Ways:
    """All the ways through a story with at least one scene, worked out once. Scenes go by their ids."""

    story: Story

    @cached_property
    def on_from(self) -> Mapping[str, tuple[Way, ...]]:
        """The ways on from each scene."""
        return {scene.id: ways_on(self.story, scene) for scene in self.story.scenes}

    @cached_property
    def branching(self) -> bool:
        """Whether readers choose a way anywhere."""
        return any(len(ways) > 1 for ways in self.on_from.values())

    @cached_property
    def reachable(self) -> frozenset[str]:
        """The first scene, and all that some way from it leads to."""
        forward = {scene: [way.scene.id for way in ways] for scene, ways in self.on_from.items()}
        return _spread(forward, [self.story.scenes[0].id])

    @cached_property
    def endings(self) -> tuple[Scene, ...]:
        """The scenes that can be reached and have no way on, in the story's order."""
        return tuple(scene for scene in self.story.scenes if scene.id in self.reachable and not self.on_from[scene.id])

    @cached_property
    def endless(self) -> frozenset[str]:
        """The scenes that can be reached, but from which no way leads to an end."""
        backward: dict[str, list[str]] = {scene: [] for scene in self.on_from}
        for scene, ways in self.on_from.items():
            for way in ways:
                backward[way.scene.id].append(scene)
        return self.reachable - _spread(backward, [scene.id for scene in self.endings])

    @cached_property
    def traps(self) -> tuple[Scene, ...]:
        """The scenes where a reading loses its last way to an end: those of `endless` entered from elsewhere."""
        entered = {self.story.scenes[0].id}
        for scene in self.reachable - self.endless:
            entered.update(way.scene.id for way in self.on_from[scene])
        return tuple(scene for scene in self.story.scenes if scene.id in self.endless and scene.id in entered)

    def longest(self, costs: Mapping[str, int]) -> int | None:
        """Return the highest cost of any way that keeps to certain scenes: the sum of their costs.

        None if there is no highest, since the way can go round for ever.
        """
        onward = {scene: [way.scene.id for way in self.on_from[scene] if way.scene.id in costs] for scene in costs}
        totals: dict[str, int] = {}
        try:
            # The sorter puts first what others depend on: here, what a scene leads to.
            for scene in TopologicalSorter(onward).static_order():
                totals[scene] = costs[scene] + max((totals[to] for to in onward[scene]), default=0)
        except CycleError:
            return None
        return max(totals.values(), default=0)

    def shortest(self, costs: Mapping[str, int]) -> int | None:
        """Return the lowest cost of any way from the first scene to an end, or None if no way ends.

        Costs are not negative.
        """
        first = self.story.scenes[0].id
        queue, done = [(costs[first], first)], set[str]()
        while queue:
            total, scene = heapq.heappop(queue)
            if not self.on_from[scene]:
                return total
            if scene not in done:
                done.add(scene)
                for way in self.on_from[scene]:
                    heapq.heappush(queue, (total + costs[way.scene.id], way.scene.id))
        return None

    @cached_property
    def words(self) -> tuple[int | None, int | None]:
        """The words on the shortest and on the longest way to an end; None where there is no such way."""
        counts = {
            scene.id: [count_words(section.text) for section in scene.sections]
            for scene in self.story.scenes
            if scene.id in self.reachable
        }
        return (
            self.shortest({scene: min(words) for scene, words in counts.items()}),
            self.longest({scene: max(words) for scene, words in counts.items()}),
        )


def _spread(edges: Mapping[str, list[str]], start: list[str]) -> frozenset[str]:
    found, waiting = set(start), list(start)
    while waiting:
        for to in edges[waiting.pop()]:
            if to not in found:
                found.add(to)
                waiting.append(to)
    return frozenset(found)
