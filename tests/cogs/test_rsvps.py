"""The card of a date: who comes, the lobby it becomes, whose role is pinged, and the file for a calendar."""

from datetime import timedelta
from typing import Any

import discord
import icalendar
from simcord import InteractionResult, MemberActor, ResponseMessage

from story.rules.rsvp import Coming
from story.rules.session_date import SessionDate
from story.times.series import Repeat
from story.times.zones import known_zone
from tests.cogs.stage import Stage, buttons, labels, private, shown
from tests.cogs.trouble import fail

MINUTE, HOUR, DAY = 60, 3600, 24 * 3600


async def scheduled(stage: Stage, when: str = "in 2 hours", **options: object) -> str:
    return shown(await stage.ann.slash(stage.channel, "session schedule", when=when, **options))


def card(stage: Stage) -> ResponseMessage:
    """The newest card that can be pressed."""
    return next(each for each in reversed(stage.messages()) if "Add to calendar" in labels(each))


# ---- the card


async def test_a_date_is_a_card_with_its_story_its_notes_and_who_comes(stage: Stage) -> None:
    text = await scheduled(stage)
    for part in ("We're reading together: <t:1767232800:F>", "**A Tale**", "**Content notes:** storms", "15 minutes"):
        assert part in text
    assert labels(card(stage)) == ["Going", "Maybe", "Can't", "Remind me", "Add to calendar"]


async def test_a_date_says_where_the_story_stands(stage: Stage) -> None:
    await stage.next()
    assert "scene 1 of 4" in await scheduled(stage)


async def test_one_press_says_it_another_changes_it_and_the_same_again_takes_it_back(stage: Stage) -> None:
    await scheduled(stage)
    await stage.press(stage.bob, "Going")
    assert labels(card(stage))[0] == "Going · 1"
    assert f"**Going (1):** {stage.bob.mention}" in shown(card(stage))
    await stage.press(stage.bob, "Can't")
    assert labels(card(stage))[:3] == ["Going", "Maybe", "Can't · 1"]
    await stage.press(stage.bob, "Can't")
    assert labels(card(stage))[:3] == ["Going", "Maybe", "Can't"]
    assert stage.bob.mention not in shown(card(stage))


async def test_a_press_pings_nobody(stage: Stage) -> None:
    await scheduled(stage)
    await stage.press(stage.bob, "Going")
    made = [call.json for call in stage.env.http_requests if call.json and "allowed_mentions" in str(call.json)]
    assert made
    assert all("'parse': []" in str(each) and stage.bob.id not in _pinged(each) for each in made)


def _pinged(request: object) -> list[int]:
    return request.get("allowed_mentions", {}).get("users", []) if isinstance(request, dict) else []


async def test_names_are_left_out_where_the_server_hides_them(stage: Stage) -> None:
    await stage.bot.services.settings.change(stage.server.id, None, names=False)
    await scheduled(stage)
    await stage.press(stage.bob, "Going")
    assert "**Going:** 1" in shown(card(stage))
    assert stage.bob.mention not in shown(card(stage))


async def test_more_names_than_there_is_room_for_are_counted(stage: Stage) -> None:
    await scheduled(stage)
    date = await stage.queries.date_in(stage.channel.id)
    assert date
    for member in range(10**18, 10**18 + 40):
        at = int(date.at.timestamp())
        await stage.bot.services.rsvps.say(stage.server.id, date.id, at, member, Coming.GOING)
    await stage.press(stage.bob, "Going")
    assert "**Going:** 41" in shown(card(stage))


async def test_a_press_on_a_card_that_is_not_known_yet_is_told_what_it_came_to(stage: Stage) -> None:
    await scheduled(stage)
    async with stage.bot.services.store.transaction() as tx:
        await tx._rows("UPDATE session_date SET message = NULL")
    assert private(await stage.press(stage.bob, "Maybe")) == "You said: **Maybe**."
    assert "taken back" in private(await stage.press(stage.bob, "Maybe"))


async def test_a_date_that_moves_has_its_card_posted_again_and_keeps_who_comes(stage: Stage) -> None:
    await scheduled(stage)
    await stage.press(stage.bob, "Going")
    before = card(stage)
    await stage.ann.slash(stage.channel, "session move", when="in 4 hours")
    assert labels(stage.last())[0] == "Going · 1"
    earlier = next(each for each in stage.messages() if each.id == before.id)
    assert shown(earlier) == "This session's card is further down."


async def test_the_card_of_a_cancelled_date_cannot_be_pressed(stage: Stage) -> None:
    await scheduled(stage)
    before = card(stage)
    await stage.ann.slash(stage.channel, "session cancel")
    found = next(each for each in stage.messages() if each.id == before.id)
    assert (shown(found), buttons(found)) == ("This session was cancelled.", [])


async def test_a_press_on_a_card_that_could_not_be_closed_changes_nothing(stage: Stage) -> None:
    await scheduled(stage, repeat="daily")
    old = card(stage)
    fail(stage, "PATCH /channels/*/messages/*", 404, 10008, times=2)  # when it is reminded of, and when it is over
    await stage.env.advance_time(2 * HOUR + 1)
    assert "out of date" in private(await stage.click(stage.bob, old, "Going"))
    assert "out of date" in private(await stage.click(stage.bob, old, "Remind me"))


# ---- the lobby


async def test_the_card_becomes_the_lobby_with_who_is_going_in_it(stage: Stage) -> None:
    await scheduled(stage)
    await stage.press(stage.bob, "Going")
    await stage.press(stage.cat, "Maybe")
    before = card(stage)
    await stage.env.advance_time(2 * HOUR + 1)
    lobby = shown(stage.last())
    assert f"**Readers (1):** {stage.bob.mention}" in lobby
    assert f"Starts when {stage.ann.mention} presses" in lobby
    found = next(each for each in stage.messages() if each.id == before.id)
    assert shown(found) == "It's time! The lobby is further down."


async def test_a_date_that_repeats_has_a_new_card_that_nobody_has_answered(stage: Stage) -> None:
    await scheduled(stage, repeat="daily")
    await stage.press(stage.bob, "Going")
    await stage.env.advance_time(2 * HOUR + 1)
    assert labels(card(stage))[:3] == ["Going", "Maybe", "Can't"]
    assert "Begin" in labels(stage.last())


# ---- whose role is pinged


async def owner(stage: Stage) -> MemberActor:
    """A member who may mention everyone."""
    role = stage.server.create_role("Callers", permissions=discord.Permissions(mention_everyone=True))
    return stage.server.add_member(stage.env.create_user("caller"), roles=[role])


async def test_a_member_cannot_have_a_role_pinged_that_they_may_not_mention_themselves(stage: Stage) -> None:
    role = stage.server.create_role("Readers")
    text = private(await stage.ann.slash(stage.channel, "session schedule", when="in 2 hours", ping=role))
    assert f"You can't mention {role.mention} here" in text
    assert "**Mention @everyone, @here, and All Roles**" in text
    assert await stage.queries.date_in(stage.channel.id) is None


async def test_who_may_mention_everyone_can_have_any_role_pinged(stage: Stage) -> None:
    role = stage.server.create_role("Readers")
    caller = await owner(stage)
    await caller.slash(stage.channel, "session schedule", when="in 2 hours", ping=role)
    assert await stage.queries.date_in(stage.channel.id)


async def test_a_role_that_the_bot_may_not_mention_is_refused(stage: Stage) -> None:
    role = stage.server.create_role("Readers")
    caller = await owner(stage)
    deny = {stage.server.me: discord.PermissionOverwrite(mention_everyone=False)}
    hushed = stage.server.create_text_channel("hushed", overwrites=deny)  # type: ignore[arg-type] # simcord takes members as well as roles
    text = private(await caller.slash(hushed, "session schedule", when="in 2 hours", ping=role))
    assert f"I can't ping {role.mention} here" in text
    assert await stage.queries.date_in(hushed.id) is None


async def test_everybody_is_never_pinged(stage: Stage) -> None:
    caller = await owner(stage)
    everyone = stage.server.default_role
    text = private(await caller.slash(stage.channel, "session schedule", when="in 2 hours", ping=everyone))
    assert "I don't ping everyone" in text


# ---- Discord's event


async def test_discords_event_is_named_after_the_story(stage: Stage) -> None:
    await scheduled(stage)
    [event] = stage.env.backend.guilds[stage.server.id].scheduled_events.values()
    assert event.name == "Reading A Tale"


async def test_discords_event_says_where_the_story_stands(stage: Stage) -> None:
    await stage.next()
    await scheduled(stage)
    [event] = stage.env.backend.guilds[stage.server.id].scheduled_events.values()
    assert event.name == "Reading A Tale, scene 1"


# ---- the file for a calendar


async def events_of(answer: InteractionResult) -> list[Any]:
    """The events in the file that a member was handed out in private."""
    assert answer.response
    assert answer.response.ephemeral
    [attachment] = answer.response.attachments
    assert attachment.filename.endswith(".ics")
    return icalendar.Calendar.from_ical((await attachment.read()).decode()).walk("VEVENT")


async def test_add_to_calendar_hands_out_the_date_in_private(stage: Stage) -> None:
    await scheduled(stage, "friday 8pm", zone="berlin", repeat="weekly")
    answer = await stage.click(stage.bob, card(stage), "Add to calendar")
    assert "put the session in your calendar" in private(answer)
    [event] = await events_of(answer)
    assert (event["SUMMARY"], event["RRULE"]["FREQ"]) == ("Reading A Tale", ["WEEKLY"])
    assert event["DTSTART"].params["TZID"] == "Europe/Berlin"
    assert str(card(stage).id) in event["URL"]


async def test_the_calendar_of_a_date_that_is_gone_is_refused(stage: Stage) -> None:
    await scheduled(stage)
    old = card(stage)
    fail(stage, "PATCH /channels/*/messages/*", 404, 10008)
    await stage.ann.slash(stage.channel, "session cancel")
    assert "There's no session planned" in private(await stage.click(stage.bob, old, "Add to calendar"))


async def test_session_calendar_hands_out_all_dates_of_the_server(stage: Stage) -> None:
    other = stage.server.create_text_channel("other")
    await scheduled(stage)
    await stage.bob.slash(other, "session schedule", when="in 5 hours", repeat="daily")
    answer = await stage.cat.slash(stage.channel, "session calendar")
    assert other.mention in private(answer)
    assert len(await events_of(answer)) == 2


async def test_without_dates_there_is_no_file(stage: Stage) -> None:
    answer = await stage.cat.slash(stage.channel, "session calendar")
    assert "No sessions planned" in private(answer)
    assert answer.response
    assert answer.response.attachments == []


async def test_each_page_of_a_long_calendar_has_the_file(stage: Stage) -> None:
    at = stage.env.now() + timedelta(days=5)
    async with stage.bot.services.store.transaction() as tx:
        for channel in range(10**18, 10**18 + 60):
            date = SessionDate(channel, stage.server.id, stage.ann.id, at, at, Repeat.WEEKDAYS, known_zone("UTC"))
            await tx.add_date(date)
    answer = await stage.cat.slash(stage.channel, "session calendar")
    assert len(await events_of(answer)) == 60
    turned = await stage.click(stage.cat, answer, "Next page")
    assert len(await events_of(turned)) == 60
