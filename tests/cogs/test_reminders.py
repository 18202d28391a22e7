"""Reminders of a date: the channel's, and those in private for whoever asks."""

from collections.abc import Iterator

from simcord import MemberActor, ResponseMessage

from tests.cogs.stage import Stage, labels, private, shown
from tests.cogs.test_rsvps import card, scheduled
from tests.cogs.trouble import allow, fail, trouble, unheard

MINUTE, HOUR, DAY = 60, 3600, 24 * 3600
BEFORE = 2 * HOUR - 15 * MINUTE
"""Seconds until the reminders of a date that is in two hours."""
CLOSED = 50007
"""Discord's code for a member who takes no messages."""


async def asked(stage: Stage, member: MemberActor, answer: str = "Going") -> None:
    """Have a member say that they come, and ask to be reminded."""
    await stage.click(member, card(stage), answer)
    await stage.click(member, card(stage), "Remind me")


def directs(stage: Stage, member: MemberActor) -> list[str]:
    """What a member was told in private."""
    return [shown(each) for each in _directs(stage, member)]


def _directs(stage: Stage, member: MemberActor) -> Iterator[ResponseMessage]:
    backend = stage.env.backend
    for number, channel in backend.channels.items():
        if channel.guild_id is None and member.id in channel.recipient_ids:
            yield from (ResponseMessage(stage.env, each) for each in backend.messages[number].values())


async def test_the_channel_is_reminded_as_long_before_as_the_owner_chooses(stage: Stage) -> None:
    assert "1 hour" in await scheduled(stage, remind=60)
    await stage.env.advance_time(HOUR - 1)
    assert "`/catchup`" not in shown(stage.last())
    await stage.env.advance_time(2)
    assert "`/catchup`" in shown(stage.last())


async def test_those_who_may_come_and_asked_for_it_are_reminded_in_private(stage: Stage) -> None:
    await scheduled(stage)
    await asked(stage, stage.bob)
    await asked(stage, stage.cat, "Maybe")
    await stage.click(stage.ann, card(stage), "Going")
    await stage.env.advance_time(BEFORE + 1)
    link = f"https://discord.com/channels/{stage.server.id}/{stage.channel.id}/{card(stage).id}"
    told = f"You're reading **A Tale** together <t:1767232800:R>: {link}"
    assert (directs(stage, stage.bob), directs(stage, stage.cat)) == ([told], [told])
    assert directs(stage, stage.ann) == []


async def test_remind_me_says_what_comes_of_it(stage: Stage) -> None:
    await scheduled(stage)
    assert "Press **Going** or **Maybe** too" in private(await stage.click(stage.bob, card(stage), "Remind me"))
    assert "I won't write to you" in private(await stage.click(stage.bob, card(stage), "Remind me"))
    await stage.click(stage.bob, card(stage), "Maybe")
    assert "I'll write to you" in private(await stage.click(stage.bob, card(stage), "Remind me"))


async def test_remind_me_after_the_reminder_is_told_that_it_is_too_late(stage: Stage) -> None:
    await scheduled(stage)
    fail(stage, "PATCH /channels/*/messages/*", 404, 10008)  # which takes the button away
    await stage.env.advance_time(BEFORE + 1)
    assert "The reminders are out already" in private(await stage.click(stage.bob, card(stage), "Remind me"))


def close(stage: Stage, member: MemberActor) -> None:
    """Have a member take no messages from the bot."""
    direct = stage.env.backend.get_dm_channel(member.id)
    fail(stage, f"POST /channels/{direct.id}/messages", 403, CLOSED, times=None)


def tries(stage: Stage, member: MemberActor) -> int:
    """How often the bot has tried to write to a member."""
    direct = stage.env.backend.get_dm_channel(member.id)
    return sum(call.path == f"/channels/{direct.id}/messages" for call in stage.env.http_requests)


async def test_a_date_that_is_too_near_for_a_reminder_promises_none(stage: Stage) -> None:
    text = await scheduled(stage, "in 10 minutes")
    assert "reminder" not in text
    assert labels(stage.last()) == ["Going", "Maybe", "Can't", "Add to calendar"]


async def test_who_cannot_be_written_to_is_not_tried_again_and_is_told_at_their_next_press(stage: Stage) -> None:
    await scheduled(stage, repeat="daily")
    await asked(stage, stage.bob)
    close(stage, stage.bob)
    await stage.env.advance_time(BEFORE + 1)
    assert tries(stage, stage.bob) == 1
    pressed = await stage.click(stage.bob, card(stage), "Maybe")
    assert "I couldn't write to you in private" in private(pressed)
    assert labels(card(stage))[:3] == ["Going", "Maybe · 1", "Can't"]
    assert (await stage.click(stage.bob, card(stage), "Going")).followups == []
    await stage.env.advance_time(DAY)
    assert tries(stage, stage.bob) == 1


async def test_who_opens_their_messages_and_asks_again_is_reminded(stage: Stage) -> None:
    await scheduled(stage, repeat="daily")
    await asked(stage, stage.bob)
    close(stage, stage.bob)
    await stage.env.advance_time(3 * HOUR)
    allow(stage)
    await stage.restart()
    assert "I couldn't write to you" in private(await stage.click(stage.bob, card(stage), "Going"))
    await stage.click(stage.bob, card(stage), "Remind me")
    await stage.env.advance_time(DAY)
    assert len(directs(stage, stage.bob)) == 1


async def test_who_could_not_be_told_is_told_at_the_press_after(stage: Stage) -> None:
    await scheduled(stage)
    await asked(stage, stage.bob)
    close(stage, stage.bob)
    await stage.env.advance_time(BEFORE + 1)
    allow(stage)
    fail(stage, "POST /webhooks/*/*", 503)
    assert (await stage.click(stage.bob, card(stage), "Maybe")).followups == []
    assert "I couldn't write to you" in private(await stage.click(stage.bob, card(stage), "Maybe"))


async def test_a_reminder_that_discord_was_away_for_comes_soon_after(stage: Stage) -> None:
    await scheduled(stage)
    await asked(stage, stage.bob)
    fail(stage, "POST /users/@me/channels", 503)
    await stage.env.advance_time(BEFORE + 1)
    assert directs(stage, stage.bob) == []
    assert "couldn't post" not in private(await stage.ann.slash(stage.channel, "where"))
    await stage.env.advance_time(MINUTE)
    assert len(directs(stage, stage.bob)) == 1


async def test_a_reminder_whose_arrival_was_not_heard_of_comes_once(stage: Stage) -> None:
    await scheduled(stage)
    await asked(stage, stage.bob)
    direct = stage.env.backend.get_dm_channel(stage.bob.id)
    with trouble(f"POST /channels/{direct.id}/messages", unheard):
        await stage.env.advance_time(BEFORE + 1)
    await stage.env.advance_time(MINUTE)
    assert len(directs(stage, stage.bob)) == 1


async def test_who_is_forgotten_is_named_no_more_on_a_card(stage: Stage) -> None:
    await scheduled(stage)
    await asked(stage, stage.bob)
    await stage.click(stage.bob, await stage.bob.slash(stage.channel, "forget me"), "Delete my data")
    assert stage.bob.mention not in shown(card(stage))
    await stage.env.advance_time(2 * HOUR)
    assert directs(stage, stage.bob) == []
