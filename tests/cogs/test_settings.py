from typing import Any

import discord
import pytest
from simcord import InteractionResult, MemberActor, ResponseMessage

from story.rules.session import GRACE
from tests.cogs.stage import TIME_IS_UP, Stage, buttons, labels, private, shown
from tests.cogs.trouble import CALLBACK, killed


@pytest.fixture
def owner(stage: Stage) -> MemberActor:
    """A member who **Manage Server**."""
    role = stage.server.create_role("Owners", permissions=discord.Permissions(manage_guild=True))
    return stage.server.add_member(stage.env.create_user("owner"), roles=[role])


async def panel(stage: Stage, owner: MemberActor) -> ResponseMessage:
    response = (await owner.slash(stage.channel, "settings")).response
    assert response
    return response


async def choose(stage: Stage, owner: MemberActor, name: str, value: Any, reading: int = 0) -> ResponseMessage:
    """Open the panel, choose a setting there, and then its value; return what the panel shows then."""
    opened = "turner" if name == "role" else name
    message = await panel(stage, owner)
    if reading:
        await owner.click(message, label="Just this reading")
    await owner.select(message, [opened], custom_id=f"setting:{reading}")
    await owner.select(message, [value] if value is not None else [], custom_id=f"change:{reading}:{name}")
    return message


# ---- the panel


async def test_the_panel_lists_every_setting_in_private(stage: Stage, owner: MemberActor) -> None:
    text = private(await owner.slash(stage.channel, "settings"))
    for line in (
        "**Who decides:** Most votes",
        "**Time to vote:** 1 minute",
        "**First story:** A Tale",
        "**Language:**",
    ):
        assert line in text


async def test_a_change_is_confirmed_in_a_line_that_says_what_is_different(stage: Stage, owner: MemberActor) -> None:
    message = await choose(stage, owner, "decide", "first")
    assert shown(message).startswith("**Who decides:** First vote\nWhoever votes first decides.")
    assert "**Who decides:** First vote (changed)" in shown(message)


async def test_a_setting_says_what_it_is_and_what_it_can_be_and_there_is_a_way_back(
    stage: Stage, owner: MemberActor
) -> None:
    message = await panel(stage, owner)
    await owner.select(message, ["turner"], custom_id="setting:0")
    assert "**The host:** Pages only turn when the host presses **Next**" in shown(message)
    await owner.click(message, label="Back")
    assert "## Settings" in shown(message)


async def test_the_open_card_follows_a_change_at_once(stage: Stage, owner: MemberActor) -> None:
    page = (await stage.next()).response
    await choose(stage, owner, "decide", "host")
    assert f"{stage.ann.mention}) decides." in shown(page)


async def test_a_reading_can_have_its_own(stage: Stage, owner: MemberActor) -> None:
    await stage.next()
    other = stage.server.create_text_channel("other")
    await stage.mod.slash(other, "story start", story="fork")
    message = await choose(stage, owner, "decide", "first", reading=1)
    assert "**Who decides:** First vote (just this reading)" in shown(message)
    assert "Time zone" not in shown(message)
    assert "The first vote decides." in shown(stage.last())
    assert "Most votes win." in shown(stage.last(other))
    await owner.click(message, label="Whole server")
    assert "**Who decides:** Most votes\n" in shown(message)


async def test_without_a_reading_there_is_only_the_server_to_set(stage: Stage, owner: MemberActor) -> None:
    assert labels(await panel(stage, owner)) == ["Reset", "Delete server data…"]


@pytest.mark.parametrize("reading", [0, 1])
async def test_reset_asks_first(stage: Stage, owner: MemberActor, reading: int) -> None:
    await stage.next()
    message = await choose(stage, owner, "seconds", "300", reading=reading)
    await owner.click(message, label="Reset")
    assert "?" in shown(message)
    await owner.click(message, label="Reset all")
    assert "**Time to vote:** 1 minute" in shown(message)


async def test_settings_survive_a_restart(stage: Stage, owner: MemberActor) -> None:
    await choose(stage, owner, "seconds", "300")
    await stage.restart()
    assert "**Time to vote:** 5 minutes (changed)" in shown(await panel(stage, owner))


async def test_what_cannot_be_set_is_refused(stage: Stage, owner: MemberActor) -> None:
    message = await panel(stage, owner)
    stored = stage.env.backend.messages[stage.channel.id][message.id]
    for forged in ("change:0:colour", "change:7:seconds", "setting:0"):
        stored.components[-1]["components"][0]["custom_id"] = forged
        assert private(await owner.click(message, custom_id=forged))
    assert "(changed)" not in shown(await panel(stage, owner))


# ---- each setting


async def test_a_server_reads_in_its_home(stage: Stage, owner: MemberActor) -> None:
    home = stage.server.create_text_channel("home")
    assert f"Stories start in {home.mention}." in shown(await choose(stage, owner, "home", home))
    assert f"reads in {home.mention}" in private(await stage.next())
    assert "Anna tells scene 1." in shown(await stage.next(channel=home))


async def test_a_home_that_was_deleted_or_taken_back_keeps_nobody_from_reading(
    stage: Stage, owner: MemberActor
) -> None:
    home = stage.server.create_text_channel("home")
    await choose(stage, owner, "home", home)
    stage.env.backend.delete_channel(home.id)
    assert "Anna tells scene 1." in shown(await stage.next())
    assert "wherever someone uses" in shown(await choose(stage, owner, "home", None))


async def test_next_begins_the_servers_first_story(stage: Stage, owner: MemberActor) -> None:
    assert "`/next` starts Fork." in shown(await choose(stage, owner, "story", "fork"))
    assert "# Fork" in shown(await stage.next())


async def test_the_time_zone_is_typed_in_and_holds_for_dates_and_serials(stage: Stage, owner: MemberActor) -> None:
    message = await panel(stage, owner)
    await owner.select(message, ["zone"], custom_id="setting:0")
    asked = await owner.click(message, label="Enter manually")
    answer = await owner.submit_modal(asked, {"answer": "new york"})
    assert "use America/New_York time" in shown(message), private(answer)
    await stage.next()
    await stage.ann.slash(stage.channel, "serial", every="daily", at="19:30")
    assert "America/New_York" in shown(stage.last())
    assert "America/New_York" in shown(await stage.ann.slash(stage.channel, "session schedule", when="tomorrow 8pm"))


async def test_a_time_zone_that_nobody_knows_is_refused(stage: Stage, owner: MemberActor) -> None:
    message = await panel(stage, owner)
    await owner.select(message, ["zone"], custom_id="setting:0")
    asked = await owner.click(message, label="Enter manually")
    assert "I don't know the time zone “Atlantis”" in private(await owner.submit_modal(asked, {"answer": "Atlantis"}))


async def test_a_role_can_turn_the_page(stage: Stage, owner: MemberActor) -> None:
    page = (await stage.next()).response
    role = stage.server.create_role("Narrators")
    said = shown(await choose(stage, owner, "role", role))
    assert f"**Who turns the page:** Members with <@&{role.id}>" in said
    assert f"The page turns when someone with <@&{role.id}> presses **Next**." in shown(page)
    await stage.press(stage.ann, "Next")
    assert "scene 1 of 4" in shown(stage.last())
    members = stage.server.add_member(stage.env.create_user("keeper"), roles=[role])
    await stage.press(members, "Next")
    assert "scene 2 of 4" in shown(stage.last())


async def test_a_role_can_vote_and_nobody_else(stage: Stage, owner: MemberActor) -> None:
    page = (await stage.next()).response
    role = stage.server.create_role("Voters")
    said = shown(await choose(stage, owner, "voters", role))
    assert f"**Who may vote:** Members with <@&{role.id}>" in said
    assert f"Only members with <@&{role.id}> vote here." in shown(page)
    refused = private(await stage.press(stage.ann, "Ben"))
    assert refused == f"Only members with <@&{role.id}> vote here. Reading along is for everyone."
    voter = stage.server.add_member(stage.env.create_user("voter"), roles=[role])
    await stage.press(voter, "Ben")
    await stage.press(voter, "Next")
    assert "Ben tells scene 2." in shown(stage.last())


async def test_without_a_role_everybody_votes_again(stage: Stage, owner: MemberActor) -> None:
    await choose(stage, owner, "voters", stage.server.create_role("Voters"))
    assert "**Who may vote:** Everyone" in shown(await choose(stage, owner, "voters", None))
    await stage.next()
    await stage.press(stage.ann, "Ben")
    assert "Ben · 1" in labels(stage.last())


async def test_a_session_says_who_reads_along_without_a_vote(stage: Stage, owner: MemberActor) -> None:
    role = stage.server.create_role("Voters")
    voter = stage.server.add_member(stage.env.create_user("voter"), roles=[role])
    await choose(stage, owner, "voters", role)
    await voter.slash(stage.channel, "session start")
    await stage.press(stage.ann, "Join")
    await stage.press(voter, "Begin")
    told = private(await stage.ann.slash(stage.channel, "session readers"))
    assert f"{stage.ann.mention}: reading along" in told
    await stage.press(voter, "Ben")
    await stage.env.advance_time(GRACE.total_seconds())
    assert "Ben tells scene 2." in shown(stage.last())


async def test_votes_can_be_hidden_until_the_ballot_closes(stage: Stage, owner: MemberActor) -> None:
    await choose(stage, owner, "hidden", "true")
    page = (await stage.next()).response
    await stage.press(stage.ann, "Ben")
    assert labels(page) == ["Anna", "Ben", "Next"]
    assert "Most votes win; they stay hidden until the end (1 vote so far)." in shown(page)
    assert "Ben · 1" not in private(await stage.ann.slash(stage.channel, "where"))
    await stage.env.advance_time(TIME_IS_UP)
    assert "Ben · 1" in labels(page, disabled=True)


async def test_a_ballot_says_how_many_answers_it_needs_and_that_its_clock_was_started_again(
    stage: Stage, owner: MemberActor
) -> None:
    await choose(stage, owner, "quorum", "3")
    page = (await stage.next()).response
    await stage.press(stage.ann, "Ben")
    assert "1 of at least 3 voted" in shown(page)
    await stage.env.advance_time(TIME_IS_UP)
    assert "1 of at least 3 voted · timer restarted once" in shown(page)
    await stage.env.advance_time(TIME_IS_UP)
    assert "timer restarted 2 times" in shown(page)
    await stage.env.advance_time(TIME_IS_UP)
    assert "Ben tells scene 2." in shown(stage.last())


async def test_quiet_posts_notify_nobody(stage: Stage, owner: MemberActor) -> None:
    await choose(stage, owner, "quiet", "true")
    await stage.next()
    await stage.press(stage.ann, "Ben")
    await stage.env.advance_time(TIME_IS_UP)
    assert [message.flags.suppress_notifications for message in stage.messages()] == [True, True]


async def test_plain_posts_have_no_boxes_and_words_for_every_sign(stage: Stage, owner: MemberActor) -> None:
    await choose(stage, owner, "plain", "true")
    page = (await stage.next()).response
    await stage.press(stage.ann, "Ben")
    assert page
    assert {part["type"] for part in page.components} == {
        discord.ComponentType.text_display.value,
        discord.ComponentType.action_row.value,
    }
    assert "-# A Tale, scene 1 of 4, Anna" in shown(page)
    assert "-# scene 1 of 4\n" in shown(page)
    assert labels(page) == ["Anna", "Ben, 1 vote", "Next"]
    assert not set("·●○→") & set(shown(page))


async def test_a_plain_section_is_found_again_after_a_crash(stage: Stage, owner: MemberActor) -> None:
    await choose(stage, owner, "plain", "true")
    async with killed(stage, CALLBACK):
        await stage.next()
    assert [("Anna tells scene 1." in shown(message)) for message in stage.messages()].count(True) == 1


async def test_where_posts_are_plain_the_path_comes_as_text(stage: Stage, owner: MemberActor) -> None:
    await choose(stage, owner, "plain", "true")
    await stage.next()
    assert "**1. Scene 1**, Anna" in private(await stage.ann.slash(stage.channel, "path"))


# ---- discussions


async def test_a_section_has_a_thread_under_it_that_spoils_nothing(stage: Stage, owner: MemberActor) -> None:
    await choose(stage, owner, "discuss", "true")
    page = (await stage.next()).response
    [thread] = stage.channel.threads
    assert page
    assert (thread.id, thread.name) == (page.id, "Discussion: scene 1 of 4")


async def test_a_thread_is_archived_when_the_story_has_moved_two_sections_on(stage: Stage, owner: MemberActor) -> None:
    await choose(stage, owner, "discuss", "true")
    await stage.next()
    for vote in ("Ben", "Cleo"):
        await stage.press(stage.ann, vote)
        await stage.press(stage.ann, "Next")
    threads = stage.channel.threads
    kept = [stage.env.backend.get_channel(thread.id).thread_metadata for thread in threads]
    assert [bool(each and each.archived) for each in kept] == [True, True, False, False]


async def test_a_story_goes_on_where_threads_are_not_allowed(stage: Stage, owner: MemberActor) -> None:
    deny = discord.PermissionOverwrite(create_public_threads=False)
    strict = stage.server.create_text_channel("strict", overwrites={stage.server.me: deny})  # type: ignore[dict-item] # simcord takes members as well as roles
    message = (await owner.slash(strict, "settings")).response
    assert message
    await owner.select(message, ["discuss"], custom_id="setting:0")
    await owner.select(message, ["true"], custom_id="change:0:discuss")
    assert "I need **Create Public Threads**" in shown(message)
    assert "Anna tells scene 1." in shown(await stage.next(channel=strict))
    assert strict.threads == []


async def test_what_is_read_in_a_thread_has_no_threads(stage: Stage, owner: MemberActor) -> None:
    await choose(stage, owner, "discuss", "true")
    stage.env.backend.create_thread(stage.channel.id, "evening", stage.ann.id)
    await stage.env.settle()
    [thread] = stage.channel.threads
    assert "Anna tells scene 1." in shown(await stage.next(channel=thread))
    assert len(stage.channel.threads) == 1


# ---- who decides, on the card


@pytest.mark.parametrize(
    ("decide", "line"),
    [
        ("vote", "Most votes win."),
        ("first", "The first vote decides."),
        ("host", "The host ({ann}) decides."),
        ("turns", "{ann} picks this time."),
    ],
)
async def test_each_way_to_decide_has_its_line_on_the_card(
    stage: Stage, owner: MemberActor, decide: str, line: str
) -> None:
    await choose(stage, owner, "decide", decide)
    await in_a_session(stage)
    assert line.format(ann=stage.ann.mention) in shown(stage.last())


@pytest.mark.parametrize(
    ("decide", "line"),
    [
        ("first", "{ann} was first: Ben."),
        ("host", "The host ({ann}) picked Ben."),
        ("turns", "{ann} picked Ben this time."),
    ],
)
async def test_the_card_says_what_was_chosen_and_in_the_end_by_whom(
    stage: Stage, owner: MemberActor, decide: str, line: str
) -> None:
    await choose(stage, owner, "decide", decide)
    await in_a_session(stage)
    page = stage.last()
    await stage.press(stage.ann, "Ben")
    assert line.format(ann=stage.ann.mention) in shown(page)
    refused = await stage.press(stage.bob, "Anna")
    assert stage.ann.mention in private(refused)
    await stage.press(stage.bob, "Ready")
    await stage.env.advance_time(GRACE.total_seconds() + 1)
    assert f"{stage.ann.mention} picked Ben." in shown(page)


async def in_a_session(stage: Stage) -> InteractionResult:
    card = (await stage.ann.slash(stage.channel, "session start")).response
    assert card
    await stage.bob.click(card, label="Join")
    return await stage.ann.click(card, label="Begin")


async def test_where_readers_turn_the_page_the_card_asks_for_a_session(stage: Stage, owner: MemberActor) -> None:
    await choose(stage, owner, "turner", "readers")
    page = (await stage.next()).response
    assert "Pages only turn in a session" in shown(page)
    await stage.press(stage.ann, "Next")
    assert "scene 1 of 4" in shown(stage.last())


async def test_in_a_session_whose_host_turns_the_page_the_card_says_so(stage: Stage, owner: MemberActor) -> None:
    await choose(stage, owner, "turner", "host")
    await in_a_session(stage)
    assert f"The page turns when {stage.ann.mention} presses **Next**." in shown(stage.last())
    assert buttons(stage.last())
