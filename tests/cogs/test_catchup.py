import pytest

from story.model import Story
from tests.builders import story
from tests.cogs.stage import Stage, labels, private, shown


@pytest.fixture
def stories() -> list[Story]:
    return [story("A", "AB", "ABC", "A"), story("A", "A", "A", story_id="long", text="A sentence. " * 500)]


async def read_to_the_third(stage: Stage) -> None:
    await stage.next()
    await stage.press(stage.bob, "Ben")
    await stage.press(stage.bob, "Next")
    await stage.press(stage.bob, "Cleo")


async def test_catchup_shows_what_was_missed_as_recaps_with_links(stage: Stage) -> None:
    await read_to_the_third(stage)
    caught = await stage.cat.slash(stage.channel, "catchup")
    text = private(caught)
    assert "You missed 2 sections" in text
    assert "**2. [Scene 2](" in text
    assert "Ben: Ben recaps 2" in text
    assert labels(caught) == ["Read in full"]


async def test_catchup_leaves_out_what_the_member_was_there_for(stage: Stage) -> None:
    await read_to_the_third(stage)
    assert "You're all caught up" in private(await stage.bob.slash(stage.channel, "catchup"))


async def test_catchup_never_recaps_the_page_that_is_still_open(stage: Stage) -> None:
    await read_to_the_third(stage)
    assert "Cleo recaps 3" not in private(await stage.cat.slash(stage.channel, "catchup"))


async def test_catchup_can_be_opened_again(stage: Stage) -> None:
    await read_to_the_third(stage)
    await stage.cat.slash(stage.channel, "catchup")
    assert "You missed 2 sections" in private(await stage.cat.slash(stage.channel, "catchup"))


async def test_what_was_missed_can_be_read_whole_page_by_page(stage: Stage) -> None:
    await read_to_the_third(stage)
    page = (await stage.cat.slash(stage.channel, "catchup")).response
    assert page
    await stage.cat.click(page, label="Read in full")
    assert "Anna tells scene 1." in shown(page)
    await stage.cat.click(page, label="Next section")
    assert "Ben tells scene 2." in shown(page)
    assert labels(page) == []
    assert "You're all caught up" in private(await stage.cat.slash(stage.channel, "catchup"))


async def test_a_long_section_that_was_missed_is_read_in_parts(stage: Stage) -> None:
    await stage.ann.slash(stage.channel, "story start", story="long")
    await stage.press(stage.ann, "Next")
    page = (await stage.cat.slash(stage.channel, "catchup")).response
    assert page
    await stage.cat.click(page, label="Read in full")
    assert labels(page) == ["Read on"]
    await stage.cat.click(page, label="Read on")
    assert labels(page) == []


async def test_a_long_list_of_what_was_missed_has_pages(stage: Stage) -> None:
    many = story(*["A"] * 60)
    await stage.restart(many)
    await stage.next()
    for _ in many.scenes[1:]:
        await stage.press(stage.ann, "Next")
    page = (await stage.cat.slash(stage.channel, "catchup")).response
    assert page
    assert labels(page) == ["Next page", "Read in full"]
    await stage.cat.click(page, label="Next page")
    assert labels(page)[0] == "Previous page"


async def test_a_section_that_was_taken_back_cannot_be_caught_up_with(stage: Stage) -> None:
    await stage.next()
    await stage.press(stage.ann, "Next")
    page = (await stage.cat.slash(stage.channel, "catchup")).response
    for _ in range(2):
        await stage.ann.slash(stage.channel, "back")
    assert page
    assert "We haven't read anything yet" in private(await stage.cat.click(page, label="Read in full"))


async def test_bookmark_keeps_the_last_section_in_private(stage: Stage) -> None:
    await stage.next()
    assert "Bookmarked: **Scene 1**, told by Anna." in private(await stage.cat.slash(stage.channel, "bookmark"))
    text = private(await stage.cat.slash(stage.channel, "bookmarks"))
    assert f"[Scene 1](https://discord.com/channels/{stage.server.id}/{stage.channel.id}/{stage.last().id})" in text
    assert "Bookmark removed" in private(await stage.cat.slash(stage.channel, "bookmark"))
    assert "None yet" in private(await stage.cat.slash(stage.channel, "bookmarks"))


async def test_any_section_can_be_bookmarked_from_its_menu(stage: Stage) -> None:
    await read_to_the_third(stage)
    first = stage.messages()[0]
    text = private(await stage.cat.context_menu(stage.channel, "Bookmark this section", first))
    assert "Bookmarked: **Scene 1**" in text


async def test_a_message_that_is_no_section_cannot_be_bookmarked(stage: Stage) -> None:
    await stage.next()
    chat = await stage.bob.send(stage.channel, "What a story!")
    assert "not a section" in private(await stage.cat.context_menu(stage.channel, "Bookmark this section", chat))


async def test_a_step_that_tells_no_section_cannot_be_bookmarked(stage: Stage) -> None:
    await stage.next()
    await stage.press(stage.ann, "Next")
    await stage.ann.slash(stage.channel, "back")
    result = await stage.cat.context_menu(stage.channel, "Bookmark this section", stage.last())
    assert "not a section" in private(result)


async def test_many_bookmarks_have_pages(stage: Stage) -> None:
    many = story(*["A"] * 45, title="x" * 100)
    await stage.restart(many)
    await stage.next()
    for _ in many.scenes[1:]:
        await stage.cat.slash(stage.channel, "bookmark")
        await stage.press(stage.ann, "Next")
    page = (await stage.cat.slash(stage.channel, "bookmarks")).response
    assert page
    assert labels(page) == ["Next page"]
    await stage.cat.click(page, label="Next page")
    assert labels(page) == ["Previous page"]
