"""Tells a story from its first scene to an end, outside of Discord: by the rules of a reading, without a store."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from story.model import Scene, Section, Story
from story.rules.ballot import Ballot, Decision
from story.rules.options import options
from story.rules.presses import Press, Presses
from story.rules.settings import Order
from story.rules.steps import Kind, Place, Step, follow

WHENEVER = datetime(2000, 1, 1, tzinfo=UTC)
"""The time of all steps: no clock runs here."""


@dataclass(frozen=True, slots=True)
class Told:
    """One section that was told: the ballot and decision that led to it, and the place after it."""

    scene: Scene
    section: Section
    ballot: Ballot
    decision: Decision
    place: Place


def tell(story: Story, vote: Callable[[Ballot], tuple[Press, ...]], order: Order = Order.STORY) -> Iterator[Told]:
    """Yield section after section until the story ends, if it does.

    `vote` returns what the members press, where there is something to choose.
    """
    place = follow([Step(1, Kind.START, WHENEVER)])
    while found := options(story, place, order):
        ballot = Ballot(found, place)
        if ballot.is_choice:
            ballot = replace(ballot, presses=Presses(vote(ballot)))
        decision = ballot.decide()
        scene, pov = decision.option.scene, decision.option.pov
        step = Step(
            place.last.n + 1,
            Kind.SECTION,
            WHENEVER,
            scene.id,
            pov.id,
            decision.how,
            decision.votes,
            decision.cast,
        )
        # What `follow` returns, without going through all the steps again.
        place = Place(step, (*place.path, step), place.began)
        section = next(section for section in scene.sections if section.pov == pov)
        yield Told(scene, section, ballot, decision, place)
