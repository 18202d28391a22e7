"""What the bot makes beside messages: events, threads, and the channels that it writes to members in."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from tests.wire.judge import Breach, Json, Rule, Way, by, flag, never, number, one_of, shape, snowflake, text


def time(value: Any, way: Way) -> Iterator[Breach]:
    """Require a time with its zone: reference#iso8601-datetime."""
    try:
        aware = datetime.fromisoformat(value).tzinfo is not None
    except (TypeError, ValueError):
        aware = False
    if not aware:
        yield Breach(way, "DATETIME_TYPE_PARSE", f"Could not parse {value}. Should be ISO8601.")


def _ends_later(event: Json) -> Iterator[Breach]:
    end = event.get("scheduled_end_time")
    if end and datetime.fromisoformat(end) <= datetime.fromisoformat(event["scheduled_start_time"]):
        yield Breach(("scheduled_end_time",), "GUILD_SCHEDULED_EVENT_SCHEDULE_PAST", "It ends before it begins.")


def event(more: dict[str, Rule], *forbidden: str) -> Rule:
    """Return the rule for a kind of event: resources/guild-scheduled-event#guild-scheduled-event-object."""
    fields = {
        "name": text(1, 100),
        "description?": text(1, 1000),
        "scheduled_start_time": time,
        "scheduled_end_time?": time,
        "privacy_level": one_of(2),
        "status?": one_of(1, 2, 3, 4),
    }
    return shape({**fields, **more}, never(*forbidden), _ends_later)


# …#guild-scheduled-event-object-field-requirements-by-entity-type
IN_A_CHANNEL = event({"channel_id": snowflake}, "entity_metadata")
PLACE = shape({"location": text(1, 100)})
ELSEWHERE = event({"entity_metadata": PLACE, "scheduled_end_time": time}, "channel_id")
EVENT = by("entity_type", {1: IN_A_CHANNEL, 2: IN_A_CHANNEL, 3: ELSEWHERE})
# resources/channel#start-thread-from-message
OF_THREAD: dict[str, Rule] = {
    "auto_archive_duration?": one_of(60, 1440, 4320, 10080),
    "rate_limit_per_user?": number(0, 21600),
}
THREAD = shape({**OF_THREAD, "name": text(1, 100)})
# resources/channel#modify-channel
CHANNEL = shape({**OF_THREAD, "name?": text(1, 100), "archived?": flag, "locked?": flag, "invitable?": flag})
DIRECT = shape({"recipient_id": snowflake})  # resources/user#create-dm
