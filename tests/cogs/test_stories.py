import discord

from story.model import Story
from tests.builders import story
from tests.cogs.conftest import FORK, TALE
from tests.cogs.stage import Stage, labels, private, shown


async def test_list_shows_what_there_is_to_read_in_private(stage: Stage) -> None:
    text = private(await stage.ann.slash(stage.channel, "story list"))
    assert "**A Tale**" in text
    assert "4 scenes, 7 sections" in text
    assert "**Fork**" in text
    assert "told by Anna, Ben, and Cleo" in text


async def test_a_long_list_has_pages(stage: Stage) -> None:
    many = [story("A", story_id=f"tale-{n}", title=f"Tale {n}", blurb="x" * 180) for n in range(40)]
    await stage.restart(*many)
    listed = await stage.ann.slash(stage.channel, "story list")
    assert "**Tale 0**" in private(listed)
    assert labels(listed) == ["Next page"]
    assert listed.response
    await stage.ann.click(listed.response, label="Next page")
    assert "**Tale 0**" not in shown(listed)
    assert labels(listed)[0] == "Previous page"


async def test_info_shows_content_notes_length_povs_and_credits(stage: Stage) -> None:
    text = private(await stage.ann.slash(stage.channel, "story info", story="A Tale"))
    for part in ("storms", "4 scenes", "**Anna**: quick", "-# For everyone."):
        assert part in text


async def test_info_of_a_story_that_is_not_there_says_so(stage: Stage) -> None:
    text = private(await stage.ann.slash(stage.channel, "story info", story="`nothing`\n# at all"))
    assert "I don't know a story called" in text
    assert "\n#" not in text


async def test_stories_are_suggested_by_title(stage: Stage) -> None:
    choices = await stage.ann.autocomplete(stage.channel, "story start", "story", "for")
    assert choices == [{"name": "Fork", "value": "fork"}]


async def test_start_here_answers_with_the_first_page(stage: Stage) -> None:
    started = await stage.ann.slash(stage.channel, "story start", story="fork")
    assert not started.ephemeral
    assert "**Fork** is about to begin!" in shown(started)
    assert labels(started) == ["Anna", "Ben", "Next"]


async def test_start_elsewhere_posts_there_and_links_to_it(stage: Stage) -> None:
    other = stage.server.create_text_channel("other")
    started = await stage.ann.slash(stage.channel, "story start", story="fork", channel=other)
    assert f"/{other.id}/{stage.last(other).id}" in private(started)
    assert "**Fork** is about to begin!" in shown(stage.last(other))
    assert stage.messages() == []


async def test_start_in_a_thread_reads_there(stage: Stage) -> None:
    backend = stage.env.backend
    backend.create_thread(stage.channel.id, "evening", stage.ann.id)
    await stage.env.settle()
    [thread] = stage.channel.threads
    assert "is about to begin" in shown(await stage.ann.slash(thread, "story start", story="fork"))
    await stage.press(stage.ann, "Ben", thread)
    await stage.press(stage.ann, "Next", thread)
    assert "Ben tells scene 1." in shown(stage.last(thread))


async def test_the_reading_of_a_deleted_thread_is_over(stage: Stage) -> None:
    stage.env.backend.create_thread(stage.channel.id, "evening", stage.ann.id)
    await stage.env.settle()
    [thread] = stage.channel.threads
    await stage.ann.slash(thread, "story start", story="fork")
    stage.env.backend.delete_channel(thread.id)
    await stage.env.settle()
    assert "There's no story here yet" in private(await stage.ann.slash(stage.channel, "where"))


async def test_start_of_a_story_that_is_not_there_changes_nothing(stage: Stage) -> None:
    private(await stage.ann.slash(stage.channel, "story start", story="nothing"))
    assert stage.messages() == []


async def test_start_in_a_channel_where_the_bot_may_not_write_names_the_permission(stage: Stage) -> None:
    deny = discord.PermissionOverwrite(send_messages=False)
    silent = stage.server.create_text_channel("silent", overwrites={stage.server.me: deny})  # type: ignore[dict-item] # simcord takes members as well as roles
    text = private(await stage.ann.slash(stage.channel, "story start", story="fork", channel=silent))
    assert f"{silent.mention} yet. Please give me **View Channel**, **Send Messages**" in text


async def test_start_in_a_channel_where_the_member_may_not_write_is_refused(stage: Stage) -> None:
    deny = discord.PermissionOverwrite(send_messages=False)
    closed = stage.server.create_text_channel("closed", overwrites={stage.ann: deny})
    text = private(await stage.ann.slash(stage.channel, "story start", story="fork", channel=closed))
    assert "You can't write in that channel" in text
    assert stage.messages(closed) == []


async def test_stop_asks_first_and_then_ends_the_reading(stage: Stage) -> None:
    await stage.next()
    asked = await stage.ann.slash(stage.channel, "story stop")
    assert "Stop reading **A Tale** here? You're at scene 1 of 4." in private(asked)
    assert labels(stage.last()) == ["Anna", "Ben", "Next"]
    assert asked.response
    await stage.ann.click(asked.response, label="Stop reading")
    assert "stopped the reading" in shown(stage.last())
    assert labels(stage.last()) == []
    assert "There's no story here yet" in private(await stage.ann.slash(stage.channel, "where"))


async def test_stop_is_refused_to_whoever_did_not_begin(stage: Stage) -> None:
    await stage.next()
    assert "Only" in private(await stage.bob.slash(stage.channel, "story stop"))


async def test_a_press_after_the_reading_has_ended_says_so(stage: Stage) -> None:
    page = (await stage.next()).response
    asked = (await stage.ann.slash(stage.channel, "story stop")).response
    assert page
    assert asked
    with stage.at_once():
        await stage.ann.click(asked, label="Stop reading")
        late = await stage.click(stage.bob, page, "Ben")
    await stage.env.settle()
    assert "This reading is over" in private(late)


async def test_a_reading_whose_story_is_gone_can_be_ended(stage: Stage) -> None:
    await stage.next()
    other: Story = FORK
    await stage.restart(other, story("A", story_id="other"))
    asked = await stage.ann.slash(stage.channel, "story stop")
    assert "no longer in the library" in private(asked)
    assert asked.response
    await stage.ann.click(asked.response, label="Stop reading")
    await stage.restart(TALE)
    assert "Anna tells scene 1." in shown(await stage.next())


async def test_a_story_that_cannot_be_posted_elsewhere_is_not_begun_there(stage: Stage) -> None:
    other = stage.server.create_text_channel("other")
    stage.env.inject_error("POST", "/channels/*/messages", status=403, code=50001)
    text = private(await stage.ann.slash(stage.channel, "story start", story="fork", channel=other))
    assert "Please give me" in text
    assert "There's no story here yet" in private(await stage.ann.slash(other, "where"))


async def test_a_story_that_cannot_be_posted_elsewhere_leaves_the_date_there(stage: Stage) -> None:
    other = stage.server.create_text_channel("other")
    await stage.ann.slash(other, "session schedule", when="in 2 hours")
    stage.env.inject_error("POST", "/channels/*/messages", status=403, code=50001)
    await stage.ann.slash(stage.channel, "story start", story="fork", channel=other)
    assert other.mention in private(await stage.ann.slash(other, "session calendar"))
