"""Whether what came of things done at once can be explained by some order of doing them one after another."""

from collections.abc import Callable, Iterable
from itertools import count

from tests.cogs.core.interleaving.world import World

Outcome = tuple[World, object]
Deed = Callable[[World], Iterable[Outcome]]
"""What something does to the world, and what comes of it: one outcome, or several that are all right."""
UNKEPT = "not kept"
"""What comes of a deed that the database did not take: it has done nothing."""

Done = frozenset[tuple[int, object]]


class NoOrderError(AssertionError):
    """No order explains it."""


class Orders:
    """All worlds that can be by now, each with those of the deeds under way that are done in it, and what came of them.

    A deed takes effect at one instant between its begin and its end (Herlihy and Wing's linearizability).
    """

    def __init__(self, world: World) -> None:
        self._worlds: set[tuple[World, Done]] = {(world, frozenset())}
        self._under_way: dict[int, Deed] = {}
        self._numbers = count()

    def begin(self, deed: Deed) -> int:
        """Note that a deed has begun; return its number."""
        number = next(self._numbers)
        self._under_way[number] = deed
        return number

    def end(self, number: int, result: object) -> None:
        """Note what came of a deed.

        Raises:
            NoOrderError: nothing explains that.
        """
        if result == UNKEPT:
            found = {(world, done) for world, done in self._worlds if number not in {each for each, _ in done}}
        else:
            mine = number, result
            found = {(world, done - {mine}) for world, done in self._reachable() if mine in done}
        del self._under_way[number]
        if not found:
            raise NoOrderError(f"no order explains {result!r}")
        self._worlds = found

    @property
    def worlds(self) -> set[World]:
        """The worlds that can be once nothing is under way."""
        return {world for world, _ in self._worlds}

    def _reachable(self) -> set[tuple[World, Done]]:
        found, fresh = set(self._worlds), list(self._worlds)
        while fresh:
            world, done = fresh.pop()
            for number in self._under_way.keys() - {each for each, _ in done}:
                for after, result in self._under_way[number](world):
                    reached = after, done | {(number, result)}
                    if reached not in found:
                        found.add(reached)
                        fresh.append(reached)
        return found
