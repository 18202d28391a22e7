"""Stories that branch, and stories whose POVs are followed, read to their ends with the real bot."""

from dataclasses import replace

import discord
import pytest
from simcord import MemberActor

from story.model import Link, Story
from tests.builders import linked, story
from tests.cogs.stage import TIME_IS_UP, Stage, buttons, labels, private, shown
from tests.cogs.test_settings import choose

FORK = linked(story("A", "AB", "C", "B"), (1, "23"), (2, "4"), (3, "4"))
"""From Anna's scene the way goes on to a scene of Anna's and Ben's or to one of Cleo's, and from both to Ben's."""
PARTS = story("A", "B", "A", "C", "B", "A", story_id="parts", title="Parts")
"""Each scene is told by one POV."""


def crossroads() -> Story:
    """A story whose first scene leads to 25 others, by long labels."""
    tale = story("A", *["B"] * 25, story_id="crossroads", title="Crossroads")
    links = tuple(Link(f"Way {n} {'and on ' * 20}", f"scene-{n}") for n in range(2, 27))
    scenes = [replace(scene, links=()) for scene in tale.scenes]
    return replace(tale, scenes=(replace(scenes[0], links=links), *scenes[1:]))


@pytest.fixture
def stories() -> list[Story]:
    return [FORK, PARTS, crossroads()]


@pytest.fixture
def owner(stage: Stage) -> MemberActor:
    """A member who **Manage Server**."""
    role = stage.server.create_role("Owners", permissions=discord.Permissions(manage_guild=True))
    return stage.server.add_member(stage.env.create_user("owner"), roles=[role])


async def begin(stage: Stage, title: str) -> None:
    await stage.ann.slash(stage.channel, "story start", story=title)


# ---- branches


async def test_a_branch_asks_where_and_has_a_button_for_each_way(stage: Stage) -> None:
    page = (await stage.next()).response
    assert labels(page) == ["to 2 · Anna", "to 2 · Ben", "to 3", "Next"]
    assert "**Where to next?**" in shown(page)
    assert "Through whose eyes" not in shown(page)
    assert "scene 1" in shown(page)
    assert "of 4" not in shown(page)


async def test_a_way_is_voted_on_and_the_outcome_names_it(stage: Stage) -> None:
    page = (await stage.next()).response
    await stage.press(stage.ann, "to 3")
    await stage.press(stage.bob, "to 3")
    await stage.press(stage.cat, "to 2 · Ben")
    assert labels(page) == ["to 2 · Anna", "to 2 · Ben · 1", "to 3 · 2", "Next"]
    stage.env.backend.advance_clock(TIME_IS_UP)
    await stage.env.settle()
    assert "to 3 wins with 2 of 3 votes." in shown(page)
    assert "Cleo tells scene 3." in shown(stage.last())


async def test_a_branching_story_is_read_to_its_end(stage: Stage) -> None:
    await stage.next()
    await stage.press(stage.ann, "to 2 · Ben")
    await stage.press(stage.ann, "Next")
    assert "Ben tells scene 2." in shown(stage.last())
    assert labels(stage.last()) == ["Next"]
    await stage.press(stage.ann, "Next")
    card = shown(stage.last())
    assert "Ben tells scene 4." in card
    assert "The end of A Tale" in card
    assert "We heard 3 of its 5 sections." in card
    assert "**Our path:** Anna 1 → Ben 2–3" in card
    assert "The story is finished." in private(await stage.bob.slash(stage.channel, "where"))
    await stage.press(stage.bob, "Begin again")
    assert "That was the end!" in private(await stage.next(stage.bob))


async def test_back_opens_the_branch_anew(stage: Stage) -> None:
    await stage.next()
    await stage.press(stage.ann, "to 3")
    await stage.press(stage.ann, "Next")
    await stage.ann.slash(stage.channel, "back")
    assert labels(stage.last()) == ["to 2 · Anna", "to 2 · Ben", "to 3", "Next"]
    await stage.press(stage.ann, "to 2 · Anna")
    assert "Anna tells scene 2." in shown(stage.last())


async def test_pov_takes_a_way_by_its_label_and_suggests_them(stage: Stage) -> None:
    await stage.next()
    found = await stage.ann.autocomplete(stage.channel, "pov", "who", "to 2")
    assert [choice["name"] for choice in found] == ["to 2 · Anna", "to 2 · Ben"]
    await stage.ann.slash(stage.channel, "pov", who="to 3")
    assert "to 3 · 1" in labels(stage.last())
    assert "Pick one of these: to 2 · Anna, to 2 · Ben, and to 3." in private(
        await stage.bob.slash(stage.channel, "pov", who="to the moon")
    )


async def test_the_path_of_a_branching_story_names_nothing_that_was_not_taken(stage: Stage) -> None:
    await stage.next()
    await stage.press(stage.ann, "to 3")
    await stage.press(stage.ann, "Next")
    path = private(await stage.bob.slash(stage.channel, "path", **{"as": "text"}))
    assert path.splitlines()[1:] == ["-# scene 2", "**1. Scene 1** · Anna", "**2. Scene 3** · Cleo"]
    picture = await stage.bob.slash(stage.channel, "path")
    assert picture.response
    assert picture.response.attachments
    recap = private(await stage.bob.slash(stage.channel, "recap"))
    assert "**2. [Scene 3]" in recap
    scenes = await stage.bob.autocomplete(stage.channel, "reread", "scene", "")
    assert [choice["value"] for choice in scenes] == ["scene-3", "scene-1"]


async def test_of_more_ways_than_there_is_room_for_the_rest_is_reached_by_pov(stage: Stage) -> None:
    await begin(stage, "crossroads")
    page = stage.last()
    assert len(buttons(page)) == 21
    assert all(len(label) <= 80 for label in labels(page))
    [found] = await stage.ann.autocomplete(stage.channel, "pov", "who", "way 26")
    await stage.ann.slash(stage.channel, "pov", who=found["value"])
    await stage.press(stage.ann, "Next")
    assert "Ben tells scene 26." in shown(stage.last())
    assert "The end of Crossroads" in shown(stage.last())


# ---- following


async def test_where_povs_are_followed_the_ballot_offers_their_next_parts(stage: Stage, owner: MemberActor) -> None:
    await choose(stage, owner, "order", "follow")
    await begin(stage, "parts")
    page = stage.last()
    assert labels(page) == ["Anna", "Ben", "Cleo", "Next"]
    assert "**Whose POV is next?**" in shown(page)
    assert "Ben skips 1 scene and Cleo skips 3 scenes" in shown(page)


async def test_a_pov_is_followed_to_the_end_of_a_story(stage: Stage, owner: MemberActor) -> None:
    await choose(stage, owner, "order", "follow")
    await begin(stage, "parts")
    await stage.press(stage.ann, "Ben")
    await stage.press(stage.ann, "Next")
    assert "scene 2 of 6 · Ben" in shown(stage.last())
    await stage.press(stage.ann, "Ben")
    assert "scene 5 of 6 · Ben" in shown(stage.last())
    assert labels(stage.last()) == ["Next"]
    await stage.press(stage.ann, "Next")
    card = shown(stage.last())
    assert "Anna tells scene 6." in card
    assert "We heard 3 of its 6 sections." in card


async def test_without_votes_a_followed_story_goes_on_as_written(stage: Stage, owner: MemberActor) -> None:
    await choose(stage, owner, "order", "follow")
    await begin(stage, "parts")
    for scene in range(1, 7):
        await stage.press(stage.ann, "Next")
        assert f"tells scene {scene}." in shown(stage.last())


async def test_what_was_skipped_can_be_read_again_and_is_said_to_be(stage: Stage, owner: MemberActor) -> None:
    await choose(stage, owner, "order", "follow")
    await begin(stage, "parts")
    await stage.press(stage.ann, "Cleo")
    await stage.press(stage.ann, "Next")
    found = await stage.bob.autocomplete(stage.channel, "reread", "scene", "")
    assert [choice["value"] for choice in found] == ["scene-4", "scene-3", "scene-2", "scene-1"]
    assert "Cleo, as we heard it" in private(await stage.bob.slash(stage.channel, "reread"))
    again = await stage.bob.slash(stage.channel, "reread", scene="scene-2")
    assert "scene 2 of 6 · Ben, a scene we skipped\nBen tells scene 2." in private(again)
    assert again.response
    await stage.bob.click(again.response, label="Next scene")
    assert "scene 3 of 6 · Anna, a scene we skipped" in shown(again.response)
    recap = private(await stage.bob.slash(stage.channel, "recap"))
    assert "Scene 4" in recap
    assert "Scene 2" not in recap


async def test_the_path_of_a_followed_story_has_what_was_heard(stage: Stage, owner: MemberActor) -> None:
    await choose(stage, owner, "order", "follow")
    await begin(stage, "parts")
    await stage.press(stage.ann, "Ben")
    await stage.press(stage.ann, "Next")
    await stage.press(stage.ann, "Cleo")
    path = private(await stage.bob.slash(stage.channel, "path", **{"as": "text"}))
    assert path.splitlines()[1:] == ["-# scene 4 of 6 · 2 to come", "**1. Scene 2** · Ben", "**2. Scene 4** · Cleo"]
    picture = await stage.bob.slash(stage.channel, "path")
    assert picture.response
    assert picture.response.attachments


async def test_an_open_ballot_follows_as_soon_as_that_is_chosen(stage: Stage, owner: MemberActor) -> None:
    await begin(stage, "parts")
    await choose(stage, owner, "order", "written")
    assert labels(stage.last()) == ["Next"]
    await choose(stage, owner, "order", "follow")
    assert labels(stage.last()) == ["Ben", "Anna", "Cleo", "Next"]
    await choose(stage, owner, "order", "written")
    assert labels(stage.last()) == ["Next"]


async def test_what_nobody_has_set_is_as_the_story_says(stage: Stage, owner: MemberActor) -> None:
    await begin(stage, "parts")
    assert labels(stage.last()) == ["Ben", "Anna", "Cleo", "Next"]
    await choose(stage, owner, "order", "written")
    await choose(stage, owner, "order", "story")
    assert labels(stage.last()) == ["Ben", "Anna", "Cleo", "Next"]


async def test_beginning_again_asks_whom_to_follow(stage: Stage, owner: MemberActor) -> None:
    await begin(stage, "parts")
    await choose(stage, owner, "order", "follow")
    asked = await stage.ann.slash(stage.channel, "restart")
    assert asked.response
    await stage.ann.click(asked.response, label="Begin again")
    assert labels(stage.last()) == ["Anna", "Ben", "Cleo", "Next"]
