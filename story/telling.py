"""Tells a story through from its first scene, outside of Discord: by the rules of a reading, without a store."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from story.ballot import Ballot, Decision, Press
from story.model import Scene, Section
from story.reading import Kind, Place, Step, follow
from story.ways import Way, Ways

WHENEVER = datetime(2000, 1, 1, tzinfo=UTC)
"""When these steps are taken: no clock runs here."""


@dataclass(frozen=True, slots=True)
class Told:
    """One section as it was told: by which decision, and after which steps."""

    scene: Scene
    section: Section
    decision: Decision
    place: Place


def tell(
    ways: Ways,
    vote: Callable[[Ballot], tuple[Press, ...]],
    take: Callable[[tuple[Way, ...]], Way],
) -> Iterator[Told]:
    """Yield section after section until the story ends, which it need not do.

    `vote` is asked what the members press where several POVs tell a scene, `take` where there are several ways on.
    """
    place = follow([Step(1, Kind.START, WHENEVER)])
    scene = ways.story.scenes[0]
    while True:
        presses = vote(Ballot(scene, place)) if len(scene.povs) > 1 else ()
        decision = Ballot(scene, place, presses).decide()
        step = Step(
            place.last.n + 1,
            Kind.SECTION,
            WHENEVER,
            scene.id,
            decision.pov.id,
            decision.how,
            decision.votes,
            decision.cast,
        )
        # As `follow` would have it, which would go through all of the steps again.
        place = Place(step, (*place.path, step), place.began)
        section = next(section for section in scene.sections if section.pov == decision.pov)
        yield Told(scene, section, decision, place)
        on = ways.on_from[scene.id]
        if not on:
            return
        scene = on[0].scene if len(on) == 1 else take(on).scene
