import discord
import pytest

from tests.cogs.stage import Stage, labels, private, shown

MINUTE, HOUR, DAY = 60, 3600, 24 * 3600


async def scheduled(stage: Stage, when: str = "in 2 hours", **options: object) -> str:
    """Have Ann set a date on New Year's Day 2026, which is a Thursday; return what the channel is told."""
    return shown(await stage.ann.slash(stage.channel, "session schedule", when=when, **options))


def said(stage: Stage, text: str) -> int:
    return sum(text in shown(message) for message in stage.messages())


async def test_a_date_is_set_in_a_zone_of_its_own_and_says_which(stage: Stage) -> None:
    await stage.ann.slash(stage.channel, "session schedule", when="8pm UTC+2")
    assert "UTC+2" in shown(stage.last())


async def test_a_date_is_told_to_the_channel_as_it_was_understood(stage: Stage) -> None:
    text = await scheduled(stage, "friday 8pm", zone="berlin", repeat="weekly")
    moment = 1767380400  # Friday 2 January 2026, 19:00 UTC
    assert f"<t:{moment}:F>, <t:{moment}:R>, then every week" in text
    assert "Time zone: Europe/Berlin." in text


async def test_the_channel_is_reminded_a_quarter_of_an_hour_before(stage: Stage) -> None:
    await scheduled(stage)
    await stage.env.advance_time(2 * HOUR - 16 * MINUTE)
    assert said(stage, "`/catchup` brings you up to speed") == 0
    await stage.env.advance_time(2 * MINUTE)
    assert said(stage, "`/catchup` brings you up to speed") == 1
    await stage.env.advance_time(10 * MINUTE)
    assert said(stage, "`/catchup` brings you up to speed") == 1


async def test_the_reminder_pings_the_role_that_was_asked_for_and_nobody_else(stage: Stage) -> None:
    readers = stage.server.create_role("Readers", mentionable=True)
    await scheduled(stage, ping=readers)
    await stage.env.advance_time(2 * HOUR - 14 * MINUTE)
    [sent] = [call for call in stage.env.http_requests if call.path.endswith("/messages")]
    assert sent.json
    assert sent.json["allowed_mentions"]["roles"] == [readers.id]
    assert sent.json["allowed_mentions"]["parse"] == []


async def test_the_lobby_opens_by_itself_with_who_set_the_date_as_host(stage: Stage) -> None:
    await scheduled(stage)
    await stage.env.advance_time(2 * HOUR + 1)
    assert f"Starts when {stage.ann.mention} presses" in shown(stage.last())
    assert "Begin" in labels(stage.last())
    await stage.press(stage.ann, "Begin")
    assert "Anna tells scene 1." in shown(stage.last())


async def test_a_date_that_does_not_repeat_is_gone_afterwards(stage: Stage) -> None:
    await scheduled(stage)
    await stage.env.advance_time(2 * HOUR + 1)
    assert "No sessions planned" in private(await stage.bob.slash(stage.channel, "session calendar"))


async def test_a_date_that_repeats_comes_round_again(stage: Stage) -> None:
    await scheduled(stage, "8:00", repeat="daily")
    await stage.env.advance_time(8 * HOUR + 1)
    assert said(stage, "Reading together") == 1
    assert "<t:1767340800:F>" in private(await stage.bob.slash(stage.channel, "session calendar"))
    await stage.press(stage.ann, "Begin")
    text = shown(await stage.ann.slash(stage.channel, "session stop"))
    assert "**Next session:** <t:1767340800:F>" in text
    await stage.env.advance_time(DAY)
    assert said(stage, "Reading together") == 2


async def test_a_lobby_that_somebody_opened_within_half_an_hour_is_the_dates(stage: Stage) -> None:
    await scheduled(stage)
    await stage.env.advance_time(2 * HOUR - 25 * MINUTE)
    await stage.ann.slash(stage.channel, "session start")
    await stage.env.advance_time(25 * MINUTE + 1)
    assert said(stage, "Reading together") == 1
    assert any("Begin" in labels(message) for message in stage.messages())


async def test_an_older_session_ends_when_the_date_comes(stage: Stage) -> None:
    await scheduled(stage)
    await stage.ann.slash(stage.channel, "session start")
    await stage.env.advance_time(2 * HOUR + 1)
    lobbies = [message for message in stage.messages() if "Reading together" in shown(message)]
    assert [bool(labels(lobby)) for lobby in lobbies] == [False, True]


async def test_a_session_pressed_within_half_an_hour_goes_on_when_the_date_comes(stage: Stage) -> None:
    await scheduled(stage)
    await stage.ann.slash(stage.channel, "session start")
    await stage.press(stage.ann, "Begin")
    await stage.env.advance_time(2 * HOUR - 20 * MINUTE)
    await stage.press(stage.ann, "Ben")
    await stage.env.advance_time(20 * MINUTE + 1)
    assert said(stage, "That's it for this session!") == 0
    assert said(stage, "Reading together") == 1
    assert any("Ben tells scene 2." in shown(message) and "Ready" in labels(message) for message in stage.messages())


async def test_a_running_session_that_was_forgotten_ends_with_its_closing_card_before_the_lobby_opens(
    stage: Stage,
) -> None:
    await scheduled(stage)
    await stage.ann.slash(stage.channel, "session start")
    await stage.press(stage.ann, "Begin")
    await stage.env.advance_time(2 * HOUR + 1)
    *_, closing, lobby = stage.messages()
    assert "That's it for this session!" in shown(closing)
    assert "Begin" in labels(lobby)


async def test_nobody_comes_and_next_weeks_lobby_opens_all_the_same(stage: Stage) -> None:
    await scheduled(stage, repeat="weekly")
    await stage.env.advance_time(2 * HOUR + 1)
    await stage.env.advance_time(7 * DAY)
    lobbies = [message for message in stage.messages() if "Reading together" in shown(message)]
    assert [bool(labels(lobby)) for lobby in lobbies] == [False, True]


async def test_what_came_due_while_the_bot_was_off_is_done_if_it_is_not_too_late(stage: Stage) -> None:
    await scheduled(stage)
    await stage.restart(after=2 * HOUR + 30 * MINUTE)
    assert "Begin" in labels(stage.last())


async def test_an_evening_that_is_over_is_not_opened_any_more(stage: Stage) -> None:
    await scheduled(stage, "in 2 hours", repeat="daily")
    await stage.restart(after=5 * HOUR)
    assert said(stage, "Reading together") == 0
    assert "<t:1767319200:F>" in private(await stage.bob.slash(stage.channel, "session calendar"))


async def test_the_calendar_lists_the_dates_of_the_server_the_next_first(stage: Stage) -> None:
    other = stage.server.create_text_channel("other")
    await scheduled(stage, "tomorrow at 19:30")
    await stage.bob.slash(other, "session schedule", when="tonight at 9")
    text = private(await stage.cat.slash(stage.channel, "session calendar"))
    assert text.index(other.mention) < text.index(stage.channel.mention)


async def test_a_date_can_be_moved_by_who_set_it(stage: Stage) -> None:
    await scheduled(stage)
    assert "Only" in private(await stage.bob.slash(stage.channel, "session move", when="in 3 hours"))
    await stage.ann.slash(stage.channel, "session move", when="in 4 hours")
    await stage.env.advance_time(2 * HOUR + 1)
    assert said(stage, "Begin") == 0
    await stage.env.advance_time(2 * HOUR)
    assert "Begin" in labels(stage.last())


async def test_a_date_can_be_cancelled_by_who_set_it_or_a_moderator(stage: Stage) -> None:
    await scheduled(stage)
    assert "Only" in private(await stage.bob.slash(stage.channel, "session cancel"))
    assert "Cancelled" in shown(await stage.mod.slash(stage.channel, "session cancel"))
    await stage.env.advance_time(DAY)
    assert said(stage, "Begin") == 0
    assert "There's no session planned" in private(await stage.ann.slash(stage.channel, "session cancel"))


async def test_one_date_a_channel(stage: Stage) -> None:
    await scheduled(stage)
    text = private(await stage.ann.slash(stage.channel, "session schedule", when="in 3 hours"))
    assert "Use `/session move`" in text


@pytest.mark.parametrize("when", ["soon", "friday", "yesterday 8pm", "*" * 200])
async def test_a_time_that_cannot_be_understood_changes_nothing(stage: Stage, when: str) -> None:
    private(await stage.ann.slash(stage.channel, "session schedule", when=when))
    assert "No sessions planned" in private(await stage.ann.slash(stage.channel, "session calendar"))


async def test_a_date_where_the_bot_may_not_write_is_refused(stage: Stage) -> None:
    deny = discord.PermissionOverwrite(send_messages=False)
    silent = stage.server.create_text_channel("silent", overwrites={stage.server.me: deny})  # type: ignore[dict-item] # simcord takes members as well as roles
    assert "Send Messages" in private(await stage.ann.slash(silent, "session schedule", when="in 2 hours"))


async def test_zones_are_suggested_by_city(stage: Stage) -> None:
    choices = await stage.ann.autocomplete(stage.channel, "session schedule", "zone", "new y", when="8pm")
    assert choices[0]["value"] == "America/New_York"
