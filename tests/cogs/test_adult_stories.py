"""Stories for adults are read where Discord's age restriction is on, and nowhere else."""

from dataclasses import replace

import discord
import pytest
from simcord import MemberActor

from story.model import Story
from tests.builders import story
from tests.cogs.stage import TIME_IS_UP, Stage, labels, private, shown
from tests.cogs.trouble import killed, refuse

REFUSED = "**A Tale** is rated “Explicit”. It can only be read where **Age-Restricted Channel** is on"
ON_HOLD = "**On hold.** This story is for adults"
FILE = "# Night\n\nby Somebody\n\nRating: NC-17\n\n## One\n\n### Anna\n\nText.\n"


@pytest.fixture
def stories() -> list[Story]:
    return [story("A", "AB", "ABC", "A", rating="Explicit"), story("AB", "A", story_id="fork", title="Fork")]


@pytest.fixture
def owner(stage: Stage) -> MemberActor:
    role = stage.server.create_role("Owners", permissions=discord.Permissions(manage_guild=True))
    return stage.server.add_member(stage.env.create_user("owner"), roles=[role])


async def begin(stage: Stage) -> None:
    await stage.restrict()
    await stage.next()


# ---- beginning


@pytest.mark.parametrize("command", ["next", "story start"])
async def test_it_does_not_begin_where_the_restriction_is_off(stage: Stage, command: str) -> None:
    asked = {"story": "tale"} if command == "story start" else {}
    assert REFUSED in private(await stage.ann.slash(stage.channel, command, **asked))
    assert stage.messages() == []


@pytest.mark.parametrize("command", ["next", "story start"])
async def test_it_begins_where_the_restriction_is_on(stage: Stage, command: str) -> None:
    await stage.restrict()
    await stage.ann.slash(stage.channel, command, **({"story": "tale"} if command == "story start" else {}))
    assert "Anna tells scene 1." in shown(stage.last())


async def test_for_a_thread_its_channel_counts(stage: Stage) -> None:
    stage.env.backend.create_thread(stage.channel.id, "evening", stage.ann.id)
    await stage.env.settle()
    [thread] = stage.channel.threads
    assert REFUSED in private(await stage.ann.slash(thread, "story start", story="tale"))
    await stage.restrict()
    await stage.ann.slash(thread, "story start", story="tale")
    assert "Anna tells scene 1." in shown(stage.last(thread))
    await stage.restrict(on=False)
    assert ON_HOLD in shown(stage.last(thread))


@pytest.mark.parametrize("level", [discord.NSFWLevel.age_restricted, discord.NSFWLevel.explicit])
async def test_where_the_whole_server_is_restricted_each_of_its_channels_is(
    stage: Stage, level: discord.NSFWLevel
) -> None:
    other = stage.server.create_text_channel("other")
    await stage.restrict_server(level)
    await stage.ann.slash(stage.channel, "story start", story="tale")
    await stage.press(stage.ann, "Ben")
    await stage.env.advance_time(TIME_IS_UP)
    assert "Ben tells scene 2." in shown(stage.last())
    await stage.ann.slash(stage.channel, "story start", story="tale", channel=other)
    assert "Anna tells scene 1." in shown(stage.last(other))


async def test_where_the_server_is_restricted_no_more_the_story_is_on_hold_until_its_channel_is(stage: Stage) -> None:
    await stage.restrict_server(discord.NSFWLevel.age_restricted)
    await stage.ann.slash(stage.channel, "story start", story="tale")
    await stage.restrict_server(discord.NSFWLevel.safe)
    assert ON_HOLD in shown(stage.last())
    await stage.restrict()
    assert ON_HOLD not in shown(stage.last())


async def test_it_begins_in_another_channel_only_if_that_is_restricted(stage: Stage) -> None:
    other = stage.server.create_text_channel("other")
    await stage.restrict()
    assert REFUSED in private(await stage.ann.slash(stage.channel, "story start", story="tale", channel=other))
    await stage.restrict(other)
    await stage.restrict(on=False)
    await stage.ann.slash(stage.channel, "story start", story="tale", channel=other)
    assert "Anna tells scene 1." in shown(stage.last(other))


async def test_it_does_not_begin_where_the_bot_may_not_look(stage: Stage) -> None:
    refuse(stage, "GET /channels/*")
    assert REFUSED in private(await stage.ann.slash(stage.channel, "story start", story="tale"))


async def test_it_is_never_read_in_direct_messages(stage: Stage) -> None:
    reader = stage.env.create_user("alone")
    told = private(await reader.slash("story start", story="tale"))
    assert "I never read such stories in direct messages" in told


async def test_a_session_does_not_begin_it_where_the_restriction_is_off(stage: Stage) -> None:
    await stage.ann.slash(stage.channel, "session start")
    assert REFUSED in private(await stage.press(stage.ann, "Begin"))
    await stage.restrict()
    await stage.press(stage.ann, "Begin")
    assert "Anna tells scene 1." in shown(stage.last())


async def test_it_takes_no_others_place_where_the_restriction_was_turned_off_meanwhile(stage: Stage) -> None:
    await stage.restrict()
    await stage.ann.slash(stage.channel, "story start", story="fork")
    asked = await stage.ann.slash(stage.channel, "story start", story="tale")
    await stage.restrict(on=False)
    assert REFUSED in private(await stage.click(stage.ann, asked, "Set it aside"))


@pytest.mark.parametrize("command", ["story continue", "story move"])
async def test_it_goes_on_in_another_channel_only_if_that_is_restricted(
    stage: Stage, owner: MemberActor, command: str
) -> None:
    await begin(stage)
    if command == "story continue":
        await stage.click(stage.ann, await stage.ann.slash(stage.channel, "story start", story="fork"), "Set it aside")
    other = stage.server.create_text_channel("other")
    assert REFUSED in private(await owner.slash(other, command, reading="1"))
    await stage.restrict(other)
    await owner.slash(other, command, reading="1")
    assert "Anna tells scene 1." in shown(stage.last(other))


# ---- looking back


@pytest.mark.parametrize("command", ["reread", "recap", "catchup", "transcript"])
async def test_nothing_of_it_is_read_again_where_the_restriction_is_off(stage: Stage, command: str) -> None:
    await begin(stage)
    await stage.press(stage.ann, "Ben")
    await stage.env.advance_time(TIME_IS_UP)
    private(await stage.bob.slash(stage.channel, command))
    await stage.restrict(on=False)
    assert REFUSED in private(await stage.bob.slash(stage.channel, command))


async def test_it_is_not_exported_where_the_restriction_is_off(stage: Stage) -> None:
    assert REFUSED in private(await stage.ann.slash(stage.channel, "story export", story="tale"))


async def test_a_list_that_was_opened_before_gives_nothing_away_after(stage: Stage) -> None:
    await begin(stage)
    await stage.press(stage.ann, "Ben")
    await stage.env.advance_time(TIME_IS_UP)
    missed = await stage.bob.slash(stage.channel, "catchup")
    await stage.restrict(on=False)
    [label] = [each for each in labels(missed) if each.startswith("Read")]
    assert REFUSED in private(await stage.click(stage.bob, missed, label))


async def test_it_is_not_translated_where_the_restriction_is_off(stage: Stage) -> None:
    tale = story("A", "A", rating="Explicit")
    german = replace(tale, language="de", title="Eine Geschichte")
    await stage.restart(replace(tale, translations=(german,)))
    await begin(stage)
    await stage.restrict(on=False)
    assert REFUSED in private(await stage.press(stage.ann, "🌐 Deutsch"))


# ---- bringing it in


async def test_it_is_imported_only_where_the_restriction_is_on(stage: Stage, owner: MemberActor) -> None:
    file = ("night.md", FILE.encode())
    assert "is rated “NC-17”" in private(await owner.slash(stage.channel, "library import", file=file))
    await stage.restrict()
    preview = await owner.slash(stage.channel, "library import", file=file)
    await stage.restrict(on=False)
    assert "is rated “NC-17”" in private(await stage.click(owner, preview, "Keep it"))
    await stage.restrict()
    preview = await owner.slash(stage.channel, "library import", file=file)
    assert "Night" in private(await stage.click(owner, preview, "Keep it"))


# ---- on hold


async def test_where_the_restriction_is_turned_off_the_card_and_where_say_why(stage: Stage) -> None:
    await begin(stage)
    await stage.restrict(on=False)
    assert ON_HOLD in shown(stage.last())
    assert ON_HOLD in private(await stage.ann.slash(stage.channel, "where"))
    assert REFUSED in private(await stage.press(stage.ann, "Ben"))


async def test_it_goes_on_when_the_restriction_is_turned_on_again(stage: Stage) -> None:
    await begin(stage)
    await stage.press(stage.ann, "Ben")
    await stage.restrict(on=False)
    await stage.env.advance_time(TIME_IS_UP)
    assert "Ben tells scene 2." not in shown(stage.last())
    await stage.restrict()
    assert ON_HOLD not in shown(stage.last())
    await stage.press(stage.bob, "Ben")
    await stage.env.advance_time(TIME_IS_UP)
    assert "Ben tells scene 2." in shown(stage.last())


async def test_a_section_is_not_posted_where_nobody_has_told_that_it_is_off(stage: Stage) -> None:
    await begin(stage)
    await stage.press(stage.ann, "Ben")
    await stage.restrict(on=False, told=False)
    await stage.env.advance_time(TIME_IS_UP)
    assert len(stage.messages()) == 1
    assert "This story is for adults" in private(await stage.ann.slash(stage.channel, "where"))
    await stage.restrict()
    assert "Ben tells scene 2." in shown(stage.last())
    assert len(stage.messages()) == 2


@pytest.mark.parametrize("on", [False, True])
async def test_what_was_turned_while_the_bot_was_off_is_seen_at_the_start(
    stage: Stage,
    on: bool,  # noqa: FBT001 - a parameter
) -> None:
    await begin(stage)
    await stage.restrict(on=on)
    await stage.kill()
    await stage.restrict(on=not on)
    await stage.restart()
    assert (ON_HOLD in shown(stage.last())) is on


async def test_a_bot_killed_while_it_puts_a_reading_on_hold_shows_it_after_the_start(stage: Stage) -> None:
    await begin(stage)
    async with killed(stage, "PATCH /channels/*/messages/*"):
        await stage.restrict(on=False)
    assert ON_HOLD in shown(stage.last())


async def test_other_stories_are_read_anywhere(stage: Stage) -> None:
    await stage.ann.slash(stage.channel, "story start", story="fork")
    await stage.restrict(on=False)
    assert "**Fork** is about to begin!" in shown(stage.last())
    assert ON_HOLD not in shown(stage.last())
