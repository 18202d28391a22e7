"""Files and lists carry names that people know: no ids."""

import pytest

from cogs.ui import texts
from story.model import Story
from tests.builders import story
from tests.cogs.stage import Stage, private, shown
from tests.cogs.test_transcripts import data_of


@pytest.fixture
def stories() -> list[Story]:
    long = story(*["A"] * 16, story_id="x-4711", title="Über uns: Nachts!")
    return [story("A", "A"), story(*["A"] * 15, story_id="fifteen", title="Fifteen"), long]


async def test_an_export_is_named_by_the_title(stage: Stage) -> None:
    await stage.ann.slash(stage.channel, "story start", story="x-4711")
    name, _ = data_of(stage, await stage.ann.slash(stage.channel, "story export", story="x-4711"))
    assert name == "uber-uns-nachts.md"


async def test_a_transcript_has_another_name_than_the_story(stage: Stage) -> None:
    await stage.ann.slash(stage.channel, "story start", story="x-4711")
    name, _ = data_of(stage, await stage.ann.slash(stage.channel, "transcript"))
    assert name == "uber-uns-nachts-transcript.md"


async def test_the_list_of_stories_shows_no_ids(stage: Stage) -> None:
    text = private(await stage.ann.slash(stage.channel, "story list"))
    assert "**Über uns: Nachts!**" in text
    assert "4711" not in text
    assert "`tale`" not in text


async def test_up_to_fifteen_scenes_have_a_mark_each(stage: Stage) -> None:
    await stage.ann.slash(stage.channel, "story start", story="fifteen")
    assert f"-# ●{'○' * 14} scene 1 of 15" in shown(stage.last())


async def test_more_scenes_have_one_rule(stage: Stage) -> None:
    await stage.ann.slash(stage.channel, "story start", story="x-4711")
    assert f"-# {'─' * 15} scene 1 of 16" in shown(stage.last())


async def test_a_reading_whose_story_is_gone_is_not_named_by_its_id(stage: Stage) -> None:
    await stage.ann.slash(stage.channel, "story start", story="x-4711")
    [reading] = await stage.queries.readings(stage.server.id)
    assert texts.reading_choice(None, reading, None) == "A story that's gone"
