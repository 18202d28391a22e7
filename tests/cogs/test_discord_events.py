"""Discord's own event of a date: made, moved in place, deleted; and what becomes of it in Discord."""

from datetime import timedelta

import discord
import pytest
from simcord.backend.models import ScheduledEvent

from tests.cogs.stage import Stage, labels, private, shown
from tests.cogs.trouble import cut, fail, late, slow, trouble, unheard

MINUTE, HOUR, DAY = 60, 3600, 24 * 3600
MAKE = "POST /guilds/*/scheduled-events"
MOVE = "PATCH /guilds/*/scheduled-events/*"
DELETE = "DELETE /guilds/*/scheduled-events/*"
SCHEDULED, CANCELLED = 1, 4


async def scheduled(stage: Stage, when: str = "in 2 hours", **options: object) -> str:
    return shown(await stage.ann.slash(stage.channel, "session schedule", when=when, **options))


def events(stage: Stage) -> list[ScheduledEvent]:
    """Discord's events that are to come, in the order in which they were made."""
    found = stage.env.backend.guilds[stage.server.id].scheduled_events.values()
    return [event for event in found if event.status == SCHEDULED]


async def change(stage: Stage, event: ScheduledEvent, **changes: object) -> None:
    """Have somebody change an event in Discord."""
    stage.env.backend.edit_scheduled_event(stage.server.id, event.id, changes)
    await stage.env.settle()


async def delete(stage: Stage, event: ScheduledEvent) -> None:
    stage.env.backend.delete_scheduled_event(stage.server.id, event.id)
    await stage.env.settle()


async def calendar(stage: Stage) -> str:
    return private(await stage.bob.slash(stage.channel, "session calendar"))


def hours(stage: Stage, event: ScheduledEvent) -> float:
    """In how many hours an event begins."""
    begins = discord.utils.parse_time(event.scheduled_start_time)
    return round((begins - stage.env.now()) / timedelta(hours=1), 2)


# ---- ours follow the date


async def test_an_event_is_made_with_the_date_and_says_where_it_is(stage: Stage) -> None:
    assert "Create Events" not in await scheduled(stage)
    [event] = events(stage)
    assert event.entity_metadata == {"location": f"https://discord.com/channels/{stage.server.id}/{stage.channel.id}"}
    assert hours(stage, event) == 2


async def test_an_event_moves_with_its_date_and_keeps_who_is_interested(stage: Stage) -> None:
    await scheduled(stage)
    [before] = events(stage)
    stage.env.backend.set_scheduled_event_subscription(stage.server.id, before.id, stage.bob.id, subscribed=True)
    await stage.ann.slash(stage.channel, "session move", when="in 4 hours")
    [event] = events(stage)
    assert (event.id, event.user_ids, hours(stage, event)) == (before.id, {stage.bob.id}, 4)


async def test_after_an_evening_the_next_ones_card_and_event_say_where_the_story_stands(stage: Stage) -> None:
    await scheduled(stage, repeat="daily")
    await stage.env.advance_time(2 * HOUR + 1)
    await stage.press(stage.ann, "Begin")
    await stage.press(stage.ann, "Ben")
    await stage.env.advance_time(MINUTE)
    await stage.ann.slash(stage.channel, "session stop")
    [event] = events(stage)
    assert event.name == "Reading A Tale, scene 2"
    [card] = [each for each in stage.messages() if "Add to calendar" in labels(each)]
    assert "scene 2 of 4" in shown(card)


async def test_when_it_is_reminded_of_a_dates_card_and_event_say_where_the_story_stands(stage: Stage) -> None:
    await scheduled(stage)
    await stage.next()
    await stage.env.advance_time(2 * HOUR - 15 * MINUTE + 1)
    [event] = events(stage)
    assert event.name == "Reading A Tale, scene 1"
    [card] = [each for each in stage.messages() if "Add to calendar" in labels(each)]
    assert "scene 1 of 4" in shown(card)
    assert "Remind me" not in labels(card)


async def test_an_event_is_deleted_with_its_date(stage: Stage) -> None:
    await scheduled(stage)
    assert "Cancelled" in shown(await stage.ann.slash(stage.channel, "session cancel"))
    assert events(stage) == []


async def test_each_time_of_a_date_that_repeats_has_an_event_of_its_own(stage: Stage) -> None:
    await scheduled(stage, repeat="daily")
    [first] = events(stage)
    await stage.env.advance_time(2 * HOUR + 1)
    [second] = events(stage)
    assert second.id != first.id
    assert round(hours(stage, second)) == 24


async def test_without_the_permission_for_events_it_is_said_how_to_allow_it(stage: Stage) -> None:
    roles = stage.env.backend.guilds[stage.server.id].roles.values()
    own = next(role for role in roles if role.name == "TestBot")
    own.permissions = 274877975552
    await stage.restart()
    assert "Give me **Create Events**" in await scheduled(stage)
    assert events(stage) == []


async def test_an_event_is_made_once_the_permission_for_it_is_there(stage: Stage) -> None:
    backend = stage.env.backend
    own = next(role for role in backend.guilds[stage.server.id].roles.values() if role.name == "TestBot")
    everything, own.permissions = own.permissions, 274877975552
    await stage.restart()
    await scheduled(stage)
    backend.edit_role(stage.server.id, own.id, {"permissions": everything})
    await stage.env.settle()
    assert len(events(stage)) == 1


# ---- Discord fails


@pytest.mark.parametrize("what", [500, 503, 403, cut])
async def test_a_date_stands_although_its_event_cannot_be_made(stage: Stage, what: object) -> None:
    if isinstance(what, int):
        fail(stage, MAKE, what)
        await scheduled(stage)
    else:
        with trouble(MAKE, cut):
            await scheduled(stage)
    assert events(stage) == []
    await stage.env.advance_time(2 * HOUR + 1)
    assert "Begin" in labels(stage.last())


async def test_an_event_that_could_not_be_made_is_made_soon_after(stage: Stage) -> None:
    fail(stage, MAKE, 503)
    await scheduled(stage)
    await stage.env.advance_time(10)
    assert len(events(stage)) == 1


async def test_an_event_whose_making_was_not_heard_of_is_not_made_twice(stage: Stage) -> None:
    with trouble(MAKE, unheard):
        await scheduled(stage)
    await stage.env.advance_time(MINUTE)
    assert len(events(stage)) == 1
    await stage.ann.slash(stage.channel, "session cancel")
    assert events(stage) == []


async def test_an_event_whose_making_was_not_heard_of_moves_with_its_date(stage: Stage) -> None:
    with trouble(MAKE, unheard):
        await scheduled(stage)
        await stage.ann.slash(stage.channel, "session move", when="in 4 hours")
    await stage.env.advance_time(MINUTE)
    [event] = events(stage)
    assert round(hours(stage, event)) == 4


async def test_an_event_whose_making_was_not_heard_of_goes_when_its_date_is_cancelled(stage: Stage) -> None:
    with trouble(MAKE, unheard):
        await scheduled(stage)
        await stage.ann.slash(stage.channel, "session cancel")
    await stage.env.advance_time(MINUTE)
    assert events(stage) == []


async def test_a_date_cancelled_while_its_event_was_being_made_stays_cancelled_without_an_event(stage: Stage) -> None:
    with trouble(MAKE, slow(20)):
        await scheduled(stage)
        await stage.ann.slash(stage.channel, "session cancel")
        await stage.env.advance_time(MINUTE)
    assert events(stage) == []
    assert "No sessions planned" in await calendar(stage)


async def test_a_date_moved_while_its_event_was_being_made_has_one_event_at_the_new_time(stage: Stage) -> None:
    with trouble(MAKE, slow(20)):
        await scheduled(stage)
        await stage.ann.slash(stage.channel, "session move", when="in 4 hours")
        await stage.env.advance_time(MINUTE)
    [event] = events(stage)
    assert round(hours(stage, event)) == 4


async def test_a_new_date_in_the_place_of_a_cancelled_one_has_the_only_event(stage: Stage) -> None:
    with trouble(MAKE, unheard):
        await scheduled(stage)
        await stage.ann.slash(stage.channel, "session cancel")
    await scheduled(stage, "in 3 hours")
    await stage.env.advance_time(MINUTE)
    [event] = events(stage)
    assert round(hours(stage, event)) == 3


async def test_an_event_that_was_made_before_a_restart_is_not_made_again(stage: Stage) -> None:
    with trouble(MAKE, unheard):
        await scheduled(stage)
        await stage.restart()
    await stage.env.advance_time(MINUTE)
    assert len(events(stage)) == 1


@pytest.mark.parametrize("where", [MOVE, DELETE])
@pytest.mark.parametrize("status", [500, 503, 403])
async def test_what_discord_did_not_take_of_an_event_is_made_up_for(stage: Stage, where: str, status: int) -> None:
    await scheduled(stage, "in 30 hours")
    fail(stage, where, status)
    if where == MOVE:
        await stage.ann.slash(stage.channel, "session move", when="in 40 hours")
    else:
        await stage.ann.slash(stage.channel, "session cancel")
    await stage.env.advance_time(DAY + MINUTE)
    assert [round(hours(stage, event)) for event in events(stage)] == ([16] if where == MOVE else [])


async def test_an_event_that_is_gone_already_does_not_keep_a_date_from_being_cancelled(stage: Stage) -> None:
    await scheduled(stage)
    fail(stage, "GET /guilds/*/scheduled-events/*", 404, 10070)
    assert "Cancelled" in shown(await stage.ann.slash(stage.channel, "session cancel"))
    assert "No sessions planned" in await calendar(stage)


async def test_an_event_goes_although_the_answer_to_its_cancelling_was_too_late(stage: Stage) -> None:
    await scheduled(stage)
    late(stage)
    await stage.ann.slash(stage.channel, "session cancel")
    assert events(stage) == []


async def test_an_event_that_hangs_holds_up_no_message_of_its_channel(stage: Stage) -> None:
    with trouble(MAKE, slow(600)):
        await scheduled(stage, "in 20 minutes")
        await stage.env.advance_time(6 * MINUTE)
        assert "`/catchup`" in shown(stage.last())
        await stage.env.advance_time(15 * MINUTE)
        assert "Begin" in labels(stage.last())


async def test_the_event_of_a_deleted_channels_date_goes_when_that_is_cancelled(stage: Stage) -> None:
    other = stage.server.create_text_channel("other")
    await stage.ann.slash(other, "session schedule", when="in 2 hours")
    stage.env.backend.delete_channel(other.id)
    await stage.env.settle()
    fail(stage, DELETE, 503)
    await stage.ann.slash(stage.channel, "session cancel", date=str(other.id))
    await stage.env.advance_time(MINUTE)
    assert events(stage) == []


# ---- Discord's members change ours


async def test_a_date_moves_with_its_event(stage: Stage) -> None:
    await scheduled(stage)
    [event] = events(stage)
    at = stage.env.now() + timedelta(hours=5)
    await change(stage, event, scheduled_start_time=at.isoformat())
    assert f"<t:{int(at.timestamp())}:F>" in shown(stage.last())
    assert f"<t:{int(at.timestamp())}:F>" in await calendar(stage)
    await stage.env.advance_time(2 * HOUR + 1)
    assert "Begin" not in labels(stage.last())
    await stage.env.advance_time(3 * HOUR)
    assert "Begin" in labels(stage.last())


@pytest.mark.parametrize("how", ["deleted", "cancelled"])
async def test_a_date_is_cancelled_with_its_event(stage: Stage, how: str) -> None:
    await scheduled(stage)
    [event] = events(stage)
    if how == "deleted":
        await delete(stage, event)
    else:
        await change(stage, event, status=CANCELLED)
    assert "Cancelled" in shown(stage.last())
    assert "No sessions planned" in await calendar(stage)


@pytest.mark.parametrize("how", ["deleted", "cancelled", "moved"])
async def test_what_became_of_an_event_while_the_bot_was_off_is_followed_at_the_start(stage: Stage, how: str) -> None:
    await scheduled(stage, "in 8 hours")
    [event] = events(stage)
    await stage.env.advance_time(HOUR)
    await stage.env.settle()
    await stage.kill()
    backend = stage.env.backend
    at = stage.env.now() + timedelta(hours=3)
    if how == "deleted":
        backend.delete_scheduled_event(stage.server.id, event.id)
    elif how == "cancelled":
        backend.edit_scheduled_event(stage.server.id, event.id, {"status": CANCELLED})
    else:
        backend.edit_scheduled_event(stage.server.id, event.id, {"scheduled_start_time": at.isoformat()})
    await stage.restart()
    told = f"<t:{int(at.timestamp())}:F>" if how == "moved" else "No sessions planned"
    assert told in await calendar(stage)


async def test_a_change_of_an_event_that_is_none_of_ours_changes_nothing(stage: Stage) -> None:
    await scheduled(stage)
    before = await calendar(stage)
    theirs = stage.env.backend.create_scheduled_event(
        stage.server.id,
        name="A quiz",
        entity_type=3,
        scheduled_start_time=(stage.env.now() + timedelta(hours=1)).isoformat(),
    )
    await change(stage, theirs, scheduled_start_time=(stage.env.now() + timedelta(hours=3)).isoformat())
    await delete(stage, theirs)
    assert await calendar(stage) == before


async def test_an_event_that_begins_and_ends_by_the_clock_changes_no_date(stage: Stage) -> None:
    await scheduled(stage, repeat="weekly")
    await stage.env.advance_time(6 * HOUR)
    assert len(events(stage)) == 1
    assert "every week" in await calendar(stage)


async def test_two_moves_in_a_row_end_at_the_second_whatever_discord_tells_of_the_first(stage: Stage) -> None:
    await scheduled(stage)
    with trouble(MOVE, slow(5)):
        await stage.ann.slash(stage.channel, "session move", when="in 4 hours")
        await stage.ann.slash(stage.channel, "session move", when="in 6 hours")
        await stage.env.advance_time(MINUTE)
    [event] = events(stage)
    assert round(hours(stage, event)) == 6
    assert f"<t:{int(discord.utils.parse_time(event.scheduled_start_time).timestamp())}:F>" in await calendar(stage)
