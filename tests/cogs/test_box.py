"""The story in the box, read with the real bot."""

import random
import re

import pytest

from cogs.ui import layouts
from story.importing.markdown import read_markdown
from story.model import Scene, Section, Story
from story.rules.ballot import Ballot
from story.rules.options import options
from story.rules.page import Page
from story.rules.steps import Kind, Reading, Step, follow
from story.services.library import BOX
from tests.builders import NOON
from tests.cogs.stage import Stage, private, shown

STORY = read_markdown(BOX / "room-241")
SECTIONS = [(scene, section) for scene in STORY.scenes for section in scene.sections]


@pytest.fixture
def stories() -> list[Story]:
    return [STORY]


@pytest.mark.parametrize(
    ("scene", "section"), SECTIONS, ids=[f"{scene.id}/{section.pov.id}" for scene, section in SECTIONS]
)
async def test_each_section_fits_one_message(scene: Scene, section: Section) -> None:
    position = STORY.position(scene.id) or 0
    path = [
        Step(n, Kind.SECTION if n > 1 else Kind.START, NOON, each.id, each.povs[0].id)
        for n, each in enumerate(STORY.scenes[:position], 1)
    ]
    kind = Kind.SECTION if path else Kind.START
    place = follow([*path, Step(len(path) + 1, kind, NOON, scene.id, section.pov.id)])
    following = options(STORY, place)
    ballot = Ballot(following, place, closes_at=NOON) if following else None
    opening = not place.path[:-1]
    assert len(layouts.page(Page(Reading(1, 2, 3, STORY.id, 4), STORY, place, ballot))) == 1 + opening


@pytest.mark.parametrize("seed", range(6))
async def test_any_path_leads_to_the_closing_card(stage: Stage, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - a path, not a secret
    path = ["General"]
    await stage.ann.slash(stage.channel, "story start", story="room-241")
    for scene in STORY.scenes[1:]:
        pov = chance.choice(scene.povs).name
        await stage.press(stage.ann, pov)
        if scene == STORY.scenes[1]:
            await stage.press(stage.ann, "Next")
        assert f"scene {len(path) + 1} of 13 · {pov}" in shown(stage.last())
        path.append(pov)
    assert len(stage.messages()) == 1 + 13  # the story is introduced in a message of its own
    card = shown(stage.last())
    assert "The end of Room 241" in card
    assert "We heard 13 of its 37 sections." in card
    assert _told_in(card) == path
    recap = private(await stage.bob.slash(stage.channel, "recap"))
    assert "**13. [Again]" in recap


def _told_in(card: str) -> list[str]:
    """The path on a closing card, scene by scene."""
    [line] = re.findall(r"\*\*Our path:\*\* (.*)", card)
    told: list[str] = []
    for name, first, last in re.findall(r"(\w+) (\d+)(?:–(\d+))?", line):
        assert len(told) + 1 == int(first)
        told += [name] * (int(last or first) - int(first) + 1)
    return told
