"""Several readings a channel: /story start in place of another, /story continue, at: and move, and looking back."""

import discord
import pytest
from simcord import ChannelHandle, InteractionResult, MemberActor

from tests.cogs.stage import TIME_IS_UP, Stage, labels, private, shown
from tests.cogs.trouble import POST, allow, killed, refuse

DAY = 24 * 3600


@pytest.fixture
def owner(stage: Stage) -> MemberActor:
    role = stage.server.create_role("Owners", permissions=discord.Permissions(manage_guild=True))
    return stage.server.add_member(stage.env.create_user("owner"), roles=[role])


async def start(stage: Stage, story: str = "fork", channel: ChannelHandle | None = None) -> InteractionResult:
    """Ask to begin a story where another is read."""
    more = {"channel": channel} if channel else {}
    return await stage.ann.slash(stage.channel, "story start", story=story, **more)


async def set_aside(stage: Stage) -> None:
    """Have the tale set aside at scene 2 for the fork."""
    await stage.next()
    await stage.press(stage.ann, "Ben")
    await stage.env.advance_time(TIME_IS_UP)
    await stage.click(stage.ann, await start(stage), "Set it aside")
    await stage.env.settle()


async def test_start_where_something_is_read_asks_and_changes_nothing(stage: Stage) -> None:
    await stage.next()
    asked = await start(stage)
    assert "You're reading **A Tale**" in private(asked)
    assert labels(asked) == ["Set it aside", "Keep reading"]
    assert labels(stage.last()) == ["Anna", "Ben", "Next"]


async def test_a_reading_is_set_aside_by_a_press_and_its_card_says_so(stage: Stage) -> None:
    await set_aside(stage)
    assert "**Fork** is about to begin!" in shown(stage.last())
    assert "Set aside. `/story continue` goes on from here." in shown(stage.messages()[-2])


async def test_buttons_of_a_reading_that_is_set_aside_say_how_to_go_on(stage: Stage) -> None:
    await set_aside(stage)
    pressed = await stage.click(stage.bob, stage.messages()[-2], "Cleo")
    assert "This reading is set aside. `/story continue`" in private(pressed)


async def test_only_whoever_began_is_asked(stage: Stage) -> None:
    await stage.next()
    assert "You're already reading **A Tale**" in private(
        await stage.bob.slash(stage.channel, "story start", story="fork")
    )
    asked = await stage.mod.slash(stage.channel, "story start", story="fork")
    assert labels(asked) == ["Set it aside", "Keep reading"]


async def test_a_reading_is_continued_and_the_other_set_aside_for_it(stage: Stage) -> None:
    await set_aside(stage)
    asked = await stage.ann.slash(stage.channel, "story continue")
    assert "Set it aside for **A Tale**?" in private(asked)
    await stage.click(stage.ann, asked, "Set it aside")
    await stage.env.settle()
    assert "Ben tells scene 2." in shown(stage.last())
    await stage.press(stage.bob, "Cleo")
    await stage.env.advance_time(TIME_IS_UP)
    assert "Cleo tells scene 3." in shown(stage.last())
    [choice] = await stage.ann.autocomplete(stage.channel, "story continue", "reading", "for")
    assert choice["name"] == "Fork (before scene 1 of 2)"


async def test_a_reading_is_continued_by_anybody_where_nothing_is_open(stage: Stage) -> None:
    await set_aside(stage)
    await stage.click(stage.ann, await stage.ann.slash(stage.channel, "story stop"), "Stop reading")
    assert "This reading is set aside. `/story continue`" in private(await stage.next(stage.bob))
    await stage.bob.slash(stage.channel, "story continue")
    assert "Ben tells scene 2." in shown(stage.last())


@pytest.mark.parametrize("which", [{}, {"reading": "99"}, {"reading": "nonsense"}])
async def test_where_nothing_is_set_aside_continue_says_so(stage: Stage, which: dict[str, str]) -> None:
    assert "no such reading set aside" in private(await stage.ann.slash(stage.channel, "story continue", **which))


async def test_who_may_manage_the_server_continues_what_another_channel_has_set_aside(
    stage: Stage, owner: MemberActor
) -> None:
    await set_aside(stage)
    other = stage.server.create_text_channel("other")
    assert await stage.ann.autocomplete(other, "story continue", "reading", "") == []
    [choice] = await owner.autocomplete(other, "story continue", "reading", "")
    assert choice["name"] == "A Tale (scene 2 of 4)"
    private(await stage.ann.slash(other, "story continue", reading=choice["value"]))
    await owner.slash(other, "story continue", reading=choice["value"])
    assert "Ben tells scene 2." in shown(stage.last(other))


async def test_a_story_begins_in_place_of_another_in_another_channel(stage: Stage) -> None:
    other = stage.server.create_text_channel("other")
    await stage.next(channel=other)
    asked = await start(stage, channel=other)
    assert other.mention in private(asked)
    done = await stage.click(stage.ann, asked, "Set it aside")
    assert f"**Fork** starts in {other.mention}" in private(done)
    assert "**Fork** is about to begin!" in shown(stage.last(other))
    assert stage.messages() == []


async def test_a_bot_killed_while_it_sets_a_reading_aside_shows_both_pages_once(stage: Stage) -> None:
    await stage.next()
    asked = await start(stage)
    async with killed(stage, "POST /interactions/*/*/callback"):
        await stage.click(stage.ann, asked, "Set it aside")
    said = [shown(message) for message in stage.messages()]
    assert [("is about to begin" in text, "Set aside." in text) for text in said] == [(False, True), (True, False)]


# ---- at:


async def test_who_may_manage_the_server_begins_at_a_scene(stage: Stage, owner: MemberActor) -> None:
    choices = await owner.autocomplete(stage.channel, "story start", "at", "3", story="tale")
    assert choices == [{"name": "Scene 3", "value": "scene-3"}]
    await owner.slash(stage.channel, "story start", story="tale", at="scene-4")
    assert "Anna tells scene 4." in shown(stage.last())
    reread = await stage.ann.slash(stage.channel, "reread", scene="Scene 2")
    assert "tells scene 2." in private(reread)


async def test_nobody_else_begins_at_a_scene(stage: Stage) -> None:
    told = private(await stage.ann.slash(stage.channel, "story start", story="tale", at="scene-4"))
    assert "**Manage Server**" in told
    assert stage.messages() == []


async def test_nobody_else_is_told_the_titles_of_what_is_ahead(stage: Stage) -> None:
    assert await stage.ann.autocomplete(stage.channel, "story start", "at", "", story="tale") == []


async def test_a_scene_that_is_not_there_is_named(stage: Stage, owner: MemberActor) -> None:
    told = private(await owner.slash(stage.channel, "story start", story="tale", at="nowhere"))
    assert "**A Tale** has no scene called “nowhere”" in told
    assert await owner.autocomplete(stage.channel, "story start", "at", "", story="nothing") == []


async def test_a_scene_to_begin_at_is_kept_while_it_is_asked(stage: Stage, owner: MemberActor) -> None:
    await owner.slash(stage.channel, "story start", story="fork")
    asked = await owner.slash(stage.channel, "story start", story="tale", at="scene-4")
    await stage.click(owner, asked, "Set it aside")
    await stage.env.settle()
    assert "Anna tells scene 4." in shown(stage.last())


# ---- moving


async def test_an_open_reading_moves_to_another_channel(stage: Stage, owner: MemberActor) -> None:
    await stage.next()
    other = stage.server.create_text_channel("other")
    moved = await owner.slash(stage.channel, "story move", channel=other)
    assert f"**A Tale** goes on in {other.mention}" in private(moved)
    assert "Anna tells scene 1." in shown(stage.last(other))
    assert labels(stage.last()) == []


async def test_a_reading_that_cannot_be_posted_elsewhere_stays_where_it_is(stage: Stage, owner: MemberActor) -> None:
    await stage.next()
    other = stage.server.create_text_channel("other")
    refuse(stage, f"POST /channels/{other.id}/messages")
    assert "Please give me" in private(await owner.slash(stage.channel, "story move", channel=other))
    await stage.env.settle()
    await stage.press(stage.ann, "Ben")
    await stage.env.advance_time(TIME_IS_UP)
    assert "Ben tells scene 2." in shown(stage.last())


async def test_a_lost_reading_that_cannot_be_posted_is_posted_later(stage: Stage, owner: MemberActor) -> None:
    here, other = (stage.server.create_text_channel(name) for name in ("here", "other"))
    await stage.next()
    stage.env.backend.delete_channel(stage.channel.id)
    await stage.env.settle()
    refuse(stage, POST)
    assert "Please give me" in private(await owner.slash(here, "story move", reading="1", channel=other))
    allow(stage)
    await stage.env.advance_time(DAY)
    assert "Anna tells scene 1." in shown(stage.last(other))


# ---- looking back


@pytest.mark.parametrize(
    ("command", "says"), [("recap", "Ben recaps 2"), ("path", "your path"), ("transcript", "Markdown")]
)
async def test_a_reading_that_was_stopped_is_looked_back_at(stage: Stage, command: str, says: str) -> None:
    await stage.next()
    await stage.press(stage.ann, "Ben")
    await stage.env.advance_time(TIME_IS_UP)
    await stage.click(stage.ann, await stage.ann.slash(stage.channel, "story stop"), "Stop reading")
    before = private(await stage.bob.slash(stage.channel, command))
    await start(stage)
    [open_one, stopped] = await stage.ann.autocomplete(stage.channel, command, "reading", "")
    assert (open_one["name"], stopped["name"]) == ("Fork (before scene 1 of 2)", "A Tale (scene 2 of 4)")
    assert private(await stage.bob.slash(stage.channel, command, reading=stopped["value"])) == before
    await stage.restart(after=90 * DAY)
    told = private(await stage.bob.slash(stage.channel, command, reading=stopped["value"]))
    assert stage.channel.mention in told
    assert says not in told


async def test_what_is_no_reading_is_not_looked_back_at(stage: Stage) -> None:
    await stage.next()
    assert stage.channel.mention in private(await stage.ann.slash(stage.channel, "recap", reading="nonsense"))


async def test_the_card_of_a_date_waits_with_its_reading_and_comes_back_with_it(stage: Stage) -> None:
    await stage.next()
    await stage.ann.slash(stage.channel, "session schedule", when="in 3 hours")
    await stage.env.settle()
    card = stage.last()
    await stage.click(stage.ann, await start(stage), "Set it aside")
    await stage.env.settle()
    [told] = [shown(each) for each in stage.messages() if each.id == card.id]
    assert "This session waits with its story" in told
    await stage.click(stage.ann, await stage.ann.slash(stage.channel, "story continue"), "Set it aside")
    await stage.env.settle()
    assert any("Going" in label for each in stage.messages()[-2:] for label in labels(each))
