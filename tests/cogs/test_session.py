import discord
import pytest
from simcord import ResponseMessage

from story.rules.session import GRACE, HOST_PATIENCE, PATIENCE_AT_LEAST
from tests.cogs.stage import Stage, buttons, labels, private, shown

A_GRACE = GRACE.total_seconds() + 1
A_WHILE = PATIENCE_AT_LEAST.total_seconds() + 1


async def opened(stage: Stage) -> ResponseMessage:
    """Have Ann open a lobby that Bob joins; return its card."""
    card = (await stage.ann.slash(stage.channel, "session start")).response
    assert card
    await stage.bob.click(card, label="Join")
    return card


async def begun(stage: Stage) -> ResponseMessage:
    card = await opened(stage)
    await stage.ann.click(card, label="Begin")
    return card


async def test_the_lobby_says_what_is_read_and_who_is_in(stage: Stage) -> None:
    await stage.next()
    card = await opened(stage)
    text = shown(card)
    assert "**A Tale** · scene 1 of 4" in text
    assert f"**Readers (2):** {stage.ann.mention} and {stage.bob.mention}" in text
    assert labels(card) == ["Join", "Leave", "Begin", "What did I miss?"]


async def test_who_leaves_the_lobby_is_out_and_may_come_back(stage: Stage) -> None:
    card = await opened(stage)
    await stage.bob.click(card, label="Leave")
    assert "Readers (1)" in shown(card)
    assert "not in the session" in private(await stage.bob.click(card, label="Leave"))
    await stage.bob.click(card, label="Join")
    assert "Readers (2)" in shown(card)


async def test_only_the_host_begins(stage: Stage) -> None:
    card = await opened(stage)
    assert "Only" in private(await stage.bob.click(card, label="Begin"))
    assert len(stage.messages()) == 1


async def test_if_the_host_has_left_who_joined_first_begins(stage: Stage) -> None:
    card = await opened(stage)
    await stage.ann.click(card, label="Leave")
    await stage.bob.click(card, label="Begin")
    assert "Anna tells scene 1." in shown(stage.last())


async def test_begin_in_a_new_channel_tells_the_first_section_with_ready_beside_the_ballot(stage: Stage) -> None:
    card = await begun(stage)
    assert "Anna tells scene 1." in shown(stage.last())
    assert labels(stage.last()) == ["Anna", "Ben", "Ready"]
    assert "Begin" not in labels(card)


async def test_begin_where_something_is_read_goes_on_with_its_last_page(stage: Stage) -> None:
    first = (await stage.next()).response
    await begun(stage)
    assert first
    assert labels(first) == []
    assert "continues further down" in shown(first)
    assert labels(stage.last()) == ["Anna", "Ben", "Ready"]
    assert "Anna tells scene 1." in shown(stage.last())


async def test_begin_at_the_end_of_a_story_says_so(stage: Stage) -> None:
    await stage.ann.slash(stage.channel, "story start", story="fork")
    await stage.press(stage.ann, "Anna")
    await stage.press(stage.ann, "Next")
    await stage.press(stage.ann, "Next")
    card = await opened(stage)
    assert "is finished" in private(await stage.ann.click(card, label="Begin"))


async def test_the_page_turns_after_a_grace_when_everyone_has_voted_or_is_ready(stage: Stage) -> None:
    await begun(stage)
    await stage.press(stage.ann, "Ben")
    assert f"Waiting for {stage.bob.mention}" in shown(stage.last())
    await stage.press(stage.bob, "Ready")
    assert "Everyone's ready: the page turns <t:" in shown(stage.last())
    assert "Ben tells scene 2." not in shown(stage.last())
    await stage.env.advance_time(A_GRACE)
    assert "Ben tells scene 2." in shown(stage.last())
    assert labels(stage.last()) == ["Anna", "Ben", "Cleo", "Ready"]


async def test_a_vote_taken_back_within_the_grace_keeps_the_page(stage: Stage) -> None:
    await begun(stage)
    for member in (stage.bob, stage.ann):
        await stage.press(member, "Ben")
    assert "Everyone's ready" in shown(stage.last())
    await stage.press(stage.bob, "Ben")
    await stage.env.advance_time(A_GRACE)
    assert "scene 1 of 4" in shown(stage.last())


async def turned(stage: Stage) -> None:
    """Have Ann, who is host, turn the page although others are reading."""
    asked = await stage.next()
    await stage.click(stage.ann, asked, "Turn page now")


async def test_the_host_may_turn_the_page_at_once_and_is_asked_first(stage: Stage) -> None:
    await begun(stage)
    asked = await stage.next()
    assert "scene 1 of 4" in shown(stage.last())
    await stage.click(stage.ann, asked, "Turn page now")
    assert "scene 2 of 4" in shown(stage.last())


async def test_nobody_but_the_host_is_asked_to_turn_the_page(stage: Stage) -> None:
    await begun(stage)
    assert "You're ready" in private(await stage.next(stage.bob))
    assert f"Waiting for {stage.ann.mention}" in shown(stage.last())
    assert "scene 1 of 4" in shown(stage.last())


async def test_no_clock_runs_in_a_session(stage: Stage) -> None:
    await begun(stage)
    await stage.press(stage.ann, "Ben")
    await stage.env.advance_time(90)
    assert "scene 1 of 4" in shown(stage.last())


async def test_who_does_nothing_for_a_while_is_away_and_holds_up_nobody(stage: Stage) -> None:
    await begun(stage)
    await stage.env.advance_time(60)
    await stage.press(stage.ann, "Ben")
    await stage.env.advance_time(A_WHILE - 60)
    assert "1 reader is away. Everyone's ready" in shown(stage.last())
    await stage.env.advance_time(A_GRACE)
    assert "Ben tells scene 2." in shown(stage.last())


async def test_who_is_away_stays_away_when_the_page_turns(stage: Stage) -> None:
    await begun(stage)
    await stage.env.advance_time(60)
    await stage.press(stage.ann, "Ben")
    await stage.env.advance_time(A_WHILE - 60)
    await stage.env.advance_time(A_GRACE)
    assert "1 reader is away." in shown(stage.last())
    await stage.press(stage.bob, "Ready")
    assert f"Waiting for {stage.ann.mention}" in shown(stage.last())
    assert "away" not in shown(stage.last())


async def test_who_was_away_is_back_with_the_next_press(stage: Stage) -> None:
    await begun(stage)
    await stage.env.advance_time(A_WHILE)
    assert "Everyone's away." in shown(stage.last())
    await stage.press(stage.bob, "Ben")
    assert "1 reader is away. Everyone's ready" in shown(stage.last())


async def test_whoever_presses_something_is_in_the_session(stage: Stage) -> None:
    await begun(stage)
    await stage.press(stage.cat, "Ben")
    assert f"Waiting for {stage.ann.mention} and {stage.bob.mention}" in shown(stage.last())
    assert f"{stage.cat.mention}: ready" in private(await stage.ann.slash(stage.channel, "session readers"))


async def test_who_leaves_is_waited_for_no_more(stage: Stage) -> None:
    card = await begun(stage)
    await stage.press(stage.ann, "Ben")
    await stage.bob.click(card, label="Leave")
    assert "Everyone's ready" in shown(stage.last())
    await stage.env.advance_time(A_GRACE)
    assert "Ben tells scene 2." in shown(stage.last())


async def test_nothing_turns_while_the_session_pauses(stage: Stage) -> None:
    await begun(stage)
    await stage.ann.slash(stage.channel, "session pause")
    page = stage.messages()[1]
    assert "Paused." in shown(page)
    for member in (stage.bob, stage.ann):
        await stage.click(member, page, "Ready")
    await stage.env.advance_time(A_GRACE)
    assert "scene 1 of 4" in shown(page)
    await stage.ann.slash(stage.channel, "session resume")
    assert "Everyone's ready" in shown(page)
    await stage.env.advance_time(A_GRACE)
    assert "scene 2 of 4" in shown(stage.last())


async def test_a_pause_makes_nobody_absent(stage: Stage) -> None:
    await begun(stage)
    await stage.press(stage.ann, "Ben")
    await stage.ann.slash(stage.channel, "session pause")
    await stage.env.advance_time(2 * A_WHILE)
    assert "Only" in private(await stage.cat.slash(stage.channel, "session stop"))
    await stage.ann.slash(stage.channel, "session resume")
    await stage.env.advance_time(A_GRACE)
    assert "scene 1 of 4" in private(await stage.ann.slash(stage.channel, "where"))


async def test_begin_posts_first_what_could_not_be_posted(stage: Stage) -> None:
    await stage.next()
    await stage.press(stage.ann, "Ben")
    stage.env.inject_error("POST", "/channels/*/messages", status=403, code=50013)
    await stage.env.advance_time(61)
    await begun(stage)
    assert "Ben tells scene 2." in shown(stage.last())
    assert labels(stage.messages()[0]) == []


async def test_the_page_does_not_turn_for_an_empty_session(stage: Stage) -> None:
    card = await begun(stage)
    await stage.press(stage.bob, "Ready")
    for member in (stage.ann, stage.bob):
        await member.click(card, label="Leave")
    await stage.env.advance_time(A_WHILE)
    assert "scene 1 of 4" in private(await stage.ann.slash(stage.channel, "where"))


async def test_a_lobby_whose_host_does_nothing_can_be_begun_by_who_joined_first(stage: Stage) -> None:
    card = await opened(stage)
    await stage.env.advance_time(HOST_PATIENCE.total_seconds() + 1)
    await stage.cat.click(card, label="Join")
    assert f"Starts when {stage.cat.mention} presses" in shown(card)
    await stage.cat.click(card, label="Begin")
    assert "Anna tells scene 1." in shown(stage.last())


async def test_the_host_may_hand_over(stage: Stage) -> None:
    await begun(stage)
    assert "Only" in private(await stage.bob.slash(stage.channel, "session host", who=stage.bob))
    assert "not in the session" in private(await stage.ann.slash(stage.channel, "session host", who=stage.cat))
    told = shown(await stage.ann.slash(stage.channel, "session host", who=stage.bob))
    assert told == f"{stage.bob.mention} is the host now."
    asked = await stage.next(stage.bob)
    await stage.click(stage.bob, asked, "Turn page now")
    assert "scene 2 of 4" in shown(stage.last())


async def test_readers_says_who_is_there_and_who_is_waited_for(stage: Stage) -> None:
    card = await opened(stage)
    assert "Readers (2)" in private(await stage.cat.slash(stage.channel, "session readers"))
    await stage.ann.click(card, label="Begin")
    await stage.press(stage.bob, "Ready")
    text = private(await stage.cat.slash(stage.channel, "session readers"))
    assert f"{stage.ann.mention}: still reading (host)" in text
    assert f"{stage.bob.mention}: ready" in text
    await stage.env.advance_time(A_WHILE)
    assert f"{stage.ann.mention}: away" in private(await stage.cat.slash(stage.channel, "session readers"))


async def test_one_session_at_a_time_and_its_card_can_be_had_again(stage: Stage) -> None:
    await opened(stage)
    assert "Readers (2)" in shown(await stage.cat.slash(stage.channel, "session start"))


async def test_begin_is_pressed_once(stage: Stage) -> None:
    card = await opened(stage)
    with stage.at_once():
        first = await stage.ann.click(card, label="Begin")
        second = await stage.ann.click(card, label="Begin")
    await stage.env.settle()
    said = [shown(each.response) for each in (first, second) if each.response]
    assert sum("has already started" in each for each in said) == 1
    assert len(stage.messages()) == 2


async def test_a_session_survives_a_restart(stage: Stage) -> None:
    await begun(stage)
    await stage.press(stage.ann, "Ben")
    await stage.restart(after=A_WHILE)
    assert "Everyone's away. The page turns" in shown(stage.last())
    await stage.env.advance_time(A_GRACE)
    assert "Ben tells scene 2." in shown(stage.last())


async def test_what_did_i_miss_shows_it_in_private(stage: Stage) -> None:
    await stage.next()
    card = await opened(stage)
    assert "You're all caught up" in private(await stage.cat.click(card, label="What did I miss?"))


@pytest.mark.simcord(settle_timeout=60)
async def test_two_hundred_readers_who_press_at_once_are_counted_exactly(stage: Stage) -> None:
    await begun(stage)
    page = stage.last()
    readers = [stage.join(f"Reader {number}") for number in range(200)]
    with stage.at_once():
        results = [await reader.click(page, label="Ready") for reader in readers]
    await stage.env.settle(timeout=60)
    assert all(result.acknowledged for result in results)
    assert f"Waiting for {stage.ann.mention} and {stage.bob.mention}" in shown(page)
    where = await stage.queries.where(stage.server.id, stage.channel.id)
    assert where.ballot
    assert where.ballot.answered == 200


@pytest.mark.parametrize("what", ["pause", "resume", "stop"])
async def test_only_the_host_and_who_may_manage_messages_may(stage: Stage, what: str) -> None:
    await begun(stage)
    assert "Only" in private(await stage.cat.slash(stage.channel, f"session {what}"))
    assert not (await stage.mod.slash(stage.channel, f"session {what}")).ephemeral


async def test_a_session_where_the_bot_may_not_write_is_refused(stage: Stage) -> None:
    deny = discord.PermissionOverwrite(send_messages=False)
    silent = stage.server.create_text_channel("silent", overwrites={stage.server.me: deny})  # type: ignore[dict-item] # simcord takes members as well as roles
    assert "Send Messages" in private(await stage.ann.slash(silent, "session start"))
    assert buttons(await stage.ann.slash(stage.channel, "session start"))


async def test_a_member_who_has_left_the_server_counts_as_away(stage: Stage) -> None:
    await begun(stage)
    stage.server.remove_member(stage.bob)
    await stage.press(stage.ann, "Ben")
    await stage.env.advance_time(A_WHILE)
    assert "Everyone's away. The page turns" in shown(stage.last())
    await stage.env.advance_time(A_GRACE)
    assert "Ben tells scene 2." in shown(stage.last())


async def test_the_host_who_has_left_the_server_holds_up_nobody(stage: Stage) -> None:
    await begun(stage)
    stage.server.remove_member(stage.ann)
    await stage.env.advance_time(A_WHILE)
    await stage.press(stage.bob, "Ready")
    await stage.env.advance_time(A_GRACE)
    assert "scene 2 of 4" in shown(stage.last())


async def test_many_who_join_at_once_are_all_in(stage: Stage) -> None:
    card = await opened(stage)
    readers = [stage.join(f"Reader {number}") for number in range(50)]
    with stage.at_once():
        results = [await reader.click(card, label="Join") for reader in readers]
    await stage.env.settle(timeout=30)
    assert all(result.acknowledged for result in results)
    assert "Readers (52)" in shown(card)
