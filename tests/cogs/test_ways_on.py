"""No dead ends: what can be done after a session and at the end of a story, and who is host when the host goes."""

import pytest
from simcord import ResponseMessage

from story.model import Story
from tests.builders import story
from tests.cogs.stage import Stage, labels, private, shown

OTHER = story("AB", "A", story_id="fork", title="Fork")


@pytest.fixture
def stories() -> list[Story]:
    return [story("A", "AB", "A"), story("A", story_id="short", title="Short"), OTHER]


async def evening(stage: Stage) -> ResponseMessage:
    """Read a page together and stop; return the closing card."""
    card = (await stage.ann.slash(stage.channel, "session start")).response
    assert card
    await stage.bob.click(card, label="Join")
    await stage.ann.click(card, label="Begin")
    await stage.ann.slash(stage.channel, "session stop")
    return stage.last()


# ---- after a session


async def test_a_session_ends_with_the_ways_on(stage: Stage) -> None:
    assert labels(await evening(stage)) == ["Read on", "Schedule the next"]


async def test_read_on_is_as_next(stage: Stage) -> None:
    card = await evening(stage)
    await stage.bob.click(card, label="Read on")
    assert "scene 2 of 3" in shown(stage.last())


async def test_the_next_session_is_scheduled_by_typing_when(stage: Stage) -> None:
    card = await evening(stage)
    asked = await stage.bob.click(card, label="Schedule the next")
    await stage.bob.submit_modal(asked, {"answer": "in 2 hours"})
    assert "We're reading together" in shown(stage.last())
    assert await stage.queries.date_in(stage.channel.id)


async def test_a_time_that_nobody_understands_is_said_privately(stage: Stage) -> None:
    card = await evening(stage)
    asked = await stage.bob.click(card, label="Schedule the next")
    assert "I can't read “whenever”" in private(await stage.bob.submit_modal(asked, {"answer": "whenever"}))


async def test_where_there_is_a_date_none_is_asked_for(stage: Stage) -> None:
    await stage.ann.slash(stage.channel, "session schedule", when="tomorrow 8pm")
    assert labels(await evening(stage)) == ["Read on"]


# ---- at the end of a story


async def finished(stage: Stage) -> ResponseMessage:
    await stage.ann.slash(stage.channel, "story start", story="short")
    return stage.last()


async def test_a_story_ends_with_the_ways_on(stage: Stage) -> None:
    assert labels(await finished(stage)) == ["Begin again", "Another story", "Other POVs"]


async def test_another_story_is_chosen_from_the_library_and_begins_here(stage: Stage) -> None:
    end = await finished(stage)
    asked = await stage.bob.click(end, label="Another story")
    assert "What shall we read next?" in private(asked)
    assert asked.response
    await stage.bob.select(asked.response, ["fork"])
    assert "# Fork" in shown(stage.last())


async def test_what_is_still_read_makes_no_room_for_another_story(stage: Stage) -> None:
    await stage.next()
    refused = await stage.bob.slash(stage.channel, "story start", story="fork")
    assert "already reading" in private(refused)


# ---- the lobby, and its host


async def test_the_lobby_names_the_story_that_will_be_read_with_its_content_notes(stage: Stage) -> None:
    text = shown((await stage.ann.slash(stage.channel, "session start")).response)
    assert "**A Tale**" in text
    assert "**Content notes:** storms" in text


async def test_when_the_host_leaves_the_channel_is_told_who_is_host(stage: Stage) -> None:
    card = (await stage.ann.slash(stage.channel, "session start")).response
    assert card
    await stage.bob.click(card, label="Join")
    await stage.ann.click(card, label="Leave")
    assert stage.bob.mention in shown(stage.last())
    assert "host" in shown(stage.last())
    await stage.bob.click(card, label="Begin")
    assert "Whose POV is next?" in shown(stage.last())


async def test_a_reader_who_leaves_is_not_waited_for(stage: Stage) -> None:
    card = (await stage.ann.slash(stage.channel, "session start")).response
    assert card
    await stage.bob.click(card, label="Join")
    await stage.ann.click(card, label="Begin")
    await stage.press(stage.ann, "Ben")
    assert f"Waiting for {stage.bob.mention}" in shown(stage.last())
    await stage.bob.click(card, label="Leave")
    assert stage.bob.mention not in shown(stage.last())
