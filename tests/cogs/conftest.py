from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
import simcord
from simcord import interactions
from simcord.backend import serializers

from cogs.client import Storyteller
from cogs.core import in_flight, publisher, scheduler
from story.model import Story
from story.rules.delivery import pause
from story.rules.session import GRACE
from story.services import deliveries
from story.store import open_store
from story.store.database import Where
from tests.builders import story
from tests.cogs.stage import Speaks, Stage, Time, storyteller

TALE = story("A", "AB", "ABC", "A", credits="For everyone.\nFor nothing.")
FORK = story("AB", "A", story_id="fork", title="Fork")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Have the pretend Discord wait for less than a grace, so that it does not sit one out in real time."""
    for item in items:
        if item.get_closest_marker("simcord") is None:
            item.add_marker(pytest.mark.simcord(settle_timeout=GRACE.total_seconds() - 1))


@pytest.fixture
def stories() -> list[Story]:
    """What is in the library; a module that reads something else has a fixture of this name."""
    return [TALE, FORK]


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
async def simcord_bot(database: Where, stories: list[Story], time: Time) -> AsyncIterator[Storyteller]:
    async with open_store(database) as store:
        yield storyteller(store, stories, time)


@pytest.fixture
async def stage(
    simcord_bot: Storyteller, simcord_env: simcord.Env, database: Where, stories: list[Story], time: Time
) -> AsyncIterator[Stage]:
    time.source = simcord_env.now
    async with Stage(simcord_env, database, stories, time) as opened:
        yield opened


@pytest.fixture(autouse=True)
def _age_restriction(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the pretend Discord know of age restriction, which it does not by itself: see `Stage.restrict`."""
    payload_of, payload_of_guild = serializers.channel_payload, serializers.guild_create_payload

    def channel_payload(backend: Any, channel: Any) -> Any:
        return {**payload_of(backend, channel), "nsfw": channel.id in getattr(backend, "age_restricted", ())}

    def guild_payload(backend: Any, guild: Any) -> Any:
        return {**payload_of_guild(backend, guild), "nsfw_level": getattr(backend, "nsfw_level", 0)}

    monkeypatch.setattr(serializers, "channel_payload", channel_payload)
    monkeypatch.setattr(serializers, "guild_create_payload", guild_payload)


@pytest.fixture(autouse=True)
def _time_jumps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the scheduler sleep until something is due, for looks every 15 s would be thousands, and keep to no rate.

    Discord is tried again after 8 s and not after 2: those would pass in real time.
    """
    monkeypatch.setattr(scheduler, "LOOK_EVERY", timedelta(days=1))
    monkeypatch.setattr(publisher, "RATE", 1_000_000)
    monkeypatch.setattr(in_flight, "ANSWER_WITHIN", 1_000_000)  # a slow machine is no late answer
    monkeypatch.setattr(deliveries, "pause", lambda attempts: pause(attempts + 2))


@pytest.fixture
def speaks(monkeypatch: pytest.MonkeyPatch) -> Speaks:
    """Have a member use Discord in another language than English."""
    locales: dict[int, str] = {}
    make = interactions.base_payload

    def with_locale(*args: Any, user_id: int, **values: Any) -> Any:
        record, payload = make(*args, user_id=user_id, **values)
        return record, payload | {"locale": locales.get(user_id, "en-US")}

    monkeypatch.setattr(interactions, "base_payload", with_locale)
    return lambda member, locale: locales.update({member.id: locale})
