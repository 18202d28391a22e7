"""Undoing, beginning again, the end of a story, and a story that is edited while it is read."""

from dataclasses import replace

from simcord import InteractionResult

from tests.builders import scene, story
from tests.cogs.stage import Stage, labels, private, shown
from tests.cogs.test_reading import read_to

# ---- undoing


async def test_back_tells_the_channel_and_opens_the_ballot_before_anew(stage: Stage) -> None:
    await read_to(stage, "Ben")
    undone = stage.last()
    text = shown(await stage.ann.slash(stage.channel, "back"))
    assert "undid the last section" in text
    assert labels(stage.last()) == ["Anna", "Ben", "Next"]
    assert labels(undone) == []
    assert "undid this section" in shown(undone)


async def test_back_is_refused_to_whoever_did_not_begin_and_cannot_manage_messages(stage: Stage) -> None:
    await stage.next()
    assert "Only" in private(await stage.bob.slash(stage.channel, "back"))
    assert not (await stage.mod.slash(stage.channel, "back")).ephemeral


async def test_restart_asks_first_and_then_begins_again(stage: Stage) -> None:
    await read_to(stage, "Ben")
    asked = await stage.ann.slash(stage.channel, "restart")
    assert "Start **A Tale** over? You're at scene 2 of 4." in private(asked)
    assert len(stage.messages()) == 2
    assert asked.response
    await stage.ann.click(asked.response, label="Begin again")
    assert "Anna tells scene 1." in shown(stage.last())
    assert "started the story over" in shown(stage.messages()[1])
    assert "already" in private(await stage.ann.click(asked.response, label="Begin again"))


async def test_restart_can_be_thought_better_of(stage: Stage) -> None:
    await stage.next()
    asked = await stage.ann.slash(stage.channel, "restart")
    assert asked.response
    await stage.ann.click(asked.response, label="Keep reading")
    assert "nothing changed" in shown(asked)
    assert len(stage.messages()) == 1


async def test_restart_is_refused_to_whoever_did_not_begin(stage: Stage) -> None:
    await stage.next()
    assert "Only" in private(await stage.bob.slash(stage.channel, "restart"))


# ---- the end


async def test_the_closing_card_has_credits_what_was_heard_and_the_path(stage: Stage) -> None:
    await read_to(stage, "Ben", "Cleo", "Next")
    text = shown(stage.last())
    assert "Anna tells scene 4." in text
    assert "We heard 4 of its 7 sections." in text
    assert "Anna 1 → Ben 2 → Cleo 3 → Anna 4" in text
    assert "-# For everyone.\n-# For nothing." in text
    assert labels(stage.last()) == ["Begin again", "Another story", "Other POVs"]


async def test_at_the_end_anybody_may_read_again(stage: Stage) -> None:
    await read_to(stage, "Ben", "Cleo", "Next")
    asked = await stage.press(stage.cat, "Begin again")
    assert asked.response
    await stage.cat.click(asked.response, label="Begin again")
    assert "Anna tells scene 1." in shown(stage.last())


async def test_at_the_end_other_eyes_can_be_heard_in_private(stage: Stage) -> None:
    await read_to(stage, "Ben", "Cleo", "Next")
    assert "Anna tells scene 4." in private(await stage.press(stage.cat, "Other POVs"))


async def test_votes_and_the_clock_never_part_what_stands_in_one_message(stage: Stage) -> None:
    for length in (3400, 3600, 3700, 3800, 3900):
        tale = story("A", "AB", text="x" * length)
        other = stage.server.create_text_channel(f"length-{length}")
        await stage.restart(tale)
        await stage.ann.slash(other, "story start", story="tale")
        before = [shown(message).count("x") for message in stage.messages(other)]
        await stage.press(stage.ann, "Ben", other)
        assert [shown(message).count("x") for message in stage.messages(other)] == before


# ---- a story that is edited while it is read


async def test_a_reading_follows_its_scenes_when_one_is_put_in_before(stage: Stage) -> None:
    await read_to(stage, "Ben")
    tale = story("A", "AB", "ABC", "A")
    await stage.restart(replace(tale, scenes=(scene(9, "A"), *tale.scenes)))
    await stage.press(stage.ann, "Cleo")
    assert "Cleo tells scene 3." in shown(stage.last())


async def test_a_place_that_is_gone_is_said_to_be_gone_and_changes_nothing(stage: Stage) -> None:
    await read_to(stage, "Ben")
    await stage.restart(story("A"))
    assert "the scene we were at is gone" in private(await stage.next())
    assert "our scene is gone" in private(await stage.ann.slash(stage.channel, "where"))
    assert len(stage.messages()) == 2


async def test_a_story_that_is_gone_is_said_to_be_gone(stage: Stage) -> None:
    await stage.next()
    await stage.restart(story("A", story_id="other"))
    assert "no longer in the library" in private(await stage.next())
    pressed: InteractionResult = await stage.press(stage.ann, "Ben")
    assert "no longer in the library" in private(pressed)


async def test_a_vote_is_shown_even_if_the_answer_to_its_command_got_lost(stage: Stage) -> None:
    await stage.next()
    stage.env.inject_error("POST", "/interactions/*/*/callback", status=404, code=10062)
    await stage.ann.slash(stage.channel, "pov", who="Ben")
    assert "Ben · 1" in labels(stage.last())
    stage.env._errors.clear()


async def test_a_vote_is_shown_even_if_the_answer_to_its_press_got_lost(stage: Stage) -> None:
    await stage.next()
    stage.env.inject_error("POST", "/interactions/*/*/callback", status=404, code=10062)
    await stage.press(stage.ann, "Ben")
    assert "Ben · 1" in labels(stage.last())
