"""What was checked when a story was brought in is not checked again: opening it takes no time, and cannot fail."""

import asyncio

import pytest

from story.importing.limits import NO_LIMITS
from story.importing.markdown import read_single_file
from story.importing.markdown_writer import write_markdown
from story.model import Story, Vote
from story.services.container import Services
from story.services.story_json import from_json, to_json
from tests.builders import linked, story
from tests.story.room import ANN, BOB, GUILD, OTHER_CHANNEL, begun, press

QUOTES = "\n".join(f"{'> ' * (n % 20)}line {n}" for n in range(59_000))
NESTED = story("A", "B", story_id="nested", title="Nested", text=QUOTES)
"""A story whose Markdown once took seconds to read."""
TURNS = 10
"""Far more turns than the event loop takes where it is held."""


@pytest.mark.parametrize(
    "tale", [NESTED, story("AB", "A", vote=Vote.ORDER), linked(story("A", "B", "C"), (1, "23"), (2, "")), story("A")]
)
def test_a_story_opens_as_it_was_stored(tale: Story) -> None:
    assert from_json(to_json(tale)) == tale


async def unopened(services: Services) -> str:
    """Keep the nested story as an earlier version did: as Markdown alone."""
    text = write_markdown(NESTED)
    async with services.store.transaction() as tx:
        await tx.add_story("nested", (GUILD, 0), "Nested", (text, ""), services.clock())
        await tx._rows("UPDATE story SET opened = NULL")
    return text


async def test_a_story_that_was_kept_opens_without_its_markdown_being_read(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    await services.imports.load()
    kept = await services.imports.keep(GUILD, NESTED)
    monkeypatch.delattr("story.services.imports.read_single_file")
    assert services.queries.library.get(kept.id) == kept


async def test_a_vote_is_answered_while_a_large_nested_story_is_kept_and_opened(services: Services) -> None:
    await services.imports.load()
    turn = await begun(services, "tale", OTHER_CHANNEL)
    keeping = asyncio.create_task(services.imports.keep(GUILD, NESTED))
    await asyncio.sleep(0)
    assert await press(services, turn, BOB)
    kept = await keeping
    opening = asyncio.create_task(services.readings.start(GUILD, OTHER_CHANNEL + 1, ANN, kept.id))
    assert await press(services, turn, ANN)
    assert (await opening).page.story == kept


async def test_the_event_loop_goes_on_while_what_an_earlier_version_kept_is_looked_at(services: Services) -> None:
    await unopened(services)
    looking = asyncio.create_task(services.imports.load())
    turns = 0
    while not looking.done():
        await asyncio.sleep(0)
        turns += 1
    await looking
    assert turns > TURNS
    read = read_single_file(write_markdown(NESTED).encode(), "nested.md", NO_LIMITS)
    assert services.queries.library.get("nested") == read


async def test_what_an_earlier_version_kept_is_looked_at_once(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    await unopened(services)
    await services.imports.load()
    monkeypatch.delattr("story.services.imports.read_single_file")
    await services.imports.load()


async def test_what_cannot_be_read_any_more_is_said_in_the_log_and_left_out(
    services: Services, caplog: pytest.LogCaptureFixture
) -> None:
    async with services.store.transaction() as tx:
        await tx.add_story("torn", (GUILD, 0), "Torn", ("no front matter", ""), services.clock())
        await tx._rows("UPDATE story SET opened = NULL")
    await services.imports.load()
    assert services.queries.library.get("torn") is None
    assert "torn.md" in caplog.text
